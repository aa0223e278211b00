"""What each figure counts, and what must be said beside it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.errors import CsplanError
from csplan.evidence import catalogue
from csplan.website.answers import answer
from csplan.website.pages import indicator as indicator_page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every indicator of the catalogue."""
    base = f"/{request.partnership.slug}/insight/"
    return answer(request, "indicators/index.html", indicator_page.index(base), page={"insight": base, "kinds": catalogue.KINDS})


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One indicator: method and provenance."""
    try:
        found = catalogue.get(ref)
    except CsplanError as e:
        raise Http404(str(e)) from None
    page = indicator_page.page(found, f"/{request.partnership.slug}/insight/", request.reading.day)
    return answer(request, "indicators/indicator.html", indicator_page.facts(found, request.reading.day), page=page)
