"""What stands around a version at an instant: its lock, equality assessment, consultations, scrutiny, and its history."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from csplan.cycle import calendar, clock
from csplan.cycle import plan as rules
from csplan.records.models import Consultation, EqualityAssessment, Lock, Meeting, PlanVersion, ScrutinyItem
from csplan.records.models.record import Viewer
from csplan.records.reading import consultation


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
        "history": sorted(_history(version, viewer, at), key=lambda event: str(event["on"] or event["in"])),
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
    started = calendar.in_words(clock.day_of(found.started_at))
    words = f"Begun on {started} and not complete yet."
    if complete:
        words = f"Begun on {started}, completed and signed on {calendar.in_words(clock.day_of(found.completed_at))}."
    return {
        "state": "complete" if complete else "under way",
        "words": words,
        "owner": found.owner.title,
        "started_at": found.started_at,
        "completed_at": found.completed_at if complete else None,
        "summary": found.summary if complete else None,
        "is_example": found.is_example,
    }


def board(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    """The board meeting that agreed the version, or the next one announced after it was frozen; None where there is none."""
    agreement = getattr(version, "agreement", None)
    if agreement is not None and agreement.agreed_at <= at:
        return {**meeting(agreement.meeting, at), "accepted": agreement.accepted}
    if not hasattr(version, "seal") or version.seal.sealed_at > at:
        return None
    announced = Meeting.objects.visible_to(viewer, at).filter(partnership=version.plan.partnership, group__kind="board")
    next_one = announced.filter(starts_at__gte=version.seal.sealed_at).order_by("starts_at").first()
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
        "state": rules.state(moments, at),
        "sha256": row.seal.sha256 if frozen else None,
        "frozen_at": moments.frozen_at if frozen else None,
    }


def _history(version: PlanVersion, viewer: Viewer, at: datetime) -> Iterator[dict[str, Any]]:
    """What happened, a line each: `on` a day, or `in` a month where the day is not known; `address` under the partnership's."""
    plan = version.plan
    if version.priorities_agreed_in:
        yield {**_line(version.drafted_at, "The board agreed the priorities"), "on": None, "in": version.priorities_agreed_in}
    for row in _versions(version, viewer, at):
        moments, address = row.moments(), f"plans/{plan.slug}/versions/{row.number}/"
        steps = (
            (moments.frozen_at, f"Version {row.number} was frozen for consultation"),
            (moments.agreed_at, f"The board agreed version {row.number}"),
            (moments.published_at, f"Version {row.number} was published"),
        )
        yield from (_line(moment, words, address) for moment, words in steps if moment and moment <= at)
    for asked in Consultation.objects.visible_to(viewer, at).filter(version__plan=plan):
        yield from _consulted(asked, at)
    for before in ScrutinyItem.objects.visible_to(viewer, at).filter(version__plan=plan, meeting__starts_at__lte=at):
        words = f"The {before.meeting.group.name} considered the draft"
        yield _line(before.meeting.starts_at, words, f"papers/{before.ref}/")
    for told in EqualityAssessment.objects.visible_to(viewer, at).filter(version__plan=plan):
        yield _line(told.started_at, "The equality impact assessment began")
        if told.completed_at is not None and told.completed_at <= at:
            yield _line(told.completed_at, "The equality impact assessment was completed and signed", is_example=told.is_example)
    for lock in Lock.objects.visible_to(viewer, at).filter(plan=plan):
        yield _line(lock.set_at, f"The board locked the priorities until {calendar.in_words(lock.ends_on)}")


def _consulted(asked: Consultation, at: datetime) -> Iterator[dict[str, Any]]:
    address, state = f"consultations/{asked.slug}/", asked.state(at)
    if state != "planned":
        yield _line(asked.opens_at, "The consultation opened", address)
    if state == "closed":
        yield _line(asked.closes_at - timedelta(seconds=1), "Last day of the consultation", address)
    report = getattr(asked, "consideration_report", None)
    if report is not None and report.approved_at <= at:
        words = "The report on what people said was approved"
        yield _line(report.approved_at, words, f"{address}results/", is_example=report.is_example)


def _line(moment: datetime, words: str, address: str | None = None, *, is_example: bool = False) -> dict[str, Any]:
    return {"on": clock.day_of(moment), "in": None, "words": words, "address": address, "is_example": is_example}
