"""The data sets that partners return, as documents: one TOML file each in this folder.

Ten are those of the Schedule to the Crime and Disorder (Prescribed Information) Regulations 2007 (SI 2007/1831), one for each
paragraph; the eleventh holds values of indicators.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from csplan.errors import CsplanError
from csplan.evidence.manifest import RETURN

FOLDER = Path(__file__).parent
KPI = "kpi"
SHEET = "Return"

#: kind of value -> what stands in a cell, in words
KINDS: dict[str, str] = {
    "day": "a day, as 2025-06-30 or 30/06/2025",
    "time": "a time by the 24-hour clock, as 21:30",
    "choice": "one of the list",
    "ward": "the name or code of a ward or division",
    "lsoa": "the code of a small area (LSOA), as E01020590",
    "outward": "the first part of a postcode, as DH1",
    "postcode": "a postcode, as DH1 5UL",
    "whole": "a whole number, 0 or more",
    "age": "an age in whole years",
    "words": "a few words, no more than 80 letters",
    "period": "a period, as 2024/25, 2024/25 Q1 or 2025-06",
    "figure": "a number, or a mark such as [c]",
    "area": "the code of an area, as E06000047",
    "remark": "words",
}
#: What a column of a kind means, where its document does not say.
MEANS: dict[str, str] = {
    "day": "The day on which it happened, as 2025-06-30 or 30/06/2025.",
    "time": "The time by the 24-hour clock, as 21:30, where it is known.",
    "ward": "The ward or electoral division in which it happened: its name or its code.",
    "lsoa": "The code of the small area (LSOA of 2021), where it is known.",
    "outward": "The first part alone of the postcode, such as DH1. The law allows no more.",
}
#: Kinds that a row need not fill, unless its document says so.
WHERE_KNOWN = ("time", "lsoa")
#: The kinds of body, as section 5 of the Crime and Disorder Act 1998 has them, that return a set of the Schedule.
BODIES = ("police", "fire", "council", "health")


@dataclass(frozen=True)
class Column:
    """One column. is_needed : whether each row must fill it;  may_be_absent : whether the column itself may be left out"""

    heading: str
    kind: str
    means: str
    choices: tuple[str, ...] = ()
    is_needed: bool = True
    may_be_absent: bool = False

    @property
    def holds(self) -> str:
        """What stands in a cell, in words."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class DataSet:
    """One set of data that a body returns. body : its kind;  paragraph : of the Schedule; 0 for none;  each : what a row is"""

    name: str
    title: str
    body: str
    paragraph: int
    each: str
    columns: tuple[Column, ...]

    @property
    def source(self) -> str:
        """What it is called in the manifest."""
        return RETURN + self.name

    @property
    def place(self) -> str:
        """The heading under which a row says where; that of its first column where it does not."""
        return next((column.heading for column in self.columns if column.kind in ("ward", "outward")), self.columns[0].heading)

    def column(self, heading: str) -> Column:
        """The column of a heading."""
        return next(column for column in self.columns if column.heading == heading)

    def headed(self, heads: Sequence[str]) -> dict[str, str] | None:
        """{heading as the file has it: heading} where a table is a return of this set; None where it is none.

        Every column that may not be absent is there. What else is there is left for the reader to refuse.
        """
        known = {key(column.heading): column.heading for column in self.columns}
        found = {head: known[key(head)] for head in heads if key(head) in known}
        needed = {column.heading for column in self.columns if not column.may_be_absent}
        return found if needed <= set(found.values()) else None


def key(heading: str) -> str:
    """A heading without what people write differently.

    >>> key(" Sub category *"), key("sub-Category")
    ('sub category', 'sub category')
    """
    return " ".join(heading.replace("-", " ").replace("*", " ").split()).casefold()


@cache
def every() -> tuple[DataSet, ...]:
    """Every set, in the order of the Schedule, and the values of indicators last."""
    found = [_read(path) for path in FOLDER.glob("*.toml")]
    return tuple(sorted(found, key=lambda one: (one.paragraph or 99, one.name)))


def of(heads: Sequence[str]) -> DataSet | None:
    """The set that a table with these headings is a return of: the one that knows most of them. None where it is of none."""
    fitting = [(len(headed), one) for one in every() if (headed := one.headed(heads))]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def scheduled() -> tuple[DataSet, ...]:
    """The sets of the Schedule."""
    return tuple(one for one in every() if one.paragraph)


def named(name: str) -> DataSet:
    """The set of a name. Raises CsplanError with those there are."""
    found = next((one for one in every() if one.name == name.removeprefix(RETURN)), None)
    if found is None:
        raise CsplanError(f"There is no return called “{name}”. Write one of: {', '.join(one.name for one in every())}.")
    return found


def _read(path: Path) -> DataSet:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(_column(column) for column in told["columns"])
    return DataSet(path.stem, told["title"], told["from"], told.get("paragraph", 0), told["each"], columns)


def _column(told: dict[str, Any]) -> Column:
    kind = told["kind"]
    usual: dict[str, Any] = {"means": MEANS.get(kind, ""), "is_needed": kind not in WHERE_KNOWN}
    return Column(**usual | told | {"choices": tuple(told.get("choices", ()))})
