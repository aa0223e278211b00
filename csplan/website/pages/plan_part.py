"""One priority, work area or deliverable of a plan: its evidence, what will be done, how we would know, and how it fits together."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar
from csplan.documents.thread import Knot, thread_diagram
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding
from csplan.evidence.plain_words import capital, listed
from csplan.website.pages import performance
from csplan.website.pages.plan import evidence_words, standing, topics_of

#: Widths of the drawing, on a page and on a phone.
WIDE, NARROW = 1060, 343
#: A name longer than this is cut in the drawing; the words under it have the whole.
LONGEST = 80

Judged = Mapping[str, dict[str, Any]]


def page(found: dict[str, Any], findings: AreaFindings | None, judged: Judged, *, day: Any, home: str) -> dict[str, Any]:
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
        "facts": deliverable_facts(found["part"]) if level == "deliverable" else None,
        "standing": where_it_stands(found),
        "work_areas": [work_area(w, found, findings, judged, home) for w in found["work_areas"]],
        "shared": [_deliverable(d, at) for d in found["part"]["deliverables"]] if level == "priority" else [],
        "thread": thread(found, findings, judged),
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


def deliverable_facts(d: dict[str, Any]) -> list[tuple[str, str]]:
    """Lead and day, or why they are not told."""
    due = calendar.in_words(d["due"]) if d["due"] else None
    return [("Lead", d["lead"] or capital(d["why"])), ("Due", due or capital(d["why"]))]


def work_area(
    w: dict[str, Any], found: dict[str, Any], findings: AreaFindings | None, judged: Judged, home: str
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
    words = who + due + several
    return {"ref": d["ref"], "title": d["title"], "url": f"{at}{d['ref']}/", "words": words, "is_example": d["is_example"]}


# ---- how it fits together ---------------------------------------------------------------------------


def thread(found: dict[str, Any], findings: AreaFindings | None, judged: Judged) -> dict[str, Any] | None:
    """One way through, from finding to review, as two drawings and as words; None for a part that names no work area."""
    chosen = _chosen(found, findings, judged)
    if chosen is None:
        return None
    knots, words = _knots(found, chosen, findings, judged)
    return {
        "wide": thread_diagram(knots, title="How it fits together", width=WIDE),
        "narrow": thread_diagram(knots, title="How it fits together", width=NARROW),
        "nodes": [{"kind": k.kind, "words": whole, "is_held": k.is_held} for k, whole in zip(knots, words, strict=True)],
    }


def _chosen(found: dict[str, Any], findings: AreaFindings | None, judged: Judged) -> dict[str, Any] | None:
    """The work area to follow: of several, the one most is held about; the first where it is the same."""

    def held(w: dict[str, Any]) -> tuple[bool, bool]:
        return bool(topics_of({w["ref"]}, findings)), _indicator(w, found, judged) is not None

    return max(found["work_areas"], key=held, default=None)


def _indicator(w: dict[str, Any], found: dict[str, Any], judged: Judged) -> dict[str, Any] | None:
    """The indicator to follow: one with a reading before one without."""
    some = [judged[k["id"]] for k in found["kpis"] if w["ref"] in k["work_areas"] and k["id"] in judged]
    return max(some, key=lambda k: k["latest"] is not None, default=None)


def _knots(
    found: dict[str, Any], w: dict[str, Any], findings: AreaFindings | None, judged: Judged
) -> tuple[list[Knot], list[str]]:
    """Seven knots, and their words in whole."""
    level, topics, k = found["level"], topics_of({w["ref"]}, findings), _indicator(w, found, judged)
    d = found["part"] if level == "deliverable" else next(iter(w["deliverables"]), None)
    steps: Sequence[tuple[str, str | None, bool]] = (
        ("Finding", _finding(topics, findings), False),
        ("Priority", f"{found['priority']['ref']} {found['priority']['title']}", level == "priority"),
        ("Work area", f"{w['ref']} {w['title']}", level == "work area"),
        ("Deliverable", f"{d['ref']} {d['title']}" if d else None, level == "deliverable"),
        ("Indicator", k["title"] if k else None, False),
        ("Reading", _reading(k) if k and k["latest"] else None, False),
        ("Review", None, False),
    )
    words = [told or "Nothing is held yet" for _, told, _ in steps]
    knots = [
        Knot(kind, textwrap.shorten(told, LONGEST, placeholder=" …") if told else "Nothing yet", told is not None, is_here)
        for kind, told, is_here in steps
    ]
    return knots, words


def _finding(topics: Sequence[TopicFinding], findings: AreaFindings | None) -> str | None:
    return evidence_words(topics, findings) if topics else None


def _reading(k: dict[str, Any]) -> str:
    """The latest value in few words. One that was made up says so in the drawing too."""
    value = f"{performance.value_words(k['latest']['value'], k['unit'])} in {k['latest']['period_words']}"
    return f"Example: {value}" if k["latest"]["is_example"] else value
