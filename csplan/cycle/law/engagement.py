"""Regulation 12: asking the people and bodies who live or work in the area."""

from datetime import date, timedelta

from csplan.cycle import calendar, consultation
from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts
from csplan.cycle.law import day, kept
from csplan.cycle.law.rule import Ask, Finding, met, not_applicable, not_met, unknown
from csplan.cycle.words import listed

#: How long after a public meeting its note may take.
NOTE_WITHIN = timedelta(days=28)


def views_obtained(facts: Facts, on: date) -> Finding:
    """People are asked about both levels and patterns, and priorities."""
    latest = day.consultation(facts, on)
    if latest is None:
        return unknown("No consultation had opened by this day.", would_meet="A consultation that asks about both.")
    wanted = [consultation.FAMILIES[family] for family in sorted(consultation.FAMILIES_IN_LAW)]
    lacking = [consultation.FAMILIES[family] for family in sorted(consultation.FAMILIES_IN_LAW - latest.families)]
    if lacking:
        ask = f"A question about {listed(lacking)}."
        return not_met(f"“{latest.title}” does not ask about {listed(lacking)}.", latest.evidence, would_meet=ask)
    return met(f"“{latest.title}” asks about {listed(wanted)}.", latest.evidence)


def since_opening(what: str, noun: str) -> Ask:
    """A statement of a kind belongs to the newest consultation: it is not older than a year before its opening."""

    def ask(facts: Facts, on: date) -> Finding:
        latest = day.consultation(facts, on)
        if latest is None:
            return not_applicable("No consultation had opened by this day.")
        held = kept.latest(facts, what, on)
        if held is None:
            return kept.not_held(what, noun)
        if held.from_on < calendar.add_years(latest.opens_on, -1):
            reason = f"The last {noun} held, of {in_words(held.from_on)}, is older than “{latest.title}”."
            return not_met(reason, held.evidence, would_meet=f"A {noun} for “{latest.title}”.")
        return met(f"{held.title}, of {in_words(held.from_on)}.", held.evidence)

    return ask


def public_meeting(facts: Facts, on: date) -> Finding:
    """A public meeting within twelve months, with senior people of every authority, and a note of it published."""
    held = kept.latest(facts, "public-meeting", on)
    if held is None:
        return kept.not_held("public-meeting", "public meeting")
    again = "A public meeting with senior people of every authority, told of before and after."
    if held.from_on <= day.a_year_before(on):
        return not_met(f"The last public meeting held here was on {in_words(held.from_on)}.", held.evidence, would_meet=again)
    away = [name for code, name in day.authorities(facts, held.from_on).items() if code not in held.parties]
    if away:
        return not_met(f"{held.title}: nobody senior came from {listed(away)}.", held.evidence, would_meet=again)
    if not day.happened(held.done_on, on) and on > held.from_on + NOTE_WITHIN:
        reason = f"What was discussed at {held.title} is not published."
        return not_met(reason, held.evidence, would_meet="A note of what was discussed, published.")
    return met(f"{held.title}, on {in_words(held.from_on)}.", held.evidence)
