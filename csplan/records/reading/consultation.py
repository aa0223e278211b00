"""A consultation as it stood at an instant: what is asked, how many answered, what was said."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from csplan.cycle import consultation as rules
from csplan.records import lookup, receipts
from csplan.records.models import Closing, ConsiderationReport, Consultation, Partnership, Response
from csplan.records.models.record import Viewer
from csplan.records.reading import answering

#: Where an answer can come from.
SOURCES = ("web", "paper", "email", "meeting", "briefing")
#: With fewer answers than this nothing is said of what they say: one person's could be told from the rest.
LEAST_ANSWERS = 10


def consultations(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every consultation that may be seen: open ones first, then the newest. decided_at : when the report on it was approved"""
    held = Consultation.objects.visible_to(viewer, at).filter(partnership=partnership).select_related("version__plan", "opening")
    held = held.prefetch_related("extensions")
    approved = ConsiderationReport.objects.visible_to(viewer, at).filter(consultation__in=held)
    decided = dict(approved.values_list("consultation_id", "approved_at"))
    lines = [{**about(c, at), "decided_at": decided.get(c.pk)} for c in held]
    return sorted(lines, key=lambda c: (c["state"] != "open", -c["opens_on"].toordinal()))


def consultation(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One consultation under the keys of CONTRACT 3: consultation, responses, root_sha256, its questions, and what is around them."""
    found = find(partnership, slug, viewer=viewer, at=at)
    closing = _closing(found, at)
    return {
        "consultation": about(found, at),
        "responses": responses(found, at),
        "root_sha256": closing.root_sha256 if closing else None,
        "questions": [_question(q) for q in found.questions.all()],
        **answering.around(found, viewer=viewer, at=at),
    }


def receipt(partnership: Partnership, slug: str, code: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Whether the answer of a receipt is held: {is_held, hour, is_counted, words}. What it says is not shown to anyone."""
    found = find(partnership, slug, viewer=viewer, at=at)
    held = Response.objects.filter(consultation=found, receipt_sha256=receipts.fingerprint(code), hour__lte=at).first()
    if held is None:
        words = "No answer to this consultation has that receipt. Check the letters: there are sixteen, in four groups."
        return {"is_held": False, "hour": None, "is_counted": False, "words": words}
    is_counted = _closing(found, at) is not None
    words = "Your answer is held" + (" and was counted when the consultation closed." if is_counted else ", once and whole.")
    return {"is_held": True, "hour": held.hour, "is_counted": is_counted, "words": words}


def asked(row: Consultation, language: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What a form asks: {consultation, questions, language, languages} in a language of its own, or as it was first written."""
    told = answering.translation(row, language, viewer=viewer, at=at) if language else None
    questions = [_question(q) for q in row.questions.all()]
    languages = answering.languages(row, viewer=viewer, at=at)
    return answering.translated({"consultation": about(row, at), "questions": questions, "languages": languages}, told)


def find(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> Consultation:
    """The consultation itself, for a page and for `actions.answer.respond`."""
    held = Consultation.objects.visible_to(viewer, at).filter(partnership=partnership)
    # Asked for once: a form and its sending each read the questions and the last day several times.
    around = held.select_related("partnership", "version__plan", "opening").prefetch_related("extensions", "questions")
    return lookup.one(around, f"consultation “{slug}”", slug=slug)


def about(row: Consultation, at: datetime) -> dict[str, Any]:
    """What a consultation is. `closes_at` is the last second in which an answer counts."""
    state = row.state(at)
    # Until it has opened, what is known is the day.
    opens_at = row.opens_at if state != "planned" else rules.opens_at(row.opens_on)
    closes_at = rules.closes_at(row.last_day(at))
    return {
        "slug": row.slug,
        "title": row.title,
        "introduction": row.introduction,
        "why": row.why,
        "can_change": row.can_change,
        "state": state,
        "state_words": rules.STATES[state],
        "opens_at": opens_at,
        "closes_at": closes_at - timedelta(seconds=1),
        "opens_on": row.opens_on,
        "closes_on": row.last_day(at),
        "window": rules.window_in_words(opens_at, closes_at, at),
        "notes": list(rules.notes_on_window(row.opens_on, row.last_day(at))),
        "plan": {"slug": row.version.plan.slug, "title": row.version.plan.title, "version": row.version.number},
        "plan_version_sha256": row.opening.version_sha256 if state != "planned" else None,
        "sha256": row.opening.sha256 if state != "planned" else None,
        "write_to": row.write_to,
        "is_example": row.is_example,
    }


def responses(row: Consultation, at: datetime) -> dict[str, int]:
    """How many answers had come, and by which way."""
    came = Response.objects.filter(consultation=row, hour__lte=at).order_by().values_list("source")
    by_source = Counter(dict(came.annotate(n=Count("id"))))
    return {"received": by_source.total(), **{source: by_source[source] for source in SOURCES}}


def _closing(row: Consultation, at: datetime) -> Closing | None:
    return Closing.objects.filter(consultation=row, closed_at__lte=at).first()


def _question(row: Any) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "number": row.number,
        "kind": row.kind,
        "family": row.family,
        "words": row.words,
        "hint": row.hint,
        "choices": list(row.rule.choices),
        "is_needed": row.is_needed,
        "only_if": row.only_if or None,
        "clause": row.clause or None,
    }
