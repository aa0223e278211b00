"""Equality impact assessments: the list, one of them, and the desk where they are begun, signed and acted on."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.typed import Typed

#: how an assessment stands -> (the words of its tag, its look)
TAGS = {"complete": ("Complete", "met"), "under way": ("Under way", "not"), "went on": ("Carried over", "na")}


def index(assessments: Sequence[Mapping[str, Any]], home: str) -> dict[str, Any]:
    """Every assessment as a door."""
    return {"doors": [line(a, home) for a in assessments]}


def line(a: Mapping[str, Any], home: str) -> dict[str, Any]:
    """An assessment in a line: of what, whose, and how it stands."""
    return {
        "ref": a["ref"],
        "title": a["title"],
        "url": f"{home}equality/{a['ref']}/",
        "desk_url": f"{home}desk/equality/{a['ref']}/",
        **_stands(a),
        "words": f"{a['words']} Owner: {a['owner']}.",
        "is_example": a["is_example"],
    }


def show(a: Mapping[str, Any], home: str) -> dict[str, Any]:
    """One assessment with its actions in words."""
    plan = f"{home}plans/{a['plan']}/"
    return {
        "trail": [("Equality", f"{home}equality/"), (a["version_title"], None)],
        **_stands(a),
        "goes_on_url": f"{home}equality/{a['goes_on_in']}/" if a["goes_on_in"] else None,
        "plan_url": plan,
        "lines": [action_line(e, plan) for e in a["actions"]],
        "headline": f"{capital(count(len(a['actions']), 'action'))} follow from it" if a["actions"] else "No action is set yet",
    }


def _stands(a: Mapping[str, Any]) -> dict[str, str]:
    """The tag of an assessment: that of a version which was revised goes on in the assessment of the later one."""
    tag, look = TAGS["went on" if a["goes_on_in"] else a["state"]]
    return {"tag": tag, "look": look}


def action_line(e: Mapping[str, Any], plan: str) -> dict[str, Any]:
    """An action: what, who, by when, and the deliverable that carries it out."""
    due = f"Due on {calendar.in_words(e['due'])}." if e["due"] else "No day is set."
    return {
        "ref": e["ref"],
        "title": e["title"],
        "words": f"{e['owner']}. {due}",
        "deliverable": e["deliverable"],
        "url": f"{plan}{e['deliverable']}/" if e["deliverable"] else None,
        "is_example": e["is_example"],
    }


# ---- the desk ---------------------------------------------------------------------------------------


def desk(assessments: Sequence[Mapping[str, Any]], home: str) -> dict[str, Any]:
    """Those under way first, then those that are complete."""
    lines = [line(a, home) for a in assessments]
    waiting = sum(a["state"] != "complete" and not a["goes_on_in"] for a in assessments)
    told = f"{capital(count(waiting, 'assessment'))} {'is' if waiting == 1 else 'are'} under way"
    return {"rows": sorted(lines, key=lambda one: one["look"] != "not"), "headline": told}


def start(typed: Typed, versions: Mapping[str, Any], offices: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed to begin an assessment."""
    version = typed.choice("version", versions, "Choose the version that is assessed")
    owner = typed.choice("owner", offices, "Choose the office that owns it")
    return {"version": versions.get(version), "owner": offices.get(owner)}


def action(typed: Typed, deliverables: Sequence[str]) -> dict[str, Any]:
    """What was typed to set an action."""
    return {
        "title": typed.text("title", "Write what will be done", longest=400),
        "owner": typed.text("owner", "Write the office that answers for it", longest=200),
        "due_on": typed.day("due"),
        "deliverable_ref": typed.choice("deliverable_ref", ["", *deliverables], "Choose a deliverable of this version, or none"),
    }
