"""Writing one clause of a draft into its rows. Called inside an action, which asks the permission and leaves the audit event."""

from collections.abc import Mapping
from typing import Any

from csplan.cycle import plan_text
from csplan.errors import CsplanError
from csplan.records.models import Deliverable, PlanVersion, Priority
from csplan.records.plan_rows import COLUMNS, TABLES

#: What is written of a deliverable whose lead or day is not settled and that gives no reason.
NOT_SETTLED = "not settled yet"


def put(version: PlanVersion, address: str, values: Mapping[str, Any]) -> None:
    """Write one clause of a draft: made where it is not there. A work area and a deliverable need their priority first."""
    kind, ref = plan_text.part_of(address)
    if kind.name == "vision":
        version.vision = values["words"]
        version.save(update_fields=["vision"])
        return
    table = TABLES[kind.name]
    found = table._default_manager.filter(version=version, **{kind.key: ref}).first()
    row = found or table(version=version, **{kind.key: ref}, **_parent(version, kind, ref))
    for name, value in values.items():
        setattr(row, COLUMNS.get(name, name), value)
    if isinstance(row, Deliverable):
        row.why = "" if row.lead and row.due_on else row.why or NOT_SETTLED
    row.save()


def take_out(version: PlanVersion, address: str) -> None:
    """Take one clause out of a draft. A priority goes only when nothing stands under it."""
    kind, ref = plan_text.part_of(address)
    if kind.name == "vision":
        raise CsplanError("A plan has a vision. Write another instead of taking it out.")
    row = TABLES[kind.name]._default_manager.get(version=version, **{kind.key: ref})
    if isinstance(row, Priority) and (row.work_areas.exists() or row.deliverables.exists()):
        raise CsplanError(
            f"Priority {ref} still has work areas or deliverables. Take those out first, so that none is lost unseen."
        )
    row.delete()


def _parent(version: PlanVersion, kind: plan_text.Kind, ref: str) -> dict[str, Any]:
    if kind.under is None:
        return {}
    top = ref.split(".")[0]
    parent = Priority.objects.filter(version=version, ref=top).first()
    if parent is None:
        raise CsplanError(
            f"{kind.title} {ref} belongs to priority {top}, which is not in this version. Write the priority first."
        )
    return {"priority": parent}
