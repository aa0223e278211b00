"""One topic across the county."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.evidence import types
from csplan.evidence.region import beside_region
from csplan.website import evidence_view
from csplan.website.answers import answer, as_csv
from csplan.website.pages import area_topic, releases, work
from csplan.website.pages import region as region_page
from csplan.website.pages import topic as topic_page
from csplan.website.pages.ground import ground


@require_safe
def show(request: HttpRequest, topic: str) -> HttpResponse:
    """Headline, months, map, comparison, what is being done, method."""
    p, day = request.partnership, request.reading.day
    view = evidence_view.view(p, day)
    found = evidence_view.area_findings(view, p.area_code)
    finding = area_topic.of(found, topic)
    inside = evidence_view.topic_findings(view, topic, "msoa")
    beside = beside_region(view, types.get(topic), found.area, found.period)
    within = evidence_view.within(view, topic, found.area, found.period, inside.per)
    over = evidence_view.over_years(view, topic, found.area)
    alike = evidence_view.alike(found.area, day)
    done = work.done(p, area_topic.indicator_of(finding).work_areas, at=request.reading.at)
    unplaced, base = releases.without_area_words(view, p.area_code, found.period, p.slug), f"/{p.slug}/insight/"
    page = topic_page.page(found, finding, inside, ground=ground(p.slug), months=view.months, unplaced=unplaced, base=base)
    answered = area_topic.facts(found, finding) | {"areas": inside.as_json()["areas"], "region": beside and beside.as_json()}
    answered |= within.as_json() | {"over_time": over.as_json(), "similar": alike.as_json()}
    page |= topic_page.within(within, finding.title, ground(p.slug), base)
    page |= {
        "done": done,
        "over_time": over.words,
        "alike": topic_page.alike(alike),
        "beside": region_page.page(beside, f"{base}topics/{topic}/"),
    }
    return answer(request, "topics/topic.html", answered, page=page, table=topic_page.table(inside))


@require_safe
def region(request: HttpRequest, topic: str) -> HttpResponse:
    """The districts of the region as CSV."""
    p, day = request.partnership, request.reading.day
    view = evidence_view.view(p, day)
    found = evidence_view.area_findings(view, p.area_code)
    beside = beside_region(view, types.get(area_topic.of(found, topic).topic), found.area, found.period)
    if beside is None or beside.why:
        raise Http404(beside.why if beside else f"{found.area.name} is larger than a district, so it has no region to lie in.")
    return as_csv(region_page.table(beside))
