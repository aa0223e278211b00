"""Meetings as anyone may read them: what was on, what was decided, and about which words."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.records.reading import meeting as reading
from csplan.website.answers import answer
from csplan.website.pages import meetings as pages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every meeting that was announced."""
    p = request.partnership
    found = reading.meetings(p, viewer=request.user, at=request.reading.at)
    return answer(request, "meetings/index.html", {"meetings": found}, page=pages.index(found, f"/{p.slug}/"))


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One meeting."""
    p = request.partnership
    found = reading.meeting(p, ref, viewer=request.user, at=request.reading.at)
    return answer(request, "meetings/show.html", found, page=pages.show(found, f"/{p.slug}/"))
