"""The Crime and Disorder Act 1998: who takes part, what reports say, and what is shared. Section 6 has a file of its own."""

from datetime import date

from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts
from csplan.cycle.law import day, information_2007, kept, section_6
from csplan.cycle.law.rule import Finding, InWales, Rule, met, not_applicable, not_met, unknown
from csplan.cycle.law.section_6 import ACT, BEGINS, POLICING_BODIES_BEGIN
from csplan.cycle.words import capital, count, listed

#: The heading of a report's implications under which section 17 is answered.
CRIME_AND_DISORDER = "Crime and disorder"

ONE_TIER, TWO_TIER, EVERYWHERE = "one tier", "two tiers", "everywhere"
#: (what, kinds that satisfy it, where, first day, last day) of the responsible authorities of section 5(1).
REQUIRED_AUTHORITIES: tuple[tuple[str, frozenset[str], str, date, date | None], ...] = (
    ("the council", frozenset({"council"}), ONE_TIER, BEGINS, None),
    ("the district council", frozenset({"council", "district council"}), TWO_TIER, BEGINS, None),
    ("the county council", frozenset({"county council"}), TWO_TIER, BEGINS, None),
    ("the chief officer of police", frozenset({"police"}), EVERYWHERE, BEGINS, None),
    ("the police authority", frozenset({"police authority"}), EVERYWHERE, date(2003, 4, 1), date(2012, 11, 21)),
    ("the fire and rescue authority", frozenset({"fire"}), EVERYWHERE, date(2003, 4, 1), None),
    ("the health body", frozenset({"health"}), EVERYWHERE, date(2004, 4, 30), None),
    ("the provider of probation services", frozenset({"probation"}), EVERYWHERE, date(2010, 4, 1), None),
)
#: What a kind of body is called in Wales.
WELSH = {"the health body": "the Local Health Board"}


def responsible_authorities(facts: Facts, on: date) -> Finding:
    """Every kind of body that section 5 names on the day has a body in the register; both councils of a county with districts."""
    held = day.standing(facts.authorities, on)
    evidence = tuple(a.evidence for a in held)
    lacking = _lacking(facts, on)
    if on < facts.records_from and (lacking or not held):
        return unknown(f"The register begins on {in_words(facts.records_from)}.", *evidence)
    if not held:
        return unknown(
            "No body is in the register on this day.", would_meet="A register of the bodies that take part, with days."
        )
    if lacking:
        add = f"Enter {listed(lacking)} in the register, with the day from which it takes part."
        return not_met(f"The register does not hold {listed(lacking)}.", *evidence, would_meet=add)
    return met(f"{len(held)} bodies are in the register, one of every kind that the law names on this day.", *evidence)


def _lacking(facts: Facts, on: date) -> list[str]:
    held = [a.kind for a in day.standing(facts.authorities, on)]
    here = {EVERYWHERE, TWO_TIER if day.is_two_tier(facts, on) else ONE_TIER}
    lacking = [
        _called(what, facts)
        for what, kinds, where, first, last in REQUIRED_AUTHORITIES
        if where in here and first <= on and (last is None or on <= last) and kinds.isdisjoint(held)
    ]
    councils = sum(kind in ("council", "district council") for kind in held)
    if facts.is_combined and councils == 1:
        lacking.append("the council of each other area that acts with it")
    return lacking


def _called(what: str, facts: Facts) -> str:
    return WELSH.get(what, what) if facts.jurisdiction == "wales" else what


def cooperating_bodies(facts: Facts, on: date) -> Finding:
    """The register holds the bodies that must co-operate or are invited."""
    held = day.standing(facts.cooperating, on)
    if held:
        return met(f"{capital(count(len(held), 'body', 'bodies'))} in the register.", *(a.evidence for a in held))
    return unknown(
        "No co-operating or invited body is in the register on this day.",
        would_meet="The co-operating and invited bodies in the register, each with its category and days.",
    )


def combination(facts: Facts, on: date) -> Finding:
    """An agreement is needed where two or more areas act as one."""
    if not facts.is_combined:
        return not_applicable("The partnership acts for one area only, so there is nothing to combine.", facts.area)
    held = kept.latest(facts, "combination-agreement", on)
    if held is None:
        return unknown(
            "The areas act as one, but no combination agreement is held here.",
            facts.area,
            would_meet=kept.state_it("combination-agreement"),
        )
    lacking = [name for code, name in day.authorities(facts, on).items() if code not in held.parties]
    if lacking:
        join = "An agreement that every responsible authority of the areas is a party to."
        return not_met(f"{listed(lacking)}: no party to {held.title}.", held.evidence, would_meet=join)
    lapsed = kept.lapsed(held, "combination agreement", on)
    return lapsed or met(f"{held.title}, of {in_words(held.from_on)}, has every authority as a party.", held.evidence)


def one_plan(facts: Facts, on: date) -> Finding:
    """Areas that act as one have one plan, not one each."""
    if not facts.is_combined:
        return not_applicable("The partnership acts for one area only, so there is nothing to combine.", facts.area)
    held = {p.plan: p for p in day.plans_for(facts, on, on)}
    evidence = tuple(p.evidence for p in held.values())
    if not held:
        return unknown("No agreed plan in its years is held here for the areas that act as one.", facts.area)
    if len(held) > 1:
        titles = listed([p.title for p in held.values()])
        return not_met(f"More than one plan is in its years: {titles}.", *evidence, would_meet="One plan for the combined area.")
    return met(f"{next(iter(held.values())).title} is the one plan in its years.", *evidence)


def implications_answered(facts: Facts, on: date) -> Finding:
    """Every report held answers what it means for crime and disorder."""
    held = [r for r in facts.reports if r.on <= on]
    if not held:
        return unknown("No report to a committee is held here for this day.")
    lacking = [r for r in held if CRIME_AND_DISORDER not in r.headings]
    evidence = tuple(r.evidence for r in lacking or held)
    if lacking:
        answer = "An answer under “Crime and disorder” in the implications of each report."
        return not_met(
            f"No implication for crime and disorder in {listed(r.title for r in lacking)}.", *evidence, would_meet=answer
        )
    each = "One report is held here, and says" if len(held) == 1 else f"{len(held)} reports are held here, and each says"
    return met(f"{each} what it means for crime and disorder.", *evidence)


RULES: tuple[Rule, ...] = (
    Rule(
        "A5-1",
        ACT,
        f"{ACT}, s.5(1)",
        "Every responsible authority takes part",
        "The council (both councils in a county with districts), the chief officer of police, the fire and rescue authority, the "
        "health body and the providers of probation services are the responsible authorities.",
        responsible_authorities,
        BEGINS,
        verified_by="legislation.gov.uk/ukpga/1998/37, as of January 2012; days and health bodies not checked",
    ),
    Rule(
        "A5-2",
        ACT,
        f"{ACT}, s.5(2) and (3)",
        "Bodies that co-operate or are invited are known",
        "Certain bodies must co-operate with the authorities, and others are invited to take part.",
        cooperating_bodies,
        BEGINS,
    ),
    Rule(
        "A5A-1",
        ACT,
        f"{ACT}, s.5A",
        "Areas that act as one have an agreement",
        "The authorities of two or more areas in England and the local policing body may agree to act as one; the agreement says "
        "for what.",
        combination,
        date(2010, 1, 1),
        jurisdictions="england",
        applies_when="where two or more areas act as one",
        verified_by="legislation.gov.uk/ukpga/1998/37, as of January 2012; its first day not checked",
    ),
    Rule(
        "A5A-2",
        ACT,
        f"{ACT}, s.5A",
        "Areas that act as one have one plan",
        "Where the authorities of several areas act as one, there is one partnership plan for all of them.",
        one_plan,
        date(2010, 1, 1),
        jurisdictions="england",
        applies_when="where two or more areas act as one",
        verified_by="legislation.gov.uk/ukpga/1998/37, as of January 2012; its first day not checked",
    ),
    *section_6.RULES,
    Rule(
        "A7-1",
        ACT,
        f"{ACT}, s.7",
        "Reports that the policing body asks for are sent",
        "The local policing body may ask for a report where it is not satisfied that the authorities work effectively and "
        "efficiently, and asking is reasonable and proportionate.",
        kept.answered("section-7-request", "request for a report", "sent"),
        POLICING_BODIES_BEGIN,
        applies_when="where the policing body has asked",
        advisory=False,
        verified_by="legislation.gov.uk/ukpga/2011/13/schedule/11",
    ),
    Rule(
        "A17-1",
        ACT,
        f"{ACT}, s.17",
        "Reports say what they mean for crime and disorder",
        "Each authority considers, in everything it does, the effect on crime and disorder, substance misuse, reoffending and "
        "serious violence. Only the reports held here are tested.",
        implications_answered,
        BEGINS,
    ),
    Rule(
        "A17A-1",
        ACT,
        f"{ACT}, s.17A; SI 2007/1831",
        "Authorities share facts without personal details each quarter",
        "Each authority discloses the information that regulations name, electronically and without personal details, by the "
        "end of the quarter after the one it is about.",
        information_2007.supply,
        information_2007.BEGINS,
        advisory=False,
        verified_by="legislation.gov.uk/uksi/2007/1831",
        wales=InWales(
            ACT,
            f"{ACT}, s.17A; SI 2007/1831",
            information_2007.BEGINS_IN_WALES,
            "legislation.gov.uk/ukpga/2006/48 (the days of its section 22)",
        ),
    ),
    Rule(
        "A115-1",
        ACT,
        f"{ACT}, s.115",
        "Sharing rests on the Act and on data protection law",
        "Section 115 lets anyone share with an authority what the Act needs. It is a power, not a duty, and does not replace a "
        "basis in data protection law.",
        kept.with_parts(
            "information-sharing-protocol",
            "protocol on sharing information",
            {"section-115": "section 115", "data-protection-basis": "a basis in data protection law"},
        ),
        BEGINS,
        severity="practice",
    ),
)
