"""The sources of tables, as documents: what each file holds, from whom, and which headings tell that it is one of them.

A street file of police.uk is read by `police`, for it is counted row by row. Every other open file is a table: a mapping of its
headings to kinds of value, one TOML file each in this folder, and in `sources/` of a data folder for those of one's own. A file that
matches none is refused with the headings found. No shape of ours stands here that was not seen in a real file; `tried_on` names it.
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from csplan.errors import CsplanError

FOLDER = Path(__file__).parent

#: kind of table -> in words
KINDS = {
    "lookup": "which area lies in which",
    "population": "how many people and households",
    "deprivation": "how deprived an area is",
    "boundary": "where an area lies",
    "crime": "offences counted by others",
    "disorder": "fly-tipping and other disorder counted by others",
    "fire": "fires and the services that attend them",
    "health": "admissions and deaths",
}
SHAPES = ("csv", "tsv", "geojson", "topojson", "shapefile", "geopackage", "parquet")
#: Those that draw areas.
DRAWN = ("geojson", "topojson", "shapefile", "geopackage")
#: kind of value -> (pattern of a value that is there, what it should be in words)
VALUES: dict[str, tuple[str, str]] = {
    "text": (r"(?s).*", "words"),
    "number": (r"[-+]?([0-9][0-9,]*(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?", "a number"),
    "whole": (r"[-+]?[0-9][0-9,]*(\.0+)?", "a whole number"),
    "month": (r"[0-9]{4}-(0[1-9]|1[0-2])", "a month such as 2025-06"),
    "instant": (r"[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]T[0-9:.]+(Z|[+-][0-9:]{5})", "a day and a time"),
    "longitude": (r"-?[0-9](\.[0-9]+)?", "degrees east of Greenwich, between -9 and 9"),
    "latitude": (r"(49|5[0-9]|6[01])(\.[0-9]+)?", "degrees north, between 49 and 61"),
    "oa": (r"[EW]00\d{6}", "the code of an output area"),
    "lsoa": (r"[EW]01\d{6}", "the code of a small area (LSOA)"),
    "msoa": (r"[EW]02\d{6}", "the code of a neighbourhood (MSOA)"),
    "ward": (r"[EWSN](05|08)\d{6}|95[A-Z0-9]{2,7}", "the code of a ward or division"),
    "district": (r"[EWSN](06|07|08|09|12|11)\d{6}", "the code of a district"),
    "csp": (r"[EW]22\d{6}", "the code of a partnership"),
    "police": (r"[EWSN](23|32|24)\d{6}", "the code of a police force"),
    "fire": (r"[EW]31\d{6}", "the code of a fire authority"),
    "code": (r"[A-Z0-9]{2,12}", "the code of an area"),
}
#: What publishers write where there is no value.
MARKS = ("", "NA", "N/A", "n/a", "-", "..", ":", "[c]", "[x]", "[z]", "*", "null", "NULL")


@dataclass(frozen=True)
class Source:
    """One kind of table.

    columns : heading -> kind of value of VALUES; all must be there, in any order
    rest : the kind of value of every other column; empty where there may be none
    key : the column that must be filled, by which an area or a thing is found
    edition, edition_in : the year or month it is of; or a pattern that finds it in the file's name
    scope, scope_in : the column whose one value tells which part of the whole a file holds, such as a district; or a pattern that
        finds it in the file's name; both empty for the whole
    month, force : the columns whose every value must be of the edition and of the force that the file's name tells
    """

    name: str
    title: str
    publisher: str
    licence: str
    kind: str
    shape: str
    key: str
    columns: Mapping[str, str]
    tried_on: str
    rest: str = ""
    edition: str = ""
    edition_in: str = ""
    scope: str = ""
    scope_in: str = ""
    month: str = ""
    force: str = ""

    def type_of(self, heading: str) -> str:
        """The kind of value under a heading."""
        return self.columns.get(heading, self.rest)

    def fits(self, headings: Collection[str]) -> bool:
        """Whether a file with these headings is one of this source."""
        found = set(headings)
        return self.columns.keys() <= found and (bool(self.rest) or found <= self.columns.keys())


def every(own: Path | None = None) -> tuple[Source, ...]:
    """Every source, by name. own : a folder of documents beside ours. Raises CsplanError where a document is not one."""
    paths = sorted(own.glob("*.toml")) if own is not None else []
    return _every(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=8)
def _every(own: tuple[tuple[Path, int], ...]) -> tuple[Source, ...]:
    found = [_read(path) for path in (*sorted(FOLDER.glob("*.toml")), *(path for path, _ in own))]
    names = [source.name for source in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise CsplanError(f"Two documents of sources are called “{twice}”. Give each its own name.")
    return tuple(sorted(found, key=lambda source: source.name))


def named(name: str, own: Path | None = None) -> Source:
    """The source of a name. Raises CsplanError with those there are."""
    found = next((source for source in every(own) if source.name == name), None)
    if found is None:
        raise CsplanError(f"There is no source “{name}”. `csplan evidence sources` lists those there are.")
    return found


def of(shape: str, headings: Sequence[str], own: Path | None = None) -> Source | None:
    """The source of a file of a shape with these headings: the one that names most of them."""
    fitting = [source for source in every(own) if source.shape == shape and source.fits(headings)]
    return max(fitting, key=lambda source: (len(source.columns), source.name), default=None)


def _read(path: Path) -> Source:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return checked(told, path.name)


def checked(told: Mapping[str, Any], where: str) -> Source:
    """A document as a source. where : named in the refusal"""
    known = {f.name for f in fields(Source)}
    if strange := told.keys() - known:
        raise CsplanError(f"{where}: “{min(strange)}” says nothing of a source. Write one of: {', '.join(sorted(known))}.")
    try:
        source = Source(**told)
    except TypeError as e:
        raise CsplanError(f"{where} lacks what every source says: {e}.") from e
    problem = _problem(source)
    if problem:
        raise CsplanError(f"{where}: {problem}")
    return source


def _problem(s: Source) -> str:
    """What is wrong with a source, in a sentence; empty where nothing is."""
    if s.kind not in KINDS:
        return f"“{s.kind}” is no kind of table. Write one of: {', '.join(KINDS)}."
    if s.shape not in SHAPES:
        return f"“{s.shape}” is no shape of file. Write one of: {', '.join(SHAPES)}."
    wrong = [kind for kind in (*s.columns.values(), s.rest) if kind and kind not in VALUES]
    if wrong:
        return f"“{wrong[0]}” is no kind of value. Write one of: {', '.join(VALUES)}."
    if any(name and name not in s.columns for name in (s.key, s.scope, s.month, s.force)) or not s.key:
        return "the key, the scope, the month and the force are among the columns. Name them there."
    if bool(s.edition) == bool(s.edition_in):
        return "say the edition, or the pattern that finds it in a file’s name, and not both."
    if any(re.compile(pattern).groups != 1 for pattern in (s.edition_in, s.scope_in) if pattern):
        return "a pattern that is looked for in a file’s name has one group, which is what is wanted of it."
    return ""


def kind_of(heading: str, values: Sequence[str]) -> str:
    """The narrowest kind of value that fits every value that is there: codes of areas, else numbers, else words."""
    there = [value for value in values if value not in MARKS]
    names_code = re.search(r"code|cd\b|\dcd|_active", heading, re.IGNORECASE) is not None
    tried = (
        "oa",
        "lsoa",
        "msoa",
        "ward",
        "district",
        "csp",
        "police",
        "fire",
        *(("code",) if names_code else ()),
        "whole",
        "number",
    )
    fits = (kind for kind in tried if there and all(re.fullmatch(VALUES[kind][0], value) for value in there))
    return next(fits, "text")
