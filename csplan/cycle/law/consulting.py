"""Consulting fairly: the four tests of Gunning, and the Cabinet Office’s principles of 2018."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from csplan.cycle import calendar, consultation
from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import ConsultationHeld, Facts
from csplan.cycle.law import day, elections, kept
from csplan.cycle.law.rule import Ask, Finding, Rule, met, not_applicable, not_met, unknown
from csplan.cycle.words import capital, count, listed, month, months_between

INSTRUMENT = "Fair consultation: the courts’ tests, and the Cabinet Office’s principles of 2018"
#: Gunning’s tests in the Supreme Court: R (Moseley) v Haringey [2014] UKSC 56.
TESTS_BEGIN = date(2014, 10, 29)
PRINCIPLES_BEGIN = date(2018, 3, 19)
GUNNING = "wearestand.co.uk and yourvoice.westsussex.gov.uk, on Gunning"
PRINCIPLES = "devon.gov.uk, on the principles of 2018"

#: No law gives a least number of days; four weeks is the shortest that is usual for such a plan.
SHORTEST_USUAL = 28
#: People may expect to read what was made of their answers within twelve weeks of the closing day.
FEEDBACK_WITHIN = timedelta(weeks=12)


AskOne = Callable[[ConsultationHeld, Facts, date], Finding]


def of_the_latest(ask: AskOne) -> Ask:
    """The question, asked of the consultation that opened last."""

    def asked_on(facts: Facts, on: date) -> Finding:
        latest = day.consultation(facts, on)
        return ask(latest, facts, on) if latest else not_applicable("No consultation had opened by this day.")

    return asked_on


def formative(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """The priorities were not settled before people were asked."""
    if not asked.priorities_agreed_in:
        return unknown(f"When the priorities of “{asked.title}” were settled is not recorded here.", asked.evidence)
    months = months_between(asked.priorities_agreed_in, asked.opens_on)
    agreed = month(asked.priorities_agreed_in)
    if months <= 0:
        return met(f"The priorities were settled in {agreed}, not before the consultation opened.", asked.evidence)
    reason = (
        f"The priorities were agreed in {agreed}, {count(months, 'month')} before the consultation opened on "
        f"{in_words(asked.opens_on)}. Views are to be sought while the plan is still being formed."
    )
    say = "The board’s word that the priorities may still change, and a record of what the answers changed."
    return not_met(reason, asked.evidence, would_meet=say)


def draft_was_frozen(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """The words that people were asked about no longer changed when it opened."""
    frozen = asked.draft_frozen_on
    if frozen is None:
        return unknown("When the draft was frozen is not recorded here.", asked.evidence)
    words = f"The draft was frozen on {in_words(frozen)}"
    if frozen <= asked.opens_on:
        return met(f"{words}; the consultation opened on {in_words(asked.opens_on)}.", asked.evidence)
    return not_met(f"{words}, after the consultation opened.", asked.evidence, would_meet="A draft frozen before it opens.")


#: What lies beside the draft. {part: in words}
DOCUMENTS = {"assessment-summary": "a summary of the assessment", "equality-assessment": "the equality assessment"}


def documents(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """The draft, a summary of the assessment and the equality assessment were there to read.

    What is stated belongs to this consultation where it is no older than a year before its opening.
    """
    since = calendar.add_years(asked.opens_on, -1)
    held = [k for k in kept.all_of(facts, "consultation-documents", on) if since <= k.from_on <= asked.closes_on]
    beside = "A summary of the assessment and the equality assessment, beside the draft."
    if asked.draft_frozen_on is None:
        return unknown("Whether a frozen draft was there to read is not recorded here.", asked.evidence)
    if asked.draft_frozen_on > asked.opens_on:
        freeze = "A draft frozen before it opens."
        return not_met("No frozen draft was there to read when it opened.", asked.evidence, would_meet=freeze)
    if not held:
        reason = f"The draft was there to read. Whether {listed(DOCUMENTS.values())} lay beside it is not recorded here."
        return unknown(reason, asked.evidence, would_meet=kept.state_it("consultation-documents"))
    parts = frozenset[str]().union(*(k.parts for k in held))
    lacking = [words for part, words in DOCUMENTS.items() if part not in parts]
    if lacking:
        return not_met(f"{capital(listed(lacking))}: not there to read.", held[0].evidence, would_meet=beside)
    return met(f"The draft, {listed(DOCUMENTS.values())} were there to read.", held[0].evidence)


def measures(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """Indicators had been adopted when the consultation opened, so that people could read what is measured."""
    there = [i for i in facts.indicators if i.adopted_on <= asked.opens_on]
    if there:
        words = f"{capital(count(len(there), 'indicator'))} had been adopted when it opened."
        return met(words, asked.evidence)
    choose = "Indicators adopted before the draft goes out, and named in it."
    reason = "No indicator had been adopted when it opened, so people could not read how success would be measured."
    return not_met(reason, asked.evidence, would_meet=choose)


def window(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """The days it was open, what falls inside them, and whether they keep clear of an election."""
    first, last = asked.opens_on, asked.closes_on
    reason = " ".join((*consultation.notes_on_window(first, last), *_election_notes(first, last)))
    every = (last - first).days + 1
    if every < SHORTEST_USUAL:
        return not_met(
            f"{reason} That is fewer than the four weeks that are usual.",
            asked.evidence,
            would_meet="A longer window, or a recorded reason for a short one.",
        )
    if elections.general_in(first, last):
        away = "A window that keeps clear of the weeks before the poll, or a recorded reason."
        return not_met(reason, asked.evidence, would_meet=away)
    return met(reason, asked.evidence)


def _election_notes(first: date, last: date) -> list[str]:
    general = [f"It overlaps the weeks before the general election of {in_words(p)}." for p in elections.general_in(first, last)]
    local = [
        f"It overlaps the weeks before the ordinary day of local elections, {in_words(p)}; whether one is held here is not known."
        for p in elections.ordinary_in(first, last)
    ]
    return [*general, *local] or ["No overlap with the weeks before an election."]


def reach(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """Whom it reached was set beside who lives here."""
    held = kept.latest(facts, "consultation-reach", on)
    if asked.closes_on >= on:
        return not_applicable(f"The consultation is open until {in_words(asked.closes_on)}.", asked.evidence)
    if held is None or held.from_on < asked.opens_on:
        reason = "Whom the consultation reached, beside who lives here, is not recorded."
        return unknown(reason, asked.evidence, would_meet=kept.state_it("consultation-reach"))
    return met(f"{held.title}, of {in_words(held.from_on)}.", held.evidence)


def comments_decided(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """What was decided on each comment is recorded."""
    if asked.closes_on >= on:
        return not_applicable(f"The consultation is open until {in_words(asked.closes_on)}.", asked.evidence)
    if asked.decisions is None:
        return unknown("What was decided on each comment is not kept here.", asked.evidence)
    waiting = sum(not day.happened(d, on) for d in asked.decisions)
    if waiting:
        reason = f"{capital(count(waiting, 'comment'))} of {len(asked.decisions)} without a decision."
        return not_met(reason, asked.evidence, would_meet="For each comment what was decided, and why.")
    return met(f"All {len(asked.decisions)} comments have a decision.", asked.evidence)


def decided_after(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """The plan was agreed after the closing day, and after the report on the answers."""
    if not day.happened(asked.decided_on, on):
        return not_applicable("The plan that people were asked about had not been agreed by this day.", asked.evidence)
    decided = asked.decided_on
    assert decided is not None
    wait = "Agreement after the closing day, with the report on the answers before the board."
    if decided <= asked.closes_on:
        reason = f"The plan was agreed on {in_words(decided)}, before the consultation had closed."
        return not_met(reason, asked.evidence, would_meet=wait)
    if asked.considered_on is None or asked.considered_on > decided:
        reason = f"The plan was agreed on {in_words(decided)}, without a report on the answers before the board."
        return not_met(reason, asked.evidence, would_meet=wait)
    reason = f"It closed on {in_words(asked.closes_on)}; the answers were reported on by {in_words(asked.considered_on)}; "
    return met(f"{reason}the plan was agreed on {in_words(decided)}.", asked.evidence)


def feedback(asked: ConsultationHeld, facts: Facts, on: date) -> Finding:
    """People can read what was made of their answers, within twelve weeks of the closing day."""
    due = asked.closes_on + FEEDBACK_WITHIN
    if day.happened(asked.feedback_on, on):
        assert asked.feedback_on is not None
        words = f"What was made of the answers could be read from {in_words(asked.feedback_on)}"
        if asked.feedback_on <= due:
            return met(f"{words}.", asked.evidence)
        late = "The next report within twelve weeks of the closing day."
        return not_met(f"{words}, more than twelve weeks after the closing day.", asked.evidence, would_meet=late)
    if on <= due:
        return not_applicable(f"People may expect to read what was made of their answers by {in_words(due)}.", asked.evidence)
    publish = "What was said and what was done about it, published."
    reason = f"Nothing was published by {in_words(due)}, twelve weeks after the closing day."
    return not_met(reason, asked.evidence, would_meet=publish)


def _row(id: str, clause: str, title: str, summary: str, ask: AskOne, from_on: date, **more: Any) -> Rule:
    """A row of good practice, asked of the newest consultation."""
    when = more.pop("applies_when", "when people are consulted")
    return Rule(
        id, INSTRUMENT, clause, title, summary, of_the_latest(ask), from_on, applies_when=when, severity="practice", **more
    )


RULES: tuple[Rule, ...] = (
    _row(
        "G1",
        "Gunning, first test: while the plan is still being formed",
        "People are asked while the plan can still change",
        "Views are sought at a formative stage: before the matter is settled.",
        formative,
        TESTS_BEGIN,
        verified_by=GUNNING,
    ),
    _row(
        "C1",
        "Gunning, second test: enough reasons for a considered answer",
        "The draft is frozen before people are asked",
        "What people are asked about does not change while they answer.",
        draft_was_frozen,
        TESTS_BEGIN,
        advisory=False,
        verified_by=GUNNING,
    ),
    _row(
        "C2",
        "Gunning, second test: enough reasons for a considered answer",
        "What people need to answer is there to read",
        "Beside the draft: a summary of the assessment, and the equality assessment as far as it has come.",
        documents,
        TESTS_BEGIN,
        verified_by=GUNNING,
    ),
    _row(
        "C2-K",
        "Gunning, second test; SI 2007/1830 reg 11",
        "What is measured was among the documents",
        "The plan says how success is measured, so people who are asked about it can read the indicators.",
        measures,
        TESTS_BEGIN,
        verified_by=GUNNING,
    ),
    _row(
        "C3",
        "Gunning, third test: adequate time; principles of 2018",
        "There is time to answer",
        "The days are enough for the matter and for those asked, with regard to holidays and elections. No law gives a least "
        "number.",
        window,
        TESTS_BEGIN,
        verified_by=f"{GUNNING}; {PRINCIPLES}",
    ),
    _row(
        "C5",
        "Principles of 2018: targeted",
        "Whom it reached is set beside who lives here",
        "After it has closed, those who answered are compared with the people of the area.",
        reach,
        PRINCIPLES_BEGIN,
        applies_when="once a consultation has closed",
        verified_by=PRINCIPLES,
    ),
    _row(
        "C6",
        "Gunning, fourth test: considered before the decision",
        "What was decided on each comment is recorded",
        "Each comment is accepted, accepted in part, not accepted, out of scope or noted, with the reason and what changed.",
        comments_decided,
        TESTS_BEGIN,
        applies_when="once a consultation has closed",
        verified_by=GUNNING,
    ),
    _row(
        "C7",
        "Gunning, fourth test: considered before the decision",
        "The decision comes after the answers are considered",
        "The board agrees the plan after the closing day, with the report on the answers before it.",
        decided_after,
        TESTS_BEGIN,
        applies_when="once the plan is agreed",
        advisory=False,
        verified_by=GUNNING,
    ),
    _row(
        "C8",
        "Principles of 2018: timely response",
        "People hear what was done with their answers",
        "What was said, and what was done about it, is published; twelve weeks after the closing day at the latest.",
        feedback,
        PRINCIPLES_BEGIN,
        applies_when="once a consultation has closed",
    ),
)
