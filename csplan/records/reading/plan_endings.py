"""How a plan goes on and ends: what it follows, what follows it, its yearly reviews, and what became of the priorities it left out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from csplan.cycle import clock
from csplan.cycle import plan_refresh as refresh_rules
from csplan.cycle import plan_review as review_rules
from csplan.records import lookup
from csplan.records.models import ClosingRecord, Plan, PlanClosing, PlanVersion, Review
from csplan.records.models.record import Viewer


def endings(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """revises (the version it was written from), follows, followed_by, reviews, closings (of priorities of the plan before), closing."""
    plan = version.plan
    seen = Plan.objects.visible_to(viewer, at)
    before = seen.filter(pk=plan.refreshes_id).first()
    return {
        "revises": revised(version, viewer, at),
        "follows": _named(before) if before else None,
        "followed_by": [_named(p) for p in seen.filter(refreshes=plan).order_by("starts_on", "slug")],
        "reviews": [review(r, at) for r in Review.objects.visible_to(viewer, at).filter(plan=plan).order_by("year")],
        "closings": [closing_record(c) for c in _records(viewer, at).filter(version=version)],
        "closing": _closing(plan, viewer, at),
    }


def revised(version: PlanVersion, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    """The version that this one was written from: of this plan, or of the one that it follows; None where it may not be seen."""
    row = PlanVersion.objects.visible_to(viewer, at).filter(pk=version.revises_id).select_related("plan").first()
    return {"slug": row.plan.slug, "title": row.plan.title, "number": row.number} if row else None


def _named(plan: Plan) -> dict[str, Any]:
    return {"slug": plan.slug, "title": plan.title, "is_example": plan.is_example}


def _records(viewer: Viewer, at: datetime) -> Any:
    return ClosingRecord.objects.visible_to(viewer, at).select_related("version__plan")


def _closing(plan: Plan, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    row = PlanClosing.objects.visible_to(viewer, at).filter(plan=plan).select_related("meeting").first()
    if row is None:
        return None
    return {
        "on": clock.day_of(row.closed_at),
        "reason": row.reason,
        "meeting": {"ref": row.meeting.ref, "title": row.meeting.title},
    }


def closing_record(row: ClosingRecord) -> dict[str, Any]:
    """What became of a priority that a refresh left out: what was claimed of it, on what evidence, how it is graded, and the lesson."""
    return {
        "ref": row.ref,
        "title": row.title,
        "outcome": row.outcome,
        "outcome_words": refresh_rules.OUTCOMES[row.outcome][0],
        "into": row.into or None,
        "claimed": row.claimed,
        "evidence": row.evidence,
        "grade": row.grade,
        "grade_words": refresh_rules.GRADES[row.grade],
        "lesson": row.lesson,
        "plan": row.version.plan.slug,
        "plan_title": row.version.plan.title,
        "version": row.version.number,
        "is_example": row.is_example,
    }


def of_priority(version: PlanVersion, ref: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """closed : how later plans closed the priority `ref` of this plan, each by its newest version that may be seen;
    closings : the priorities of the plan before that went into it.
    """
    later = (
        _records(viewer, at).filter(version__plan__refreshes=version.plan, ref=ref).order_by("version__plan", "version__number")
    )
    newest = _latest(later)
    into = _records(viewer, at).filter(version=version, into=ref)
    return {"closed": [closing_record(c) for c in newest], "closings": [closing_record(c) for c in into]}


def _latest(records: Iterable[ClosingRecord]) -> list[ClosingRecord]:
    """Of the records of each plan, in the order of its versions, the last."""
    return list({row.version.plan_id: row for row in records}.values())


def review(row: Review, at: datetime) -> dict[str, Any]:
    """A review of one year of a plan. What it found is there once it is completed."""
    done = row.completed_at is not None and row.completed_at <= at
    return {
        "year": row.year,
        "state": "completed" if done else "under way",
        "begun_on": clock.day_of(row.begun_at),
        "completed_on": clock.day_of(row.completed_at) if row.completed_at and done else None,
        "implementation": row.implementation if done else {},
        "indicators": row.indicators if done else {},
        "what_changed": row.what_changed if done else None,
        "decision": row.decision if done else None,
        "decision_words": review_rules.DECISIONS[row.decision] if done else None,
        "is_example": row.is_example,
    }


def find_review(version: PlanVersion, year: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """The review of a year of the plan of a version."""
    held = Review.objects.visible_to(viewer, at).filter(plan=version.plan)
    return review(lookup.one(held, f"review of {version.plan} for {year}", year=year), at)
