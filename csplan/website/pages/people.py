"""The people of a partnership at the desk: who holds which role, who is invited, and an invitation as it is handed over."""

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from csplan.cycle import clock, roles, set_up
from csplan.website.jinja import in_words

#: Where an invitation is taken up.
TAKE_UP = "/accounts/invitation/"
ROLES = [(role, role.capitalize(), roles.ROLES[role]) for role in set_up.OFFERED]
#: state of an invitation -> what stands beside it
STATES = {"open": "Waits", "taken": "Taken", "cancelled": "Cancelled", "expired": "Too old"}


def page(
    held: Sequence[Any], ended: Sequence[Any], invited: Sequence[dict[str, Any]], *, viewer: Any, may_write: bool, home: str
) -> dict[str, Any]:
    """Everything on the page but the form. held, ended, invited : of `reading.people`."""
    return {
        "held": [_held(m, viewer, may_write, home) for m in held],
        "ended": [f"{m.person}, {m.role} ({m.user.get_username()}), until {in_words(m.to_at)}" for m in ended],
        "invited": [_invited(one, may_write) for one in invited if one["state"] != "taken"],
        "roles": ROLES,
        "may_write": may_write,
    }


def _held(membership: Any, viewer: Any, may_write: bool, home: str) -> dict[str, Any]:
    is_own = membership.user_id == viewer.pk
    return {
        "person": membership.person,
        "role": membership.role.capitalize(),
        "words": f"{membership.user.get_username()}, since {in_words(membership.from_at)}{_of(membership)}",
        "is_own": is_own,
        "end": f"{home}desk/people/{membership.pk}/end/" if may_write and not is_own else None,
    }


def _of(row: Any) -> str:
    return f", for {row.body.name}" if row.body else ""


def _invited(one: dict[str, Any], may_write: bool) -> dict[str, Any]:
    row = one["row"]
    until = f", until {in_words(row.expires_at)}" if one["state"] == "open" else ""
    return {
        "pk": row.pk,
        "person": row.person,
        "role": row.role.capitalize(),
        "words": f"Made {in_words(row.made_at)}{until}{_of(row)}",
        "state": STATES[one["state"]],
        "may_cancel": may_write and one["state"] == "open",
    }


def said(sent: Any) -> dict[str, str]:
    """What was typed of a person to invite."""
    return {name: " ".join(sent.get(name, "").split()) for name in ("role", "person", "body")}


def body_choices(bodies: Collection[Any]) -> list[tuple[str, str]]:
    """The bodies that a partner may return figures for."""
    return [("", "No body"), *((b.code, b.name) for b in bodies)]


def sheet(made: Any, address: str) -> dict[str, Any]:
    """An invitation as it is handed over. made : the invitation with its code; address : where it is taken up, whole."""
    row = made.invitation
    parts = urlsplit(address)
    return {
        "partnership": row.partnership.name,
        "person": row.person,
        "role": row.role,
        "role_words": roles.ROLES[row.role],
        "code": made.code,
        "link": f"{address}?{urlencode({'code': made.code})}",
        "typed": f"{parts.netloc}{parts.path}",
        "until": in_words(clock.day_of(row.expires_at)),
        "contact": row.partnership.contact,
    }


def offer(row: Any) -> dict[str, str]:
    """What an invitation offers, for the person who brings its code."""
    return {
        "partnership": row.partnership.name,
        "person": row.person,
        "role": row.role.capitalize(),
        "words": roles.ROLES[row.role],
        "body": row.body.name if row.body else "",
    }
