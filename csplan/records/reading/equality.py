"""Equality impact assessments as they stood at an instant, with what is to be done about what they found."""

from datetime import datetime
from typing import Any

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import lookup
from csplan.records.models import EqualityAction, EqualityAssessment, Office, Partnership, PlanVersion
from csplan.records.models.record import Viewer
from csplan.records.reading import plan_history


def assessments(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every assessment that may be seen, the newest first."""
    return [about(a, viewer=viewer, at=at) for a in _held(partnership, viewer, at).order_by("-started_at", "-pk")]


def assessment(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One assessment: state, owner, words, actions."""
    return about(find(partnership, ref, viewer=viewer, at=at), viewer=viewer, at=at)


def find(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> EqualityAssessment:
    """The assessment of a reference: the plan’s name for its address, two hyphens and the version, such as 2020-25--2."""
    slug, _, number = ref.rpartition("--")
    wanted = int(number) if number.isdigit() and len(number) < 6 else 0
    held = _held(partnership, viewer, at)
    found: EqualityAssessment = lookup.one(held, f"equality assessment “{ref}”", version__plan__slug=slug, version__number=wanted)
    return found


def reference(version: PlanVersion) -> str:
    """How the assessment of a version is named in addresses."""
    return f"{version.plan.slug}--{version.number}"


def about(row: EqualityAssessment, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What an assessment is of, who owns it, how it stands, what it found, and its actions."""
    told = plan_history.equality(row.version, viewer=viewer, at=at)
    if told is None:
        raise CsplanError("This assessment had not begun by the day that is read. Choose a later day.")
    actions = EqualityAction.objects.visible_to(viewer, at).filter(assessment=row)
    return {
        "ref": reference(row.version),
        "title": f"Equality impact assessment: {row.version}",
        "plan": row.version.plan.slug,
        "version": row.version.number,
        "version_title": str(row.version),
        **told,
        "goes_on_in": _goes_on_in(row, viewer, at) if told["state"] != "complete" else None,
        "actions": [_action(a) for a in actions],
    }


def _goes_on_in(row: EqualityAssessment, viewer: Viewer, at: datetime) -> str | None:
    """The assessment of the revised version that this one went on in, where the viewer may read it."""
    later = EqualityAssessment.objects.visible_to(viewer, at).filter(version__revises=row.version, version__plan=row.version.plan)
    after = later.select_related("version__plan").order_by("-version__number").first()
    return reference(after.version) if after is not None else None


def _action(row: EqualityAction) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "title": row.title,
        "owner": row.owner,
        "due": row.due_on,
        "deliverable": row.deliverable_ref or None,
        "is_example": row.is_example,
    }


def without(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[PlanVersion]:
    """Versions that may be seen, are not agreed or withdrawn, and have no assessment yet: the newest first."""
    held = PlanVersion.objects.visible_to(viewer, at).filter(plan__partnership=partnership, equality_assessment__isnull=True)
    return list(held.filter(agreement__isnull=True, withdrawal__isnull=True).select_related("plan").order_by("-drafted_at"))


def offices(partnership: Partnership, *, at: datetime) -> list[Office]:
    """The offices of the day, by title."""
    day = clock.day_of(at)
    held = Office.objects.filter(partnership=partnership, from_on__lte=day).order_by("title")
    return [o for o in held if o.to_on is None or day <= o.to_on]


def _held(partnership: Partnership, viewer: Viewer, at: datetime) -> Any:
    held = EqualityAssessment.objects.visible_to(viewer, at).filter(version__plan__partnership=partnership)
    return held.select_related("version__plan__partnership", "owner")
