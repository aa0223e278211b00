"""The statutory duties of a community safety partnership, as rules over facts, as at a day.

Each rule is dated and cites its clause. A rule reads facts that carry their own dates and never looks past the day
asked about. Rules that rest on law recalled and not yet read by a lawyer are advisory, and say so. Not legal advice.

Sources: Crime and Disorder Act 1998 ss.5, 5A, 6, 17A; SI 2007/1830 regs 3, 6, 9, 10, 12, 14; SI 2011/1230 (reg 3
from 1 June 2011). The instruments are published as made only, so the dates here are our own consolidation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from csplan.cycle import calendar, consultation, plan
from csplan.cycle.duty_facts import Appointment, Authority, Evidence, Facts, PlanHeld
from csplan.cycle.periods import MONTH_NAMES

STATUSES = ("met", "not met", "not applicable", "unknown")


@dataclass(frozen=True)
class Finding:
    """What a rule finds on a day."""

    status: str
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One duty: its clause, its plain title, the days it is in force, and the question that tests it."""

    id: str
    clause: str
    title: str
    ask: Callable[[Facts, date], Finding]
    from_on: date
    to_on: date | None = None
    advisory: bool = True


@dataclass(frozen=True)
class Outcome:
    """A rule with what it found."""

    rule: Rule
    finding: Finding


Dated = TypeVar("Dated", Authority, Appointment)


def _held(things: tuple[Dated, ...], on: date) -> list[Dated]:
    """Things that stand on a day: begun, and not ended."""
    return [t for t in things if t.from_on <= on and (t.to_on is None or on <= t.to_on)]


#: (what, kinds that satisfy it, first day, last day) of the responsible authorities of section 5(1) in England.
REQUIRED_AUTHORITIES: tuple[tuple[str, str, date, date | None], ...] = (
    ("the council", "council", date(1998, 9, 30), None),
    ("the chief officer of police", "police", date(1998, 9, 30), None),
    ("the police authority", "police authority", date(2003, 4, 1), date(2012, 11, 21)),
    ("the fire and rescue authority", "fire", date(2003, 4, 1), None),
    ("the health body", "health", date(2004, 4, 30), None),
    ("the provider of probation services", "probation", date(2010, 4, 1), None),
)


def responsible_authorities(facts: Facts, on: date) -> Finding:
    """Every kind of body that section 5 names on the day has a body in the register."""
    held = _held(facts.authorities, on)
    kinds = {a.kind for a in held}
    lacking = [
        what
        for what, kind, first, last in REQUIRED_AUTHORITIES
        if first <= on and (last is None or on <= last) and kind not in kinds
    ]
    evidence = tuple(a.evidence for a in held)
    if on < facts.records_from and (lacking or not held):
        return Finding("unknown", f"The register begins on {calendar.in_words(facts.records_from)}.", evidence)
    if not held:
        return Finding("unknown", "No body is in the register on this day.")
    if lacking:
        return Finding("not met", f"The register does not hold {_listed(lacking)}.", evidence)
    return Finding("met", f"{len(held)} bodies are in the register, one of every kind that the law names on this day.", evidence)


def combination(facts: Facts, on: date) -> Finding:
    """An agreement is needed where two or more areas act as one."""
    if not facts.is_combined:
        return Finding("not applicable", "The partnership acts for one area only, so there is nothing to combine.", (facts.area,))
    return Finding("unknown", "The areas act as one, but no combination agreement is held here.", (facts.area,))


def strategies(facts: Facts, on: date) -> Finding:
    """Every limb of section 6(1) in force is covered by the plan in force."""
    in_force = _plan_for(facts, on, on)
    limbs = plan.limbs_in_force(on)
    if in_force:
        lacking = [words for letter, words in limbs if not in_force.limbs.get(letter)]
        if lacking:
            return Finding("not met", f"{in_force.title} has no priority for {_listed(lacking)}.", (in_force.evidence,))
        return Finding(
            "met", f"{in_force.title} has a priority for each of the {len(limbs)} purposes in force.", (in_force.evidence,)
        )
    draft = _draft(facts, on)
    words = (
        f" A draft, {draft.title}, covers {_count(sum(bool(draft.limbs.get(letter)) for letter, _ in limbs), len(limbs))}."
        if draft
        else ""
    )
    evidence = (draft.evidence,) if draft else ()
    if facts.records_from > on or not _past_plans(facts, on):
        return Finding("unknown", f"The plan in force on this day is not held here.{words}", evidence)
    last = _past_plans(facts, on)[-1]
    return Finding(
        "not met",
        f"The last plan held, {last.title}, ended on {calendar.in_words(last.to_on)}.{words}",
        (last.evidence, *evidence),
    )


def supply(facts: Facts, on: date) -> Finding:
    """Depersonalised information due by the day has come."""
    due = [s for s in facts.supplies if s.due_on < on]
    if not due:
        return Finding("unknown", "No ledger of what each authority has supplied is held here.")
    late = [s for s in due if s.received_on is None or s.received_on > on]
    evidence = tuple(s.evidence for s in late or due)
    if late:
        return Finding("not met", f"Not received from {_listed(sorted({s.authority for s in late}))}.", evidence)
    return Finding("met", f"All {len(due)} supplies due have been received.", evidence)


REG_3_CHANGED = date(2011, 6, 1)


def strategy_group(facts: Facts, on: date) -> Finding:
    """Two or more persons are appointed (since 1 June 2011); before, one from every responsible authority."""
    held = _held(facts.appointments, on)
    evidence = tuple({a.evidence: None for a in held})
    if not held:
        return Finding("unknown", "No appointments to the strategy group are held for this day.")
    if on < REG_3_CHANGED:
        return Finding(
            "unknown", "Before 1 June 2011 every authority had to appoint someone; that is not recorded here.", evidence
        )
    if len(held) < 2:
        return Finding("not met", "One office is appointed; the regulations ask for two or more.", evidence)
    return Finding("met", f"{len(held)} offices are appointed to the strategy group.", evidence)


#: What regulation 6 wants in a strategic assessment.
ASSESSMENT_BLOCKS = {
    "levels": "an analysis of levels and patterns",
    "changes": "the changes since the last assessment",
    "why": "why they changed",
    "implementation": "how far the last plan was carried out",
}


def assessment(facts: Facts, on: date) -> Finding:
    """The assessment of the year holds the four blocks."""
    held = [a for a in facts.assessments if a.approved_on <= on and a.year_from == _year_of(on)]
    if not held:
        return Finding("unknown", f"No strategic assessment for {_year_words(on)} is held here.")
    latest = max(held, key=lambda a: a.approved_on)
    lacking = [words for block, words in ASSESSMENT_BLOCKS.items() if block not in latest.blocks]
    if lacking:
        return Finding("not met", f"{latest.title} lacks {_listed(lacking)}.", (latest.evidence,))
    return Finding("met", f"{latest.title} holds all four parts.", (latest.evidence,))


def county_agreement(facts: Facts, on: date) -> Finding:
    """A community safety agreement is made where a county has district partnerships."""
    if facts.tier != "two-tier":
        since = f" since {calendar.in_words(facts.unitary_since)}" if facts.unitary_since else ""
        return Finding(
            "not applicable", f"The area has had a single council{since}; the duty is for counties with districts.", (facts.area,)
        )
    return Finding("unknown", "The county has districts, but no community safety agreement is held here.", (facts.area,))


def plan_in_time(facts: Facts, on: date) -> Finding:
    """A plan for the year was agreed before the year began."""
    begins = _year_of(on)
    for_year = _plan_for(facts, on, begins)
    coming = next((p for p in facts.plans if p.from_on > on and p.frozen_on <= on), None)
    words = f" {_coming_words(coming, on)}" if coming else ""
    evidence = (coming.evidence,) if coming else ()
    if for_year:
        agreed = for_year.agreed_on
        assert agreed is not None
        if agreed < begins:
            return Finding(
                "met", f"{for_year.title} was agreed on {calendar.in_words(agreed)}, before the year began.", (for_year.evidence,)
            )
        return Finding(
            "not met", f"{for_year.title} was agreed on {calendar.in_words(agreed)}, after the year began.", (for_year.evidence,)
        )
    if facts.records_from > begins:
        return Finding("unknown", f"No plan for {_year_words(on)} is held here: the records begin later.{words}", evidence)
    past = _past_plans(facts, on)
    last = f" The last one held ended on {calendar.in_words(past[-1].to_on)}." if past else ""
    return Finding(
        "not met", f"No plan for {_year_words(on)} has been agreed.{last}{words}", (*(p.evidence for p in past[-1:]), *evidence)
    )


def views_obtained(facts: Facts, on: date) -> Finding:
    """People are asked about both levels and patterns, and priorities."""
    held = [c for c in facts.consultations if c.opens_on <= on]
    if not held:
        return Finding("unknown", "No consultation had opened by this day.")
    latest = max(held, key=lambda c: c.opens_on)
    wanted = [consultation.FAMILIES[family] for family in sorted(consultation.FAMILIES_IN_LAW)]
    lacking = [consultation.FAMILIES[family] for family in sorted(consultation.FAMILIES_IN_LAW - latest.families)]
    if lacking:
        return Finding("not met", f"“{latest.title}” does not ask about {_listed(lacking)}.", (latest.evidence,))
    return Finding("met", f"“{latest.title}” asks about {_listed(wanted)}.", (latest.evidence,))


def plan_published(facts: Facts, on: date) -> Finding:
    """The plan, or a summary, is published in the area."""
    agreed = [p for p in facts.plans if p.agreed_on and p.agreed_on <= on]
    if not agreed:
        return Finding("not applicable", "No plan held here had been agreed by this day, so there was none to publish.")
    latest = max(agreed, key=lambda p: p.agreed_on or date.min)
    if latest.published_on and latest.published_on <= on:
        return Finding("met", f"{latest.title} was published on {calendar.in_words(latest.published_on)}.", (latest.evidence,))
    return Finding("not met", f"{latest.title} is agreed but not published yet.", (latest.evidence,))


REGULATIONS_MADE = date(2007, 8, 1)
#: Every rule, in the order of the law.
RULES: tuple[Rule, ...] = (
    Rule(
        "A5-1",
        "Crime and Disorder Act 1998, s.5(1)",
        "Every responsible authority takes part",
        responsible_authorities,
        date(1998, 9, 30),
    ),
    Rule("A5A-1", "Crime and Disorder Act 1998, s.5A", "Areas that act as one have an agreement", combination, date(2010, 1, 1)),
    Rule(
        "A6-1",
        "Crime and Disorder Act 1998, s.6(1)",
        "There is a strategy for each purpose the law names",
        strategies,
        date(1998, 9, 30),
        advisory=False,
    ),
    Rule(
        "A17A-1",
        "Crime and Disorder Act 1998, s.17A; SI 2007/1831",
        "Authorities share facts without personal details each quarter",
        supply,
        REGULATIONS_MADE,
        advisory=False,
    ),
    Rule(
        "F3-2",
        "SI 2007/1830 reg 3(2), as amended by SI 2011/1230",
        "A strategy group is appointed",
        strategy_group,
        REGULATIONS_MADE,
        advisory=False,
    ),
    Rule("F6-1", "SI 2007/1830 reg 6", "The year’s strategic assessment has its four parts", assessment, REGULATIONS_MADE),
    Rule(
        "F9-1",
        "SI 2007/1830 reg 9",
        "A county with districts makes a community safety agreement",
        county_agreement,
        REGULATIONS_MADE,
        advisory=False,
    ),
    Rule("F10-1", "SI 2007/1830 reg 10", "The plan is agreed before the year begins", plan_in_time, REGULATIONS_MADE),
    Rule(
        "F12-1",
        "SI 2007/1830 reg 12(1)",
        "People who live or work here are asked",
        views_obtained,
        REGULATIONS_MADE,
        advisory=False,
    ),
    Rule("F14-1", "SI 2007/1830 reg 14", "The plan, or a summary, is published", plan_published, REGULATIONS_MADE),
)


def evaluate(facts: Facts, on: date) -> tuple[Outcome, ...]:
    """What each rule in force on the day finds."""
    return tuple(Outcome(r, r.ask(facts, on)) for r in RULES if r.from_on <= on and (r.to_on is None or on <= r.to_on))


def summary(outcomes: tuple[Outcome, ...]) -> dict[str, int]:
    """{status: how many}, every status named."""
    return {status: sum(o.finding.status == status for o in outcomes) for status in STATUSES}


def _year_of(on: date) -> date:
    """The first day of the year from 1 April (SI 2007/1830 reg 2) that a day is in."""
    return date(on.year if on.month >= 4 else on.year - 1, 4, 1)


def _year_words(on: date) -> str:
    return f"the year from 1 {MONTH_NAMES[3]} {_year_of(on).year}"


def _plan_for(facts: Facts, on: date, day: date) -> PlanHeld | None:
    """The plan agreed by `on` whose period holds `day`; the one agreed last when there are several."""
    fits = [p for p in facts.plans if p.agreed_on and p.agreed_on <= on and p.from_on <= day <= p.to_on]
    return max(fits, key=lambda p: p.agreed_on or date.min) if fits else None


def _draft(facts: Facts, on: date) -> PlanHeld | None:
    drafts = [p for p in facts.plans if p.frozen_on <= on and not (p.agreed_on and p.agreed_on <= on)]
    return max(drafts, key=lambda p: p.frozen_on) if drafts else None


def _past_plans(facts: Facts, on: date) -> list[PlanHeld]:
    past = [p for p in facts.plans if p.agreed_on and p.agreed_on <= on and p.to_on < on]
    return sorted(past, key=lambda p: p.to_on)


def _coming_words(coming: PlanHeld, on: date) -> str:
    begins = calendar.in_words(coming.from_on)
    if coming.agreed_on and coming.agreed_on <= on:
        return f"{coming.title}, from {begins}, was agreed on {calendar.in_words(coming.agreed_on)}, in time."
    if coming.board_meets_on and coming.board_meets_on >= on:
        when = "in time" if coming.board_meets_on < coming.from_on else "too late"
        return f"{coming.title}, from {begins}, goes to the board on {calendar.in_words(coming.board_meets_on)}, {when}."
    return f"{coming.title}, from {begins}, is a draft."


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def _count(n: int, of: int) -> str:
    return f"all {of} purposes in force" if n == of else f"{n} of the {of} purposes in force"
