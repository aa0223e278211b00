"""What an event needs, and what the yearly public meeting needs."""

from datetime import date

import pytest

from csplan.cycle import engagement as rules
from csplan.errors import CsplanError

AUTHORITIES = {"council": "The council", "police": "The police"}
DAY = date(2026, 6, 1)


def held(on=date(2026, 3, 2), senior=("council", "police"), has_notice=True, has_note=True):
    return rules.Held("The meeting", on, frozenset(senior), has_notice, has_note)


def test_a_meeting_with_all_that_it_needs_counts_for_twelve_months():
    is_held, words = rules.this_year([held()], AUTHORITIES, DAY)
    assert is_held and words == "The meeting was held on 2 March 2026, with all that it needs."
    assert not rules.this_year([held()], AUTHORITIES, date(2027, 3, 2))[0]
    assert rules.this_year([held()], AUTHORITIES, date(2027, 3, 1))[0]
    assert not rules.this_year([held()], AUTHORITIES, date(2026, 3, 1))[0]


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"senior": ("council",)}, "senior people of The police"),
        ({"has_notice": False}, "notice beforehand"),
        ({"has_note": False}, "a note of what was said"),
    ],
)
def test_what_a_meeting_lacks_is_said(lacking, words):
    is_held, told = rules.this_year([held(**lacking)], AUTHORITIES, DAY)
    assert not is_held and words in told


def test_a_whole_meeting_counts_though_a_later_one_lacks_something():
    assert rules.this_year([held(), held(date(2026, 5, 1), senior=())], AUTHORITIES, DAY)[0]


def test_a_public_meeting_needs_notice_and_a_stall_does_not():
    rules.check_announced("stall", "A stall", "The market", "")
    with pytest.raises(CsplanError, match="notice"):
        rules.check_announced("public-meeting", "A meeting", "The hall", " ")
    with pytest.raises(CsplanError, match="Choose what it is"):
        rules.check_announced("party", "A party", "The hall", "")


def test_whom_events_reached():
    reached, not_reached = rules.split({"E1": ["a", "b"], "E2": ["c"]}, {"E1": {"a": 3, "b": 0}, "E2": {"d": 1}})
    assert reached == {"a", "d"} and not_reached == {"b", "c"}


def test_numbers_of_people_are_numbers_of_people():
    with pytest.raises(CsplanError, match="whole number"):
        rules.check_came({"a": -1}, 0)
    with pytest.raises(CsplanError, match="whole number"):
        rules.check_came({}, rules.MOST + 1)
