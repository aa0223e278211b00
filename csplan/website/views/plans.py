"""Plans: the list, one plan, a part of it, a frozen version, its sealed bytes, and what it fits with.

An officer of the partnership finds a draft at the same addresses, marked as one; for everyone else it is not there.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.records.reading import kpi
from csplan.records.reading import plan as reading
from csplan.website.answers import answer
from csplan.website.pages import plan as plan_page
from csplan.website.pages import plan_part as part_page
from csplan.website.views.performance import findings


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
    page = plan_page.page(found, findings(request), request.reading.day, f"/{request.partnership.slug}/")
    return answer(request, "plans/plan.html", found, page=page)


@require_safe
def part(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """A priority, a work area or a deliverable."""
    p, at, held = request.partnership, request.reading.at, findings(request)
    found = reading.part(p, slug, ref, viewer=request.user, at=at)
    judged = {k["id"]: k for k in kpi.scorecard(p, viewer=None, at=at, findings=held)["kpis"]}
    page = part_page.page(found, held, judged, day=request.reading.day, home=f"/{p.slug}/")
    return answer(request, "plans/part.html", found, page=page)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was frozen: the page is made from the sealed bytes."""
    found = plan(request, slug, number)
    sealed = json.loads(reading.sealed(request.partnership, slug, number, viewer=request.user, at=request.reading.at))
    page = plan_page.version(found, f"/{request.partnership.slug}/")
    return answer(request, "plans/version.html", found | {"sealed": sealed}, page=page)


@require_safe
def sealed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The sealed bytes of a version, unchanged for ever: its fingerprint is taken of exactly this body."""
    content = reading.sealed(request.partnership, slug, number, viewer=request.user, at=request.reading.at)
    return HttpResponse(content, content_type="application/json")


@require_safe
def alignment(request: HttpRequest, slug: str) -> HttpResponse:
    """The other strategies that the plan was written to fit with."""
    found = plan(request, slug)
    facts = {"plan": found["plan"], "alignments": found["alignments"]}
    return answer(request, "plans/alignment.html", facts, page=plan_page.alignment(found, f"/{request.partnership.slug}/"))


def plan(request: HttpRequest, slug: str, number: int | None = None) -> dict[str, Any]:
    """The plan as at the day read, by the version that stands or by one of its numbers."""
    return reading.plan(request.partnership, slug, viewer=request.user, at=request.reading.at, number=number)
