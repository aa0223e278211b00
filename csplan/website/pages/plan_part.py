"""One priority, work area or deliverable of a plan: its evidence, what will be done, and how we would know."""

from collections.abc import Mapping
from typing import Any

from csplan.cycle import calendar
from csplan.evidence.findings_shapes import AreaFindings
from csplan.evidence.plain_words import capital, listed
from csplan.website.pages import performance, plan_part_facts
from csplan.website.pages.plan import hidden, standing, topics_of
from csplan.website.pages.plan_words import Figures, html, moved

Judged = Mapping[str, dict[str, Any]]


def page(
    found: dict[str, Any], findings: AreaFindings | None, judged: Judged, *, day: Any, home: str, figures: Figures
) -> dict[str, Any]:
    """Everything the template prints.

    found : of `reading.plan.part`;  findings : of the partnership's area, None where nothing is held
    judged : {indicator: what `reading.kpi.scorecard` gives of it}
    """
    plan, level = found["plan"], found["level"]
    at = f"{home}plans/{plan['slug']}/"
    return {
        "heading": f"{capital(level)} {found['ref']}",
        "trail": trail(found, at, home),
        "plan_words": standing(plan, day),
        "hidden": hidden(plan),
        "words_html": html(found["part"].get("words", ""), figures, top=2) or None,
        "moved": moved([found["part"].get("words", "")], figures),
        **plan_part_facts.facts(found, figures, home),
        "standing": where_it_stands(found),
        "work_areas": [work_area(w, found, findings, judged, home, figures) for w in found["work_areas"]],
        "shared": [_deliverable(d, at) for d in found["part"]["deliverables"]] if level == "priority" else [],
    }


def trail(found: dict[str, Any], at: str, home: str) -> list[tuple[str, str | None]]:
    """From the plan down to this part."""
    above = [("The plan", f"{home}plans/"), (found["plan"]["title"], at)]
    if found["level"] != "priority":
        above.append((f"Priority {found['priority']['ref']}", f"{at}{found['priority']['ref']}/"))
    return [*above, (f"{capital(found['level'])} {found['ref']}", None)]


def where_it_stands(found: dict[str, Any]) -> list[str]:
    """The priority it belongs to, and the purposes of the law that it serves."""
    p = found["priority"]
    purposes = [
        f"It serves a purpose of section 6(1) of the Crime and Disorder Act 1998: {limb['words']}." for limb in p["limbs"]
    ]
    return purposes if found["level"] == "priority" else [f"Part of priority {p['ref']}: {p['title']}.", *purposes]


def work_area(
    w: dict[str, Any], found: dict[str, Any], findings: AreaFindings | None, judged: Judged, home: str, figures: Figures
) -> dict[str, Any]:
    """A work area: what the figures say, what will be done, how we would know."""
    at = f"{home}plans/{found['plan']['slug']}/"
    shown = [judged[k["id"]] for k in found["kpis"] if w["ref"] in k["work_areas"] and k["id"] in judged]
    # On the page of a priority each deliverable stands once: one that serves several work areas, after them.
    apart = [d for d in w["deliverables"] if found["level"] == "priority" and len(d["work_areas"]) > 1]
    return {
        "ref": w["ref"],
        "title": w["title"],
        "url": f"{at}{w['ref']}/",
        "html": html(w["words"], figures, top=3) or None if found["level"] != "work area" else None,
        "evidence": [
            {"words": f"{t.words} {t.change.words}", "label": t.title, "url": f"{home}insight/topics/{t.topic}/"}
            for t in topics_of({w["ref"]}, findings)
        ],
        "deliverables": [_deliverable(d, at) for d in w["deliverables"] if d not in apart],
        "also": f"Work area {w['ref']} is also served by {listed(d['ref'] for d in apart)}, below." if apart else None,
        "kpis": [performance.row(k, home, key=w["ref"]) for k in shown],
    }


def _deliverable(d: dict[str, Any], at: str) -> dict[str, Any]:
    who = f"Lead: {d['lead']}." if d["lead"] else f"Lead and day: {d['why']}."
    due = f" Due by {calendar.in_words(d['due'])}." if d["due"] else ""
    several = f" Serves work areas {listed(d['work_areas'])}." if len(d["work_areas"]) > 1 else ""
    stands = f" {capital(d['status'])} on {calendar.in_words(d['status_on'])}." if d["status"] else ""
    words = who + due + several + stands
    return {"ref": d["ref"], "title": d["title"], "url": f"{at}{d['ref']}/", "words": words, "is_example": d["is_example"]}
