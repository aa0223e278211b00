"""What a partnership keeps elsewhere and may state in `kept.toml`, and the questions that such statements answer.

Where nothing of a kind was ever stated, the records cannot tell: unknown. Where it was stated once and has run out, is late
or lacks something: not met.
"""

from collections.abc import Mapping
from datetime import date

from csplan.cycle import calendar
from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts, Kept
from csplan.cycle.law import day
from csplan.cycle.law.rule import Ask, Finding, met, not_met, unknown
from csplan.cycle.words import capital, listed

#: what -> what it is, with what its fields mean where that is not plain
KEPT: dict[str, str] = {
    "combination-agreement": "the agreement by which areas act as one; `parties` that made it",
    "serious-violence-definition": "the local definition of serious violence",
    "section-7-request": "a request of the local policing body for a report; `due_on`, and `done_on` when it was sent",
    "strategic-assessment": "a strategic assessment, approved on `from_on`; `parts`: levels, changes, why, implementation, "
    "matters (what to put first), views (what people said)",
    "joint-probation-appointment": "the appointment that several providers of probation services made together; `parties`",
    "spend-review": "the yearly look at what the partnership’s money was spent on and what it achieved",
    "information-sharing-protocol": "the protocol on sharing information; `parties` that signed, `review_on`; `parts`: "
    "section-115, data-protection-basis",
    "liaison-officer": "an office named to make sharing easier; `parties`: the body it speaks for",
    "county-strategy-group": "the strategy group of a county with districts",
    "community-safety-agreement": "a county’s agreement; `parties`: councils whose assessments it draws on; `done_on` when a "
    "copy went to the local policing body",
    "consultation-reach": "whom a consultation was meant to reach and whom it reached, written after it closed",
    "engagement-evidence": "what people told the authorities elsewhere, that a consultation took into account",
    "public-meeting": "a public meeting, held on `from_on`; `parties` whose senior people came; `done_on` when its note was "
    "published",
    "attendance-request": "a request of the local policing body that authorities come to a meeting; `due_on`, `done_on`",
    "well-being-plan": "the local well-being plan (Wales)",
    "scrutiny-copies": "sending a committee’s report to every authority and co-operating body; `title` as the item’s",
    "scrutiny-response": "the written answer to a committee’s recommendation; `title` as the item’s",
    "scrutiny-information-request": "a committee’s request for information; `due_on`, `done_on`",
    "scrutiny-attendance-request": "a committee’s request that an officer comes; `due_on` the meeting, `done_on` that they came",
    "councillor-call-for-action": "a matter that a councillor referred; `done_on` when the committee considered it",
    "equality-objectives": "the equality objectives, published at least every four years",
    "equality-information": "the yearly equality information",
    "consultation-documents": "what lay beside the draft; `parts`: assessment-summary, equality-assessment",
    "serious-violence-needs-assessment": "the strategic needs assessment on serious violence",
    "serious-violence-strategy": "the strategy on serious violence; `review_on`; `parts` consulted: education, prisons, "
    "youth-custody",
    "domestic-homicide-review": "a domestic homicide review, from the day the partnership was told; `due_on` for the decision "
    "whether to hold one, `done_on` when it was decided",
    "domestic-homicide-review-report": "the end of a domestic homicide review; `parts`: overview-report, action-plan, "
    "quality-assurance, publication",
    "asb-case-review-procedure": "the published procedure of case reviews of anti-social behaviour, with its threshold",
    "asb-case-review-figures": "the yearly figures; `parts`: applications, threshold-not-met, reviews, recommendations",
    "prevent": "the Prevent arrangements; `parts`: group, risk-assessment, partnership-plan, referral-pathway, channel-panel, "
    "training, permissive-environments, communications",
    "channel-panel": "the Channel panel",
    "domestic-abuse-board": "the domestic abuse local partnership board",
    "safe-accommodation-strategy": "the strategy on support in safe accommodation; `review_on`",
    "safe-accommodation-report": "the yearly report on support in safe accommodation",
    "data-protection-assessment": "the data protection impact assessment of the partnership’s processing; `review_on`",
    "accessibility-statement": "the accessibility statement of the site that publishes the plan; `review_on`",
}


def all_of(facts: Facts, what: str, on: date) -> list[Kept]:
    """Everything of a kind that had begun by a day, the newest first."""
    return sorted((k for k in facts.kept if k.what == what and k.from_on <= on), key=lambda k: k.from_on, reverse=True)


def latest(facts: Facts, what: str, on: date) -> Kept | None:
    """The newest of a kind on a day, whether it has ended or not."""
    return next(iter(all_of(facts, what, on)), None)


def state_it(what: str) -> str:
    """What would show a thing that is kept elsewhere."""
    return f"State it in kept.toml as “{what}”, with its day and its public address."


def not_held(what: str, noun: str) -> Finding:
    """Nothing of the kind is held here."""
    return unknown(f"No {noun} is held here.", would_meet=state_it(what))


def stands(what: str, noun: str) -> Ask:
    """It stands on the day, and its review is not overdue."""

    def ask(facts: Facts, on: date) -> Finding:
        held = latest(facts, what, on)
        if held is None:
            return not_held(what, noun)
        return lapsed(held, noun, on) or met(f"{held.title}, of {in_words(held.from_on)}.", held.evidence)

    return ask


def lapsed(held: Kept, noun: str, on: date) -> Finding | None:
    """Why a thing that was stated no longer serves: it ended, or its review is overdue; None while it serves."""
    if held.to_on and held.to_on < on:
        return not_met(
            f"{held.title} ended on {in_words(held.to_on)}, and no later {noun} is held.",
            held.evidence,
            would_meet=f"A new {noun} that stands on this day.",
        )
    if held.review_on and held.review_on < on:
        return not_met(
            f"{held.title} was to be looked at again by {in_words(held.review_on)}.",
            held.evidence,
            would_meet=f"A review of {held.title}, with a new day for the next one.",
        )
    return None


def within_a_year(what: str, noun: str) -> Ask:
    """One within the twelve months up to the day."""
    return within_years(what, noun, 1)


def within_years(what: str, noun: str, years: int) -> Ask:
    """One within so many years up to the day."""
    span = "twelve months" if years == 1 else f"{years} years"

    def ask(facts: Facts, on: date) -> Finding:
        held = latest(facts, what, on)
        if held is None:
            return not_held(what, noun)
        if held.from_on > calendar.add_years(on, -years):
            return met(f"{held.title}, of {in_words(held.from_on)}.", held.evidence)
        return not_met(
            f"The last {noun} held is of {in_words(held.from_on)}, more than {span} before this day.",
            held.evidence,
            would_meet=f"A new {noun} within {span}.",
        )

    return ask


def answered(what: str, noun: str, deed: str) -> Ask:
    """Every request that was due by the day has its answer.

    noun : one request, such as “request for a report”;  deed : what answers it, such as “sent”
    """

    def ask(facts: Facts, on: date) -> Finding:
        held = all_of(facts, what, on)
        if not held:
            return unknown(f"No {noun} is held here; one made elsewhere is not known.", would_meet=state_it(what))
        late = [k for k in held if k.due_on and k.due_on < on and not day.happened(k.done_on, on)]
        evidence = [k.evidence for k in late or held]
        if late:
            named = listed(f"{k.title} (by {in_words(k.due_on)})" for k in late if k.due_on)
            return not_met(f"Not {deed} yet, and late: {named}.", *evidence, would_meet=f"What is late is {deed}, with its day.")
        waiting = [k for k in held if not day.happened(k.done_on, on)]
        undated = [k for k in waiting if k.due_on is None]
        if undated:
            reason = f"Not recorded as {deed}, and no day is told by which it is due: {listed(k.title for k in undated)}."
            return unknown(reason, *(k.evidence for k in undated), would_meet=f"The day on which it was {deed}.")
        if waiting:
            return met(f"{capital(listed(k.title for k in waiting))}: not due yet.", *evidence)
        slow = [k.title for k in held if k.due_on and k.done_on and k.due_on < k.done_on]
        late_words = f"; late: {listed(slow)}" if slow else ""
        return met(f"Every {noun} held here was {deed}{late_words}.", *evidence)

    return ask


def with_parts(what: str, noun: str, parts: Mapping[str, str]) -> Ask:
    """It stands on the day and has every part. parts : {part: in words}"""

    def ask(facts: Facts, on: date) -> Finding:
        held = latest(facts, what, on)
        if held is None:
            return not_held(what, noun)
        lacking = [words for part, words in parts.items() if part not in held.parts]
        if lacking:
            return not_met(
                f"{held.title} does not show {listed(lacking)}.",
                held.evidence,
                would_meet=f"{capital(listed(lacking))}, shown in it.",
            )
        return lapsed(held, noun, on) or met(f"{held.title} has every part.", held.evidence)

    return ask


def yearly_with_parts(what: str, noun: str, parts: Mapping[str, str]) -> Ask:
    """One within the twelve months up to the day, with every part."""

    def ask(facts: Facts, on: date) -> Finding:
        recent = within_a_year(what, noun)(facts, on)
        return with_parts(what, noun, parts)(facts, on) if recent.status == "met" else recent

    return ask
