"""Police forces: what police.uk calls them, which of them polices each small area, and whose codes a file uses."""

import re
from collections.abc import Iterable
from functools import cache

from csplan.evidence.areas import tables

#: Two forces police.uk publishes that police no district of England and Wales.
WITHOUT_DISTRICTS = frozenset({"btp", "northern-ireland"})
_OTHER_NAMES = {
    "british-transport": "btp",
    "hampshire-and-isle-of-wight": "hampshire",
    "of-northern-ireland": "northern-ireland",
}


def slug(name: str) -> str:
    """What police.uk's files call a force, from the name its rows give.

    >>> slug("Durham Constabulary"), slug("Metropolitan Police Service"), slug("Devon & Cornwall Police")
    ('durham', 'metropolitan', 'devon-and-cornwall')
    """
    words = re.findall(r"[a-z]+", name.lower().replace("&", " and "))
    plain = "-".join(word for word in words if word not in ("police", "constabulary", "service", "the"))
    return _OTHER_NAMES.get(plain, plain)


@cache
def codes() -> dict[str, str]:
    """The code of each force's area, by what police.uk calls the force."""
    return {district.force_slug: district.force for district in tables.districts().values()}


def known() -> frozenset[str]:
    """Every force police.uk publishes, as its files call it."""
    return frozenset(codes()) | WITHOUT_DISTRICTS


@cache
def districts_of_lsoas() -> dict[str, str]:
    """The district of each small area, for the codes of 2021 and those of 2011 that have gone since."""
    present = {code: area.district for code, area in tables.country().small.items()}
    return {old: present[pieces[0][0]] for old, pieces in tables.changes().pieces.items()} | present


def districts(lsoas: Iterable[str]) -> set[str]:
    """The districts in which small areas of either vintage lie."""
    return {districts_of_lsoas()[code] for code in lsoas}


@cache
def of_lsoas() -> dict[str, str]:
    """The force that polices each small area, of either vintage."""
    held = tables.districts()
    return {lsoa: held[district].force_slug for lsoa, district in districts_of_lsoas().items()}


def unknown_lsoas(given: Iterable[str]) -> set[str]:
    """The codes that are no small area of England and Wales, of 2011 or of 2021."""
    return {code for code in given if code not in districts_of_lsoas()}


def vintage(given: Iterable[str]) -> str:
    """Whether the codes of one file are those of 2011 or of 2021, by the codes that only one of them has.

    A file too short to hold any of these is taken as of 2021; its codes mean the same in both.
    """
    seen = set(given)
    return "2011" if len(seen & _only("2011")) > len(seen & _only("2021")) else "2021"


@cache
def _only(year: str) -> frozenset[str]:
    """The codes that are small areas of that census and not of the other."""
    old, new = set(tables.changes().pieces), set(tables.changes().made_of)
    return frozenset(old - new if year == "2011" else new - old)
