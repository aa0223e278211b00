"""An indicator's page: what it counts, why, from where, and what must be said beside it."""

from datetime import date
from typing import Any

from csplan.cycle import calendar, kpi
from csplan.evidence import catalogue
from csplan.evidence.catalogue import Indicator
from csplan.evidence.plain_words import capital, listed

AREAS = {"LSOA": "Small area of about 1,600 people (LSOA)", "partnership": "The partnership’s whole area"}
#: What stands for a part that does not apply.
NONE = "None: it is a count"

#: Who writes a definition and who checks it, in words.
OFFICES = {
    "partner": "the partner body",
    "lead": "the lead of the work area",
    "chair": "the chair of the sub-group",
    "analyst": "the analyst",
    "performance": "the performance officer",
    "equality": "the equality officer",
    "manager": "the partnership manager",
    "board": "the board",
    "scrutiny": "the scrutiny committee",
    "auditor": "the auditor",
    "administrator": "the administrator",
}


def facts(i: Indicator, day: date) -> dict[str, Any]:
    """The definition, for JSON; of its days those that the page of that day shows."""
    return {
        "indicator": {
            "id": i.id,
            "title": i.title,
            "kind": i.kind,
            "tier": i.tier,
            "why": i.why,
            "measures": list(i.measures),
            "numerator": i.numerator,
            "denominator": i.denominator or None,
            "unit": i.unit,
            "per": i.per,
            "polarity": i.polarity,
            "intent": i.intent,
            "method": i.method,
            "source": i.source,
            "frequency": i.frequency,
            "lag": i.lag,
            "geography": i.geography,
            "work_areas": list(i.work_areas),
            "topic": i.topic or None,
            "proxy_of": i.proxy_of or None,
            "caveats": list(i.caveats),
            "author_role": i.author_role,
            "checker_role": i.checker_role,
            "next_review": i.next_review if is_written(i, day) else None,
            "changes": [{"on": c.on, "what": c.what} for c in i.changes if c.on <= day],
        }
    }


def page(i: Indicator, base: str, day: date) -> dict[str, Any]:
    """The definition in words; of its changes those up to the day. base : the address of the pages of facts and figures"""
    return {
        "title": i.title,
        "kind_words": catalogue.KINDS[i.kind],
        "rows": rows(i, day),
        "changes": [f"{calendar.in_words(c.on)}: {c.what}" for c in i.changes if c.on <= day],
        "proxy": {"title": catalogue.get(i.proxy_of).title, "path": f"{base}indicators/{i.proxy_of}/"} if i.proxy_of else None,
        "topic_path": f"{base}topics/{i.topic}/" if i.topic else None,
        "insight": base,
    }


def is_written(i: Indicator, day: date) -> bool:
    """Whether the definition had been written by the day."""
    return i.changes[0].on <= day


def rows(i: Indicator, day: date) -> list[tuple[str, str]]:
    """Names and words of the definition, in the order people ask."""
    out = [
        ("What it counts", i.numerator),
        ("Of how many", i.denominator or NONE),
        ("Shown as", f"{capital(listed(i.measures))}; the unit is {i.unit}"),
        ("Wanted", f"{i.intent} {kpi.POLARITIES[i.polarity]}."),
        ("Method", i.method),
        ("Source", i.source),
        ("How often", f"Every {i.frequency}. {i.lag}."),
        ("Smallest area", AREAS.get(i.geography, i.geography)),
        ("Kind", f"{capital(catalogue.TIERS[i.tier])}; {catalogue.KINDS[i.kind]}"),
        (
            "Who stands behind it",
            f"{capital(OFFICES[i.author_role])} writes it and {OFFICES[i.checker_role]} checks it: never one person",
        ),
    ]
    if is_written(i, day):
        out.append(("Looked at again by", calendar.in_words(i.next_review)))
    if i.work_areas:
        out.append(("Serves", f"{'Work areas' if len(i.work_areas) > 1 else 'Work area'} {listed(i.work_areas)} of the plan"))
    return out


def index(base: str) -> dict[str, Any]:
    """Every indicator: those worked out here, and those that partners return."""
    some = [{"id": i.id, "title": i.title, "kind": i.kind, "path": f"{base}indicators/{i.id}/"} for i in catalogue.all()]
    return {"indicators": some}
