"""The plan of 2020-25 by the calendar: the findings that the law table must give on the days of its story."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import duties
from csplan.cycle.duty_facts import (
    AlignmentHeld,
    Authority,
    ConsultationHeld,
    EqualityHeld,
    Evidence,
    Facts,
    GroupHeld,
    IndicatorHeld,
    MeetingHeld,
    PlanHeld,
)

HERE = Evidence("The register", "/here/")
DRAFT_FROZEN, BOARD = date(2019, 12, 17), date(2020, 3, 9)
ASSESSED = EqualityHeld(date(2019, 12, 9), date(2020, 3, 2), HERE)
PLAN = PlanHeld(
    "Safe Durham Partnership Plan 2020-25",
    from_on=date(2020, 4, 1),
    to_on=date(2025, 3, 31),
    frozen_on=DRAFT_FROZEN,
    agreed_on=BOARD,
    published_on=BOARD,
    board_meets_on=BOARD,
    limbs={"a": ("1", "2", "3", "6"), "b": ("5",), "c": ("4",)},
    evidence=HERE,
    alignments=(AlignmentHeld("vision", "Vision 2035", True), AlignmentHeld("public-health", "Report 2018", False)),
    deliverables=17,
)
ASKED = ConsultationHeld(
    "Draft plan",
    DRAFT_FROZEN,
    date(2020, 2, 14),
    frozenset({"levels", "priorities", "about"}),
    HERE,
    draft_frozen_on=DRAFT_FROZEN,
    priorities_agreed_in="2018-11",
    considered_on=date(2020, 2, 24),
    feedback_on=date(2020, 2, 24),
    decided_on=BOARD,
    equality=(ASSESSED,),
)
COUNTY = Facts(
    tier="unitary",
    is_combined=False,
    unitary_since=date(2009, 4, 1),
    records_from=date(2019, 12, 2),
    area=HERE,
    area_code="E06000047",
    authorities=tuple(
        Authority(k, k.title(), date(2014, 6, 1), None, HERE, k) for k in ("council", "police", "fire", "health", "probation")
    ),
    groups=(GroupHeld("The scrutiny committee", "scrutiny", False, date(2019, 12, 2), HERE),),
    meetings=(MeetingHeld("The committee", "scrutiny", date(2020, 1, 9), date(2019, 12, 11), date(2020, 1, 9), True, HERE),),
    plans=(PLAN,),
    indicators=(IndicatorHeld("Burglaries", date(2020, 6, 1), HERE),),
    consultations=(ASKED,),
)


def on(day, facts=COUNTY):
    return {o.rule.id: o for o in duties.evaluate(facts, date.fromisoformat(day))}


def test_a_county_agreement_is_not_applicable_because_durham_is_unitary():
    found = on("2020-01-09")["F9-1"].finding
    assert found.status == "not applicable" and "single council since 1 April 2009" in found.reason


def test_serious_violence_is_not_applicable_in_2020_and_unmet_in_2023_unless_linked():
    assert on("2020-01-09")["A6-1d"].finding.status == "not applicable"
    in_2023 = on("2023-02-01")["A6-1d"]
    assert in_2023.finding.status == "not met" and in_2023.rule.severity == "must"
    assert "names the strategy" in in_2023.finding.would_meet
    linked = replace(PLAN, alignments=(AlignmentHeld("serious-violence", "Serious violence strategy", True),))
    assert on("2023-02-01", replace(COUNTY, plans=(linked,)))["A6-1d"].finding.status == "met"


def test_indicators_missing_at_consultation_are_a_warning():
    found = on("2020-01-09")["C2-K"]
    assert (found.rule.title, found.rule.severity) == ("What is measured was among the documents", "practice")
    assert found.finding.status == "not met"
    assert found not in duties.unmet_duties(tuple(on("2020-01-09").values()))


def test_three_bank_holidays_in_the_window_are_a_note():
    found = on("2020-01-09")["C3"].finding
    assert found.status == "met"
    assert found.reason == (
        "60 days, of which 41 are working days. Bank holidays inside: Christmas Day (25 December 2019), Boxing Day "
        "(26 December 2019), New Year’s Day (1 January 2020). No overlap with the weeks before an election."
    )


def test_priorities_agreed_thirteen_months_before_are_an_advisory():
    found = on("2020-01-09")["G1"]
    assert found.rule.advisory and found.rule.severity == "practice" and found.finding.status == "not met"
    assert "November 2018, thirteen months before the consultation opened" in found.finding.reason


@pytest.mark.parametrize(
    ("day", "e3"), [("2020-01-09", "not met"), ("2020-03-01", "not met"), ("2020-03-02", "met"), ("2020-03-09", "met")]
)
def test_the_equality_assessment_was_begun_in_time_and_holds_agreement_up_until_it_is_complete(day, e3):
    assert on(day)["E1"].finding.status == "met"
    assert on(day)["E3"].finding.status == e3


@pytest.mark.parametrize(
    ("day", "rule", "status"),
    [
        # scrutiny and its notice
        ("2020-01-09", "O1", "met"),
        ("2020-01-09", "O2", "met"),
        ("2020-01-09", "LG-1", "met"),
        # decided after the answers were considered, and people could read it
        ("2020-03-09", "C7", "met"),
        ("2020-03-09", "C8", "met"),
        ("2020-03-09", "E2", "met"),
        # agreed in time and published; nothing says that it was sent
        ("2020-04-01", "F10-1", "met"),
        ("2020-04-01", "F14-1", "met"),
        ("2020-04-01", "F13A", "not met"),
        ("2020-04-01", "A6-1", "met"),
    ],
)
def test_the_days_after(day, rule, status):
    assert on(day)[rule].finding.status == status


def later_undone(facts: Facts, day: date) -> Facts:
    """The same facts without anything that happened after the day."""
    plan = replace(facts.plans[0], agreed_on=None, published_on=None) if day < BOARD else facts.plans[0]
    assessed = replace(ASSESSED, completed_on=None) if day < date(2020, 3, 2) else ASSESSED
    considered = date(2020, 2, 24) <= day
    asked = replace(
        ASKED,
        equality=(assessed,),
        decided_on=BOARD if day >= BOARD else None,
        considered_on=ASKED.considered_on if considered else None,
        feedback_on=ASKED.feedback_on if considered else None,
    )
    return replace(
        facts,
        plans=(plan,) if day >= DRAFT_FROZEN else (),
        consultations=(asked,) if day >= DRAFT_FROZEN else (),
        indicators=facts.indicators if day >= date(2020, 6, 1) else (),
        meetings=facts.meetings if day >= date(2020, 1, 9) else tuple(replace(m, recorded_on=None) for m in facts.meetings),
    )


@pytest.mark.parametrize(
    "day", ["2019-12-12", "2019-12-17", "2020-01-09", "2020-02-14", "2020-03-02", "2020-03-09", "2020-04-01"]
)
def test_no_rule_looks_past_the_day(day):
    as_at = date.fromisoformat(day)
    assert duties.evaluate(COUNTY, as_at) == duties.evaluate(later_undone(COUNTY, as_at), as_at)
