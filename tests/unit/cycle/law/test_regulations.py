"""The strategy regulations as at a day: a row for each answer of each rule."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import duties
from csplan.cycle.duty_facts import (
    Appointment,
    Assessment,
    Authority,
    ConsultationHeld,
    Evidence,
    GroupHeld,
    IndicatorHeld,
    Kept,
    PlanHeld,
)
from csplan.cycle.law import assessment, regulations_2007

HERE = Evidence("Here", "/here/")
EVERYONE = frozenset({"council", "police", "fire", "health", "probation"})
PLAN = PlanHeld(
    "Plan 2020-25",
    from_on=date(2020, 4, 1),
    to_on=date(2025, 3, 31),
    frozen_on=date(2019, 12, 17),
    agreed_on=date(2020, 3, 9),
    published_on=date(2020, 3, 16),
    board_meets_on=date(2020, 3, 9),
    limbs={"a": ("1",), "b": ("5",), "c": ("4",)},
    evidence=HERE,
)
WRITTEN = frozenset({"strategy", "priorities", "steps", "resources", "measuring", "engagement"})
ASKED = ConsultationHeld("Have your say", date(2019, 12, 17), date(2020, 2, 14), frozenset({"levels", "priorities"}), HERE)
TWO_TIER = {"tier": "two-tier", "unitary_since": None}
DAY = "2020-01-09"


def plans(**changes):
    return {"plans": (replace(PLAN, **changes),)}


def kept(what, from_on, **more):
    return {"kept": (Kept(what, f"The {what}", date.fromisoformat(from_on), HERE, **more),)}


def asked(what, from_on, **more):
    return {"consultations": (ASKED,), **kept(what, from_on, **more)}


def groups(*kinds):
    return {"groups": tuple(GroupHeld(k.title(), k, k in ("board", "strategy"), date(2019, 1, 1), HERE) for k in kinds)}


def appointed(*codes, senior=None, from_on=date(2009, 4, 1)):
    return tuple(Appointment(f"Office {i}", from_on, None, HERE, code, senior) for i, code in enumerate(codes))


def assessed(blocks, *, approved_on=date(2019, 9, 1)):
    return {"assessments": (Assessment("Assessment 2019", date(2019, 4, 1), approved_on, frozenset(blocks), HERE),)}


OLD = {
    "authorities": tuple(Authority(k, k.title(), date(2009, 4, 1), None, HERE, k) for k in ("council", "police")),
    "records_from": date(2009, 4, 1),
}
TWO_PROVIDERS = tuple(Authority("probation", f"Provider {c}", date(2014, 6, 1), None, HERE, c) for c in "ab")
JOINT = {"authorities": TWO_PROVIDERS}
INDICATORS = {"indicators": (IndicatorHeld("Burglaries", date(2020, 1, 1), HERE),)}

ROWS = [
    # years
    ("F2", DAY, {}, "unknown", "No plan"),
    ("F2", DAY, plans(), "met", "1 April 2020 to 31 March 2025"),
    ("F2", DAY, plans(to_on=date(2025, 4, 30)), "not met", "not whole years"),
    # the strategy group
    ("F3-1", DAY, {}, "unknown", "No group"),
    ("F3-1", DAY, groups("sub-group"), "not met", "No groups are named"),
    ("F3-1", DAY, groups("board", "sub-group"), "met", "Board is the strategy group"),
    ("F3-1", DAY, groups("board", "strategy"), "not met", "Two groups are named"),
    ("F3-2", DAY, {}, "unknown", "No appointments"),
    ("F3-2", DAY, {"appointments": appointed("police")}, "not met", "two or more"),
    ("F3-2", DAY, {"appointments": appointed("police", "fire")}, "met", "2 offices"),
    # before 1 June 2011 in England, 5 December 2011 in Wales: one from every authority, one of them senior
    ("F3-2", "2011-05-31", OLD | {"appointments": appointed("", "")}, "unknown", "that is not recorded here"),
    ("F3-2", "2011-05-31", OLD | {"appointments": appointed("council", "council")}, "not met", "Police did not"),
    ("F3-2", "2011-05-31", OLD | {"appointments": appointed("council", "police")}, "unknown", "senior is not recorded"),
    ("F3-2", "2011-05-31", OLD | {"appointments": appointed("council", "police", senior=True)}, "met", "someone senior"),
    ("F3-2", "2011-06-01", OLD | {"appointments": appointed("council", "council")}, "met", "2 offices"),
    (
        "F3-2",
        "2011-06-01",
        OLD | {"jurisdiction": "wales", "appointments": appointed("council", "council")},
        "not met",
        "Before 5 December 2011",
    ),
    ("F3-2", "2011-12-05", OLD | {"jurisdiction": "wales", "appointments": appointed("council", "council")}, "met", "2 offices"),
    ("F3-3", DAY, {}, "not applicable", "one provider"),
    ("F3-3", DAY, {"authorities": ()}, "unknown", "No provider"),
    ("F3-3", DAY, JOINT, "unknown", "two providers"),
    (
        "F3-3",
        DAY,
        JOINT | kept("joint-probation-appointment", "2019-01-01", parties=frozenset("a")),
        "not met",
        "without Provider b",
    ),
    ("F3-3", DAY, JOINT | kept("joint-probation-appointment", "2019-01-01", parties=frozenset("ab")), "met", "all of them"),
    ("F3-5", DAY, {}, "unknown", "No review of spending"),
    ("F3-5", DAY, kept("spend-review", "2019-01-10"), "met", "10 January 2019"),
    ("F3-5", DAY, kept("spend-review", "2019-01-09"), "not met", "more than twelve months"),
    # information: each authority signs, and the protocol is looked at again
    ("F4-1", DAY, {}, "unknown", "No protocol"),
    ("F4-1", DAY, kept("information-sharing-protocol", "2020-01-10", parties=EVERYONE), "unknown", "No protocol"),
    ("F4-1", DAY, kept("information-sharing-protocol", "2019-01-01", parties=EVERYONE), "met", "has signed"),
    ("F4-1", DAY, kept("information-sharing-protocol", "2019-01-01", parties=EVERYONE - {"fire"}), "not met", "For Fire"),
    (
        "F4-1",
        DAY,
        kept("information-sharing-protocol", "2019-01-01", parties=EVERYONE, review_on=date(2020, 1, 9)),
        "met",
        "has signed",
    ),
    (
        "F4-1",
        DAY,
        kept("information-sharing-protocol", "2019-01-01", parties=EVERYONE, review_on=date(2020, 1, 8)),
        "not met",
        "looked at again by 8 January",
    ),
    ("F4-2", DAY, {}, "unknown", "No liaison officer"),
    (
        "F4-2",
        DAY,
        kept("liaison-officer", "2019-01-01", parties=frozenset({"council"})),
        "not met",
        "Police, Fire, Health and Probation",
    ),
    ("F4-2", DAY, kept("liaison-officer", "2019-01-01", parties=EVERYONE), "met", "has a liaison officer"),
    (
        "F4-2",
        DAY,
        kept("liaison-officer", "2019-01-01", parties=EVERYONE, to_on=date(2020, 1, 8)),
        "not met",
        "no liaison officer",
    ),
    # the assessment
    ("F5-1", DAY, {}, "unknown", "the year from 1 April 2019"),
    ("F5-1", DAY, assessed(()), "met", "approved on 1 September 2019"),
    ("F5-1", "2020-03-20", assessed((), approved_on=date(2020, 3, 10)) | plans(), "not met", "after Plan 2020-25 was agreed"),
    ("F5-1", "2020-03-20", assessed(()) | plans(), "met", "1 September 2019"),
    ("F6-1", DAY, {}, "unknown", "the year from 1 April 2019"),
    ("F6-1", DAY, assessed(assessment.ASSESSMENT_BLOCKS), "met", "all four parts"),
    ("F6-1", DAY, assessed({"levels", "changes", "implementation"}), "not met", "lacks why they changed"),
    ("F6-1", DAY, kept("strategic-assessment", "2019-09-01", parts=frozenset(assessment.ASSESSMENT_BLOCKS)), "met", "all four"),
    (
        "F6-1",
        DAY,
        kept("strategic-assessment", "2019-03-31", parts=frozenset(assessment.ASSESSMENT_BLOCKS)),
        "unknown",
        "No strategic",
    ),
    ("F7-1", DAY, {}, "unknown", "the year from 1 April 2019"),
    ("F7-1", DAY, assessed({"matters"}), "not met", "what people who live and work here said"),
    ("F7-1", DAY, assessed({"matters", "views"}), "met", "matters to put first"),
    # counties with districts, in England only; Durham was one until 31 March 2009
    ("F8", DAY, {}, "not applicable", "single council since 1 April 2009"),
    ("F8", "2009-03-31", {}, "unknown", "No county strategy group"),
    ("F8", DAY, TWO_TIER, "unknown", "No county strategy group"),
    ("F8", DAY, TWO_TIER | groups("county"), "met", "County is the county strategy group"),
    ("F8", DAY, TWO_TIER | {"jurisdiction": "wales"}, "not applicable", "law for England"),
    ("F9-1", DAY, {}, "not applicable", "single council since 1 April 2009"),
    ("F9-1", "2009-03-31", {}, "unknown", "no community safety agreement is held"),
    ("F9-1", DAY, TWO_TIER, "unknown", "no community safety agreement is held"),
    (
        "F9-1",
        DAY,
        TWO_TIER | kept("community-safety-agreement", "2019-04-01", parties=frozenset({"elsewhere"})),
        "not met",
        "does not draw on",
    ),
    ("F9-1", DAY, TWO_TIER | kept("community-safety-agreement", "2019-04-01", parties=frozenset({"council"})), "met", "draws on"),
    ("F9A", DAY, {}, "not applicable", "single council"),
    ("F9A", DAY, TWO_TIER, "unknown", "No community safety agreement"),
    ("F9A", DAY, TWO_TIER | kept("community-safety-agreement", "2019-04-01"), "not met", "No copy"),
    ("F9A", DAY, TWO_TIER | kept("community-safety-agreement", "2019-04-01", done_on=date(2020, 1, 10)), "not met", "No copy"),
    ("F9A", DAY, TWO_TIER | kept("community-safety-agreement", "2019-04-01", done_on=date(2020, 1, 9)), "met", "9 January 2020"),
    # the plan in time: agreed on the last day before its year, and on the first day of it
    ("F10-1", "2020-04-01", plans(agreed_on=date(2020, 3, 31)), "met", "before the year began"),
    ("F10-1", "2020-04-01", plans(agreed_on=date(2020, 4, 1)), "not met", "after the year began"),
    ("F10-1", "2020-04-01", {"records_from": date(2020, 4, 2)}, "unknown", "the records begin later"),
    ("F10-1", "2025-04-01", plans(), "not met", "ended on 31 March 2025"),
    # its six parts: written, or shown by its rows
    ("F11-1", DAY, {}, "unknown", "No plan"),
    ("F11-1", DAY, plans(), "unknown", "is not kept here"),
    ("F11-1", DAY, plans(sections=frozenset()), "not met", "the steps to meet them, how the authorities share out"),
    ("F11-1", DAY, plans(sections=WRITTEN), "met", "all six parts"),
    (
        "F11-1",
        DAY,
        plans(sections=WRITTEN - {"resources"}),
        "not met",
        "does not say how the authorities share out their resources",
    ),
    ("F11-1", DAY, plans(sections=frozenset({"resources", "engagement"}), deliverables=17) | INDICATORS, "met", "all six parts"),
    (
        "F11-1",
        "2019-12-31",
        plans(sections=frozenset({"resources", "engagement"}), deliverables=17) | INDICATORS,
        "not met",
        "how success is measured",
    ),
    # asking people
    ("F12-1", DAY, {}, "unknown", "No consultation"),
    ("F12-1", DAY, {"consultations": (ASKED,)}, "met", "levels and patterns"),
    ("F12-1", DAY, {"consultations": (replace(ASKED, families=frozenset({"levels"})),)}, "not met", "does not ask about what"),
    ("F12-2", DAY, {}, "not applicable", "No consultation"),
    ("F12-2", DAY, {"consultations": (ASKED,)}, "unknown", "No list of whom"),
    ("F12-2", DAY, asked("consultation-reach", "2018-12-16"), "not met", "is older than"),
    ("F12-2", DAY, asked("consultation-reach", "2020-01-09"), "met", "9 January 2020"),
    ("F12-3", DAY, {}, "not applicable", "No consultation"),
    ("F12-3", DAY, asked("engagement-evidence", "2018-12-16"), "not met", "is older than"),
    ("F12-3", DAY, asked("engagement-evidence", "2018-12-17"), "met", "17 December 2018"),
    ("F12-4", DAY, {}, "unknown", "No public meeting"),
    ("F12-4", DAY, kept("public-meeting", "2019-01-09", parties=EVERYONE), "not met", "9 January 2019"),
    ("F12-4", DAY, kept("public-meeting", "2019-12-12", parties=EVERYONE), "met", "12 December 2019"),
    (
        "F12-4",
        DAY,
        kept("public-meeting", "2019-12-12", parties=EVERYONE - {"health"}),
        "not met",
        "nobody senior came from Health",
    ),
    ("F12-4", DAY, kept("public-meeting", "2019-12-11", parties=EVERYONE), "not met", "is not published"),
    ("F12-4", DAY, kept("public-meeting", "2019-12-11", parties=EVERYONE, done_on=date(2020, 1, 2)), "met", "11 December 2019"),
    ("F13-1", DAY, {}, "unknown", "No plan"),
    ("F13-1", DAY, plans(), "unknown", "names no helping body"),
    ("F13-1", DAY, plans(helpers=("Neighbourhood Watch",)), "met", "Neighbourhood Watch"),
    # sending and publishing
    ("F13A", DAY, plans(), "not applicable", "none to send"),
    ("F13A", "2020-03-09", plans(), "not met", "no copy is recorded as sent to the local policing body"),
    ("F13A", "2020-03-19", plans(dispatched_on=date(2020, 3, 20)), "not met", "no copy"),
    ("F13A", "2020-03-20", plans(dispatched_on=date(2020, 3, 20)), "met", "on 20 March 2020"),
    ("F13A", "2020-03-20", plans() | {"area_code": "E09000001"}, "not applicable", "City of London"),
    ("F13A", "2020-03-20", plans() | {"jurisdiction": "wales"}, "not applicable", "law for England"),
    ("F14-1", DAY, plans(), "not applicable", "none to publish"),
    ("F14-1", "2020-03-15", plans(), "not met", "not published yet"),
    ("F14-1", "2020-03-16", plans(), "met", "16 March 2020"),
    ("F14A", DAY, {}, "unknown", "No request to come"),
    ("F14A", DAY, kept("attendance-request", "2019-12-01", due_on=date(2020, 1, 8)), "not met", "(by 8 January 2020)"),
    (
        "F14A",
        DAY,
        kept("attendance-request", "2019-12-01", due_on=date(2020, 1, 8), done_on=date(2020, 1, 8)),
        "met",
        "was followed",
    ),
    ("FW", DAY, {}, "not applicable", "law for Wales; the area is in England"),
    ("FW", DAY, {"jurisdiction": "wales"}, "unknown", "No local well-being plan"),
    ("FW", DAY, {"jurisdiction": "wales"} | kept("well-being-plan", "2018-05-01"), "met", "1 May 2018"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]} {row[3]}")
def test_the_regulations_as_at_a_day(check, row):
    check(*row)


def test_every_regulation_is_shown_both_ways(complete):
    complete(ROWS, regulations_2007.RULES)


@pytest.mark.parametrize(
    ("jurisdiction", "on", "is_listed"),
    [
        ("england", "2007-07-31", False),
        ("england", "2007-08-01", True),
        ("wales", "2007-11-18", False),
        ("wales", "2007-11-19", True),
    ],
)
def test_each_country_has_its_own_first_day(partnership, jurisdiction, on, is_listed):
    here = replace(partnership, jurisdiction=jurisdiction)
    listed = {o.rule.id: o.rule for o in duties.evaluate(here, date.fromisoformat(on))}
    assert ("F10-1" in listed) is is_listed
    if is_listed:
        assert ("2007/3076" in listed["F10-1"].clause) is (jurisdiction == "wales")


def test_a_meeting_is_not_spoken_of_before_it_is_announced(find):
    draft = replace(PLAN, agreed_on=None, board_announced_on=date(2020, 1, 10))
    assert "is a draft" in find("F10-1", DAY, plans=(draft,)).reason
    assert "goes to the board on 9 March 2020" in find("F10-1", "2020-01-10", plans=(draft,)).reason


def test_a_refresh_within_the_years_keeps_the_plan_in_time(find):
    first, refresh = replace(PLAN, plan="p", number=1), replace(PLAN, plan="p", number=2, agreed_on=date(2021, 6, 1))
    found = find("F10-1", "2021-06-02", plans=(first, refresh))
    assert (found.status, found.reason) == ("met", "Plan 2020-25 was agreed on 9 March 2020, before the year began.")
