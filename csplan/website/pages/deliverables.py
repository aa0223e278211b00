"""Deliverables at the desk: how each stands, and the short form that reports on one."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.cycle import deliverable as rules
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.typed import Typed

#: State of a deliverable -> the look of its tag
TAGS = {"on track": "met", "complete": "met", "at risk": "not", "off track": "late", "blocked": "late"}


def page(plans: Sequence[tuple[Any, Sequence[Mapping[str, Any]]]], today: date, path: str) -> dict[str, Any]:
    """Every plan with its deliverables. plans : [(plan, of `reading.review.deliverables`)]"""
    shown = [
        {"slug": plan.slug, "title": plan.title, "rows": [_line(d, plan.slug, today, path) for d in rows]} for plan, rows in plans
    ]
    silent = sum(d["state"] is None for _plan, rows in plans for d in rows)
    told = f"{capital(count(silent, 'deliverable'))} {'has' if silent == 1 else 'have'} no report yet"
    return {"plans": shown, "headline": told if shown else "No plan is agreed yet, so nothing is to be reported"}


def _line(d: Mapping[str, Any], slug: str, today: date, path: str) -> dict[str, Any]:
    has_ended = d["state"] in rules.ENDS
    return {
        "ref": d["ref"],
        "title": d["title"],
        "tag": capital(d["state"]) if d["state"] else "No report",
        "look": TAGS.get(d["state"] or "", "na" if d["state"] is None else ""),
        "words": _words(d, today),
        "url": None if has_ended else f"{path}?plan={slug}&ref={d['ref']}#report",
    }


def _words(d: Mapping[str, Any], today: date) -> str:
    """Who answers for it, by when, and what was last said."""
    said = [d["lead"] or "No lead is named"]
    if d["due"]:
        said.append(f"{'was due' if d['due'] < today else 'due'} on {calendar.in_words(d['due'])}")
    if d["reported_on"]:
        said.append(f"reported on {calendar.in_words(d['reported_on'])}")
    return f"{', '.join(said)}.{' ' + d['words'] if d['words'] else ''}"


def form(plans: Sequence[tuple[Any, Sequence[Mapping[str, Any]]]]) -> dict[str, Any]:
    """The choices of the form: deliverables that have not ended, and the states that can be reported."""
    offered = [
        (f"{plan.slug}/{d['ref']}", textwrap.shorten(f"{d['ref']} {d['title']}", 120, placeholder=" …"))
        for plan, rows in plans
        for d in rows
        if d["state"] not in rules.ENDS
    ]
    states = [(s, capital(s), capital(words)) for s, words in rules.STATES.items() if s != "proposed"]
    return {"deliverables": [("", "Choose a deliverable"), *offered], "states": states}


def reported(typed: Typed, offered: Sequence[str]) -> dict[str, str]:
    """What was typed to report. What a state asks for is said at its field."""
    told = {
        "deliverable": typed.choice("deliverable", offered, "Choose the deliverable"),
        "state": typed.choice("state", [s for s in rules.STATES if s != "proposed"], "Choose how it stands"),
        "words": typed.text("words", longest=4_000),
        "evidence": typed.text("evidence", longest=2_000),
    }
    if told["state"] == "complete" and not told["evidence"]:
        typed.problems["evidence"] = "Write what shows that it is done, and where that is kept"
    if told["state"] in ("cancelled", "blocked", "off track", "at risk") and not told["words"]:
        typed.problems["words"] = "Write why, and what is done about it"
    return told
