"""Where the level of a series stepped.

A trend spreads a change over years. Where something happened at once (a new law, a new way of counting, a shop that closed) the
level steps, and the month of the step is what to ask about.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal


@dataclass(frozen=True)
class StepChanges:
    """The stretches into which a series falls, each with a level of its own.

    places : tuple of int     the first month of each new level; empty when one level fits all
    levels : tuple of float   events for one unit of exposure in each stretch, one more than `places`
    penalty : float           what each further step has to earn
    phi : float               how many times more a month differs from the next than chance, at least 1
    least : int               months each stretch must hold
    """

    places: tuple[int, ...]
    levels: tuple[float, ...]
    penalty: float
    phi: float
    least: int


def step_changes(counts: Many, exposure: Many, *, least: int = 6) -> StepChanges:
    """Where the level of a count stepped, if anywhere: the best of all ways to cut the series into stretches of one level.

    counts : float array (months,)     events in each month, in order, none missing
    exposure : float array (months,)   days in each month, times the month index where there is a season
    least : int                        months each stretch must hold, two at least
    Returns StepChanges(places, levels, penalty, phi, least)

    A stretch with C events on exposure E fits as well as its level C / E makes it: the cost is -2 C log(C / E) / phi. Of all
    ways to cut, the one with the least sum of costs plus penalty times steps is taken, found by dynamic programming and so
    exact. The penalty is 3 log n for n months.

    phi is how much more a month differs from the next than chance would make it: the mean over neighbours of the chi-square
    of the two counts at one common level, at least 1. A step adds little to it. A season left in, or a slow drift, is cut into
    steps; `exposure` should hold the season, and a series that drifts is better told by a trend.

    Raises ValueError naming the first count or exposure that cannot be or is missing; also for a least stretch below two.

    Source: Jackson et al. (2005) for the search; Zhang and Siegmund (2007) for a penalty of about 3 log n.

    >>> found = step_changes([20, 23, 19, 21, 18, 22, 35, 38, 33, 36, 37, 34], [30] * 12)
    >>> found.places, [round(30 * level, 1) for level in found.levels]
    ((6,), [20.5, 35.5])
    """
    y, t = amounts(counts, "counts"), exposures(exposure, "exposure")
    refuse_unequal(y, t, "counts and exposure")
    for name, given in (("counts", y), ("exposure", t)):
        if np.isnan(given).any():
            raise ValueError(f"{name}[{int(np.argmax(np.isnan(given)))}] is missing: steps can be found only without gaps")
    if least < 2:
        raise ValueError(f"least is {least}: a stretch must hold two months at least")
    phi = _unrest(y, t)
    penalty = 3 * float(np.log(max(y.size, 1)))
    places = _cuts(y, t, phi, penalty, least)
    ends = [0, *places, y.size]
    levels = [float(y[i:j].sum() / t[i:j].sum()) for i, j in pairwise(ends)] if y.size else []
    return StepChanges(tuple(places), tuple(levels), penalty, phi, least)


def _unrest(counts: Array, exposure: Array) -> float:
    both, over = counts[:-1] + counts[1:], exposure[:-1] + exposure[1:]
    some = both > 0
    if not some.any():
        return 1.0
    expected = both * exposure[:-1] / over
    # The chi-square of two cells: their misses are alike, and 1/m + 1/(both - m) = both / (m (both - m)).
    squares = (counts[:-1] - expected)[some] ** 2 * both[some] / (expected * (both - expected))[some]
    return max(1.0, float(squares.mean()))


def _cuts(counts: Array, exposure: Array, phi: float, penalty: float, least: int) -> list[int]:
    n = counts.size
    events, time = (np.concatenate([[0.0], np.cumsum(given)]) for given in (counts, exposure))
    best, before = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.intp)
    # The first stretch pays no penalty, as it follows no step.
    best[0] = -penalty
    for end in range(least, n + 1):
        starts = np.arange(0, end - least + 1)
        c, e = events[end] - events[starts], time[end] - time[starts]
        with np.errstate(divide="ignore", invalid="ignore"):
            costs = best[starts] + penalty + np.where(c > 0, -2 * c * np.log(c / e), 0.0) / phi
        before[end] = starts[np.argmin(costs)]
        best[end] = costs.min()
    places, end = [], n
    while end >= least and before[end] > 0:
        end = int(before[end])
        places.append(end)
    return places[::-1]
