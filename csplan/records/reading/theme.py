"""Themes of a consultation: what people said, how many, what was decided, and the exact passages before and after."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from csplan.cycle import clock, plan_changes, plan_text
from csplan.records import lookup, plan_rows
from csplan.records.models import Consultation, PlanVersion, Theme
from csplan.records.models.record import Viewer
from csplan.records.reading import plan_comparison, understanding


def themes(consultation: Consultation, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every theme that may be seen, as `theme` gives it, with `comments`: how many are counted under it.

    Only comments whose coding is finished are counted, so that a second coder learns nothing of the first.
    """
    held = Theme.objects.visible_to(viewer, at).filter(consultation=consultation)
    counts = counted(consultation, at)
    rows = held.select_related("consultation__version__plan", "changed_in__plan").order_by("id")
    return [{**theme(row, viewer=viewer, at=at), "comments": counts[row.ref]} for row in rows]


def counted(consultation: Consultation, at: datetime | None = None) -> Counter[str]:
    """{theme: comments} of those whose coding is finished."""
    return Counter(ref for p in understanding.finished(consultation, at) for ref in p.themes or ())


def theme(row: Theme, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One theme. `passages` as `plan_comparison.difference`, with from_version and to_version; only where the reader may see both."""
    is_decided = row.decided_at is not None and row.decided_at <= at
    asked = row.consultation.version
    return {
        "ref": row.ref,
        "title": row.title,
        "words": row.words,
        "clause": row.clause or None,
        "clause_title": plan_text.title_of(row.clause, plan_rows.clause(asked, row.clause) or {}) if row.clause else None,
        "is_decided": is_decided,
        "decision": row.disposition if is_decided else None,
        "decision_words": plan_changes.DISPOSITIONS[row.disposition] if is_decided else None,
        "reason": row.reason if is_decided else None,
        "decided_on": clock.day_of(row.decided_at) if is_decided and row.decided_at else None,
        "changes": list(row.changes) if is_decided else [],
        "changed_in": row.changed_in.number if is_decided and row.changed_in else None,
        "passages": passages(row, viewer=viewer, at=at) if is_decided else [],
        "is_example": row.is_example,
    }


def passages(row: Theme, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The passages that were changed for a theme, before and after, in the order of the plan; empty where the version is not to be seen."""
    if row.changed_in is None:
        return []
    return differences(row.consultation, row.changed_in, row.changes, viewer=viewer, at=at)


def differences(
    consultation: Consultation, after: PlanVersion, only: Collection[str] | None = None, *, viewer: Viewer, at: datetime
) -> list[dict[str, Any]]:
    """What a later version says otherwise; only : addresses of the clauses wanted, all where none are given"""
    if not PlanVersion.objects.visible_to(viewer, at).filter(pk=after.pk).exists():
        return []
    before = consultation.version
    return [
        {**plan_comparison.difference(d, [], None), "from_version": before.number, "to_version": after.number}
        for address, d in understanding.clauses_changed(before, after).items()
        if only is None or address in only
    ]


def said_under(consultation: Consultation, ref: str) -> list[understanding.Part]:
    """The comments that are counted under a theme."""
    return [p for p in understanding.finished(consultation) if ref in (p.themes or ())]


def find(consultation: Consultation, ref: str, *, viewer: Viewer, at: datetime) -> Theme:
    """The theme of a reference. Raises NotHere."""
    held = Theme.objects.visible_to(viewer, at).filter(consultation=consultation)
    rows = held.select_related("consultation__version__plan", "changed_in__plan")
    found: Theme = lookup.one(rows, f"theme “{ref}”", ref=ref)
    return found


def later_versions(consultation: Consultation, *, viewer: Viewer, at: datetime) -> list[PlanVersion]:
    """Versions of the plan that come after the one people were asked about, not withdrawn, that a viewer may see."""
    asked = consultation.version
    held = PlanVersion.objects.visible_to(viewer, at).filter(plan=asked.plan, number__gt=asked.number, withdrawal__isnull=True)
    return list(held.select_related("plan", "seal").order_by("number"))
