"""Street files drawn by hand: small enough to count on fingers."""

import csv
import gzip
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from csplan.evidence import load
from csplan.evidence.police import HEADINGS
from csplan.evidence.store import Store

#: Small areas: three of County Durham with the same code in 2011 and 2021, one there in 2021 only with the code it was
#: split from, one of Darlington (Durham's force too), one of Newcastle (Northumbria's).
HERE, THERE, YONDER = "E01020634", "E01020635", "E01020590"
NEW_CODE, OLD_CODE = "E01034489", "E01020644"
DARLINGTON, NEWCASTLE = "E01012304", "E01008288"
COUNTY = "E06000047"


def row(number: int = 1, **changed: str) -> dict[str, str]:
    """A row of a street file by our short names, with anything about it changed."""
    given = {
        "crime_id": hashlib.sha256(str(number).encode()).hexdigest(),
        "month": "2025-06",
        "reported_by": "Durham Constabulary",
        "falls_within": "Durham Constabulary",
        "longitude": "-1.572000",
        "latitude": "54.776000",
        "location": "On or near High Street",
        "lsoa": HERE,
        "lsoa_name": "County Durham 001A",
        "type": "Burglary",
        "outcome": "Unable to prosecute suspect",
        "context": "",
    }
    return given | changed


def rows(n: int, start: int = 0, **changed: str) -> list[dict[str, str]]:
    """So many rows, alike but for their crime ID."""
    return [row(start + i, **changed) for i in range(n)]


def csv_bytes(given: Sequence[Mapping[str, str]], headings: Sequence[str] = HEADINGS) -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([list(each.values()) for each in given])
    return out.getvalue().encode()


def street(n: int = 4, *, month: str = "2025-06", force: str = "Durham Constabulary", start: int = 0, **changed: str) -> bytes:
    """A street file of so many rows, one in three of them without an area."""
    of = {"month": month, "reported_by": force, "falls_within": force} | changed
    nowhere = {"lsoa": "", "lsoa_name": ""}
    return csv_bytes([row(start + i, **(of | (nowhere if i % 3 == 2 else {}))) for i in range(n)])


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_bytes(files: Mapping[str, bytes]) -> bytes:
    """The files as a tar.gz."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def figures(folder: Path, counts: Mapping[tuple[str, str], Sequence[int | None]], months: Sequence[str]) -> Path:
    """A figures folder with carried counts: (lsoa, type) -> one number for each month, None where the code is not of it."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [["lsoa", "type", *months], *([*key, *("" if n is None else n for n in ns)] for key, ns in sorted(counts.items()))]
    table = "\n".join(",".join(map(str, line)) for line in lines) + "\n"
    (folder / "counts-by-lsoa.csv.gz").write_bytes(gzip.compress(table.encode(), mtime=0))
    heading = "month,file,sha256,lsoa_edition,rows,county_rows,rows_without_area\n"
    described = (f"{m},{m}-durham-street.csv,{'0' * 64},{'2011' if m < '2021' else '2021'},9,9,0\n" for m in months)
    (folder / "force-months.csv").write_text(heading + "".join(described), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def draw() -> SimpleNamespace:
    """Everything above, for tests that draw their own files."""
    names = (row, rows, csv_bytes, street, zip_bytes, tar_bytes, figures)
    places = {"HERE": HERE, "THERE": THERE, "YONDER": YONDER, "NEW_CODE": NEW_CODE, "OLD_CODE": OLD_CODE}
    places |= {"DARLINGTON": DARLINGTON, "NEWCASTLE": NEWCASTLE, "COUNTY": COUNTY}
    return SimpleNamespace(**{f.__name__: f for f in names}, **places)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A data folder that does not exist yet."""
    return Store(tmp_path / "data")


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file to give to the loader: put(name, data) -> path."""

    def put(name: str, data: bytes) -> Path:
        path = tmp_path / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return put


@pytest.fixture
def take(store: Store, put: Callable[[str, bytes], Path]) -> Callable[..., load.LoadReport]:
    """Load one file drawn in the test: take(name, data, **options) -> report."""
    return lambda name, data, **options: load.load(store, [put(name, data)], by="terminal:test", **options)
