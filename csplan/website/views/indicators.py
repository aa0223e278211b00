"""What each figure counts, and what must be said beside it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.errors import CsplanError
from csplan.evidence import catalogue, series_events
from csplan.records.reading import kpi as readings
from csplan.website import evidence_view
from csplan.website.answers import answer
from csplan.website.pages import indicator as indicator_page
from csplan.website.pages import indicator_list, work
from csplan.website.pages.events import sentence


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every indicator of the catalogue, those with figures first; searched by words and by work area."""
    base, day = f"/{request.partnership.slug}/insight/", request.reading.day
    named = indicator_list.titles(work.standing_plan(request.partnership, at=request.reading.at))
    asked, areas = " ".join(request.GET.get("q", "").split())[:100], indicator_list.choices(named)
    area = next((ref for ref, _ in areas if ref == request.GET.get("work_area")), "")
    shown, paged = indicator_list.found(asked, area), with_page(request)
    page = indicator_page.lists(shown, named, base, day, paged=paged)
    page |= {"insight": base, "asked": asked, "area": area, "areas": areas}
    page["headline"] = indicator_list.headline(shown, asked, area)
    return answer(request, "indicators/index.html", indicator_page.index(shown, base, paged=paged), page=page)


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One indicator: method and provenance. It has a page once a figure of it is held."""
    try:
        found = catalogue.get(ref)
    except CsplanError as e:
        raise Http404(str(e)) from None
    paged, day = with_page(request), request.reading.day
    if found.id not in paged:
        raise Http404(
            f"“{found.title}” ({found.id}) is defined, and no figure of it is held yet. Find it in the list of indicators."
        )
    page = indicator_page.page(found, f"/{request.partnership.slug}/insight/", day, paged=paged)
    return answer(request, "indicators/indicator.html", indicator_page.facts(found, day) | events(request, found), page=page)


def with_page(request: HttpRequest) -> frozenset[str]:
    """The ids of the indicators that have a page on the day read."""
    p = request.partnership
    measured = readings.measured(p, viewer=None, at=request.reading.at)
    is_held = bool(evidence_view.view(p, request.reading.day).months)
    return frozenset(i.id for i in catalogue.all() if indicator_list.has_page(i, measured=measured, is_held=is_held))


def events(request: HttpRequest, found: catalogue.Indicator) -> dict[str, Any]:
    """{events} on the series that an indicator is counted from, within the months held; none of one that is returned."""
    if not found.topic:
        return {"events": []}
    view = evidence_view.view(request.partnership, request.reading.day)
    some = series_events.shown(request.partnership.area_code, found.topic, view.months, day=request.reading.day)
    return {"events": [event.as_json() | {"sentence": sentence(event)} for event in some]}
