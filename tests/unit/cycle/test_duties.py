"""Each duty as at a day, on a small partnership drawn here."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import duties
from csplan.cycle.duty_facts import Appointment, Assessment, Authority, ConsultationHeld, Evidence, Facts, PlanHeld, Supply

HERE = Evidence("The register", "/here/bodies/")
KINDS = ("council", "police", "fire", "health", "probation")
BODIES = tuple(Authority(k, k.title(), date(2013, 4, 1), None, HERE) for k in KINDS)
PLAN = PlanHeld(
    "The plan 2020-25",
    from_on=date(2020, 4, 1),
    to_on=date(2025, 3, 31),
    frozen_on=date(2019, 12, 17),
    agreed_on=date(2020, 3, 9),
    published_on=date(2020, 3, 16),
    board_meets_on=date(2020, 3, 9),
    limbs={"a": ("1", "2", "3", "6"), "b": ("5",), "c": ("4",)},
    evidence=Evidence("The plan", "/here/plans/2020-25/"),
)
ASKED = ConsultationHeld(
    "Have your say", date(2019, 12, 17), date(2020, 2, 14), frozenset({"levels", "priorities", "about"}), HERE
)
FACTS = Facts(
    tier="unitary",
    is_combined=False,
    unitary_since=date(2009, 4, 1),
    records_from=date(2019, 12, 1),
    area=HERE,
    authorities=BODIES,
    plans=(PLAN,),
    consultations=(ASKED,),
)


def status(rule, on, facts=FACTS):
    found = {o.rule.id: o.finding for o in duties.evaluate(facts, on)}
    return found[rule].status, found[rule].reason


@pytest.mark.parametrize(
    ("rule", "on", "expected", "words"),
    [
        # the day of the report
        ("A5-1", date(2020, 1, 9), "met", "5 bodies"),
        ("A5A-1", date(2020, 1, 9), "not applicable", "one area only"),
        ("A6-1", date(2020, 1, 9), "unknown", "covers all 3 purposes in force"),
        ("A17A-1", date(2020, 1, 9), "unknown", "No ledger"),
        ("F3-2", date(2020, 1, 9), "unknown", "No appointments"),
        ("F6-1", date(2020, 1, 9), "unknown", "the year from 1 April 2019"),
        ("F9-1", date(2020, 1, 9), "not applicable", "single council since 1 April 2009"),
        ("F10-1", date(2020, 1, 9), "unknown", "goes to the board on 9 March 2020, in time"),
        ("F12-1", date(2020, 1, 9), "met", "levels and patterns"),
        ("F14-1", date(2020, 1, 9), "not applicable", "none to publish"),
        # agreed, not yet published; then published
        ("F14-1", date(2020, 3, 10), "not met", "not published yet"),
        ("F14-1", date(2020, 3, 16), "met", "published on 16 March 2020"),
        # the plan's own years
        ("A6-1", date(2020, 4, 1), "met", "each of the 3 purposes"),
        ("F10-1", date(2020, 4, 1), "met", "agreed on 9 March 2020, before the year began"),
        # serious violence became a purpose, and the plan has none for it
        ("A6-1", date(2023, 1, 30), "met", ""),
        ("A6-1", date(2023, 1, 31), "not met", "serious violence"),
        # the plan has run out
        ("F10-1", date(2025, 4, 1), "not met", "ended on 31 March 2025"),
        ("A6-1", date(2025, 4, 1), "not met", "ended on 31 March 2025"),
    ],
)
def test_a_duty_as_at_a_day(rule, on, expected, words):
    found, reason = status(rule, on)
    assert found == expected, reason
    assert words in reason


def test_nothing_later_than_the_day_is_seen():
    """What was agreed in March is not known in January."""
    january = date(2020, 1, 9)
    blind = replace(FACTS, plans=(replace(PLAN, agreed_on=None, published_on=None),))
    assert duties.evaluate(FACTS, january) == duties.evaluate(blind, january)


def test_a_missing_authority_is_named():
    found, reason = status("A5-1", date(2020, 1, 9), replace(FACTS, authorities=BODIES[:-1]))
    assert (found, reason) == ("not met", "The register does not hold the provider of probation services.")


@pytest.mark.parametrize(("appointed", "expected"), [(0, "unknown"), (1, "not met"), (2, "met")])
def test_two_people_make_a_strategy_group(appointed, expected):
    offices = tuple(Appointment(f"Office {i}", date(2019, 4, 1), None, HERE) for i in range(appointed))
    assert status("F3-2", date(2020, 1, 9), replace(FACTS, appointments=offices))[0] == expected


def test_an_assessment_needs_all_four_parts():
    whole = Assessment("Assessment 2019", date(2019, 4, 1), date(2019, 9, 1), frozenset(duties.ASSESSMENT_BLOCKS), HERE)
    assert status("F6-1", date(2020, 1, 9), replace(FACTS, assessments=(whole,)))[0] == "met"
    part = replace(whole, blocks=whole.blocks - {"why"})
    assert status("F6-1", date(2020, 1, 9), replace(FACTS, assessments=(part,)))[1] == "Assessment 2019 lacks why they changed."


def test_a_supply_is_late_the_day_after_it_was_due():
    facts = replace(FACTS, supplies=(Supply("Police", date(2019, 12, 31), date(2020, 1, 5), HERE),))
    assert status("A17A-1", date(2019, 12, 31), facts)[0] == "unknown"
    assert status("A17A-1", date(2020, 1, 1), facts)[0] == "not met"
    assert status("A17A-1", date(2020, 1, 5), facts)[0] == "met"


def test_a_two_tier_county_needs_an_agreement():
    assert status("F9-1", date(2020, 1, 9), replace(FACTS, tier="two-tier", unitary_since=None))[0] == "unknown"


def test_every_finding_is_a_sentence_and_the_tally_names_every_status():
    outcomes = duties.evaluate(FACTS, date(2020, 1, 9))
    assert all(o.finding.reason.endswith(".") for o in outcomes)
    tally = duties.summary(outcomes)
    assert list(tally) == list(duties.STATUSES) and sum(tally.values()) == len(outcomes)


def test_the_ten_first_rules_keep_their_names():
    listed = [o.rule.id for o in duties.evaluate(FACTS, date(2020, 1, 9))]
    first = "A5-1 A5A-1 A6-1 A17A-1 F3-2 F6-1 F9-1 F10-1 F12-1 F14-1".split()
    assert [id for id in listed if id in first] == first


def test_rules_not_yet_in_force_are_left_out():
    listed = [o.rule.id for o in duties.evaluate(FACTS, date(2005, 1, 1))]
    assert listed == ["A5-1", "A5-2", "A6-1", "A6-1d", "A6-4", "A17-1", "A115-1", "LG-1"]


def test_only_duties_in_law_count_as_unmet():
    outcomes = duties.evaluate(FACTS, date(2020, 1, 9))
    unmet = {o.rule.id for o in outcomes if o.finding.status == "not met"}
    duties_unmet = {o.rule.id for o in duties.unmet_duties(outcomes)}
    assert "C2-K" in unmet and "C2-K" not in duties_unmet and "E3" in duties_unmet


def test_before_the_register_begins_a_body_it_lacks_is_unknown():
    assert status("A5-1", date(2012, 1, 9)) == ("unknown", "The register begins on 1 December 2019.")
