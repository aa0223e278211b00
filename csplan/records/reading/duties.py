"""The facts that the law's questions are asked of, gathered from the records, and the answers as a page shows them."""

from datetime import date, datetime, timedelta
from typing import Any

from csplan.cycle import clock, duties
from csplan.cycle.duty_facts import (
    Appointment,
    Authority,
    Evidence,
    Facts,
    GroupHeld,
    IndicatorHeld,
    Kept,
    MeetingHeld,
    Recommendation,
    Report,
)
from csplan.records.models import Body, Engagement, Kpi, Meeting, Office, Partnership, ScrutinyItem
from csplan.records.models.record import Viewer
from csplan.records.reading import duty_plans, supply
from csplan.records.reading.kept import kept

RESPONSIBLE, POLICING = "responsible authority", "local policing body"


def findings(partnership: Partnership, on: date, *, viewer: Viewer = None, at: datetime | None = None) -> dict[str, Any]:
    """The statutory checklist as at a day, under the keys of CONTRACT 2.3, from what the viewer may see.

    at : the last instant that may show; the end of the day where it is not given
    """
    seen_at = at or clock.end_of(on) - timedelta(microseconds=1)
    outcomes = duties.evaluate(facts(partnership, seen_by=(viewer, seen_at)), on)
    return {
        "as_at": on,
        "partnership": partnership.slug,
        "rules": [_rule(o) for o in outcomes],
        "summary": duties.summary(outcomes),
    }


def _rule(outcome: duties.Outcome) -> dict[str, Any]:
    rule, found = outcome.rule, outcome.finding
    return {
        "id": rule.id,
        "instrument": rule.instrument,
        "clause": rule.clause,
        "title": rule.title,
        "summary": rule.summary,
        "applies_when": rule.applies_when,
        "in_force_from": rule.from_on,
        "in_force_to": rule.to_on,
        "severity": rule.severity,
        "advisory": rule.advisory,
        "verified_by": rule.verified_by,
        "status": found.status,
        "reason": found.reason,
        "would_meet": found.would_meet or None,
        "evidence": [{"label": e.label, "url": e.url} for e in found.evidence],
    }


def facts(partnership: Partnership, *, seen_by: tuple[Viewer, datetime] | None = None) -> Facts:
    """Everything the rules read. Each fact carries its own day; the rules leave out what is later than the day asked about.

    seen_by : who reads and as at when, for a page; None for an action, which must see drafts too
    """
    home = f"/{partnership.slug}/"
    bodies = [_authority(b, home) for b in Body.objects.filter(partnership=partnership)]
    items = _items(partnership)
    return Facts(
        tier=partnership.tier,
        jurisdiction=partnership.jurisdiction.lower(),
        area_code=partnership.area_code,
        is_combined=partnership.is_combined,
        unitary_since=partnership.unitary_since,
        records_from=clock.day_of(partnership.founded_at),
        area=Evidence(partnership.area_name, f"{home}about/"),
        authorities=tuple(a for category, a in bodies if category == RESPONSIBLE),
        policing_bodies=tuple(a for category, a in bodies if category == POLICING),
        cooperating=tuple(a for category, a in bodies if category not in (RESPONSIBLE, POLICING)),
        appointments=_appointments(partnership, home),
        groups=_groups(partnership, home),
        meetings=_meetings(partnership, home),
        plans=duty_plans.plans(partnership, home, seen_by),
        indicators=_indicators(partnership, home),
        reports=tuple(_report(i, home) for i in items),
        consultations=duty_plans.consultations(partnership, home, seen_by),
        supplies=supply.duties(partnership, home),
        recommendations=tuple(_recommendation(i, home) for i in items if i.recommended_at),
        kept=(*kept(partnership.slug), *_public_meetings(partnership, home)),
    )


def _public_meetings(partnership: Partnership, home: str) -> tuple[Kept, ...]:
    """Public meetings that are recorded here, beside those that the partnership states it keeps elsewhere."""
    held = Engagement.objects.filter(partnership=partnership, kind="public-meeting", recorded_at__isnull=False)
    return tuple(
        Kept(
            "public-meeting",
            e.title,
            clock.day_of(e.starts_at),
            Evidence(e.title, f"{home}engagement/"),
            done_on=clock.day_of(e.recorded_at) if e.said and e.recorded_at else None,
            parties=frozenset(e.bodies),
        )
        for e in held
    )


def _authority(body: Body, home: str) -> tuple[str, Authority]:
    shown = Evidence(body.name, f"{home}about/#bodies")
    return body.category, Authority(body.kind, body.name, body.from_on, body.to_on, shown, body.code)


def _appointments(partnership: Partnership, home: str) -> tuple[Appointment, ...]:
    held = Office.objects.filter(partnership=partnership, group__is_strategy_group=True).select_related("body", "group")
    return tuple(
        Appointment(o.title, o.from_on, o.to_on, Evidence(o.group.name, f"{home}about/#groups"), o.body.code) for o in held
    )


def _groups(partnership: Partnership, home: str) -> tuple[GroupHeld, ...]:
    since = clock.day_of(partnership.founded_at)
    return tuple(
        GroupHeld(g.name, g.kind, g.is_strategy_group, since, Evidence(g.name, f"{home}about/#groups"))
        for g in partnership.groups.all()
    )


def _meetings(partnership: Partnership, home: str) -> tuple[MeetingHeld, ...]:
    held = Meeting.objects.filter(partnership=partnership).select_related("group")
    return tuple(_meeting(m, f"{home}meetings/{m.ref}/") for m in held)


def _meeting(row: Meeting, address: str) -> MeetingHeld:
    return MeetingHeld(
        row.title,
        row.group.kind,
        on=clock.day_of(row.starts_at),
        announced_on=clock.day_of(row.announced_at),
        recorded_on=clock.day_of(row.recorded_at) if row.recorded_at else None,
        was_quorate=row.was_quorate,
        evidence=Evidence(row.title, address),
    )


def _indicators(partnership: Partnership, home: str) -> tuple[IndicatorHeld, ...]:
    held = Kpi.objects.filter(partnership=partnership)
    return tuple(
        IndicatorHeld(k.title, clock.day_of(k.adopted_at), Evidence(k.title, f"{home}performance/{k.ref}/")) for k in held
    )


def _items(partnership: Partnership) -> list[ScrutinyItem]:
    return list(ScrutinyItem.objects.filter(partnership=partnership).select_related("meeting"))


def _report(item: ScrutinyItem, home: str) -> Report:
    answered = frozenset(heading for heading, words in item.implications.items() if str(words).strip())
    return Report(item.title, clock.day_of(item.listed_at), answered, _paper(item, home))


def _recommendation(item: ScrutinyItem, home: str) -> Recommendation:
    assert item.recommended_at is not None
    return Recommendation(item.title, clock.day_of(item.recommended_at), None, None, _paper(item, home))


def _paper(item: ScrutinyItem, home: str) -> Evidence:
    return Evidence(item.title, f"{home}papers/{item.ref}/")
