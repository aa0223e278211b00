from datetime import date, datetime

import pytest

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.website import reading_day

NOON = datetime(2020, 3, 1, 12, 0, tzinfo=clock.LONDON)


@pytest.fixture(autouse=True)
def first_of_march_2020():
    with clock.at(NOON):
        yield


@pytest.mark.parametrize("text", [None, "", "2020-03-01"])
def test_today_is_read_at_this_instant(text):
    reading = reading_day.read(text)
    assert (reading.day, reading.at, reading.is_earlier) == (date(2020, 3, 1), NOON, False)


def test_an_earlier_day_is_read_at_its_last_instant():
    reading = reading_day.read("2020-02-14")
    assert reading.is_earlier and reading.day == date(2020, 2, 14) and reading.today == date(2020, 3, 1)
    assert reading.at < clock.end_of(date(2020, 2, 14)) <= clock.start_of(date(2020, 2, 15))
    assert clock.day_of(reading.at) == date(2020, 2, 14)


def test_an_instant_may_be_read_too():
    reading = reading_day.read("2020-02-14T10:30:00")
    assert reading.at == datetime(2020, 2, 14, 10, 30, tzinfo=clock.LONDON)


@pytest.mark.parametrize("text", ["2020-03-02", "2020-03-01T12:00:01"])
def test_a_day_to_come_is_refused(text):
    with pytest.raises(CsplanError, match=r"has not come yet here. Choose a day up to 1 March 2020\."):
        reading_day.read(text)


def test_what_is_no_day_is_refused():
    with pytest.raises(CsplanError, match="is not a day"):
        reading_day.read("yesterday")


def test_links_keep_an_earlier_day():
    with reading_day.hold(reading_day.read("2020-02-14")):
        assert reading_day.link("/p/plans/") == "/p/plans/?as_at=2020-02-14"
        assert reading_day.link("/p/search/?q=Shildon+East#top") == "/p/search/?q=Shildon+East&as_at=2020-02-14#top"
        assert reading_day.link("/p/?as_at=2019-12-17") == "/p/?as_at=2020-02-14"


def test_links_of_today_are_plain():
    assert reading_day.link("/p/plans/?a=1") == "/p/plans/?a=1"


def test_the_same_page_on_another_day():
    assert reading_day.on_day("/p/?q=a&as_at=2020-02-14", date(2019, 12, 17)) == "/p/?q=a&as_at=2019-12-17"
    assert reading_day.on_day("/p/?q=a&as_at=2020-02-14", None) == "/p/?q=a"


def test_a_day_held_ends_with_its_page():
    with reading_day.hold(reading_day.read("2020-02-14")):
        pass
    assert not reading_day.current().is_earlier
