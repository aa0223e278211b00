"""The facts that the law's questions are asked of, gathered from the records, and the answers as a page shows them."""

from datetime import date
from typing import Any

from csplan.cycle import clock, consultation, duties
from csplan.cycle.duty_facts import Appointment, Authority, ConsultationHeld, Evidence, Facts, PlanHeld
from csplan.records.models import Body, Consultation, Office, Partnership, PlanVersion
from csplan.records.reading import people


def findings(partnership: Partnership, on: date) -> dict[str, Any]:
    """The statutory checklist as at a day, under the keys of CONTRACT 2.3."""
    outcomes = duties.evaluate(facts(partnership), on)
    return {
        "as_at": on,
        "partnership": partnership.slug,
        "rules": [_rule(o) for o in outcomes],
        "summary": duties.summary(outcomes),
    }


def as_json(partnership: str | None, on: date) -> dict[str, Any]:
    """The same for the terminal. partnership : a slug; None for the only one here"""
    found = findings(people.the_partnership(partnership), on)
    return {**found, "as_at": on.isoformat()}


def _rule(outcome: duties.Outcome) -> dict[str, Any]:
    rule, found = outcome.rule, outcome.finding
    return {
        "id": rule.id,
        "clause": rule.clause,
        "title": rule.title,
        "status": found.status,
        "advisory": rule.advisory,
        "reason": found.reason,
        "evidence": [{"label": e.label, "url": e.url} for e in found.evidence],
    }


def facts(partnership: Partnership) -> Facts:
    """Everything the rules read. Each fact carries its own day; the rules leave out what is later than the day asked about."""
    home = f"/{partnership.slug}/"
    versions = PlanVersion.objects.filter(plan__partnership=partnership, seal__isnull=False).select_related("plan", "seal")
    offices = Office.objects.filter(partnership=partnership, group__is_strategy_group=True).select_related("body", "group")
    bodies = Body.objects.filter(partnership=partnership, category="responsible authority")
    asked = Consultation.objects.filter(partnership=partnership, opening__isnull=False).prefetch_related("questions")
    return Facts(
        tier=partnership.tier,
        is_combined=partnership.is_combined,
        unitary_since=partnership.unitary_since,
        records_from=min((clock.day_of(v.drafted_at) for v in versions), default=clock.day_of(partnership.founded_at)),
        area=Evidence(partnership.area_name, f"{home}about/"),
        authorities=tuple(
            Authority(b.kind, b.name, b.from_on, b.to_on, Evidence(b.name, f"{home}about/#bodies")) for b in bodies
        ),
        appointments=tuple(_appointment(o, home) for o in offices),
        plans=tuple(_plan(v, home) for v in versions),
        consultations=tuple(_consultation(c, home) for c in asked),
    )


def _appointment(office: Office, home: str) -> Appointment:
    return Appointment(office.title, office.from_on, office.to_on, Evidence(office.group.name, f"{home}about/#groups"))


def _plan(version: PlanVersion, home: str) -> PlanHeld:
    moments = version.moments()
    limbs: dict[str, tuple[str, ...]] = {}
    for priority in version.priorities.all():
        for letter in priority.limbs:
            limbs[letter] = (*limbs.get(letter, ()), priority.ref)
    assert moments.frozen_at is not None
    return PlanHeld(
        title=version.plan.title,
        from_on=version.plan.starts_on,
        to_on=version.plan.ends_on,
        frozen_on=clock.day_of(moments.frozen_at),
        agreed_on=clock.day_of(moments.agreed_at) if moments.agreed_at else None,
        published_on=clock.day_of(moments.published_at) if moments.published_at else None,
        board_meets_on=_board_meets_on(version),
        limbs=limbs,
        evidence=Evidence(f"{version.plan.title}, version {version.number}", f"{home}plans/{version.plan.slug}/"),
    )


def _board_meets_on(version: PlanVersion) -> date | None:
    """The day of the board that the version was, or is to be, taken to; None when none is announced."""
    if hasattr(version, "agreement"):
        return clock.day_of(version.agreement.meeting.starts_at)
    later = version.plan.partnership.meetings.filter(group__kind="board", starts_at__gte=version.seal.sealed_at).first()
    return clock.day_of(later.starts_at) if later else None


def _consultation(asked: Consultation, home: str) -> ConsultationHeld:
    families = frozenset(q.family for q in asked.questions.all()) & frozenset(consultation.FAMILIES)
    evidence = Evidence(asked.title, f"{home}consultations/{asked.slug}/")
    return ConsultationHeld(asked.title, asked.opens_on, asked.closes_on, families, evidence)
