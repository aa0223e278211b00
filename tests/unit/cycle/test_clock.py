"""The clock that can be set, and London's days across the change to summer time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from csplan.cycle import clock
from csplan.errors import CsplanError


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2020-01-09", datetime(2020, 1, 9, 9, 0, tzinfo=UTC)),  # a day is its morning
        ("2020-07-09", datetime(2020, 7, 9, 8, 0, tzinfo=UTC)),  # nine o'clock in London is eight in summer
        ("2020-02-14T23:59:59", datetime(2020, 2, 14, 23, 59, 59, tzinfo=UTC)),
        ("2020-06-14T23:59:59", datetime(2020, 6, 14, 22, 59, 59, tzinfo=UTC)),
        ("2020-06-14T23:59:59Z", datetime(2020, 6, 14, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_as_london_unless_it_says_otherwise(text, instant):
    assert clock.parse(text) == instant


@pytest.mark.parametrize("text", ["9 January 2020", "2020-13-01", "", "2020-01-09T25:00"])
def test_what_is_no_day_is_refused_in_words(text):
    with pytest.raises(CsplanError, match="is not a day or an instant. Write it as"):
        clock.parse(text)


def test_a_started_clock_runs_on():
    try:
        clock.start("2020-01-09")
        first = clock.now()
        assert clock.today() == date(2020, 1, 9)
        assert timedelta() <= clock.now() - first < timedelta(minutes=5)
    finally:
        clock.start(None)
    assert clock.today().year >= 2026


def test_a_held_clock_stands_still_and_is_given_back():
    moment = datetime(2020, 3, 9, 14, tzinfo=UTC)
    with clock.at(moment):
        assert clock.now() == clock.now() == moment
    assert clock.now() != moment


@pytest.mark.parametrize(
    ("day", "first_instant_after"),
    [
        (date(2020, 2, 14), datetime(2020, 2, 15, 0, 0, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 29, 0, 0, tzinfo=UTC)),  # the day before the clocks go forward
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),  # the short day
        (date(2026, 10, 24), datetime(2026, 10, 24, 23, 0, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),  # the long day
    ],
)
def test_the_end_of_a_day_is_the_first_instant_after_it_in_london(day, first_instant_after):
    assert clock.end_of(day) == first_instant_after


def test_a_time_without_its_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2020, 1, 1)):
        pass
