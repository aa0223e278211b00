"""Comments on a plan at the desk: what was said, and what is decided about it."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar, plan_changes
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.typed import Typed

#: How a comment comes, in words.
CAME_BY = {
    "consultation": "In the consultation",
    "scrutiny": "From the scrutiny committee",
    "meeting": "At a meeting",
    "letter": "By letter or e-mail",
}


def page(comments: Sequence[Mapping[str, Any]], clauses: Mapping[str, str]) -> dict[str, Any]:
    """Comments that wait for a decision first, and the choices of the forms."""
    rows = [_line(c) for c in comments]
    waiting = sum(not c["is_decided"] for c in comments)
    told = f"{capital(count(waiting, 'comment'))} {'waits' if waiting == 1 else 'wait'} for a decision"
    return {
        "headline": told,
        "rows": sorted(rows, key=lambda r: r["is_decided"]),
        "came_by": list(CAME_BY.items()),
        "clauses": [
            ("", "The plan as a whole"),
            *((address, textwrap.shorten(words, 110, placeholder=" …")) for address, words in clauses.items()),
        ],
        "dispositions": [(name, capital(words)) for name, words in plan_changes.DISPOSITIONS.items()],
    }


def _line(c: Mapping[str, Any]) -> dict[str, Any]:
    came = CAME_BY.get(c["came_by"], capital(c["came_by"]))
    about = f" About: {c['clause_words']}." if c["clause"] else ""
    decided = plan_changes.DISPOSITIONS.get(c["disposition"], c["disposition"])
    return {
        "ref": c["ref"],
        "tag": capital(decided) if c["is_decided"] else "To decide",
        "said": c["words"],
        "words": f"{came}, entered on {calendar.in_words(c['entered_on'])}.{about}",
        "is_decided": c["is_decided"],
        "reason": c["reason"] if c["is_decided"] else "",
        "is_example": c["is_example"],
    }


def entered(typed: Typed, clauses: Mapping[str, str]) -> dict[str, Any]:
    """What was typed to enter a comment."""
    return {
        "came_by": typed.choice("came_by", CAME_BY, "Choose how it came"),
        "came_with": typed.text("came_with", longest=80),
        "clause": typed.choice("clause", {"", *clauses}, "Choose a clause of this version, or the plan as a whole"),
        "words": typed.text("words", "Write what was said", longest=10_000),
    }


def decided(typed: Typed, ref: str) -> dict[str, str]:
    """What was typed to decide about a comment."""
    return {
        "disposition": typed.choice(f"disposition-{ref}", plan_changes.DISPOSITIONS, f"Choose what is done about {ref}"),
        "reason": typed.text(f"reason-{ref}", f"Write why, for {ref}: in words that the person who said it would understand"),
    }
