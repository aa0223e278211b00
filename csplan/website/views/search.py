"""The search: a place, a postcode or a topic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.areas.gazetteer import CODE, POSTCODE, START_OF_POSTCODE, words_of
from csplan.evidence.postcodes import Postcodes
from csplan.evidence.store import Store
from csplan.website import data_folder, reading_day
from csplan.website.answers import answer, form_asked
from csplan.website.pages import insight as insight_page
from csplan.website.pages import topics as topics_page
from csplan.website.pages.ground import ground


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One sure answer leads straight there; several are listed; none says what can be asked for. Nothing typed is kept."""
    p, asked = request.partnership, " ".join(request.GET.get("q", "").split())[:100]
    base = f"/{p.slug}/insight/"
    told = {"county": p.area_code, "day": request.reading.day, "postcodes": Postcodes(Store(data_folder()))}
    found = [a for a in areas.search(asked, **told) if insight_page.is_here(a, p.area_code)]
    topics = topics_page.named(asked, base)
    is_near = bool(found) and not any(bears(area, asked) for area in found)
    one = None if is_near else insight_page.straight_to(asked, found)
    if form_asked(request) == "html" and (one or (len(topics) == 1 and not found)):
        return redirect(reading_day.link(f"{base}areas/{one.code}/" if one else topics[0]["path"]))
    facts = {"asked": asked, "areas": insight_page.results(found, base), "topics": topics}
    page = {"examples": insight_page.examples(ground(p.slug), base), "insight": base, "is_near": is_near}
    return answer(request, "search/search.html", facts, page=page)


def bears(area: Area, asked: str) -> bool:
    """Whether an area's name holds every word typed, or the beginning of a word of it; a postcode and a code are sure."""
    typed = asked.upper()
    if CODE.fullmatch(closed := typed.replace(" ", "")) or POSTCODE.fullmatch(closed) or START_OF_POSTCODE.fullmatch(typed):
        return True
    name = words_of(area.name)
    return all(any(word.startswith(one) for word in name) for one in words_of(asked))
