"""Readings at the desk: a lead or a partner returns one, another person approves it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from csplan.cycle import periods
from csplan.errors import CsplanError
from csplan.records import lookup
from csplan.records.actions import reading as actions
from csplan.records.models import Reading
from csplan.records.reading import kpi as reading
from csplan.website import accounts, reading_day
from csplan.website.accounts import officers_only
from csplan.website.pages import readings as pages

#: HTTP state of a form that cannot be taken as it is.
TO_MEND = 422


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def readings(request: HttpRequest) -> HttpResponse:
    """What waits and what is due; the form posts back here with `do`: submit or approve."""
    if request.method != "POST":
        return page(request, pages.said({}), {})
    done = {"submit": submit, "approve": approve}.get(request.POST.get("do", ""))
    if done is None:
        raise CsplanError("The form did not say what to do. Go back, load the page again and send it once more.")
    return done(request)


def submit(request: HttpRequest) -> HttpResponse:
    """Return a value for a period, or say beside each field what to mend."""
    said = pages.said(request.POST)
    problems = pages.problems(said)
    if problems:
        return page(request, said, problems)
    try:
        kpi = reading.find(request.partnership, said["kpi"], viewer=request.user, at=request.reading.at)
        taken = actions.submit(kpi=kpi, **pages.values(said), by=request.user)
    except CsplanError as refused:
        return page(request, said, {"": str(refused)})
    words = {"title": kpi.title, "period": periods.parse(taken.period).title}
    return done(request, _("Returned: %(title)s, %(period)s. It becomes public once another person approves it.") % words)


def approve(request: HttpRequest) -> HttpResponse:
    """Approve a reading that somebody else returned."""
    kpi, period = request.POST.get("kpi", ""), request.POST.get("period", "")
    held = Reading.objects.visible_to(request.user, request.reading.at).filter(kpi__partnership=request.partnership)
    try:
        found = lookup.one(held, f"reading of {kpi} for {period}", kpi__ref=kpi, period=period)
        actions.approve(reading=found, by=request.user)
    except CsplanError as refused:
        return page(request, pages.said({}), {"": str(refused)})
    words = {"title": found.kpi.title, "period": periods.parse(period).title}
    return done(request, _("Approved: %(title)s, %(period)s. It is public now.") % words)


def done(request: HttpRequest, words: str) -> HttpResponse:
    """Back to the page, which says what was done."""
    messages.success(request, words)
    return redirect(reading_day.link(request.path))


def page(request: HttpRequest, said: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    """The page, with what was written and what to mend."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    shown = pages.page(
        reading.waiting(p, **asked),
        reading.due(p, **asked),
        reading.scorecard(p, **asked)["kpis"],
        held=request.viewer.roles,
        bodies=bodies_of(request),
        today=request.reading.day,
        may_write=not request.reading.is_earlier,
    )
    status = TO_MEND if errors else 200
    return render(request, "desk/readings.html", shown | {"said": said, "errors": errors}, status=status)


def bodies_of(request: HttpRequest) -> set[Any]:
    """The bodies that the viewer returns figures for."""
    held = accounts.memberships(request.user).filter(partnership=request.partnership, role="partner", body__isnull=False)
    return set(held.values_list("body__code", flat=True))
