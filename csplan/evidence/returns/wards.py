"""Which wards and divisions there are on a day, by their names and codes, so that a mistyped one is noticed and a right one placed."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from csplan.cycle import calendar
from csplan.evidence import areas, editions, sql
from csplan.evidence.areas import tables as area_tables
from csplan.evidence.store import Store

#: Tables of wards that may be held, the newest first: source -> columns of code, name and district.
TABLES: dict[str, tuple[str, str, str]] = {
    "ons/lsoa-2021-to-ward-2024": ("ward24_code", "ward24_name", "ltla24_code"),
    "ons/ward-2021-to-district": ("ward21_code", "ward21_name", "ltla21_code"),
}
ALIKE = 0.72


class Ward(NamedTuple):
    """A ward, and the days from and to which it is one; None where it is not told."""

    code: str
    name: str
    start: date | None
    end: date | None

    def on(self, day: date | None) -> bool:
        """Whether it is one on a day; on no particular day, whether it is one still."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Wards:
    """The wards of a district. Empty where no list of them is held: then none is checked."""

    every: tuple[Ward, ...]

    def names(self, day: date | None = None) -> tuple[str, ...]:
        """The names of those there are on a day."""
        return tuple(sorted({ward.name for ward in self.every if ward.on(day)}))

    def code(self, said: str, day: date | None) -> str | None:
        """The code of a name or code on a day; None where it is none of them."""
        wanted = plain(said)
        return next((w.code for w in self.every if w.on(day) and wanted in (plain(w.name), w.code.casefold())), None)

    def mistake(self, said: str, day: date | None) -> str:
        """What is wrong with a name that is none, in a sentence, and the name that was perhaps meant."""
        wanted = plain(said)
        other = next((w for w in self.every if wanted in (plain(w.name), w.code.casefold())), None)
        if other is not None and day is not None:
            was = f"it was one until {calendar.in_words(other.end)}" if other.end and other.end < day else "it came later"
            return f"“{said}” was not a ward here on {calendar.in_words(day)}: {was}."
        names = {plain(name): name for name in self.names(day)}
        near = get_close_matches(wanted, list(names), n=1, cutoff=ALIKE)
        meant = f" Did you mean {names[near[0]]}?" if near else ""
        return f"“{said[:60]}” is not a ward here.{meant}"


def held(store: Store, district: str | None) -> Wards:
    """The wards of a district, from what comes with its partnership, else from a table that is held. district : None for every one"""
    return Wards(_carried(district) or (_loaded(store, district) if district else ()))


def _carried(district: str | None) -> tuple[Ward, ...]:
    return tuple(
        Ward(code, division.name, division.start, division.end)
        for local in area_tables.every_local()
        for code, division in local.divisions.items()
        if district in (None, areas.district_of(code))
    )


def _loaded(store: Store, district: str | None) -> tuple[Ward, ...]:
    units = {unit.source: unit for unit in editions.tables(store.manifest())}
    source = next((name for name in TABLES if name in units), None)
    if source is None:
        return ()
    code, name, within = (sql.name(column) for column in TABLES[source])
    file = sql.text(str(store.path(units[source].events)))
    asked = f"SELECT DISTINCT {code}, {name} FROM read_parquet({file}) WHERE {within} = {sql.text(district or '')} ORDER BY 1"
    return tuple(Ward(c, n, None, None) for c, n in sql.connect().execute(asked).fetchall())


def plain(name: str) -> str:
    """A name without what people write differently.

    >>> plain("Annfield Plain Ward"), plain("St. John's & Neville's Cross")
    ('annfield plain', 'st johns and nevilles cross')
    """
    words = re.sub(r"[’'.]", "", name.casefold().replace("&", " and "))
    words = re.sub(r"[^a-z0-9]+", " ", words)
    return re.sub(r" (?:ward|division|electoral division|ed)$", "", words.strip())
