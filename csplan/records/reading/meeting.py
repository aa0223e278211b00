"""Meetings and papers as they stood at an instant."""

from datetime import datetime
from typing import Any

from csplan.cycle import clock
from csplan.records import lookup
from csplan.records.models import Meeting, Partnership, ScrutinyItem
from csplan.records.models.record import Viewer
from csplan.records.reading import plan, plan_history

#: The kind of paper that a scrutiny item is.
COMMITTEE_REPORT = "committee-report"


def meetings(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every meeting announced by then, the newest first."""
    held = Meeting.objects.visible_to(viewer, at).filter(partnership=partnership).select_related("group")
    return [plan_history.meeting(m, at) for m in held.order_by("-starts_at")]


def papers(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every paper under the keys of DECISIONS: {ref, kind, title, meeting, date, state}, the newest first."""
    return [
        {
            "ref": row.ref,
            "kind": COMMITTEE_REPORT,
            "title": row.title,
            "meeting": row.meeting.ref,
            "date": clock.day_of(row.meeting.starts_at),
            "state": "considered" if row.recommended_at and row.recommended_at <= at else "listed",
        }
        for row in _items(partnership, viewer, at).order_by("-meeting__starts_at")
    ]


def committee_report(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What a committee report is made from, as it stood when the meeting began: `item`, and what `plan.plan` gives of its version."""
    row = lookup.one(_items(partnership, viewer, at), f"committee report “{ref}”", ref=ref)
    then = min(at, row.meeting.starts_at)
    told = plan.plan(partnership, row.version.plan.slug, viewer=viewer, at=then, number=row.version.number)
    return {"item": plan_history.item(row, then), **told}


def _items(partnership: Partnership, viewer: Viewer, at: datetime) -> Any:
    held = ScrutinyItem.objects.visible_to(viewer, at).filter(partnership=partnership)
    return held.select_related("meeting__group", "version__plan", "report_of__body")
