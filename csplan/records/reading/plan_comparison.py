"""What differs between two versions: clause by clause, word by word, each change with its reason."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from csplan.cycle import plan_changes, plan_text
from csplan.errors import CsplanError
from csplan.records import plan_rows
from csplan.records.models import Change, ClosingRecord, Comment, Consultation, Meeting, Partnership, PlanVersion, ScrutinyItem
from csplan.records.models.record import Viewer
from csplan.records.reading import plan, plan_endings, plan_events, plan_versions


def comparison(
    partnership: Partnership, one: tuple[str, int], other: tuple[str, int], *, viewer: Viewer, at: datetime
) -> dict[str, Any]:
    """before, after, differences and unchanged. one, other : (slug of the plan, number of the version)

    Each difference: clause, title, kind (added, removed, changed), fields [{name, label, before, after, runs}], reasons, closing
    Refuses two versions that are the same, or of plans of which neither follows the other.
    """
    before, after = (plan.find(partnership, slug, viewer=viewer, at=at, number=number) for slug, number in (one, other))
    _check_comparable(before, after)
    texts = plan_rows.document(before), plan_rows.document(after)
    found = plan_changes.differences(*texts)
    line = _line(before, after)
    reasons, closings = _reasons(line, viewer, at), _closings(line, viewer, at)
    moved = {d.clause for d in found}
    same = {a: v for a, v in plan_text.clauses(texts[1]).items() if a not in moved}
    return {
        "before": plan.about(before, at),
        "after": plan.about(after, at),
        "differences": [difference(d, reasons.get(d.clause, []), closings.get(d.clause)) for d in found],
        "unchanged": [{"clause": a, "title": plan_text.title_of(a, v), "words": _name_of(v)} for a, v in same.items()],
        "counts": {kind: sum(d.kind == kind for d in found) for kind in ("changed", "added", "removed")}
        | {"unchanged": len(same)},
    }


def _check_comparable(one: PlanVersion, other: PlanVersion) -> None:
    if one == other:
        raise CsplanError("A version is compared with another, and this is twice the same. Choose two versions.")
    if one.plan != other.plan and not (
        plan_versions.follows(one.plan, other.plan) or plan_versions.follows(other.plan, one.plan)
    ):
        raise CsplanError(f"Neither of {one.plan} and {other.plan} follows the other. Choose versions of plans that do.")


def difference(
    d: plan_changes.Difference, reasons: Sequence[Mapping[str, Any]], closing: Mapping[str, Any] | None
) -> dict[str, Any]:
    """One clause that differs, with the runs of words of each field that does."""
    kind, _ = plan_text.part_of(d.clause)
    return {
        "clause": d.clause,
        "title": plan_text.title_of(d.clause, d.after or d.before or {}),
        "words": _name_of(d.after or d.before or {}),
        "kind": d.kind,
        "fields": [_field(kind.field(name), d) for name in d.fields],
        "reasons": list(reasons),
        "closing": closing,
    }


def _name_of(values: Mapping[str, Any]) -> str:
    return str(values.get("title") or "")


def _field(field: plan_text.Field, d: plan_changes.Difference) -> dict[str, Any]:
    before, after = ((values or {}).get(field.name, plan_text.empty(field)) for values in (d.before, d.after))
    runs = plan_changes.compare(plan_changes.in_words(before), plan_changes.in_words(after))
    return {
        "name": field.name,
        "label": field.label,
        "form": field.form,
        "before": before,
        "after": after,
        "runs": [{"kind": run.kind, "words": run.words} for run in runs],
    }


#: kind of a reason -> what its source is
SOURCES = {"scrutiny": "scrutiny", "board": "meeting"}
#: what a comment came with, or a reason names -> its rows, the column of its name, the room of its page
PLACES: dict[str, tuple[Any, str, str]] = {
    "consultation": (Consultation, "slug", "consultations"),
    "scrutiny": (ScrutinyItem, "ref", "papers"),
    "meeting": (Meeting, "ref", "meetings"),
}


# ---- reasons ----------------------------------------------------------------------------------------


def _line(one: PlanVersion, other: PlanVersion) -> list[PlanVersion]:
    """The versions through which the earlier became the later, the earlier left out: theirs are the reasons."""
    return _down(other, one) or _down(one, other)


def _down(later: PlanVersion, earlier: PlanVersion) -> list[PlanVersion]:
    found: list[PlanVersion] = []
    step: PlanVersion | None = later
    while step is not None and step != earlier:
        found.append(step)
        step = step.revises
    return found if step is not None else []


def _reasons(line: Sequence[PlanVersion], viewer: Viewer, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """{clause: the reasons given for its changes, in order}"""
    found: dict[str, list[dict[str, Any]]] = {}
    given = Change.objects.visible_to(viewer, at).filter(version__in=line).select_related("version__plan", "version__revises")
    for row in given.order_by("given_at"):
        found.setdefault(row.clause, []).append(reason(row, viewer, at))
    return found


def reason(row: Change, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Why a clause was changed, whence the reason came, and its address under the partnership's; null where it has none."""
    return {
        "kind": row.kind,
        "kind_words": plan_changes.REASONS[row.kind],
        "source": row.source or None,
        "reason": row.reason,
        "version": row.version.number,
        "address": _address(row, viewer, at),
    }


def _address(row: Change, viewer: Viewer, at: datetime) -> str | None:
    """Where the reader finds what the reason names; None where nothing of that name is there to be read."""
    if row.kind in SOURCES:
        return source_address(SOURCES[row.kind], row.source, row.version.plan.partnership, viewer, at)
    if row.kind == "comment" and (told := comment_of(row, viewer, at)) is not None:
        return f"plans/{row.version.plan.slug}/comments/#{plan_events.comment_anchor(told)}"
    return None


def source_address(kind: str, name: str, partnership: Partnership, viewer: Viewer, at: datetime) -> str | None:
    """The page of a consultation, scrutiny item or meeting, under the partnership's address; None where it may not be seen."""
    if kind not in PLACES or not name:
        return None
    rows, column, place = PLACES[kind]
    held = rows.objects.visible_to(viewer, at).filter(partnership=partnership, **{column: name})
    return f"{place}/{name}/" if held.exists() else None


def comment_of(row: Change, viewer: Viewer, at: datetime) -> Comment | None:
    """The comment that a change names: the newest of its reference on a version before, decided and to be seen."""
    named = refs_in(row.source)
    held = Comment.objects.visible_to(viewer, at).filter(version__plan=row.version.plan, decided_at__lte=at, ref__in=named)
    return held.filter(version__number__lt=row.version.number).order_by("-version__number").first()


def refs_in(source: str) -> list[str]:
    """The references of comments in what a person wrote as a source: “C1”, “C1 and C4”."""
    return re.findall(r"\bC\d+\b", source)


def _closings(line: Sequence[PlanVersion], viewer: Viewer, at: datetime) -> dict[str, dict[str, Any]]:
    """{clause: the closing record of the priority that a refresh left out}"""
    rows = ClosingRecord.objects.visible_to(viewer, at).filter(version__in=line).select_related("version__plan")
    return {f"priority/{row.ref}": plan_endings.closing_record(row) for row in rows.order_by("version__drafted_at")}
