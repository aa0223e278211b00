"""Which rates of a series stand out when each was counted over its own number of people or days.

A rate over few people swings more by chance than one over many. So each point has limits of its own: wide where it was counted
over few, narrow where over many. The rules for a signal are those of `control_chart`.
"""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from csplan.statistics.control_chart import FEW, Signal, _baseline, _poisson_range, _Range, _signals
from csplan.statistics.inputs import Array, Many, amounts, refuse_unequal
from csplan.statistics.inputs import exposures as checked_exposures

#: Standard deviations from the mean to a limit, and to where a point is near one.
LIMIT, NEAR = 3, 2


@dataclass(frozen=True)
class UChart:
    """A series of rates with its mean, a usual range for each point, and the signal (if any) at each point.

    values : tuple of float            events for each `per`; NaN where missing
    mean : float                       all events of the baseline over all its exposure; NaN when nothing is known of it
    low, high : tuple of float         the usual range at each point, the lower end 0 at least; NaN where it cannot be told
    signals : tuple                    None, "outside", "trend", "near_limits" or "run" for each point
    baseline : tuple of int, or None   places of the points the mean was made from; None for all of them
    exact : tuple of bool              True where the range is of the Poisson distribution, as fewer than 5 are expected
    counts, exposures : tuple          as given
    per : float                        as given
    """

    values: tuple[float, ...]
    mean: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    signals: tuple[Signal | None, ...]
    baseline: tuple[int, ...] | None
    exact: tuple[bool, ...]
    counts: tuple[float, ...]
    exposures: tuple[float, ...]
    per: float


def u_chart(counts: Many, exposures: Many, *, per: float = 1, baseline: ArrayLike | slice | None = None) -> UChart:
    """A control chart of rates in order of time, each point judged by how much was behind it.

    counts : float array (points,)      events, zero or more; NaN is a gap
    exposures : float array (points,)   people, households or days behind each count, more than zero; NaN is a gap
    per : number                        the rates are events for each `per`
    baseline : places, slice or None    the points that the mean is made from; None for all
    Returns UChart(values, mean, low, high, signals, baseline, exact, counts, exposures, per)

    With n the exposure of a point and u all events of the baseline over all its exposure, its limits are u -/+ 3 sqrt(u/n).
    Near a limit is beyond u -/+ 2 sqrt(u/n). Measured in its own sqrt(u/n), each point is thus held against the same lines.

    Where fewer than 5 events are expected (u n below 5) the limits are exact instead: the least counts that 99.865% and 0.135%
    of points with that many expected do not go beyond, divided by n; near a limit likewise with 97.725% and 2.275%. There the
    middle count (the median) takes the place of the mean.

    The four rules are those of `xmr`. A trend is asked of the rates as they are drawn.

    The range allows for chance alone. Months of recorded crime vary by more than chance, so this chart marks too many of large
    counts; `xmr` of the rates takes its range from the series itself and serves those. This chart is for rates whose exposures
    differ much.

    Raises ValueError naming the first negative count, exposure that is not more than zero, or place that is not in the series;
    also when `baseline` names no point or `per` is not more than zero.

    Source: Montgomery, Introduction to Statistical Quality Control, chapter 7, for the u chart; the Poisson distribution for few
    events as in `xmr`.

    >>> chart = u_chart([3, 8, 10, 6, 2, 11, 9, 5, 20], [15, 9, 15, 15, 15, 20, 15, 15, 15])
    >>> round(chart.mean, 4), round(chart.low[5], 4), round(chart.high[5], 4)
    (0.5522, 0.0537, 1.0507)
    >>> chart.signals[-1]
    'outside'
    """
    y, n = amounts(counts, "counts"), checked_exposures(exposures, "exposures")
    refuse_unequal(y, n, "counts and exposures")
    if not per > 0:
        raise ValueError(f"per is {per}: it must be more than zero")
    places = _baseline(baseline, y.size)
    mean = _pooled(y[places], n[places])
    lines, exact = _lines(mean, n)
    values = y / n
    return UChart(
        _scaled(values, per),
        per * mean,
        _scaled(np.maximum(0.0, lines.limit_low), per),
        _scaled(lines.limit_high, per),
        _signals(values, lines),
        None if baseline is None else tuple(places.tolist()),
        tuple(exact.tolist()),
        tuple(y.tolist()),
        tuple(n.tolist()),
        per,
    )


def _pooled(counts: Array, exposures: Array) -> float:
    """All events over all exposure, of points where both are known."""
    known = ~np.isnan(counts) & ~np.isnan(exposures)
    return float(counts[known].sum() / exposures[known].sum()) if known.any() else nan


def _lines(mean: float, n: Array) -> tuple[_Range, NDArray[np.bool_]]:
    """The lines of each point, and where they are those of the Poisson distribution."""
    expected = mean * n
    exact = expected < FEW
    few = _poisson_range(np.where(exact, expected, nan))
    spread = np.sqrt(mean / n)

    def line(counted: float | Array, deviations: int) -> Array:
        return np.where(exact, counted / n, mean + deviations * spread)

    lines = _Range(
        np.where(exact, few.centre / n, mean),
        line(few.near_low, -NEAR),
        line(few.near_high, NEAR),
        line(few.limit_low, -LIMIT),
        line(few.limit_high, LIMIT),
    )
    return lines, exact


def _scaled(values: float | Array, per: float) -> tuple[float, ...]:
    return tuple((per * np.asarray(values)).tolist())
