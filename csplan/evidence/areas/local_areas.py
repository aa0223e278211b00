"""Areas that a partnership draws itself out of whole small areas, such as Area Action Partnerships: `local-areas.csv` of its folder.

A line for each small area, with the columns Name and LSOA, and where wanted Kind, From and To (days, as 2024-05-01). Small areas are those of
2021; one of 2011 stands for all that it became.
"""

import csv
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from csplan.errors import CsplanError
from csplan.evidence.areas import tables
from csplan.evidence.places import partnership_folders

FILE = "local-areas.csv"
KIND = "Local area"
NEEDED, MORE = ("Name", "LSOA"), ("Kind", "From", "To")


class LocalArea(NamedTuple):
    """One of them. district : in which all of it lies;  start, end : the days from and to which it is one; None where not told"""

    code: str
    name: str
    kind: str
    district: str
    lsoas: tuple[str, ...]
    start: date | None
    end: date | None

    def in_force(self, day: date | None) -> bool:
        """Whether it was one on a day; of no day, whether it is one still."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def every() -> Mapping[str, LocalArea]:
    """{code: area} of every partnership. Raises CsplanError with the row of a file that is wrong."""
    files = [folder / FILE for folder in partnership_folders().values()]
    return _every(tuple((file, file.stat().st_mtime_ns) for file in files if file.is_file()))


@lru_cache(maxsize=8)
def _every(files: tuple[tuple[Path, int], ...]) -> Mapping[str, LocalArea]:
    return {area.code: area for file, _ in files for area in read(file)}


def read(file: Path) -> tuple[LocalArea, ...]:
    """The areas of a file, in the order of their coming."""
    where = f"{FILE} in partnerships/{file.parent.name}"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        heads = [head.strip() for head in reader.fieldnames or ()]
        if not set(NEEDED) <= set(heads) <= {*NEEDED, *MORE}:
            raise CsplanError(
                f"{where} has the columns {', '.join(heads) or 'none'}. It has Name and LSOA, and may have {', '.join(MORE)}."
            )
        rows = [(n, {k.strip(): (v or "").strip() for k, v in row.items() if k}) for n, row in enumerate(reader, start=2)]
    by_name: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for n, row in rows:
        if not row["Name"]:
            raise CsplanError(f"Row {n} of {where} names no area. Write its name.")
        by_name.setdefault(row["Name"], []).append((n, row))
    return tuple(_area(name, held, where) for name, held in by_name.items())


def _area(name: str, rows: list[tuple[int, dict[str, str]]], where: str) -> LocalArea:
    lsoas: list[str] = []
    for n, row in rows:
        lsoas += _lsoas(row["LSOA"].upper(), n, where)
    if len(set(lsoas)) != len(lsoas):
        raise CsplanError(f"{where} has a small area of {name} twice. Leave one of the two out.")
    districts = {tables.country().small[code].district for code in lsoas}
    if len(districts) != 1:
        raise CsplanError(f"{name} in {where} lies in several districts. Make an area of each.")
    first, told = rows[0]
    start, end = (_day(told.get(column, ""), first, column, where) for column in ("From", "To"))
    code = "local-" + re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    return LocalArea(code, name, told.get("Kind") or KIND, districts.pop(), tuple(sorted(lsoas)), start, end)


def _lsoas(code: str, n: int, where: str) -> list[str]:
    """The small areas of 2021 of a code."""
    if code in tables.country().small:
        return [code]
    pieces = [new for new, share in tables.changes().pieces.get(code, ()) if share > 0]
    if not pieces:
        raise CsplanError(f"Row {n} of {where}: “{code[:20]}” is not the code of a small area (LSOA). Write it as E01020590.")
    if any(len(tables.changes().made_of.get(new, ())) > 1 for new in pieces):
        raise CsplanError(f"Row {n} of {where}: {code} is of 2011 and became a part of {pieces[0]}. Write the code of 2021.")
    return pieces


def _day(text: str, n: int, column: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as e:
        raise CsplanError(f"Row {n} of {where}, {column}: “{text[:20]}” is not a day. Write it as 2024-05-01.") from e
