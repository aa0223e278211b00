"""Refusals as pages in words, and as JSON where JSON was asked for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from csplan.website.answers import as_json, form_asked


def refused(request: HttpRequest, sentence: str, status: int = 400) -> HttpResponse:
    """What is wrong and what to do, as the program said it."""
    return in_words(request, "errors/refused.html", sentence, status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request was not one a browser sends."""
    return in_words(request, "errors/refused.html", _("The request could not be understood. Go back and try again."), 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403"""
    return in_words(request, "errors/not_allowed.html", _("Your role does not allow this. Ask the partnership’s manager."), 403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old. Words of an officer are given back."""
    if request.method == "POST" and "/desk/" in request.path:
        from csplan.website import words_back

        return words_back.page(request, _("The form was older than your signing in, so it was not taken."))
    sentence = _(
        "This form had been open too long, or cookies are switched off. Go back, load the page again and send it once more."
    )
    return in_words(request, "errors/refused.html", sentence, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the sentence of the view where it gave one."""
    own = str(exception) if isinstance(exception, Http404) and exception.args and isinstance(exception.args[0], str) else ""
    return in_words(request, "errors/not_found.html", own or _("There is nothing at this address."), 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. The page asks nothing of the database, which may be what is broken."""
    return HttpResponse(get_template("errors/broken.html").template.render(), status=500)


def in_words(request: HttpRequest, template: str, sentence: str, status: int) -> HttpResponse:
    if form_asked(request) == "json":
        return as_json({"error": sentence}, status)
    return render(request, template, {"sentence": sentence}, status=status)
