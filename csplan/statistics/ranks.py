"""Orders of the same things: the place of each, and how far two orders, or the orders of several people, agree."""

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, Many

#: Values closer than this are equal: what parts them is rounding.
EQUAL = 1e-12
#: So many comparisons of pairs are held at once, so that many issues do not fill the memory.
AT_ONCE = 20_000_000


def places(totals: Many) -> Array:
    """The place of each issue: one more than the number of issues above it.

    totals : array (..., issues)   NaN where an issue has none
    Returns array (..., issues)   1 for the highest; equal totals share the better place; NaN where there is no total

    All rows are worked out by one sort. Totals that differ by less than 1e-12 are equal.

    Source: the usual way of sport, 1 2 2 4.

    >>> places([0.2, 0.9, 0.2, np.nan, 0.1]).tolist()
    [2.0, 1.0, 2.0, nan, 4.0]
    """
    t = np.asarray(totals, dtype=np.float64)
    order = np.argsort(-t, axis=-1, kind="stable")  # NaN comes last
    ordered = np.take_along_axis(t, order, axis=-1)
    begins = np.ones(t.shape, dtype=np.bool_)
    begins[..., 1:] = ~(ordered[..., :-1] - ordered[..., 1:] <= EQUAL)
    first = np.maximum.accumulate(np.where(begins, np.arange(t.shape[-1]), 0), axis=-1)
    found = np.empty(t.shape)
    np.put_along_axis(found, order, first + 1.0, axis=-1)
    return np.where(np.isnan(t), np.nan, found)


def tau_b(first: Many, second: Many) -> Array:
    """Kendall's tau-b between one order and each of many: 1 where they are the same, -1 where one is the other backwards.

    first : array (issues,)         values or places; NaN where missing
    second : array (..., issues)    as many orders as wanted
    Returns array (...)   NaN where an order holds all issues equal, or fewer than two are known

    Over all pairs of issues: (C - D) / sqrt(P Q), with C the pairs that stand the same way in both, D those the other way, P and Q the
    pairs not equal in the first and in the second. An issue that is missing anywhere is left out.

    Raises ValueError when the two do not hold the same number of issues.

    Source: Kendall (1945), and Kendall (1948), chapter 3; scipy's printed number is met, and scipy on random orders with ties.

    >>> round(float(tau_b([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])), 6)
    -0.471405
    """
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if a.ndim != 1 or not b.ndim or b.shape[-1] != a.size:
        raise ValueError(f"first and second have shapes {a.shape} and {b.shape}: both must hold the same issues")
    rows = b.reshape(-1, a.size)
    known = ~np.isnan(a) & ~np.isnan(rows).any(axis=0)
    a, rows = a[known], rows[:, known]
    i, j = np.triu_indices(a.size, 1)
    one = _way(a[i], a[j])
    step = max(1, AT_ONCE // max(1, i.size))
    blocks = [_tau(one, _way(part[:, i], part[:, j])) for part in np.array_split(rows, range(step, len(rows), step))]
    return np.concatenate(blocks).reshape(b.shape[:-1])


def concordance(ratings: Many) -> float:
    """Kendall's coefficient of concordance W: how far several scorers put the same issues in the same order.

    ratings : array (scorers, issues)   values or ranks; NaN where missing
    Returns float   1 where all have one order, 0 where their orders cancel out; NaN where it cannot be told

    With m scorers, n issues, R the sums of ranks and t the number of issues in each tie: W = 12 sum (R - mean R)^2 / (m^2 (n^3 -
    n) - m sum (t^3 - t)), tied issues each having the mean of their ranks. An issue that somebody did not rate is left out. There is
    no W with fewer than two scorers or issues, or where every scorer holds all issues equal.

    Raises ValueError when the shape does not fit.

    Source: Kendall and Babington Smith (1939); Kendall (1948), chapter 6, for ties. R's printed number with ties is met, and
    Friedman's statistic, which is W m (n - 1).

    >>> round(concordance([[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 3, 4]]), 4)
    0.7778
    """
    x = np.asarray(ratings, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError(f"ratings have shape {x.shape}: they must be scorers by issues")
    x = x[:, ~np.isnan(x).any(axis=0)]
    m, n = x.shape
    if m < 2 or n < 2:
        return float("nan")
    above, below = places(x), places(-x)
    sums = ((above + n + 1 - below) / 2).sum(axis=0)
    tied = n + 2 - above - below  # how many hold the same rank as the issue, itself counted
    most = m**2 * (n**3 - n) - m * (tied**2 - 1).sum()
    return float(12 * ((sums - sums.mean()) ** 2).sum() / most) if most > 0 else float("nan")


def _way(one: Array, other: Array) -> NDArray[np.int8]:
    """1 where the first of a pair is higher, -1 where it is lower, 0 where they are equal."""
    return (one > other).astype(np.int8) - (one < other).astype(np.int8)


def _tau(one: NDArray[np.int8], many: NDArray[np.int8]) -> Array:
    agreed = (one * many).sum(axis=1, dtype=np.int64)
    apart = np.sqrt(float(np.count_nonzero(one)) * np.count_nonzero(many, axis=1))
    return np.where(apart > 0, agreed / np.where(apart > 0, apart, 1.0), np.nan)
