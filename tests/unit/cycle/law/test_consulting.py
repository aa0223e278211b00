"""Consulting fairly, and with regard to equality: a row for each answer of each rule."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle.duty_facts import ConsultationHeld, EqualityHeld, Evidence, Impact, IndicatorHeld, Kept
from csplan.cycle.law import consulting, elections, equality

HERE = Evidence("Here", "/here/")
BEGUN = EqualityHeld(date(2019, 12, 9), None, HERE)
DONE = replace(BEGUN, completed_on=date(2020, 3, 2))
ASKED = ConsultationHeld(
    "Have your say", date(2019, 12, 17), date(2020, 2, 14), frozenset(), HERE, draft_frozen_on=date(2019, 12, 17)
)
DAY, CLOSED, AFTER = "2020-01-09", "2020-02-15", "2020-03-20"
NOTED = date(2020, 2, 20)


def asked(**changes):
    return {"consultations": (replace(ASKED, **changes),)}


def judged(*assessments, **changes):
    return asked(equality=assessments, **changes)


def impacts(*found):
    return judged(replace(DONE, impacts=tuple(found)))


def beside(what, from_on, **more):
    return asked() | {"kept": (Kept(what, f"The {what}", date.fromisoformat(from_on), HERE, **more),)}


def stated(what, from_on, **more):
    return {"kept": (Kept(what, f"The {what}", date.fromisoformat(from_on), HERE, **more),)}


def adopted(on):
    return asked() | {"indicators": (IndicatorHeld("Burglaries", date.fromisoformat(on), HERE),)}


EQUALITY = [
    # begun before the opening, on the day, after it
    ("E1", DAY, {}, "not applicable", "No consultation"),
    ("E1", DAY, asked(), "not met", "No equality assessment is held"),
    ("E1", DAY, judged(BEGUN), "met", "begun on 9 December 2019"),
    ("E1", DAY, judged(replace(BEGUN, started_on=date(2019, 12, 17))), "met", "opened on 17 December"),
    ("E1", DAY, judged(replace(BEGUN, started_on=date(2019, 12, 18))), "not met", "after the consultation opened"),
    # with the answers
    ("E2", "2020-02-14", judged(BEGUN), "not applicable", "open until 14 February 2020"),
    ("E2", CLOSED, judged(BEGUN), "not met", "not completed yet"),
    ("E2", AFTER, judged(DONE), "met", "after the answers were in"),
    ("E2", AFTER, judged(replace(DONE, completed_on=date(2020, 2, 14))), "not met", "before the consultation had closed"),
    ("E2", CLOSED, asked(), "unknown", "No equality assessment"),
    # complete before the decision: in progress, complete the day it is, agreed without it
    ("E3", DAY, asked(), "not met", "No equality assessment"),
    ("E3", DAY, judged(BEGUN), "not met", "not complete; the plan may not be agreed before it is"),
    ("E3", "2020-03-01", judged(DONE), "not met", "not complete"),
    ("E3", "2020-03-02", judged(DONE), "met", "Completed on 2 March 2020."),
    ("E3", AFTER, judged(DONE, decided_on=date(2020, 3, 9)), "met", "before the plan was agreed on 9 March 2020"),
    ("E3", AFTER, judged(BEGUN, decided_on=date(2020, 3, 9)), "not met", "agreed on 9 March 2020 all the same"),
    ("E3", AFTER, judged(DONE, decided_on=date(2020, 3, 1)), "not met", "after the plan was agreed"),
    # effects and what is set against them
    ("E4", AFTER, judged(DONE), "unknown", "not kept one by one"),
    ("E4", AFTER, impacts(Impact("Age", "positive", NOTED, None)), "met", "Every negative effect"),
    ("E4", AFTER, impacts(Impact("Age", "negative", NOTED, None)), "not met", "Age"),
    ("E4", AFTER, impacts(Impact("Age", "negative", NOTED, date(2020, 3, 21))), "not met", "Age"),
    ("E4", AFTER, impacts(Impact("Age", "negative", NOTED, date(2020, 3, 20))), "met", "a mitigation"),
    ("E4", AFTER, impacts(Impact("Age", "negative", date(2020, 3, 21), None)), "met", "a mitigation"),
    ("E5", AFTER, impacts(Impact("Race", "unknown", NOTED, None)), "not met", "Race"),
    ("E5", AFTER, impacts(Impact("Race", "unknown", NOTED, NOTED)), "met", "an action to find out"),
    ("E6", DAY, judged(BEGUN), "not applicable", "none to publish yet"),
    ("E6", AFTER, judged(DONE), "not met", "complete and not published"),
    ("E6", AFTER, judged(replace(DONE, published_on=date(2020, 3, 16))), "met", "16 March 2020"),
    ("E7", AFTER, judged(DONE), "unknown", "No day of review"),
    ("E7", AFTER, judged(replace(DONE, review_on=date(2020, 3, 20))), "met", "by 20 March 2020"),
    ("E7", AFTER, judged(replace(DONE, review_on=date(2020, 3, 19))), "not met", "19 March 2020"),
    ("E8", DAY, {}, "unknown", "No statement"),
    ("E8", DAY, stated("equality-objectives", "2016-01-09"), "not met", "more than 4 years"),
    ("E8", DAY, stated("equality-objectives", "2016-01-10"), "met", "10 January 2016"),
    ("E9", DAY, stated("equality-information", "2019-01-09"), "not met", "more than twelve months"),
    ("E9", DAY, stated("equality-information", "2019-03-31"), "met", "31 March 2019"),
]

CONSULTING = [
    # priorities settled before, in and after the month of the opening
    ("G1", DAY, asked(), "unknown", "not recorded"),
    ("G1", DAY, asked(priorities_agreed_in="2018-11"), "not met", "agreed in November 2018, thirteen months before"),
    ("G1", DAY, asked(priorities_agreed_in="2019-11"), "not met", "one month before"),
    ("G1", DAY, asked(priorities_agreed_in="2019-12"), "met", "settled in December 2019"),
    ("C1", DAY, asked(), "met", "frozen on 17 December 2019"),
    ("C1", DAY, asked(draft_frozen_on=date(2019, 12, 18)), "not met", "after the consultation opened"),
    ("C1", DAY, asked(draft_frozen_on=None), "unknown", "not recorded"),
    ("C2", DAY, asked(draft_frozen_on=None), "unknown", "Whether a frozen draft was there to read is not recorded"),
    ("C2", DAY, asked(draft_frozen_on=date(2019, 12, 18)), "not met", "No frozen draft"),
    ("C2", DAY, asked(), "unknown", "lay beside it is not recorded"),
    # what lay beside the consultation before this one
    (
        "C2",
        DAY,
        beside("consultation-documents", "2018-12-16", parts=frozenset(consulting.DOCUMENTS)),
        "unknown",
        "lay beside it is not recorded",
    ),
    (
        "C2",
        DAY,
        beside("consultation-documents", "2019-12-17", parts=frozenset({"assessment-summary"})),
        "not met",
        "The equality assessment: not there",
    ),
    (
        "C2",
        DAY,
        beside("consultation-documents", "2019-12-17", parts=frozenset(consulting.DOCUMENTS)),
        "met",
        "were there to read",
    ),
    ("C2-K", DAY, asked(), "not met", "No indicator had been adopted when it opened"),
    ("C2-K", DAY, adopted("2019-12-18"), "not met", "No indicator"),
    ("C2-K", DAY, adopted("2019-12-17"), "met", "One indicator had been adopted"),
    # the window: 28 days, 27 days, before a general election, before the ordinary day
    ("C3", DAY, asked(), "met", "60 days, of which 41 are working days. Bank holidays inside: Christmas Day"),
    ("C3", "2020-01-14", asked(opens_on=date(2020, 1, 14), closes_on=date(2020, 2, 10)), "met", "28 days"),
    ("C3", "2020-01-14", asked(opens_on=date(2020, 1, 14), closes_on=date(2020, 2, 9)), "not met", "fewer than the four weeks"),
    (
        "C3",
        "2019-11-20",
        asked(opens_on=date(2019, 11, 1), closes_on=date(2019, 12, 20)),
        "not met",
        "general election of 12 December 2019",
    ),
    (
        "C3",
        "2024-03-18",
        asked(opens_on=date(2024, 3, 1), closes_on=date(2024, 4, 14)),
        "met",
        "ordinary day of local elections, 2 May 2024",
    ),
    ("C5", "2020-02-14", asked(), "not applicable", "open until 14 February 2020"),
    ("C5", CLOSED, asked(), "unknown", "is not recorded"),
    ("C5", AFTER, beside("consultation-reach", "2020-03-01"), "met", "1 March 2020"),
    ("C6", DAY, asked(), "not applicable", "open until"),
    ("C6", CLOSED, asked(), "unknown", "not kept here"),
    ("C6", CLOSED, asked(decisions=(date(2020, 2, 15), None)), "not met", "One comment of 2 without a decision"),
    ("C6", CLOSED, asked(decisions=(date(2020, 2, 15), date(2020, 2, 16))), "not met", "One comment of 2"),
    ("C6", "2020-02-16", asked(decisions=(date(2020, 2, 15), date(2020, 2, 16))), "met", "All 2 comments"),
    ("C7", CLOSED, asked(), "not applicable", "had not been agreed"),
    ("C7", AFTER, asked(decided_on=date(2020, 2, 14)), "not met", "before the consultation had closed"),
    ("C7", AFTER, asked(decided_on=date(2020, 3, 9)), "not met", "without a report"),
    ("C7", AFTER, asked(decided_on=date(2020, 3, 9), considered_on=date(2020, 3, 10)), "not met", "without a report"),
    ("C7", AFTER, asked(decided_on=date(2020, 3, 9), considered_on=date(2020, 2, 24)), "met", "reported on by 24 February 2020"),
    # feedback: twelve weeks end on 8 May 2020
    ("C8", "2020-05-08", asked(), "not applicable", "by 8 May 2020"),
    ("C8", "2020-05-09", asked(), "not met", "Nothing was published by 8 May 2020"),
    ("C8", AFTER, asked(feedback_on=date(2020, 2, 24)), "met", "24 February 2020"),
    ("C8", "2020-06-01", asked(feedback_on=date(2020, 5, 9)), "not met", "more than twelve weeks"),
]


@pytest.mark.parametrize("row", EQUALITY + CONSULTING, ids=lambda row: f"{row[0]} {row[1]} {row[3]}")
def test_asking_people_as_at_a_day(check, row):
    check(*row)


def test_every_rule_of_equality_is_shown_both_ways(complete):
    complete(EQUALITY, equality.RULES)


def test_every_rule_of_consulting_is_shown_both_ways(complete):
    complete(CONSULTING, consulting.RULES)


def test_only_the_newest_consultation_is_asked_about(find):
    """An older one with questions settled long before no longer counts once a new one has opened."""
    old = replace(ASKED, title="Old", opens_on=date(2015, 1, 1), closes_on=date(2015, 2, 1), priorities_agreed_in="2010-01")
    both = {"consultations": (old, replace(ASKED, priorities_agreed_in="2019-12"))}
    assert find("G1", "2019-12-16", **both).status == "not met"
    assert find("G1", "2019-12-17", **both).status == "met"


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2019, date(2019, 5, 2)),
        (2025, date(2025, 5, 1)),
        # moved to the day of the European election
        (2014, date(2014, 5, 22)),
        # put off by the Coronavirus Act 2020
        (2020, None),
    ],
)
def test_the_ordinary_day_of_elections(year, day):
    assert elections.ordinary_day(year) == day


def test_the_weeks_before_a_poll_count_working_days():
    # 25 working days: Good Friday and Easter Monday of 2025 are none
    assert elections.begins(date(2025, 5, 1)) == date(2025, 3, 25)
    assert elections.begins(date(2019, 12, 12)) == date(2019, 11, 7)
