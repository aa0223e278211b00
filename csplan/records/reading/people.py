"""People with accounts: who holds which role and who is invited; and for the terminal, who is named and what they may do."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User

from csplan.cycle import invitation as invitations
from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records import acting, lookup
from csplan.records.models import Invitation, Membership, Partnership
from csplan.records.models.record import Viewer


def account(username: str) -> User:
    """The account of a user name; refused where there is none that may be used."""
    return lookup.one(User.objects.filter(is_active=True), f"account “{username}”", username=username)


def check_may_decide_on_evidence(username: str, partnership: str | None) -> User:
    """The person who may decide on a held release; refused for anyone else.

    partnership : a slug; None for the only one here
    """
    person = account(username)
    roles.check_may("evidence.decide", acting.who(person, the_partnership(partnership)).roles)
    return person


def the_partnership(slug: str | None) -> Partnership:
    """The partnership of a slug; the only one here where none is named."""
    if slug is not None:
        return lookup.one(Partnership.objects.all(), f"partnership “{slug}”", slug=slug)
    here = list(Partnership.objects.order_by("slug")[:2])
    if not here:
        raise CsplanError(
            "There is no partnership in this folder yet. Run csplan demo, set one up with csplan serve, or name the folder with --data."
        )
    if len(here) > 1:
        raise CsplanError("There are several partnerships in this folder. Name one with --partnership.")
    return here[0]


def held(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Membership]:
    """The roles that stand at an instant, by office and role. Only officers of the partnership see any."""
    rows = Membership.objects.visible_to(viewer, at).standing(at).filter(partnership=partnership)
    return list(rows.select_related("user", "body").order_by("person", "role"))


def ended(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Membership]:
    """The roles that had ended by an instant, the last first."""
    rows = Membership.objects.visible_to(viewer, at).filter(partnership=partnership, to_at__lte=at)
    return list(rows.select_related("user", "body").order_by("-to_at"))


def invited(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The invitations made by an instant, the newest first: {row, state}. Whether one is too old is asked of the machine's clock."""
    rows = Invitation.objects.visible_to(viewer, at).filter(partnership=partnership)
    return [{"row": row, "state": _state(row)} for row in rows.select_related("body").order_by("-made_at", "-pk")]


def _state(row: Invitation) -> str:
    now = datetime.now(UTC)
    return invitations.state(taken_at=row.taken_at, cancelled_at=row.cancelled_at, expires_at=row.expires_at, now=now)


def has_manager(partnership: Partnership, at: datetime) -> bool:
    """Whether somebody manages the partnership, or is invited to."""
    roles_held = Membership.objects.standing(at).filter(partnership=partnership, role="manager", user__is_active=True)
    offers = Invitation.objects.filter(partnership=partnership, role="manager", taken_at__isnull=True, cancelled_at__isnull=True)
    return roles_held.exists() or offers.filter(expires_at__gt=datetime.now(UTC)).exists()
