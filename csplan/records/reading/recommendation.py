"""What the scrutiny committee asked and recommended, and what was answered, as it stood at an instant."""

from datetime import date, datetime
from typing import Any

from csplan.cycle import clock
from csplan.cycle import scrutiny as rules
from csplan.records import lookup
from csplan.records.models import Body, Partnership, Recommendation, RecommendationResponse, ScrutinyQuestion
from csplan.records.models.record import Viewer


def recommendations(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every recommendation made by then: those without an answer first, the longest due at the top; then the newest."""
    held = _recommendations(partnership, viewer, at)
    lines = [about(r, viewer=viewer, at=at) for r in held]
    return sorted(lines, key=lambda r: (r["response"] is not None, r["respond_by"] if r["response"] is None else _newest(r)))


def _newest(line: dict[str, Any]) -> date:
    """Turns the order round: the newest first."""
    return date.fromordinal(date.max.toordinal() - line["made_on"].toordinal())


def about(row: Recommendation, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """A recommendation with its 28 days, the answer of the body, and how it stands.

    response : {standing, words, came_on}, None while none has come;  progress : the same for each later report, the newest last
    """
    said = RecommendationResponse.objects.visible_to(viewer, at).filter(recommendation=row)
    told = [
        {"kind": s.kind, "standing": s.standing, "words": s.words, "came_on": s.came_on, "is_example": s.is_example} for s in said
    ]
    response = next((t for t in told if t["kind"] == "response"), None)
    came_on, today = response["came_on"] if response else None, clock.day_of(at)
    return {
        "ref": row.ref,
        "words": row.words,
        "body": row.body.name,
        "body_code": row.body.code,
        "item": row.item.ref if row.item else None,
        "item_title": row.item.title if row.item else None,
        "made_on": row.made_on,
        "respond_by": row.respond_by,
        "response": response,
        "progress": [t for t in told if t["kind"] == "progress"],
        "is_overdue": rules.is_overdue(row.respond_by, came_on, today),
        "clock": rules.clock_in_words(row.respond_by, came_on, today),
        "is_example": row.is_example,
    }


def recommendation(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> Recommendation:
    """The recommendation of a reference."""
    found: Recommendation = lookup.one(_recommendations(partnership, viewer, at), f"recommendation “{ref}”", ref=ref)
    return found


def _recommendations(partnership: Partnership, viewer: Viewer, at: datetime) -> Any:
    held = Recommendation.objects.visible_to(viewer, at).filter(partnership=partnership)
    return held.select_related("body", "item", "partnership")


def questions(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every question and request by then: those without an answer first."""
    lines = [_question(q, at) for q in _questions(partnership, viewer, at)]
    return sorted(lines, key=lambda q: q["answer"] is not None)


def question(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> ScrutinyQuestion:
    """The question of a reference."""
    found: ScrutinyQuestion = lookup.one(_questions(partnership, viewer, at), f"question “{ref}”", ref=ref)
    return found


def _questions(partnership: Partnership, viewer: Viewer, at: datetime) -> Any:
    held = ScrutinyQuestion.objects.visible_to(viewer, at).filter(partnership=partnership)
    return held.select_related("body", "item", "partnership").order_by("-id")


def _question(row: ScrutinyQuestion, at: datetime) -> dict[str, Any]:
    answered = row.answered_at is not None and row.answered_at <= at
    return {
        "ref": row.ref,
        "kind": row.kind,
        "words": row.words,
        "of": row.body.name if row.body else row.partnership.name,
        "body_code": row.body.code if row.body else None,
        "item": row.item.ref if row.item else None,
        "asked_on": clock.day_of(row.asked_at),
        "outcome": row.outcome if answered else None,
        "answer": row.answer if answered else None,
        "answered_on": clock.day_of(row.answered_at) if answered and row.answered_at else None,
        "is_example": row.is_example,
    }


def bodies(partnership: Partnership, *, at: datetime) -> list[Body]:
    """The bodies of the day, by name: each may be asked and recommended to."""
    day = clock.day_of(at)
    held = Body.objects.filter(partnership=partnership, from_on__lte=day).order_by("name")
    return [b for b in held if b.to_on is None or day <= b.to_on]
