"""The law as dated data: every rule that a program can test, in the order of the law, and what it finds on a day.

A rule reads facts that carry their own days and never looks past the day asked about. Rules that rest on law recalled, and
not read by a lawyer, are advisory and say so. Not legal advice. The instruments are published only as they were made, so the
days here are our own consolidation.
"""

from datetime import date

from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts
from csplan.cycle.law import act_1998, adjacent, consulting, equality, information_2007, regulations_2007, scrutiny
from csplan.cycle.law.rule import JURISDICTIONS, STATUSES, Finding, Outcome, Rule, not_applicable

#: Every rule, in the order of the law.
RULES: tuple[Rule, ...] = (
    *act_1998.RULES,
    *regulations_2007.RULES,
    *information_2007.RULES,
    *scrutiny.RULES,
    *equality.RULES,
    *consulting.RULES,
    *adjacent.RULES,
)

#: What the law says besides, and why no rule tests it.
NOT_TESTED: dict[str, str] = {
    "Crime and Disorder Act 1998, s.6A": "powers of the Secretary of State, which ask nothing of a partnership",
    "SI 2007/1830 reg 3(4)": "others may come to the group’s meetings: a freedom, not a duty",
    "SI 2009/942, on co-option": "whether a co-opted person is a member of the executive; persons are not kept here",
    "Question set of a consultation (C4)": "tested by F12-1",
    "Crime and Policing Bill 2025-26": "not confirmed as law when this table was made",
    "Youth justice plan, MAPPA, modern slavery, licensing, public spaces protection orders, Martyn’s law": "duties of others; "
    "a plan may name them as strategies it works beside",
    "Data protection beyond the impact assessment: controllers, Part 3 of the Act of 2018, retention": "each body’s own record",
    "Transparency code, and exempt papers of a council’s committee": "duties of the council alone",
    "Freedom of Information Act 2000": "requests are answered outside this program",
}


def evaluate(facts: Facts, on: date) -> tuple[Outcome, ...]:
    """What each rule of the day finds. A rule of the other country, or one listed before its day, does not apply."""
    rules = (rule.as_in(facts.jurisdiction) for rule in RULES)
    return tuple(Outcome(rule, _find(rule, facts, on)) for rule in rules if rule.is_listed(on))


def _find(rule: Rule, facts: Facts, on: date) -> Finding:
    if rule.jurisdictions not in ("both", facts.jurisdiction):
        law, here = JURISDICTIONS[rule.jurisdictions], JURISDICTIONS[facts.jurisdiction]
        return not_applicable(f"This is law for {law}; the area is in {here}.", facts.area)
    if on < rule.from_on:
        return not_applicable(f"Not in force on this day: it begins on {in_words(rule.from_on)}.")
    return rule.ask(facts, on)


def summary(outcomes: tuple[Outcome, ...]) -> dict[str, int]:
    """{status: how many}, every status named."""
    return {status: sum(o.finding.status == status for o in outcomes) for status in STATUSES}


def unmet_duties(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """What is not met and is a duty in law, not only good practice."""
    return tuple(o for o in outcomes if o.finding.status == "not met" and o.rule.severity == "must")
