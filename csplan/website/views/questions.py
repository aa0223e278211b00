"""Questions for councillors drawn from the figures of each division, to read and as one page on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from csplan.documents.write import as_bytes
from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import AreaFindings
from csplan.website import evidence_view
from csplan.website.answers import answer
from csplan.website.identity import identity
from csplan.website.pages import paper as papers
from csplan.website.pages import questions as pages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every division of the area."""
    p = request.partnership
    found = [areas.get(p.area_code), *divisions(request)]
    told = {"areas": [{"code": a.code, "name": a.name} for a in found]}
    return answer(request, "scrutiny/questions.html", told, page=pages.index(found, f"/{p.slug}/"))


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The questions that the figures of one area raise."""
    forms = {ending: form.words for ending, form in papers.FORMS.items()}
    page = pages.show(findings(request, code), f"/{request.partnership.slug}/", forms)
    return render(request, "scrutiny/area_questions.html", page)


@require_safe
def file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Three of them on one page."""
    if form not in papers.FORMS:
        raise Http404(f"The questions cannot be had as “{form}”. Choose {', '.join(papers.FORMS)}.")
    found, p = findings(request, code), request.partnership
    made = pages.paper(found, masthead=identity(p.slug, p.name).masthead, office=p.contact, day=request.reading.day)
    how = "attachment" if papers.FORMS[form].is_kept else "inline"
    name = f"questions-{found.area.code}.{form}"
    headers = {"Content-Disposition": f'{how}; filename="{name}"'}
    return HttpResponse(as_bytes(made, f".{form}"), content_type=papers.FORMS[form].kind, headers=headers)


def findings(request: HttpRequest, code: str) -> AreaFindings:
    """What the figures of an area of the partnership say on the day read."""
    p, day = request.partnership, request.reading.day
    place = evidence_view.area(p, code, day)
    return evidence_view.area_findings(evidence_view.view(p, day), place.code)


def divisions(request: HttpRequest) -> list[Area]:
    """The electoral divisions in force on the day, by name; none where the house holds none of the area."""
    found = (areas.get(code) for code in areas.members("division", request.reading.day))
    home = request.partnership.area_code
    return sorted((d for d in found if areas.district_of(d.code) == home), key=lambda d: d.name)
