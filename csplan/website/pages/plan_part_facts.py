"""What is said of one priority, work area or deliverable: who, when, with what, how it stands, and what in the plan names it."""

from collections.abc import Iterator, Mapping
from typing import Any

from csplan.cycle import calendar, plan_text
from csplan.evidence.plain_words import capital, listed
from csplan.records.reading import alignment
from csplan.website.pages import plan_whole
from csplan.website.pages.plan_words import Figures, html, moved

NOT_SAID = "Not said in this version."


def facts(found: Mapping[str, Any], figures: Figures, home: str) -> dict[str, Any]:
    """facts, mechanism, progress, ambitions, named (risks and so on), closed, went_into. found : of `reading.plan.part`"""
    at = f"{home}plans/{found['plan']['slug']}/"
    is_deliverable, part = found["level"] == "deliverable", found["part"]
    mechanism = part["mechanism"] if is_deliverable else ""
    return {
        "facts": list(deliverable(part, found["group"])) if is_deliverable else None,
        "mechanism": html(mechanism, figures, top=3) or None,
        "mechanism_moved": moved([mechanism], figures),
        "reports": [report(r) for r in found["progress"]],
        "ambitions": [f"{a['strategy']}: {a['ambition']}" for a in alignment.served_by(found["alignments"], found["ref"])],
        "named": list(named(found, figures, at)),
        "closed": [plan_whole.closing(c, home) for c in found["closed"]],
        "went_into": [plan_whole.closing(c, home) for c in found["closings"]],
    }


def deliverable(d: Mapping[str, Any], group: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """Each thing that a deliverable says of itself; lead and day always, with why they are not told."""
    why = capital(d["why"]) if d["why"] else NOT_SAID
    due = calendar.in_words(d["due"]) if d["due"] else None
    yield "Lead", d["lead"] or why
    if group:
        yield "Owned by", group["name"]
    if d["contributors"]:
        yield "With", listed(d["contributors"])
    if d["starts"]:
        yield "Starts", calendar.in_words(d["starts"])
    yield "Due", due or why
    if d["resource"]:
        yield "Needs", d["resource"]
    if d["evidence"]:
        yield "What will show it", plan_text.EVIDENCE[d["evidence"]]
    yield "How it stands", status(d)


def status(d: Mapping[str, Any]) -> str:
    """The newest report in words, or that there is none."""
    if d["status"] is None:
        return "No progress has been recorded yet."
    return f"{capital(d['status'])}, as reported on {calendar.in_words(d['status_on'])}."


def report(told: Mapping[str, Any]) -> dict[str, Any]:
    """One report of how a deliverable stands."""
    return {
        "when": calendar.in_words(told["on"]),
        "state": capital(told["state"]),
        "state_words": told["state_words"],
        "words": told["words"],
        "evidence": told["evidence"],
        "is_example": told["is_example"],
    }


#: key of the facts -> heading, the word before who, and the key of who
NAMED = {
    "risks": ("Risks", "Watched by", "owner"),
    "dependencies": ("What it depends on", "From", "on"),
    "resources": ("Resources", "From", "given_by"),
}


def named(found: Mapping[str, Any], figures: Figures, at: str) -> Iterator[dict[str, Any]]:
    """The risks, dependencies and resources that name this part."""
    for key, (title, word, who) in NAMED.items():
        if found[key]:
            rows = [
                plan_whole.row(r, figures, {}, at, who=(word, r[who]), amount=plan_whole.pounds(r.get("amount_gbp")))
                | {"concerns": []}
                for r in found[key]
            ]
            yield {"id": key, "title": title, "words": None, "rows": rows}
