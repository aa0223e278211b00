"""Meetings and papers as they stood at an instant."""

from datetime import datetime
from typing import Any

from csplan.cycle import clock
from csplan.records import lookup
from csplan.records.models import Decision, Group, Meeting, Partnership, PlanVersion, ScrutinyItem
from csplan.records.models.record import Viewer
from csplan.records.reading import plan, plan_history

#: The kind of paper that a scrutiny item is.
COMMITTEE_REPORT = "committee-report"


def meetings(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every meeting announced by then, the newest first."""
    return [about(m, at) for m in _meetings(partnership, viewer, at).order_by("-starts_at")]


def meeting(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One meeting: `meeting`, the `papers` on its agenda, and the `decisions` that it made, with version and fingerprint."""
    row = find(partnership, ref, viewer=viewer, at=at)
    made = Decision.objects.visible_to(viewer, at).filter(meeting=row).select_related("version__plan")
    readable = set(PlanVersion.objects.visible_to(viewer, at).filter(pk__in=made.values("version")).values_list("pk", flat=True))
    return {
        "meeting": about(row, at),
        "papers": [p for p in papers(partnership, viewer=viewer, at=at) if p["meeting"] == ref],
        "decisions": [_decision(d, d.version_id in readable) for d in made.order_by("number")],
    }


def find(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> Meeting:
    """The meeting of a reference."""
    found: Meeting = lookup.one(_meetings(partnership, viewer, at), f"meeting “{ref}”", ref=ref)
    return found


def about(row: Meeting, at: datetime) -> dict[str, Any]:
    """A meeting: announced, or held with what was noted, how many were there, and how many its group needs."""
    told = plan_history.meeting(row, at)
    return {
        **told,
        "group_slug": row.group.slug,
        "group_kind": row.group.kind,
        "starts_at": row.starts_at,
        "present": row.present if told["state"] == "held" else None,
        "quorum": row.group.quorum,
    }


def groups(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Group]:
    """The groups that meet: the board first, then the scrutiny committee, then the others by name."""
    order = {"board": 0, "scrutiny": 1}
    held = Group.objects.visible_to(viewer, at).filter(partnership=partnership)
    return sorted(held, key=lambda g: (order.get(g.kind, 2), g.name))


def _meetings(partnership: Partnership, viewer: Viewer, at: datetime) -> Any:
    return Meeting.objects.visible_to(viewer, at).filter(partnership=partnership).select_related("group")


def _decision(row: Decision, is_readable: bool) -> dict[str, Any]:
    """A decision in the words of the minute. The version that it is about is named by its address where the viewer may read it."""
    version = row.version if is_readable else None
    return {
        "number": row.number,
        "kind": row.kind,
        "words": row.words,
        "plan": version.plan.slug if version else None,
        "version": version.number if version else None,
        "sha256": row.version_sha256 or None,
        "decided_at": row.decided_at,
    }


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
