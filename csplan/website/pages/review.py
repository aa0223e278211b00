"""The yearly review and the refresh of a plan at the desk: what is asked, filled in beforehand from what is held."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar, plan_refresh, plan_review
from csplan.cycle import deliverable as deliverable_rules
from csplan.evidence.plain_words import capital
from csplan.website.pages.performance import value_words
from csplan.website.typed import Said, Typed


def years(starts_on: date, ends_on: date, reviewed: Collection[str]) -> list[tuple[str, str]]:
    """The years of a plan that have no review yet: each from 1 April."""
    first = starts_on.year if starts_on >= date(starts_on.year, 4, 1) else starts_on.year - 1
    names = [f"{year}/{(year + 1) % 100:02}" for year in range(first, ends_on.year + 1) if date(year, 4, 1) <= ends_on]
    return [("", "Choose a year"), *((name, name) for name in names if name not in reviewed)]


def lines(reviews: Sequence[Mapping[str, Any]], address: str) -> list[dict[str, Any]]:
    """The reviews of a plan in words. address : of its public pages"""
    return [
        {
            "year": r["year"],
            "tag": "Completed" if r["completed_on"] else "Under way",
            "words": _line(r),
            "url": f"{address}reviews/{r['year'].replace('/', '--')}/" if r["completed_on"] else None,
        }
        for r in reviews
    ]


def _line(r: Mapping[str, Any]) -> str:
    begun = f"Begun on {calendar.in_words(r['begun_on'])}."
    if r["completed_on"] is None:
        return begun
    return f"{begun} Completed on {calendar.in_words(r['completed_on'])}: {plan_review.DECISIONS[r['decision']]}."


def filled(deliverables: Sequence[Mapping[str, Any]], kpis: Sequence[Mapping[str, Any]]) -> Said:
    """The form as it is before anyone typed: progress as it was last reported, indicators as they were last read."""
    said = Said()
    for d in deliverables:
        said[f"state-{d['ref']}"], said[f"words-{d['ref']}"] = d["state"] or "", d["words"]
    for k in kpis:
        said[f"kpi-{k['id']}"] = reading_words(k)
    return said


def reading_words(k: Mapping[str, Any]) -> str:
    """The last reading of an indicator, with what may be said of it."""
    if k["latest"] is None:
        return str(k["why"])
    told = f"{value_words(k['latest']['value'], k['unit'])} in {k['latest']['period_words']}."
    return f"{told} {k['verdict_words']}".strip() if k["verdict_words"] else told


def form(deliverables: Sequence[Mapping[str, Any]], kpis: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the form asks: every deliverable, every indicator, what changed and what is decided."""
    states = [("", "Choose how it stands"), *((s, capital(s)) for s in deliverable_rules.STATES)]
    return {
        "deliverables": [{"ref": d["ref"], "title": d["title"]} for d in deliverables],
        "states": states,
        "indicators": [{"id": k["id"], "title": k["title"]} for k in kpis],
        "decisions": [(name, capital(words)) for name, words in plan_review.DECISIONS.items()],
    }


def completed(typed: Typed, refs: Sequence[str], kpis: Sequence[str]) -> dict[str, Any]:
    """What was typed to complete a review."""
    implementation = {}
    for ref in refs:
        state = typed.choice(f"state-{ref}", deliverable_rules.STATES, f"Choose how far deliverable {ref} was carried out")
        implementation[ref] = {"state": state, "words": typed.text(f"words-{ref}", longest=4_000)}
    said = {kpi: typed.text(f"kpi-{kpi}", longest=2_000) for kpi in kpis}
    return {
        "implementation": implementation,
        "indicators": {kpi: words for kpi, words in said.items() if words},
        "what_changed": typed.text("what_changed", "Write what changed around the plan in the year, or that nothing did"),
        "decision": typed.choice("decision", plan_review.DECISIONS, "Choose whether the plan goes on"),
    }


# ---- refresh ----------------------------------------------------------------------------------------


def started(typed: Typed) -> dict[str, Any]:
    """What was typed to begin the plan that follows."""
    slug = typed.text("slug", "Write a short name for its address, such as 2025-30", longest=40)
    if slug and not all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in slug):
        typed.problems["slug"] = "Use letters, numbers and hyphens only, such as 2025-30"
    return {
        "slug": slug,
        "title": typed.text("title", "Write its title", longest=200),
        "starts_on": typed.day("starts", "Write its first day"),
        "ends_on": typed.day("ends", "Write its last day"),
        "note": typed.text("note", longest=2_000),
    }


def left_out(priorities: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each priority of the plan before: still there, closed by a record, or left out without one."""
    return [
        {
            "ref": p["ref"],
            "title": p["title"],
            "tag": "Goes on" if p["is_there"] else "Closed" if p["record"] else "No record",
            "look": "" if p["is_there"] else "met" if p["record"] else "not",
            "words": _fate(p),
        }
        for p in priorities
    ]


def _fate(p: Mapping[str, Any]) -> str:
    if p["record"]:
        r = p["record"]
        into = f" ({r['into']})" if r["into"] else ""
        words = f"It {plan_refresh.OUTCOMES[r['outcome']][0]}{into}. Claimed: {r['claimed']} Evidence: {r['evidence']} "
        return words + f"This is {plan_refresh.GRADES[r['grade']]}. Learnt: {r['lesson']}"
    if p["is_there"]:
        return "It is in the new plan, so nothing is to be closed."
    return "The new plan leaves it out. Write its closing record before the version is frozen."


def closing_choices(priorities: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The choices of the form for a closing record."""
    return {
        "to_close": [(p["ref"], f"{p['ref']} {p['title']}") for p in priorities if not p["is_there"]],
        "outcomes": [(name, capital(words)) for name, (words, _) in plan_refresh.OUTCOMES.items()],
        "grades": [(name, capital(words)) for name, words in plan_refresh.GRADES.items()],
    }


def closed(typed: Typed, refs: Collection[str]) -> dict[str, Any]:
    """What was typed to close a priority."""
    told = {
        "ref": typed.choice("ref", refs, "Choose the priority"),
        "outcome": typed.choice("outcome", plan_refresh.OUTCOMES, "Choose what became of it"),
        "into": typed.text("into", longest=8),
        "claimed": typed.text("claimed", "Write what was claimed of it"),
        "evidence": typed.text("evidence", "Write what the evidence is"),
        "grade": typed.choice("grade", plan_refresh.GRADES, "Choose how far that is shown"),
        "lesson": typed.text("lesson", "Write what was learnt"),
    }
    outcome = plan_refresh.OUTCOMES.get(told["outcome"])
    if outcome and outcome[1] and not told["into"]:
        typed.problems["into"] = "Name what it went into: a priority such as 2, or an assurance area such as A1"
    return told
