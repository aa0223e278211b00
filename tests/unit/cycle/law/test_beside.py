"""What flows each quarter, scrutiny by councillors, and the duties beside the partnership's own."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle.duty_facts import AlignmentHeld, Evidence, GroupHeld, Kept, MeetingHeld, PlanHeld, Recommendation, Supply
from csplan.cycle.law import adjacent, information_2007, scrutiny

HERE = Evidence("Here", "/here/")
DAY = "2020-01-09"


def kept(what, from_on, **more):
    return {"kept": (Kept(what, f"The {what}", date.fromisoformat(from_on), HERE, **more),)}


def stated(what, title, from_on):
    return {"kept": (Kept(what, title, date.fromisoformat(from_on), HERE),)}


def supplied(paragraph, received_on=None, due_on=date(2019, 12, 31)):
    return {"supplies": (Supply("Someone", due_on, received_on, HERE, paragraph),)}


def met_on(on, recorded_on=None, announced_on=date(2018, 1, 1), kind="scrutiny"):
    return {"meetings": (MeetingHeld("The meeting", kind, on, announced_on, recorded_on, None, HERE),)}


def recommended(answered_on=None, copied_on=None, made_on=date(2020, 1, 9), *more):
    return {"recommendations": (Recommendation("The item", made_on, answered_on, copied_on, HERE), *more)}


def linked(*kinds):
    alignments = tuple(AlignmentHeld(kind, kind, True) for kind in kinds)
    days = {
        "from_on": date(2020, 4, 1),
        "to_on": date(2025, 3, 31),
        "frozen_on": date(2019, 12, 17),
        "agreed_on": date(2020, 3, 9),
    }
    return {
        "plans": (
            PlanHeld("Plan", published_on=None, board_meets_on=None, limbs={}, evidence=HERE, alignments=alignments, **days),
        )
    }


ANSWERED = Recommendation("An older item", date(2019, 1, 9), date(2019, 2, 6), date(2019, 1, 10), HERE)
DUE = {"due_on": date(2020, 1, 8)}
HELD = MeetingHeld("The meeting", "scrutiny", date(2020, 1, 9), date(2018, 1, 1), date(2020, 1, 9), None, HERE)
GROUP = GroupHeld("The committee", "scrutiny", False, date(2019, 1, 1), HERE)
BOARD = GroupHeld("The board", "board", True, date(2019, 1, 1), HERE)

INFORMATION = [
    # each sender answers for its own paragraphs; late the day after the day it was due
    ("P1-2", DAY, {}, "unknown", "1 July 2019 to 30 September 2019 was due by 31 December 2019"),
    ("P1-2", "2007-08-01", {}, "unknown", "No information was due yet"),
    ("P1-2", "2019-12-31", supplied(1), "unknown", "No ledger"),
    ("P1-2", "2020-01-01", supplied(1), "not met", "incidents of anti-social behaviour"),
    ("P1-2", "2020-01-05", supplied(1, date(2020, 1, 5)), "met", "All 1 supplies"),
    ("P1-2", DAY, supplied(3), "unknown", "No ledger"),
    ("P3", DAY, supplied(3), "not met", "deliberate fires"),
    ("P3", DAY, supplied(3, date(2019, 12, 1)), "met", "All 1"),
    ("P4-6", DAY, supplied(5), "not met", "pupils excluded"),
    ("P4-6", DAY, supplied(4, date(2019, 12, 1)), "met", "All 1"),
    ("P7-10", DAY, supplied(10), "not met", "ambulance"),
    ("P7-10", DAY, supplied(7, date(2019, 12, 1)), "met", "All 1"),
]

SCRUTINY = [
    ("O1", DAY, {}, "unknown", "No group"),
    ("O1", DAY, {"groups": (BOARD,)}, "not met", "names no scrutiny committee"),
    ("O1", DAY, {"groups": (BOARD, GROUP)}, "met", "The committee is the committee"),
    # a year to the day
    ("O2", DAY, {}, "unknown", "No meeting"),
    ("O2", DAY, met_on(date(2020, 1, 9), date(2020, 1, 9)), "met", "9 January 2020"),
    ("O2", DAY, met_on(date(2020, 1, 9)), "unknown", "No meeting"),
    ("O2", DAY, met_on(date(2020, 1, 9), date(2020, 1, 9), kind="board"), "unknown", "No meeting"),
    ("O2", DAY, {"meetings": (replace(HELD, was_quorate=False),)}, "unknown", "No meeting"),
    ("O2", DAY, {"meetings": (replace(HELD, was_quorate=True),)}, "met", "9 January 2020"),
    ("O2", "2021-01-08", met_on(date(2020, 1, 9), date(2020, 1, 9)), "met", "9 January 2020"),
    ("O2", "2021-01-09", met_on(date(2020, 1, 9), date(2020, 1, 9)), "not met", "more than twelve months"),
    ("O3", DAY, {}, "not applicable", "No recommendation"),
    ("O3", DAY, recommended(), "unknown", "not recorded"),
    ("O3", DAY, recommended(None, None, date(2020, 1, 9), ANSWERED), "not met", "The item"),
    ("O3", DAY, recommended(copied_on=date(2020, 1, 9)), "met", "copied to the authorities"),
    ("O5", DAY, {}, "unknown", "No request for information"),
    ("O5", DAY, kept("scrutiny-information-request", "2020-01-01", **DUE), "not met", "(by 8 January 2020)"),
    ("O5", DAY, kept("scrutiny-information-request", "2020-01-01", done_on=date(2020, 1, 8), **DUE), "met", "was answered"),
    ("O6", DAY, kept("scrutiny-attendance-request", "2020-01-01", **DUE), "not met", "Not followed yet"),
    ("O6", DAY, kept("scrutiny-attendance-request", "2020-01-01", done_on=date(2020, 1, 8), **DUE), "met", "was followed"),
    # 28 days from 9 January end on 6 February
    ("O7", DAY, {}, "not applicable", "No recommendation"),
    ("O7", "2020-02-06", recommended(), "not applicable", "due by 6 February 2020"),
    ("O7", "2020-02-07", recommended(), "unknown", "not recorded"),
    ("O7", "2020-02-07", recommended(None, None, date(2020, 1, 9), ANSWERED), "not met", "Not answered within 28 days: The item"),
    ("O7", "2020-02-07", recommended(date(2020, 2, 6)), "met", "within 28 days"),
    ("O7", "2020-02-07", recommended(date(2020, 2, 7)), "not met", "after more than 28 days"),
    ("O3", DAY, recommended() | stated("scrutiny-copies", "The item", "2020-01-09"), "met", "copied"),
    ("O7", "2020-02-07", recommended() | stated("scrutiny-response", "The item", "2020-02-06"), "met", "within 28 days"),
    ("O7", "2020-02-07", recommended() | stated("scrutiny-response", "Another", "2020-02-06"), "unknown", "not recorded"),
    ("O8", DAY, kept("councillor-call-for-action", "2020-01-01", **DUE), "not met", "Not considered yet"),
    ("O8", "2020-01-08", kept("councillor-call-for-action", "2020-01-01", **DUE), "met", "not due yet"),
    ("O8", DAY, kept("councillor-call-for-action", "2020-01-01"), "unknown", "no day is told by which it is due"),
    (
        "O8",
        DAY,
        kept("councillor-call-for-action", "2020-01-01", done_on=date(2020, 1, 9), **DUE),
        "met",
        "considered; late: The",
    ),
    ("O8", DAY, kept("councillor-call-for-action", "2020-01-01", done_on=date(2020, 1, 9), **DUE), "met", "was considered"),
]

FOUR, EIGHT, THREE, ENDED = (
    frozenset(p)
    for p in (adjacent.CASE_REVIEW_FIGURES, adjacent.PREVENT_PARTS, adjacent.CONSULTED_ON_VIOLENCE, adjacent.REVIEW_PARTS)
)
ADJACENT = [
    # the first strategy is due by 31 January 2024
    ("SV-1", "2024-01-31", {}, "not applicable", "due by 31 January 2024"),
    ("SV-1", "2024-02-01", {}, "unknown", "No strategy on serious violence"),
    ("SV-1", "2024-02-01", kept("serious-violence-strategy", "2024-01-31"), "met", "31 January 2024"),
    (
        "SV-1",
        "2025-02-01",
        kept("serious-violence-strategy", "2024-01-31", review_on=date(2025, 1, 31)),
        "not met",
        "looked at again",
    ),
    ("SV-2", "2023-06-01", {}, "unknown", "No needs assessment"),
    ("SV-2", "2023-06-01", kept("serious-violence-needs-assessment", "2023-05-01"), "met", "1 May 2023"),
    ("SV-3", "2024-02-01", kept("serious-violence-strategy", "2024-01-31", parts=THREE - {"prisons"}), "not met", "prisons"),
    ("SV-3", "2024-02-01", kept("serious-violence-strategy", "2024-01-31", parts=THREE), "met", "every part"),
    ("DR-1", DAY, {}, "unknown", "made elsewhere is not known"),
    ("DR-1", DAY, kept("domestic-homicide-review", "2019-12-08", **DUE), "not met", "Not decided yet"),
    ("DR-1", DAY, kept("domestic-homicide-review", "2019-12-08", done_on=date(2020, 1, 8), **DUE), "met", "was decided"),
    ("DR-2", DAY, {}, "unknown", "No report of a review"),
    (
        "DR-2",
        DAY,
        kept("domestic-homicide-review-report", "2019-12-08", parts=ENDED - {"action-plan"}),
        "not met",
        "an action plan",
    ),
    ("DR-2", DAY, kept("domestic-homicide-review-report", "2019-12-08", parts=ENDED), "met", "every part"),
    ("AR-1", DAY, {}, "unknown", "No published procedure"),
    ("AR-1", DAY, kept("asb-case-review-procedure", "2015-01-01"), "met", "1 January 2015"),
    ("AR-2", DAY, {}, "unknown", "No publication"),
    ("AR-2", DAY, kept("asb-case-review-figures", "2019-01-09", parts=FOUR), "not met", "more than twelve months"),
    ("AR-2", DAY, kept("asb-case-review-figures", "2019-04-09", parts=FOUR - {"reviews"}), "not met", "case reviews carried out"),
    ("AR-2", DAY, kept("asb-case-review-figures", "2019-04-09", parts=FOUR), "met", "every part"),
    ("PV-1", DAY, kept("prevent", "2019-04-09", parts=EIGHT - {"training"}), "not met", "training"),
    ("PV-1", DAY, kept("prevent", "2019-04-09", parts=EIGHT), "met", "every part"),
    ("PV-2", DAY, {}, "unknown", "No Channel panel"),
    ("PV-2", DAY, kept("channel-panel", "2015-04-12"), "met", "12 April 2015"),
    ("DA-1", "2022-01-01", {"jurisdiction": "wales"}, "not applicable", "law for England"),
    ("DA-1", "2022-01-01", kept("domestic-abuse-board", "2021-10-01"), "met", "1 October 2021"),
    ("DA-2", "2022-01-06", {}, "unknown", "No strategy on support"),
    ("DA-2", "2022-01-06", kept("safe-accommodation-strategy", "2022-01-05"), "met", "5 January 2022"),
    (
        "DA-2",
        "2025-01-06",
        kept("safe-accommodation-strategy", "2022-01-05", review_on=date(2025, 1, 5)),
        "not met",
        "looked at again",
    ),
    ("DA-3", "2023-01-06", kept("safe-accommodation-report", "2022-01-06"), "not met", "more than twelve months"),
    ("DA-3", "2023-01-06", kept("safe-accommodation-report", "2022-06-30"), "met", "30 June 2022"),
    ("DP-1", DAY, kept("data-protection-assessment", "2018-05-25", to_on=date(2020, 1, 8)), "not met", "ended on 8 January 2020"),
    ("DP-1", DAY, kept("data-protection-assessment", "2018-05-25"), "met", "25 May 2018"),
    ("WA-1", DAY, {}, "unknown", "No accessibility statement"),
    ("WA-1", DAY, kept("accessibility-statement", "2019-09-23"), "met", "23 September 2019"),
    # five clear working days: 2 to 8 January 2020 are five; one fewer
    ("LG-1", DAY, {}, "unknown", "No meeting"),
    ("LG-1", DAY, met_on(date(2020, 1, 9), None, date(2020, 1, 1)), "met", "five clear days"),
    ("LG-1", DAY, met_on(date(2020, 1, 9), None, date(2020, 1, 2)), "not met", "four clear days"),
    ("LG-1", DAY, met_on(date(2020, 1, 9), None, date(2020, 1, 8)), "not met", "no clear days"),
    ("X-1", "2022-06-15", {}, "unknown", "No plan"),
    ("X-1", "2022-06-15", {"jurisdiction": "wales"}, "not applicable", "law for England"),
    ("X-1", "2022-06-15", linked("vision"), "unknown", "names none of"),
    ("X-1", "2022-06-15", linked("drugs"), "not met", "the domestic abuse strategy and the health and wellbeing strategy"),
    ("X-1", "2022-06-15", linked("drugs", "domestic-abuse", "health-wellbeing"), "met", "names the combating drugs plan"),
]


@pytest.mark.parametrize("row", INFORMATION + SCRUTINY + ADJACENT, ids=lambda row: f"{row[0]} {row[1]} {row[3]}")
def test_what_stands_beside_as_at_a_day(check, row):
    check(*row)


@pytest.mark.parametrize(
    ("rows", "rules"),
    [(INFORMATION, information_2007.RULES), (SCRUTINY, scrutiny.RULES), (ADJACENT, adjacent.RULES)],
    ids=["information", "scrutiny", "adjacent"],
)
def test_every_rule_is_shown_both_ways(complete, rows, rules):
    complete(rows, rules)


@pytest.mark.parametrize(
    ("period_begins", "due"),
    [
        (date(2019, 7, 1), date(2019, 12, 31)),
        (date(2019, 10, 1), date(2020, 3, 31)),
        (date(2020, 1, 1), date(2020, 6, 30)),
        (date(2020, 4, 1), date(2020, 9, 30)),
    ],
)
def test_information_is_due_by_the_end_of_the_next_quarter(period_begins, due):
    assert information_2007.due_on(period_begins) == due


def test_wales_has_scrutiny_five_months_later(find):
    assert find("O1", "2009-10-01", jurisdiction="wales").status == "unknown"
    with pytest.raises(StopIteration):
        find("O1", "2009-09-30", jurisdiction="wales")
