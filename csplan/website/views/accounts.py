"""Signing in and out."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth import authenticate, login
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from csplan.cycle.roles import ROLES
from csplan.errors import CsplanError
from csplan.website import accounts

#: What to say of a field left empty.
EMPTY = {"login": _("Type your user name."), "password": _("Type your password.")}


class SignIn(LoginView):
    """The sign-in page; in a demonstration, with a button for every role."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        # What belongs to no field (the two do not fit) stands at the first.
        errors = {
            "login" if field == NON_FIELD_ERRORS else field: EMPTY.get(field) or sentences[0]
            for field, sentences in context["form"].errors.items()
        }
        offered = [(account, ROLES[account.role]) for account in accounts.demonstration()]
        return context | {"errors": errors, "offered": offered, "next": self.request.GET.get("next", "")}


@require_POST
@never_cache
def try_role(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's accounts, through the same checks as anyone else, the lock-out included."""
    wanted = {a.username: a for a in accounts.demonstration()}.get(request.POST.get("username", ""))
    if wanted is None:
        raise Http404("There is no such account to try here.")
    user = authenticate(request, username=wanted.username, password=wanted.password)
    if user is None:
        raise CsplanError(
            "The demonstration’s accounts no longer match its records. Build it again with `csplan demo` in a new folder."
        )
    login(request, user)
    return redirect(accounts.desk_of(user) or "/")
