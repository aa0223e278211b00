"""Dated events on the series in words: beneath a chart, and as a list of all that touch an area."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from csplan.evidence import series_events, types
from csplan.evidence.plain_words import capital, listed
from csplan.evidence.series_events import SeriesEvent

#: A drawing has room for so many flags.
MOST_FLAGS = 4


def beneath(events: Sequence[SeriesEvent], held: Collection[str]) -> dict[str, Any]:
    """What a chart says of its events: {flags, flagged, others}.

    flags : months drawn with a numbered flag, at most four, and `flagged` their words in that order
    others : of events whose month is not drawn, or not known: what is missing last
    """
    flagged = [e for e in events if not e.spans and e.begins.from_month == e.begins.to_month and e.begins.from_month in held]
    first = flagged[:MOST_FLAGS]
    rest = sorted((event for event in events if event not in first), key=lambda event: event.while_not_held)
    flags = tuple(event.begins.from_month for event in first)
    return {"flags": flags, "flagged": [sentence(event) for event in first], "others": [sentence(event) for event in rest]}


def sentence(event: SeriesEvent) -> str:
    """When, what, and who says so."""
    return f"{event.words} {event.source_words}"


def listing(code: str, held: Sequence[str], day: date) -> list[dict[str, Any]]:
    """Every event known by the day that touches an area or a part of it, for the page of data.

    An event of some small areas or divisions does not touch the whole: it is listed too, with what it touches.
    """
    told = [event.told(held) for event in series_events.of_county(code, day=day)]
    return [_row(event) for event in told if event is not None]


def _row(event: SeriesEvent) -> dict[str, Any]:
    return event.as_json() | {
        "when": capital(event.when),
        "kind_words": capital(series_events.KINDS[event.kind]),
        "touches": touches_words(event),
        "comparing": "No comparison is made across it."
        if event.breaks
        else event.comparable_because or "Figures may be compared across it.",
    }


def touches_words(event: SeriesEvent) -> str:
    """Whose figures it touches, in words."""
    parts = {"lsoa": "small areas", "msoa": "neighbourhoods", "division": "electoral divisions", "local": "local areas"}
    where = ["small areas whose limits changed"] if event.changed_small_areas else [parts.get(t, t) for t in event.area_types]
    of = [types.get(topic).title.lower() for topic in event.topics]
    return capital("; ".join(listed(some) for some in (where, of) if some)) or "Every figure"
