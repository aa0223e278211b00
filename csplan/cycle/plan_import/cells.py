"""What a cell of a plan's table says: a day, a state, an office. What is not understood for sure is left as words."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from csplan.cycle import period_words
from csplan.cycle.deliverable import STATES
from csplan.cycle.plan_text import EVIDENCE

#: words of a status, as `_key` writes them -> a state of a deliverable. Only what can mean one thing; "ongoing" says no state.
STATUS_WORDS: dict[str, str] = {state: state for state in STATES} | {
    "green": "on track",
    "on schedule": "on track",
    "on target": "on track",
    "amber": "at risk",
    "some risk": "at risk",
    "red": "off track",
    "behind schedule": "off track",
    "behind": "off track",
    "delayed": "off track",
    "overdue": "off track",
    "completed": "complete",
    "done": "complete",
    "achieved": "complete",
    "blue": "complete",
    "not started": "committed",
    "not yet started": "committed",
    "stopped": "cancelled",
    "closed not achieved": "cancelled",
    "stalled": "blocked",
    "carried over": "carried forward",
}
#: words of a proof -> its kind, a key of `plan_text.EVIDENCE`
EVIDENCE_WORDS: dict[str, str] = {kind: kind for kind in EVIDENCE if kind != "other"} | {
    "report": "document",
    "strategy": "document",
    "policy": "document",
    "data": "figure",
    "indicator": "figure",
    "kpi": "figure",
    "statistics": "figure",
    "minutes": "minute",
    "attendance": "record",
    "attendance record": "record",
    "referrals": "record",
    "register": "record",
    "survey": "feedback",
    "user feedback": "feedback",
}
LONGEST = {"lead": 200, "resource": 300, "mechanism": 2_000}


def _key(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words.lower()).split())


def _status(words: str) -> str | None:
    """The state of “Green”, “Green - on track” or “on track (green)”; None where its parts say nothing or say two things."""
    parts = [words, *re.split(r"[-–—/:,;()\n]", words)]
    found = {STATUS_WORDS[_key(part)] for part in parts if _key(part) in STATUS_WORDS}
    known = sum(_key(part) in STATUS_WORDS or not _key(part) for part in parts[1:])
    is_whole = _key(words) in STATUS_WORDS or known == len(parts) - 1
    return found.pop() if len(found) == 1 and is_whole else None


def _bodies(words: str) -> list[str] | None:
    """The bodies of a list, one a line or parted by commas and semicolons."""
    out = [b for part in re.split(r"[;,\n]", words) if (b := " ".join(part.strip(" •-").split()))]
    return out if out and all(len(b) <= 200 for b in out) else None


def _line(field: str) -> Callable[[str], str | None]:
    def read(words: str) -> str | None:
        joined = " ".join(words.split())
        return joined if len(joined) <= LONGEST[field] else None

    return read


def group_of(words: str, groups: Mapping[str, str]) -> str | None:
    """The slug of the group that a cell names; None where the partnership has no such group.

    groups : {slug: name}
    """
    return next((slug for slug, name in groups.items() if _key(words) in (_key(name), _key(slug))), None)


#: field of a column -> (key in a plan file, how its words are read, why they are left where they are not understood)
READERS: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "lead": ("lead", _line("lead"), "longer than a lead may be"),
    "contributors": ("contributors", _bodies, "no list of bodies"),
    "starts": ("starts", lambda words: period_words.day(words, last=False), "no one day that is understood"),
    "due": ("due", lambda words: period_words.day(words, last=True), "no one day that is understood"),
    "status": ("state", _status, "no one state that is understood"),
    "resource": ("resource", _line("resource"), "longer than this may be"),
    "mechanism": ("mechanism", _line("mechanism"), "longer than this may be"),
    "evidence": ("evidence", lambda words: EVIDENCE_WORDS.get(_key(words)), "no one kind of evidence that is understood"),
}
