"""A plan as it stood at an instant: its words, its state, and what happened to it."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from csplan.cycle import clock, plan_states
from csplan.cycle import plan as rules
from csplan.records import lookup
from csplan.records.models import Deliverable, Kpi, Partnership, Plan, PlanVersion, Priority, Seal, WorkArea
from csplan.records.models.record import Viewer
from csplan.records.reading import plan_clauses, plan_endings, plan_history, plan_signatures
from csplan.records.reading.plan_clauses import alignment, indicator


def plans(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every plan that may be seen, newest first, each by the version that stands at its address."""
    held = Plan.objects.visible_to(viewer, at).filter(partnership=partnership).order_by("-starts_on", "slug")
    return [about(_standing(plan, viewer, at), at) for plan in held]


def plan(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime, number: int | None = None) -> dict[str, Any]:
    """The plan under the keys of CONTRACT 3, by the version that stands at its address, or by version `number`.

    plan, priorities, kpis; the other clauses (`plan_clauses.lists`, alignments); who signed it (`plan_signatures`);
    what it follows and how it ended (`plan_endings`); and lock, equality, consultations, scrutiny, versions, history
    """
    version = find(partnership, slug, viewer=viewer, at=at, number=number)
    reported = plan_clauses.reports(version.plan, viewer=viewer, at=at)
    return {
        "plan": about(version, at),
        "priorities": [plan_clauses.priority(p, reported) for p in _priorities(version)],
        "kpis": [indicator(k) for k in _kpis(version.plan.partnership, viewer, at)],
        "alignments": [alignment(a) for a in version.alignments.all()],
        **plan_clauses.lists(version),
        "figures": figures(version),
        **plan_signatures.signatures(version, viewer=viewer, at=at),
        **plan_endings.endings(version, viewer=viewer, at=at),
        **plan_history.surroundings(version, viewer=viewer, at=at),
    }


def part(partnership: Partnership, slug: str, ref: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One priority, work area or deliverable of a plan by its reference: `level`, itself under `part`, and what is around it.

    priority : the one it is, or belongs to;  work_area : the one it is, or the first it serves; None at a priority
    kpis : the indicators of the priority, of the work area, or of the work areas that a deliverable serves
    progress : its reports, newest first;  alignments, risks, dependencies, resources : those that name it
    closed : what became of the priority in the plan that follows;  closings : priorities that went into this one
    """
    version = find(partnership, slug, viewer=viewer, at=at)
    level = rules.level(ref)
    row = lookup.one(_rows(version, level), f"{level} {ref} in {version.plan}", ref=ref)
    top = row if level == "priority" else row.priority
    wanted = _work_areas_of(row)
    reported = plan_clauses.reports(version.plan, viewer=viewer, at=at)
    areas = [plan_clauses.work_area(w, version, reported) for w in version.work_areas.all() if w.ref in wanted]
    kpis = [k for k in _kpis(version.plan.partnership, viewer, at) if wanted & set(k.work_areas)]
    return {
        "plan": about(version, at),
        "level": level,
        "ref": ref,
        "title": row.title,
        "part": plan_clauses.deliverable(row, reported)
        if isinstance(row, Deliverable)
        else plan_clauses.work_area(row, version, reported)
        if level == "work area"
        else plan_clauses.priority(row, reported),
        "priority": plan_clauses.priority(top, reported),
        "work_area": areas[0] if areas and level != "priority" else None,
        "work_areas": areas,
        "kpis": [indicator(k) for k in kpis],
        "progress": reported.get(ref, []) if level == "deliverable" else [],
        "group": _group(version, row.group) if isinstance(row, Deliverable) else None,
        "alignments": [alignment(a) for a in version.alignments.all()],
        **_naming(version, ref),
        **plan_endings.of_priority(version, ref, viewer=viewer, at=at),
        "figures": figures(version),
    }


def _group(version: PlanVersion, slug: str) -> dict[str, Any] | None:
    """The group that owns a deliverable."""
    found = version.plan.partnership.groups.filter(slug=slug).first() if slug else None
    return {"slug": slug, "name": found.name if found else slug} if slug else None


def _naming(version: PlanVersion, ref: str) -> dict[str, list[dict[str, Any]]]:
    """Risks, dependencies and resources that name a reference, or something under it."""
    told = plan_clauses.lists(version)
    names = ("risks", "dependencies", "resources")
    return {name: [row for row in told[name] if any(r == ref or r.startswith(f"{ref}.") for r in row["refs"])] for name in names}


def sealed(partnership: Partnership, slug: str, number: int, *, viewer: Viewer, at: datetime) -> bytes:
    """The sealed bytes of a version: what /P/plans/SLUG/versions/N.sealed.json answers, unchanged for ever."""
    version = find(partnership, slug, viewer=viewer, at=at, number=number)
    seals = Seal.objects.visible_to(viewer, at)
    return bytes(lookup.one(seals, f"sealed version {number} of {version.plan}", version=version).content)


def figures(version: PlanVersion) -> list[dict[str, Any]]:
    """The live figures of a version as they were sealed; none for a draft, whose figures still move."""
    return json.loads(bytes(version.seal.content)).get("figures", []) if hasattr(version, "seal") else []


def find(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime, number: int | None = None) -> PlanVersion:
    """The version that stands at a plan's address, or version `number`."""
    held = Plan.objects.visible_to(viewer, at).filter(partnership=partnership)
    found = lookup.one(held, f"plan “{slug}”", slug=slug)
    if number is None:
        return _standing(found, viewer, at)
    return lookup.one(seen(found, viewer, at), f"version {number} of {found}", number=number)


def _standing(held: Plan, viewer: Viewer, at: datetime) -> PlanVersion:
    """The newest published version; before there is one, the newest that is frozen; a draft only where the viewer sees nothing else."""
    return max(seen(held, viewer, at), key=lambda v: (*_stands(v, at), v.number))


def _stands(version: PlanVersion, at: datetime) -> tuple[bool, bool, bool]:
    """What puts a version at its plan's address before others: published and standing, once published, frozen."""
    was = version.moments().as_at(at)
    standing = plan_states.state(was, at) in plan_states.STANDING
    return standing, was.published_at is not None, was.frozen_at is not None


def seen(held: Plan, viewer: Viewer, at: datetime) -> Any:
    """The versions of a plan that a viewer may see."""
    return (
        PlanVersion.objects.visible_to(viewer, at)
        .filter(plan=held)
        .select_related("plan__partnership", "seal", "agreement__meeting", "publication")
    )


def about(version: PlanVersion, at: datetime) -> dict[str, Any]:
    """What a plan is: its name, its years, its state at the instant, and the fingerprint of the version once it is frozen."""
    moments = version.moments()
    state = plan_states.state(moments, at)
    frozen = moments.frozen_at is not None and moments.frozen_at <= at
    return {
        "slug": version.plan.slug,
        "title": version.plan.title,
        "from": version.plan.starts_on,
        "to": version.plan.ends_on,
        "state": state,
        "state_words": plan_states.STATES[state] if state else None,
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
        "is_public": PlanVersion.objects.filter(PlanVersion.public(at), pk=version.pk).exists(),
        "is_in_force": moments.agreed_at is not None
        and moments.agreed_at <= at
        and version.plan.starts_on <= clock.day_of(at) <= version.plan.ends_on,
    }


def _shown(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment <= at else None


def _priorities(version: PlanVersion) -> Iterable[Priority]:
    return version.priorities.prefetch_related("work_areas", "deliverables")


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
