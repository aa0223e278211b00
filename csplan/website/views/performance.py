"""How the partnership is doing: the scorecard, and one indicator.

These pages show everyone what the public sees, officers too: a returned reading that waits for approval stands at the desk.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.cycle import periods
from csplan.evidence import catalogue, series_events
from csplan.evidence.series_events import SeriesEvent
from csplan.records.reading import kpi as reading
from csplan.records.reading import lint
from csplan.website import accounts, evidence_view
from csplan.website.answers import answer
from csplan.website.pages import kpi as kpi_page
from csplan.website.pages import performance as scorecard_page
from csplan.website.pages import work
from csplan.website.views.thread import way_through


@require_safe
def scorecard(request: HttpRequest) -> HttpResponse:
    """A row for every indicator, under every priority."""
    p, at = request.partnership, request.reading.at
    found = reading.scorecard(p, viewer=None, at=at, findings=findings(request))
    page = scorecard_page.page(found, work.standing_plan(p, at=at), f"/{p.slug}/")
    return answer(request, "performance/scorecard.html", found, page=page, table=scorecard_page.table(found))


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One indicator: message, control chart, definition, readings."""
    p = request.partnership
    found = reading.kpi(p, ref, viewer=None, at=request.reading.at, findings=findings(request))
    events = events_of(request, found["kpi"])
    facts = {"kpis": [found["kpi"]], "readings": found["readings"], "signals": found["signals"]}
    facts["events"] = [event.as_json() for event in events]
    plan = work.standing_plan(p, at=request.reading.at)
    page = kpi_page.page(found, plan, p.area_name, f"/{p.slug}/", events=events)
    way = way_through(request, plan["plan"]["slug"] if plan else None, ("kpi", ref))
    return answer(
        request,
        "performance/kpi.html",
        facts,
        page=page | {"way": way, "to_mend": to_mend(request, ref)},
        table=kpi_page.table(found),
    )


def to_mend(request: HttpRequest, ref: str) -> list[dict[str, Any]]:
    """How the indicator should be written better, for the partnership's officers; empty for everyone else."""
    who = accounts.viewer(request)
    if who is None or not who.roles:
        return []
    return lint.of_kpi(reading.find(request.partnership, ref, viewer=request.user, at=request.reading.at))


def events_of(request: HttpRequest, kpi: dict[str, Any]) -> tuple[SeriesEvent, ...]:
    """The dated events within the readings of an indicator that is computed from the evidence; none of one that is returned."""
    if not kpi["computed_from"]:
        return ()
    held = sorted({month for point in kpi["series"] for month in periods.parse(point["period"]).months})
    topic = catalogue.get(kpi["computed_from"].split(".")[0]).topic
    return series_events.shown(request.partnership.area_code, topic, held, day=request.reading.day)


def findings(request: HttpRequest) -> Any:
    """What the evidence finds in the partnership's area on the day read: every verdict comes from there. None where nothing is held."""
    view = evidence_view.view(request.partnership, request.reading.day)
    return evidence_view.area_findings(view, request.partnership.area_code) if view.months else None
