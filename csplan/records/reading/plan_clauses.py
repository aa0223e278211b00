"""The clauses of a version as plain values, under the names that they have in a plan file, with how each deliverable stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from csplan.cycle import clock, plan_text
from csplan.cycle import deliverable as deliverable_states
from csplan.cycle import plan as rules
from csplan.records import plan_rows
from csplan.records.models import Alignment, Deliverable, Kpi, Plan, PlanVersion, Priority, Progress, WorkArea
from csplan.records.models.record import Viewer

LIMBS = {letter: words for letter, words, _ in rules.LIMBS}
NOT_REPORTED = "No progress has been recorded yet."

#: {reference of a deliverable: its reports, newest first}
Reports = Mapping[str, list[dict[str, Any]]]


def reports(plan: Plan, *, viewer: Viewer, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """How each deliverable of a plan was reported to stand by an instant, newest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in Progress.objects.visible_to(viewer, at).filter(plan=plan).order_by("-reported_at", "-id"):
        found.setdefault(row.ref, []).append(_report(row))
    return found


def _report(row: Progress) -> dict[str, Any]:
    return {
        "state": row.state,
        "state_words": deliverable_states.STATES[row.state],
        "on": clock.day_of(row.reported_at),
        "words": row.words or None,
        "evidence": row.evidence or None,
        "is_example": row.is_example,
    }


def priority(row: Priority, reported: Reports) -> dict[str, Any]:
    """A priority with its work areas. A deliverable stands once: under its work area, or beside them when it serves several."""
    areas, deliverables = list(row.work_areas.all()), list(row.deliverables.all())
    told = {d.ref: deliverable(d, reported) for d in deliverables}
    return {
        "ref": row.ref,
        "title": row.title,
        "words": row.words,
        "limbs": [{"letter": letter, "words": LIMBS[letter]} for letter in row.limbs],
        "work_areas": [
            {
                "ref": w.ref,
                "title": w.title,
                "words": w.words,
                "deliverables": [told[d.ref] for d in deliverables if d.work_areas == [w.ref]],
            }
            for w in areas
        ],
        "deliverables": [told[d.ref] for d in deliverables if len(d.work_areas) != 1],
    }


def work_area(row: WorkArea, version: PlanVersion, reported: Reports) -> dict[str, Any]:
    """A work area with every deliverable that serves it, those that serve several too."""
    served = [deliverable(d, reported) for d in version.deliverables.all() if row.ref in d.work_areas]
    return {"ref": row.ref, "title": row.title, "words": row.words, "priority": row.priority.ref, "deliverables": served}


def deliverable(row: Deliverable, reported: Reports) -> dict[str, Any]:
    """A deliverable. `status` is its newest report; `why` says why lead, day or status is null."""
    newest = next(iter(reported.get(row.ref, ())), None)
    return {
        "ref": row.ref,
        "title": row.title,
        "lead": row.lead,
        "due": row.due_on,
        "status": newest["state"] if newest else None,
        "status_on": newest["on"] if newest else None,
        "why": row.why or (None if newest else NOT_REPORTED),
        "work_areas": row.work_areas,
        "group": row.group or None,
        "contributors": row.contributors,
        "starts": row.starts_on,
        "resource": row.resource or None,
        "mechanism": row.mechanism,
        "evidence": row.evidence or None,
        "is_example": row.is_example,
    }


def alignment(row: Alignment) -> dict[str, Any]:
    """Another strategy that the version fits with, and what serves each of its ambitions."""
    return {
        "slug": row.slug,
        "title": row.title,
        "kind": row.kind or None,
        "agreed_by": row.agreed_by or None,
        "ambitions": row.ambitions,
        "delivers": row.delivers,
        "note": row.note,
    }


def indicator(kpi: Kpi) -> dict[str, Any]:
    """An indicator as the plan lists it."""
    return {
        "id": kpi.ref,
        "title": kpi.title,
        "priority": kpi.priority_ref,
        "work_areas": kpi.work_areas,
        "polarity": kpi.polarity,
        "baseline": kpi.baseline,
        "target": kpi.target,
        "monitor_only_reason": kpi.monitor_only_reason or None,
        "is_example": kpi.is_example,
    }


def lists(version: PlanVersion) -> dict[str, list[dict[str, Any]]]:
    """sections, assurance_areas, risks, dependencies and resources: every field of each, as a plan file has them."""
    document = plan_rows.document(version)
    kinds = ("section", "assurance-area", "risk", "dependency", "resource")
    return {plan_text.KINDS[kind].plural: document[plan_text.KINDS[kind].plural] for kind in kinds}
