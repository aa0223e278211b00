"""Scrutiny by councillors: Police and Justice Act 2006 ss.19 and 20, and SI 2009/942."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts, Recommendation
from csplan.cycle.law import day, kept
from csplan.cycle.law.rule import Ask, Finding, InWales, Rule, met, not_applicable, not_met, unknown
from csplan.cycle.words import listed

INSTRUMENT = "Police and Justice Act 2006, with the Crime and Disorder (Overview and Scrutiny) Regulations 2009 (SI 2009/942)"
BEGINS = date(2009, 4, 30)
BEGINS_IN_WALES = date(2009, 10, 1)
DAYS = "days on legislation.gov.uk/ukpga/2006/48/section/19"
#: A recommendation is answered within so many days of its report, or as soon as reasonably possible.
ANSWER_WITHIN = timedelta(days=28)


def committee(facts: Facts, on: date) -> Finding:
    """A crime and disorder committee is named."""
    held = [g for g in facts.groups if g.from_on <= on]
    named = [g for g in held if g.kind == "scrutiny"]
    if named:
        return met(f"{named[0].name} is the committee.", *(g.evidence for g in named))
    name = "The committee in the register of groups, as a scrutiny group."
    if held:
        return not_met("The register of groups names no scrutiny committee.", would_meet=name)
    return unknown("No group is in the register on this day.", would_meet=name)


def meets(facts: Facts, on: date) -> Finding:
    """The committee met within the twelve months up to the day. One without a quorum is no meeting."""
    recorded = [m for m in facts.meetings if m.kind == "scrutiny" and m.on <= on and day.happened(m.recorded_on, on)]
    held = [m for m in recorded if m.was_quorate is not False]
    hold = "A meeting of the committee on crime and disorder, held and recorded."
    if not held:
        return unknown("No meeting of the committee is recorded here by this day.", would_meet=hold)
    last = max(held, key=lambda m: m.on)
    if last.on > day.a_year_before(on):
        return met(f"The committee met on {in_words(last.on)}.", last.evidence)
    reason = f"The last meeting recorded here was on {in_words(last.on)}, more than twelve months before this day."
    return not_met(reason, last.evidence, would_meet=hold)


def recommendations(facts: Facts, on: date) -> list[Recommendation]:
    """What the committee had recommended by the day, with answers and copies that are stated beside the records."""

    def stated(what: str, title: str) -> date | None:
        return min((k.from_on for k in kept.all_of(facts, what, on) if k.title == title), default=None)

    return [
        replace(
            r,
            answered_on=r.answered_on or stated("scrutiny-response", r.title),
            copied_on=r.copied_on or stated("scrutiny-copies", r.title),
        )
        for r in facts.recommendations
        if r.made_on <= on
    ]


def copied(facts: Facts, on: date) -> Finding:
    """Every authority and co-operating body had a copy of what the committee recommended."""
    made = recommendations(facts, on)
    if not made:
        return not_applicable("No recommendation of the committee is held here by this day.")
    waiting = [r for r in made if not day.happened(r.copied_on, on)]
    if not waiting:
        return met("Every recommendation held here was copied to the authorities.", *(r.evidence for r in made))
    evidence = tuple(r.evidence for r in waiting)
    if any(day.happened(r.copied_on, on) for r in made):
        send = "A copy sent to each authority and co-operating body."
        return not_met(f"No copy is recorded of {listed(r.title for r in waiting)}.", *evidence, would_meet=send)
    reason = "Whether the authorities had copies is not recorded here."
    return unknown(reason, *evidence, would_meet=kept.state_it("scrutiny-copies"))


def answered(facts: Facts, on: date) -> Finding:
    """Every recommendation was answered in writing within 28 days."""
    made = recommendations(facts, on)
    if not made:
        return not_applicable("No recommendation of the committee is held here by this day.")
    open_still = [r for r in made if not day.happened(r.answered_on, on)]
    late = [r for r in open_still if r.made_on + ANSWER_WITHIN < on]
    slow = [r for r in made if r.answered_on and r.made_on + ANSWER_WITHIN < r.answered_on <= on]
    if not open_still and not slow:
        return met("Every recommendation held here was answered within 28 days.", *(r.evidence for r in made))
    if not late and not slow:
        due = max(r.made_on for r in open_still) + ANSWER_WITHIN
        return not_applicable(f"An answer is due by {in_words(due)}.", *(r.evidence for r in open_still))
    evidence = tuple(r.evidence for r in late or slow)
    if not late:
        reason = f"Answered after more than 28 days: {listed(r.title for r in slow)}."
        return not_met(reason, *evidence, would_meet="The next answer within 28 days.")
    if any(day.happened(r.answered_on, on) for r in made):
        reason = f"Not answered within 28 days: {listed(r.title for r in late)}."
        return not_met(reason, *evidence, would_meet="A written answer to the committee.")
    reason = "Whether recommendations were answered is not recorded here."
    return unknown(reason, *evidence, would_meet=kept.state_it("scrutiny-response"))


def _row(id: str, clause: str, title: str, summary: str, ask: Ask, **more: Any) -> Rule:
    """A row of England's, which Wales has had since 1 October 2009."""
    there = InWales(INSTRUMENT, clause, BEGINS_IN_WALES, DAYS)
    return Rule(id, INSTRUMENT, clause, title, summary, ask, BEGINS, wales=there, **more)


RULES: tuple[Rule, ...] = (
    _row(
        "O1",
        "Police and Justice Act 2006, s.19",
        "There is a crime and disorder committee",
        "Every council has a committee that may examine what the authorities decide and do about crime and disorder.",
        committee,
        advisory=False,
        verified_by=f"durham.gov.uk/article/2289; {DAYS}",
    ),
    _row(
        "O2",
        "SI 2009/942",
        "The committee meets on crime and disorder each year",
        "The committee meets as the crime and disorder committee at least once in every twelve months.",
        meets,
        advisory=False,
        verified_by="doncaster.moderngov.co.uk, terms of its committee",
    ),
    _row(
        "O3",
        "Police and Justice Act 2006, s.19",
        "The authorities have copies of the committee’s reports",
        "The committee’s reports and recommendations go to the council, with a copy to each authority and co-operating body.",
        copied,
        applies_when="when the committee reports",
        advisory=False,
        verified_by="docsbay.net/wrexham-county-borough-council-s8 (report of 23 September 2009)",
    ),
    _row(
        "O5",
        "SI 2009/942",
        "The committee has the information it asks for",
        "Information that the committee asks for comes without personal details and as soon as reasonably possible, unless it "
        "would harm proceedings or operations.",
        kept.answered("scrutiny-information-request", "request for information", "answered"),
        applies_when="when the committee asks",
    ),
    _row(
        "O6",
        "SI 2009/942",
        "Officers come when the committee asks",
        "Officers and employees of the authorities come to the committee on reasonable notice.",
        kept.answered("scrutiny-attendance-request", "request that an officer comes", "followed"),
        applies_when="when the committee asks",
    ),
    _row(
        "O7",
        "SI 2009/942",
        "Recommendations are answered within 28 days",
        "An answer is written, within 28 days of the report or as soon as reasonably possible.",
        answered,
        applies_when="when the committee recommends",
    ),
    _row(
        "O8",
        "Police and Justice Act 2006, s.19",
        "Matters that councillors refer are considered",
        "Any councillor may refer a local matter of crime and disorder to the committee.",
        kept.answered("councillor-call-for-action", "matter referred by a councillor", "considered"),
        applies_when="when a councillor refers a matter",
        verified_by="old-iwight.onthewight.com, on the committee",
    ),
)
