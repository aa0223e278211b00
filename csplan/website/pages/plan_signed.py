"""Who did what about a version, in words: agreement, further approvals, the authorities' parts, dispatch, and changes inside the lock."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed, number

#: ending of a stored paper -> how it is called
FORMS = {"pdf": "PDF", "docx": "Word file", "html": "HTML file"}
NOTHING = "Nothing recorded."


def signed(found: Mapping[str, Any], home: str) -> dict[str, Any]:
    """Everything that the template `components/signed.html` prints. found : of `reading.plan.plan`"""
    at = f"{home}plans/{found['plan']['slug']}/versions/{found['plan']['version']}/"
    return {
        "agreement": agreement(found["agreement"], at, home) if found["agreement"] else None,
        "not_agreed": None if found["agreement"] else not_agreed(found),
        "approvals": [approval(a, home) for a in found["approvals"]],
        "authorities": [authority(a) for a in found["authorities"]],
        "dispatches": [f"Sent to the {d['to']} on {calendar.in_words(d['on'])}. {d['how']}" for d in found["dispatches"]],
        "variations": [variation(v, home) for v in found["variations"]],
    }


def not_agreed(found: Mapping[str, Any]) -> str:
    """Why nothing is signed, and when it may be."""
    if found["board"]:
        return f"The board has not agreed this version. It is to decide on {calendar.in_words(found['board']['on'])}."
    return "The board has not agreed this version."


def agreement(told: Mapping[str, Any], at: str, home: str) -> dict[str, Any]:
    """What the board decided, what it signed, how the law stood, and which papers were kept."""
    decision = told["decision"]
    return {
        "meeting": meeting(told["meeting"], home),
        "on": calendar.in_words(told["on"]),
        "decision": f"Decision {decision['number']}: {decision['words']}" if decision else None,
        "fingerprint": told["sha256"],
        "fingerprint_words": restated(told["is_same"]),
        "duties": duties(told["duties"]),
        "duties_url": f"{home}duties/?as_at={told['on'].isoformat()}",
        "accepted": list(told["accepted"].values()),
        "papers": [
            {"words": FORMS.get(p["form"], p["form"]), "sha256": p["sha256"], "url": f"{at}paper.{p['form']}"}
            for p in told["papers"]
        ],
    }


def restated(is_same: bool | None) -> str:
    """Whether what was signed is what is sealed."""
    if is_same is None:
        return "No fingerprint was restated when it was signed."
    return (
        "Restated when it was signed, and the same as that of this version."
        if is_same
        else "Restated when it was signed, and not that of this version."
    )


def duties(told: Mapping[str, int]) -> str | None:
    """How the law stood on the day of the agreement; None where it was not noted."""
    if not told:
        return None
    order = ("met", "not met", "unknown", "not applicable")
    parts = [f"{told[status]} {status}" for status in order if told.get(status)]
    return f"Of {count(sum(told.values()), 'duty', 'duties')} noted on that day: {listed(parts)}."


def approval(told: Mapping[str, Any], home: str) -> dict[str, Any]:
    """A further body and what it did."""
    if told["on"] is None:
        return {"name": told["name"], "words": "Has not approved it yet.", "meeting": None}
    return {
        "name": told["name"],
        "words": f"Approved it on {calendar.in_words(told['on'])}.",
        "meeting": meeting(told["meeting"], home),
    }


def authority(told: Mapping[str, Any]) -> dict[str, Any]:
    """A responsible authority and its newest part, or that nothing is recorded."""
    if told["part"] is None:
        return {"name": told["name"], "words": NOTHING, "said": None, "is_recorded": False}
    words = f"{capital(told['part_words'])}, {calendar.in_words(told['on'])}."
    return {"name": told["name"], "words": words, "said": told["words"], "is_recorded": True}


def variation(told: Mapping[str, Any], home: str) -> dict[str, Any]:
    """A change inside the lock that the board minuted."""
    which = f"{'priority' if len(told['refs']) == 1 else 'priorities'} {listed(told['refs'])}"
    words = f"On {calendar.in_words(told['on'])} the board let {which} change inside the lock: {told['reason']}"
    return {"words": words, "meeting": meeting(told["meeting"], home)}


def meeting(told: Mapping[str, str], home: str) -> dict[str, str]:
    """A meeting with its page."""
    return {"title": told["title"], "url": f"{home}meetings/{told['ref']}/"}


def summary(found: Mapping[str, Any]) -> str:
    """ "Four of seven responsible authorities have a part recorded." """
    rows: Sequence[Mapping[str, Any]] = found["authorities"]
    recorded = sum(a["part"] is not None for a in rows)
    if not rows:
        return "No responsible authority stands in the register on this day."
    if not recorded:
        return "No part of any responsible authority is recorded yet."
    return f"A part is recorded for {number(recorded)} of {count(len(rows), 'responsible authority', 'responsible authorities')}."
