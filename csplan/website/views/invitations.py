"""Taking up an invitation: the code, then a user name and a password of one's own, or an account that one has.

The link carries the code in its address, so the page tells no other site its address (Referrer-Policy), and this program
writes no line about who asks for which page. Only what a form sends takes the invitation.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from csplan.errors import CsplanError
from csplan.records.actions import invitation as actions
from csplan.website import tries
from csplan.website.pages import people as pages
from csplan.website.views.desk_form import TO_MEND

TOO_MANY = 429
TRIES = "invitation code"
#: Other sites learn that the link came from here and not which address, and forms still say where they come from.
REFERRER = "strict-origin"
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOT_TOGETHER = "That user name and password do not belong together. Check both and try again"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: HttpRequest) -> HttpResponse:
    """The page of a code: `do` says how it is taken: new, held or mine."""
    response = answer(request)
    response.headers["Referrer-Policy"] = REFERRER
    return response


def answer(request: HttpRequest) -> HttpResponse:
    """The code first; with one that can be taken, the ways to take it."""
    sent = request.POST if request.method == "POST" else request.GET
    code = sent.get("code", "").strip()
    if not code:
        errors = {"code": _("Type the code of your invitation")} if request.method == "POST" else {}
        return render(request, "account/invitation_code.html", {"code": "", "errors": errors}, status=TO_MEND if errors else 200)
    try:
        tries.check(request, TRIES)
        held = actions.find(code)
    except tries.TooMany as refused:
        return not_found(request, "", str(refused), TOO_MANY)
    except actions.NotTaken as refused:
        if isinstance(refused, actions.NoSuchCode):
            tries.failed(request, TRIES)
        return not_found(request, code, str(refused), TO_MEND)
    take = {"new": take_new, "held": take_held, "mine": take_mine}.get(request.POST.get("do", ""))
    return take(request, held, code) if take else page(request, held, code, {})


def not_found(request: HttpRequest, code: str, words: str, status: int) -> HttpResponse:
    """The code again, with what is wrong with it."""
    return render(request, "account/invitation_code.html", {"code": code, "errors": {"code": words}}, status=status)


def take_new(request: HttpRequest, held: Any, code: str) -> HttpResponse:
    """Make an account and take the role with it."""
    username, password = request.POST.get("username", "").strip(), request.POST.get("password", "")
    if password and password != request.POST.get("again", ""):
        problems = actions.wrong_account(username, password)
        return page(request, held, code, {"again": _("The two passwords differ. Type the same one twice")} | problems)
    return taken(request, held, code, username=username, password=password)


def take_held(request: HttpRequest, held: Any, code: str) -> HttpResponse:
    """Sign in to an account that one has, and take the role with it."""
    name, word = request.POST.get("login", "").strip(), request.POST.get("word", "")
    lacking = {"login": "" if name else _("Type your user name"), "word": "" if word else _("Type your password")}
    errors = {field: words for field, words in lacking.items() if words}
    if errors:
        return page(request, held, code, errors)
    user = authenticate(request, username=name, password=word)
    return page(request, held, code, {"login": _(NOT_TOGETHER)}) if user is None else taken(request, held, code, user=user)


def take_mine(request: HttpRequest, held: Any, code: str) -> HttpResponse:
    """Take the role with the account that is signed in."""
    if not request.user.is_authenticated:
        return page(request, held, code, {})
    return taken(request, held, code, user=request.user)


def taken(request: HttpRequest, held: Any, code: str, **account: Any) -> HttpResponse:
    """The role is taken: on to the desk, signed in. Or what is to be mended."""
    try:
        given = actions.take(code=code, **account)
    except actions.Refused as refused:
        return page(request, held, code, refused.problems)
    except CsplanError as refused:
        return page(request, held, code, {"": str(refused)})
    if request.user != given.user:
        login(request, User.objects.get(pk=given.user_id), backend=BACKEND)
    messages.success(request, _("You now hold the role %(role)s here.") % {"role": given.role})
    return redirect(f"/{given.partnership.slug}/desk/")


def page(request: HttpRequest, held: Any, code: str, errors: dict[str, str]) -> HttpResponse:
    """What is offered, and the ways to take it."""
    said = {name: request.POST.get(name, "") for name in ("username", "login")}
    facts = {"offer": pages.offer(held), "code": code, "said": said, "errors": errors}
    return render(request, "account/invitation.html", facts, status=TO_MEND if errors else 200)
