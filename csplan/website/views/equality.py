"""Equality impact assessments as anyone may read them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.records.reading import equality as reading
from csplan.website.answers import answer
from csplan.website.pages import equality as pages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every assessment of a version that may be read."""
    p = request.partnership
    found = reading.assessments(p, viewer=request.user, at=request.reading.at)
    return answer(request, "equality/index.html", {"assessments": found}, page=pages.index(found, f"/{p.slug}/"))


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One assessment: state, owner, words, actions."""
    p = request.partnership
    found = reading.assessment(p, ref, viewer=request.user, at=request.reading.at)
    return answer(request, "equality/show.html", {"assessment": found}, page=pages.show(found, f"/{p.slug}/"))
