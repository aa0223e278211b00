"""A plan as files, on one page, and in easy words. What an agreed version was kept as is served as those bytes for ever."""

import base64

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from csplan.records import plan_papers
from csplan.records.models import PlanVersion
from csplan.records.reading import plan as reading
from csplan.website.answers import answer
from csplan.website.pages import paper as forms
from csplan.website.pages import plan_papers as pages


@require_safe
def plan(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The whole plan by the version that stands, made from its seal with what is recorded of it on the day read."""
    return _file(request, version(request, slug), plan_papers.PLAN, form)


@require_safe
def paper(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """One version as a paper: the bytes kept when it was agreed, and before that as it would be made."""
    return _file(request, version(request, slug, number), plan_papers.PLAN, form, kept=True)


@require_safe
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan on one page."""
    found = version(request, slug)
    told = plan_papers.in_short(found, request.reading.at)
    page = pages.summary(found.plan, told, f"/{request.partnership.slug}/")
    return answer(request, "plans/summary.html", {"summary": told}, page=page)


@require_safe
def summary_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same as a file."""
    return _file(request, version(request, slug), plan_papers.SUMMARY, form)


@require_safe
def easy_read(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan in easy words, in large type."""
    found = version(request, slug)
    told = plan_papers.in_easy_words(found, request.reading.at)
    page = pages.easy_read(found.plan, told, f"/{request.partnership.slug}/")
    return answer(request, "plans/easy_read.html", {"easy_read": told}, page=page)


@require_safe
def easy_read_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same as a file."""
    return _file(request, version(request, slug), plan_papers.EASY_READ, form)


def version(request: HttpRequest, slug: str, number: int | None = None) -> PlanVersion:
    """The version that stands at the plan's address, or one of its numbers, for whoever asks."""
    found = reading.find(request.partnership, slug, viewer=request.user, at=request.reading.at, number=number)
    plan_papers.sealed(found)  # a draft has no papers, and says so
    return found


def _file(request: HttpRequest, found: PlanVersion, kind: str, form: str, *, kept: bool = False) -> HttpResponse:
    """A paper as an answer. Its fingerprint stands in two headers, so that a program can check what it was given."""
    if form not in forms.FORMS:
        raise Http404(f"A paper cannot be had as “{form}”. Choose html, pdf or docx.")
    made = plan_papers.file(found, kind, form, request.reading.at, kept=kept)
    how = "attachment" if forms.FORMS[form].is_kept else "inline"
    headers = {
        "Content-Disposition": f'{how}; filename="{pages.file_name(found, kind, form)}"',
        "ETag": f'"{made.sha256}"',
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(made.sha256)).decode()}:",
        "X-Kept-Since-Agreement": "yes" if made.is_kept else "no",
    }
    response = HttpResponse(made.content, content_type=forms.FORMS[form].kind, headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response
