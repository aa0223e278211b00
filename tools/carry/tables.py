"""Official files in, our small tables out: the same bytes whenever the same files are read."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

#: A table longer than this is kept compressed.
LONG = 300_000


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Every row of a gzipped CSV file, by its headings. A byte order mark is taken off."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def features(path: Path) -> list[dict[str, Any]]:
    """The features of a gzipped GeoJSON file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(json.load(file)["features"])


def as_csv(headings: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    """A CSV file, its lines in order of their values. None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(sorted([["" if cell is None else str(cell) for cell in line] for line in lines]))
    return out.getvalue().encode()


def as_json(value: object) -> bytes:
    """A JSON file without a space too many."""
    return (json.dumps(value, separators=(",", ":"), sort_keys=True) + "\n").encode()


def packed(data: bytes) -> bytes:
    """Gzip with no time and no name inside, so that the same table makes the same file."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def unpacked(data: bytes) -> bytes:
    """What a file says, whether it is compressed or not: two versions of zlib may pack the same table differently."""
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def number(value: float, digits: int) -> str:
    """A number without trailing noughts: 0.9500 -> 0.95, 1.0000 -> 1."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"
