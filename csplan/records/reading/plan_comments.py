"""What people said about a plan, what was decided about it and why, and what the plan said before and after."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from csplan.cycle import clock, plan_changes, plan_text
from csplan.records import plan_rows
from csplan.records.models import Change, Comment, Partnership, PlanVersion
from csplan.records.models.record import Viewer
from csplan.records.reading import plan, plan_comparison, plan_events

#: Decisions after which the passage that the comment names is shown as it was and as it is.
TAKEN_UP = frozenset({"accepted", "partly"})


def comments(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """plan, comments: those decided by then on versions that may be seen, in the order in which they came."""
    standing = plan.find(partnership, slug, viewer=viewer, at=at)
    versions = list(plan.seen(standing.plan, viewer, at).order_by("number"))
    held = Comment.objects.visible_to(viewer, at).filter(version__in=versions, decided_at__lte=at)
    rows = held.select_related("version__plan").order_by("version__number", "id")
    return {"plan": plan.about(standing, at), "comments": [comment(row, versions, viewer=viewer, at=at) for row in rows]}


def comment(row: Comment, versions: Sequence[PlanVersion], *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One comment that is decided. versions : those of its plan that may be seen, in order"""
    return {
        "ref": row.ref,
        "anchor": plan_events.comment_anchor(row),
        "version": row.version.number,
        "came_by": row.came_by,
        "came_with": row.came_with or None,
        "came_address": plan_comparison.source_address(row.came_by, row.came_with, row.version.plan.partnership, viewer, at),
        "clause": row.clause or None,
        "clause_title": _title(row.version, row.clause),
        "words": row.words,
        "entered_on": clock.day_of(row.entered_at),
        "decision": row.disposition,
        "decision_words": plan_changes.DISPOSITIONS[row.disposition],
        "reason": row.reason,
        "decided_on": clock.day_of(row.decided_at),
        "passages": list(_passages(row, versions, viewer, at)),
        "is_example": row.is_example,
    }


def _title(version: PlanVersion, clause: str) -> str | None:
    if not clause:
        return None
    return plan_text.title_of(clause, plan_rows.clause(version, clause) or {})


def _passages(row: Comment, versions: Sequence[PlanVersion], viewer: Viewer, at: datetime) -> Iterator[dict[str, Any]]:
    """Each passage that changed because of the comment, before and after; by the first later version that changes it."""
    later = [v for v in versions if v.number > row.version.number]
    wanted = dict.fromkeys(c.clause for c in _changes_that_name(row, later, viewer, at))
    if row.clause and row.disposition in TAKEN_UP:
        wanted.setdefault(row.clause)
    for clause in wanted:
        for after in later:
            found = _difference(row.version, after, clause)
            if found is not None:
                yield {
                    **plan_comparison.difference(found, [], None),
                    "from_version": row.version.number,
                    "to_version": after.number,
                }
                break


def _changes_that_name(row: Comment, later: Sequence[PlanVersion], viewer: Viewer, at: datetime) -> list[Change]:
    given = Change.objects.visible_to(viewer, at).filter(version__in=later, kind="comment").order_by("version__number", "id")
    return [c for c in given if row.ref in plan_comparison.refs_in(c.source) and plan_comparison.comment_of(c, viewer, at) == row]


def _difference(before: PlanVersion, after: PlanVersion, clause: str) -> plan_changes.Difference | None:
    found = plan_changes.differences(plan_rows.document(before), plan_rows.document(after))
    return next((d for d in found if d.clause == clause), None)
