"""The versions of a plan: the list, one as it was frozen with its sealed bytes, and two side by side.

Whoever may read two versions may compare them; an officer of the partnership finds a draft here too, marked as one.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from csplan.records.reading import partnership as partnerships
from csplan.records.reading import plan as reading
from csplan.records.reading import plan_comparison, plan_versions
from csplan.website import reading_day
from csplan.website.answers import answer
from csplan.website.pages import compare as compare_page
from csplan.website.pages import plan_versions as pages
from csplan.website.views.plans import figures, plan

#: HTTP state of a form that cannot be taken as it is.
TO_MEND = 422
WRONG = "Choose two different versions from the lists."


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version with the states that it passed through."""
    found = versions(request, slug)
    return answer(request, "plans/versions.html", found, page=pages.index(found, home(request)))


@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was frozen: the page is made from the sealed bytes. A draft is shown as it stands."""
    found = plan(request, slug, number)
    text = plan_versions.text(request.partnership, slug, number, viewer=request.user, at=request.reading.at)
    groups = partnerships.group_names(request.partnership)
    page = pages.version(found, text, figures(request, slug, number), groups, home(request))
    return answer(request, "plans/version.html", found | {"sealed": text if found["plan"]["sha256"] else None}, page=page)


@require_safe
def sealed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The sealed bytes of a version, unchanged for ever: its fingerprint is taken of exactly this body."""
    content = reading.sealed(request.partnership, slug, number, viewer=request.user, at=request.reading.at)
    return HttpResponse(content, content_type="application/json")


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """From the form of two lists to the page on which the two stand side by side."""
    found = versions(request, slug)
    chosen = request.GET.get("before", ""), request.GET.get("after", "")
    form = pages.chooser(found, home(request), chosen)
    offered = form["options"] if form else []
    if chosen[0] == chosen[1] or not set(chosen) <= set(offered):
        page = found | pages.index(found, home(request), chosen=chosen, problem=WRONG)
        return render(request, "plans/versions.html", page, status=TO_MEND)
    (one, first), (other, second) = (value.rsplit("/", 1) for value in chosen)
    return redirect(reading_day.link(pages.address((one, int(first)), (other, int(second)), home(request))))


@require_safe
def compare(request: HttpRequest, slug: str, number: int, other: int, other_slug: str = "") -> HttpResponse:
    """Two versions side by side, of one plan or of two of which one follows the other."""
    p, at = request.partnership, request.reading.at
    found = plan_comparison.comparison(p, (slug, number), (other_slug or slug, other), viewer=request.user, at=at)
    page = compare_page.page(found, versions(request, other_slug or slug), partnerships.group_names(p), home(request))
    return answer(request, "plans/compare.html", found, page=page)


def versions(request: HttpRequest, slug: str) -> dict[str, Any]:
    """The versions of a plan that the reader may see."""
    return plan_versions.versions(request.partnership, slug, viewer=request.user, at=request.reading.at)


def home(request: HttpRequest) -> str:
    """The address that every page of the partnership begins with."""
    return f"/{request.partnership.slug}/"
