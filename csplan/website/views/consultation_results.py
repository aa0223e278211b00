"""What was said in a consultation, and what was decided: the results with their downloads, and “we asked, you said, we did”."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from csplan.documents.write import as_bytes
from csplan.records import consultation_papers, kit_papers
from csplan.records.reading import results as reading
from csplan.website.answers import answer
from csplan.website.pages import paper as papers
from csplan.website.pages import results as pages


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said, question by question, whom it came from, and what was decided."""
    found = reading.results(request.partnership, slug, viewer=None, at=request.reading.at)
    page = pages.results(found, f"/{request.partnership.slug}/")
    return answer(request, "consultations/results.html", found, page=page, table=pages.table(found))


@require_safe
def you_said(request: HttpRequest, slug: str) -> HttpResponse:
    """We asked, you said, we did."""
    found = reading.results(request.partnership, slug, viewer=None, at=request.reading.at)
    page = pages.you_said(found, f"/{request.partnership.slug}/")
    return render(request, "consultations/you-said.html", {**found, **page})


@require_safe
def file(request: HttpRequest, slug: str, kind: str, form: str) -> HttpResponse:
    """A paper of a consultation as a file."""
    kinds = consultation_papers.KINDS | {kind: kit_papers.KINDS[kind] for kind in kit_papers.PUBLIC}
    if form not in papers.FORMS or kind not in kinds:
        raise Http404(f"A consultation has no paper “{kind}.{form}”. Choose one on its page.")
    made = kinds[kind](request.partnership, slug, None, request.reading.at)
    how = "attachment" if papers.FORMS[form].is_kept else "inline"
    headers = {"Content-Disposition": f'{how}; filename="{kind}-{slug}.{form}"'}
    return HttpResponse(as_bytes(made, f".{form}"), content_type=papers.FORMS[form].kind, headers=headers)
