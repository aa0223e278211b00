"""Regulations 3 and 4: the strategy group, who is on it, and how information is shared between the authorities."""

from datetime import date

from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts
from csplan.cycle.law import day, kept
from csplan.cycle.law.rule import Ask, Finding, met, not_applicable, not_met, unknown
from csplan.cycle.words import capital, count, listed

#: From when two or more persons make a strategy group; before, there was one from every responsible authority.
REG_3_CHANGED = {"england": date(2011, 6, 1), "wales": date(2011, 12, 5)}


def one_strategy_group(facts: Facts, on: date) -> Finding:
    """Exactly one strategy group stands for the area."""
    held = [g for g in facts.groups if g.from_on <= on]
    groups = [g for g in held if g.is_strategy_group]
    if not held:
        return unknown("No group is in the register on this day.")
    if len(groups) == 1:
        return met(f"{groups[0].name} is the strategy group.", groups[0].evidence)
    reason = f"{capital(count(len(groups), 'group is', 'groups are'))} named as the strategy group."
    return not_met(reason, *(g.evidence for g in groups), would_meet="One group in the register, named as the strategy group.")


def strategy_group(facts: Facts, on: date) -> Finding:
    """Two or more persons are appointed (England since 1 June 2011, Wales since 5 December 2011); before, one from every authority."""
    held = day.standing(facts.appointments, on)
    evidence = tuple({a.evidence: None for a in held})
    if not held:
        return unknown(
            "No appointments to the strategy group are held for this day.", would_meet="Offices appointed to the group."
        )
    changed = REG_3_CHANGED[facts.jurisdiction]
    if on < changed:
        return _one_from_each(facts, on)
    if len(held) < 2:
        reason = "One office is appointed; the regulations ask for two or more."
        return not_met(reason, *evidence, would_meet="A second office, appointed by a responsible authority.")
    return met(f"{len(held)} offices are appointed to the strategy group.", *evidence)


def _one_from_each(facts: Facts, on: date) -> Finding:
    """As the regulations were made: one person or more from every authority, one of them senior there."""
    held = day.standing(facts.appointments, on)
    evidence = tuple({a.evidence: None for a in held})
    changed = in_words(REG_3_CHANGED[facts.jurisdiction])
    authorities = day.authorities(facts, on)
    if not authorities or not all(a.authority for a in held):
        return unknown(f"Before {changed} every authority had to appoint someone; that is not recorded here.", *evidence)
    lacking = [name for code, name in authorities.items() if code not in {a.authority for a in held}]
    if lacking:
        reason = f"Before {changed} every authority appointed someone; {listed(lacking)} did not."
        return not_met(reason, *evidence, would_meet=f"An office appointed by {listed(lacking)}.")
    if not {a.authority for a in held if a.is_senior} >= set(authorities):
        return unknown("Every authority appointed someone; whether one of each is senior is not recorded here.", *evidence)
    return met("Every authority appointed someone senior.", *evidence)


def joint_appointment(facts: Facts, on: date) -> Finding:
    """Several providers of probation services appoint together."""
    providers = [a for a in day.standing(facts.authorities, on) if a.kind == "probation"]
    evidence = tuple(a.evidence for a in providers)
    if not providers:
        return unknown("No provider of probation services is in the register on this day.")
    if len(providers) == 1:
        return not_applicable("There is one provider of probation services, so there is nothing to appoint jointly.", *evidence)
    held = kept.latest(facts, "joint-probation-appointment", on)
    if held is None:
        reason = f"There are {count(len(providers), 'provider')}; whether they appointed jointly is not recorded here."
        return unknown(reason, *evidence, would_meet=kept.state_it("joint-probation-appointment"))
    lacking = [a.name for a in providers if a.code not in held.parties]
    if lacking:
        return not_met(
            f"{held.title} was made without {listed(lacking)}.", held.evidence, would_meet="An appointment by all of them."
        )
    return met(f"{held.title} was made by all of them.", held.evidence)


def every_authority(what: str, noun: str, did: str) -> Ask:
    """Every responsible authority of the day is a party to the things of a kind that stand. did : such as “has signed”"""

    def ask(facts: Facts, on: date) -> Finding:
        held = [k for k in kept.all_of(facts, what, on) if k.to_on is None or on <= k.to_on]
        if not kept.latest(facts, what, on):
            return kept.not_held(what, noun)
        overdue = next((found for k in held if (found := kept.lapsed(k, noun, on))), None)
        parties = frozenset[str]().union(*(k.parties for k in held))
        lacking = [name for code, name in day.authorities(facts, on).items() if code not in parties]
        evidence = tuple(k.evidence for k in held)
        if lacking:
            return not_met(f"For {listed(lacking)}: no {noun}.", *evidence, would_meet=f"A {noun} for {listed(lacking)}.")
        return overdue or met(f"Every responsible authority {did}.", *evidence)

    return ask
