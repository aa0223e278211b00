"""What stands around a version at an instant: its lock, equality assessment, consultations, scrutiny, and its history."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from csplan.cycle import calendar, clock, plan_states
from csplan.cycle import plan as rules
from csplan.records.models import Consultation, EqualityAssessment, Lock, Meeting, PlanVersion, ScrutinyItem
from csplan.records.models.record import Viewer
from csplan.records.reading import consultation, plan_events
from csplan.records.reading.plan_events import Event, event


def surroundings(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """lock, equality, consultations, scrutiny, board, versions and history of the plan of a version."""
    return {
        "lock": lock(version, viewer=viewer, at=at),
        "equality": equality(version, viewer=viewer, at=at),
        "consultations": [
            consultation.about(c, at) for c in Consultation.objects.visible_to(viewer, at).filter(version__plan=version.plan)
        ],
        "scrutiny": [item(i, at) for i in ScrutinyItem.objects.visible_to(viewer, at).filter(version__plan=version.plan)],
        "board": board(version, viewer=viewer, at=at),
        "versions": [_version(v, at) for v in _versions(version, viewer, at)],
        "history": history(version, viewer=viewer, at=at),
    }


def lock(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    """The lock on the priorities, in words, as the board last set it; None where it set none."""
    last = Lock.objects.visible_to(viewer, at).filter(plan=version.plan).order_by("-set_at").first()
    if last is None:
        return None
    on = clock.day_of(at)
    return {
        "from": last.starts_on,
        "to": last.ends_on,
        "waits_for": last.waits_for or None,
        "is_locked": rules.is_locked(last.rule, on),
        "words": rules.lock_in_words(last.rule, on),
    }


def equality(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    """How the equality impact assessment of the version stands; None where none has begun."""
    found = EqualityAssessment.objects.visible_to(viewer, at).filter(version=version).select_related("owner").first()
    if found is None:
        return None
    complete = found.completed_at is not None and found.completed_at <= at
    began = _began(found)
    started = calendar.in_words(clock.day_of(began))
    words = f"Begun on {started} and not complete yet."
    if complete:
        words = f"Begun on {started}, completed and signed on {calendar.in_words(clock.day_of(found.completed_at))}."
    return {
        "state": "complete" if complete else "under way",
        "words": words,
        "owner": found.owner.title,
        "started_at": began,
        "completed_at": found.completed_at if complete else None,
        "summary": found.summary if complete else None,
        "is_example": found.is_example,
    }


def _began(found: EqualityAssessment) -> datetime:
    """When an assessment began: that of a revised version goes on from the one of the version before."""
    before = found.version.revises
    if before is None or before.plan_id != found.version.plan_id:
        return found.started_at
    earlier = EqualityAssessment.objects.filter(version=before).first()
    return _began(earlier) if earlier else found.started_at


def board(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    """The board meeting that agreed the version, or the first one announced for after it was frozen and its consultation closed."""
    agreement = getattr(version, "agreement", None)
    if agreement is not None and agreement.agreed_at <= at:
        return {**meeting(agreement.meeting, at), "accepted": agreement.accepted}
    if not hasattr(version, "seal") or version.seal.sealed_at > at:
        return None
    announced = Meeting.objects.visible_to(viewer, at).filter(partnership=version.plan.partnership, group__kind="board")
    # Neither a board that meets while people are still asked, nor one whose day went by without agreement, is the one.
    first = max(version.may_be_decided_from(), clock.start_of(clock.day_of(at)))
    next_one = announced.filter(starts_at__gte=first).order_by("starts_at").first()
    return {**meeting(next_one, at), "accepted": {}} if next_one else None


def meeting(row: Meeting, at: datetime) -> dict[str, Any]:
    """A meeting: announced, or held with what was noted."""
    is_recorded = row.recorded_at is not None and row.recorded_at <= at
    return {
        "ref": row.ref,
        "title": row.title,
        "group": row.group.name,
        "on": clock.day_of(row.starts_at),
        "state": "held" if is_recorded else "announced",
        "was_quorate": row.was_quorate if is_recorded else None,
        "minute": row.minute if is_recorded else None,
        "is_example": row.is_example,
    }


def item(row: ScrutinyItem, at: datetime) -> dict[str, Any]:
    """An item before the scrutiny committee, with what the committee recommended once it has."""
    has_recommended = row.recommended_at is not None and row.recommended_at <= at
    return {
        "ref": row.ref,
        "title": row.title,
        "committee": row.meeting.group.name,
        "on": clock.day_of(row.meeting.starts_at),
        "plan": row.version.plan.slug,
        "version": row.version.number,
        "report_of": row.report_of.title,
        "body": row.report_of.body.name,
        "asked": row.asked,
        "comments_by": row.comments_by,
        "particulars": row.particulars,
        "implications": row.implications,
        "state": "considered" if has_recommended else "listed",
        "recommendation": row.recommendation if has_recommended else None,
        "is_example": row.is_example,
    }


def _versions(version: PlanVersion, viewer: Viewer, at: datetime) -> Any:
    return PlanVersion.objects.visible_to(viewer, at).filter(plan=version.plan).select_related("seal", "plan").order_by("number")


def _version(row: PlanVersion, at: datetime) -> dict[str, Any]:
    moments = row.moments()
    frozen = moments.frozen_at is not None and moments.frozen_at <= at
    return {
        "number": row.number,
        "state": plan_states.state(moments, at),
        "sha256": row.seal.sha256 if frozen else None,
        "frozen_at": moments.frozen_at if frozen else None,
    }


def history(version: PlanVersion, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """What happened, in order, a line each: `on` a day, or `in` a month where the day is not known; `address` under the partnership's."""
    return [line for moment, line in sorted(_history(version, viewer, at), key=lambda happened: happened[0]) if moment <= at]


def _history(version: PlanVersion, viewer: Viewer, at: datetime) -> Iterator[Event]:
    plan = version.plan
    if month := version.priorities_agreed_in:
        moment, line = event(clock.start_of(date.fromisoformat(f"{month}-01")), "The board agreed the priorities")
        yield moment, {**line, "on": None, "in": month}
    for row in _versions(version, viewer, at):
        yield from plan_events.of_version(row, viewer, at)
    for asked in Consultation.objects.visible_to(viewer, at).filter(version__plan=plan):
        yield from _consulted(asked, at)
    for before in ScrutinyItem.objects.visible_to(viewer, at).filter(version__plan=plan):
        words = f"The {before.meeting.group.name} considered the draft"
        yield event(before.meeting.starts_at, words, f"papers/{before.ref}/")
    for told in EqualityAssessment.objects.visible_to(viewer, at).filter(version__plan=plan):
        yield from _assessed(told)
    for lock in Lock.objects.visible_to(viewer, at).filter(plan=plan):
        words = f"The board locked the priorities until {calendar.in_words(lock.ends_on)}"
        yield event(lock.set_at, words, f"meetings/{lock.meeting.ref}/")
    yield from plan_events.of_plan(plan, viewer, at)


def _assessed(told: EqualityAssessment) -> Iterator[Event]:
    """The assessment of a revised version goes on from that of the one before, so that only the first begins."""
    address = f"equality/{told.version.plan.slug}--{told.version.number}/"
    if told.version.revises is None or told.version.revises.plan_id != told.version.plan_id:
        yield event(told.started_at, "The equality impact assessment began", address)
    if told.completed_at is not None:
        words = "The equality impact assessment was completed and signed"
        yield event(told.completed_at, words, address, is_example=told.is_example)


def _consulted(asked: Consultation, at: datetime) -> Iterator[Event]:
    address, state = f"consultations/{asked.slug}/", asked.state(at)
    if state != "planned":
        yield event(asked.opens_at, "The consultation opened", address)
    if state == "closed":
        yield event(asked.closes_at - timedelta(seconds=1), "Last day of the consultation", address)
    report = getattr(asked, "consideration_report", None)
    if report is not None:
        words = "The report on what people said was approved"
        yield event(report.approved_at, words, f"{address}results/", is_example=report.is_example)
