"""Duties that stand beside the partnership’s own and belong on the same calendar."""

from datetime import date, timedelta

from csplan.cycle import calendar
from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts
from csplan.cycle.law import day, kept
from csplan.cycle.law.rule import Finding, Rule, met, not_applicable, not_met, unknown
from csplan.cycle.law.section_6 import SERIOUS_VIOLENCE_BEGINS
from csplan.cycle.words import count, listed

SERIOUS_VIOLENCE_ACT = "Police, Crime, Sentencing and Courts Act 2022"
SERIOUS_VIOLENCE_DUE = date(2024, 1, 31)
GUIDANCE_ON_VIOLENCE = "gov.uk, Serious Violence Duty guidance"
DOMESTIC_ABUSE_ACT = "Domestic Abuse Act 2021"
DOMESTIC_ABUSE_BEGINS = date(2021, 10, 1)
CASE_REVIEW_ACT = "Anti-social Behaviour, Crime and Policing Act 2014"
CASE_REVIEW_BEGINS = date(2014, 10, 20)
PREVENT_ACT = "Counter-Terrorism and Security Act 2015"

#: Clear working days of notice before a council’s committee meets.
CLEAR_DAYS = 5

#: Whom the serious violence strategy is consulted with.
CONSULTED_ON_VIOLENCE = {"education": "schools and colleges", "prisons": "prisons", "youth-custody": "youth custody"}
#: The four numbers that are published each year.
CASE_REVIEW_FIGURES = {
    "applications": "applications",
    "threshold-not-met": "applications below the threshold",
    "reviews": "case reviews carried out",
    "recommendations": "reviews that led to recommendations",
}
#: The parts of the Prevent toolkit for councils.
PREVENT_PARTS = {
    "group": "a multi-agency group",
    "risk-assessment": "a risk assessment",
    "partnership-plan": "a partnership plan",
    "referral-pathway": "a referral pathway",
    "channel-panel": "a Channel panel",
    "training": "training",
    "permissive-environments": "work on permissive environments",
    "communications": "communications",
}
#: What a review after a domestic homicide leaves.
REVIEW_PARTS = {
    "overview-report": "an overview report",
    "action-plan": "an action plan",
    "quality-assurance": "the Home Office’s quality assurance",
    "publication": "its publication",
}
#: Strategies of others that a plan names: {kind of alignment: what}
LINKED = {
    "drugs": "the combating drugs plan",
    "domestic-abuse": "the domestic abuse strategy",
    "health-wellbeing": "the health and wellbeing strategy",
}


def violence_strategy(facts: Facts, on: date) -> Finding:
    """The serious violence strategy is published, and its review is not overdue."""
    what, noun = "serious-violence-strategy", "strategy on serious violence"
    held = kept.latest(facts, what, on)
    if held is None and on <= SERIOUS_VIOLENCE_DUE:
        return not_applicable(f"The first strategy is due by {in_words(SERIOUS_VIOLENCE_DUE)}.")
    return kept.stands(what, noun)(facts, on)


def links_named(facts: Facts, on: date) -> Finding:
    """The plan names the strategies of other partnerships that it works beside."""
    held = day.plan_asked_about(facts, on)
    if held is None:
        return unknown("No plan for this day is held here.")
    kinds = {a.kind for a in held.alignments}
    lacking = [words for kind, words in LINKED.items() if kind not in kinds]
    if not lacking:
        return met(f"{held.title} names {listed(LINKED.values())}.", held.evidence)
    name = f"An alignment of the plan to {listed(lacking)}."
    if not kinds & set(LINKED):
        return unknown(f"{held.title} names none of {listed(LINKED.values())}.", held.evidence, would_meet=name)
    return not_met(f"{held.title} does not name {listed(lacking)}.", held.evidence, would_meet=name)


def clear_days(announced_on: date, meets_on: date) -> int:
    """Working days between the day of the notice and the day of the meeting, both left out."""
    first, last = announced_on + timedelta(days=1), meets_on - timedelta(days=1)
    return calendar.working_days(first, last) if first <= last else 0


def notice_given(facts: Facts, on: date) -> Finding:
    """The committee’s newest meeting was announced five clear days before."""
    held = [m for m in facts.meetings if m.kind == "scrutiny" and m.announced_on <= on]
    if not held:
        return unknown("No meeting of a council’s committee is held here by this day.")
    last = max(held, key=lambda m: m.on)
    days = clear_days(last.announced_on, last.on)
    reason = f"{last.title} was announced on {in_words(last.announced_on)}: {count(days, 'clear day')} before it meets."
    if days >= CLEAR_DAYS:
        return met(reason, last.evidence)
    return not_met(reason, last.evidence, would_meet="The next meeting announced five clear days before.")


RULES: tuple[Rule, ...] = (
    Rule(
        "SV-1",
        SERIOUS_VIOLENCE_ACT,
        f"{SERIOUS_VIOLENCE_ACT}, s.8",
        "There is a strategy on serious violence, kept under review",
        "The specified authorities prepare, publish and carry out a strategy against serious violence, and look at it again.",
        violence_strategy,
        SERIOUS_VIOLENCE_BEGINS,
        verified_by=f"{GUIDANCE_ON_VIOLENCE}; the first due day not checked",
    ),
    Rule(
        "SV-2",
        SERIOUS_VIOLENCE_ACT,
        f"{SERIOUS_VIOLENCE_ACT}, s.8",
        "The kinds and causes of serious violence are assessed",
        "A strategic needs assessment finds the kinds of serious violence in the area, and its causes.",
        kept.stands("serious-violence-needs-assessment", "needs assessment on serious violence"),
        SERIOUS_VIOLENCE_BEGINS,
        verified_by=GUIDANCE_ON_VIOLENCE,
    ),
    Rule(
        "SV-3",
        SERIOUS_VIOLENCE_ACT,
        f"{SERIOUS_VIOLENCE_ACT}, s.8",
        "Schools, prisons and youth custody are consulted",
        "While the strategy is prepared, educational, prison and youth custody authorities are consulted.",
        kept.with_parts("serious-violence-strategy", "strategy on serious violence", CONSULTED_ON_VIOLENCE),
        SERIOUS_VIOLENCE_BEGINS,
        advisory=False,
        verified_by=f"{GUIDANCE_ON_VIOLENCE}; legislation.gov.uk/ukpga/2022/32/part/2/chapter/1",
    ),
    Rule(
        "DR-1",
        "Domestic Violence, Crime and Victims Act 2004",
        "Domestic Violence, Crime and Victims Act 2004, s.9",
        "Reviews after a domestic homicide are decided on in time",
        "The partnership decides, within a month of being told, whether to commission a review. The Victims and Prisoners Act "
        "2024 renames it.",
        kept.answered("domestic-homicide-review", "decision on a review", "decided"),
        date(2011, 4, 13),
        applies_when="after a domestic homicide",
        verified_by="gov.uk, draft statutory guidance of May 2024",
    ),
    Rule(
        "DR-2",
        "Domestic Violence, Crime and Victims Act 2004",
        "Domestic Violence, Crime and Victims Act 2004, s.9",
        "A review after a domestic homicide ends in a published report",
        "The review’s panel writes an overview report and an action plan; once the Home Office has looked at their quality they are "
        "published.",
        kept.with_parts("domestic-homicide-review-report", "report of a review after a domestic homicide", REVIEW_PARTS),
        date(2011, 4, 13),
        applies_when="once a review after a domestic homicide is finished",
        verified_by="gov.uk, draft statutory guidance of May 2024",
    ),
    Rule(
        "AR-1",
        CASE_REVIEW_ACT,
        f"{CASE_REVIEW_ACT}, s.104",
        "People can ask for a case review of anti-social behaviour",
        "The bodies publish how to ask, and the local threshold: usually three complaints in six months.",
        kept.stands("asb-case-review-procedure", "published procedure of case reviews"),
        CASE_REVIEW_BEGINS,
        verified_by="gosport.gov.uk, words of s.104",
    ),
    Rule(
        "AR-2",
        CASE_REVIEW_ACT,
        f"{CASE_REVIEW_ACT}, s.104",
        "Four numbers on case reviews are published each year",
        "Applications, those below the threshold, reviews carried out, and reviews that led to recommendations.",
        kept.yearly_with_parts("asb-case-review-figures", "publication of case review figures", CASE_REVIEW_FIGURES),
        CASE_REVIEW_BEGINS,
        advisory=False,
        verified_by="newcastle-staffs.gov.uk, case review figures; gosport.gov.uk",
    ),
    Rule(
        "PV-1",
        PREVENT_ACT,
        f"{PREVENT_ACT}, s.26",
        "The Prevent arrangements are in place",
        "The toolkit for councils names eight parts. The local counter-terrorism profile is restricted and has no place here.",
        kept.with_parts("prevent", "statement of the Prevent arrangements", PREVENT_PARTS),
        date(2015, 7, 1),
        verified_by="gov.uk, Prevent duty toolkit for local authorities",
    ),
    Rule(
        "PV-2",
        PREVENT_ACT,
        f"{PREVENT_ACT}, s.36",
        "There is a Channel panel",
        "A panel looks at people who may be drawn into terrorism, and at the support they may be offered.",
        kept.stands("channel-panel", "Channel panel"),
        date(2015, 4, 12),
        verified_by="gov.uk, Prevent duty toolkit for local authorities",
    ),
    Rule(
        "DA-1",
        DOMESTIC_ABUSE_ACT,
        f"{DOMESTIC_ABUSE_ACT}, Part 4",
        "There is a domestic abuse partnership board",
        "The council appoints a board that advises it on support in safe accommodation.",
        kept.stands("domestic-abuse-board", "domestic abuse partnership board"),
        DOMESTIC_ABUSE_BEGINS,
        jurisdictions="england",
    ),
    Rule(
        "DA-2",
        DOMESTIC_ABUSE_ACT,
        f"{DOMESTIC_ABUSE_ACT}, Part 4",
        "There is a strategy on support in safe accommodation",
        "The council assesses the need for support, and publishes and keeps a strategy.",
        kept.stands("safe-accommodation-strategy", "strategy on support in safe accommodation"),
        DOMESTIC_ABUSE_BEGINS,
        jurisdictions="england",
    ),
    Rule(
        "DA-3",
        DOMESTIC_ABUSE_ACT,
        f"{DOMESTIC_ABUSE_ACT}, Part 4",
        "Support in safe accommodation is reported on each year",
        "The council reports each year on what it did under the strategy.",
        kept.within_a_year("safe-accommodation-report", "report on support in safe accommodation"),
        DOMESTIC_ABUSE_BEGINS,
        jurisdictions="england",
    ),
    Rule(
        "DP-1",
        "UK GDPR and Data Protection Act 2018",
        "UK GDPR, Art. 35",
        "The partnership’s use of personal data is assessed",
        "Where processing is likely to put people at high risk, its effect on them is assessed first, and looked at again.",
        kept.stands("data-protection-assessment", "data protection impact assessment"),
        date(2018, 5, 25),
    ),
    Rule(
        "WA-1",
        "Accessibility regulations 2018",
        "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018",
        "The site has an accessibility statement",
        "Sites and documents of public bodies can be used by everyone, and say where they fall short.",
        kept.stands("accessibility-statement", "accessibility statement"),
        date(2018, 9, 23),
    ),
    Rule(
        "LG-1",
        "Local Government Act 1972",
        "Local Government Act 1972, Part VA",
        "Committees of the council give five clear days’ notice",
        "A committee’s meeting and its papers are announced five clear days before. The partnership’s own board is no committee "
        "of the council.",
        notice_given,
        date(1986, 4, 1),
        applies_when="when the crime and disorder committee meets",
    ),
    Rule(
        "X-1",
        "Good practice beside the law",
        "Good practice",
        "The plan names the strategies it works beside",
        "So that nothing is promised twice or by nobody, the plan says how it fits with the strategies of other partnerships.",
        links_named,
        date(2022, 6, 15),
        applies_when="while there is a plan",
        jurisdictions="england",
        severity="practice",
    ),
)
