"""The search: a place, a postcode or a topic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from csplan.evidence import areas
from csplan.website import reading_day
from csplan.website.answers import answer, form_asked
from csplan.website.pages import insight as insight_page
from csplan.website.pages import topics as topics_page
from csplan.website.pages.ground import ground


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One sure answer leads straight there; several are listed; none says what can be asked for. Nothing typed is kept."""
    p, asked = request.partnership, " ".join(request.GET.get("q", "").split())[:100]
    base = f"/{p.slug}/insight/"
    found = [a for a in areas.search(asked, county=p.area_code, day=request.reading.day) if insight_page.is_here(a, p.area_code)]
    topics = topics_page.named(asked, base)
    one = insight_page.straight_to(asked, found)
    if form_asked(request) == "html" and (one or (len(topics) == 1 and not found)):
        return redirect(reading_day.link(f"{base}areas/{one.code}/" if one else topics[0]["path"]))
    facts = {"asked": asked, "areas": insight_page.results(found, base), "topics": topics}
    return answer(
        request, "search/search.html", facts, page={"examples": insight_page.examples(ground(p.slug), base), "insight": base}
    )
