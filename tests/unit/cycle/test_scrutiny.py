"""The 28 days in which a body answers the crime and disorder committee."""

from datetime import date

import pytest

from csplan.cycle import scrutiny
from csplan.errors import CsplanError


@pytest.mark.parametrize(
    ("made_on", "due"),
    [
        (date(2020, 1, 9), date(2020, 2, 6)),
        (date(2020, 2, 3), date(2020, 3, 2)),  # over the leap day
        (date(2021, 2, 3), date(2021, 3, 3)),
        (date(2019, 12, 10), date(2020, 1, 7)),
    ],
)
def test_the_last_day_is_the_28th_after_the_report(made_on, due):
    assert scrutiny.respond_by(made_on) == due


DUE = date(2020, 2, 6)


@pytest.mark.parametrize(
    ("came_on", "today", "words", "overdue"),
    [
        (None, date(2020, 2, 5), "An answer is due by 6 February 2020, in 1 day.", False),
        (None, date(2020, 2, 6), "An answer is due by 6 February 2020, today.", False),
        (None, date(2020, 2, 7), "Overdue: an answer was due by 6 February 2020, 1 day ago.", True),
        (date(2020, 2, 6), date(2020, 3, 1), "Answered on 6 February 2020, within the 28 days.", False),
        (date(2020, 2, 9), date(2020, 3, 1), "Answered on 9 February 2020, 3 days late.", False),
    ],
)
def test_the_clock_says_where_the_days_stand(came_on, today, words, overdue):
    assert scrutiny.clock_in_words(DUE, came_on, today) == words
    assert scrutiny.is_overdue(DUE, came_on, today) is overdue


def test_a_report_of_a_day_to_come_is_refused():
    with pytest.raises(CsplanError, match="still to come"):
        scrutiny.check_made_on(date(2020, 1, 10), date(2020, 1, 9))
