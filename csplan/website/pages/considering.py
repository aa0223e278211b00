"""What became of every answer, where what is left is done, and the words with which a consideration report begins."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, number
from csplan.records.models import Consultation
from csplan.website.pages.consultation_doors import DOORS

#: what is left, in the order in which it is done -> (one, many, the action of the page on which it is done)
LEFT: dict[str, tuple[str, str, str]] = {
    "unchecked": (
        "entered answer waits for a second person’s check",
        "entered answers wait for a second person’s check",
        "answer.check",
    ),
    "unmasked": ("comment waits for masking", "comments wait for masking", "answer.mask"),
    "uncoded": ("answer is not coded yet", "answers are not coded yet", "answer.code"),
    "once": ("comment waits for a second coder", "comments wait for a second coder", "answer.code"),
    "unsettled": ("comment is coded differently by two people", "comments are coded differently by two people", "answer.settle"),
}


def page(account: Mapping[str, Any], lacks: Sequence[str], at_desk: str, *, is_closed: bool) -> dict[str, Any]:
    """The account in figures, and each thing left with the page on which it is done."""
    left = [
        {"words": f"{capital(number(account[name]))} {one if account[name] == 1 else many}", "url": address(action, at_desk)}
        for name, (one, many, action) in LEFT.items()
        if account[name]
    ]
    themes = [sentence for sentence in lacks if "theme" in sentence]
    left += [{"words": _spelt(sentence.rstrip(".")), "url": f"{at_desk}themes/"} for sentence in themes]
    if not is_closed:
        left.insert(0, {"words": "The consultation is not closed yet", "url": at_desk})
    told = (
        f"{capital(count(len(left), 'thing'))} {'is' if len(left) == 1 else 'are'} left to do"
        if left
        else "Every answer is accounted for"
    )
    rows = [
        ("Coded", account["coded"]),
        ("Withdrawn", account["withdrawn"]),
        ("Spam", account["spam"]),
        ("Not coded yet", account["uncoded"]),
    ]
    return {"headline": told, "received": account["received"], "rows": rows, "left": left}


def _spelt(sentence: str) -> str:
    """Five themes for 5 themes."""
    first, _, rest = sentence.partition(" ")
    return f"{capital(number(int(first)))} {rest}" if first.isdigit() else sentence


def address(action: str, at_desk: str) -> str | None:
    """The page of a consultation on which an action is done; None where there is none."""
    door = next((d for d in DOORS if d.action == action), None)
    return f"{at_desk}{door.path}" if door else None


def summary(held: Consultation, account: Mapping[str, Any], themes: Sequence[Mapping[str, Any]]) -> str:
    """A first draft of the report, from the themes and what was decided; an officer reads and mends it before it is approved."""
    first, last = calendar.in_words(held.opens_on), calendar.in_words(held.last_day())
    aside = account["withdrawn"] + account["spam"]
    lines = [
        f"The consultation ran from {first} to {last}. {capital(count(account['received'], 'answer'))} came, and "
        f"{account['coded']:,} {'was' if account['coded'] == 1 else 'were'} considered"
        + (f"; {aside:,} {'was' if aside == 1 else 'were'} set aside as withdrawn or spam." if aside else ".")
    ]
    for t in sorted(themes, key=lambda t: -t["comments"]):
        if t["is_decided"]:
            said = f" {t['words'].rstrip('.')}." if t["words"] else ""
            changed = f" {capital(count(len(t['changes']), 'passage'))} of the plan changed for it." if t["changes"] else ""
            spoke = f"{capital(count(t['comments'], 'comment'))} spoke of this." if t["comments"] else ""
            lines.append(f"{t['title']}. {spoke}{said} What was decided: {t['decision_words']}. {t['reason']}{changed}")
    return "\n\n".join(line.replace("  ", " ") for line in lines)
