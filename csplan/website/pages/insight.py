"""The room of facts and figures: topics and areas to choose from, and what a search found."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.areas.gazetteer import POSTCODE
from csplan.evidence.findings_shapes import AreaFindings
from csplan.website.pages import maps, summary
from csplan.website.pages.ground import Ground

#: What a kind of area is called after its name.
KINDS = {
    "district": "the whole area",
    "csp": "the whole area",
    "msoa": "neighbourhood",
    "lsoa": "small area",
    "division": "electoral division",
    "local": "local area",
}


def page(findings: AreaFindings | None, *, county: Area, ground: Ground, day: date, base: str) -> dict[str, Any]:
    """Everything the template of the room prints. findings : of the county; None while nothing was published."""
    return {
        "title": f"Facts and figures about {county.name}",
        "lede": lede(findings, county, day),
        "changes": summary.changes_words(findings) if findings else None,
        "rows": summary.rows(findings, summary.by_count(findings), county.name, f"{base}topics/{{}}/") if findings else [],
        "lines": summary.lines_words(findings.period) if findings else None,
        "examples": examples(ground, base),
        "neighbourhoods": linked(areas.within(county.code, "msoa"), base),
        "local_areas": linked(areas.within(county.code, "local", day), base),
        "divisions": linked(areas.within(county.code, "division", day), base),
        "divisions_words": divisions_words(day),
        "doors": maps.doors(ground, base),
        "county_path": f"{base}areas/{county.code}/",
        "insight": base,
    }


def lede(findings: AreaFindings | None, county: Area, day: date) -> str:
    """How much was recorded, or that nothing had been published."""
    if findings is None:
        return f"No police figures of {county.name} had been published by {calendar.in_words(day)}."
    return summary.recorded_words(findings, f"in {county.name}")


def linked(some: Sequence[Area], base: str) -> list[dict[str, str]]:
    """Areas as links."""
    return [{"name": area.name, "path": f"{base}areas/{area.code}/", "code": area.code} for area in some]


def divisions_words(day: date) -> str:
    """Which divisions are listed."""
    return (
        f"Those in force on {calendar.in_words(day)}. Each is built from whole small areas, and its page says how well they fit."
    )


def examples(ground: Ground, base: str) -> list[dict[str, str]]:
    """What a reader may type, each as a link to what it finds."""
    return [
        {"words": words, "path": f"{base.removesuffix('insight/')}search/?q={words.replace(' ', '+')}"}
        for words in ground.examples
    ]


# ---- search -----------------------------------------------------------------------------------------


def facts(findings: AreaFindings | None, shown: dict[str, Any], county: Area) -> dict[str, Any]:
    """The room as data: what was found of the county, and the areas there are."""
    found = (
        findings.as_json()
        if findings
        else {"area": {"code": county.code, "name": county.name, "type": county.type}, "topics": []}
    )
    return found | {"neighbourhoods": shown["neighbourhoods"], "divisions": shown["divisions"]}


def straight_to(asked: str, found: Sequence[Area]) -> Area | None:
    """The one area to go to at once: the only one found, a postcode's neighbourhood, or the neighbourhood of exactly that name."""
    if not found:
        return None
    if POSTCODE.fullmatch("".join(asked.upper().split())):
        return found[0]
    if len(found) == 1:
        return found[0]
    name = " ".join(asked.casefold().split())
    exact = [area for area in found if area.type in ("msoa", "district") and area.name.casefold() == name]
    return exact[0] if len(exact) == 1 else None


def results(found: Sequence[Area], base: str) -> list[dict[str, str]]:
    """What a search found, with what each is and lies in."""
    return [
        {
            "name": area.name,
            "code": area.code,
            "type": area.type,
            "words": _within_words(area),
            "path": f"{base}areas/{area.code}/",
        }
        for area in found
    ]


def _within_words(area: Area) -> str:
    kind = KINDS[area.type]
    return f"{kind} in {areas.get(area.parent).name}" if area.parent and area.type == "lsoa" else kind


def is_here(area: Area, county: str) -> bool:
    """Whether an area that was found is one of the partnership's, with a page."""
    return area.type in KINDS and areas.district_of(area.code) == county
