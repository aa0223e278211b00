"""Words that could not be taken because the session had ended or the form was too old: given back, to be copied or sent again.

Nothing of them is kept on the server: nobody is known whose they are.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from csplan.cycle import plan_text, roles
from csplan.errors import CsplanError
from csplan.records.lookup import NotHere
from csplan.website import accounts
from csplan.website.views import errors

#: Fields that carry no words of the writer's.
OWN = frozenset({"csrfmiddlewaretoken", "began_from", "do", "fingerprint"})
#: HTTP state of a form that was not taken because nobody is signed in, or in a role that may not.
REFUSED = 403
#: HTTP state of words that the version does not take.
NOT_TAKEN = 400


def writers(action: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page of the desk on which something is written: words that come without a session are given back, and a role that may
    not do the action is refused in words."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def checked(request: HttpRequest, *arguments: Any, **names: Any) -> HttpResponse:
            try:
                roles.check_may(action, request.viewer.roles)
            except CsplanError as e:
                return _refused(request, str(e), REFUSED)
            try:
                return view(request, *arguments, **names)
            except NotHere:
                raise
            except CsplanError as e:
                return _refused(request, str(e), NOT_TAKEN)

        guarded = accounts.officers_only(checked)

        @wraps(view)
        def kept_safe(request: HttpRequest, *arguments: Any, **names: Any) -> HttpResponse:
            if request.method == "POST" and accounts.viewer(request) is None:
                return page(request, _("You are signed out: the time at the desk was over."))
            return guarded(request, *arguments, **names)

        return kept_safe

    return guard


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A refusal in words; with the words of the writer, where the form had any."""
    if request.method == "POST" and _words(request):
        return page(request, sentence, is_refused=True, status=status)
    return errors.refused(request, sentence, status)


def page(request: HttpRequest, why: str, *, is_refused: bool = False, status: int = REFUSED) -> HttpResponse:
    """The words of a form, to copy, and a button to send them again once signed in; none where they would be refused again."""
    held = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    facts = {
        "why": why,
        "held": held,
        "words": _words(request),
        "is_refused": is_refused,
        "may_send": is_from_here(request),
        "is_signed_in": accounts.viewer(request) is not None,
        "sign_in": f"/accounts/login/?{urlencode({'next': request.get_full_path()})}",
    }
    response = render(request, "desk/words_back.html", facts, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _words(request: HttpRequest) -> list[tuple[str, str]]:
    """(label, words) of every field in which something was written."""
    held = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(_label(request, name), value) for name, value in held if value.strip() and name not in OWN]


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form: a button to send it again is not offered for words of another site."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _label(request: HttpRequest, name: str) -> str:
    """What a field is called in the form of its clause."""
    kind = plan_text.KINDS.get((request.GET.get("clause") or request.GET.get("new") or "").partition("/")[0])
    field = next((f for f in kind.fields if f.name == name), None) if kind else None
    return field.label if field else name.replace("_", " ").replace("-", " ").capitalize()
