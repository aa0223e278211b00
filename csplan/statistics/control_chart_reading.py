"""Whether a signal of a control chart points the better or the worse way.

A signal asks what was different. Where it is known which way is better, it also says whether to look for a cause worth keeping
or for one worth ending. It is no finding either way.
"""

from typing import Literal, Protocol

import numpy as np

from csplan.statistics.control_chart import RUN, Signal, _runs

Better = Literal["lower", "higher"]
Direction = Literal["up", "down"]
Reading = Literal["improvement", "concern", "neither"]


class _Chart(Protocol):
    """What a reading needs of a chart: a `ControlChart` and a `UChart` both have it.

    values : tuple of float   NaN where missing
    mean : float              of the baseline
    signals : tuple           None or the signal of each point
    """

    @property
    def values(self) -> tuple[float, ...]: ...
    @property
    def mean(self) -> float: ...
    @property
    def signals(self) -> tuple[Signal | None, ...]: ...


def directions(chart: _Chart) -> tuple[Direction | None, ...]:
    """Which way each signal points.

    chart : ControlChart or UChart   with its signals
    Returns a tuple of "up", "down" or None   None where the point has no signal

    A point in a trend points the way the trend goes: "up" when the points rise, wherever the mean lies. Where one trend ends at
    the point at which the next begins, the point belongs to the one that ends there. Any other signal points to the side of the
    mean on which the point lies.

    Source: NHS England, Making Data Count, for the two directions of special cause.

    >>> from csplan.statistics.control_chart import xmr
    >>> directions(xmr([40, 60, 50, 45, 55, 50, 48, 52, 50, 49, 51, 150]))[-1]
    'up'
    """
    steps = np.sign(np.diff(chart.values))
    in_trend = set(_runs(steps, RUN - 1))

    def way(i: int, signal: Signal) -> Direction:
        if signal != "trend":
            return "up" if chart.values[i] > chart.mean else "down"
        leads_here = i - 1 in in_trend or i not in in_trend
        return "up" if steps[i - 1 if leads_here else i] > 0 else "down"

    return tuple(None if signal is None else way(i, signal) for i, signal in enumerate(chart.signals))


def reading(chart: _Chart, better: Better | None) -> tuple[Reading | None, ...]:
    """What each signal is when it is known which way is better.

    chart : ControlChart or UChart         with its signals
    better : "lower", "higher" or None     None where neither way is better
    Returns a tuple of "improvement", "concern", "neither" or None   None where the point has no signal

    A signal in the better direction is an improvement, one in the other direction a concern. Where neither way is better every
    signal is "neither". A count of recorded crime is such a case when more reports may mean more trust.

    Raises ValueError when `better` is another word.

    Source: NHS England, Making Data Count: special cause of an improving or a concerning nature.

    >>> from csplan.statistics.control_chart import xmr
    >>> chart = xmr([40, 60, 50, 45, 55, 50, 48, 52, 50, 49, 51, 150])
    >>> reading(chart, "lower")[-1], reading(chart, "higher")[-1], reading(chart, None)[-1]
    ('concern', 'improvement', 'neither')
    """
    _refuse_other(better)
    wanted = {"lower": "down", "higher": "up"}.get(better or "")
    return tuple(_reading(way, wanted) for way in directions(chart))


def _refuse_other(better: Better | None) -> None:
    if better not in ("lower", "higher", None):
        raise ValueError(f"better is {better!r}: it must be 'lower', 'higher' or None")


def _reading(way: Direction | None, wanted: str | None) -> Reading | None:
    if way is None:
        return None
    if wanted is None:
        return "neither"
    return "improvement" if way == wanted else "concern"
