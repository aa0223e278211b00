"""A district among those of its region, as a picture with its note and its table."""

from typing import Any

from csplan.documents.bars import Bar, ranked_bars
from csplan.documents.svg import NARROW, WIDE
from csplan.evidence import types
from csplan.evidence.plain_words import capital, listed, number
from csplan.evidence.region import RegionFindings
from csplan.website.answers import Table
from csplan.website.pages.pictures import POLICE

CAUTION = "Recording differs between forces"


def page(found: RegionFindings | None, base: str) -> dict[str, Any] | None:
    """What the section prints; None where no district may stand beside this one. base : the address of the page"""
    if found is None or not found.districts:
        return None
    forces = sorted({one.force for one in found.districts})
    return {
        "figure": figure(found) | {"csv": f"{base.rstrip('/')}/region.csv"},
        "caution": f"{CAUTION}. Police forces here: {listed(forces)}.",
    }


def figure(found: RegionFindings) -> dict[str, Any]:
    """The keywords of the `figure` macro."""
    assert found.median is not None
    many, centre = types.get(found.topic).noun_plural, found.median
    rows = [Bar(one.area.name, one.rate, one.low, one.high, one is found.own) for one in found.districts]

    def draw(width: int) -> str:
        return ranked_bars(
            rows,
            title=f"Ranked bars: {many} in the districts of {found.region_words}",
            desc=f"{found.words} The median is {centre:.1f}.",
            centre=centre,
            centre_words=f"Median {centre:.1f}",
            width=width,
        )

    return {
        "head": found.headline,
        "sub": f"{capital(many)} per {found.per:,} {found.base} in {number(len(rows))} districts of {found.region_words}, "
        f"{found.period.title}, with 95% intervals. Half of the districts lie above the median, half below.",
        "wide": draw(WIDE),
        "narrow": draw(NARROW),
        "source": f"{POLICE} {capital(found.base_label)}. {CAUTION}.{left_out_words(found)}",
        "table": {
            "caption": f"{capital(many)} in the districts of {found.region_words}, {found.period.title}",
            "sub": f"Highest rate first, as drawn. Not a league table: {CAUTION[0].lower()}{CAUTION[1:]}.",
            "heads": ["District", "Police force", "Recorded", f"Per {found.per:,} {found.base}", "Between"],
            "rows": [
                (one.area.name, one.force, f"{one.count:,}", f"{one.rate:.1f}", f"{one.low:.1f} to {one.high:.1f}")
                for one in found.districts
            ],
            "numeric": (2, 3, 4),
            "here": found.district.name,
        },
    }


def left_out_words(found: RegionFindings) -> str:
    """Districts of the region that are not drawn, with the reason, by reason."""
    reasons = dict.fromkeys(why for _, why in found.left_out)
    told = [f"{listed(area.name for area, why in found.left_out if why == reason)}: {reason}" for reason in reasons]
    return f" Left out: {'; '.join(told)}." if told else ""


def table(found: RegionFindings) -> Table:
    """The districts as CSV, in the order drawn."""
    heads = (
        "district",
        "name",
        "force",
        "topic",
        "from",
        "to",
        "count",
        "population",
        "rate",
        "low",
        "high",
        "per",
        "denominator",
    )
    what, of = (found.topic, found.period.from_month, found.period.to_month), (found.per, found.base)
    rows = [
        (one.area.code, one.area.name, one.force, *what, one.count, one.population, one.rate, one.low, one.high, *of)
        for one in found.districts
    ]
    return Table(heads, rows)
