"""Plans handed on and taken in, in the csplan plan format."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from csplan.cycle import plan_format
from csplan.documents import plan_exchange
from csplan.errors import CsplanError
from csplan.records import acting, plan_rows
from csplan.records.actions import plan as plans
from csplan.records.models import Kpi, Partnership, Plan, PlanVersion
from csplan.records.models.record import Viewer
from csplan.records.reading import plan_clauses


def export(version: PlanVersion, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """A version as a plan file. Indicators and sealed figures stand in it to be read; they are not taken in elsewhere."""
    plan, seal = version.plan, getattr(version, "seal", None)
    kpis = Kpi.objects.visible_to(viewer, at).filter(partnership=plan.partnership)
    return plan_format.exported(
        plan_rows.document(version),
        partnership=partnership_of(plan.partnership),
        plan={
            "slug": plan.slug,
            "title": plan.title,
            "from": plan.starts_on,
            "to": plan.ends_on,
            "is_example": plan.is_example,
            "version": version.number,
            "sha256": seal.sha256 if seal else None,
        },
        kpis=[plan_clauses.indicator(k) for k in kpis],
        figures=json.loads(bytes(seal.content)).get("figures", ()) if seal else (),
    )


def partnership_of(row: Partnership) -> dict[str, Any]:
    """A partnership as the head of a plan file names it."""
    return {"slug": row.slug, "name": row.name, "area_code": row.area_code}


def as_file(found: Mapping[str, Any], partnership: Partnership) -> dict[str, Any]:
    """The facts of a plan's page under the same keys, with those that make them a plan file too."""
    plan = found["plan"]
    return {
        "format": plan_format.FORMAT,
        "partnership": partnership_of(partnership),
        "vision": plan["vision"],
        "priorities_agreed_in": plan["priorities_agreed_in"],
        "note": plan["note"],
        **found,
    }


def draft(*, partnership: Partnership, file: Any, slug: str | None = None, by: acting.By) -> PlanVersion:
    """Draft a plan from a plan file. slug : its name in addresses here, where it is not to be the file's.

    Raises `plan_exchange.Refused` for a file that is wrong, CsplanError where the partnership has a plan of that name.
    """
    checked = plan_exchange.check(file)
    told = checked["plan"]
    name = slug or told["slug"]
    if Plan.objects.filter(partnership=partnership, slug=name).exists():
        raise CsplanError(
            f"There is already a plan called {name} here, whose references are never used for something else. "
            "Give the one that comes in another name with --slug."
        )
    document = plan_format.document_of(checked)
    about = {
        "slug": name,
        "title": told["title"],
        "starts_on": date.fromisoformat(told["from"]),
        "ends_on": date.fromisoformat(told["to"]),
        "is_example": bool(told.get("is_example")),
    }
    text = {
        "vision": document["vision"],
        "priorities_agreed_in": document["priorities_agreed_in"] or "",
        "note": document["note"],
    }
    return plans.draft(partnership=partnership, described={**document, "plan": about, "version": text}, by=by)
