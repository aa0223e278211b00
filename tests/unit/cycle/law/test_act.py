"""The Crime and Disorder Act 1998 as at a day: a row for each answer of each rule."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle.duty_facts import AlignmentHeld, Authority, Evidence, Kept, PlanHeld, Report, ReviewHeld, Supply
from csplan.cycle.law import act_1998

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


def plans(**changes):
    return {"plans": (replace(PLAN, **changes),)}


def kept(what, from_on, **more):
    return {"kept": (Kept(what, f"The {what}", date.fromisoformat(from_on), HERE, **more),)}


def aligned(kind, *, says_how=True):
    return plans(alignments=(AlignmentHeld(kind, f"The {kind} strategy", says_how),))


def body(kind, from_on="2013-04-01", to_on=None, code=None):
    return Authority(kind, f"The {kind}", date.fromisoformat(from_on), to_on, HERE, code or kind)


COUNTY = tuple(body(k) for k in ("county council", "council", "police", "fire", "health", "probation"))
TWO_TIER = {"tier": "two-tier", "unitary_since": None}
COMBINED = {"is_combined": True, "authorities": (*COUNTY[1:], body("council", code="other-council"))}
EVERY_COMBINED = EVERYONE | {"other-council"}
REQUEST = {"due_on": date(2020, 2, 1), "done_on": date(2020, 1, 20)}
LIMB_D = {**PLAN.limbs, "d": ("2",)}

ROWS = [
    # who takes part: one tier, two tiers, areas that act as one, Wales, before the register begins
    ("A5-1", "2020-01-09", {}, "met", "5 bodies"),
    ("A5-1", "2020-01-09", {"authorities": ()}, "unknown", "No body is in the register"),
    ("A5-1", "2012-01-09", {}, "unknown", "The register begins on 1 April 2013"),
    ("A5-1", "2020-01-09", TWO_TIER, "not met", "The register does not hold the county council"),
    ("A5-1", "2020-01-09", TWO_TIER | {"authorities": COUNTY[:1] + COUNTY[2:]}, "not met", "the district council"),
    ("A5-1", "2020-01-09", TWO_TIER | {"authorities": COUNTY}, "met", "6 bodies"),
    ("A5-1", "2020-01-09", {"is_combined": True}, "not met", "the council of each other area"),
    ("A5-1", "2020-01-09", COMBINED, "met", "6 bodies"),
    ("A5-1", "2020-01-09", {"authorities": COUNTY[1:4] + COUNTY[5:]}, "not met", "the health body"),
    (
        "A5-1",
        "2020-01-09",
        {"authorities": COUNTY[1:4] + COUNTY[5:], "jurisdiction": "wales"},
        "not met",
        "the Local Health Board",
    ),
    # the police authority was one of them until 21 November 2012
    (
        "A5-1",
        "2012-11-21",
        {"records_from": date(2010, 1, 1), "authorities": tuple(replace(b, from_on=date(2010, 4, 1)) for b in COUNTY[1:])},
        "not met",
        "the police authority",
    ),
    (
        "A5-1",
        "2012-11-22",
        {"records_from": date(2010, 1, 1), "authorities": tuple(replace(b, from_on=date(2010, 4, 1)) for b in COUNTY[1:])},
        "met",
        "5 bodies",
    ),
    ("A5-2", "2020-01-09", {}, "unknown", "No co-operating"),
    ("A5-2", "2020-01-09", {"cooperating": (body("school"),)}, "met", "One body in the register"),
    # an agreement to act as one, in England only
    ("A5A-1", "2020-01-09", {}, "not applicable", "one area only"),
    (
        "A5A-1",
        "2020-01-09",
        {"jurisdiction": "wales", "is_combined": True},
        "not applicable",
        "law for England; the area is in Wales",
    ),
    ("A5A-1", "2020-01-09", COMBINED, "unknown", "no combination agreement is held"),
    (
        "A5A-1",
        "2020-01-09",
        COMBINED | kept("combination-agreement", "2020-01-10", parties=EVERY_COMBINED),
        "unknown",
        "no combination agreement",
    ),
    (
        "A5A-1",
        "2020-01-09",
        COMBINED | kept("combination-agreement", "2019-01-01", parties=EVERYONE),
        "not met",
        "The council: no party",
    ),
    (
        "A5A-1",
        "2020-01-09",
        COMBINED | kept("combination-agreement", "2019-01-01", parties=EVERY_COMBINED),
        "met",
        "every authority as a party",
    ),
    (
        "A5A-1",
        "2020-01-09",
        COMBINED | kept("combination-agreement", "2019-01-01", parties=EVERY_COMBINED, to_on=date(2020, 1, 8)),
        "not met",
        "ended on 8 January 2020",
    ),
    # one plan where areas act as one: none held, one, two
    ("A5A-2", "2020-06-01", plans(), "not applicable", "one area only"),
    ("A5A-2", "2020-06-01", COMBINED, "unknown", "No agreed plan in its years"),
    ("A5A-2", "2020-06-01", COMBINED | plans(), "met", "is the one plan in its years"),
    (
        "A5A-2",
        "2020-06-01",
        COMBINED | {"plans": (PLAN, replace(PLAN, plan="another", title="Another plan"))},
        "not met",
        "More than one plan is in its years",
    ),
    # a strategy for each purpose: by a priority, or by a strategy that the plan names
    ("A6-1", "2020-04-01", plans(), "met", "each of the 3 purposes"),
    ("A6-1", "2023-01-30", plans(), "met", "each of the 3 purposes"),
    ("A6-1", "2023-01-31", plans(), "not met", "serious violence"),
    (
        "A6-1",
        "2023-01-31",
        aligned("serious-violence"),
        "met",
        "names a strategy, for each of the 4 purposes in force: The serious-violence strategy",
    ),
    ("A6-1", "2020-04-01", plans(limbs={"a": ("1",), "c": ("4",)}), "not met", "misuse of drugs"),
    (
        "A6-1",
        "2020-04-01",
        {
            "plans": (
                replace(PLAN, limbs={"a": ("1",), "c": ("4",)}, alignments=(AlignmentHeld("drugs", "Drugs strategy", True),)),
            )
        },
        "met",
        "Drugs strategy",
    ),
    ("A6-1", "2020-04-01", {}, "unknown", "not held here"),
    ("A6-1d", "2020-01-09", plans(), "not applicable", "it begins on 31 January 2023"),
    ("A6-1d", "2023-01-30", plans(), "not applicable", "Not in force on this day"),
    ("A6-1d", "2023-01-31", plans(), "not met", "names no strategy on serious violence"),
    ("A6-1d", "2023-01-31", aligned("drugs"), "not met", "names no strategy on serious violence"),
    ("A6-1d", "2023-01-31", aligned("serious-violence"), "met", "names a strategy"),
    ("A6-1d", "2023-01-31", plans(limbs=LIMB_D), "met", "has a priority"),
    ("A6-1d", "2023-01-31", {}, "unknown", "not held here"),
    ("A6-2", "2023-02-01", {}, "unknown", "No local definition"),
    ("A6-2", "2023-02-01", kept("serious-violence-definition", "2023-02-01"), "met", "of 1 February 2023"),
    # regard to the policing body's plan
    ("A6-3", "2020-04-01", {}, "unknown", "No plan"),
    ("A6-3", "2020-04-01", plans(), "unknown", "does not name"),
    ("A6-3", "2020-04-01", aligned("policing", says_how=False), "not met", "but not what it does for it"),
    ("A6-3", "2020-04-01", aligned("policing"), "met", "says what it does for The policing strategy"),
    # review: a year from the agreement, then a review within each year
    ("A6-4", "2020-01-09", plans(), "unknown", "not held here"),
    ("A6-4", "2021-03-08", plans(from_on=date(2020, 3, 1)), "met", "within the last twelve months"),
    ("A6-4", "2021-03-09", plans(), "unknown", "No review"),
    (
        "A6-4",
        "2021-04-01",
        plans(reviews=(ReviewHeld(date(2021, 3, 1), date(2021, 3, 31)),)),
        "met",
        "last reviewed on 31 March 2021",
    ),
    (
        "A6-4",
        "2021-03-30",
        plans(reviews=(ReviewHeld(date(2021, 3, 1), date(2021, 3, 31)),)),
        "not met",
        "begun on 1 March 2021, is not completed",
    ),
    (
        "A6-4",
        "2022-03-31",
        plans(reviews=(ReviewHeld(date(2021, 3, 1), date(2021, 3, 31)),)),
        "not met",
        "more than twelve months",
    ),
    # what the policing body asks for
    ("A7-1", "2020-01-09", {}, "unknown", "No request for a report"),
    ("A7-1", "2020-01-09", kept("section-7-request", "2020-01-01", **REQUEST), "met", "not due yet"),
    ("A7-1", "2020-02-02", kept("section-7-request", "2020-01-01", **REQUEST), "met", "was sent"),
    ("A7-1", "2020-02-02", kept("section-7-request", "2020-01-01", due_on=date(2020, 2, 1)), "not met", "(by 1 February 2020)"),
    ("A7-1", "2020-02-01", kept("section-7-request", "2020-01-01", due_on=date(2020, 2, 1)), "met", "not due yet"),
    # what reports say
    ("A17-1", "2020-01-09", {}, "unknown", "No report"),
    (
        "A17-1",
        "2020-01-09",
        {"reports": (Report("Draft plan", date(2020, 1, 9), frozenset({"Crime and disorder"}), HERE),)},
        "met",
        "One report is held here",
    ),
    (
        "A17-1",
        "2020-01-09",
        {"reports": (Report("Draft plan", date(2020, 1, 9), frozenset({"Legal"}), HERE),)},
        "not met",
        "in Draft plan",
    ),
    (
        "A17-1",
        "2020-01-08",
        {"reports": (Report("Draft plan", date(2020, 1, 9), frozenset({"Legal"}), HERE),)},
        "unknown",
        "No report",
    ),
    # what is shared
    ("A17A-1", "2020-01-09", {}, "unknown", "No ledger"),
    (
        "A17A-1",
        "2020-01-09",
        {"supplies": (Supply("Police", date(2019, 12, 31), None, HERE),)},
        "not met",
        "Not received from Police",
    ),
    (
        "A17A-1",
        "2020-01-09",
        {"supplies": (Supply("Police", date(2019, 12, 31), date(2020, 1, 9), HERE),)},
        "met",
        "All 1 supplies",
    ),
    ("A115-1", "2020-01-09", {}, "unknown", "No protocol"),
    (
        "A115-1",
        "2020-01-09",
        kept("information-sharing-protocol", "2019-01-01", parts=frozenset({"section-115"})),
        "not met",
        "a basis in data protection law",
    ),
    (
        "A115-1",
        "2020-01-09",
        kept("information-sharing-protocol", "2019-01-01", parts=frozenset({"section-115", "data-protection-basis"})),
        "met",
        "every part",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]} {row[3]}")
def test_the_act_as_at_a_day(check, row):
    check(*row)


def test_every_rule_of_the_act_is_shown_both_ways(complete):
    complete(ROWS, act_1998.RULES)


def test_a_version_that_a_later_one_replaced_is_no_draft(find):
    first = replace(PLAN, plan="2020-25", number=1, agreed_on=None, board_meets_on=None)
    second = replace(PLAN, plan="2020-25", number=2, frozen_on=date(2020, 2, 24), title="Plan, second version")
    found = find("A6-1", "2020-03-20", plans=(first, second), records_from=date(2019, 12, 1))
    assert "draft" not in found.reason.lower()
    assert "A draft, Plan, second version" in find("A6-1", "2020-03-01", plans=(first, second)).reason


def test_a_version_that_was_withdrawn_is_no_plan_from_that_day(find):
    withdrawn = replace(PLAN, stopped_on=date(2021, 6, 1))
    assert find("A6-1", "2021-05-31", plans=(withdrawn,)).status == "met"
    assert find("A6-1", "2021-06-01", plans=(withdrawn,)).status == "unknown"
