"""What people said about a plan and what was decided, with the passage before and after where it changed."""

from collections.abc import Mapping
from typing import Any

from csplan.cycle import calendar
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.pages.compare import change
from csplan.website.pages.plan_versions import address, trail

#: how a comment came -> the words
CAME_BY = {
    "consultation": "In the consultation",
    "scrutiny": "From the scrutiny committee",
    "meeting": "At a meeting",
    "letter": "In a letter",
}


def page(found: Mapping[str, Any], groups: Mapping[str, str], home: str) -> dict[str, Any]:
    """Everything the template prints. found : of `reading.plan_comments.comments`;  groups : {slug: name}"""
    told = [comment(c, found["plan"], groups, home) for c in found["comments"]]
    return {"trail": trail(found["plan"], home, ("What was decided", None)), "lede": lede(found), "rows": told}


def lede(found: Mapping[str, Any]) -> str:
    """How many, and what became of them."""
    rows = found["comments"]
    if not rows:
        return "No comment on this plan had been decided by this day."
    if len(rows) == 1:
        became = "it changed the plan" if rows[0]["passages"] else "the plan was not changed because of it"
        return f"One comment is decided, and {became}."
    changed = sum(bool(c["passages"]) for c in rows)
    rest = {0: "none of them changed the plan", 1: "one of them changed the plan"}.get(
        changed, f"{changed} of them changed the plan"
    )
    return f"{capital(count(len(rows), 'comment'))} are decided; {rest}."


def comment(told: Mapping[str, Any], plan: Mapping[str, Any], groups: Mapping[str, str], home: str) -> dict[str, Any]:
    """One comment: what was said, what was decided and why, and each passage that it changed."""
    about = f"On {named(told)}"
    return {
        "id": told["anchor"],
        "ref": told["ref"],
        "title": f"{about}, version {told['version']}",
        "came": f"{CAME_BY[told['came_by']]}, entered on {calendar.in_words(told['entered_on'])}.",
        "came_url": f"{home}{told['came_address']}" if told["came_address"] else None,
        "words": told["words"],
        "decision": capital(told["decision_words"]),
        "reason": told["reason"],
        "decided": f"Decided on {calendar.in_words(told['decided_on'])}.",
        "passages": [passage(p, plan, groups, home) for p in told["passages"]],
        "no_passage": no_passage(told),
        "is_example": told["is_example"],
    }


def named(told: Mapping[str, Any]) -> str:
    """What a comment is about."""
    if told["clause_title"] is None:
        return "the plan as a whole"
    return "the vision" if told["clause"] == "vision" else str(told["clause_title"])


def no_passage(told: Mapping[str, Any]) -> str | None:
    """Why no passage is shown."""
    if told["passages"]:
        return None
    if told["decision"] in ("accepted", "partly"):
        return "No version that can be read here carries the change yet."
    return "The plan was not changed because of it."


def passage(told: Mapping[str, Any], plan: Mapping[str, Any], groups: Mapping[str, str], home: str) -> dict[str, Any]:
    """A passage before and after, and the comparison that it stands in."""
    one, other = (plan["slug"], told["from_version"]), (plan["slug"], told["to_version"])
    return {
        **change(told, groups, home),
        "columns": [{"short": f"Version {n}"} for n in (told["from_version"], told["to_version"])],
        "url": address(one, other, home),
        "url_words": f"Versions {told['from_version']} and {told['to_version']} side by side",
    }
