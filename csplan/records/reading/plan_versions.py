"""The versions of a plan: each with the states it passed through, and what one says."""

import json
from datetime import datetime
from typing import Any

from csplan.cycle import clock, plan_states
from csplan.records import seal
from csplan.records.models import Partnership, Plan, PlanVersion
from csplan.records.models.record import Viewer
from csplan.records.reading import plan as reading
from csplan.records.reading import plan_endings, plan_signatures

#: What happened to a version -> how that is said, in the order of a plan's life.
STEPS: tuple[tuple[str, str], ...] = (
    ("drafted_at", "begun"),
    ("frozen_at", "frozen: its words no longer change"),
    ("considered_at", "what people said about it considered"),
    ("revised_at", "a revised version begun"),
    ("agreed_at", "agreed by the board"),
    ("approved_at", "approved by every body that must approve it"),
    ("published_at", "published"),
    ("in_force_at", "in force"),
    ("ended_at", "its years over"),
    ("superseded_at", "replaced by a later version"),
    ("refreshed_at", "replaced by the plan that follows"),
    ("closed_at", "closed"),
    ("withdrawn_at", "withdrawn"),
)


def versions(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """plan, and every version that may be seen, newest first: state, fingerprint, steps, what may follow, what it revises."""
    standing = reading.find(partnership, slug, viewer=viewer, at=at)
    rows = reading.seen(standing.plan, viewer, at).order_by("-number")
    return {
        "plan": reading.about(standing, at),
        "versions": [version(row, viewer=viewer, at=at) for row in rows],
        "across": across(standing.plan, viewer=viewer, at=at),
    }


def version(row: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One version in the list. `revises` is the reference of the version it was written from, null where that may not be seen."""
    about = reading.about(row, at)
    before = plan_endings.revised(row, viewer, at)
    return {
        "number": row.number,
        "ref": row.ref,
        **{key: about[key] for key in ("state", "state_words", "sha256", "why", "frozen_at", "agreed_at", "published_at")},
        "is_draft": about["sha256"] is None,
        "revises": f"{before['slug']}/{before['number']}" if before else None,
        "steps": steps(row, at),
        "may_follow": plan_states.MAY_FOLLOW[about["state"]],
        "withdrawal": plan_signatures.withdrawal(row, viewer=viewer, at=at),
    }


def steps(row: PlanVersion, at: datetime) -> list[dict[str, Any]]:
    """What happened to a version by an instant, in order."""
    moments = row.moments()
    told = [(getattr(moments, name), words) for name, words in STEPS]
    told += [(begun, "a review begun") for begun, _ in moments.reviews if moments.in_force_at and begun >= moments.in_force_at]
    return [
        {"on": clock.day_of(moment), "words": words}
        for moment, words in sorted((m, w) for m, w in told if m is not None and m <= at)
    ]


def across(plan: Plan, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The versions of the plans that this one follows, and of those that follow it: what its versions may be compared with."""
    seen = Plan.objects.visible_to(viewer, at)
    line = [*(p for p in _before(plan)), *plan.refreshed_by.all()]
    near = seen.filter(pk__in=[p.pk for p in line]).order_by("starts_on", "slug")
    return [
        {"slug": p.slug, "title": p.title, "versions": [v.number for v in reading.seen(p, viewer, at).order_by("number")]}
        for p in near
    ]


def _before(plan: Plan) -> list[Plan]:
    found: list[Plan] = []
    step = plan.refreshes
    while step is not None:
        found.append(step)
        step = step.refreshes
    return found


def follows(one: Plan, other: Plan) -> bool:
    """Whether one plan follows the other, straight or through plans between."""
    return other in _before(one)


def text(partnership: Partnership, slug: str, number: int, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What a version says: its sealed bytes, parsed; for a draft, what would be sealed as it stands."""
    row = reading.find(partnership, slug, viewer=viewer, at=at, number=number)
    if hasattr(row, "seal") and row.seal.sealed_at <= at:
        return dict(json.loads(bytes(row.seal.content)))
    return dict(json.loads(seal.version_content(row, previous_sha256=None, sealed_at=row.drafted_at)))
