"""Whether two shares differ, and what many tests shown together can claim.

One test in twenty calls a difference real when there is none. Where many are shown together some therefore will, and `adjusted`
puts their p-values right for it.
"""

from dataclasses import dataclass
from math import isnan
from typing import Any, Generic, Literal, overload

import numpy as np

from csplan.statistics.inputs import Array, Many, Value, amounts, exposures, upper_tail
from csplan.statistics.rates import proportion

Adjustment = Literal["benjamini_hochberg", "benjamini_yekutieli", "hochberg", "holm", "bonferroni"]
ADJUSTMENTS: tuple[Adjustment, ...] = ("benjamini_hochberg", "benjamini_yekutieli", "hochberg", "holm", "bonferroni")


@dataclass(frozen=True)
class TwoProportions(Generic[Value]):
    """How far one share lies above another, and how far chance could account for it.

    difference, low, high : float or array   first share less second, -1 to 1, with limits; NaN where missing
    p_value : the same shape                 two-sided; how often chance alone would part equal shares at least as far
    first, second : the same shape           the two shares
    part_1, whole_1 : the same shape         how many of how many in the first
    part_2, whole_2 : the same shape         and in the second
    confidence : float                       0.95 for 95% limits
    """

    difference: Value
    low: Value
    high: Value
    p_value: Value
    first: Value
    second: Value
    part_1: Value
    whole_1: Value
    part_2: Value
    whole_2: Value
    confidence: float


def adjusted(p_values: Many, *, method: Adjustment = "benjamini_hochberg") -> Array:
    """Each p-value put right for how many tests are shown together.

    p_values : array (tests,)   0 to 1; NaN where no test was made: not counted
    method : str                one of the five below
    Returns array (tests,)      NaN where p is NaN; never more than 1

    "benjamini_hochberg"    at 0.05 one claim in twenty is expected to be false, at most; of tests independent or moving together
    "benjamini_yekutieli"   the same however the tests hang together, so it claims less
    "hochberg"              at 0.05 it is unlikely (one in twenty) that any claim is false; of tests independent or moving together
    "holm"                  the same however the tests hang together
    "bonferroni"            the same as Holm's, easier to tell, and it claims less

    With n tests made and p in rising order, the i-th becomes, and 1 at most:
    Benjamini and Hochberg, the least of n p_j / j over all j from i on;
    Benjamini and Yekutieli, that times 1 + 1/2 + ... + 1/n;
    Hochberg, the least of (n - j + 1) p_j over all j from i on;
    Holm, the greatest of (n - j + 1) p_j over all j up to i;
    Bonferroni, n p_i.

    Raises ValueError naming the first p-value below 0 or above 1, or a method that is not one of these.

    Source: Benjamini and Hochberg (1995), Benjamini and Yekutieli (2001), Hochberg (1988), Holm (1979); named as in R's `p.adjust`.

    >>> adjusted([0.008, 0.03, 0.123, 0.6, 0.2], method="holm").round(3).tolist()
    [0.04, 0.12, 0.369, 0.6, 0.4]
    """
    p = np.atleast_1d(amounts(p_values, "p_values"))
    if p.ndim != 1:
        raise ValueError(f"p_values have shape {p.shape}: they must be one list of tests")
    if (p > 1).any():
        at = int(np.argmax(p > 1))
        raise ValueError(f"p_values[{at}] is {p[at]:g}: it cannot be more than 1")
    if method not in ADJUSTMENTS:
        raise ValueError(f"method is {method}: it must be one of {', '.join(ADJUSTMENTS)}")
    made = np.flatnonzero(~np.isnan(p))
    rising = made[np.argsort(p[made], kind="stable")]
    found = np.full(p.shape, np.nan)
    found[rising] = np.minimum(_in_order(p[rising], method), 1)
    return found


@overload
def two_proportions(
    part_1: float, whole_1: float, part_2: float, whole_2: float, *, confidence: float = 0.95
) -> TwoProportions[float]: ...
@overload
def two_proportions(
    part_1: Many, whole_1: float | Many, part_2: float | Many, whole_2: float | Many, *, confidence: float = 0.95
) -> TwoProportions[Array]: ...
def two_proportions(
    part_1: float | Many, whole_1: float | Many, part_2: float | Many, whole_2: float | Many, *, confidence: float = 0.95
) -> TwoProportions[float] | TwoProportions[Array]:
    """The difference of two shares of separate groups, with limits and a p-value.

    part_1 : number or array             how many in the first group; NaN where missing
    whole_1 : one number or same shape   out of how many, more than zero; NaN where missing
    part_2 : one number or same shape    how many in the second
    whole_2 : one number or same shape   out of how many
    Returns TwoProportions(difference, low, high, p_value, first, second, part_1, whole_1, part_2, whole_2, confidence)

    With p the first share, q the second, and (l, u) and (m, v) their Wilson limits: the difference is p - q, its limits
    p - q - sqrt((p - l)^2 + (v - q)^2) and p - q + sqrt((u - p)^2 + (q - m)^2). They never leave -1 to 1.

    The p-value is that of z = (p - q) / sqrt(c (1 - c) (1/n + 1/k)), where c is the share of both groups together and n and k are
    the wholes; its square is chi-square of the table of two by two, without correction. It is 1 where all or none are in the part.
    With fewer than about five expected in any of the four cells the p-value is rough; the limits hold better.

    The groups must be separate: other people, or other events. They must be random samples or outcomes of events; neither limits
    nor p-value allow for people who chose not to answer.

    Raises ValueError naming the first part that is negative or more than its whole, or whole that is not more than zero.

    Source: Newcombe (1998), "Interval estimation for the difference between independent proportions", method 10, whose examples
    are matched.

    >>> found = two_proportions(56, 70, 48, 80)
    >>> round(found.difference, 4), round(found.low, 4), round(found.high, 4), round(found.p_value, 4)
    (0.2, 0.0524, 0.3339, 0.008)
    """
    from scipy.special import ndtr

    x, n, y, k = np.broadcast_arrays(
        amounts(part_1, "part_1"), exposures(whole_1, "whole_1"), amounts(part_2, "part_2"), exposures(whole_2, "whole_2")
    )
    _refuse_more(x, n, "part_1")
    _refuse_more(y, k, "part_2")
    upper_tail(confidence)
    one, two = proportion(x, n, confidence=confidence), proportion(y, k, confidence=confidence)
    difference = np.asarray(one.value) - two.value
    low = difference - np.hypot(one.value - one.low, two.high - two.value)
    high = difference + np.hypot(one.high - one.value, two.value - two.low)
    common = (x + y) / (n + k)
    error = np.sqrt(common * (1 - common) * (1 / n + 1 / k))
    p_value = 2 * ndtr(-np.abs(difference) / np.where(error == 0, 1.0, error))
    return TwoProportions(
        _shaped(difference),
        _shaped(low),
        _shaped(high),
        _shaped(p_value),
        _shaped(one.value),
        _shaped(two.value),
        _shaped(x),
        _shaped(n),
        _shaped(y),
        _shaped(k),
        confidence,
    )


def proportions_words(found: TwoProportions[float]) -> str:
    """Two shares and whether they differ, in a sentence.

    found : TwoProportions   of two single shares, from `two_proportions`
    Returns str              claims a difference only when its limits leave out no difference

    For one pair that was chosen before looking. Of many pairs some differ by luck: put their p-values right by `adjusted` first.

    Raises ValueError for more than one pair.

    Source: the words are ours.

    >>> proportions_words(two_proportions(56, 70, 48, 80))
    'The first share is 80.0% (56 of 70) and the second 60.0% (48 of 80): the first is higher, by between 5.2 and 33.4 points.'
    >>> proportions_words(two_proportions(6, 52, 9, 60))
    'The first share is 11.5% (6 of 52) and the second 15.0% (9 of 60): too close to tell apart from chance.'
    """
    if np.ndim(found.difference):
        raise ValueError("found holds more than one pair: a sentence tells of one")
    if isnan(found.difference):
        return "The shares cannot be compared: one of the counts is missing."
    shares = (
        f"The first share is {found.first:.1%} ({found.part_1:,.10g} of {found.whole_1:,.10g}) "
        f"and the second {found.second:.1%} ({found.part_2:,.10g} of {found.whole_2:,.10g})"
    )
    if found.low <= 0 <= found.high:
        return f"{shares}: too close to tell apart from chance."
    near, far = sorted((abs(100 * found.low), abs(100 * found.high)))
    return f"{shares}: the first is {'higher' if found.low > 0 else 'lower'}, by between {near:.1f} and {far:.1f} points."


def _in_order(p: Array, method: Adjustment) -> Array:
    """p-values in rising order, each put right; some may still be above 1."""
    n = p.size
    rank = np.arange(1, n + 1)
    if method == "bonferroni":
        return p * n
    if method == "holm":
        return np.maximum.accumulate(p * (n - rank + 1))
    if method == "hochberg":
        return _least_from_here_on(p * (n - rank + 1))
    factor = float((1 / rank).sum()) if method == "benjamini_yekutieli" else 1.0
    return _least_from_here_on(factor * (p * n / rank))


def _least_from_here_on(values: Array) -> Array:
    return np.minimum.accumulate(values[::-1])[::-1]


def _refuse_more(part: Array, whole: Array, name: str) -> None:
    if (part > whole).any():
        at = tuple(int(i) for i in np.argwhere(part > whole)[0])
        raise ValueError(f"{name}{list(at) or ''} is {part[at]:g}: it cannot be more than its whole, {whole[at]:g}")


def _shaped(values: Any) -> Any:
    """A plain number for one number, the array for an array."""
    return float(values) if np.ndim(values) == 0 else values
