"""Refreshing a plan at the desk: the plan that follows is begun, each priority that it leaves out is closed with a record, and a plan is closed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.records.actions import plan_refresh as actions
from csplan.records.models import Plan
from csplan.records.reading import review as reading
from csplan.records.reading import signing
from csplan.website.accounts import officers_only
from csplan.website.pages import review as pages
from csplan.website.pages.signing import meeting_options
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def refresh(request: HttpRequest, slug: str) -> HttpResponse:
    """What follows the plan and what the plan leaves out, with the forms for each."""
    plan = reading.plan(request.partnership, slug, viewer=request.user, at=request.reading.at)
    if request.method == "POST":
        return desk_form.which(request, {"start": start, "priority": priority, "close": close}, plan)
    return page(request, plan, nothing(), {})


def start(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Begin the plan that follows."""
    typed = Typed(request.POST)
    told = pages.started(typed)

    def keep() -> str:
        made = actions.start(plan=plan, **told, by=request.user)
        return f"Begun: {made}, with the words of {plan}."

    to = f"/{request.partnership.slug}/desk/plans/{told['slug']}/refresh/"
    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, plan, said, problems), to=to)


def priority(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Write the closing record of a priority that the draft leaves out."""
    typed = Typed(request.POST)
    held = reading.refresh(plan, viewer=request.user, at=request.reading.at)
    told = pages.closed(typed, {p["ref"] for p in held["left_out"] if not p["is_there"]})

    def keep() -> str:
        version = held["draft"] or plan.versions.order_by("-number").first()
        actions.close_priority(version=version, **told, by=request.user)
        return f"Written: the closing record of priority {told['ref']}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, plan, said, problems))


def close(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Close a plan that nothing follows."""
    typed = Typed(request.POST)
    meetings = {m.ref: m for m in signing.deciding_meetings(request.partnership, at=request.reading.at)}
    meeting = typed.choice("meeting", meetings, "Choose the meeting that decided it")
    reason = typed.text("reason", "Write why the plan is closed", longest=2_000)

    def keep() -> str:
        actions.close(plan=plan, meeting=meetings[meeting], reason=reason, by=request.user)
        return f"Closed: {plan}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, plan, said, problems))


def page(request: HttpRequest, plan: Plan, said: Said, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    held = reading.refresh(plan, viewer=request.user, at=request.reading.at)
    meetings = signing.deciding_meetings(request.partnership, at=request.reading.at)
    is_closed = hasattr(plan, "closing")
    published = plan.versions.filter(publication__published_at__lte=request.reading.at).exists()
    shown: dict[str, Any] = {
        **pages.closing_choices(held["left_out"]),
        "plan_slug": plan.slug,
        "plan_title": plan.title,
        "followed_by": held["followed_by"],
        "follows": held["follows"],
        "left_out": pages.left_out(held["left_out"]),
        "is_draft": held["draft"] is not None,
        "is_closed": is_closed,
        "is_agreed": reading.standing(plan, at=request.reading.at) is not None,
        "meetings": meeting_options(meetings),
        "said": said,
        "may_write": desk_form.may(request, "plan.refresh"),
        "may_close": desk_form.may(request, "plan.close") and published and not is_closed,
    }
    return desk_form.page(request, "desk/refresh.html", shown, problems)
