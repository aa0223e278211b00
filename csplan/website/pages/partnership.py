"""How a partnership is set up: bodies with their days, groups with their quorum, offices, and what is left."""

from datetime import date, datetime
from typing import Any

from csplan.cycle import authorities, clock, set_up
from csplan.website.pages import left, register


def page(partnership: Any, *, at: datetime, may_write: bool) -> dict[str, Any]:
    """Everything on the page. Bodies and offices that ended stay, with the days between which they stood."""
    home = f"/{partnership.slug}/desk/partnership/"
    offices = partnership.offices.select_related("body", "group")
    return {
        "bodies": [_body(b, home, clock.day_of(at)) for b in partnership.bodies.order_by("from_on", "name")],
        "groups": [_group(g, home) for g in partnership.groups.all()],
        "offices": [_office(o) for o in offices],
        "left": left.left(partnership, at=at),
        "may_write": may_write,
        "add": home + "add/",
    }


def _body(body: Any, home: str, on: date) -> dict[str, Any]:
    kind = authorities.KINDS.get(body.kind)
    stands = body.from_on <= on and (body.to_on is None or on <= body.to_on)
    return {
        "name": body.name,
        "kind": kind[0] if kind else body.kind.capitalize(),
        "days": register.days_in_words(body.from_on, body.to_on),
        "stands": stands,
        "end": f"{home}bodies/{body.code}/end/" if body.to_on is None else None,
    }


def _group(group: Any, home: str) -> dict[str, Any]:
    return {
        "name": group.name,
        "kind": set_up.GROUP_KINDS.get(group.kind, group.kind.capitalize()),
        "quorum": f"Quorum: {group.quorum}" if group.quorum else "No quorum is set",
        "path": f"{home}groups/{group.slug}/quorum/",
    }


def _office(office: Any) -> dict[str, Any]:
    group = f"{office.group.name}. " if office.group else ""
    return {
        "title": office.title,
        "words": f"{office.body.name}. {group}{register.days_in_words(office.from_on, office.to_on)}",
    }


def choices(partnership: Any) -> dict[str, Any]:
    """What the forms offer: kinds, bodies and groups."""
    return {
        "body_kinds": register.KINDS,
        "group_kinds": register.GROUP_KINDS,
        "bodies": [("", "Choose a body"), *((b.code, b.name) for b in partnership.bodies.all())],
        "groups": [("", "No group"), *((g.slug, g.name) for g in partnership.groups.all())],
    }
