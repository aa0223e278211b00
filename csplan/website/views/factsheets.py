"""Factsheets on paper: an area, or one topic there, as PDF or Word."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.cycle import periods
from csplan.documents.write import as_bytes
from csplan.website import evidence_view
from csplan.website.identity import identity
from csplan.website.pages import area_topic, factsheet
from csplan.website.pages.ground import ground

#: ending -> what it is on the way to a browser
FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def area(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every topic of an area, in the period shown."""
    return _paper(request, code, None, None, form)


@require_safe
def topic(request: HttpRequest, code: str, topic: str, period: str, form: str) -> HttpResponse:
    """One topic of an area in a period."""
    return _paper(request, code, topic, period, form)


def _paper(request: HttpRequest, code: str, topic: str | None, period: str | None, form: str) -> HttpResponse:
    p, day = request.partnership, request.reading.day
    if form not in FORMS:
        raise Http404(f"A factsheet is not made as “{form}”. Ask for {' or '.join(FORMS)}.")
    place, view = evidence_view.area(p, code, day), evidence_view.view(p, day)
    found = evidence_view.area_findings(view, place.code, periods.parse(period) if period else None)
    if topic:
        area_topic.of(found, topic)
    masthead = identity(p.slug, p.name).masthead
    paper = factsheet.paper(found, ground=ground(p.slug), masthead=masthead, office=p.contact, day=day, topic=topic)
    response = HttpResponse(as_bytes(paper, f".{form}"), content_type=FORMS[form])
    name = factsheet.file_name(place, topic, found.period.address, form)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
