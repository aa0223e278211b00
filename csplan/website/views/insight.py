"""The room of facts and figures, and where its numbers come from."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.evidence import areas
from csplan.website import evidence_view
from csplan.website.answers import answer
from csplan.website.pages import insight as insight_page
from csplan.website.pages import releases
from csplan.website.pages.ground import ground


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Topics and areas to choose from."""
    p, day = request.partnership, request.reading.day
    county, view = areas.get(p.area_code), evidence_view.view(p, day)
    found = evidence_view.area_findings(view, county.code) if view.months else None
    page = insight_page.page(found, county=county, ground=ground(p.slug), day=day, base=f"/{p.slug}/insight/")
    return answer(request, "insight/insight.html", insight_page.facts(found, page, county), page=page)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Releases with their fingerprints, months held and missing, carried tables, downloads."""
    p, day = request.partnership, request.reading.day
    view = evidence_view.view(p, day)
    found = releases.facts(view, p, day)
    return answer(
        request, "insight/data.html", found, page=releases.page(found, f"/{p.slug}/insight/"), table=releases.table(found)
    )
