"""Months worth asking about: what a control chart marks, which way it points, and the words for it.

A signal is a question and never the ground of a finding (DECISIONS 19). It carries a judgement only where the indicator
has a good and a bad direction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from csplan.cycle import kpi, periods
from csplan.documents import sentences
from csplan.evidence.plain_words import capital, listed, months_said, number
from csplan.statistics.control_chart import ControlChart

#: How a mark is drawn and what it means, in words.
MEANINGS: dict[str, str] = {
    "improvement": "Better than usual: worth asking about",
    "concern": "Worse than usual: worth asking about",
    "question": "Unusual: worth asking about",
}


class Limits(Protocol):
    """The average of a series and the edges of its usual range."""

    @property
    def mean(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


@dataclass(frozen=True)
class Signal:
    """Neighbouring months that one rule marks: `kind` as in `csplan.cycle.kpi.SIGNALS`, `direction` up or down."""

    kind: str
    direction: str
    months: tuple[str, ...]


def known(limits: Limits | None) -> Limits | None:
    """The limits, or None where a chart has none to show: with too few points they are not a number."""
    return limits if limits is not None and limits.high == limits.high else None


def found(months: Sequence[str], chart: ControlChart) -> tuple[Signal, ...]:
    """The chart's signals, neighbouring months of one kind and direction together.

    months : one for each value of the chart, in order, months not held included
    """
    out: list[Signal] = []
    last = -1  # the place of the last month marked
    for i, (month, kind) in enumerate(zip(months, chart.signals, strict=True)):
        if kind is None:
            continue
        way = _direction(chart, i, kind)
        if last == i - 1 and out and (out[-1].kind, out[-1].direction) == (kind, way):
            out[-1] = Signal(kind, way, (*out[-1].months, month))
        else:
            out.append(Signal(kind, way, (month,)))
        last = i
    return tuple(out)


def _direction(chart: ControlChart, i: int, kind: str) -> str:
    """Up or down: beside the average, but for a trend beside the neighbouring month of the same trend."""
    if kind != "trend":
        return "up" if chart.values[i] > chart.mean else "down"
    before = i > 0 and chart.signals[i - 1] == "trend"
    earlier, later = (i - 1, i) if before else (i, min(i + 1, len(chart.values) - 1))
    return "up" if chart.values[later] > chart.values[earlier] else "down"


def meaning(signal: Signal, polarity: str) -> str:
    """improvement, concern, or question where neither way is better."""
    bad = kpi.is_bad(polarity, signal.direction)
    return "question" if bad is None else "concern" if bad else "improvement"


def marks(signals: Sequence[Signal], polarity: str) -> dict[str, str]:
    """{month: meaning} for a chart to draw."""
    return {month: meaning(s, polarity) for s in signals for month in s.months}


def headline(signals: Sequence[Signal], held: int) -> str:
    """What the chart of so many held months shows, without its full stop."""
    several = sum(len(s.months) for s in signals)
    if not several:
        return "Every month held lies within the usual range"
    return f"{capital(number(several))} of {held} months {'is' if several == 1 else 'are'} worth asking about"


def in_words(signals: Sequence[Signal]) -> str:
    """One sentence for all the signals, which months and which way; the plain truth where there is none."""
    if not signals:
        return "Every month held lies within the usual range."
    clauses = [*_singled_out(signals, "outside"), *_runs(signals), *_singled_out(signals, "near_limits"), *_trends(signals)]
    return f"Worth asking about: {'; '.join(clauses)}."


def _singled_out(signals: Sequence[Signal], kind: str) -> list[str]:
    """Months that stand out by themselves, those of one direction together."""
    out = []
    for way, side, edge in (("up", "above", "upper"), ("down", "below", "lower")):
        spans = [months_said(s.months) for s in signals if (s.kind, s.direction) == (kind, way)]
        several = len(spans) > 1 or any(len(s.months) > 1 for s in signals if (s.kind, s.direction) == (kind, way))
        place = f"{side} the usual range" if kind == "outside" else f"close to the {edge} edge of the usual range"
        if spans:
            out.append(f"{listed(spans)} {'lie' if several else 'lies'} {place}")
    return out


def _runs(signals: Sequence[Signal]) -> list[str]:
    """Runs on one side of the average, with those of their months that a stronger rule has marked."""
    spans: list[Signal] = []
    for s in signals:
        last = spans[-1] if spans else None
        if s.kind == "trend":
            continue
        if last and last.direction == s.direction and periods.months_apart(last.months[-1], s.months[0]) == 1:
            spans[-1] = Signal("run" if "run" in (last.kind, s.kind) else s.kind, s.direction, (*last.months, *s.months))
        else:
            spans.append(s)
    return [
        f"{months_said(s.months)} lie {'above' if s.direction == 'up' else 'below'} the average, "
        f"{number(len(s.months)) if len(s.months) >= 7 else 'part of seven or more'} in a row"
        for s in spans
        if s.kind == "run"
    ]


def _trends(signals: Sequence[Signal]) -> list[str]:
    return [
        f"{months_said(s.months)} {'rise' if s.direction == 'up' else 'fall'} from month to month"
        for s in signals
        if s.kind == "trend"
    ]


def digits_of(values: Iterable[float], limits: Limits | None) -> int:
    """How many decimals a series and its usual range carry: none for counts that reach ten, one for all else."""
    held = list(values)
    return 0 if max([*held, limits.high if limits else 0]) >= 10 and all(v == int(v) for v in held) else 1


def describe(months: Mapping[str, float], *, limits: Limits | None, signals: Sequence[Signal] = ()) -> str:
    """The text alternative of a line of months: what is held, its range, its usual range, and what is worth asking about."""
    held, limits = sorted(months), known(limits)
    gaps = len(periods.between(held[0], held[-1])) - len(held)
    whole = 0 if all(v == int(v) for v in months.values()) else 1
    low, high, last = (f"{v:,.{whole}f}" for v in (min(months.values()), max(months.values()), months[held[-1]]))
    words = [
        f"{periods.month_in_words(held[0])} to {periods.month_in_words(held[-1])}"
        + (f", {sentences.count(gaps, 'month')} not held" if gaps else "")
        + f": between {low} and {high} a month, {last} in the last."
    ]
    if limits is not None:
        digits = digits_of(months.values(), limits)
        average, least, most = (f"{v:,.{digits}f}" for v in (limits.mean, limits.low, limits.high))
        words.append(f"The average is {average} and the usual range {least} to {most}.")
        words.append(in_words(signals))
    return " ".join(words)
