"""Who did what about a version: the board's agreement, the bodies that approve after it, the authorities' parts, where it was sent."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from csplan.cycle import clock
from csplan.cycle import plan as rules
from csplan.records.models import (
    Approval,
    AuthorityPart,
    Body,
    Decision,
    Dispatch,
    Group,
    PlanVersion,
    StoredPaper,
    Variation,
    Withdrawal,
)
from csplan.records.models.record import Viewer

#: How the category of those who must make the plan is called in the register.
RESPONSIBLE = "responsible authority"


def signatures(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """agreement, approvals, authorities, dispatches, variations, withdrawal: what is known of each at an instant."""
    return {
        "agreement": agreement(version, viewer=viewer, at=at),
        "approvals": approvals(version, viewer=viewer, at=at),
        "authorities": authorities(version, viewer=viewer, at=at),
        "dispatches": [_dispatch(d) for d in Dispatch.objects.visible_to(viewer, at).filter(version=version)],
        "variations": [_variation(v) for v in Variation.objects.visible_to(viewer, at).filter(plan=version.plan)],
        "withdrawal": withdrawal(version, viewer=viewer, at=at),
    }


def agreement(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    """The board's agreement; None where there is none.

    is_same : whether the fingerprint restated when it was signed is the version's; None where none was restated
    duties : {status: how many}, as they stood;  papers : the bytes kept, with their fingerprints
    """
    held = getattr(version, "agreement", None)
    if held is None or held.agreed_at > at:
        return None
    made = Decision.objects.visible_to(viewer, at).filter(version=version, meeting=held.meeting, kind="agree").first()
    return {
        "on": clock.day_of(held.agreed_at),
        "at": held.agreed_at,
        "meeting": {"ref": held.meeting.ref, "title": held.meeting.title},
        "decision": _decision(made),
        "sha256": held.version_sha256 or None,
        "is_same": held.version_sha256 == version.seal.sha256 if held.version_sha256 else None,
        "duties": dict(Counter(held.duties.values())),
        "accepted": held.accepted,
        "papers": [
            {"kind": p.kind, "form": p.form, "sha256": p.sha256, "stored_at": p.stored_at}
            for p in StoredPaper.objects.visible_to(viewer, at).filter(version=version).defer("content").order_by("form")
        ],
    }


def _decision(row: Decision | None) -> dict[str, Any] | None:
    return {"number": row.number, "words": row.words} if row else None


def approvals(version: PlanVersion, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Each body that approves the plan after the board, in the order the plan gives; `on` is null while it has not."""
    wanted = version.plan.approving
    names = {g.slug: g.name for g in Group.objects.filter(partnership=version.plan.partnership, slug__in=wanted)}
    given = {
        a.group.slug: a
        for a in Approval.objects.visible_to(viewer, at).filter(version=version).select_related("group", "meeting")
    }
    return [_approval(slug, names.get(slug, slug), given.get(slug)) for slug in wanted]


def _approval(slug: str, name: str, row: Approval | None) -> dict[str, Any]:
    return {
        "group": slug,
        "name": name,
        "on": clock.day_of(row.approved_at) if row else None,
        "meeting": {"ref": row.meeting.ref, "title": row.meeting.title} if row else None,
        "sha256": row.version_sha256 if row else None,
    }


def authorities(version: PlanVersion, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Each responsible authority of the day with its newest part; null where nothing is recorded.

    The day is that of the agreement, and before it the day read.
    """
    newest = {
        p.body_id: p for p in AuthorityPart.objects.visible_to(viewer, at).filter(version=version).order_by("recorded_at", "id")
    }
    signed = getattr(version, "agreement", None)
    day = clock.day_of(min(signed.agreed_at, at) if signed is not None else at)
    bodies = Body.objects.visible_to(viewer, at).filter(partnership=version.plan.partnership, category=RESPONSIBLE)
    return [_authority(b, newest.get(b.pk)) for b in bodies.order_by("name") if b.pk in newest or _stood(b, day)]


def _stood(body: Body, day: date) -> bool:
    return bool(body.from_on <= day and (body.to_on is None or day <= body.to_on))


def _authority(body: Body, row: AuthorityPart | None) -> dict[str, Any]:
    return {
        "body": body.code,
        "name": body.name,
        "part": row.part if row else None,
        "part_words": rules.PARTS[row.part] if row else None,
        "on": row.on if row else None,
        "words": (row.words or None) if row else None,
    }


def _dispatch(row: Dispatch) -> dict[str, Any]:
    return {"to": row.body.name, "body": row.body.code, "on": clock.day_of(row.dispatched_at), "how": row.how}


def _variation(row: Variation) -> dict[str, Any]:
    return {
        "on": clock.day_of(row.set_at),
        "refs": row.refs,
        "reason": row.reason,
        "meeting": {"ref": row.meeting.ref, "title": row.meeting.title},
    }


def withdrawal(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any] | None:
    """When and why the version was withdrawn; None where it was not."""
    row = Withdrawal.objects.visible_to(viewer, at).filter(version=version).first()
    return {"on": clock.day_of(row.withdrawn_at), "reason": row.reason} if row else None
