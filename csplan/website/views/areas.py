"""The profile of an area, and one topic there."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.website import evidence_view
from csplan.website.answers import answer
from csplan.website.pages import area as area_page
from csplan.website.pages import area_topic as topic_page
from csplan.website.pages import releases
from csplan.website.pages.ground import ground


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The profile of one area."""
    p, day = request.partnership, request.reading.day
    area, view = evidence_view.area(p, code, day), evidence_view.view(p, day)
    found = evidence_view.area_findings(view, area.code)
    page = area_page.page(found, ground=ground(p.slug), months=view.months_of(area.code), day=day, base=f"/{p.slug}/insight/")
    return answer(request, "areas/area.html", found.as_json(), page=page, table=area_page.table(found))


@require_safe
def topic(request: HttpRequest, code: str, topic: str) -> HttpResponse:
    """One topic in one area."""
    p, day = request.partnership, request.reading.day
    area, view = evidence_view.area(p, code, day), evidence_view.view(p, day)
    found = evidence_view.area_findings(view, area.code)
    finding = topic_page.of(found, topic)
    unplaced = releases.without_area_words(view, p.area_code, found.period, p.slug)
    months, base = view.months_of(area.code), f"/{p.slug}/insight/"
    page = topic_page.page(found, finding, ground=ground(p.slug), months=months, unplaced=unplaced, base=base)
    return answer(
        request, "areas/topic.html", topic_page.facts(found, finding), page=page, table=topic_page.table(found, finding)
    )
