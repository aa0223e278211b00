"""Who is signed in, and what an officer may see: local accounts through allauth, a role in each partnership."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from csplan.cycle import clock
from csplan.website import data_folder


@dataclass(frozen=True)
class Viewer:
    """The person who reads a page.

    person : how they are called at the desk, by office; roles : held now in the page's partnership; desk : its address
    """

    person: str
    roles: tuple[str, ...]
    desk: str | None


@dataclass(frozen=True)
class DemonstrationAccount:
    """One account that anyone may try. person : the office, never a person's name."""

    username: str
    role: str
    password: str
    person: str


class Adapter(DefaultAccountAdapter):
    """Accounts are made by a manager; nobody signs up by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("That user name and password do not belong together. Check both and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return desk_of(request.user) or "/"


def memberships(user: Any) -> Any:
    """The roles a person holds now, also while an earlier day is read, with their partnerships."""
    from csplan.records.models import Membership

    return Membership.objects.held_by(user, clock.now()).select_related("partnership").order_by("partnership__name", "role")


def desk_of(user: Any) -> str | None:
    """The address of a person's desk; None where no partnership has given them a role."""
    first = memberships(user).first()
    return f"/{first.partnership.slug}/desk/" if first else None


def viewer(request: HttpRequest) -> Viewer | None:
    """Who is signed in, or None. Asks the database only where a session came with the request."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    held = list(memberships(user))
    partnership = getattr(request, "partnership", None)
    here = [m for m in held if partnership and m.partnership_id == partnership.pk]
    first = (here or held or [None])[0]
    desk = f"/{first.partnership.slug}/desk/" if first else None
    return Viewer(first.person if first else user.get_username(), tuple(m.role for m in here), desk)


def officers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the desk: sign-in first; a person without a role in this partnership finds nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **names: Any) -> HttpResponse:
        who = viewer(request)
        if who is None:
            return redirect_to_login(request.get_full_path())
        if not who.roles:
            raise Http404("There is nothing at this address for you.")
        request.viewer = who
        return view(request, *arguments, **names)

    return guarded


def name_tried(request: HttpRequest, credentials: Any) -> str | None:
    """The user name that someone tries, which the lock-out counts by."""
    return (credentials or {}).get("username") or request.POST.get("login") or request.POST.get("username")


def locked_out(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """The page after too many wrong passwords. 429: the browser may try again later."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)


def demonstration() -> list[DemonstrationAccount]:
    """The accounts of a demonstration, for buttons on its sign-in page. Empty for a real installation, whatever its folder holds."""
    file = data_folder() / "demo-accounts.json"
    if settings.IS_PRODUCTION or not file.is_file():
        return []
    names = DemonstrationAccount.__dataclass_fields__
    return [DemonstrationAccount(**{n: a[n] for n in names}) for a in json.loads(file.read_text(encoding="utf-8"))]
