"""Section 6 of the Crime and Disorder Act 1998: the strategies, their purposes, and keeping them under review."""

from datetime import date

from csplan.cycle import plan
from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts, PlanHeld
from csplan.cycle.law import day, kept
from csplan.cycle.law.rule import Finding, Rule, met, not_met, unknown
from csplan.cycle.words import listed

ACT = "Crime and Disorder Act 1998"
ACT_OF_2022 = "legislation.gov.uk/ukpga/2022/32/section/20"
BEGINS = date(1998, 9, 30)
POLICING_BODIES_BEGIN = date(2012, 11, 22)
SERIOUS_VIOLENCE_BEGINS = date(2023, 1, 31)

#: kind of linked strategy -> the purpose of section 6(1) that it serves
LINKED_PURPOSES = {"drugs": "b", "serious-violence": "d"}


def strategies(facts: Facts, on: date) -> Finding:
    """Every purpose of section 6(1) in force has a priority of the plan in force, or a strategy that it names."""
    in_force = day.plan_for(facts, on, on)
    purposes = plan.limbs_in_force(on)
    if in_force:
        return _covered(in_force, purposes)
    drafted = day.draft(facts, on)
    words = f" A draft, {drafted.title}, covers {_how_many(drafted, purposes)}." if drafted else ""
    evidence = (drafted.evidence,) if drafted else ()
    past = day.past_plans(facts, on)
    if facts.records_from > on or not past:
        reason = f"The plan in force on this day is not held here.{words}"
        return unknown(reason, *evidence, would_meet="A plan in force on this day, with its priorities.")
    last = past[-1]
    reason = f"The last plan held, {last.title}, ended on {in_words(last.to_on)}.{words}"
    return not_met(reason, last.evidence, *evidence, would_meet="A plan for this day, agreed by the board.")


def _covered(held: PlanHeld, purposes: tuple[tuple[str, str], ...]) -> Finding:
    lacking = [words for letter, words in purposes if not _serves(held, letter)]
    if lacking:
        link = f"A priority of the plan for {listed(lacking)}, or a strategy on it that the plan names."
        return not_met(f"{held.title} has no priority for {listed(lacking)}.", held.evidence, would_meet=link)
    linked = [_linked(held, letter) for letter, _ in purposes if not held.limbs.get(letter)]
    if linked:
        reason = f"{held.title} has a priority, or names a strategy, for each of the {len(purposes)} purposes in force: "
        return met(f"{reason}{listed(linked)}.", held.evidence)
    return met(f"{held.title} has a priority for each of the {len(purposes)} purposes in force.", held.evidence)


def _serves(held: PlanHeld, letter: str) -> bool:
    return bool(held.limbs.get(letter) or _linked(held, letter))


def _linked(held: PlanHeld, letter: str) -> str:
    """The strategy that a plan names for a purpose; empty when it names none."""
    return next((a.title for a in held.alignments if LINKED_PURPOSES.get(a.kind) == letter), "")


def _how_many(held: PlanHeld, purposes: tuple[tuple[str, str], ...]) -> str:
    n, of = sum(_serves(held, letter) for letter, _ in purposes), len(purposes)
    return f"all {of} purposes in force" if n == of else f"{n} of the {of} purposes in force"


def serious_violence(facts: Facts, on: date) -> Finding:
    """The plan in force serves section 6(1)(d), by a priority or a strategy that it names."""
    in_force = day.plan_for(facts, on, on)
    words = dict(plan.limbs_in_force(on))["d"]
    if in_force is None:
        return unknown("The plan in force on this day is not held here.", would_meet="A plan in force on this day.")
    if refs := in_force.limbs.get("d"):
        return met(f"{in_force.title} has a priority for {words}: {listed(refs)}.", in_force.evidence)
    if linked := _linked(in_force, "d"):
        return met(f"{in_force.title} names a strategy for {words}: {linked}.", in_force.evidence)
    return not_met(
        f"{in_force.title} has no priority for {words}, and names no strategy on serious violence.",
        in_force.evidence,
        would_meet="A priority of the plan for serious violence, or an alignment that names the strategy on it.",
    )


def policing_plan(facts: Facts, on: date) -> Finding:
    """The plan says how it has regard to the plan of the local policing body."""
    held = day.plan_asked_about(facts, on)
    if held is None:
        return unknown("No plan for this day is held here.")
    named = [a for a in held.alignments if a.kind == "policing"]
    show = "An alignment of the plan to the policing body’s plan that says what in it delivers which objective."
    if not named:
        return unknown(f"{held.title} does not name the local policing body’s plan.", held.evidence, would_meet=show)
    if not any(a.says_how for a in named):
        return not_met(f"{held.title} names {named[0].title}, but not what it does for it.", held.evidence, would_meet=show)
    return met(f"{held.title} says what it does for {named[0].title}.", held.evidence)


def kept_under_review(facts: Facts, on: date) -> Finding:
    """The plan in force was agreed or reviewed within the last twelve months."""
    held = day.plan_for(facts, on, on)
    if held is None:
        return unknown("The plan in force on this day is not held here.")
    assert held.agreed_on is not None
    since = day.a_year_before(on)
    if held.agreed_on > since:
        return met(f"{held.title} was agreed on {in_words(held.agreed_on)}, within the last twelve months.", held.evidence)
    begun = [r for r in held.reviews if r.begun_on <= on]
    done = [r.completed_on for r in begun if r.completed_on and r.completed_on <= on]
    if done and max(done) > since:
        return met(f"{held.title} was last reviewed on {in_words(max(done))}.", held.evidence)
    review = "A review of the plan, completed and recorded."
    if not begun:
        return unknown(f"No review of {held.title} is recorded here.", held.evidence, would_meet=review)
    if done:
        reason = f"{held.title} was last reviewed on {in_words(max(done))}, more than twelve months before this day."
    else:
        reason = f"The review of {held.title}, begun on {in_words(max(r.begun_on for r in begun))}, is not completed."
    return not_met(reason, held.evidence, would_meet=review)


RULES: tuple[Rule, ...] = (
    Rule(
        "A6-1",
        ACT,
        f"{ACT}, s.6(1)",
        "There is a strategy for each purpose the law names",
        "The authorities have strategies for reducing crime and disorder, for combating the misuse of drugs, alcohol and other "
        "substances, for reducing reoffending and, from 31 January 2023, on serious violence.",
        strategies,
        BEGINS,
        advisory=False,
        verified_by=ACT_OF_2022,
    ),
    Rule(
        "A6-1d",
        ACT,
        f"{ACT}, s.6(1)(d)",
        "There is a strategy on serious violence",
        "Preventing people becoming involved in serious violence, and reducing it, is a purpose of the plan, or of a strategy "
        "that the plan names.",
        serious_violence,
        SERIOUS_VIOLENCE_BEGINS,
        listed_from=BEGINS,
        applies_when="from 31 January 2023",
        advisory=False,
        verified_by=f"{ACT_OF_2022}; the day on legislation.gov.uk/ukpga/2006/48/section/19",
    ),
    Rule(
        "A6-2",
        ACT,
        f"{ACT}, s.6; Police, Crime, Sentencing and Courts Act 2022, s.13",
        "Serious violence is defined for the area",
        "Becoming involved includes becoming a victim. Violence includes domestic abuse, sexual offences, violence against "
        "property and threats, and leaves out terrorism.",
        kept.stands("serious-violence-definition", "local definition of serious violence"),
        SERIOUS_VIOLENCE_BEGINS,
        verified_by="crimeline.co.uk, on s.13 of the Act of 2022",
    ),
    Rule(
        "A6-3",
        ACT,
        f"{ACT}, s.6; Police Reform and Social Responsibility Act 2011, s.10",
        "The plan has regard to the policing body’s objectives",
        "The authorities have regard to the police and crime objectives in the plan of the local policing body, which has regard "
        "to theirs.",
        policing_plan,
        POLICING_BODIES_BEGIN,
    ),
    Rule(
        "A6-4",
        ACT,
        f"{ACT}, s.6",
        "The plan is kept under review",
        "A strategy is looked at again while it runs, and revised where that is needed; here, at least once in twelve months.",
        kept_under_review,
        BEGINS,
        applies_when="while a plan is in force",
    ),
)
