"""How every form of the desk is answered: done and said so, or the page again with what to mend. Nothing is changed by a refusal."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records.lookup import NotHere
from csplan.website import reading_day
from csplan.website.typed import Typed

#: HTTP state of a form that cannot be taken as it is.
TO_MEND = 422


def answer(
    request: HttpRequest,
    typed: Typed,
    do: Callable[[], str],
    show: Callable[..., HttpResponse],
    *,
    to: str | None = None,
) -> HttpResponse:
    """Do what a form asks and lead on to a page that says what was done; or show the form again with what to mend.

    do : calls the action with what was typed, and gives the words for what was done
    show : makes the page from what was typed and {field: sentence}
    to : the address to lead to; this page where none is given
    """
    if typed.problems:
        return show(typed.said, typed.problems)
    try:
        words = do()
    except NotHere:
        raise
    except CsplanError as refused:
        return show(typed.said, {"": str(refused)})
    messages.success(request, words)
    return redirect(reading_day.link(to or request.path))


def page(request: HttpRequest, template: str, shown: Mapping[str, Any], errors: Mapping[str, str]) -> HttpResponse:
    """The page of a form: 422 where something is to mend."""
    return render(request, template, {**shown, "errors": dict(errors)}, status=TO_MEND if errors else 200)


def may(request: HttpRequest, action: str) -> bool:
    """Whether the viewer may do an action here now: by a role held, and not while an earlier day is read."""
    return roles.may(action, request.viewer.roles) and not request.reading.is_earlier


def which(request: HttpRequest, forms: Mapping[str, Callable[..., HttpResponse]], *more: Any) -> HttpResponse:
    """Hand a form on by its field `do`, where a page has several."""
    done = forms.get(request.POST.get("do", ""))
    if done is None:
        raise CsplanError("The form did not say what to do. Go back, load the page again and send it once more.")
    return done(request, *more)
