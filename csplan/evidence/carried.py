"""The tables carried with the program: what each is, the county's counts, and the country's counts of 2025.

They are made by tools/carry_figures.py and described in the figures.toml beside them.
"""

import csv
import gzip
import hashlib
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.errors import CsplanError
from csplan.evidence.places import COUNTRY_FIGURES

COUNTS_BY_LSOA = "counts-by-lsoa.csv.gz"
FORCE_MONTHS = "force-months.csv"
COUNTS_BY_DISTRICT = "counts-2025-by-district.csv.gz"


@dataclass(frozen=True)
class CarriedFile:
    """One table with its source, licence and method, as its figures.toml has it."""

    path: Path
    name: str
    title: str
    source: str
    publisher: str
    licence: str
    attribution: str
    published_on: date
    how: str
    columns: Mapping[str, str]
    published: Mapping[str, date] = field(default_factory=dict)  # columns that came out on a day of their own
    missing: tuple[Mapping[str, Any], ...] = ()  # {force, name, why, months} of what the source lacks

    def out_on(self, column: str) -> date:
        """The day from which a column may be shown."""
        return self.published.get(column, self.published_on)


@dataclass(frozen=True)
class ForceMonth:
    """What one file of one force and month held, and the publisher's bytes it was counted from."""

    month: str
    file: str
    sha256: str
    lsoa_edition: str  # 2011 or 2021
    rows: int
    county_rows: int
    rows_without_area: int


@dataclass(frozen=True)
class CarriedCounts:
    """Counts of one county. `counts` has shape (types, lsoas, months).

    LSOA codes are as published: `editions` says for each month whether its codes are those of 2011 or 2021, and `held`
    (lsoas, months) is False where a code is not of that month's edition. There the count is 0 and must not be read as none.
    """

    months: tuple[str, ...]
    editions: tuple[str, ...]
    lsoas: tuple[str, ...]
    types: tuple[str, ...]
    counts: NDArray[np.int32]
    held: NDArray[np.bool_]
    sha256: str  # of the carried file
    rows: int  # the publisher's rows counted in it
    force_months: tuple[ForceMonth, ...]


@dataclass(frozen=True)
class DistrictCounts:
    """Counts of 2025 by district. `counts` has shape (types, districts, months); `held` (districts, months).

    Where `held` is False the force published nothing usable that month: the count is 0 and must not be read as none.
    `absent` lists those force-months with their reason.
    """

    months: tuple[str, ...]
    districts: tuple[str, ...]
    types: tuple[str, ...]
    counts: NDArray[np.int32]
    held: NDArray[np.bool_]
    absent: tuple[Mapping[str, Any], ...]


def lines(path: Path) -> Iterator[list[str]]:
    """The lines of a carried CSV file, headings first, packed or not."""
    data = path.read_bytes()
    yield from csv.reader(io.StringIO((gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")))


@lru_cache
def files(folder: Path) -> tuple[CarriedFile, ...]:
    """Every table of a figures folder."""
    described = folder / "figures.toml"
    if not described.exists():
        raise CsplanError(
            f"There is no figures.toml in {folder}. Make the figures with tools/carry_figures.py, or ask a maintainer."
        )
    entries = tomllib.loads(described.read_text(encoding="utf-8"))["file"]
    return tuple(CarriedFile(path=folder / e["name"], **{**e, "missing": tuple(e.get("missing", ()))}) for e in entries)


def file(folder: Path, name: str) -> CarriedFile:
    """One table of a figures folder."""
    found = [f for f in files(folder) if f.name == name]
    if not found:
        raise CsplanError(f"{folder / 'figures.toml'} does not describe {name}. Add its source, licence and method there.")
    return found[0]


@lru_cache
def carried_counts(folder: Path) -> CarriedCounts:
    """The county's counts by small area, type and month, from the figures folder of a partnership."""
    path = folder / COUNTS_BY_LSOA
    months, lsoas, types, counts, held = _cube(path)
    found = lines(folder / FORCE_MONTHS)
    next(found)
    known = {r[0]: ForceMonth(r[0], r[1], r[2], r[3], int(r[4]), int(r[5]), int(r[6])) for r in found}
    return CarriedCounts(
        months=months,
        editions=tuple(known[month].lsoa_edition for month in months),
        lsoas=lsoas,
        types=types,
        counts=counts,
        held=held,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        rows=int(counts.sum()),
        force_months=tuple(known[month] for month in months),
    )


@lru_cache
def district_counts() -> DistrictCounts:
    """The national counts of 2025 by district, type and month."""
    months, districts, types, counts, held = _cube(COUNTRY_FIGURES / COUNTS_BY_DISTRICT)
    absent = file(COUNTRY_FIGURES, COUNTS_BY_DISTRICT).missing
    return DistrictCounts(months, districts, types, counts, held, absent)


Cube = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], NDArray[np.int32], NDArray[np.bool_]]


def _cube(path: Path) -> Cube:
    """(months, areas, types, counts, held) of a table whose lines are area, type and one cell for each month."""
    found = lines(path)
    months = tuple(next(found)[2:])
    rows = list(found)
    areas, types = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    at, of = {code: i for i, code in enumerate(areas)}, {kind: i for i, kind in enumerate(types)}
    counts = np.zeros((len(types), len(areas), len(months)), np.int32)
    held = np.ones((len(areas), len(months)), bool)
    for row in rows:
        area, kind = at[row[0]], of[row[1]]
        for month, cell in enumerate(row[2:]):
            if cell == "":
                held[area, month] = False
            else:
                counts[kind, area, month] = int(cell)
    counts.setflags(write=False)
    held.setflags(write=False)
    return months, tuple(areas), tuple(types), counts, held
