"""The audit chain: who did what, when, each event holding the hash of the one before.

An event is written in the transaction of the change it tells of. Numbers have no gap and times never fall, so an
event taken out, put in or altered is named by `verify`. Answers of residents are here without anything that leads
to them: the hour, and a commitment that only the answer itself opens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csplan.cycle import calendar, clock
from csplan.errors import CsplanError
from csplan.records import canonical
from csplan.records.models import AuditEvent

NO_HASH = "0" * 64
#: Columns that the hash covers, in the words of the event.
COVERED = ("number", "at", "by", "role", "action", "partnership", "subject_kind", "subject_ref", "detail", "previous_hash")


@dataclass(frozen=True)
class Problem:
    """Something wrong with the chain, at one event."""

    number: int
    words: str


def last() -> AuditEvent | None:
    """The newest event; None while nothing was written."""
    return AuditEvent.objects.order_by("-number").first()


def moment(at: datetime, newest: AuditEvent | None) -> datetime:
    """The time under which something that happens at `at` is written: never before the newest event.

    Clocks of two processes differ by a little, and a demonstration's clock starts again at nine each morning: within the
    last event's day its time is taken. A write dated on an earlier day is refused.
    """
    lifted = not_falling(at, newest)
    if clock.day_of(at) == clock.day_of(lifted):
        return lifted
    day = clock.day_of(at)
    raise CsplanError(
        f"This folder already holds something done on {calendar.in_words(clock.day_of(lifted))}, so nothing more can be done "
        f"as on {calendar.in_words(day)}. Build that day in a folder of its own: csplan demo --as-at {day} --data FOLDER."
    )


def not_falling(at: datetime, newest: AuditEvent | None) -> datetime:
    """The instant, or the newest event's where that is later: times in the chain never fall."""
    return max(at, newest.at) if newest else at


def append(
    *,
    newest: AuditEvent | None,
    at: datetime,
    by: str,
    role: str,
    action: str,
    partnership: str,
    kind: str,
    ref: str,
    detail: dict[str, Any],
) -> AuditEvent:
    """Write the next event. newest : the one before, as it stands in the same transaction;  at : of `moment`"""
    event = AuditEvent(
        number=newest.number + 1 if newest else 1,
        at=at,
        by=by,
        role=role,
        action=action,
        partnership=partnership,
        subject_kind=kind,
        subject_ref=ref,
        detail=detail,
        previous_hash=newest.hash if newest else NO_HASH,
    )
    event.hash = fingerprint(event)
    event.save(force_insert=True)
    return event


def fingerprint(event: AuditEvent) -> str:
    """What the event's hash must be."""
    return canonical.sha256({column: getattr(event, column) for column in COVERED})


def verify() -> list[Problem]:
    """Everything that is wrong with the chain, by number; empty when it stands."""
    return list(_problems())


def _problems() -> Iterator[Problem]:
    expected, previous, at = 1, NO_HASH, None
    for event in AuditEvent.objects.order_by("number").iterator(chunk_size=1000):
        if event.number != expected:
            yield Problem(event.number, f"Event {expected} is missing: after {expected - 1} comes {event.number}.")
        elif event.previous_hash != previous:
            yield Problem(event.number, f"Event {event.number} does not hold the hash of the event before it.")
        if fingerprint(event) != event.hash:
            yield Problem(event.number, f"Event {event.number} was altered: its hash does not fit what it says.")
        if at is not None and event.at < at:
            yield Problem(event.number, f"Event {event.number} is earlier than the event before it.")
        expected, previous, at = event.number + 1, event.hash, event.at
