"""Answers that did not come by the site: the letters that were brought in, and what waits for a second person's check."""

from datetime import datetime
from typing import Any

from django.db.models import Count

from csplan.cycle import answer_parts, clock
from csplan.records import lookup
from csplan.records.actions.answer import ENTERED
from csplan.records.models import Consultation, Letter, Response
from csplan.records.models.record import Viewer
from csplan.records.reading import understanding


def letters(consultation: Consultation, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every letter that the viewer may open, the newest first: {key, name, came_on, kept_on, is_own, answers}."""
    held = Letter.objects.visible_to(viewer, at).filter(consultation=consultation)
    # The file itself is not fetched for a list.
    rows = held.defer("content", "text").annotate(answers=Count("responses")).order_by("-id")
    return [
        {
            "key": row.pk,
            "name": row.name,
            "came_on": row.came_on,
            "kept_on": clock.day_of(row.kept_at),
            "is_own": viewer is not None and row.kept_by_id == viewer.pk,
            "answers": row.answers,
        }
        for row in rows
    ]


def letter(consultation: Consultation, key: str, *, viewer: Viewer, at: datetime) -> Letter:
    """The letter that an address or a form names."""
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0
    held = Letter.objects.visible_to(viewer, at).filter(consultation=consultation)
    found: Letter = lookup.one(held.select_related("consultation__partnership"), "letter", pk=number)
    return found


def entered(consultation: Consultation, *, viewer: Viewer, at: datetime | None = None) -> dict[str, Any]:
    """What officers entered: {waiting: [{key, source, received_on, is_own, has_letter}], checked: number}. What it says is not in it.

    What is set aside waits for nothing.
    """
    aside = understanding.set_aside(consultation, at)
    rows = Response.objects.filter(consultation=consultation, entered_by__isnull=False).select_related("entry_check")
    rows = rows.filter(hour__lte=at) if at else rows
    waiting, checked = [], 0
    for row in rows.order_by("received_on", "id"):
        check = getattr(row, "entry_check", None)
        if check is not None and (at is None or check.checked_at <= at):
            checked += 1
        elif row.pk not in aside:
            waiting.append(
                {
                    "key": row.pk,
                    "source": ENTERED[row.source],
                    "received_on": row.received_on,
                    "is_own": viewer is not None and row.entered_by_id == viewer.pk,
                    "has_letter": row.letter_id is not None,
                }
            )
    return {"waiting": waiting, "checked": checked}


def said(response: Response) -> list[tuple[str, str]]:
    """(question, what was answered) as it was entered, unmasked: for who may read it."""
    return answer_parts.said([q.rule for q in response.consultation.questions.all()], response.answers)
