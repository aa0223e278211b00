"""The partnership as it stood on a day: its bodies, groups and offices."""

from datetime import date
from typing import Any

from csplan.records.models import Office, Partnership


def about(partnership: Partnership, on: date) -> dict[str, Any]:
    """partnership, bodies, groups and offices; of bodies and offices those that stood on the day."""
    return {
        "partnership": {
            "slug": partnership.slug,
            "name": partnership.name,
            "area": {"code": partnership.area_code, "name": partnership.area_name, "type": _kind_of_area(partnership)},
            "tier": partnership.tier,
            "jurisdiction": partnership.jurisdiction,
            "contact": partnership.contact,
        },
        "bodies": [
            {"code": b.code, "name": b.name, "kind": b.kind, "category": b.category, "from": b.from_on, "to": b.to_on}
            for b in partnership.bodies.all()
            if b.from_on <= on and (b.to_on is None or on <= b.to_on)
        ],
        "groups": [
            {
                "slug": g.slug,
                "name": g.name,
                "kind": g.kind,
                "priority": g.priority_ref or None,
                "is_strategy_group": g.is_strategy_group,
                "is_example": g.is_example,
            }
            for g in partnership.groups.all()
        ],
        "offices": [_office(o) for o in _offices(partnership) if o.from_on <= on and (o.to_on is None or on <= o.to_on)],
    }


def group_names(partnership: Partnership) -> dict[str, str]:
    """{slug: name} of its groups."""
    return dict(partnership.groups.values_list("slug", "name"))


def _kind_of_area(partnership: Partnership) -> str:
    """Several districts that act as one have the code of a community safety partnership."""
    return "csp" if partnership.area_code.startswith(("E22", "W14")) else "district"


def _offices(partnership: Partnership) -> Any:
    return partnership.offices.select_related("body", "group")


def _office(row: Office) -> dict[str, Any]:
    group = row.group.slug if row.group else None
    return {"slug": row.slug, "title": row.title, "body": row.body.code, "group": group, "is_example": row.is_example}


def described(partnership: Partnership) -> dict[str, Any]:
    """The partnership as it is set up now, in the shape of partnership.toml, for asking what is left to fill."""
    return {
        "partnership": {"tier": partnership.tier, "jurisdiction": partnership.jurisdiction},
        "bodies": list(partnership.bodies.values("code", "name", "kind", "category", "from_on", "to_on")),
        "groups": list(partnership.groups.values("slug", "name", "kind", "quorum", "is_strategy_group")),
        "offices": [_office(o) | {"from_on": o.from_on, "to_on": o.to_on} for o in _offices(partnership)],
    }
