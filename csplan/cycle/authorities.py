"""Who is a responsible authority of an area: by its code, by the law of the day, and by name where the code tells it.

The law is read from its one table, `cycle.law.act_1998.REQUIRED_AUTHORITIES`. Names are proposals for a person to check.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from csplan.cycle.law.act_1998 import EVERYWHERE, ONE_TIER, REQUIRED_AUTHORITIES, TWO_TIER, WELSH
from csplan.cycle.law.section_6 import BEGINS

#: First letters of an area code of the Office for National Statistics -> (tier, jurisdiction).
PLACES: dict[str, tuple[str, str]] = {
    "E06": ("unitary", "england"),  # unitary authorities
    "E07": ("two-tier", "england"),  # districts within a county
    "E08": ("unitary", "england"),  # metropolitan districts
    "E09": ("unitary", "england"),  # London boroughs and the City
    "W06": ("unitary", "wales"),
}
#: Days on which councils that are newer than the Act began. Recalled, not read from an order: a proposal to check.
BEGAN: dict[str, date] = {
    **{f"E060000{n}": date(2009, 4, 1) for n in (47, 49, 50, 51, 52, 54, 55, 56, 57)},
    **{f"E060000{n}": date(2019, 4, 1) for n in (58, 59)},
    "E06000060": date(2020, 4, 1),
    **{f"E060000{n}": date(2021, 4, 1) for n in (61, 62)},
    **{f"E060000{n}": date(2023, 4, 1) for n in (63, 64, 65, 66)},
    **{f"E07000{n}": date(2019, 4, 1) for n in (244, 245)},
}
#: What police.uk calls a force -> the county of every two-tier district that it polices. Sussex polices two.
COUNTIES: dict[str, str] = {
    "cambridgeshire": "Cambridgeshire",
    "derbyshire": "Derbyshire",
    "devon-and-cornwall": "Devon",
    "essex": "Essex",
    "gloucestershire": "Gloucestershire",
    "hampshire": "Hampshire",
    "hertfordshire": "Hertfordshire",
    "kent": "Kent",
    "lancashire": "Lancashire",
    "leicestershire": "Leicestershire",
    "lincolnshire": "Lincolnshire",
    "norfolk": "Norfolk",
    "nottinghamshire": "Nottinghamshire",
    "staffordshire": "Staffordshire",
    "suffolk": "Suffolk",
    "surrey": "Surrey",
    "thames-valley": "Oxfordshire",
    "warwickshire": "Warwickshire",
    "west-mercia": "Worcestershire",
}
#: Forces that are not called “… Police”, by what police.uk calls them.
FORCES: dict[str, str] = {
    **{
        slug: f"{slug.capitalize()} Constabulary"
        for slug in "cambridgeshire cheshire derbyshire durham gloucestershire hertfordshire lancashire norfolk suffolk".split()
    },
    "hampshire": "Hampshire and Isle of Wight Constabulary",
    "metropolitan": "Metropolitan Police Service",
}
#: The Probation Service took over from the companies and the National Probation Service (The Probation Service, since 2021).
PROBATION_BEGAN = date(2021, 6, 26)
FIRE_BEGAN = date(2003, 4, 1)

RESPONSIBLE, POLICING, COOPERATING = "responsible authority", "local policing body", "co-operating body"
#: kind of body -> (what a person reads, its category)
KINDS: dict[str, tuple[str, str]] = {
    "council": ("Unitary council", RESPONSIBLE),
    "district council": ("District council", RESPONSIBLE),
    "county council": ("County council", RESPONSIBLE),
    "police": ("Police force", RESPONSIBLE),
    "fire": ("Fire and rescue authority", RESPONSIBLE),
    "health": ("Integrated care board or Local Health Board", RESPONSIBLE),
    "probation": ("Provider of probation services", RESPONSIBLE),
    "local policing body": ("Local policing body: police and crime commissioner or mayor", POLICING),
    "other": ("Another body that works with the partnership", COOPERATING),
}


@dataclass(frozen=True)
class Proposed:
    """A body that an area code tells of, to be checked by a person."""

    code: str
    name: str
    kind: str
    from_on: date
    to_on: date | None = None

    @property
    def category(self) -> str:
        return KINDS[self.kind][1]


@dataclass(frozen=True)
class Needed:
    """A body that the law names on a day. kinds : those that satisfy it; words : the body in words."""

    kinds: frozenset[str]
    words: str


def place_of(code: str) -> tuple[str, str]:
    """(tier, jurisdiction) of a district's code. Raises KeyError for the code of another kind of area."""
    return PLACES[code[:3]]


def began(code: str) -> date:
    """The day from which a district's council takes part: when the Act began, or when the council did."""
    return max(BEGINS, BEGAN.get(code, BEGINS))


def unitary_since(code: str) -> date | None:
    """The day on which a county with districts became one council; None where that was before the Act, or is still so."""
    return BEGAN.get(code) if code.startswith("E06") else None


def needed(tier: str, jurisdiction: str, on: date) -> list[Needed]:
    """Every kind of body that section 5 names for such an area on a day."""
    here = {EVERYWHERE, TWO_TIER if tier == "two-tier" else ONE_TIER}
    return [
        Needed(kinds, WELSH.get(what, what) if jurisdiction == "wales" else what)
        for what, kinds, where, first, last in REQUIRED_AUTHORITIES
        if where in here and first <= on and (last is None or on <= last)
    ]


def lacking(kinds: Iterable[str], *, tier: str, jurisdiction: str, on: date) -> list[Needed]:
    """The bodies that the law names on a day and that none of the kinds held satisfies."""
    held = set(kinds)
    return [n for n in needed(tier, jurisdiction, on) if n.kinds.isdisjoint(held)]


def proposed(districts: Sequence[tuple[str, str]], *, force_name: str, force_slug: str, on: date) -> list[Proposed]:
    """The bodies that the code of an area tells by name: its councils, the police, the Probation Service.

    districts : (code, name) of each; the area of one council has one
    on : the day; before 26 June 2021 the providers of probation are not told
    """
    tier, _jurisdiction = place_of(districts[0][0])
    kind = "district council" if tier == "two-tier" else "council"
    alone = len(districts) == 1
    found = [
        Proposed("council" if alone else f"council-{n}", council_name(name), kind, began(code))
        for n, (code, name) in enumerate(districts, 1)
    ]
    if tier == "two-tier" and force_slug in COUNTIES:
        found.append(Proposed("county", f"{COUNTIES[force_slug]} County Council", "county council", BEGINS))
    found.append(Proposed("police", force_called(force_name, force_slug), "police", BEGINS))
    if on >= PROBATION_BEGAN:
        found.append(Proposed("probation", "The Probation Service", "probation", PROBATION_BEGAN))
    return found


def council_name(area: str) -> str:
    """A name for the council of an area. Whether it is a city, borough or county council, the code does not tell."""
    return "City of London Corporation" if area == "City of London" else f"{area} Council"


def force_called(name: str, slug: str) -> str:
    """The name of a police force, from its area's."""
    return FORCES.get(slug, f"{name} Police")
