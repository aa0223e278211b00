"""A series taken apart into season, trend and what is left, by the procedure STL.

STL smooths again and again: each month of the year along the years, for the season; what is left of the series without it, for
the trend. Values that fit neither get less weight, so that one wild month does not bend the rest.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from csplan.statistics.inputs import Array, Many

#: Turns that weigh wild values down, with one turn of smoothing in each.
_TURNS = 15


@dataclass(frozen=True)
class Decomposition:
    """A series as season + trend + remainder: one row for each series.

    season : array (times,) or (series, times)      what comes again each year
    trend : the same shape                          the slow course
    remainder : the same shape                      what neither explains
    weights : the same shape                        1 for a value that fits, 0 for a wild one
    strength : array (series,)                      how far the season stands out from the remainder, 0 to 1
    window : int, or None                           years over which a season may change; None where it stays one for all years
    """

    season: Array
    trend: Array
    remainder: Array
    weights: Array
    strength: Array
    window: int | None


def stl(values: Many, *, window: int | None = None, period: int = 12) -> Decomposition:
    """Season and trend by repeated local smoothing, little moved by wild values.

    values : array (times,) or (series, times)   in order of time, two whole years at least, none missing
    window : int or None                          years smoothed over for the season, an odd number from 3; None for one season
    period : int                                  times in a year: 12 for months, 4 for quarters
    Returns Decomposition(season, trend, remainder, weights, strength, window)

    A local smoother gives each point the level (for the season), or the value of the straight line (for the trend), fitted to
    the q nearest points with weight (1 - (distance / farthest)^3)^3. Each turn does this: take the trend off; smooth each month
    of the year along the years with q = window, one year further at both ends; take from that its own slow part (moving averages
    of 12, 12 and 3, then the smoother with q = 13): the season is left; smooth the series less the season for the trend. Then
    each value is weighted by (1 - (remainder / (6 medians of the remainders))^2)^2, and 0 beyond. There are 16 turns; the
    smoother is worked out at every (q / 10)th point with straight lines between.

    q of the trend is the next odd number from 1.5 period / (1 - 1.5 / window); one season for all years means a window of ten
    times the series and the mean over the years. So R's `stl` does with robust = TRUE.

    strength = max(0, 1 - var(remainder) / var(season + remainder)).

    Raises ValueError naming the first missing or endless value; for fewer than two whole years; or for a window that is not odd.

    Source: Cleveland, Cleveland, McRae and Terpenning (1990) for the procedure; Wang, Smith and Hyndman (2006) for the strength.

    >>> months = np.arange(48)
    >>> parts = stl(100 + months + 10 * np.sin(np.pi * months / 6))
    >>> parts.season[1:4].round(1).tolist(), parts.trend[[0, 47]].round(1).tolist(), round(float(parts.strength), 2)
    ([5.0, 8.7, 10.0], [100.0, 147.0], 1.0)
    """
    y = _whole(values, window, period)
    n = y.shape[-1]
    years = 10 * n + 1 if window is None else window
    smooth_trend = _Smoother(n, _odd(1.5 * period / (1 - 1.5 / years)), degree=1)
    smooth_low = _Smoother(n, _odd(period), degree=1)
    season, trend, weights = np.zeros_like(y), np.zeros_like(y), np.ones_like(y)
    for turn in range(_TURNS + 1):
        if turn:
            weights = _robust(np.abs(y - season - trend))
        cycle = _along_the_years(y - trend, weights, years, period)
        low = _average(_average(_average(cycle, period), period), 3)
        season = cycle[..., period : period + n] - smooth_low(low, np.ones_like(low))
        trend = smooth_trend(y - season, weights)
    if window is None:
        season = np.stack([season[..., i % period :: period].mean(axis=-1) for i in range(n)], axis=-1)
    remainder = y - season - trend
    return Decomposition(season, trend, remainder, weights, _strength(season, remainder), window)


class _Smoother:
    """The local smoother of `n` points at a fixed set of points, as sums over all points at once."""

    def __init__(self, n: int, q: int, degree: int, *, ends: bool = False) -> None:
        step = min(-(-q // 10), max(n - 1, 1))
        at = np.append(np.arange(0, n, step), n - 1)
        self._points = np.unique(at).astype(np.float64)
        self._nearest = self._points.astype(np.intp)
        if ends:
            # One point further at both ends: what cannot be fitted there is as its neighbour.
            self._points = np.concatenate([[-1.0], self._points, [float(n)]])
            self._nearest = np.concatenate([[0], self._nearest, [n - 1]])
        self._degree, self._flat, self._ends = degree, 0.001 * (n - 1), ends
        self._all = np.arange(-1, n + 1) if ends else np.arange(n)
        # The q nearest points of each, then their weights by distance.
        first = np.clip(self._points - (q + 1) // 2 + 1, 0, max(n - q, 0))[:, None]
        j = np.arange(n)[None, :]
        inside = (j >= first) & (j < first + q)
        self._distance = j - self._points[:, None]
        far = np.abs(self._distance)
        reach = np.where(inside, far, 0.0).max(axis=1, keepdims=True) + max(0, (q - n) // 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = np.where(far <= 0.001 * reach, 1.0, (1 - (far / reach) ** 3) ** 3)
        self._weight = np.where(inside & (far <= 0.999 * reach), weight, 0.0).T

    def __call__(self, y: Array, weights: Array) -> Array:
        """The smoothed series; `weights` of the values come on top of those by distance."""
        distance = self._distance.T
        total = weights @ self._weight
        with np.errstate(divide="ignore", invalid="ignore"):
            level = (weights * y) @ self._weight / total
            fitted = level
            if self._degree:
                centre = weights @ (self._weight * distance) / total
                spread = weights @ (self._weight * distance**2) / total - centre**2
                slope = ((weights * y) @ (self._weight * distance) / total - centre * level) / spread
                fitted = np.where(spread > self._flat**2, level - centre * slope, level)
        known = np.where(total > 0, fitted, y[..., self._nearest])
        if self._ends:
            for end, neighbour in ((0, 1), (-1, -2)):
                known[..., end] = np.where(total[..., end] > 0, fitted[..., end], known[..., neighbour])
        return _between(self._points, known, self._all)


def _between(points: Array, known: Array, at: Any) -> Array:
    """Straight lines between the points at which values are known."""
    after = np.clip(np.searchsorted(points, at), 1, len(points) - 1)
    share = (at - points[after - 1]) / (points[after] - points[after - 1])
    found: Array = known[..., after - 1] * (1 - share) + known[..., after] * share
    return found


def _along_the_years(y: Array, weights: Array, years: int, period: int) -> Array:
    """Each month of the year smoothed along the years, one year further at both ends."""
    out = np.empty((*y.shape[:-1], y.shape[-1] + 2 * period))
    smoothers: dict[int, _Smoother] = {}
    for month in range(period):
        part, weight = y[..., month::period], weights[..., month::period]
        held = part.shape[-1]
        if held not in smoothers:
            smoothers[held] = _Smoother(held, years, degree=0, ends=True)
        out[..., month::period] = smoothers[held](part, weight)
    return out


def _average(y: Array, length: int) -> Array:
    """The moving average of so many neighbours; shorter by length - 1."""
    total = np.cumsum(np.concatenate([np.zeros((*y.shape[:-1], 1)), y], axis=-1), axis=-1)
    found: Array = (total[..., length:] - total[..., :-length]) / length
    return found


def _robust(misses: Array) -> Array:
    far = 6 * np.median(misses, axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(misses <= 0.001 * far, 1.0, (1 - (misses / far) ** 2) ** 2)
    return np.where(misses <= 0.999 * far, weight, 0.0)


def _strength(season: Array, remainder: Array) -> Array:
    both = (season + remainder).var(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = np.maximum(0.0, 1 - remainder.var(axis=-1) / both)
    found: Array = np.where(both > 0, told, 0.0)[()]
    return found


def _odd(length: float) -> int:
    """The odd number at or next above."""
    whole = int(np.ceil(length))
    return whole if whole % 2 else whole + 1


def _whole(values: Many, window: int | None, period: int) -> Array:
    y = np.asarray(values, dtype=np.float64)
    if y.ndim not in (1, 2):
        raise ValueError(f"values have shape {y.shape}: they must be times, or series by times")
    if not np.isfinite(y).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(y))[0])
        raise ValueError(f"values[{', '.join(map(str, place))}] is {y[place]:g}: a series is taken apart only without gaps")
    if period < 2:
        raise ValueError(f"period is {period}: a year must hold two times at least")
    if y.shape[-1] < 2 * period:
        raise ValueError(f"values hold {y.shape[-1]} times: two whole years, {2 * period}, are needed to tell a season")
    if window is not None and (window < 3 or window % 2 == 0):
        raise ValueError(f"window is {window}: it must be an odd number of years, three at least")
    return y
