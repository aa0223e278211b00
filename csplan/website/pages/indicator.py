"""An indicator's page: what it counts, why, from where, and what must be said beside it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar, kpi
from csplan.documents.sentences import count
from csplan.evidence import catalogue
from csplan.evidence.catalogue import EVERY_WORK_AREA, Indicator
from csplan.evidence.plain_words import capital, listed
from csplan.website.pages import indicator_list

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


def page(i: Indicator, base: str, day: date, *, paged: Collection[str]) -> dict[str, Any]:
    """The definition in words; of its changes those up to the day.

    base : the address of the pages of facts and figures;  paged : ids of the indicators with a page
    """
    return {
        "title": i.title,
        "kind_words": catalogue.KINDS[i.kind],
        "rows": rows(i, day),
        "changes": [f"{calendar.in_words(c.on)}: {c.what}" for c in i.changes if c.on <= day],
        "proxy": proxy(i, base, paged),
        "topic_path": f"{base}topics/{i.topic}/" if i.topic else None,
        "insight": base,
    }


def proxy(i: Indicator, base: str, paged: Collection[str]) -> dict[str, str] | None:
    """The indicator in whose place it is shown, and where that is told; None where it stands for itself."""
    if not i.proxy_of:
        return None
    path = indicator_list.address(base, i.proxy_of, with_page=i.proxy_of in paged)
    return {"title": catalogue.get(i.proxy_of).title, "path": path}


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
    if i.work_areas == (EVERY_WORK_AREA,):
        out.append(("Serves", "Every work area of the plan"))
    elif i.work_areas:
        out.append(("Serves", f"{'Work areas' if len(i.work_areas) > 1 else 'Work area'} {listed(i.work_areas)} of the plan"))
    return out


def index(some: Sequence[Indicator], base: str, *, paged: Collection[str]) -> dict[str, Any]:
    """The indicators as data. `path` leads to the page of one with figures, else to its place in the list."""
    rows = [
        {
            "id": i.id,
            "title": i.title,
            "kind": i.kind,
            "work_areas": list(i.work_areas),
            "has_figures": i.id in paged,
            "path": indicator_list.address(base, i.id, with_page=i.id in paged),
        }
        for i in some
    ]
    return {"indicators": rows}


def lists(some: Sequence[Indicator], named: Mapping[str, str], base: str, day: date, *, paged: Collection[str]) -> dict[str, Any]:
    """The same for the page: those with figures as links, the others with their whole definition folded away."""
    rows = index(some, base, paged=paged)["indicators"]
    held = [row | {"words": f"{catalogue.get(row['id']).unit}, every {catalogue.get(row['id']).frequency}"} for row in rows]
    told = [row | {"facts": definition(catalogue.get(row["id"]), day)} for row in rows if not row["has_figures"]]
    return {
        "held": indicator_list.groups([row for row in held if row["has_figures"]], named),
        "defined": indicator_list.groups(told, named),
        "held_words": counted([row for row in rows if row["has_figures"]]),
        "defined_words": counted(told),
    }


def counted(rows: Sequence[Any]) -> str:
    """ "One indicator", "42 indicators"."""
    return capital(count(len(rows), "indicator"))


def definition(i: Indicator, day: date) -> list[tuple[str, str]]:
    """A definition whose figures are not held: why it is wanted, the rows of its page, and what must be said beside it."""
    changes = " ".join(change.what for change in i.changes if change.on <= day)
    said = [("Why", i.why), *rows(i, day), ("What must be said beside it", " ".join(i.caveats))]
    return [*said, ("Definition", changes)] if changes else said
