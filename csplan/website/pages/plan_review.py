"""A yearly review of a plan: how far each deliverable was carried out, what the indicators say, what changed, what was decided."""

from collections.abc import Mapping
from typing import Any

from csplan.cycle import calendar
from csplan.cycle import deliverable as states
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.records.reading import alignment
from csplan.website.pages.plan_versions import trail


def page(found: Mapping[str, Any], home: str) -> dict[str, Any]:
    """Everything the template prints. found : plan, priorities and kpis of `reading.plan.plan`, and review"""
    plan, review = found["plan"], found["review"]
    at = f"{home}plans/{plan['slug']}/"
    titles = {ref: title for ref, _, title in alignment.parts_of(found["priorities"])}
    names = {k["id"]: k["title"] for k in found["kpis"]}
    return {
        "trail": trail(plan, home, (f"Review for {review['year']}", None)),
        "heading": f"How far the plan was carried out in {review['year']}",
        "lede": lede(review),
        "rows": [implementation(ref, said, titles, at) for ref, said in sorted(review["implementation"].items(), key=_place)],
        "indicators": [
            {"title": names.get(ref, ref), "url": f"{home}performance/{ref}/" if ref in names else None, "words": words}
            for ref, words in review["indicators"].items()
        ],
        "decision": f"{capital(review['decision_words'])}." if review["decision_words"] else None,
    }


def _place(row: tuple[str, Any]) -> list[int]:
    return [int(n) for n in row[0].split(".")]


def lede(review: Mapping[str, Any]) -> str:
    """How the review stands, and what it found of the deliverables."""
    if review["completed_on"] is None:
        return f"Begun on {calendar.in_words(review['begun_on'])}, and not completed yet."
    told: dict[str, int] = {}
    for said in review["implementation"].values():
        told[said["state"]] = told.get(said["state"], 0) + 1
    order = [s for s in states.STATES if s in told]
    found = ", ".join(f"{told[s]} {s}" for s in order)
    words = f"{capital(count(sum(told.values()), 'deliverable'))} reviewed: {found}." if told else "No deliverable was reviewed."
    return f"Completed on {calendar.in_words(review['completed_on'])}. {words}"


def implementation(ref: str, said: Mapping[str, str], titles: Mapping[str, str], at: str) -> dict[str, Any]:
    """How far one deliverable was carried out."""
    return {
        "ref": ref,
        "title": titles.get(ref, "Not in the version that stands"),
        "url": f"{at}{ref}/" if ref in titles else None,
        "state": capital(said["state"]),
        "state_words": states.STATES[said["state"]],
        "words": said.get("words") or None,
    }
