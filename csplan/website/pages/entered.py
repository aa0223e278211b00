"""Answers that officers enter, as the desk prints them: the letters, the form beside a letter, and the check."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.records.actions.answer import ENTERED
from csplan.records.models import Letter
from csplan.website.typed import Said, day_parts, nothing

SOURCES = [(source, capital(words)) for source, words in ENTERED.items()]


def letters(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The letters with how far each is."""
    left = sum(not r["answers"] for r in rows)
    verb = "has" if left == 1 else "have"
    if not rows:
        head = "No letter has been brought in"
    else:
        head = f"{capital(count(left, 'letter'))} {verb} no answer yet" if left else "Every letter has its answer"
    return {"headline": head, "rows": [_letter(r) for r in rows]}


def _letter(r: Mapping[str, Any]) -> dict[str, Any]:
    came = f"Sent on {calendar.in_words(r['came_on'])}. " if r["came_on"] else ""
    return {
        "key": str(r["key"]),
        "name": r["name"],
        "tag": count(r["answers"], "answer") if r["answers"] else "To enter",
        "words": f"{came}Brought in on {calendar.in_words(r['kept_on'])}.",
        "is_own": r["is_own"],
    }


def beside(letter: Letter | None) -> dict[str, str] | None:
    """A letter to read while its answer is typed or checked."""
    return {"key": str(letter.pk), "name": letter.name, "text": letter.text} if letter else None


def filled(letter: Letter | None) -> Said:
    """The form with what a letter says already: that it is an e-mail, and the day it was sent."""
    if letter is None:
        return nothing()
    source = {"source": "email"} if letter.kind == "eml" else {}
    return nothing(**source, **day_parts("received", letter.came_on))


def check(found: Mapping[str, Any]) -> dict[str, Any]:
    """What waits for a second person."""
    n = len(found["waiting"])
    head = (
        f"{capital(count(n, 'answer'))} {'waits' if n == 1 else 'wait'} for a second person"
        if n
        else "No answer waits for a check"
    )
    return {
        "headline": head,
        "rows": [_waiting(r) for r in found["waiting"]],
        "facts": [("Waiting", f"{n:,}"), ("Checked", f"{found['checked']:,}")],
    }


def _waiting(r: Mapping[str, Any]) -> dict[str, Any]:
    letter = " Its letter is held here." if r["has_letter"] else ""
    return {
        "key": str(r["key"]),
        "words": f"It came {r['source']} on {calendar.in_words(r['received_on'])}.{letter}",
        "is_own": r["is_own"],
    }
