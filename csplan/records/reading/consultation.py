"""A consultation as it stood at an instant: what is asked, how many answered, what was said."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from csplan.cycle import consultation as rules
from csplan.records import lookup, receipts
from csplan.records.models import Closing, ConsiderationReport, Consultation, Partnership, Response
from csplan.records.models.record import Viewer

#: Where an answer can come from.
SOURCES = ("web", "paper", "email", "meeting")
#: With fewer answers than this nothing is said of what they say: one person's could be told from the rest.
LEAST_ANSWERS = 10


def consultations(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every consultation that may be seen: open ones first, then the newest."""
    held = Consultation.objects.visible_to(viewer, at).filter(partnership=partnership).select_related("version__plan", "opening")
    lines = [about(c, at) for c in held]
    return sorted(lines, key=lambda c: (c["state"] != "open", -c["opens_on"].toordinal()))


def consultation(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One consultation under the keys of CONTRACT 3: consultation, responses, root_sha256, and its questions."""
    found = find(partnership, slug, viewer=viewer, at=at)
    closing = _closing(found, at)
    return {
        "consultation": about(found, at),
        "responses": responses(found, at),
        "root_sha256": closing.root_sha256 if closing else None,
        "questions": [_question(q) for q in found.questions.all()],
    }


def results(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What was said, once it is closed: how many chose what, and the consideration report.

    tallies : [{ref, words, family, answered, choices: [{choice, count}]}], without questions about the person; empty with `why`
    consideration : {summary, approved_at, is_example} once it is approved, else None
    """
    found = find(partnership, slug, viewer=viewer, at=at)
    said = consultation(partnership, slug, viewer=viewer, at=at)
    why = _why_no_tallies(said)
    report = ConsiderationReport.objects.visible_to(viewer, at).filter(consultation=found).first()
    return {
        **said,
        "tallies": [] if why else _tallies(found),
        "why": why,
        "consideration": {"summary": report.summary, "approved_at": report.approved_at, "is_example": report.is_example}
        if report
        else None,
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


def find(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> Consultation:
    """The consultation itself, for a page and for `actions.consultation.respond`."""
    held = Consultation.objects.visible_to(viewer, at).filter(partnership=partnership)
    return lookup.one(held.select_related("partnership", "version__plan", "opening"), f"consultation “{slug}”", slug=slug)


def about(row: Consultation, at: datetime) -> dict[str, Any]:
    """What a consultation is. `closes_at` is the last second in which an answer counts."""
    state = row.state(at)
    # Until it has opened, what is known is the day.
    opens_at = row.opens_at if state != "planned" else rules.opens_at(row.opens_on)
    return {
        "slug": row.slug,
        "title": row.title,
        "introduction": row.introduction,
        "state": state,
        "state_words": rules.STATES[state],
        "opens_at": opens_at,
        "closes_at": row.closes_at - timedelta(seconds=1),
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "window": rules.window_in_words(opens_at, row.closes_at, at),
        "notes": list(rules.notes_on_window(row.opens_on, row.closes_on)),
        "plan": {"slug": row.version.plan.slug, "title": row.version.plan.title, "version": row.version.number},
        "plan_version_sha256": row.opening.version_sha256 if state != "planned" else None,
        "sha256": row.opening.sha256 if state != "planned" else None,
        "write_to": row.write_to,
        "is_example": row.is_example,
    }


def responses(row: Consultation, at: datetime) -> dict[str, int]:
    """How many answers had come, and by which way."""
    by_source = Counter(Response.objects.filter(consultation=row, hour__lte=at).values_list("source", flat=True))
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
    }


def _why_no_tallies(said: dict[str, Any]) -> str | None:
    if said["consultation"]["state"] != "closed":
        return "What people said is shown once the consultation has closed."
    if said["responses"]["received"] == 0:
        return "No answers are held here."
    if said["responses"]["received"] < LEAST_ANSWERS:
        return f"Fewer than {LEAST_ANSWERS} people answered, so what each said could be guessed. The numbers are not shown."
    return None


def _tallies(row: Consultation) -> list[dict[str, Any]]:
    """How many chose each answer."""
    kept = list(row.responses.values_list("answers", flat=True))
    tallies = []
    for question in row.questions.exclude(family="about").exclude(kind="text"):
        chosen = Counter(answers[question.ref] for answers in kept if question.ref in answers)
        choices = [{"choice": choice, "count": chosen[choice]} for choice in question.rule.choices]
        tallies.append(
            {
                "ref": question.ref,
                "words": question.words,
                "family": question.family,
                "answered": chosen.total(),
                "choices": choices,
            }
        )
    return tallies
