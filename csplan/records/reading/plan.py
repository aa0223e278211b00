"""A plan as it stood at an instant: its words, its state, and what happened to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from csplan.cycle import clock
from csplan.cycle import plan as rules
from csplan.records import lookup
from csplan.records.models import Deliverable, Kpi, Partnership, Plan, PlanVersion, Priority, Seal, WorkArea
from csplan.records.models.record import Viewer
from csplan.records.reading import plan_history

LIMBS = {letter: words for letter, words, _ in rules.LIMBS}


def plans(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every plan that may be seen, newest first, each by the version that stands at its address."""
    held = Plan.objects.visible_to(viewer, at).filter(partnership=partnership).order_by("-starts_on", "slug")
    return [about(_standing(plan, viewer, at), at) for plan in held]


def plan(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime, number: int | None = None) -> dict[str, Any]:
    """The plan under the keys of CONTRACT 3, by the version that stands at its address, or by version `number`.

    plan, priorities, kpis; and alignments, lock, equality, consultations, scrutiny, versions, history
    """
    version = find(partnership, slug, viewer=viewer, at=at, number=number)
    return {
        "plan": about(version, at),
        "priorities": [priority(p) for p in _priorities(version)],
        "kpis": [indicator(k) for k in _kpis(version.plan.partnership, viewer, at)],
        "alignments": [alignment(a) for a in version.alignments.all()],
        **plan_history.surroundings(version, viewer=viewer, at=at),
    }


def part(partnership: Partnership, slug: str, ref: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One priority, work area or deliverable of a plan by its reference: `level`, itself under `part`, and what is around it.

    priority : the one it is, or belongs to;  work_area : the one it is, or the first it serves; None at a priority
    kpis : the indicators of the priority, of the work area, or of the work areas that a deliverable serves
    """
    version = find(partnership, slug, viewer=viewer, at=at)
    level = rules.level(ref)
    row = lookup.one(_rows(version, level), f"{level} {ref} in {version.plan}", ref=ref)
    top = row if level == "priority" else row.priority
    wanted = _work_areas_of(row)
    areas = [work_area(w, version) for w in version.work_areas.all() if w.ref in wanted]
    kpis = [k for k in _kpis(version.plan.partnership, viewer, at) if wanted & set(k.work_areas)]
    return {
        "plan": about(version, at),
        "level": level,
        "ref": ref,
        "title": row.title,
        "part": deliverable(row)
        if isinstance(row, Deliverable)
        else work_area(row, version)
        if level == "work area"
        else priority(row),
        "priority": priority(top),
        "work_area": areas[0] if areas and level != "priority" else None,
        "work_areas": areas,
        "kpis": [indicator(k) for k in kpis],
    }


def sealed(partnership: Partnership, slug: str, number: int, *, viewer: Viewer, at: datetime) -> bytes:
    """The sealed bytes of a version: what /P/plans/SLUG/versions/N.sealed.json answers, unchanged for ever."""
    version = find(partnership, slug, viewer=viewer, at=at, number=number)
    seals = Seal.objects.visible_to(viewer, at)
    return bytes(lookup.one(seals, f"sealed version {number} of {version.plan}", version=version).content)


def find(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime, number: int | None = None) -> PlanVersion:
    """The version that stands at a plan's address, or version `number`."""
    held = Plan.objects.visible_to(viewer, at).filter(partnership=partnership)
    found = lookup.one(held, f"plan “{slug}”", slug=slug)
    if number is None:
        return _standing(found, viewer, at)
    return lookup.one(_versions(found, viewer, at), f"version {number} of {found}", number=number)


def _standing(held: Plan, viewer: Viewer, at: datetime) -> PlanVersion:
    """The newest published version; before there is one, the newest that the viewer may see."""
    versions = list(_versions(held, viewer, at))
    published = [v for v in versions if rules.state(v.moments(), at) == "published"]
    return max(published or versions, key=lambda v: v.number)


def _versions(held: Plan, viewer: Viewer, at: datetime) -> Any:
    return (
        PlanVersion.objects.visible_to(viewer, at)
        .filter(plan=held)
        .select_related("plan__partnership", "seal", "agreement__meeting", "publication")
    )


def about(version: PlanVersion, at: datetime) -> dict[str, Any]:
    """What a plan is: its name, its years, its state at the instant, and the fingerprint of the version once it is frozen."""
    moments = version.moments()
    state = rules.state(moments, at)
    frozen = moments.frozen_at is not None and moments.frozen_at <= at
    return {
        "slug": version.plan.slug,
        "title": version.plan.title,
        "from": version.plan.starts_on,
        "to": version.plan.ends_on,
        "state": state,
        "state_words": rules.STATES[state] if state else None,
        "version": version.number,
        "sha256": version.seal.sha256 if frozen else None,
        "why": None if frozen else "A draft has no fingerprint: its words may still change.",
        "vision": version.vision,
        "note": version.note,
        "is_example": version.plan.is_example,
        "priorities_agreed_in": version.priorities_agreed_in or None,
        "frozen_at": _shown(moments.frozen_at, at),
        "agreed_at": _shown(moments.agreed_at, at),
        "published_at": _shown(moments.published_at, at),
        "is_in_force": moments.agreed_at is not None
        and moments.agreed_at <= at
        and version.plan.starts_on <= clock.day_of(at) <= version.plan.ends_on,
    }


def _shown(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment <= at else None


def _priorities(version: PlanVersion) -> Iterable[Priority]:
    return version.priorities.prefetch_related("work_areas", "deliverables")


def priority(row: Priority) -> dict[str, Any]:
    """A priority with its work areas. A deliverable stands once: under its work area, or beside them when it serves several."""
    areas, deliverables = list(row.work_areas.all()), list(row.deliverables.all())
    return {
        "ref": row.ref,
        "title": row.title,
        "limbs": [{"letter": letter, "words": LIMBS[letter]} for letter in row.limbs],
        "work_areas": [
            {"ref": w.ref, "title": w.title, "deliverables": [deliverable(d) for d in deliverables if d.work_areas == [w.ref]]}
            for w in areas
        ],
        "deliverables": [deliverable(d) for d in deliverables if len(d.work_areas) != 1],
    }


def work_area(row: WorkArea, version: PlanVersion) -> dict[str, Any]:
    """A work area with every deliverable that serves it, those that serve several too."""
    served = [deliverable(d) for d in version.deliverables.all() if row.ref in d.work_areas]
    return {"ref": row.ref, "title": row.title, "priority": row.priority.ref, "deliverables": served}


def deliverable(row: Deliverable) -> dict[str, Any]:
    """A deliverable. `why` says why lead, day or status is null."""
    return {
        "ref": row.ref,
        "title": row.title,
        "lead": row.lead,
        "due": row.due_on,
        "status": None,
        "why": row.why or "No progress has been recorded yet.",
        "work_areas": row.work_areas,
        "is_example": row.is_example,
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


def alignment(row: Any) -> dict[str, Any]:
    """Another strategy that the version fits with."""
    return {
        "slug": row.slug,
        "title": row.title,
        "agreed_by": row.agreed_by or None,
        "ambitions": row.ambitions,
        "note": row.note,
    }


def _kpis(partnership: Partnership, viewer: Viewer, at: datetime) -> list[Kpi]:
    return list(Kpi.objects.visible_to(viewer, at).filter(partnership=partnership))


def _rows(version: PlanVersion, level: str) -> Any:
    if level == "priority":
        return version.priorities.all()
    return (version.work_areas if level == "work area" else version.deliverables).select_related("priority")


def _work_areas_of(row: Priority | WorkArea | Deliverable) -> set[str]:
    if isinstance(row, Priority):
        return {w.ref for w in row.work_areas.all()}
    return set(row.work_areas) if isinstance(row, Deliverable) else {row.ref}
