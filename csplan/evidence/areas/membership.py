"""Which area is which, what lies in it, and the small areas whose counts add up to it."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from csplan.errors import CsplanError
from csplan.evidence.areas import local_areas, tables
from csplan.evidence.areas.area import SMALL, TYPES, Area, Force

#: A 2011 area counts for the area that holds more than this share of its people.
MOST = 0.5


def get(code: str) -> Area:
    """The area of a code, or a refusal that says what to write."""
    area = find(code)
    if area is None:
        raise CsplanError(f"No area held has the code “{code}”. {_instead(code)}")
    return area


def find(code: str) -> Area | None:
    """The area of a code; None when no such area is held."""
    country = tables.country()
    if code in country.small:
        return _lsoa(country.small[code])
    if code in country.msoas:
        name, district = country.msoas[code]
        return Area(code, name, "msoa", district)
    if code in country.districts:
        return _district(country.districts[code])
    return _larger(code) or _division(code) or _local(code)


def _instead(code: str) -> str:
    pieces = [new for new, _ in tables.changes().pieces.get(code, ())]
    if pieces:
        return f"It was a small area of 2011; ask for {' or '.join(pieces)}, which took its place in 2021."
    return "Find the area by its name or postcode, or write a code such as E06000047."


def _lsoa(area: tables.SmallArea) -> Area:
    """Its name is its MSOA's with the letter that ends its ONS name: "Shildon, part A".

    The ONS name ("County Durham 059A") says nothing to a resident; the letter alone keeps the parts of one place apart, and
    "part" keeps it from being read as a compass point or a class.
    """
    return Area(area.lsoa, f"{tables.country().msoas[area.msoa][0]}, part {area.part}", "lsoa", area.msoa)


def _district(district: tables.District) -> Area:
    alone = len(district.csps) == 1
    return Area(district.code, district.name, "district", district.csps[0] if alone else district.force)


@lru_cache
def _large_areas() -> Mapping[str, Area]:
    """Partnerships, forces, fire authorities and regions."""
    out = {code: Area(code, name, "fire", None) for code, name in tables.fire_authorities().values()}
    for d in tables.districts().values():
        out[d.region] = Area(d.region, d.region_name, "region", None)
        out[d.force] = Area(d.force, d.force_name, "force", None)
        for csp, name in zip(d.csps, d.csp_names, strict=True):
            out[csp] = Area(csp, name, "csp", d.force)
    return out


def _larger(code: str) -> Area | None:
    return _large_areas().get(code)


def _division(code: str) -> Area | None:
    for local in tables.every_local():
        if code in local.divisions:
            district = tables.country().small[local.members[code][0]].district
            return Area(code, local.divisions[code].name, "division", district)
    return None


def _local(code: str) -> Area | None:
    """An area that a partnership drew; capital letters do not matter in its code."""
    if not code.casefold().startswith("local-"):
        return None
    area = local_areas.every().get(code.casefold())
    return Area(area.code, area.name, "local", area.district) if area else None


def members(kind: str, day: date | None = None) -> Mapping[str, tuple[str, ...]]:
    """{code: its LSOAs of 2021} of every area of a type; of divisions and local areas those in force on `day` (None: now)."""
    if kind not in TYPES:
        raise CsplanError(f"“{kind}” is not a type of area. Write one of {', '.join(TYPES)}.")
    if kind == "lsoa":
        return {code: (code,) for code in tables.country().small}
    if kind == "local":
        return {code: area.lsoas for code, area in local_areas.every().items() if area.in_force(day)}
    if kind != "division":
        return tables.country().members[kind]
    return {
        code: local.members[code]
        for local in tables.every_local()
        for code, division in local.divisions.items()
        if division.in_force(day)
    }


def within(code: str, kind: str, day: date | None = None) -> tuple[Area, ...]:
    """The areas of a type that lie wholly in an area, in order of name; for divisions those in force on `day` (None: now).

    An area lies in another when all its LSOAs do, so MSOAs and divisions that cross each other lie in neither.
    """
    inside = frozenset(lsoas(code))
    codes = inside if kind == "lsoa" else [c for c, held in members(kind, day).items() if inside.issuperset(held)]
    return tuple(sorted((get(c) for c in codes), key=lambda area: (area.name, area.code)))


def lsoas(code: str, vintage: str = "2021") -> tuple[str, ...]:
    """The LSOA codes whose counts add up to an area, in files coded to the areas of 2021 or of 2011 ("vintage").

    Areas larger than an LSOA take a 2011 area whole when they hold most of its people. An LSOA has 2011 codes only when
    those make it up exactly: a part of an area that was split has none, and its counts in older files cannot be told.
    Raises CsplanError for an unknown area, and for a partnership that is only a part of its district.
    """
    area = get(code)
    held = _members_of(area)
    if vintage == "2021":
        return held
    if vintage != "2011":
        raise ValueError(f"vintage is 2011 or 2021, not {vintage}")
    return _codes_of_2011(held, exact=area.type == "lsoa")


def _members_of(area: Area) -> tuple[str, ...]:
    if area.type == "lsoa":
        return (area.code,)
    if area.type == "division":
        return next(local.members[area.code] for local in tables.every_local() if area.code in local.members)
    if area.type == "local":
        return local_areas.every()[area.code].lsoas
    shared = tables.country().partial.get(area.code)
    if area.type == "csp" and shared:
        names = " and ".join(get(district).name for district in shared)
        raise CsplanError(
            f"{area.name} is a part of {names}, and its own neighbourhoods are not held. Ask for {' or '.join(shared)}."
        )
    return tables.country().members[area.type][area.code]


@lru_cache(maxsize=4096)
def _codes_of_2011(held: tuple[str, ...], exact: bool) -> tuple[str, ...]:
    changes, inside = tables.changes(), set(held)
    codes = {new for new in held if new not in changes.made_of}
    for old in {old for new in held for old in changes.made_of.get(new, ())}:
        share = sum(weight for new, weight in changes.pieces[old] if new in inside)
        whole = len(inside.intersection(new for new, _ in changes.pieces[old])) == len(changes.pieces[old])
        if exact and not whole:
            return ()
        if share > MOST:
            codes.add(old)
    return tuple(sorted(codes))


def share_fitted(code: str, vintage: str = "2021") -> float:
    """The share of an area's people who live in the LSOAs that stand for it: 1.0 where it is made of whole LSOAs.

    For files of 2011 the share is less where an LSOA that was split is counted next door; 0.0 where it has no codes at all.
    """
    area = get(code)
    fitted = 1.0
    if area.type == "division":
        fitted = next(local.divisions[code].share_fitted for local in tables.every_local() if code in local.divisions)
    if vintage == "2021":
        return fitted
    codes, changes, small = set(lsoas(code, vintage)), tables.changes(), tables.country().small
    people = reached = 0.0
    for new in lsoas(code):
        olds = changes.made_of.get(new, (new,))
        people += small[new].residents
        reached += small[new].residents * sum(old in codes for old in olds) / len(olds)
    return fitted * reached / people


def district_of(code: str) -> str | None:
    """The district that an area lies in; None for an area larger than one district."""
    area: Area | None = get(code)
    while area is not None and area.type != "district":
        area = get(area.parent) if area.parent and area.type in SMALL else None
    return area.code if area else None


def force_of(code: str) -> Force:
    """The police force of an area, with what police.uk calls it in file names."""
    area = get(code)
    district = district_of(code)
    for d in tables.districts().values():
        if d.code == district or code == d.force or code in d.csps:
            return Force(d.force, d.force_name, d.force_slug)
    raise CsplanError(f"{area.name} has more than one police force. Ask for a district, a partnership or a smaller area.")


def region_of(code: str) -> Area:
    """The region that a district, or an area inside one, lies in."""
    district = district_of(code)
    if district is None:
        raise CsplanError(f"{get(code).name} is larger than a district. Ask for the region of one of its districts.")
    return get(tables.districts()[district].region)


def centroid(lsoa: str) -> tuple[float, float]:
    """Longitude and latitude of the middle of an LSOA's ground; it may lie just outside an area of odd shape."""
    if lsoa not in tables.country().small:
        raise CsplanError(f"“{lsoa}” is not a small area of 2021. {_instead(lsoa)}")
    area = tables.country().small[lsoa]
    return area.lon, area.lat
