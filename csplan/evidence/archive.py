"""Files as they arrive: folders walked, archives read member by member, and what is dangerous refused in a sentence.

Nothing is ever written under a name that came from outside. Members are read as streams and counted as they are read,
because the sizes that an archive declares may lie. An archive that is damaged anywhere is refused whole.
"""

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from csplan.cycle.periods import is_month
from csplan.errors import CsplanError, InputRejected

MIB = 1024 * 1024
#: The longest street file seen is about 30 MB (the largest force, one month).
MEMBER_BYTES = 256 * MIB
#: All forces, three files each, for fifteen years come to about 23,000.
MEMBERS = 50_000
#: Street files pack about five to one; nothing honest packs a hundred to one, once past the first few megabytes.
RATIO = 100
ALWAYS_ALLOWED = 16 * MIB

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP = b"PK\x05\x06"
_OTHER_ARCHIVES = (b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".ods", ".docx", ".odt"}
#: What the program that packed an archive leaves in it.
_LITTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, struct.error, OverflowError, ValueError)


class Refused(InputRejected):
    """A file refused whole. `code` is for programs, the text for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Found:
    """One file a person gave, or one met in a folder they gave.

    name : how it is shown: never more of the machine's own path than the folder given
    told : the folder names nearest to it, nearest first, for an edition they may tell
    is_link : met in a folder and only pointing elsewhere; not followed
    """

    path: Path
    name: str
    told: tuple[str, ...]
    is_link: bool = False


@dataclass(frozen=True)
class Member:
    """One file as received: itself, or out of an archive. `refusal` instead of data where it may not be read."""

    path: str
    name: str
    told: tuple[str, ...]
    data: bytes
    refusal: Refused | None = None


def find(paths: Sequence[Path]) -> tuple[Found, ...]:
    """Every file at the paths given, folders walked in order of names. A path that is not there is refused."""
    out: list[Found] = []
    for path in paths:
        top = Path(os.path.abspath(path))
        if top.is_dir():
            inside = list(_walk(top))
            if not inside:
                raise CsplanError(f"The folder {top.name} holds no files. Give the folder that the CSV files or archives are in.")
            out += inside
        elif top.exists():
            out.append(Found(top, top.name, _told(top)))
        else:
            raise CsplanError(f"There is no file or folder {path}. Check how its name is written.")
    return tuple(out)


def _walk(top: Path) -> Iterator[Found]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(f for f in folders if not _is_litter(f))
        for name in sorted(f for f in files if not _is_litter(f)):
            path = Path(folder) / name
            yield Found(path, f"{top.name}/{path.relative_to(top).as_posix()}", _told(path), path.is_symlink())


def _told(path: Path) -> tuple[str, ...]:
    return tuple(p.name for p in list(path.parents)[:2])


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name in _LITTER


def is_archive(found: Found) -> bool:
    """Whether the file is a zip, tar.gz or gz, by its first bytes."""
    with found.path.open("rb") as file:
        start = file.read(4)
    if not start.startswith((_ZIP, _EMPTY_ZIP, _GZIP)) or found.path.suffix.lower() in _WORKBOOKS:
        return False
    return not start.startswith(_ZIP) or not _is_shapefile(found.path)


def _is_shapefile(path: Path) -> bool:
    """Whether a zip is the parts of a shapefile, which are one file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(".shp") for name in archive.namelist())
    except _DAMAGE:
        return False


def members(found: Found) -> Iterator[Member]:
    """Every file in `found`, one at a time; a plain file is its own only member. Damage anywhere raises `Refused`."""
    if found.is_link or not stat.S_ISREG(found.path.stat().st_mode):
        raise Refused("not_a_file", f"{found.name} is a link or a device, not a file. Give the file itself.")
    if not is_archive(found):
        if found.path.stat().st_size > MEMBER_BYTES:
            raise Refused(
                "too_large", f"{found.name} is larger than {MEMBER_BYTES // MIB} MB. Give one month of one force at a time."
            )
        yield Member(found.name, found.path.name, found.told, found.path.read_bytes())
        return
    is_empty = True
    try:
        for member in _unpacked(found):
            is_empty = False
            yield member
    except _DAMAGE as e:
        raise Refused("damaged", f"{found.name} is damaged or was cut short. Download it again.") from e
    if is_empty:
        raise Refused("empty", f"{found.name} holds no files. Download it again.")


def _unpacked(found: Found) -> Iterator[Member]:
    with found.path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    if is_zip:
        yield from _from_zip(found)
    elif _holds_tar(found):
        yield from _from_tar(found)
    else:
        with gzip.open(found.path) as stream:
            data = _Meter(found).whole(stream)
        name = found.path.name.removesuffix(".gz")
        yield Member(found.name, name, found.told, data, refusal_of(found.name, data))


class _Meter:
    """Counts what is read from one archive, and refuses when it is more than any honest archive holds."""

    def __init__(self, found: Found) -> None:
        self.name = found.name
        self.allowed = max(ALWAYS_ALLOWED, RATIO * found.path.stat().st_size)
        self.total = self.member = 0

    def count(self, n: int) -> None:
        self.total += n
        self.member += n
        if self.member > MEMBER_BYTES or self.total > self.allowed:
            raise Refused("too_large", f"{self.name} unpacks to far more than it should. Download it again from its publisher.")

    def whole(self, stream: _Readable) -> bytes:
        self.member = 0
        out = io.BytesIO()
        while chunk := stream.read(MIB):
            self.count(len(chunk))
            out.write(chunk)
        return out.getvalue()


class _Metered(io.RawIOBase):
    """A stream that is counted as it is read, whoever reads it."""

    def __init__(self, stream: _Readable, meter: _Meter) -> None:
        self.stream, self.meter = stream, meter

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.meter.count(len(data))
        return data


def _from_zip(found: Found) -> Iterator[Member]:
    meter = _Meter(found)
    with zipfile.ZipFile(found.path) as archive:
        inside = archive.infolist()
        _check_layout(found, archive, inside)
        for info in inside:
            if info.is_dir() or _is_unwanted(info.filename):
                continue
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG) or is_outside(info.filename):
                yield _unreadable(found, info.filename)
                continue
            with archive.open(info) as stream:
                data = meter.whole(stream)
            if len(data) != info.file_size:
                raise Refused(
                    "damaged", f"{found.name} says of a member that it is of another size than it is. Download it again."
                )
            yield _member(found, info.filename, data)


def _check_layout(found: Found, archive: zipfile.ZipFile, inside: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse what no packing program writes: too many members, members that share bytes, members under a password."""
    if len(inside) > MEMBERS:
        raise Refused("too_large", f"{found.name} holds more than {MEMBERS:,} files. Give a smaller archive.")
    if any(info.flag_bits & 1 for info in inside):
        raise Refused("encrypted", f"{found.name} is locked with a password. Unpack it first and give the files.")
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in inside):
        raise Refused(
            "unknown_packing", f"{found.name} is packed in a way that is not read here. Pack it again as an ordinary zip."
        )
    seen = set[str]()
    for info in inside:
        _check_name(found, info.filename, seen)
    starts = sorted((info.header_offset, info.compress_size + 30 + len(info.filename.encode())) for info in inside)
    ends = [start for start, _ in starts[1:]] + [archive.start_dir]
    if any(start + length > end for (start, length), end in zip(starts, ends, strict=False)):
        raise Refused("damaged", f"{found.name} has members that lie over one another. Download it again from its publisher.")


def _check_name(found: Found, name: str, seen: set[str]) -> None:
    """Refuse a member that would be one file with another where capital letters are not told apart: which is meant is not known."""
    if name.casefold() in seen:
        raise Refused(
            "same_names",
            f"{found.name} holds several members called {_shown(name)}, or names that differ only by capital letters. "
            "Unpack it and give the right file.",
        )
    seen.add(name.casefold())


def _holds_tar(found: Found) -> bool:
    with gzip.open(found.path) as stream:
        return stream.read(512)[257:262] == b"ustar"


def _from_tar(found: Found) -> Iterator[Member]:
    meter, seen = _Meter(found), set[str]()
    with gzip.open(found.path) as stream:
        metered = _Metered(stream, meter)
        with tarfile.open(fileobj=metered, mode="r|") as archive:
            for n, info in enumerate(archive):
                if n >= MEMBERS:
                    raise Refused("too_large", f"{found.name} holds more than {MEMBERS:,} files. Give a smaller archive.")
                meter.member = 0
                if info.isdir() or _is_unwanted(info.name):
                    continue
                _check_name(found, info.name, seen)
                held = archive.extractfile(info) if info.isfile() and not is_outside(info.name) else None
                yield _unreadable(found, info.name) if held is None else _member(found, info.name, held.read())
        while metered.read(MIB):  # to the end, where the check sum is
            meter.member = 0


def _is_unwanted(name: str) -> bool:
    return not is_outside(name) and any(_is_litter(part) for part in PurePosixPath(name).parts)


def is_outside(name: str) -> bool:
    """Whether a member's name points anywhere but below the archive, on any system.

    >>> [is_outside(name) for name in ("2025-06/a.csv", "../a.csv", "/etc/a.csv", "C:\\\\a.csv", "a/..\\\\b.csv")]
    [False, True, True, True, True]
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return not parts or ".." in parts or parts[0] == "/" or ":" in parts[0] or "\0" in name


def _unreadable(found: Found, name: str) -> Member:
    sentence = (
        f"{found.name} has a member that is a link, or whose name points outside the archive. Unpack it and give the CSV files."
    )
    return Member(f"{found.name}!{_shown(name)}", "", (), b"", Refused("unsafe_member", sentence))


def _member(found: Found, name: str, data: bytes) -> Member:
    path = f"{found.name}!{_shown(name)}"
    inner = PurePosixPath(name)
    told = (*(p.name for p in list(inner.parents)[:2] if p.name), archive_stem(found.path.name), *found.told[:1])
    return Member(path, inner.name, told, data, refusal_of(path, data))


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)


def archive_stem(name: str) -> str:
    """The archive's name without its ending: 2025-12.zip -> 2025-12."""
    return name.split(".", 1)[0]


def refusal_of(path: str, data: bytes) -> Refused | None:
    """Why a member is not looked into: archives inside archives are not opened."""
    if data.startswith((_ZIP, _EMPTY_ZIP, _GZIP, *_OTHER_ARCHIVES)):
        return Refused("nested", f"{path} is a packed file inside an archive. Unpack it first and give what is in it.")
    return None


def edition(told: Sequence[str], month: str, otherwise: str | None) -> str | None:
    """The month of the release a file came in, by the folders and archive around it, else as given, else not known.

    data.police.uk's archives are named after their own month and hold a folder for each month before it, so the folder
    that only repeats the file's month tells nothing.

    >>> edition(("2025-06", "2025-12"), "2025-06", None), edition(("2025-06", "downloads"), "2025-06", "2025-09")
    ('2025-12', '2025-09')
    """
    outer = told[1:] if told[:1] == (month,) else told
    return next((name for name in outer if is_month(name) and name >= month), otherwise)
