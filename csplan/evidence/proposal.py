"""What an area's code tells of a partnership: its bodies, tier, law and groups, from the tables carried with the program.

Everything is a proposal for a person to check; what the tables do not tell is left out, and listed as left.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from csplan.cycle import authorities, set_up
from csplan.errors import CsplanError
from csplan.evidence.areas import tables
from csplan.evidence.areas.tables import District


@dataclass(frozen=True)
class Proposal:
    """described : in the shape of partnership.toml; notes : what a person should know of the area, in sentences."""

    described: dict[str, Any]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """An area that a partnership may be set up for."""

    code: str
    name: str
    words: str


def propose(code: str, *, name: str | None = None, slug: str | None = None, on: date) -> Proposal:
    """A partnership for a district, a unitary area or a community safety partnership of England and Wales.

    name : what it is called; None for “… Community Safety Partnership”;  slug : its address; None for one from the name
    on : the day whose law says which bodies take part
    Raises CsplanError for a code that the tables do not hold, and for a slug that cannot be an address.
    """
    code = code.strip().upper()
    districts = _districts(code)
    area = _area(code, districts)
    called = " ".join((name or set_up.name_for(area.name)).split())
    if len(called) > set_up.LONGEST_NAME:
        raise CsplanError(f"The name has {len(called)} characters. Write it in {set_up.LONGEST_NAME} or fewer.")
    tier, jurisdiction = authorities.place_of(districts[0].code)
    first = districts[0]
    bodies = authorities.proposed(
        [(d.code, d.name) for d in districts], force_name=first.force_name, force_slug=first.force_slug, on=on
    )
    about = {
        "slug": set_up.check_slug(slug if slug is not None else set_up.slug_of(called)),
        "name": called,
        "area_code": area.code,
        "area_name": area.name,
        "tier": tier,
        "jurisdiction": jurisdiction,
        "unitary_since": authorities.unitary_since(area.code),
        "is_combined": len(districts) > 1,
        "contact": f"Community Safety Team, {bodies[0].name}",
        "words": dict(set_up.WORDS),
    }
    described = {
        "partnership": {key: value for key, value in about.items() if value is not None},
        "bodies": [_body(b) for b in bodies],
        "groups": set_up.groups_for(called, bodies[0].name),
        "offices": [],
    }
    return Proposal(described, tuple(_notes(code, districts)))


def _body(body: authorities.Proposed) -> dict[str, Any]:
    told = {"code": body.code, "name": body.name, "kind": body.kind, "category": body.category, "from_on": body.from_on}
    return told if body.to_on is None else {**told, "to_on": body.to_on}


def _districts(code: str) -> list[District]:
    """The districts of an area, or a refusal that says which codes there are."""
    held = tables.districts()
    found = [held[code]] if code in held else [d for d in held.values() if code in d.csps]
    if not found:
        raise CsplanError(
            f"“{code}” is not the code of a district, a unitary area or a community safety partnership of England and Wales. "
            "Write one such as E06000047; the search of any partnership’s site finds it by name."
        )
    return found


def _area(code: str, districts: list[District]) -> Choice:
    """The area whose figures the partnership shows: a district, or the partnership of several."""
    if len(districts) > 1:
        return Choice(code, _csp_name(code, districts[0]), "")
    return Choice(districts[0].code, districts[0].name, "")


def _csp_name(code: str, district: District) -> str:
    return district.csp_names[district.csps.index(code)]


def _notes(code: str, districts: list[District]) -> list[str]:
    first = districts[0]
    if len(first.csps) > 1:
        names = ", ".join(first.csp_names)
        return [
            f"{first.name} is listed with {len(first.csps)} partnerships: {names}. The tables do not divide it, so figures are of the whole."
        ]
    if code in tables.districts():
        sharing = [d for d in tables.districts().values() if d.csps == first.csps and d.code != code]
        if sharing:
            return [
                f"{first.name} is listed in one partnership, {first.csp_names[0]} ({first.csps[0]}), with "
                f"{' and '.join(d.name for d in sharing)}. Set up that code if you act together."
            ]
    return []


def choices(words: str = "") -> list[Choice]:
    """The areas whose code or name holds the words, in order of name; all of them for none."""
    asked = words.strip().casefold()
    districts = tables.districts().values()
    found = [Choice(d.code, d.name, f"{d.region_name}; police: {d.force_name}") for d in districts]
    several = {d.csps[0] for d in districts if len(d.csps) == 1}
    for code in several:
        members = [d for d in districts if d.csps == (code,)]
        if len(members) > 1:
            together = f"one partnership for {', '.join(d.name for d in members)}"
            found.append(Choice(code, _csp_name(code, members[0]), together))
    fits = [c for c in found if asked in c.name.casefold() or asked == c.code.casefold()]
    return sorted(fits, key=lambda c: (not c.name.casefold().startswith(asked), c.name, c.code))
