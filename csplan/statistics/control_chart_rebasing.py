"""A series whose usual range was set anew, each time for a reason that is written down.

When what is counted or how it is done has changed for good, points after the change must not be judged by points before it. The
series is parted there and each part has a mean and a range of its own. A part can hide what it was meant to show, so no series is
parted without a reason that a reader can weigh.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from csplan.statistics.control_chart import ControlChart, Signal, xmr
from csplan.statistics.inputs import Many, amounts

#: A range made from fewer points than this moves much when points are added.
FEWEST_POINTS = 12


@dataclass(frozen=True)
class Part:
    """The points from one step up to the next, charted by themselves.

    start, end : int       place of the first point, and the place after the last
    reason : str           why the range was set anew here; empty for the first part
    chart : ControlChart   of these points alone
    """

    start: int
    end: int
    reason: str
    chart: ControlChart


@dataclass(frozen=True)
class RebasedChart:
    """A series in parts, each with its own mean and range.

    values : tuple of float   the whole series as given; NaN where missing
    signals : tuple           None or the signal of each point, each judged within its own part
    parts : tuple of Part     in order; they cover the series
    notes : tuple of str      what a reader must be told: each step with its reason, and each part of few points
    """

    values: tuple[float, ...]
    signals: tuple[Signal | None, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]


def rebased(values: Many, steps: Sequence[tuple[int, str]]) -> RebasedChart:
    """A control chart whose mean and range are set anew at each step.

    values : float array (points,)     counts, rates or shares, zero or more; NaN is a gap
    steps : list of (place, reason)    the first point of each new part, in rising order, and why it starts there
    Returns RebasedChart(values, signals, parts, notes)

    Each part is charted by `xmr` as if it stood alone, so no moving range, run or trend crosses a step. A part with fewer than 12
    known points gets a note: its range may still move much. The last part is the one to hold a target against.

    Raises ValueError when a reason is empty, when a place is not after the first point and within the series, or when places do
    not rise; also for values as `xmr`.

    Source: NHS England, Making Data Count, for limits recalculated at a known change. That each step needs a reason, and the
    note below 12 points, are this program's own rules.

    >>> chart = rebased([50, 54] * 6 + [30, 33] * 6, [(12, "Recording moved to a new system")])
    >>> [(part.start, part.end, part.chart.mean) for part in chart.parts]
    [(0, 12, 52.0), (12, 24, 31.5)]
    >>> set(chart.signals)
    {None}
    """
    y = amounts(values, "values")
    if y.ndim != 1:
        raise ValueError(f"values have shape {y.shape}: they must be one list")
    _refuse_steps(steps, y.size)
    edges = [0, *(place for place, _ in steps), y.size]
    reasons = ["", *(reason.strip() for _, reason in steps)]
    parts = tuple(
        Part(start, end, reason, xmr(y[start:end])) for (start, end), reason in zip(pairwise(edges), reasons, strict=True)
    )
    signals = tuple(signal for part in parts for signal in part.chart.signals)
    return RebasedChart(tuple(y.tolist()), signals, parts, tuple(note for part in parts for note in _notes(part)))


def _refuse_steps(steps: Sequence[tuple[int, str]], points: int) -> None:
    before = 0
    for i, (place, reason) in enumerate(steps):
        if not reason.strip():
            raise ValueError(f"steps[{i}] gives no reason: a range is set anew only for a reason that can be read")
        if not 1 <= place < points:
            raise ValueError(f"steps[{i}] starts at the point {place}: it must lie from 1 to {points - 1}")
        if place <= before:
            raise ValueError(f"steps[{i}] starts at the point {place}: it must come after the step before it, at {before}")
        before = place


def _notes(part: Part) -> list[str]:
    notes = [f"The usual range is set anew from point {part.start + 1}: {part.reason}."] if part.reason else []
    known = sum(value == value for value in part.chart.values)
    if known < FEWEST_POINTS:
        values = "value" if known == 1 else "values"
        notes.append(f"The range from point {part.start + 1} rests on {known} {values} and may still move much.")
    return notes
