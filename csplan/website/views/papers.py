"""Papers made from the records: as a page, and as a file to send round.

An officer of the partnership also finds a paper on a version that is still a draft.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.documents import html_writer
from csplan.documents.paper import Paper
from csplan.documents.write import as_bytes
from csplan.records import papers
from csplan.records.reading import meeting as reading
from csplan.website.answers import answer
from csplan.website.pages import paper as pages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every paper on an agenda, and the paper of each plan."""
    found = {"papers": papers.listed(request.partnership, viewer=request.user, at=request.reading.at)}
    return answer(request, "papers/index.html", found, page=listed(request))


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One paper, to read."""
    row = find(request, ref)
    shown = next(line for line in listed(request)["doors"] if line["url"].endswith(f"/{ref}/"))
    page = {"line": shown, "body": html_writer.fragment(made(request, row))}
    return answer(request, "papers/show.html", {"paper": row}, page=page)


@require_safe
def file(request: HttpRequest, ref: str, form: str) -> HttpResponse:
    """The same paper as a file."""
    if form not in pages.FORMS:
        raise Http404(f"A paper cannot be had as “{form}”. Choose html, pdf or docx.")
    content = as_bytes(made(request, find(request, ref)), f".{form}")
    how = "attachment" if pages.FORMS[form].is_kept else "inline"
    return HttpResponse(
        content, content_type=pages.FORMS[form].kind, headers={"Content-Disposition": f'{how}; filename="{ref}.{form}"'}
    )


def listed(request: HttpRequest) -> dict[str, Any]:
    """The papers in words, with their addresses."""
    p, at = request.partnership, request.reading.at
    some, meetings = (ask(p, viewer=request.user, at=at) for ask in (papers.listed, reading.meetings))
    return pages.index(some, meetings, f"/{p.slug}/")


def find(request: HttpRequest, ref: str) -> dict[str, Any]:
    """The paper of a reference, as the list has it."""
    some = papers.listed(request.partnership, viewer=request.user, at=request.reading.at)
    row = next((p for p in some if p["ref"] == ref), None)
    if row is None:
        raise Http404(f"There is no paper “{ref}” here. Check its name, and the day you read.")
    return row


def made(request: HttpRequest, row: dict[str, Any]) -> Paper:
    """The paper itself."""
    return papers.make(request.partnership, row["kind"], row["ref"], viewer=request.user, at=request.reading.at)
