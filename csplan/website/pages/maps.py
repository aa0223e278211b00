"""The maps of the pages: where a place is, doors to every area, and one type's rates over the areas of the county."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from csplan.cycle import kpi
from csplan.documents import doors as door_map
from csplan.documents import maps
from csplan.documents.svg import NARROW, WIDE
from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import AreaValue, TopicFindings
from csplan.evidence.plain_words import capital, listed, number
from csplan.website.pages.ground import Ground
from csplan.website.pages.pictures import TOO_FEW, is_rated, rate_cells
from csplan.website.reading_day import link

#: The column beside the head of a page.
HERO = 520
#: From so many areas on, a town's name covers several hexagons.
MANY = 100
#: The column of a paper, and the note beside a map.
PAPER, KEY = 320, 280
#: What areas are called, with their size.
SMALL_AREAS, NEIGHBOURHOODS = "small areas of about 1,600 people", "neighbourhoods of about 8,000 people"


def locate(area: Area, ground: Ground) -> dict[str, str] | None:
    """Where an area is: among the MSOAs if it is one, else by its neighbourhoods. None without seats, and for the whole county."""
    kind = "msoa" if area.type == "msoa" else "lsoa"
    here = _here(area)
    seats = ground.seats.get(kind, {})
    if not here <= seats.keys() or len(here) == len(seats):
        return None
    many = f"{len(seats)} {NEIGHBOURHOODS if kind == 'msoa' else SMALL_AREAS}"

    def draw(width: int, is_wide: bool) -> str:
        return maps.locator(
            seats,
            here,
            title=f"{area.name} among the county’s {many}",
            desc=beside_towns(area, ground),
            places=[town for town in ground.places(kind, is_wide=is_wide) if not _covers(town[1], here, seats)],
            width=width,
        )

    return {"sub": f"Where {area.name} is among the county’s {many}", "wide": draw(HERO, True), "narrow": draw(NARROW, False)}


def _covers(town: Collection[str], here: Collection[str], seats: Mapping[str, Any]) -> bool:
    """Whether a town's name would lie over the place that is shown: names are wide, and hexagons small where there are many."""
    columns, rows = (2, 1) if len(seats) < MANY else (4, 2)
    return any(abs(seats[a][0] - seats[b][0]) <= columns and abs(seats[a][1] - seats[b][1]) <= rows for a in town for b in here)


def small_locator(area: Area, ground: Ground) -> str | None:
    """The same drawing at the size of a paper's column, without names of towns."""
    kind = "msoa" if area.type == "msoa" else "lsoa"
    here, seats = _here(area), ground.seats.get(kind, {})
    if not here <= seats.keys() or len(here) == len(seats):
        return None
    return maps.locator(seats, here, title=f"Where {area.name} is", desc=beside_towns(area, ground), width=PAPER)


def _here(area: Area) -> frozenset[str]:
    """The hexagons of an area: its own among the MSOAs, else those of its small areas."""
    return frozenset({area.code} if area.type == "msoa" else areas.lsoas(area.code))


def beside_towns(area: Area, ground: Ground) -> str:
    """The place in words: the town it lies in when one is written there, else its name."""
    inside = {areas.get(lsoa).parent for lsoa in areas.lsoas(area.code)}
    towns = [name for name, codes in ground.towns if inside.intersection(codes)]
    return f"It lies in {listed(towns)}." if towns else f"It is {area.name}."


def doors(ground: Ground, base: str) -> dict[str, str] | None:
    """Every MSOA as a hexagon that leads to its page, on the day read. base : the address of the pages of facts and figures"""
    seats = ground.seats.get("msoa", {})
    if not seats:
        return None
    names = {code: areas.get(code).name for code in seats}
    addresses = {code: link(f"{base}areas/{code}/") for code in seats}

    def draw(width: int, is_wide: bool) -> str:
        return door_map.door_map(seats, names, addresses, places=ground.places("msoa", is_wide=is_wide), width=width)

    sub = f"Each hexagon is one of {len(seats)} {NEIGHBOURHOODS}, near its true neighbours, and leads to its page."
    return {"sub": sub, "wide": draw(HERO, True), "narrow": draw(NARROW, False)}


# ---- one type over the county -----------------------------------------------------------------------


def rates(found: TopicFindings, ground: Ground) -> dict[str, Any] | None:
    """Hexagons, outlines and key in the same classes; None without seats or without a rate in any area."""
    seats, outlines = ground.seats.get(found.area_type, {}), ground.outlines.get(found.area_type, {})
    values = {v.area.code: _value(v) for v in found.areas}
    if not seats or not any(isinstance(v, float) for v in values.values()):
        return None
    bands = maps.classes(values.values())
    names = {v.area.code: _name(v, found) for v in found.areas}
    of = f"{found.title.lower()} per {found.per:,} {found.base}"
    shared: dict[str, Any] = {"values": values, "bands": bands, "names": names, "desc": _extremes(found)}

    def hexagons(width: int, is_wide: bool) -> str:
        places = ground.places(found.area_type, is_wide=is_wide)
        return maps.hex_map(seats, title=f"Hexagon map: {of}", places=places, width=width, **shared)

    def ground_map(width: int, is_wide: bool) -> str:
        places = ground.places(found.area_type, is_wide=is_wide)
        return maps.choropleth(outlines, title=f"Map on real outlines: {of}", places=places, width=width, **shared)

    return {
        "hexagons": {"wide": hexagons(WIDE, True), "narrow": hexagons(NARROW, False), "key": key(values, bands, f"Key: {of}")},
        "outlines": {
            "wide": ground_map(WIDE, True),
            "narrow": ground_map(NARROW, False),
            "key": key(values, bands, f"Key of the real boundaries: {of}"),
        }
        if outlines
        else None,
    }


def hot_spots(codes: Collection[str], title: str, ground: Ground) -> dict[str, str] | None:
    """The small areas of hot spots among all of them; None without seats."""
    seats = ground.seats.get("lsoa", {})
    if not set(codes) <= seats.keys():
        return None

    def draw(width: int, is_wide: bool) -> str:
        places = ground.places("lsoa", is_wide=is_wide)
        desc = f"{len(codes)} of {len(seats)} small areas are filled."
        return maps.locator(seats, codes, title=f"Hot spots: {title.lower()}", desc=desc, places=places, width=width)

    head = f"Hot spots of {title.lower()}"
    sub = f"Each hexagon is one of {len(seats)} {SMALL_AREAS}, near its true neighbours. Filled: in a hot spot."
    return {"head": head, "sub": sub, "wide": draw(WIDE, True), "narrow": draw(NARROW, False)}


def key(values: Mapping[str, float | str], bands: maps.Classes, title: str) -> dict[str, Any]:
    """The colours, and the marks that occur with how many areas have each. title : tells apart the keys of one page"""
    found = Counter(filter(None, map(maps.mark_of, values.values())))
    return {
        "drawing": maps.key(bands, title=title, width=KEY),
        "marks": [
            {
                "drawing": maps.mark(mark, key=title),
                "words": capital(kpi.STATUSES[mark]),
                "areas": f"{number(found[mark])} area{'' if found[mark] == 1 else 's'}",
            }
            for mark in maps.MARKS
            if found[mark]
        ],
    }


def _value(v: AreaValue) -> float | str:
    """The rate, or the status where there is none."""
    if v.rate is not None:
        return float(v.rate)
    return v.status if v.status not in ("counted", "zero") else "missing"


def _name(v: AreaValue, found: TopicFindings) -> str:
    """The words of one area for pointer and reader."""
    if v.rate is None:
        return f"{v.area.name}: {v.why or kpi.STATUSES[v.status]}"
    if not is_rated(v):
        return f"{v.area.name}: {v.count:,} in all, {TOO_FEW}"
    return f"{v.area.name}: {v.rate:.1f} per {found.per:,} {found.base}, {v.count:,} in all; {kpi.COMPARISONS[v.verdict]}"


def _extremes(found: TopicFindings) -> str:
    rated = sorted((v for v in found.areas if v.rate is not None), key=lambda v: (v.rate or 0, v.area.name))
    low, high = rated[0], rated[-1]
    return f"From {low.rate:.1f} in {low.area.name} to {high.rate:.1f} in {high.area.name}. The table has every area."


def areas_table(found: TopicFindings, address: str) -> dict[str, Any]:
    """Every area of the map, in order of name: no league table. `{}` in `address` stands for the code."""
    caption = f"{found.title} in {len(found.areas)} areas, {found.period.title}"
    ordered = sorted(found.areas, key=lambda v: v.area.name)
    if all(v.rate is None for v in ordered):
        rows: list[Sequence[Any]] = [_named(v, address) for v in ordered]
        return {"caption": caption, "heads": ["Area", "Recorded"], "rows": rows, "numeric": (1,)}
    return {
        "caption": caption,
        "sub": "In order of name. Not a league table: most intervals overlap.",
        "heads": ["Area", "Recorded", f"Per {found.per:,} {found.base}", "Between", "Beside the others"],
        "rows": [(*_named(v, address), *rate_cells(v), kpi.COMPARISONS[v.verdict]) for v in ordered],
        "numeric": (1, 2, 3),
    }


def _named(v: AreaValue, address: str) -> tuple[Any, str]:
    """An area as a link, and its count."""
    return (v.area.name, address.format(v.area.code)), kpi.STATUSES[v.status] if v.count is None else f"{v.count:,}"


def named(some: Collection[AreaValue], address: str) -> list[dict[str, str]]:
    """Areas as links with their rate, or their count where it is too small for one."""
    return [
        {
            "name": v.area.name,
            "path": address.format(v.area.code),
            "rate": f"{v.rate:.1f}" if is_rated(v) else f"{v.count:,} in all, {TOO_FEW}",
        }
        for v in some
    ]
