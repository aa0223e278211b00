"""Regulations 2, 10, 11 and 13 to 14: the partnership plan, its years, its parts, and where it goes once it is agreed."""

from datetime import date

from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts, PlanHeld
from csplan.cycle.law import day
from csplan.cycle.law.rule import Finding, met, not_applicable, not_met, unknown
from csplan.cycle.words import capital, listed

CITY_OF_LONDON = "E09000001"


def explicit_years(facts: Facts, on: date) -> Finding:
    """The plan's years begin on 1 April and end on 31 March."""
    held = day.plan_asked_about(facts, on)
    if held is None:
        return unknown("No plan for this day is held here.")
    years = f"{held.title} runs from {in_words(held.from_on)} to {in_words(held.to_on)}"
    if (held.from_on.month, held.from_on.day, held.to_on.month, held.to_on.day) == (4, 1, 3, 31):
        return met(f"{years}.", held.evidence)
    return not_met(
        f"{years}, which is not whole years from 1 April.", held.evidence, would_meet="Years from 1 April to 31 March."
    )


def plan_in_time(facts: Facts, on: date) -> Finding:
    """A plan for the year was agreed before the year began."""
    begins = day.year_of(on)
    for_year = day.plan_for(facts, on, begins)
    coming = day.coming_plan(facts, on)
    words = f" {_coming_words(coming, on)}" if coming else ""
    evidence = (coming.evidence,) if coming else ()
    if for_year:
        agreed = for_year.agreed_on
        assert agreed is not None
        if agreed < begins or _continues(facts, for_year, begins):
            reason = f"{for_year.title} was agreed on {in_words(_first_agreed(facts, for_year))}, before the year began."
            return met(reason, for_year.evidence)
        reason = f"{for_year.title} was agreed on {in_words(agreed)}, after the year began."
        return not_met(reason, for_year.evidence, would_meet="Next year’s plan, agreed before 1 April.")
    if facts.records_from > begins:
        reason = f"No plan for {day.year_words(on)} is held here: the records begin later.{words}"
        return unknown(reason, *evidence, would_meet="The plan of that year, brought in from where it is kept.")
    past = day.past_plans(facts, on)
    last = f" The last one held ended on {in_words(past[-1].to_on)}." if past else ""
    return not_met(
        f"No plan for {day.year_words(on)} has been agreed.{last}{words}",
        *(p.evidence for p in past[-1:]),
        *evidence,
        would_meet="A plan agreed by the board now, and the next one before its year begins.",
    )


def _first_agreed(facts: Facts, held: PlanHeld) -> date:
    """When the plan that a version belongs to was agreed first."""
    days = [p.agreed_on for p in facts.plans if p.agreed_on and (p is held or (p.plan and p.plan == held.plan))]
    return min(days)


def _continues(facts: Facts, held: PlanHeld, begins: date) -> bool:
    """Whether a version agreed in the year only refreshes a plan that was agreed before it."""
    return _first_agreed(facts, held) < begins


def _coming_words(coming: PlanHeld, on: date) -> str:
    begins = in_words(coming.from_on)
    if coming.agreed_on and coming.agreed_on <= on:
        return f"{coming.title}, from {begins}, was agreed on {in_words(coming.agreed_on)}, in time."
    announced = coming.board_announced_on is None or coming.board_announced_on <= on
    if coming.board_meets_on and coming.board_meets_on >= on and announced:
        when = "in time" if coming.board_meets_on < coming.from_on else "too late"
        return f"{coming.title}, from {begins}, goes to the board on {in_words(coming.board_meets_on)}, {when}."
    return f"{coming.title}, from {begins}, is a draft."


#: What regulation 11 wants in a plan: (section, what)
PLAN_BLOCKS = (
    ("strategy", "a strategy"),
    ("priorities", "the priorities"),
    ("steps", "the steps to meet them"),
    ("resources", "how the authorities share out their resources"),
    ("measuring", "how success is measured"),
    ("engagement", "how people are engaged"),
)


def plan_sets_out(facts: Facts, on: date) -> Finding:
    """The plan has the six parts of regulation 11."""
    held = day.plan_asked_about(facts, on)
    if held is None:
        return unknown("No plan for this day is held here.")
    shown = _blocks(facts, held, on)
    lacking = [words for block, words in PLAN_BLOCKS if block not in shown]
    if not lacking:
        return met(f"{held.title} has all six parts.", held.evidence)
    part = f"{capital(listed(lacking))}, written in the plan."
    if held.sections is None:
        return unknown(f"What {held.title} says of {listed(lacking)} is not kept here.", held.evidence, would_meet=part)
    return not_met(f"{held.title} does not say {listed(lacking)}.", held.evidence, would_meet=part)


def _blocks(facts: Facts, held: PlanHeld, on: date) -> set[str]:
    """The parts that a version shows: its written sections, and what its own rows say."""
    shown = set(held.sections or ())
    rows = {"priorities": bool(held.limbs), "strategy": {"a", "b"} <= set(held.limbs), "steps": held.deliverables > 0}
    shown |= {block for block, is_there in rows.items() if is_there}
    if any(i.adopted_on <= on for i in facts.indicators):
        shown.add("measuring")
    return shown


def helpers_named(facts: Facts, on: date) -> Finding:
    """The plan names people and bodies outside the authorities who help to carry it out."""
    held = day.plan_asked_about(facts, on)
    if held is None:
        return unknown("No plan for this day is held here.")
    if held.helpers:
        return met(f"{held.title} names {listed(held.helpers)}.", held.evidence)
    name = "Deliverables that name the community groups and bodies that help."
    return unknown(f"{held.title} names no helping body as such here.", held.evidence, would_meet=name)


def plan_sent(facts: Facts, on: date) -> Finding:
    """A copy of the agreed plan went to the local policing body."""
    if facts.area_code == CITY_OF_LONDON:
        return not_applicable("The regulation leaves out the City of London.", facts.area)
    latest = day.agreed_last(facts, on)
    if latest is None:
        return not_applicable("No plan held here had been agreed by this day, so there was none to send.")
    body = day.policing_body(facts, on)
    to = body.name if body else "the local policing body"
    if latest.dispatched_on and latest.dispatched_on <= on:
        return met(f"{latest.title} was sent to {to} on {in_words(latest.dispatched_on)}.", latest.evidence)
    send = f"A copy of the plan sent to {to}, and the day recorded."
    return not_met(f"{latest.title} is agreed, and no copy is recorded as sent to {to}.", latest.evidence, would_meet=send)


def plan_published(facts: Facts, on: date) -> Finding:
    """The plan, or a summary, is published in the area."""
    latest = day.agreed_last(facts, on)
    if latest is None:
        return not_applicable("No plan held here had been agreed by this day, so there was none to publish.")
    if latest.published_on and latest.published_on <= on:
        return met(f"{latest.title} was published on {in_words(latest.published_on)}.", latest.evidence)
    return not_met(f"{latest.title} is agreed but not published yet.", latest.evidence, would_meet="The agreed plan, published.")
