"""Equality impact assessments as they stood at an instant, with what is to be done about what they found."""

from datetime import datetime, timedelta
from typing import Any

from csplan.cycle import clock
from csplan.cycle import equality as rules
from csplan.errors import CsplanError
from csplan.records import lookup
from csplan.records.actions import equality as actions
from csplan.records.models import EqualityAction, EqualityAssessment, EqualityLine, Office, Partnership, PlanVersion
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
        **_written(row, viewer, at),
        "goes_on_in": _goes_on_in(row, viewer, at) if told["state"] != "complete" else None,
        "actions": [_action(a) for a in actions],
    }


def _goes_on_in(row: EqualityAssessment, viewer: Viewer, at: datetime) -> str | None:
    """The assessment of the revised version that this one went on in, where the viewer may read it."""
    later = EqualityAssessment.objects.visible_to(viewer, at).filter(version__revises=row.version, version__plan=row.version.plan)
    after = later.select_related("version__plan").order_by("-version__number").first()
    return reference(after.version) if after is not None else None


def _written(row: EqualityAssessment, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What is written of it: for anyone once it is signed, before that for those who write it; nothing on an earlier day.

    lines : [{characteristic, name, evidence, impact, impact_words, why, aims, justification}] in the order of the list
    lacks : what is missing before it can be signed, for those who write it
    """
    complete = row.completed_at is not None and row.completed_at <= at
    is_now = clock.now() - at < timedelta(days=1)
    held = (
        EqualityLine.objects.visible_to(viewer, at).filter(assessment=row) if complete or is_now else EqualityLine.objects.none()
    )
    order = list(rules.CHARACTERISTICS)
    drafts = PlanVersion.objects.filter(PlanVersion.drafts(viewer, at), pk=row.version_id)
    may_read = complete or (is_now and drafts.exists())
    texts = ("scope", "affected", "cumulative", "monitoring", "review_on")
    return {
        "level": row.level,
        "level_words": rules.LEVELS[row.level],
        **{name: getattr(row, name) or None if may_read else None for name in texts},
        "lines": [_line(x) for x in sorted(held, key=lambda x: order.index(x.characteristic))],
        "lacks": [] if complete or not may_read else list(rules.lacks(actions.facts(row))),
        "is_review_late": bool(complete and row.review_on and row.review_on < clock.day_of(at)),
    }


def _line(row: EqualityLine) -> dict[str, Any]:
    return {
        "characteristic": row.characteristic,
        "name": rules.CHARACTERISTICS[row.characteristic],
        "is_protected": row.characteristic in rules.PROTECTED,
        "evidence": row.evidence,
        "impact": row.impact or None,
        "impact_words": rules.IMPACTS.get(row.impact),
        "why": row.why or None,
        "aims": row.aims,
        "justification": row.justification or None,
    }


def _action(row: EqualityAction) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "kind": row.kind,
        "characteristic": row.characteristic or None,
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
