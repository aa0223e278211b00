"""Plans: the list, one plan, a part of it, what it fits with, what people said about it, and its yearly reviews.

An officer of the partnership finds a draft at the same addresses, marked as one; for everyone else it is not there.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.records import figures as held_figures
from csplan.records import plan_exchange
from csplan.records.reading import alignment as alignments
from csplan.records.reading import kpi, plan_comments, plan_endings
from csplan.records.reading import partnership as partnerships
from csplan.records.reading import plan as reading
from csplan.website import evidence_view
from csplan.website.answers import answer, as_json, form_asked
from csplan.website.pages import alignment as alignment_page
from csplan.website.pages import plan as plan_page
from csplan.website.pages import plan_comments as comments_page
from csplan.website.pages import plan_part as part_page
from csplan.website.pages import plan_review as review_page
from csplan.website.pages.plan_words import Figures
from csplan.website.views.performance import findings
from csplan.website.views.thread import way_through


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every plan that may be seen."""
    p = request.partnership
    plans = reading.plans(p, viewer=request.user, at=request.reading.at)
    return answer(request, "plans/index.html", {"plans": plans}, page=plan_page.index(plans, request.reading.day, f"/{p.slug}/"))


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The version that stands at the plan's address."""
    found = plan(request, slug)
    if form_asked(request) == "json":  # a plan file of the csplan plan format, under the keys of the page
        return as_json(plan_exchange.as_file(found, request.partnership))
    home = f"/{request.partnership.slug}/"
    page = plan_page.page(found, findings(request), request.reading.day, home, figures(request, slug))
    return answer(request, "plans/plan.html", found, page=page)


@require_safe
def part(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """A priority, a work area or a deliverable."""
    p, at, held = request.partnership, request.reading.at, findings(request)
    found = reading.part(p, slug, ref, viewer=request.user, at=at)
    judged = {k["id"]: k for k in kpi.scorecard(p, viewer=None, at=at, findings=held)["kpis"]}
    page = part_page.page(found, held, judged, day=request.reading.day, home=f"/{p.slug}/", figures=figures(request, slug))
    way = way_through(request, slug, (found["level"].replace(" ", "-"), ref))
    return answer(request, "plans/part.html", found, page=page | {"way": way})


@require_safe
def alignment(request: HttpRequest, slug: str) -> HttpResponse:
    """The other strategies: each ambition with what delivers it, and each part of the plan with what it serves."""
    found = alignments.alignments(request.partnership, slug, viewer=request.user, at=request.reading.at)
    page = alignment_page.page(found, figures(request, slug), f"/{request.partnership.slug}/")
    return answer(request, "plans/alignment.html", found, page=page)


@require_safe
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    """What people said about the plan, what was decided, and the passages that changed."""
    p = request.partnership
    found = plan_comments.comments(p, slug, viewer=request.user, at=request.reading.at)
    page = comments_page.page(found, partnerships.group_names(p), f"/{p.slug}/")
    return answer(request, "plans/comments.html", found, page=page)


@require_safe
def review(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    """The review of one year."""
    p, at = request.partnership, request.reading.at
    version = reading.find(p, slug, viewer=request.user, at=at)
    told = {"review": plan_endings.find_review(version, year, viewer=request.user, at=at)}
    found = plan(request, slug)
    facts = {key: found[key] for key in ("plan", "priorities", "kpis")} | told
    return answer(request, "plans/review.html", {"plan": found["plan"], **told}, page=review_page.page(facts, f"/{p.slug}/"))


def plan(request: HttpRequest, slug: str, number: int | None = None) -> dict[str, Any]:
    """The plan as at the day read, by the version that stands or by one of its numbers."""
    return reading.plan(request.partnership, slug, viewer=request.user, at=request.reading.at, number=number)


def figures(request: HttpRequest, slug: str, number: int | None = None) -> Figures:
    """The live figures of a version as its page says them: sealed words, and which of them would be another now."""
    version = reading.find(request.partnership, slug, viewer=request.user, at=request.reading.at, number=number)
    view = evidence_view.view(request.partnership, request.reading.day)
    return Figures(held_figures.words(version, view), held_figures.restated(version, view))
