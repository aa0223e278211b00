"""What a person who signs is shown: what the version says, which gates are open, what is still open in it, and which meetings may decide."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from csplan.cycle import clock
from csplan.cycle import plan as rules
from csplan.errors import CsplanError
from csplan.records import plan_rows
from csplan.records.actions import agreement
from csplan.records.actions import plan as plans
from csplan.records.models import (
    AuthorityPart,
    Body,
    Consultation,
    Dispatch,
    Group,
    Meeting,
    Partnership,
    Plan,
    PlanVersion,
    PreRelease,
    Withdrawal,
)
from csplan.records.models.record import Viewer
from csplan.records.reading import meeting as meetings
from csplan.records.reading import plan as plan_reading
from csplan.records.reading.review import standing


def versions(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every version that may be seen, newest plan first, with its state and the bodies that have yet to approve it."""
    held = PlanVersion.objects.visible_to(viewer, at).filter(plan__partnership=partnership).select_related("plan", "seal")
    return [about(v, at) for v in held.order_by("-plan__starts_on", "plan__slug", "-number")]


def about(version: PlanVersion, at: datetime) -> dict[str, Any]:
    """What is signed: the version with its words in short, its fingerprint, and the bodies that have yet to approve it."""
    given = {a.group.slug for a in version.approvals.select_related("group").filter(approved_at__lte=at)}
    waiting = [slug for slug in version.plan.approving if slug not in given]
    names = dict(Group.objects.filter(partnership=version.plan.partnership).values_list("slug", "name"))
    withdrawn = Withdrawal.objects.filter(version=version, withdrawn_at__lte=at).first()
    text = plan_rows.document(version)
    return {
        **plan_reading.about(version, at),
        "name": str(version),
        "priorities": [{"ref": p["ref"], "title": p["title"]} for p in text["priorities"]],
        "deliverables": sum(len(p["deliverables"]) for p in text["priorities"]),
        "to_approve": [{"slug": slug, "name": names.get(slug, slug)} for slug in waiting],
        "agreed_at_meeting": _agreed_at(version, at),
        "has_agreed": standing(version.plan, at=at) is not None or agreement.standing(version) is not None,
        "follows": version.plan.refreshes.slug if version.plan.refreshes else None,
        "withdrawn": withdrawn.reason if withdrawn else None,
    }


def _agreed_at(version: PlanVersion, at: datetime) -> dict[str, Any] | None:
    held = getattr(version, "agreement", None)
    if held is None or held.agreed_at > at:
        return None
    return {**meetings.about(held.meeting, at), "accepted": held.accepted, "agreed_at": held.agreed_at}


def gates(version: PlanVersion, *, by: User, at: datetime) -> list[dict[str, Any]]:
    """Each gate of `cycle.plan.GATES`, in its order: whether it is open, and the sentence that refuses while it is shut.

    The gate of the meeting is open here when there is a meeting that could decide.
    """
    could = board_meetings(version, at=at)
    held = agreement.gates(version, could[0] if could else None, by=by, at=at)
    return [
        {"name": name, "is_open": getattr(held, name) is wanted, "refuses": words}
        for name, (wanted, words) in rules.GATES.items()
    ]


def lock_refuses(version: PlanVersion, *, at: datetime) -> str | None:
    """The sentence with which a lock on the priorities refuses the version on the day; None where it refuses nothing."""
    try:
        agreement.check_lock(version, clock.day_of(at))
    except CsplanError as refused:
        return str(refused)
    return None


def priorities_to_vary(version: PlanVersion) -> tuple[Plan, list[dict[str, Any]]]:
    """The plan whose lock a version meets, and every priority that it has, or that the version would bring: {ref, title}."""
    before = agreement.standing(version)
    texts = [plan_rows.document(v) for v in (before, version) if v is not None]
    found = {p["ref"]: {"ref": p["ref"], "title": p["title"]} for text in texts for p in text["priorities"]}
    return (before or version).plan, [found[ref] for ref in sorted(found, key=int)]


def dispatches(version: PlanVersion, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """When the version was sent to the local policing body, and how."""
    held = Dispatch.objects.visible_to(viewer, at).filter(version=version).select_related("body")
    return [{"body": d.body.name, "how": d.how, "on": clock.day_of(d.dispatched_at)} for d in held]


def board_meetings(version: PlanVersion, *, at: datetime) -> list[Meeting]:
    """Meetings of the board recorded with a quorum, held on or after the day on which the version was frozen; newest first."""
    board = Group.objects.filter(partnership=version.plan.partnership, kind="board")
    return _meetings_of(board, version, at)


def approving_meetings(version: PlanVersion, *, at: datetime) -> list[Meeting]:
    """Meetings that could approve an agreed version: of the body whose turn it is, recorded with a quorum; newest first."""
    waiting = about(version, at)["to_approve"]
    turn = Group.objects.filter(partnership=version.plan.partnership, slug__in=[w["slug"] for w in waiting[:1]])
    return _meetings_of(turn, version, at)


def deciding_meetings(partnership: Partnership, *, at: datetime) -> list[Meeting]:
    """Every meeting of the board recorded with a quorum, newest first: what a lock, a variation or a closing names."""
    held = Meeting.objects.filter(partnership=partnership, group__kind="board", was_quorate=True, recorded_at__lte=at)
    return list(held.select_related("group").order_by("-starts_at"))


def _meetings_of(groups: Any, version: PlanVersion, at: datetime) -> list[Meeting]:
    seal = getattr(version, "seal", None)
    if seal is None:
        return []
    held = Meeting.objects.filter(group__in=groups, was_quorate=True, recorded_at__lte=at).select_related("group")
    frozen = clock.day_of(seal.sealed_at)
    return [m for m in held.order_by("-starts_at") if clock.day_of(m.starts_at) >= frozen]


def consultations(version: PlanVersion, *, at: datetime) -> list[dict[str, Any]]:
    """The consultations that a version rests on: its own, and those of the versions that it was revised from."""
    asked = Consultation.objects.filter(version__in=plans.ancestors(version), opening__isnull=False).order_by("opens_on")
    return [{"slug": c.slug, "title": c.title, "state": c.state(at), "closes_on": c.closes_on} for c in asked]


def authorities(version: PlanVersion, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Each responsible authority of the version’s time, with its newest part; and any other body with a part recorded.

    The version’s time runs from its first day as a draft to the day on which it was agreed, or else the day read.
    """
    agreed = getattr(version, "agreement", None)
    ends = clock.day_of(agreed.agreed_at if agreed is not None and agreed.agreed_at <= at else at)
    begins = clock.day_of(version.drafted_at)
    newest: dict[str, AuthorityPart] = {}
    for part in AuthorityPart.objects.visible_to(viewer, at).filter(version=version).select_related("body"):
        newest[part.body.code] = part
    bodies = Body.objects.filter(partnership=version.plan.partnership, category="responsible authority")
    there = [b for b in bodies if b.code in newest or (b.from_on <= ends and (b.to_on is None or b.to_on >= begins))]
    return [_authority(b, newest.get(b.code)) for b in there]


def _authority(body: Body, part: AuthorityPart | None) -> dict[str, Any]:
    return {
        "code": body.code,
        "name": body.name,
        "part": part.part if part else None,
        "on": part.on if part else None,
        "words": part.words if part else "",
    }


def policing_bodies(partnership: Partnership, *, at: datetime) -> list[Body]:
    """The local policing body of the day: where an agreed plan is sent."""
    day = clock.day_of(at)
    held = Body.objects.filter(partnership=partnership, kind="local policing body", from_on__lte=day)
    return [b for b in held if b.to_on is None or day <= b.to_on]


def readers(version: PlanVersion, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The names on a version’s pre-release list, the newest first: also those whose time is over."""
    held = PreRelease.objects.filter(version=version).select_related("user").order_by("-from_at", "-pk")
    visible = PlanVersion.objects.visible_to(viewer, at).filter(pk=version.pk).exists()
    return [
        {
            "id": r.pk,
            "username": r.user.get_username(),
            "reason": r.reason,
            "from_at": r.from_at,
            "until_at": r.until_at,
            "state": "over" if r.until_at <= at else "to come" if r.from_at > at else "reads it now",
        }
        for r in (held if visible else ())
    ]
