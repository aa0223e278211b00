"""Files that nobody should send: each with what becomes of it when it is loaded, and words that its refusal holds.

python tests/hostile/make.py FOLDER      writes every one of them, to be tried by hand
"""

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import sys
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
NAME = "2025-06-durham-street.csv"
FORCE = "Durham Constabulary"
MIB = 1024 * 1024


@dataclass(frozen=True)
class Case:
    """One hostile file. outcomes : of the units it holds, in order;  said : words that one of its reasons has"""

    what: str
    name: str
    data: bytes
    outcomes: tuple[str, ...]
    said: str = ""
    loaded: int = 0


def line(number: int = 1, **changed: str) -> str:
    """A row of a street file with anything about it changed."""
    held = {
        "crime_id": f"{number:064x}",
        "month": "2025-06",
        "reported": FORCE,
        "within": FORCE,
        "lon": "-1.572000",
        "lat": "54.776000",
        "location": "On or near High Street",
        "lsoa": "E01020634",
        "lsoa_name": "County Durham 001A",
        "type": "Burglary",
        "outcome": "",
        "context": "",
    } | changed
    return ",".join(held.values())


def street(rows: Iterable[str] = (), head: str = HEAD, end: str = "\n") -> bytes:
    """A street file of these rows; four good ones where none are given."""
    return (end.join([head, *(list(rows) or [line(n) for n in range(4)])]) + end).encode()


def but(n: int = 9, **changed: str) -> bytes:
    """A street file of so many good rows and one that is changed, the last."""
    return street([*(line(i) for i in range(n)), line(99, **changed)])


def every(n: int = 6, **changed: str) -> bytes:
    """A street file whose every row is changed alike."""
    return street([line(i, **changed) for i in range(n)])


GOOD = street()


def zipped(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of members in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two members of one name, which is what some of these are about
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, target: str = "") -> bytes:
    """A tar.gz whose members are of a kind: files, links or devices."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, target, len(data) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(data) if info.size else None)
    return out.getvalue()


def linked(mode: int) -> bytes:
    """A zip whose member says that it is a link or a device."""
    info = zipfile.ZipInfo(NAME)
    info.create_system, info.external_attr = 3, (mode | 0o777) << 16
    return zipped([(info, b"/etc/passwd")])


def encrypted() -> bytes:
    """A zip that says its member is under a password."""
    data = bytearray(zipped([(NAME, GOOD)]))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + at
        data[place] |= 1
    return bytes(data)


def lying_size(declared: int) -> bytes:
    """A zip whose member is declared to be of another size than it is."""
    data = bytearray(zipped([(NAME, GOOD)]))
    struct.pack_into("<I", data, data.index(b"PK\x03\x04") + 22, declared)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, declared)
    return bytes(data)


def wrong_checksum() -> bytes:
    """A zip whose member does not fit its sum."""
    data = bytearray(zipped([(NAME, GOOD)]))
    for signature, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        data[data.index(signature) + at] ^= 0xFF
    return bytes(data)


def overlapping() -> bytes:
    """A zip in which two members lie over one another."""
    data = bytearray(zipped([("a.csv", GOOD), ("b.csv", GOOD)]))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    return bytes(data)


def twice_packed(inner: bytes, name: str = "inner.zip") -> bytes:
    return zipped([(name, inner)])


def bomb() -> bytes:
    """Sixty megabytes of nothing in sixty kilobytes."""
    return zipped([(NAME, b"0" * (60 * MIB))])


def tar_bomb() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo(NAME)
        info.size = 60 * MIB
        archive.addfile(info, io.BytesIO(b"0" * info.size))
    return out.getvalue()


def corpus() -> Iterator[Case]:
    """Every one, by what is wrong with it."""
    yield from archives()
    yield from texts()
    yield from values()
    yield from tables()


def archives() -> Iterator[Case]:
    no = ("rejected",)
    good = zipped([(NAME, GOOD)])
    yield Case("zip bomb", "a.zip", bomb(), no, "unpacks to far more than it should")
    yield Case("gzip bomb", "a.csv.gz", gzip.compress(b"0" * (60 * MIB)), no, "unpacks to far more")
    yield Case("tar bomb", "a.tar.gz", tar_bomb(), no, "unpacks to far more")
    yield Case("zip in a zip", "a.zip", twice_packed(good), no, "packed file inside an archive")
    yield Case("gzip in a zip", "a.zip", twice_packed(gzip.compress(GOOD), "a.csv.gz"), no, "packed file inside")
    yield Case("bzip2 in a zip", "a.zip", twice_packed(bz2.compress(GOOD), "a.bz2"), no, "packed file inside")
    yield Case("xz in a zip", "a.zip", twice_packed(lzma.compress(GOOD), "a.xz"), no, "packed file inside")
    yield Case("zip in a gzip", "a.gz", gzip.compress(good), no, "packed file inside")
    yield Case("parent path", "a.zip", zipped([("../" + NAME, GOOD)]), no, "points outside the archive")
    yield Case("absolute path", "a.zip", zipped([("/etc/" + NAME, GOOD)]), no, "points outside the archive")
    yield Case("drive letter", "a.zip", zipped([("C:\\" + NAME, GOOD)]), no, "points outside the archive")
    yield Case("backslash parent", "a.zip", zipped([("a\\..\\..\\" + NAME, GOOD)]), no, "points outside the archive")
    yield Case("parent path in a tar", "a.tar.gz", tarred(("../../" + NAME, GOOD)), no, "points outside the archive")
    yield Case("absolute path in a tar", "a.tar.gz", tarred(("/" + NAME, GOOD)), no, "points outside the archive")
    yield Case("link in a zip", "a.zip", linked(stat.S_IFLNK), no, "a link")
    yield Case("device in a zip", "a.zip", linked(stat.S_IFCHR), no, "a link")
    yield Case("pipe in a zip", "a.zip", linked(stat.S_IFIFO), no, "a link")
    links = {"symbolic link": tarfile.SYMTYPE, "hard link": tarfile.LNKTYPE}
    devices = {"character device": tarfile.CHRTYPE, "block device": tarfile.BLKTYPE, "pipe": tarfile.FIFOTYPE}
    for what, kind in (links | devices).items():
        yield Case(f"{what} in a tar", "a.tar.gz", tarred((NAME, b""), kind=kind, target="/etc/passwd"), no, "a link")
    yield Case("under a password", "a.zip", encrypted(), no, "locked with a password")
    yield Case("size declared too small", "a.zip", lying_size(10), no, "damaged")
    yield Case("size declared too large", "a.zip", lying_size(2**31), no, "of another size than it is")
    yield Case("wrong checksum", "a.zip", wrong_checksum(), no, "damaged")
    yield Case("overlapping members", "a.zip", overlapping(), no, "lie over one another")
    yield Case("zip cut short", "a.zip", good[: len(good) // 2], no, "damaged")
    yield Case("zip without its list", "a.zip", good[:-30], no, "damaged")
    yield Case("gzip cut short", "a.csv.gz", gzip.compress(GOOD)[:-9], no, "damaged")
    yield Case("gzip with a wrong sum", "a.csv.gz", gzip.compress(GOOD)[:-8] + b"\0" * 8, no, "damaged")
    yield Case("tar cut short", "a.tar.gz", tarred((NAME, GOOD * 40))[:-40], no, "damaged")
    yield Case("nothing in a zip", "a.zip", zipped([]), no, "holds no files")
    yield Case("unusual packing", "a.zip", zipped([(NAME, GOOD)], zipfile.ZIP_LZMA), no, "packed in a way that is not read")
    yield Case("seven-zip", "a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), no, "not a file this program knows")
    same = [("2025-06/" + NAME, GOOD), ("2025-06/" + NAME.upper(), street([line(7)]))]
    yield Case("names that differ by case", "a.zip", zipped(same), no, "differ only by capital letters")
    yield Case("two members of one name", "a.zip", zipped([same[0], same[0]]), no, "several members called")
    tar = tarred(("2025-06/" + NAME, GOOD), ("2025-06/" + NAME.upper(), GOOD))
    yield Case("names that differ by case in a tar", "a.tar.gz", tar, no, "differ only by capital letters")
    bad = zipped([("2025-06/" + NAME, GOOD), ("2025-06/readme.html", b"<html>")])
    yield Case("a good member beside a bad one", "a.zip", bad, ("accepted", "rejected"), "is a web page", 4)


def texts() -> Iterator[Case]:
    no = ("rejected",)
    utf16 = GOOD.decode().encode("utf-16")
    yield Case("empty", NAME, b"", no, "is empty")
    yield Case("blanks alone", NAME, b" \n\n", no, "is empty")
    yield Case("headings alone", NAME, (HEAD + "\n").encode(), no, "has headings and no rows")
    yield Case("web page", NAME, b"<!DOCTYPE html><html><body>Error 503</body></html>", no, "is a web page")
    yield Case("web page after blanks", NAME, b"\n\n  <html>", no, "is a web page")
    yield Case("UTF-16", NAME, utf16, no, "UTF-16")
    yield Case("byte order mark", NAME, b"\xef\xbb\xbf" + GOOD, ("accepted",), "", 4)
    yield Case("Windows-1252", NAME, but(location="On or near Café").decode().encode("cp1252"), ("quarantined",), "put aside", 9)
    mixed = GOOD + line(8, location="Café").encode("utf-8") + b"\n" + line(9, location="Café").encode("cp1252") + b"\n"
    yield Case("mixed encodings", NAME, mixed, ("quarantined",), "put aside", 5)
    yield Case("carriage returns and line feeds", NAME, street(end="\r\n"), ("accepted",), "", 4)
    yield Case("carriage returns alone", NAME, street(end="\r"), no, "")
    yield Case("mixed line ends", NAME, GOOD + (line(8) + "\r\n").encode(), ("accepted",), "", 5)
    yield Case("null signs", NAME, GOOD.replace(b"High", b"Hi\0h"), no, "signs that no text has")
    yield Case("a quotation mark never closed", NAME, but(location='"On or near High Street'), no, "never closed")
    yield Case("doubled quotation marks", NAME, but(location='"On or near ""The Inn"""'), ("accepted",), "", 10)
    yield Case("a row with too few values", NAME, GOOD + b"a,b,c\n", ("quarantined",), "twelve", 4)
    yield Case("a row with too many values", NAME, GOOD + (line(8) + ",more\n").encode(), ("quarantined",), "twelve", 4)
    yield Case("mostly ragged rows", NAME, street([line(1), "a,b", "c", "d,e,f"]), no, "do not have twelve values")
    yield Case("semicolons", NAME, GOOD.replace(b",", b";"), no, "parted by semicolons")
    yield Case("tabs", NAME, GOOD.replace(b",", b"\t"), no, "")
    yield Case(
        "a heading twice", NAME, street(head=HEAD.replace("Location", "Longitude")), no, "headings this program does not know"
    )
    yield Case("a heading missing", NAME, street(head=HEAD.replace(",Context", "")), no, "headings this program does not know")
    yield Case("no headings", NAME, "\n".join(line(n) for n in range(4)).encode(), no, "")
    yield Case(
        "headings in another order", NAME, street(head=",".join(reversed(HEAD.split(",")))), no, "not in police.uk's order"
    )
    yield Case("a line without end", NAME, GOOD + line(8, location="x" * 200_000).encode() + b"\n", no, "far longer")
    yield Case("cut in the middle of a row", NAME, GOOD + line(8).encode()[:60], no, "cut short")
    yield Case("a picture called .csv", NAME, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), no, "not a file this program knows")
    yield Case("a program called .csv", NAME, b"MZ" + bytes(500), no, "not a file this program knows")
    older = b"Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n"
    older += b"2012-04,Durham Constabulary,Durham Constabulary,427500,542500,On or near Example Street,Violent crime,\n"
    yield Case("the layout of before 2013", "2012-04-durham-street.csv", older, no, "has no small areas")
    yield Case("a workbook", "a.xlsx", zipped([("xl/workbook.xml", b"<x/>")]), no, "")


def values() -> Iterator[Case]:
    no, aside, odd = ("rejected",), ("quarantined",), ("accepted_with_warnings",)
    yield Case("longitude and latitude swapped", NAME, every(lon="54.776000", lat="-1.572000"), no, "swapped")
    yield Case("a place outside Britain", NAME, but(lon="100.5", lat="10.5"), odd, "not in the country", 10)
    yield Case("no number for a place", NAME, but(lon="NaN", lat="inf"), odd, "not in the country", 10)
    yield Case("a row of another month", NAME, but(month="2025-05"), aside, "of another month", 9)
    yield Case("every row of another month", NAME, every(month="2025-05"), no, "is named after June 2025")
    yield Case("a month to come", "2199-01-durham-street.csv", every(month="2199-01"), no, "nothing can be published")
    yield Case(
        "a month before there were any", "1999-01-durham-street.csv", every(month="1999-01"), no, "nothing can be published"
    )
    yield Case("a month that is none", NAME, every(month="2025-13"), no, "")
    yield Case("digits that are not ours", NAME, every(month="٢٠٢٥-٠٦"), no, "")
    yield Case("a row of another force", NAME, but(within="Northumbria Police"), aside, "of another police force", 9)
    other = every(reported="Northumbria Police", within="Northumbria Police")
    yield Case("every row of another force", NAME, other, no, "is named after durham")
    yield Case(
        "a force that there is not",
        "2025-06-x-street.csv",
        every(reported="Acme Police", within="Acme Police"),
        no,
        "no police force known",
    )
    yield Case("an area code that there is not", NAME, but(lsoa="E01999999"), odd, "in no list", 10)
    yield Case("an area code of another kind", NAME, but(lsoa="E02004290"), odd, "not one", 10)
    yield Case("a type that there is not", NAME, but(type="Piracy"), aside, "not known here", 9)
    yield Case("a formula for a place", NAME, but(location="=HYPERLINK(1)"), ("accepted",), "", 10)
    yield Case("a script for a place", NAME, but(location="<script>alert(1)</script>"), ("accepted",), "", 10)
    yield Case("a crime ID that is none", NAME, but(crime_id="=1+1"), odd, "not one", 10)
    yield Case("a crime ID twice", NAME, but(crime_id=f"{3:064x}"), ("accepted",), "repeating the crime ID", 10)
    nuisance = line(1, crime_id="", type="Anti-social behaviour")
    yield Case("forty alike", NAME, street([nuisance] * 40), ("accepted",), "", 40)


def tables() -> Iterator[Case]:
    no = ("rejected",)
    wards = "ward17_code,lsoa11_code\nE05009288,E01020590\nE05009289,E01020591\n"
    yield Case(
        "a table with a wrong code", "w.csv", (wards + "E05009288,E0102059\n").encode(), ("quarantined",), "Row 4, lsoa11_code", 2
    )
    yield Case(
        "a table with a ragged row", "w.csv", (wards + "E05009288\n").encode(), no, "Row 4 of w.csv does not have 2 values"
    )
    yield Case(
        "a table with swapped columns",
        "w.csv",
        wards.replace("ward17_code,lsoa11_code", "lsoa11_code,ward17_code").encode(),
        no,
        "swapped",
    )
    yield Case("a table with another column", "w.csv", wards.replace("_code\n", "_code,x\n").encode(), no, "does not know")
    yield Case("outlines nested without end", "a.geojson", b'{"type":"FeatureCollection","features":' + b"[" * 9000, no, "JSON")
    yield Case("outlines of nothing", "a.geojson", b'{"type":"FeatureCollection","features":[]}', no, "JSON")
    far = '{"type":"FeatureCollection","features":[{"properties":{"ltla24_name":"A","ltla24_code":"E06000047"},"geometry":'
    square = '{"type":"Polygon","coordinates":[[[%s],[%s],[%s]]]}}]}'
    for what, ring, said in (
        ("swapped", ("54.7,-1.6", "54.8,-1.5", "54.8,-1.6"), "latitude where longitude should be"),
        ("in metres", ("429535,551175", "429635,551175", "429635,551275"), "not in degrees"),
        ("far away", ("100,10", "101,10", "101,11"), "outside the United Kingdom"),
        ("of no number", ("1e999,2", "3,4", "5,6"), "damaged"),
    ):
        yield Case(f"outlines {what}", "a.geojson", (far + square % ring).encode(), no, said)


def write(folder: Path, keep: Callable[[Case], bool] = lambda _: True) -> None:
    """Write every one into a folder of its own."""
    for n, case in enumerate(filter(keep, corpus()), start=1):
        place = folder / f"{n:03} {case.what}"
        place.mkdir(parents=True)
        (place / case.name).write_bytes(case.data)


if __name__ == "__main__":
    if len(sys.argv) != 2 or os.path.exists(sys.argv[1]):
        sys.exit("Name a folder that is not there yet.")
    write(Path(sys.argv[1]))
