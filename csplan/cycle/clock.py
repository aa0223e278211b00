"""The partnership's clock: one place to ask what time it is, and the one place that can be told.

It drives the partnership's time only (what is open, due, published). Sign-in, lock-outs, signed links and log
lines use the machine's own clock. A clock started at a day begins at 09:00 there and runs on with the process.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

from csplan.errors import CsplanError

LONDON = ZoneInfo("Europe/London")
MORNING = time_of_day(9, 0)

_held: ContextVar[datetime | None] = ContextVar("held instant", default=None)
_started: tuple[datetime, float] | None = None


def now() -> datetime:
    """This instant, in UTC: the one held by `at`, else the started clock's, else the machine's."""
    held = _held.get()
    if held is not None:
        return held
    if _started is not None:
        begin, tick = _started
        return begin + timedelta(seconds=time.monotonic() - tick)
    return datetime.now(UTC)


def today() -> date:
    """The day in London."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The London day of an instant."""
    return instant.astimezone(LONDON).date()


def london(day: date, at: time_of_day = time_of_day(0, 0)) -> datetime:
    """An instant given as a London day and time of day, in UTC."""
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first instant of a London day, in UTC."""
    return london(day)


def end_of(day: date) -> datetime:
    """The first instant after a London day: what closes on 14 February closes here."""
    return london(day + timedelta(days=1))


def parse(text: str) -> datetime:
    """An instant from `2020-01-09` (09:00 that day, London) or `2020-02-14T23:59:59` (London unless it ends in Z)."""
    try:
        if "T" not in text:
            return london(date.fromisoformat(text), MORNING)
        instant = datetime.fromisoformat(text)
    except ValueError as e:
        raise CsplanError(f"“{text}” is not a day or an instant. Write it as 2020-01-09 or 2020-02-14T23:59:59.") from e
    return (instant if instant.tzinfo else instant.replace(tzinfo=LONDON)).astimezone(UTC)


def start(as_at: str | None = None) -> None:
    """Start the clock at `as_at`, or at CSPLAN_AS_AT, or let it be the machine's."""
    global _started
    text = as_at or os.environ.get("CSPLAN_AS_AT")
    _started = (parse(text), time.monotonic()) if text else None


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Hold the clock at one instant: for replaying what happened, and for tests."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    token = _held.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)


def hour(instant: datetime) -> datetime:
    """The instant cut to its hour: all that may be kept of when a person answered."""
    return instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
