"""Polling days that a consultation keeps clear of: general elections, and the ordinary day of local elections.

Which elections an area holds in a year is not known here; the ordinary day is told as a note.
"""

from datetime import date, timedelta

from csplan.cycle import calendar

GENERAL_ELECTIONS = (
    date(2005, 5, 5),
    date(2010, 5, 6),
    date(2015, 5, 7),
    date(2017, 6, 8),
    date(2019, 12, 12),
    date(2024, 7, 4),
)
#: Years in which the ordinary day was moved to that of the European election, or put off (None).
MOVED: dict[int, date | None] = {
    2004: date(2004, 6, 10),
    2009: date(2009, 6, 4),
    2014: date(2014, 5, 22),
    2020: None,
}
#: Notice of an election is given at the latest so many working days before the poll.
NOTICE = 25


def ordinary_day(year: int) -> date | None:
    """The first Thursday in May, or the day it was moved to; None where there was none."""
    if year in MOVED:
        return MOVED[year]
    first = date(year, 5, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7)


def begins(poll: date) -> date:
    """The first day of the time before a poll: that of its notice."""
    day, left = poll, NOTICE
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return day


def general_in(first: date, last: date) -> list[date]:
    """General elections whose time before the poll touches these days."""
    return [poll for poll in GENERAL_ELECTIONS if first <= poll and begins(poll) <= last]


def ordinary_in(first: date, last: date) -> list[date]:
    """Ordinary days of local elections whose time before the poll touches these days."""
    polls = (ordinary_day(year) for year in range(first.year, last.year + 1))
    return [poll for poll in polls if poll and first <= poll and begins(poll) <= last]
