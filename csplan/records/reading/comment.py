"""What was said about a version, and what was decided about it, as an officer works on it."""

from datetime import datetime
from typing import Any

from csplan.cycle import clock, plan_text
from csplan.records import plan_rows
from csplan.records.models import Comment, Partnership, PlanVersion
from csplan.records.models.record import Viewer


def versions(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[PlanVersion]:
    """Versions that may be seen and commented on: frozen, and not withdrawn; the newest first."""
    held = PlanVersion.objects.visible_to(viewer, at).filter(plan__partnership=partnership, seal__sealed_at__lte=at)
    return list(held.filter(withdrawal__isnull=True).select_related("plan__partnership", "seal").order_by("-drafted_at"))


def comments(version: PlanVersion, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The comments on a version that may be seen, in the order in which they were entered."""
    held = Comment.objects.visible_to(viewer, at).filter(version=version).order_by("id")
    names = clauses(version)
    return [
        {
            "ref": c.ref,
            "came_by": c.came_by,
            "came_with": c.came_with,
            "clause": c.clause,
            "clause_words": names.get(c.clause, c.clause),
            "words": c.words,
            "entered_on": clock.day_of(c.entered_at),
            "is_decided": c.decided_at is not None and c.decided_at <= at,
            "disposition": c.disposition,
            "reason": c.reason,
            "is_example": c.is_example,
        }
        for c in held
    ]


def clauses(version: PlanVersion) -> dict[str, str]:
    """{address of a clause: how it is called, with its title} of a version, in the order in which it is read."""
    found = {}
    for address, values in plan_text.clauses(plan_rows.document(version)).items():
        name, title = plan_text.title_of(address, values), values.get("title", "")
        found[address] = f"{name}: {title}" if title and title != name else name
    return found
