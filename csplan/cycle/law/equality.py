"""The public sector equality duty: Equality Act 2010, s.149, as it bears on a plan and its consultation."""

from collections.abc import Callable
from datetime import date

from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import ConsultationHeld, EqualityHeld, Facts
from csplan.cycle.law import day, kept
from csplan.cycle.law.rule import Ask, Finding, Rule, met, not_applicable, not_met, unknown
from csplan.cycle.words import listed

ACT = "Equality Act 2010"
S149 = f"{ACT}, s.149"
BROWN = f"{S149}; the Brown principles"
BEGINS = date(2011, 4, 5)
SPECIFIC_DUTIES_BEGIN = date(2011, 9, 10)
CONTENT = "council templates of equality assessments (East Sussex, Barnet)"


#: What would meet a duty where there is no assessment.
BEGIN = "An equality impact assessment, begun by one person and signed by another."

AskOne = Callable[[ConsultationHeld, EqualityHeld, date], Finding]


def of_the_assessment(ask: AskOne, *, is_needed: bool = False) -> Ask:
    """The question, asked of the newest assessment of the plan that people were asked about last.

    is_needed : whether it is this duty that is not met where there is no assessment at all
    """

    def asked_on(facts: Facts, on: date) -> Finding:
        asked = day.consultation(facts, on)
        if asked is None:
            return not_applicable("No consultation had opened by this day.")
        assessment = day.equality(asked, on)
        if assessment:
            return ask(asked, assessment, on)
        reason = f"No equality assessment is held for “{asked.title}”."
        return (
            not_met(reason, asked.evidence, would_meet=BEGIN) if is_needed else unknown(reason, asked.evidence, would_meet=BEGIN)
        )

    return asked_on


def begun_in_time(asked: ConsultationHeld, assessment: EqualityHeld, on: date) -> Finding:
    """The assessment was begun before people were asked."""
    begun = min(e.started_on for e in asked.equality)
    if begun <= asked.opens_on:
        reason = f"It was begun on {in_words(begun)}; the consultation opened on {in_words(asked.opens_on)}."
        return met(reason, assessment.evidence)
    reason = f"It was begun on {in_words(begun)}, after the consultation opened on {in_words(asked.opens_on)}."
    return not_met(reason, assessment.evidence, would_meet="The next assessment, begun before people are asked.")


def uses_the_answers(asked: ConsultationHeld, assessment: EqualityHeld, on: date) -> Finding:
    """The assessment was completed after the answers were in."""
    if asked.closes_on >= on:
        return not_applicable(f"The consultation is open until {in_words(asked.closes_on)}.", asked.evidence)
    if not day.happened(assessment.completed_on, on):
        reason = "The answers are in; the assessment is not completed yet."
        return not_met(reason, assessment.evidence, would_meet="The assessment completed with what people said.")
    assert assessment.completed_on is not None
    if assessment.completed_on <= asked.closes_on:
        reason = f"It was completed on {in_words(assessment.completed_on)}, before the consultation had closed."
        return not_met(reason, assessment.evidence, would_meet="The assessment looked at again with what people said.")
    return met(f"It was completed on {in_words(assessment.completed_on)}, after the answers were in.", assessment.evidence)


def complete_before_decision(asked: ConsultationHeld, assessment: EqualityHeld, on: date) -> Finding:
    """The assessment is complete, and was before the plan was agreed."""
    sign = "The assessment completed, and signed by another person, before the board decides."
    decided = asked.decided_on if day.happened(asked.decided_on, on) else None
    if not day.happened(assessment.completed_on, on):
        when = (
            f"the plan was agreed on {in_words(decided)} all the same" if decided else "the plan may not be agreed before it is"
        )
        reason = f"Begun on {in_words(assessment.started_on)}, and not complete; {when}."
        return not_met(reason, assessment.evidence, would_meet=sign)
    completed = assessment.completed_on
    assert completed is not None
    if decided and decided < completed:
        reason = f"Completed on {in_words(completed)}, after the plan was agreed on {in_words(decided)}."
        return not_met(reason, assessment.evidence, would_meet=sign)
    before = f", before the plan was agreed on {in_words(decided)}" if decided else ""
    return met(f"Completed on {in_words(completed)}{before}.", assessment.evidence)


def effects_answered(effect: str, noun: str, answer: str) -> AskOne:
    """Every effect of a kind has something set against it. noun : such as “negative effect”;  answer : such as “a mitigation”"""

    def ask(asked: ConsultationHeld, assessment: EqualityHeld, on: date) -> Finding:
        if assessment.impacts is None:
            return unknown("Expected effects are not kept one by one here.", assessment.evidence)
        lacking = [
            i.group for i in assessment.impacts if i.effect == effect and i.noted_on <= on and not day.happened(i.answered_on, on)
        ]
        if lacking:
            reason = f"A {noun} without {answer}: {listed(lacking)}."
            return not_met(reason, assessment.evidence, would_meet=f"For each {noun}, {answer}.")
        return met(f"Every {noun} has {answer}.", assessment.evidence)

    return ask


def published(asked: ConsultationHeld, assessment: EqualityHeld, on: date) -> Finding:
    """The completed assessment can be read by everyone."""
    if day.happened(assessment.published_on, on):
        assert assessment.published_on is not None
        return met(f"Published on {in_words(assessment.published_on)}.", assessment.evidence)
    if not day.happened(assessment.completed_on, on):
        return not_applicable("The assessment is not complete, so there is none to publish yet.", assessment.evidence)
    publish = "The completed assessment, published."
    return not_met("The assessment is complete and not published.", assessment.evidence, would_meet=publish)


def review_set(asked: ConsultationHeld, assessment: EqualityHeld, on: date) -> Finding:
    """The assessment says when it is looked at again, and that day has not gone."""
    if assessment.review_on is None:
        return unknown("No day of review is recorded here.", assessment.evidence, would_meet="A day of review.")
    if assessment.review_on < on:
        reason = f"It was to be looked at again by {in_words(assessment.review_on)}."
        return not_met(reason, assessment.evidence, would_meet="A review, with a new day for the next one.")
    return met(f"To be looked at again by {in_words(assessment.review_on)}.", assessment.evidence)


RULES: tuple[Rule, ...] = (
    Rule(
        "E1",
        ACT,
        BROWN,
        "The equality assessment is begun before people are asked",
        "Thought is given to equality while the plan can still change.",
        of_the_assessment(begun_in_time, is_needed=True),
        BEGINS,
        applies_when="when people are consulted",
        severity="practice",
    ),
    Rule(
        "E2",
        ACT,
        BROWN,
        "The equality assessment uses what people said",
        "The assessment is brought up to date with the answers once the consultation has closed.",
        of_the_assessment(uses_the_answers),
        BEGINS,
        applies_when="once a consultation has closed",
        severity="practice",
    ),
    Rule(
        "E3",
        ACT,
        S149,
        "The equality assessment is complete before the decision",
        "Those who decide have due regard to eliminating discrimination, advancing equality of opportunity and fostering good "
        "relations: the assessment is complete, and before them, when they agree the plan.",
        of_the_assessment(complete_before_decision, is_needed=True),
        BEGINS,
        applies_when="when a plan is to be agreed",
        verified_by=f"{CONTENT}; the Brown principles not checked",
    ),
    Rule(
        "E4",
        ACT,
        S149,
        "Every negative effect has an answer",
        "For each group that may be worse off, the assessment says what is done about it, or why not.",
        of_the_assessment(effects_answered("negative", "negative effect", "a mitigation or a recorded reason")),
        BEGINS,
        applies_when="when people are consulted",
        severity="practice",
        verified_by=CONTENT,
    ),
    Rule(
        "E5",
        ACT,
        S149,
        "What is not known is to be found out",
        "Where the effect on a group is unknown, someone is to find out, by a day.",
        of_the_assessment(effects_answered("unknown", "effect that is not known", "an action to find out")),
        BEGINS,
        applies_when="when people are consulted",
        severity="practice",
    ),
    Rule(
        "E6",
        ACT,
        S149,
        "The equality assessment is published",
        "People can read the completed assessment.",
        of_the_assessment(published),
        BEGINS,
        applies_when="once an assessment is complete",
        severity="practice",
    ),
    Rule(
        "E7",
        ACT,
        BROWN,
        "The equality assessment is looked at again",
        "The duty goes on: the assessment has a day of review.",
        of_the_assessment(review_set),
        BEGINS,
        applies_when="when people are consulted",
        severity="practice",
    ),
    Rule(
        "E8",
        ACT,
        "Equality Act 2010 (Specific Duties) Regulations",
        "Equality objectives are published every four years",
        "The council publishes objectives at least every four years.",
        kept.within_years("equality-objectives", "statement of equality objectives", 4),
        SPECIFIC_DUTIES_BEGIN,
    ),
    Rule(
        "E9",
        ACT,
        "Equality Act 2010 (Specific Duties) Regulations",
        "Equality information is published each year",
        "The council publishes its equality information each year; in England by 31 March.",
        kept.within_a_year("equality-information", "statement of equality information"),
        SPECIFIC_DUTIES_BEGIN,
    ),
)
