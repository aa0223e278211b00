"""Where a visit begins: the partnerships here, and the home of one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from csplan.evidence import areas
from csplan.records.models import Partnership
from csplan.website import evidence_view, reading_day
from csplan.website.answers import answer, form_asked
from csplan.website.pages import home as home_page
from csplan.website.pages.ground import ground


@require_safe
def partnerships(request: HttpRequest) -> HttpResponse:
    """The partnerships of this installation; with one, its home."""
    here = list(Partnership.objects.order_by("name").values("slug", "name"))
    slug = settings.PARTNERSHIP or (here[0]["slug"] if len(here) == 1 else None)
    if slug and form_asked(request) == "html":
        return redirect(reading_day.link(f"/{slug}/"))
    facts = {"partnerships": [{**p, "url": f"/{p['slug']}/"} for p in here]}
    return answer(request, "home/partnerships.html", facts)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home of one partnership."""
    p, day = request.partnership, request.reading.day
    county, view = areas.get(p.area_code), evidence_view.view(p, day)
    found = evidence_view.area_findings(view, county.code) if view.months else None
    page = home_page.page(p, found, county=county, ground=ground(p.slug), reading=request.reading)
    return answer(request, "home/home.html", home_page.facts(p, county, found, page), page=page)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """`{"ok": true}` when records can be read."""
    Partnership.objects.exists()
    return HttpResponse('{"ok": true}\n', content_type="application/json")
