"""The yearly review of a plan at the desk: begun for a year, and completed on one page that is filled in beforehand."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.errors import CsplanError
from csplan.records.actions import plan_review as actions
from csplan.records.models import Plan
from csplan.records.reading import kpi
from csplan.records.reading import review as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import review as pages
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form
from csplan.website.views.performance import findings


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """What was reviewed, and the form that begins or completes a review."""
    plan = reading.plan(request.partnership, slug, viewer=request.user, at=request.reading.at)
    if request.method == "POST":
        return desk_form.which(request, {"begin": begin, "complete": complete}, plan)
    return page(request, plan, None, {})


def begin(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Begin the review of a year."""
    typed = Typed(request.POST)
    year = typed.text("year", "Choose the year that is reviewed")

    def keep() -> str:
        actions.begin(plan=plan, year=year, by=request.user)
        return f"Begun: the review of {plan} for {year}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, plan, said, problems))


def complete(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Complete the review that is under way."""
    typed, (deliverables, kpis) = Typed(request.POST), asked_about(request, plan)
    told = pages.completed(typed, [d["ref"] for d in deliverables], [k["id"] for k in kpis])

    def keep() -> str:
        held = plan.reviews.order_by("-begun_at").first()
        if held is None:
            raise CsplanError(f"No review of {plan} is under way. Begin one first.")
        actions.complete(review=held, **told, by=request.user)
        return f"Completed: the review of {plan} for {held.year}. It is public now."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, plan, said, problems))


def page(request: HttpRequest, plan: Plan, said: Said | None, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend. said : None before anyone typed"""
    asked = {"viewer": request.user, "at": request.reading.at}
    held, open_one = reading.reviews(plan, **asked), reading.under_way(plan)
    deliverables, kpis = asked_about(request, plan) if open_one else ([], [])
    shown: dict[str, Any] = pages.form(deliverables, kpis) | {
        "plan_title": plan.title,
        "is_agreed": reading.standing(plan, at=request.reading.at) is not None,
        "under_way": open_one.year if open_one else None,
        "reviews": pages.lines(held, f"/{request.partnership.slug}/plans/{plan.slug}/"),
        "years": pages.years(plan.starts_on, plan.ends_on, {r["year"] for r in held}),
        "said": said if said is not None else pages.filled(deliverables, kpis) if open_one else nothing(),
        "may_write": desk_form.may(request, "plan.review"),
    }
    return desk_form.page(request, "desk/review.html", shown, problems)


def asked_about(request: HttpRequest, plan: Plan) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The deliverables and the indicators that a review speaks of, as they stand."""
    asked = {"viewer": request.user, "at": request.reading.at}
    held = kpi.scorecard(request.partnership, **asked, findings=findings(request))
    return reading.deliverables(plan, **asked), held["kpis"]
