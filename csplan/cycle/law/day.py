"""What stood on the day asked about: bodies, plans, consultations, and the year that the day is in."""

from datetime import date
from typing import Protocol, TypeVar

from csplan.cycle import calendar
from csplan.cycle.duty_facts import Authority, ConsultationHeld, EqualityHeld, Facts, PlanHeld
from csplan.cycle.periods import MONTH_NAMES


class Dated(Protocol):
    """Something that begins, and may end."""

    @property
    def from_on(self) -> date: ...

    @property
    def to_on(self) -> date | None: ...


Thing = TypeVar("Thing", bound=Dated)


def standing(things: tuple[Thing, ...], on: date) -> list[Thing]:
    """Things that stand on a day: begun, and not ended."""
    return [t for t in things if t.from_on <= on and (t.to_on is None or on <= t.to_on)]


def happened(when: date | None, on: date) -> bool:
    """Whether something has happened by a day."""
    return when is not None and when <= on


def year_of(on: date) -> date:
    """The first day of the year from 1 April (SI 2007/1830 reg 2) that a day is in."""
    return date(on.year if on.month >= 4 else on.year - 1, 4, 1)


def year_words(on: date) -> str:
    """The year from 1 April 2019."""
    return f"the year from 1 {MONTH_NAMES[3]} {year_of(on).year}"


def a_year_before(on: date) -> date:
    """The same day a year earlier."""
    return calendar.add_years(on, -1)


def is_two_tier(facts: Facts, on: date) -> bool:
    """Whether a county with districts stood here on the day: today's tier, or the one before the area became unitary."""
    return facts.tier == "two-tier" or (facts.unitary_since is not None and on < facts.unitary_since)


def authorities(facts: Facts, on: date) -> dict[str, str]:
    """{short code: name} of the responsible authorities in the register on a day."""
    return {a.code or a.name: a.name for a in standing(facts.authorities, on)}


def policing_body(facts: Facts, on: date) -> Authority | None:
    """The local policing body of the day."""
    return next(iter(standing(facts.policing_bodies, on)), None)


def known(facts: Facts, on: date) -> list[PlanHeld]:
    """The versions frozen by a day that were neither withdrawn nor closed."""
    return [p for p in facts.plans if p.frozen_on <= on and not happened(p.stopped_on, on)]


def plans_for(facts: Facts, on: date, day: date) -> list[PlanHeld]:
    """The versions agreed by `on` whose period holds `day`."""
    return [p for p in known(facts, on) if happened(p.agreed_on, on) and p.from_on <= day <= p.to_on]


def plan_for(facts: Facts, on: date, day: date) -> PlanHeld | None:
    """The plan agreed by `on` whose period holds `day`; the one agreed last when there are several."""
    return max(plans_for(facts, on, day), key=_agreed, default=None)


def draft(facts: Facts, on: date) -> PlanHeld | None:
    """The version frozen last that is neither agreed nor followed by a later one of its plan."""
    frozen = known(facts, on)
    drafts = [p for p in frozen if not happened(p.agreed_on, on) and not any(_follows(q, p) for q in frozen)]
    return max(drafts, key=lambda p: (p.frozen_on, p.number)) if drafts else None


def plan_asked_about(facts: Facts, on: date) -> PlanHeld | None:
    """The plan in force on the day; before there is one, the draft."""
    return plan_for(facts, on, on) or draft(facts, on)


def past_plans(facts: Facts, on: date) -> list[PlanHeld]:
    """Plans that were agreed and have run out, the oldest first."""
    return sorted((p for p in facts.plans if happened(p.agreed_on, on) and p.to_on < on), key=lambda p: p.to_on)


def coming_plan(facts: Facts, on: date) -> PlanHeld | None:
    """A plan whose years have not begun, by its newest frozen version."""
    coming = [p for p in known(facts, on) if p.from_on > on]
    return max(coming, key=lambda p: p.number) if coming else None


def agreed_last(facts: Facts, on: date) -> PlanHeld | None:
    """The version agreed last."""
    agreed = [p for p in known(facts, on) if happened(p.agreed_on, on)]
    return max(agreed, key=_agreed) if agreed else None


def consultation(facts: Facts, on: date) -> ConsultationHeld | None:
    """The consultation that opened last."""
    held = [c for c in facts.consultations if c.opens_on <= on]
    return max(held, key=lambda c: c.opens_on) if held else None


def equality(asked: ConsultationHeld, on: date) -> EqualityHeld | None:
    """The equality assessment of a consultation's plan that was begun last."""
    begun = [e for e in asked.equality if e.started_on <= on]
    return max(begun, key=lambda e: e.started_on) if begun else None


def _agreed(plan: PlanHeld) -> date:
    return plan.agreed_on or date.min


def _follows(later: PlanHeld, earlier: PlanHeld) -> bool:
    return later.plan == earlier.plan and bool(later.plan) and later.number > earlier.number
