"""SI 2007/1830 for England, SI 2007/3076 for Wales: the strategy regulations, as rows.

The instruments are published only as they were made, so which words stood on a day is our own consolidation: SI 2011/1230
and SI 2012/2660 changed England's, SI 2010/648 and SI 2011/2702 those of Wales.
"""

from datetime import date
from typing import Any

from csplan.cycle.law import assessment, engagement, kept, partnership_plan, strategy_group
from csplan.cycle.law.rule import NOT_READ, Ask, InWales, Rule
from csplan.cycle.law.section_6 import POLICING_BODIES_BEGIN

ENGLAND = "Crime and Disorder (Formulation and Implementation of Strategy) Regulations 2007 (SI 2007/1830)"
WALES = "Crime and Disorder (Formulation and Implementation of Strategy) (Wales) Regulations 2007 (SI 2007/3076)"
MADE = date(2007, 8, 1)
MADE_FOR_WALES = date(2007, 11, 19)
CHANGED = strategy_group.REG_3_CHANGED["england"]
#: Wales had the joint appointment of probation providers earlier, by SI 2010/648.
JOINT_IN_WALES = date(2010, 4, 1)

NOTE = "legislation.gov.uk/uksi/2007/1830/note/made"
REG_12 = "legislation.gov.uk/uksi/2007/1830/regulation/12/made"
OF_2011 = "legislation.gov.uk/uksi/2011/1230/made"
OF_2012 = "legislation.gov.uk/uksi/2012/2660/made"
OF_2011_FOR_WALES = "legislation.gov.uk/uksi/2011/2702/made"
IN_WALES_NOT_READ = "SI 2007/3076 (number of the regulation not checked)"


def _in_both(
    id: str, clause: str, title: str, summary: str, ask: Ask, from_on: date = MADE, *, wales: InWales | None = None, **more: Any
) -> Rule:
    """A row that stands in both sets of regulations."""
    there = wales or InWales(WALES, IN_WALES_NOT_READ, MADE_FOR_WALES)
    return Rule(id, ENGLAND, f"SI 2007/1830 {clause}", title, summary, ask, from_on, wales=there, **more)


def _in_england(id: str, clause: str, title: str, summary: str, ask: Ask, from_on: date = MADE, **more: Any) -> Rule:
    """A row of England's regulations alone."""
    return Rule(id, ENGLAND, f"SI 2007/1830 {clause}", title, summary, ask, from_on, jurisdictions="england", **more)


def _reg_3(paragraph: str, from_on: date = MADE_FOR_WALES) -> InWales:
    """Regulation 3 of Wales, which since 2011 has the same paragraphs."""
    clause = f"SI 2007/3076 reg 3({paragraph}), as amended by SI 2011/2702"
    return InWales(WALES, clause, from_on, OF_2011_FOR_WALES, advisory=False)


RULES: tuple[Rule, ...] = (
    _in_both(
        "F2",
        "reg 2",
        "The plan runs for years from 1 April",
        "A year in the regulations is twelve months from 1 April.",
        partnership_plan.explicit_years,
        severity="practice",
    ),
    _in_both(
        "F3-1",
        "reg 3(1)",
        "There is one strategy group",
        "Each area has a strategy group that prepares strategic assessments, and prepares and carries out the plan, for the "
        "responsible authorities.",
        strategy_group.one_strategy_group,
        advisory=False,
        verified_by=OF_2011,
        wales=_reg_3("1"),
    ),
    _in_both(
        "F3-2",
        "reg 3(2), as amended by SI 2011/1230",
        "A strategy group is appointed",
        "Two or more persons, appointed by one or more of the authorities, make the group. Until 31 May 2011 (in Wales 4 December "
        "2011) every authority appointed someone, one of them senior.",
        strategy_group.strategy_group,
        advisory=False,
        verified_by=OF_2011,
        wales=_reg_3("2"),
    ),
    _in_both(
        "F3-3",
        "reg 3(3), as amended by SI 2011/1230",
        "Providers of probation services appoint together",
        "Where there are several providers, they appoint one or more persons jointly.",
        strategy_group.joint_appointment,
        CHANGED,
        applies_when="where there are several providers of probation services",
        advisory=False,
        verified_by=OF_2011,
        wales=_reg_3("3", JOINT_IN_WALES),
    ),
    _in_both(
        "F3-5",
        "reg 3(5), as amended by SI 2011/1230",
        "Spending is looked at each year",
        "The group has arrangements for reviewing what the partnership’s money is spent on, and whether it is spent well.",
        kept.within_a_year("spend-review", "review of spending"),
        CHANGED,
        verified_by=f"{OF_2011}, in part",
        wales=_reg_3("5", strategy_group.REG_3_CHANGED["wales"]),
    ),
    _in_both(
        "F4-1",
        "reg 4",
        "A protocol on sharing information is signed",
        "The authorities have a written protocol on sharing information, which each of them signs, and they look at it again.",
        strategy_group.every_authority(
            "information-sharing-protocol", "protocol on sharing information", "has signed the protocol on sharing information"
        ),
    ),
    _in_both(
        "F4-2",
        "reg 4",
        "Each authority has a liaison officer",
        "Each authority names an officer who makes sharing easier. One person may serve several partnerships.",
        strategy_group.every_authority("liaison-officer", "liaison officer", "has a liaison officer"),
        verified_by="safeinteesvalley.org, on the role",
    ),
    _in_both(
        "F5-1",
        "reg 5",
        "The year has a strategic assessment",
        "An assessment is prepared in each year, so that the plan can be revised in its light.",
        assessment.assessed_this_year,
        verified_by=f"{NOTE}; its timing not checked",
    ),
    _in_both(
        "F6-1",
        "reg 6",
        "The year’s strategic assessment has its four parts",
        "The assessment analyses levels and patterns, says what changed and why, and how far the last plan was carried out.",
        assessment.assessment_holds(assessment.ASSESSMENT_BLOCKS, "all four parts"),
        verified_by=f"{NOTE}, for the first part",
    ),
    _in_both(
        "F7-1",
        "reg 7",
        "The assessment says what to put first",
        "The assessment states the matters that the authorities should prioritise, and considers what people said.",
        assessment.assessment_holds(assessment.PRIORITY_BLOCKS, "the matters to put first and what people said"),
        verified_by=f"{NOTE}, in part",
    ),
    _in_england(
        "F8",
        "reg 8",
        "A county with districts has a county group",
        "Where a county has districts, there is a strategy group for the county.",
        assessment.county_group,
        applies_when="in a county with districts",
        verified_by=f"{NOTE}, in part",
    ),
    _in_england(
        "F9-1",
        "reg 9",
        "A county with districts makes a community safety agreement",
        "From the districts’ assessments the county group finds priorities across the county, and how working together helps.",
        assessment.county_agreement,
        applies_when="in a county with districts",
        advisory=False,
        verified_by=NOTE,
    ),
    _in_england(
        "F9A",
        "reg 9A, inserted by SI 2012/2660",
        "The policing body has a copy of the county’s agreement",
        "The county strategy group sends a copy of the community safety agreement to the local policing body.",
        assessment.agreement_sent,
        POLICING_BODIES_BEGIN,
        applies_when="in a county with districts",
        advisory=False,
        verified_by=OF_2012,
    ),
    _in_both(
        "F10-1",
        "reg 10",
        "The plan is agreed before the year begins",
        "A plan is prepared or revised before the start of each year in the light of the assessment; usually it runs for three "
        "years or more and is refreshed each year.",
        partnership_plan.plan_in_time,
    ),
    _in_both(
        "F11-1",
        "reg 11",
        "The plan has its six parts",
        "The plan sets out a strategy, the priorities, the steps to meet them, how resources are shared out, how success is "
        "measured, and how people are engaged.",
        partnership_plan.plan_sets_out,
        verified_by=f"{NOTE}, in part",
    ),
    _in_both(
        "F12-1",
        "reg 12(1)",
        "People who live or work here are asked",
        "The group obtains the views of people and bodies who live or work in the area, on levels and patterns and on what to "
        "put first.",
        engagement.views_obtained,
        advisory=False,
        verified_by=REG_12,
    ),
    _in_both(
        "F12-2",
        "reg 12(2)",
        "Those most affected are reached",
        "So far as is reasonable, people who represent as many different groups as is reasonable are consulted, and those likely "
        "to be particularly affected.",
        engagement.since_opening("consultation-reach", "list of whom the consultation reached"),
        applies_when="when people are consulted",
        advisory=False,
        verified_by=REG_12,
    ),
    _in_both(
        "F12-3",
        "reg 12(3)",
        "What people said elsewhere is taken into account",
        "The group has regard to other consultations of the authorities on the same matters.",
        engagement.since_opening("engagement-evidence", "record of what people said elsewhere"),
        applies_when="when people are consulted",
        advisory=False,
        verified_by=REG_12,
    ),
    _in_both(
        "F12-4",
        "reg 12(4), as made",
        "There is a public meeting each year",
        "As made, the regulation wanted a public meeting each year with senior people of each authority. What the changes of "
        "2011 left of it is not checked, so it stands here as good practice.",
        engagement.public_meeting,
        severity="practice",
        verified_by=f"{REG_12}; the changes of 2011 not checked",
    ),
    _in_both(
        "F13-1",
        "reg 13",
        "People and bodies who can help are named",
        "The group engages people, and bodies able to help, in carrying out the plan.",
        partnership_plan.helpers_named,
        severity="practice",
    ),
    _in_england(
        "F13A",
        "reg 13A, inserted by SI 2012/2660",
        "The policing body has a copy of the plan",
        "The strategy group sends a copy of the plan to the local policing body. The City of London is left out.",
        partnership_plan.plan_sent,
        POLICING_BODIES_BEGIN,
        applies_when="once a plan is agreed, outside the City of London",
        advisory=False,
        verified_by=OF_2012,
    ),
    _in_both(
        "F14-1",
        "reg 14",
        "The plan, or a summary, is published",
        "The plan, or at least a summary of it, is published in the area.",
        partnership_plan.plan_published,
        applies_when="once a plan is agreed",
    ),
    _in_england(
        "F14A",
        "reg 14A, inserted by SI 2012/2660",
        "The authorities come when the policing body calls them",
        "A police and crime commissioner may require representatives of the authorities to come to a meeting.",
        kept.answered("attendance-request", "request to come to a meeting", "followed"),
        POLICING_BODIES_BEGIN,
        applies_when="where the commissioner has asked",
        verified_by=f"{OF_2012}, in part",
    ),
    Rule(
        "FW",
        WALES,
        "SI 2007/3076, with the Well-being of Future Generations (Wales) Act 2015",
        "The plan fits the local well-being plan",
        "In Wales the assessment and the plan may be part of local well-being planning; Welsh language standards apply.",
        kept.stands("well-being-plan", "local well-being plan"),
        date(2016, 4, 1),
        jurisdictions="wales",
        applies_when="in Wales",
        severity="practice",
        verified_by=NOT_READ,
    ),
)
