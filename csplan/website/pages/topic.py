"""One topic across the county: its message, its months, where it is, how the county stands, and what is being done."""

from collections.abc import Sequence
from typing import Any

from csplan.evidence.clusters import Clusters
from csplan.evidence.deprivation import Deprivation
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding, TopicFindings
from csplan.evidence.findings_words import FEWEST_FOR_RATE
from csplan.evidence.plain_words import capital, how_many, number
from csplan.evidence.similar import SimilarDistricts
from csplan.website.answers import Table
from csplan.website.evidence_view import Within
from csplan.website.pages import area_topic, maps, pictures, summary
from csplan.website.pages.area import VISITORS
from csplan.website.pages.ground import Ground

#: Of areas that stand apart, so many are named on the page; the table has all.
MOST_NAMED = 8
MAP_SOURCE = (
    "Every hexagon is a neighbourhood of about 8,000 people, placed near its true neighbours. The police move points to nearby "
    "map points, so an event near an edge may be counted next door."
)
HOT_SOURCE = (
    "Gi* of Getis and Ord, on rates drawn towards the county’s where few people live, with allowance for testing every small area. Neighbours "
    "across the county’s edge are not seen. A hot spot says where, not why: town centres are hot where many visit."
)
OUTLINES_SOURCE = (
    "Boundaries: Office for National Statistics, generalised. Contains OS data © Crown copyright and database right 2025."
)


def page(
    findings: AreaFindings,
    t: TopicFinding,
    found: TopicFindings,
    *,
    ground: Ground,
    months: Sequence[str],
    unplaced: str,
    base: str,
) -> dict[str, Any]:
    """Everything the template prints.

    findings, t : of the whole district;  found : of its neighbourhoods;  unplaced : how many rows carry no area;  base : the address of the pages of facts and figures
    """
    county = findings.area
    return {
        "title": t.title,
        "place": county.name,
        "head": t.headline,
        "lede": t.words,
        "change": t.change.words,
        "signals": pictures.signals_words(t),
        "comparison": t.comparison.words,
        "numbers_shown": area_topic.headline(t, findings.period),
        "control": pictures.control(t, county.name),
        "where": where(found, ground, base),
        "method": area_topic.method(t) | {"unplaced": unplaced},
        "held": summary.held_words_of(county.name, months),
        "period_words": findings.period.title,
        "paper": f"{base.removesuffix('insight/')}factsheets/{county.code}/{t.topic}/{findings.period.address}",
        "county_path": f"{base}areas/{county.code}/",
        "insight": base,
        "others": [{"name": o.title, "path": f"{base}topics/{o.topic}/"} for o in findings.topics if o is not t],
    }


def where(found: TopicFindings, ground: Ground, base: str) -> dict[str, Any]:
    """The maps, the areas that stand apart, and the table of all."""
    address = f"{base}areas/{{}}/{found.topic}/"
    drawn = maps.rates(found, ground)
    return {
        "maps": drawn,
        "head": map_head(found),
        "sub": f"{capital(found.title.lower())} per {found.per:,} {found.base}, {found.period.title}",
        "key_head": f"Per {found.per:,} {found.base}",
        "standing": standing_words(found),
        "above": maps.named(found.standing("above")[:MOST_NAMED], address),
        "below": maps.named(found.standing("below")[::-1][:MOST_NAMED], address),
        "why_no_map": None if drawn else no_map(found),
        "table": maps.areas_table(found, address),
        "source": MAP_SOURCE,
        "outlines_source": OUTLINES_SOURCE,
        "visitors": VISITORS,
    }


def within(found: Within, title: str, ground: Ground, base: str) -> dict[str, Any]:
    """Where it lies among the small areas: how it gathers, hot spots, deprivation."""
    told = {"hot": hot(found.hot, title, ground, base), "deprived": deprived(found.deprived, title)}
    return {"gathered": found.gathered.words, **told}


def hot(found: Clusters, title: str, ground: Ground, base: str) -> dict[str, Any]:
    """The hot spots: a sentence, and where there are any the map and the table of them."""
    if not found.hot:
        return {"words": found.words, "figure": None}
    per = f"Per {found.per:,} {found.base}"
    rows = [((h.area.name, f"{base}areas/{h.area.code}/"), f"{h.count:,}", f"{h.rate:.1f}") for h in found.hot]
    drawn = maps.hot_spots({h.area.code for h in found.hot}, title, ground)
    table = {
        "caption": "Small areas that lie in a hot spot, the strongest first",
        "heads": ["Small area", "Recorded", per],
        "rows": rows,
    }
    return {"words": found.words, "figure": drawn and drawn | {"table": table | {"numeric": (1, 2)}, "source": HOT_SOURCE}}


def alike(found: SimilarDistricts) -> dict[str, Any]:
    """The districts most like this one: a sentence, and the table of how far off each is and why."""
    rows = [(one.name, f"{one.distance:.1f}", one.most) for one in found.nearest]
    heads = ("District", "How far off", "What sets it apart most")
    table = {"caption": f"The districts most like {found.district}", "heads": heads, "rows": rows, "numeric": (1,)}
    return {"words": found.words, "source": found.source, "table": table if rows else None}


def deprived(found: Deprivation, title: str) -> dict[str, Any]:
    """The sentence on deprivation, and the table behind it."""
    heads = ("Tenth of England", "Small areas", found.base.capitalize(), "Recorded", f"Per {found.per:,} {found.base}")
    rows = [
        (_tenth_words(t.tenth), t.places, f"{t.people:,}", f"{t.count:,}", "" if t.rate is None else f"{t.rate:.1f}")
        for t in found.tenths
    ]
    table = {"caption": f"{title} by deprivation", "heads": heads, "rows": rows, "numeric": (1, 2, 3, 4)}
    return {"words": found.words, "table": table if rows else None}


def _tenth_words(tenth: int) -> str:
    return {1: "1, the most deprived", 10: "10, the least deprived"}.get(tenth, str(tenth))


def map_head(found: TopicFindings) -> str:
    """The message of the map: how many areas stand apart, never a rank."""
    above, below = (len(found.standing(side)) for side in ("above", "below"))
    if not above and not below:
        return f"None of {found.group} lies outside their range"
    told = [f"{how_many(n)} {'lies' if n == 1 else 'lie'} {side}" for n, side in ((above, "above"), (below, "below")) if n]
    return capital(f"of {found.group}, {' and '.join(told)} their range")


def standing_words(found: TopicFindings) -> str:
    """What the range is, and the rate of all areas together."""
    if found.group_rate is None:
        return no_map(found)
    few = sum((v.count or 0) < FEWEST_FOR_RATE for v in found.areas)
    mostly = f" {few} of the {len(found.areas)} had fewer than {number(FEWEST_FOR_RATE)}: between those, colours differ mostly by chance."
    return (
        f"{capital(found.group)} together have {found.group_rate:.1f} for every {found.per:,} {found.base}. Outside the range means "
        f"further from that than chance and the ordinary variety of areas explain.{mostly if few > len(found.areas) / 2 else ''}"
    )


def no_map(found: TopicFindings) -> str:
    """Why no rates are drawn."""
    return found.why or next((v.why for v in found.areas if v.why), "No rate is held for these areas.")


def table(found: TopicFindings) -> Table:
    """The map as CSV: one row for each area."""
    heads = ("area", "name", "topic", "from", "to", "status", "count", "rate", "low", "high", "per", "denominator", "comparison")
    what = (found.topic, found.period.from_month, found.period.to_month)
    of = (found.per, found.base)
    rows = [(v.area.code, v.area.name, *what, v.status, v.count, v.rate, v.low, v.high, *of, v.verdict) for v in found.areas]
    return Table(heads, rows)
