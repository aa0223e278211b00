"""How a plan is carried out, as it stood at an instant: progress of each deliverable, its yearly reviews, and the plan that follows it."""

from datetime import datetime
from typing import Any

from csplan.cycle import clock
from csplan.records import lookup
from csplan.records.models import Partnership, Plan, PlanVersion, Progress, Review
from csplan.records.models.record import Viewer


def plan(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> Plan:
    """The plan of an address, where the viewer may read it."""
    held = Plan.objects.visible_to(viewer, at).filter(partnership=partnership).select_related("partnership", "refreshes")
    found: Plan = lookup.one(held, f"plan “{slug}”", slug=slug)
    return found


def plans(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Plan]:
    """Every plan that may be seen and has an agreed version that is not withdrawn, the newest first."""
    held = Plan.objects.visible_to(viewer, at).filter(partnership=partnership).order_by("-starts_on", "slug")
    return [p for p in held if standing(p, at=at) is not None]


def standing(plan: Plan, *, at: datetime) -> PlanVersion | None:
    """The version of a plan that was last agreed and is not withdrawn; None where there is none."""
    agreed = plan.versions.filter(agreement__agreed_at__lte=at).exclude(withdrawal__withdrawn_at__lte=at)
    return agreed.order_by("-number").first()


def deliverables(plan: Plan, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The deliverables of the version last agreed, in their order, each with its newest report."""
    version = standing(plan, at=at)
    if version is None:
        return []
    newest = {p.ref: p for p in Progress.objects.visible_to(viewer, at).filter(plan=plan).order_by("id")}
    rows = sorted(version.deliverables.all(), key=lambda d: [int(n) for n in d.ref.split(".")])
    return [
        {
            "ref": d.ref,
            "title": d.title,
            "lead": d.lead,
            "due": d.due_on,
            "state": newest[d.ref].state if d.ref in newest else None,
            "words": newest[d.ref].words if d.ref in newest else "",
            "evidence": newest[d.ref].evidence if d.ref in newest else "",
            "reported_on": clock.day_of(newest[d.ref].reported_at) if d.ref in newest else None,
        }
        for d in rows
    ]


def reviews(plan: Plan, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The reviews of a plan that may be seen, the newest first."""
    held = Review.objects.visible_to(viewer, at).filter(plan=plan).order_by("-begun_at")
    return [
        {
            "year": r.year,
            "begun_on": clock.day_of(r.begun_at),
            "completed_on": clock.day_of(r.completed_at) if r.completed_at and r.completed_at <= at else None,
            "decision": r.decision if r.completed_at and r.completed_at <= at else None,
            "is_example": r.is_example,
        }
        for r in held
    ]


def under_way(plan: Plan) -> Review | None:
    """The review that is begun and not completed."""
    return Review.objects.filter(plan=plan, completed_at__isnull=True).select_related("plan__partnership").first()


def refresh(plan: Plan, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What a refresh is begun from and what it leaves out.

    followed_by : plans begun from this one that may be seen
    draft : the newest version of this plan, where it follows another and is not frozen; None else
    left_out : [{ref, title, is_there, record}] of the priorities of the version that the draft begins from
    """
    newest = PlanVersion.objects.visible_to(viewer, at).filter(plan=plan).order_by("-number").first()
    before = _before(newest)
    is_draft = newest is not None and before is not None and not hasattr(newest, "seal")
    return {
        "followed_by": [{"slug": p.slug, "title": p.title} for p in Plan.objects.visible_to(viewer, at).filter(refreshes=plan)],
        "follows": {"slug": plan.refreshes.slug, "title": plan.refreshes.title} if plan.refreshes else None,
        "draft": newest if is_draft else None,
        "left_out": _left_out(newest, before) if newest is not None and before is not None else [],
    }


def _before(version: PlanVersion | None) -> PlanVersion | None:
    """The version of another plan that a version begins from; None for one that was revised within its plan."""
    if version is None or version.revises is None or version.revises.plan_id == version.plan_id:
        return None
    return version.revises


def _left_out(version: PlanVersion, before: PlanVersion) -> list[dict[str, Any]]:
    here = set(version.priorities.values_list("ref", flat=True))
    written = {r.ref: r for r in version.closing_records.all()}
    return [
        {
            "ref": p.ref,
            "title": p.title,
            "is_there": p.ref in here,
            "record": _record(written[p.ref]) if p.ref in written else None,
        }
        for p in sorted(before.priorities.all(), key=lambda p: int(p.ref))
    ]


def _record(row: Any) -> dict[str, Any]:
    names = ("outcome", "into", "claimed", "evidence", "grade", "lesson")
    return {name: getattr(row, name) for name in names}
