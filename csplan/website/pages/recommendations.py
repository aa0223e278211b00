"""Questions and recommendations of the scrutiny committee: as anyone reads them, and the forms of the desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.cycle import scrutiny as rules
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.typed import Typed

LONGEST = 8_000


def day(of: date) -> str:
    """A day in words."""
    return calendar.in_words(of)


def recommendation(r: Mapping[str, Any]) -> dict[str, Any]:
    """A recommendation as it is printed: to whom, its clock, the answer, and how it stands."""
    response = r["response"]
    tag = "Overdue" if r["is_overdue"] else "Waiting" if response is None else capital(rules.RESPONSES[response["standing"]])
    return {
        **r,
        "tag": tag,
        "made": f"To {r['body']}, {day(r['made_on'])}.",
        "response_words": response["words"] if response else None,
        "steps": [
            {"words": p["words"], "head": f"{capital(rules.PROGRESS[p['standing']])}, {day(p['came_on'])}"} for p in r["progress"]
        ],
    }


def question(q: Mapping[str, Any]) -> dict[str, Any]:
    """A question or request as it is printed."""
    kind = capital(rules.KINDS[q["kind"]].removeprefix("a "))
    answered = f"{rules.OUTCOMES[q['outcome']]} on {day(q['answered_on'])}." if q["outcome"] else None
    return {
        **q,
        "tag": rules.OUTCOMES[q["outcome"]] if q["outcome"] else "Waiting",
        "asked": f"{kind} to {q['of']}, {day(q['asked_on'])}.",
        "answered": answered,
    }


def public(recommendations: Sequence[Mapping[str, Any]], questions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Both lists for the public page, with how the clock stands in a sentence."""
    late = sum(r["is_overdue"] for r in recommendations)
    told = f"{capital(count(late, 'answer'))} {'is' if late == 1 else 'are'} overdue." if late else "No answer is overdue."
    return {
        "recommendations": [recommendation(r) for r in recommendations],
        "questions": [question(q) for q in questions],
        "clock": f"A body answers a recommendation in writing within {rules.RESPONSE_DAYS} days. {told}",
    }


# ---- the desk ---------------------------------------------------------------------------------------


def desk(found: Sequence[Mapping[str, Any]], *, may_record: bool) -> dict[str, Any]:
    """Every recommendation, those without an answer first, each with the form that is next."""
    waiting = sum(r["response"] is None for r in found)
    rows = [
        recommendation(r) | {"form": None if not may_record else "respond" if r["response"] is None else "follow"} for r in found
    ]
    return {
        "headline": f"{capital(count(waiting, 'recommendation'))} {'waits' if waiting == 1 else 'wait'} for an answer",
        "rows": rows,
        "standings": {
            "respond": [(k, capital(v)) for k, v in rules.RESPONSES.items()],
            "follow": [(k, capital(v)) for k, v in rules.PROGRESS.items()],
        },
    }


def desk_questions(found: Sequence[Mapping[str, Any]], *, may_answer: bool) -> dict[str, Any]:
    """Every question, those without an answer first."""
    waiting = sum(q["outcome"] is None for q in found)
    rows = [question(q) | {"may_answer": may_answer and q["outcome"] is None} for q in found]
    outcomes = list(rules.OUTCOMES.items())
    return {
        "headline": f"{capital(count(waiting, 'question'))} {'waits' if waiting == 1 else 'wait'} for an answer",
        "rows": [r | {"outcomes": outcomes if r["kind"] == "request" else outcomes[:1]} for r in rows],
        "kinds": [(k, capital(v.removeprefix("a "))) for k, v in rules.KINDS.items()],
    }


def asked(typed: Typed, bodies: Mapping[str, Any], items: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed to ask."""
    kind = typed.choice("kind", rules.KINDS, "Choose a question or a request for information")
    body = typed.choice("body", ["", *bodies], "Choose whom the committee asks")
    item = typed.choice("item", ["", *items], "Choose the item, or none")
    words = typed.text("words", "Write what the committee asks", longest=LONGEST)
    return {"kind": kind, "words": words, "body": bodies.get(body), "item": items.get(item)}


def made(typed: Typed, bodies: Mapping[str, Any], items: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed to record a recommendation."""
    chosen = typed.choices("bodies", list(bodies))
    if not chosen:
        typed.problems["bodies"] = "Choose the bodies that it is made to"
    item = typed.choice("item", ["", *items], "Choose the item, or none")
    words = typed.text("words", "Write what the committee recommends", longest=LONGEST)
    made_on = typed.day("made_on", "Write the date of the committee’s report")
    return {"words": words, "bodies": [bodies[code] for code in chosen], "made_on": made_on, "item": items.get(item)}


def came(typed: Typed, ref: str, standings: Mapping[str, str]) -> dict[str, Any]:
    """What was typed of an answer or of how a recommendation stands; each field carries the reference."""
    return {
        "standing": typed.choice(f"standing-{ref}", standings, "Choose how it stands"),
        "words": typed.text(f"words-{ref}", "Write what was answered", longest=LONGEST),
        "came_on": typed.day(f"came-{ref}", "Write the day on which it came"),
    }
