"""Which points of a series stand out from its own usual range.

A control chart draws the mean of a series and the range its points usually keep to, and marks the points that ask for a
question: what was different then? It does not say that anything changed; a yearly season alone can raise a signal. It is never
the ground of a finding: the verdict on a change comes from `change`.
"""

from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from csplan.statistics.inputs import Array, Many, amounts

#: Three standard deviations, said in mean moving ranges: 3 / 1.128.
LIMIT = 2.66
#: A step of this many mean moving ranges or more is left out of the mean: it tells of an event and not of the usual unrest.
LARGEST_STEP = 3.267
#: Counts with a mean below this are too lopsided for limits made from moving ranges.
FEW = 5
RUN = 7

Signal = Literal["outside", "trend", "near_limits", "run"]


@dataclass(frozen=True)
class ControlChart:
    """A series with its mean, its usual range, and the signal (if any) at each point.

    values : tuple of float               as given; NaN where missing
    mean : float                          of the baseline; NaN when nothing is known of it
    low, high : float                     the usual range, the lower end 0 at least; NaN when there are too few points to tell
    signals : tuple                       None, "outside", "trend", "near_limits" or "run" for each point
    baseline : tuple of int, or None      places of the points the mean and range were made from; None for all of them
    method : str                          "xmr" from moving ranges, "poisson" for counts with a mean below 5
    notes : tuple of str                  what a reader must be told of the values, such as that a season was taken out
    """

    values: tuple[float, ...]
    mean: float
    low: float
    high: float
    signals: tuple[Signal | None, ...]
    baseline: tuple[int, ...] | None
    method: Literal["xmr", "poisson"]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Range:
    """The lines that the rules ask about, one for all points or one for each.

    An unusual point lies beyond `near`, an extreme one beyond `limit`.
    """

    centre: float | Array
    near_low: float | Array
    near_high: float | Array
    limit_low: float | Array
    limit_high: float | Array

    @property
    def known(self) -> bool:
        """Whether there were points enough to tell a range."""
        return not np.isnan(self.limit_high).all()


def xmr(values: Many, *, baseline: ArrayLike | slice | None = None) -> ControlChart:
    """A control chart of single values in order of time (months, quarters).

    values : float array (points,)     counts, rates or shares, zero or more; NaN is a gap
    baseline : places, slice or None   the points that mean and range are made from; None for all
    Returns ControlChart(values, mean, low, high, signals, baseline, method, notes)

    Moving ranges are the steps between neighbours, both held and both in the baseline. Their mean is a; steps of 3.267 a or more
    are left out once and a is taken again. Limits: mean -/+ 2.66 a. Near a limit: beyond two thirds of the way to it.

    Signals; a point gets the first that holds:

    1. "outside": beyond a limit.
    2. "trend": one of 7 points or more that rise, or fall, at every step.
    3. "near_limits": near a limit and not outside, among three neighbours all on one side of the mean of which at least two are
       so.
    4. "run": one of 7 points or more on one side of the mean.

    A gap ends every run and trend, and no step is taken over it. A point on the mean is on neither side.

    Whole numbers with a baseline mean below 5 are rare events. Moving ranges give them limits that many quiet months break, so
    the Poisson distribution is asked instead. high is the least count that 99.865% of months do not go beyond, the share that
    three standard deviations leave below; near a limit is beyond the least count for 97.725%, the share of two; low and near it
    likewise for 0.135% and 2.275%. The side is that of the middle count (the median) in place of the mean: with a mean of one
    half most months lie below it by nature. From a baseline without any event no range can be told.

    Raises ValueError naming the first negative or endless value, or a place that is not in the series; also when `baseline`
    names no point.

    Source: Wheeler (2000) for the limits; NHS England, Making Data Count, for the rules.

    >>> chart = xmr([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> round(chart.mean, 2), round(chart.low, 2), round(chart.high, 2)
    (50.81, 45.82, 55.8)
    >>> xmr([4, 6, 5, 4, 6, 5, 4, 6, 15]).signals[-1]
    'outside'
    """
    y = amounts(values, "values")
    if y.ndim != 1:
        raise ValueError(f"values have shape {y.shape}: they must be one list")
    places = _baseline(baseline, y.size)
    mean = _mean(y[places])
    few = mean < FEW and bool((y[~np.isnan(y)] % 1 == 0).all())
    lines = _poisson_range(mean) if few else _moving_range(y, places, mean)
    return ControlChart(
        tuple(y.tolist()),
        mean,
        float(np.maximum(0.0, lines.limit_low)),
        float(lines.limit_high),
        _signals(y, lines),
        None if baseline is None else tuple(places.tolist()),
        "poisson" if few else "xmr",
    )


def _baseline(baseline: ArrayLike | slice | None, points: int) -> NDArray[np.intp]:
    """The places of the baseline, in order."""
    every = np.arange(points)
    if baseline is None:
        return every
    if isinstance(baseline, slice):
        places = every[baseline]
    else:
        places = np.unique(np.asarray(baseline, dtype=np.intp))
        for place in places.tolist():
            if not 0 <= place < points:
                raise ValueError(f"baseline names the point {place}: the series has points 0 to {points - 1}")
    if not places.size:
        raise ValueError("baseline names no point")
    return np.sort(places)


def _mean(values: Array) -> float:
    held = values[~np.isnan(values)]
    return float(held.mean()) if held.size else nan


def _moving_range(y: Array, places: NDArray[np.intp], mean: float) -> _Range:
    neighbours = places[:-1][np.diff(places) == 1]
    steps = np.abs(y[neighbours + 1] - y[neighbours])
    steps = steps[~np.isnan(steps)]
    if not steps.size:
        return _Range(mean, nan, nan, nan, nan)
    usual = steps[steps < LARGEST_STEP * steps.mean()]
    # All steps are zero when none is below the line: then the series has no unrest at all.
    reach = LIMIT * float(usual.mean()) if usual.size else 0.0
    near = 2 / 3 * reach
    return _Range(mean, mean - near, mean + near, mean - reach, mean + reach)


def _poisson_range(mean: float | Array) -> _Range:
    """The lines for rare events of this mean, or of each of these means below 5."""
    from scipy.special import ndtr, pdtr

    unknown = np.isnan(mean) | (mean == 0)
    up_to = pdtr.outer(np.arange(10 * FEW), mean)

    def count(share: float) -> Array:
        """The smallest count that at least this share of months does not go beyond."""
        return np.where(unknown, nan, np.argmax(up_to >= share, axis=0))

    return _Range(count(0.5), count(ndtr(-2)), count(ndtr(2)), count(ndtr(-3)), count(ndtr(3)))


def _signals(y: Array, lines: _Range) -> tuple[Signal | None, ...]:
    # A point parted from a line by rounding alone lies on it.
    slack = 1e-9 * np.abs(lines.centre)
    side = np.where(np.abs(y - lines.centre) <= slack, 0.0, np.sign(y - lines.centre))
    outside = (y < lines.limit_low - slack) | (y > lines.limit_high + slack)
    near = ((y < lines.near_low - slack) | (y > lines.near_high + slack)) & ~outside
    # From the weakest rule to the strongest, so that the strongest stands.
    rules: tuple[tuple[Signal, list[int]], ...] = (
        ("run", _runs(side, RUN) if lines.known else []),
        ("near_limits", _two_of_three(side, near)),
        ("trend", _trends(np.sign(np.diff(y)))),
        ("outside", np.flatnonzero(outside).tolist()),
    )
    marks: list[Signal | None] = [None] * y.size
    for signal, places in rules:
        for i in places:
            marks[i] = signal
    return tuple(marks)


def _runs(signs: Array, length: int) -> list[int]:
    """Places in a stretch of at least `length` equal signs; zero and NaN belong to none."""
    places: list[int] = []
    start = 0
    for i in range(1, signs.size + 1):
        if i == signs.size or signs[i] != signs[start]:
            if i - start >= length and abs(signs[start]) == 1:
                places += range(start, i)
            start = i
    return places


def _trends(steps: Array) -> list[int]:
    """Places of the points at both ends of each step in a long enough stretch of steps one way."""
    return sorted({point for step in _runs(steps, RUN - 1) for point in (step, step + 1)})


def _two_of_three(side: Array, near: NDArray[np.bool_]) -> list[int]:
    places: set[int] = set()
    for i in range(side.size - 2):
        three = range(i, i + 3)
        if abs(side[i : i + 3].sum()) == 3 and near[i : i + 3].sum() >= 2:
            places.update(j for j in three if near[j])
    return sorted(places)
