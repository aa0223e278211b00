"""The day that a page is read as at: `?as_at=2020-01-09` on any address.

Reading an earlier day shows what stood at the end of it, and nothing later: every page asks records and evidence with
`request.reading`, never with the clock. The clock itself stays where it is, because a person's roles are those of today.
Nothing can be written on an earlier day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from csplan.cycle import calendar, clock
from csplan.errors import CsplanError


@dataclass(frozen=True)
class ReadingDay:
    """day : the London day read; at : the last instant of it that may show; today : the partnership's own day."""

    day: date
    at: datetime
    today: date
    text: str  # as it stands in addresses; empty when today is read

    @property
    def is_earlier(self) -> bool:
        return bool(self.text)


_current: ContextVar[ReadingDay | None] = ContextVar("reading day", default=None)


def current() -> ReadingDay:
    """The day of the page being made; today outside a page."""
    return _current.get() or read(None)


def read(text: str | None) -> ReadingDay:
    """The reading day from what stands after `as_at=`. Raises CsplanError on what is no day, or a day still to come."""
    now, today = clock.now(), clock.today()
    if not text:
        return ReadingDay(today, now, today, "")
    instant = clock.parse(text)
    day = clock.day_of(instant)
    if day > today or (day == today and instant > now and "T" in text):
        raise CsplanError(f"{calendar.in_words(day)} has not come yet here. Choose a day up to {calendar.in_words(today)}.")
    if "T" in text:
        return ReadingDay(day, instant, today, text)
    if day == today:
        return ReadingDay(today, now, today, "")
    return ReadingDay(day, clock.end_of(day) - timedelta(microseconds=1), today, text)


@contextmanager
def hold(reading: ReadingDay) -> Iterator[None]:
    """Make everything inside read as at this day."""
    token = _current.set(reading)
    try:
        yield
    finally:
        _current.reset(token)


def link(path: str) -> str:
    """An address of this site that keeps the reading day: every link inside a page is made by this."""
    reading = current()
    return _dated(path, reading.text) if reading.is_earlier else path


def on_day(path: str, day: date | None) -> str:
    """The same address read as at another day; today for None."""
    return _dated(path, day.isoformat() if day else "")


def _dated(path: str, text: str) -> str:
    parts = urlsplit(path)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "as_at"]
    if text:
        query.append(("as_at", text))
    return urlunsplit(parts._replace(query=urlencode(query)))
