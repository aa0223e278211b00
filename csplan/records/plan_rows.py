"""A version's text, which is kept as rows, read out as the plain values of `cycle.plan_text`. `actions.clause` writes it."""

from typing import Any

from django.db import models

from csplan.cycle import plan_text
from csplan.records.models import (
    Alignment,
    AssuranceArea,
    Deliverable,
    Dependency,
    PlanVersion,
    Priority,
    ResourceLine,
    Risk,
    Section,
    WorkArea,
)

#: kind of clause -> its rows
TABLES: dict[str, type[models.Model]] = {
    "section": Section,
    "priority": Priority,
    "work-area": WorkArea,
    "deliverable": Deliverable,
    "alignment": Alignment,
    "assurance-area": AssuranceArea,
    "risk": Risk,
    "dependency": Dependency,
    "resource": ResourceLine,
}
#: Fields whose columns are called otherwise.
COLUMNS = {"starts": "starts_on", "due": "due_on"}


def document(version: PlanVersion) -> dict[str, Any]:
    """The text of a version in the shape of a plan file: every field of every clause, in the order in which they are read."""
    return {
        "vision": version.vision,
        "priorities_agreed_in": version.priorities_agreed_in or None,
        "note": version.note,
        "sections": [_row("section", s) for s in sorted(version.sections.all(), key=_place_of_section)],
        "priorities": [
            {
                **_row("priority", p),
                "work_areas": [_row("work-area", w) for w in _by_ref(p.work_areas.all())],
                "deliverables": [{**_row("deliverable", d), "is_example": d.is_example} for d in _by_ref(p.deliverables.all())],
            }
            for p in _by_ref(version.priorities.prefetch_related("work_areas", "deliverables"))
        ],
        "alignments": [_row("alignment", a) for a in version.alignments.all()],
        "assurance_areas": [_row("assurance-area", a) for a in _by_ref(version.assurance_areas.all())],
        "risks": [_row("risk", r) for r in _by_ref(version.risks.all())],
        "dependencies": [_row("dependency", d) for d in _by_ref(version.dependencies.all())],
        "resources": [_row("resource", r) for r in _by_ref(version.resource_lines.all())],
    }


def clause(version: PlanVersion, address: str) -> dict[str, Any] | None:
    """What one clause says; None where it is not there."""
    return plan_text.clauses(document(version)).get(address)


def _row(kind: str, row: Any) -> dict[str, Any]:
    table = plan_text.KINDS[kind]
    return {table.key: getattr(row, table.key), **{f.name: getattr(row, COLUMNS.get(f.name, f.name)) for f in table.fields}}


def _by_ref(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: [int(n) for n in row.ref.lstrip("ARNM").split(".")])


def _place_of_section(section: Section) -> tuple[int, int]:
    known = list(plan_text.SECTIONS)
    return (known.index(section.ref) if section.ref in known else len(known), section.pk)
