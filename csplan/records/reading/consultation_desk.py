"""Consultations as those who prepare them see them: what is written so far, what the checker says, and what may be asked about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from csplan.cycle import consultation as rules
from csplan.cycle import consultation_draft, plan_text, roles
from csplan.cycle.consultation_checks import Facts, Note, notes
from csplan.records import plan_rows
from csplan.records.actions import consultation as actions
from csplan.records.models import Consultation, EqualityAssessment, Membership, Partnership, PlanVersion
from csplan.records.models.record import Viewer

#: Fields of `Consultation` that are written at the desk.
WORDS = ("title", "introduction", "why", "can_change", "opens_on", "closes_on", "write_to", "alert_email", "is_coded_twice")
QUESTION = ("ref", "kind", "family", "words", "hint", "options", "is_needed", "only_if", "characteristic", "clause")


def draft(row: Consultation) -> dict[str, Any]:
    """What is written so far, as `actions.consultation.describe` takes it."""
    return {
        **{name: getattr(row, name) for name in WORDS},
        "slug": row.slug,
        "alerts_to": row.alerts_to,
        "questions": [{name: getattr(q, name) for name in QUESTION} for q in row.questions.all()],
        "documents": [{"kind": d.kind, "title": d.title, "url": d.url} for d in row.documents.all()],
        "translations": [{"language": t.language, "name": t.name, "words": t.words} for t in row.translations.all()],
    }


def template(name: str, version: PlanVersion, held: Sequence[Consultation]) -> list[dict[str, Any]]:
    """The questions to begin with, for a version: of a template, or `like-SLUG` for those of another consultation.

    A question about a priority that the version does not have, or calls otherwise, is left out; the others keep their clause
    where the version has it.
    """
    priorities = [(p.ref, p.title) for p in version.priorities.all()]
    like = next((c for c in held if f"{consultation_draft.LIKE}{c.slug}" == name), None)
    if like is None:
        return consultation_draft.template(name, priorities)
    there, same = plan_text.clauses(plan_rows.document(version)), dict(priorities)
    was = {p.ref: p.title for p in like.version.priorities.all()}
    out = list[dict[str, Any]]()
    for q in draft(like)["questions"]:
        # Questions that were not tied to a clause are told by their reference, such as priority-2.
        kind, _, ref = (q["clause"] or q["ref"].replace("-", "/", 1)).partition("/")
        if kind == "priority" and same.get(ref) != was.get(ref):
            continue
        out.append({**q, "clause": q["clause"] if q["clause"] in there else ""})
    left = {q["ref"] for q in out}
    return [q for q in out if not q["only_if"] or q["only_if"]["question"] in left]


def checks(row: Consultation) -> tuple[Note, ...]:
    """Everything the checker says of it as it is written now."""
    return notes(
        Facts(
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            questions=[q.rule for q in row.questions.all()],
            documents=frozenset(row.documents.values_list("kind", flat=True)),
            why=row.why,
            can_change=row.can_change,
            is_frozen=hasattr(row.version, "seal"),
            is_example=row.is_example,
            equality_started=EqualityAssessment.objects.filter(version=row.version).exists(),
            is_checked=hasattr(row, "opening") or actions.is_checked(row),
            has_alerts=row.alerts_to is not None,
            languages=frozenset(row.translations.values_list("language", flat=True)),
            priorities_agreed_in=row.version.priorities_agreed_in or "",
        )
    )


def consultations(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Consultation]:
    """Every consultation that an officer may see, those that are planned or open first."""
    held = Consultation.objects.visible_to(viewer, at).filter(partnership=partnership)
    order = {"planned": 0, "open": 1, "closed": 2}
    found = held.select_related("version__plan", "opening").prefetch_related("extensions")
    return sorted(found, key=lambda c: (order[c.state(at)], -c.opens_on.toordinal()))


def versions(partnership: Partnership, *, viewer: Viewer, at: datetime) -> dict[str, PlanVersion]:
    """{reference: version} of what may be asked about: not withdrawn and not agreed yet, and what is in force; the newest first."""
    held = PlanVersion.objects.visible_to(viewer, at).filter(plan__partnership=partnership, withdrawal__isnull=True)
    return {v.ref: v for v in held.select_related("plan").order_by("-drafted_at")}


def may_be_alerted(partnership: Partnership, *, at: datetime) -> dict[str, User]:
    """{username: person} of those who may read answers as they were written."""
    held = Membership.objects.standing(at).filter(partnership=partnership, role__in=roles.ACTIONS["alert.see"])
    people = [m.user for m in held.select_related("user").order_by("user__username")]
    return {p.get_username(): p for p in people}


def in_words(row: Consultation, at: datetime) -> str:
    """State and days in a sentence."""
    state = row.state(at)
    opens = row.opens_at if state != "planned" else rules.opens_at(row.opens_on)
    return rules.window_in_words(opens, rules.closes_at(row.last_day(at)), at)
