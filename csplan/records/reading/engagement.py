"""Whom the partnership means to hear, where it met people, and what was said, as it stood at an instant."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from csplan.cycle import clock, equality
from csplan.cycle import engagement as rules
from csplan.records import lookup
from csplan.records.models import Body, Consultation, Engagement, Partnership, Stakeholder
from csplan.records.models.record import Viewer

#: The bodies whose senior people a public meeting needs: those of this category.
RESPONSIBLE = "responsible authority"


def stakeholders(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every group on the map, by name: {slug, name, why, characteristics (in words), is_affected, is_example}."""
    return [
        {
            "slug": s.slug,
            "name": s.name,
            "why": s.why,
            "characteristics": [equality.CHARACTERISTICS[c] for c in s.characteristics if c in equality.CHARACTERISTICS],
            "is_affected": s.is_affected,
            "is_example": s.is_example,
        }
        for s in rows(partnership, viewer=viewer, at=at)
    ]


def rows(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Stakeholder]:
    """The groups themselves, for a form."""
    return list(Stakeholder.objects.visible_to(viewer, at).filter(partnership=partnership))


def engagements(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every event that was announced by then, the earliest first. What came of it is there once it was recorded by then."""
    names = {s.slug: s.name for s in rows(partnership, viewer=viewer, at=at)}
    bodies = dict(Body.objects.filter(partnership=partnership).values_list("code", "name"))
    return [_about(e, names, bodies, viewer, at) for e in _held(partnership, viewer, at)]


def find(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> Engagement:
    """The event of a reference."""
    found: Engagement = lookup.one(_held(partnership, viewer, at), f"engagement “{ref}”", ref=ref)
    return found


def reached(
    partnership: Partnership, consultation: Consultation, viewer: Viewer, at: datetime
) -> dict[str, list[dict[str, Any]]]:
    """Which groups of the map the recorded events of a consultation reached: {reached, not_reached}, lines as `stakeholders` gives.

    reached : someone of the group came;  not_reached : on the map, and nobody is recorded as having come
    """
    held = [e for e in _held(partnership, viewer, at).filter(consultation=consultation) if e.recorded_at and e.recorded_at <= at]
    came, _ = rules.split({e.ref: e.invited for e in held}, {e.ref: e.came for e in held})
    lines = stakeholders(partnership, viewer=viewer, at=at)
    return {"reached": [s for s in lines if s["slug"] in came], "not_reached": [s for s in lines if s["slug"] not in came]}


def public_meeting(partnership: Partnership, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Whether the yearly public meeting was held: {is_held, words, source, is_example}."""
    held = [e for e in _held(partnership, viewer, at).filter(kind="public-meeting") if e.recorded_at and e.recorded_at <= at]
    told = [rules.Held(e.title, clock.day_of(e.starts_at), frozenset(e.bodies), bool(e.notice), bool(e.said)) for e in held]
    is_held, words = rules.this_year(told, authorities(partnership, at=at), clock.day_of(at))
    return {"is_held": is_held, "words": words, "source": rules.SOURCE, "is_example": any(e.is_example for e in held)}


def authorities(partnership: Partnership, *, at: datetime) -> dict[str, str]:
    """Code -> name of the responsible authorities of the day."""
    return {b.code: b.name for b in bodies(partnership, at=at) if b.category == RESPONSIBLE}


def bodies(partnership: Partnership, *, at: datetime) -> list[Body]:
    """The bodies that take part on the day."""
    day = clock.day_of(at)
    still = Q(to_on=None) | Q(to_on__gte=day)
    return list(Body.objects.filter(still, partnership=partnership, from_on__lte=day))


def consultations(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Consultation]:
    """The consultations that an event may serve, the newest first."""
    return list(Consultation.objects.visible_to(viewer, at).filter(partnership=partnership).order_by("-opens_on"))


def _held(partnership: Partnership, viewer: Viewer, at: datetime) -> Any:
    return Engagement.objects.visible_to(viewer, at).filter(partnership=partnership).select_related("consultation", "partnership")


def _about(row: Engagement, names: dict[str, str], bodies: dict[str, str], viewer: Viewer, at: datetime) -> dict[str, Any]:
    is_recorded = row.recorded_at is not None and row.recorded_at <= at
    asked = row.consultation if row.consultation_id and _may_read(row.consultation_id, viewer, at) else None
    return {
        "ref": row.ref,
        "kind": row.kind,
        "kind_words": rules.KINDS[row.kind],
        "title": row.title,
        "place": row.place,
        "starts_at": row.starts_at,
        "notice": row.notice or None,
        "invited": [names.get(slug, slug) for slug in row.invited],
        "consultation": asked.slug if asked else None,
        "consultation_title": asked.title if asked else None,
        "is_recorded": is_recorded,
        "came": {names.get(slug, slug): n for slug, n in row.came.items()} if is_recorded else None,
        "others": row.others if is_recorded else None,
        "bodies": [bodies.get(code, code) for code in row.bodies] if is_recorded else None,
        "said": row.said if is_recorded else None,
        "is_example": row.is_example,
    }


def _may_read(consultation: int, viewer: Viewer, at: datetime) -> bool:
    return bool(Consultation.objects.visible_to(viewer, at).filter(pk=consultation).exists())
