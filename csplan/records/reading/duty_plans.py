"""The facts of the law that stand in plans and consultations: versions with their days, what people were asked, and equality."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from csplan.cycle import clock, consultation
from csplan.cycle.duty_facts import AlignmentHeld, ConsultationHeld, EqualityHeld, Evidence, PlanHeld, ReviewHeld
from csplan.records.models import Comment, Consultation, Meeting, Partnership, PlanVersion, Review
from csplan.records.models.record import Viewer

POLICING = "local policing body"
#: Who reads and as at when; None for an action, which sees drafts too.
SeenBy = tuple[Viewer, datetime] | None


def plans(partnership: Partnership, home: str, seen_by: SeenBy) -> tuple[PlanHeld, ...]:
    """Every frozen version that may be seen, with its days."""
    boards = list(Meeting.objects.filter(partnership=partnership, group__kind="board").order_by("starts_at"))
    authorities = set(partnership.bodies.filter(category="responsible authority").values_list("name", flat=True))
    return tuple(_plan(v, home, boards, authorities, seen_by) for v in _versions(partnership, seen_by))


def _seen(model: Any, seen_by: SeenBy) -> Any:
    return model.objects.all() if seen_by is None else model.objects.visible_to(*seen_by)


def _versions(partnership: Partnership, seen_by: SeenBy) -> list[PlanVersion]:
    held = _seen(PlanVersion, seen_by).filter(plan__partnership=partnership, seal__isnull=False)
    around = ("plan", "seal", "agreement__meeting", "publication", "withdrawal", "plan__closing", "equality_assessment")
    rows = ("priorities", "sections", "alignments", "deliverables", "dispatches__body", "consultations__opening")
    return list(held.select_related(*around).prefetch_related(*rows))


def _plan(version: PlanVersion, home: str, boards: list[Meeting], authorities: set[str], seen_by: SeenBy) -> PlanHeld:
    plan = version.plan
    meets, announced = _board(version, boards)
    sent = [d.dispatched_at for d in version.dispatches.all() if d.body.category == POLICING]
    return PlanHeld(
        title=plan.title,
        from_on=plan.starts_on,
        to_on=plan.ends_on,
        frozen_on=clock.day_of(version.seal.sealed_at),
        agreed_on=_day(version, "agreement", "agreed_at"),
        published_on=_day(version, "publication", "published_at"),
        board_meets_on=meets,
        board_announced_on=announced,
        limbs=_limbs(version),
        evidence=Evidence(f"{plan.title}, version {version.number}", f"{home}plans/{plan.slug}/"),
        plan=plan.slug,
        number=version.number,
        alignments=tuple(AlignmentHeld(a.kind, a.title, _says_how(a)) for a in version.alignments.all()),
        sections=_sections(version),
        deliverables=len(version.deliverables.all()),
        helpers=_helpers(version, authorities),
        dispatched_on=clock.day_of(min(sent)) if sent else None,
        stopped_on=_day(version, "withdrawal", "withdrawn_at") or _day(plan, "closing", "closed_at"),
        reviews=tuple(_review(r) for r in _seen(Review, seen_by).filter(plan=plan)),
    )


def _day(row: Any, name: str, moment: str) -> date | None:
    """The London day of a moment in a row that may not be there."""
    found = getattr(row, name, None)
    return clock.day_of(getattr(found, moment)) if found is not None else None


def _limbs(version: PlanVersion) -> dict[str, tuple[str, ...]]:
    limbs: dict[str, tuple[str, ...]] = {}
    for priority in version.priorities.all():
        for letter in priority.limbs:
            limbs[letter] = (*limbs.get(letter, ()), priority.ref)
    return limbs


def _says_how(alignment: Any) -> bool:
    """Whether it says what in the plan delivers it, or why."""
    return any(alignment.delivers.values()) or bool(alignment.note.strip())


def _sections(version: PlanVersion) -> frozenset[str] | None:
    """Sections that hold words; None where the version has no section at all, so that its text is kept elsewhere."""
    rows = list(version.sections.all())
    return frozenset(s.ref for s in rows if s.words.strip()) if rows else None


def _helpers(version: PlanVersion, authorities: set[str]) -> tuple[str, ...]:
    """Who contributes to deliverables besides the authorities, each once, in the order of the plan."""
    named = (name for d in version.deliverables.all() for name in d.contributors)
    return tuple(dict.fromkeys(name for name in named if name not in authorities))


def _board(version: PlanVersion, boards: list[Meeting]) -> tuple[date | None, date | None]:
    """(day, day of its announcement) of the board that a version was, or is to be, taken to; Nones when none is announced."""
    agreement = getattr(version, "agreement", None)
    first = version.may_be_decided_from()
    later = (m for m in boards if m.starts_at >= first)
    found = agreement.meeting if agreement is not None else next(later, None)
    return (clock.day_of(found.starts_at), clock.day_of(found.announced_at)) if found else (None, None)


def _review(row: Review) -> ReviewHeld:
    return ReviewHeld(clock.day_of(row.begun_at), clock.day_of(row.completed_at) if row.completed_at else None)


def consultations(partnership: Partnership, home: str, seen_by: SeenBy) -> tuple[ConsultationHeld, ...]:
    """Every consultation that was opened, with what was decided on its plan as far as that may be seen."""
    held = Consultation.objects.filter(partnership=partnership, opening__isnull=False)
    around = held.select_related("version__plan", "version__seal", "opening", "consideration_report").prefetch_related(
        "questions"
    )
    versions = _versions(partnership, seen_by)
    comments = list(Comment.objects.filter(version__plan__partnership=partnership, came_by="consultation"))
    return tuple(_consultation(c, home, versions, comments) for c in around)


def _consultation(asked: Consultation, home: str, versions: list[PlanVersion], comments: list[Comment]) -> ConsultationHeld:
    families = frozenset(q.family for q in asked.questions.all()) & frozenset(consultation.FAMILIES)
    considered = _day(asked, "consideration_report", "approved_at")
    plan = [v for v in versions if v.plan_id == asked.version.plan_id]
    agreed = [_day(v, "agreement", "agreed_at") for v in plan if v.number >= asked.version.number]
    came = [c for c in comments if c.came_with == asked.slug]
    return ConsultationHeld(
        asked.title,
        asked.opens_on,
        asked.closes_on,
        families,
        Evidence(asked.title, f"{home}consultations/{asked.slug}/"),
        draft_frozen_on=_day(asked.version, "seal", "sealed_at"),
        priorities_agreed_in=asked.version.priorities_agreed_in,
        considered_on=considered,
        feedback_on=considered,  # an approved report stands on the page of results
        decided_on=min((d for d in agreed if d), default=None),
        decisions=tuple(clock.day_of(c.decided_at) if c.decided_at else None for c in came) or None,
        equality=tuple(_equality(plan, home)),
    )


def _equality(versions: Iterable[PlanVersion], home: str) -> Iterable[EqualityHeld]:
    """The assessments of a plan's versions. One can be read by everyone from when it is complete and its version is public."""
    for version in versions:
        row = getattr(version, "equality_assessment", None)
        if row is None:
            continue
        completed = clock.day_of(row.completed_at) if row.completed_at else None
        public = _public_on(version)
        yield EqualityHeld(
            started_on=clock.day_of(row.started_at),
            completed_on=completed,
            evidence=Evidence(
                f"Equality impact assessment of {version}", f"{home}equality/{version.plan.slug}--{version.number}/"
            ),
            published_on=max(completed, public) if completed and public else None,
        )


def _public_on(version: PlanVersion) -> date | None:
    """The first day on which everyone may read a version: consulted on, or published."""
    opened = [c.opening.opened_at for c in version.consultations.all() if hasattr(c, "opening")]
    published = [version.publication.published_at] if hasattr(version, "publication") else []
    return clock.day_of(min([*opened, *published])) if opened or published else None
