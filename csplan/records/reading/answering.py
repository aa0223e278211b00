"""What stands around the form of a consultation: documents, later closing days, languages, meetings, and the draft to comment on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from csplan.cycle import plan_text
from csplan.records import plan_rows
from csplan.records.models import (
    Consultation,
    ConsultationDocument,
    ConsultationTranslation,
    EarlierConsultation,
    Engagement,
    Extension,
    Partnership,
)
from csplan.records.models.record import Viewer
from csplan.statistics.rates import proportion


def around(row: Consultation, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """{documents: [{kind, title, url}], extensions: [{closes_on, reason, publicised, extended_at}], languages: [{language, name}],
    gatherings: [{title, place, starts_at, is_over, is_example}]} as they were known at an instant."""
    documents = ConsultationDocument.objects.visible_to(viewer, at).filter(consultation=row)
    extensions = Extension.objects.visible_to(viewer, at).filter(consultation=row)
    meetings = Engagement.objects.visible_to(viewer, at).filter(consultation=row)
    return {
        "documents": [{"kind": d.kind, "title": d.title, "url": d.url} for d in documents if _leads_to_a_page(d.url)],
        "extensions": [
            {"closes_on": e.closes_on, "reason": e.reason, "publicised": e.publicised, "extended_at": e.extended_at}
            for e in extensions
        ],
        "languages": languages(row, viewer=viewer, at=at),
        "gatherings": [
            {
                "title": m.title,
                "place": m.place,
                "starts_at": m.starts_at,
                "is_over": m.starts_at <= at,
                "is_example": m.is_example,
            }
            for m in meetings
        ],
    }


def _leads_to_a_page(url: str) -> bool:
    """An address of this site, or a whole https address: nothing that a browser would run."""
    return url.startswith("https://") or (url.startswith("/") and not url.startswith(("//", "/\\")))


def languages(row: Consultation, *, viewer: Viewer, at: datetime) -> list[dict[str, str]]:
    """[{language, name}] in which it may be read and answered beside the first."""
    held = ConsultationTranslation.objects.visible_to(viewer, at).filter(consultation=row)
    return [{"language": t.language, "name": t.name} for t in held]


def translation(row: Consultation, language: str, *, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    """{language, name, words} of one language or of easy read; None for the words as they were first written."""
    held = ConsultationTranslation.objects.visible_to(viewer, at).filter(consultation=row, language=language).first()
    return {"language": held.language, "name": held.name, "words": held.words} if held else None


def translated(found: Mapping[str, Any], told: Mapping[str, Any] | None) -> dict[str, Any]:
    """A consultation, of `reading.consultation.consultation`, in the words of a translation; what that leaves out stays.

    Each question has `labels`: what is shown for each of its choices, which stay in the first language. `language`, or None.
    """
    words = told["words"] if told else {}
    shown = {key: words[key] for key in ("title", "introduction", "why", "can_change") if words.get(key)}
    said = words.get("questions", {})
    return {
        **found,
        "consultation": {**found["consultation"], **shown},
        "questions": [_question(q, said.get(q["ref"], {})) for q in found["questions"]],
        "language": told["language"] if told else None,
    }


def _question(q: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    offered = words.get("options") or []
    labels = offered if len(offered) == len(q["choices"]) else q["choices"]
    return {**q, "words": words.get("words") or q["words"], "hint": words.get("hint") or q["hint"], "labels": list(labels)}


def draft(row: Consultation) -> dict[str, dict[str, Any]]:
    """{address: fields of the clause} of the version that is asked about, in the order in which it is read."""
    return plan_text.clauses(plan_rows.document(row.version))


def earlier(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Published results of consultations that were held elsewhere or earlier, newest first."""
    held = EarlierConsultation.objects.visible_to(viewer, at).filter(partnership=partnership)
    return [
        {
            "slug": e.slug,
            "title": e.title,
            "opened_on": e.opened_on,
            "closed_on": e.closed_on,
            "received": e.received,
            "figures": [{**f, "interval": _interval(f, e.received)} for f in e.figures],
            "outcome": e.outcome,
            "source": e.source,
            "source_url": e.source_url,
        }
        for e in held
    ]


def _interval(figure: Mapping[str, Any], received: int | None) -> dict[str, float] | None:
    """The 95% interval of one published per cent of so many answers, worked out here: {low, high} in per cent; None for a range."""
    if received is None or figure["low"] != figure["high"]:
        return None
    found = proportion(round(figure["low"] / 100 * received), received)
    return {"low": 100 * found.low, "high": 100 * found.high}
