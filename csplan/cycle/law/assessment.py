"""Regulations 5 to 9A: the strategic assessment of the year, and the agreement of a county with districts."""

from datetime import date

from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Assessment, Facts
from csplan.cycle.law import day, kept
from csplan.cycle.law.rule import Ask, Finding, met, not_applicable, not_met, unknown
from csplan.cycle.words import capital, listed

#: What regulation 6 wants in a strategic assessment.
ASSESSMENT_BLOCKS = {
    "levels": "an analysis of levels and patterns",
    "changes": "the changes since the last assessment",
    "why": "why they changed",
    "implementation": "how far the last plan was carried out",
}
#: What regulation 7 wants besides.
PRIORITY_BLOCKS = {"matters": "the matters to put first", "views": "what people who live and work here said"}


def of_the_year(facts: Facts, on: date) -> list[Assessment]:
    """The assessments of the day's year, in the records or stated, that were approved by the day."""
    stated = [
        Assessment(k.title, day.year_of(k.from_on), k.from_on, k.parts, k.evidence)
        for k in kept.all_of(facts, "strategic-assessment", on)
    ]
    return [a for a in (*facts.assessments, *stated) if a.approved_on <= on and a.year_from == day.year_of(on)]


def assessed_this_year(facts: Facts, on: date) -> Finding:
    """An assessment was approved for the year, before the plan of the next was agreed."""
    held = of_the_year(facts, on)
    if not held:
        return unknown(
            f"No strategic assessment for {day.year_words(on)} is held here.", would_meet=kept.state_it("strategic-assessment")
        )
    first = min(held, key=lambda a: a.approved_on)
    begins = day.year_of(on)
    early = [p for p in facts.plans if p.agreed_on and begins <= p.agreed_on <= on and p.agreed_on < first.approved_on]
    if early:
        reason = f"{first.title} was approved on {in_words(first.approved_on)}, after {early[0].title} was agreed."
        return not_met(reason, first.evidence, early[0].evidence, would_meet="An assessment approved before the plan is revised.")
    return met(f"{first.title} was approved on {in_words(first.approved_on)}.", first.evidence)


def assessment_holds(blocks: dict[str, str], all_words: str) -> Ask:
    """The assessment of the year has these parts. all_words : how to say that it has them all"""

    def ask(facts: Facts, on: date) -> Finding:
        held = of_the_year(facts, on)
        if not held:
            return unknown(
                f"No strategic assessment for {day.year_words(on)} is held here.",
                would_meet=kept.state_it("strategic-assessment"),
            )
        latest = max(held, key=lambda a: a.approved_on)
        lacking = [words for block, words in blocks.items() if block not in latest.blocks]
        if lacking:
            part = f"{capital(listed(lacking))}, in the assessment."
            return not_met(f"{latest.title} lacks {listed(lacking)}.", latest.evidence, would_meet=part)
        return met(f"{latest.title} holds {all_words}.", latest.evidence)

    return ask


def _one_council(facts: Facts, on: date) -> Finding | None:
    """Why a duty of counties with districts does not apply; None where it does."""
    if day.is_two_tier(facts, on):
        return None
    since = f" since {in_words(facts.unitary_since)}" if facts.unitary_since else ""
    return not_applicable(f"The area has had a single council{since}; the duty is for counties with districts.", facts.area)


def county_group(facts: Facts, on: date) -> Finding:
    """A county with districts has a county strategy group."""
    if away := _one_council(facts, on):
        return away
    groups = [g for g in facts.groups if g.kind == "county" and g.from_on <= on]
    if groups:
        return met(f"{groups[0].name} is the county strategy group.", groups[0].evidence)
    return kept.stands("county-strategy-group", "county strategy group")(facts, on)


def county_agreement(facts: Facts, on: date) -> Finding:
    """A community safety agreement is made where a county has district partnerships, and draws on this area's assessment."""
    if away := _one_council(facts, on):
        return away
    held = kept.latest(facts, "community-safety-agreement", on)
    if held is None:
        reason = "The county has districts, but no community safety agreement is held here."
        return unknown(reason, facts.area, would_meet=kept.state_it("community-safety-agreement"))
    ours = {a.code for a in day.standing(facts.authorities, on) if a.kind in ("council", "district council")}
    if held.parties.isdisjoint(ours):
        reason = f"{held.title} does not draw on the assessment of this area."
        return not_met(reason, held.evidence, would_meet="An agreement that draws on the assessment of every district.")
    lapsed = kept.lapsed(held, "community safety agreement", on)
    return lapsed or met(f"{held.title} draws on the assessment of this area.", held.evidence)


def agreement_sent(facts: Facts, on: date) -> Finding:
    """A copy of the county's agreement went to the local policing body."""
    if away := _one_council(facts, on):
        return away
    held = kept.latest(facts, "community-safety-agreement", on)
    if held is None:
        return unknown("No community safety agreement is held here.", would_meet=kept.state_it("community-safety-agreement"))
    if held.done_on and held.done_on <= on:
        return met(f"A copy went to the local policing body on {in_words(held.done_on)}.", held.evidence)
    return not_met(f"No copy of {held.title} is recorded as sent.", held.evidence, would_meet="A copy sent, with the day.")
