"""Rates and shares, each with the range that chance allows.

A count of what happened is one draw of what could have happened. Each function gives the value and two limits: had the
same conditions held many times over, about 95 in 100 such ranges would hold the value behind them.

The limits allow for chance only. They do not allow for events that nobody reported, for changes in recording, or for a
population that is itself an estimate or that does not count visitors.
"""

from dataclasses import dataclass
from typing import Any, Generic, overload

import numpy as np

from csplan.statistics.inputs import Array, Many, Value, amounts, exposures, upper_tail

#: From this count up the short formula is within 0.2% of the exact limits, and much quicker over many areas.
EXACT_BELOW = 10


@dataclass(frozen=True)
class Rate(Generic[Value]):
    """Events for each `per` people (or households), with its limits and what it was worked out from.

    value, low, high : float or array (areas,)   events per `per`; NaN where count or population is missing
    count : the same shape                       events
    population : the same shape                  people or households
    per : int                                    1,000 unless another number was asked for
    confidence : float                           0.95 for 95% limits
    """

    value: Value
    low: Value
    high: Value
    count: Value
    population: Value
    per: int
    confidence: float


@dataclass(frozen=True)
class Proportion(Generic[Value]):
    """A share of a whole, between 0 and 1, with its limits and what it was worked out from.

    value, low, high : float or array   share, 0 to 1; NaN where part or whole is missing
    part, whole : the same shape        how many, and out of how many
    confidence : float                  0.95 for 95% limits
    """

    value: Value
    low: Value
    high: Value
    part: Value
    whole: Value
    confidence: float


@overload
def count_interval(count: float, *, confidence: float = 0.95) -> tuple[float, float]: ...
@overload
def count_interval(count: Many, *, confidence: float = 0.95) -> tuple[Array, Array]: ...
def count_interval(count: float | Many, *, confidence: float = 0.95) -> tuple[float, float] | tuple[Array, Array]:
    """The lowest and the highest average that a count of events fits with.

    count : number or array   events, zero or more; NaN where missing
    Returns low, high         of the same shape; NaN where count is missing

    Below 10 events the limits are exact: low = G(x, a/2) and high = G(x + 1, 1 - a/2), where G(k, p) is the value that a
    gamma variable of shape k stays below with probability p, and a = 1 - confidence. With no events the lower limit is 0.

    From 10 events up, Byar's formula: low = x (1 - 1/(9x) - z/(3 sqrt x))^3, and high = y (1 - 1/(9y) + z/(3 sqrt y))^3 with
    y = x + 1.

    Raises ValueError naming the first count that is negative or endless, or a confidence that is not between 0 and 1.

    Source: Garwood (1936) for the exact limits; Breslow and Day (1987), volume II, for Byar's formula. The change-over at 10
    is that of England's public health indicators.

    >>> low, high = count_interval(9)
    >>> round(low, 3), round(high, 3)
    (4.115, 17.085)
    >>> low, high = count_interval(0)
    >>> low, round(high, 3)
    (0.0, 3.689)
    """
    counts, tail = amounts(count, "count"), upper_tail(confidence)
    few = counts < EXACT_BELOW
    exact, byar = _exact(np.minimum(counts, EXACT_BELOW), tail), _byar(np.maximum(counts, EXACT_BELOW), tail)
    return _shaped(np.where(few, exact[0], byar[0])), _shaped(np.where(few, exact[1], byar[1]))


@overload
def crude_rate(count: float, population: float, *, per: int = 1000, confidence: float = 0.95) -> Rate[float]: ...
@overload
def crude_rate(count: Many, population: float | Many, *, per: int = 1000, confidence: float = 0.95) -> Rate[Array]: ...
def crude_rate(
    count: float | Many, population: float | Many, *, per: int = 1000, confidence: float = 0.95
) -> Rate[float] | Rate[Array]:
    """Events for each 1,000 people (or households), with limits.

    count : number or array (areas,)        events; NaN where missing
    population : one number or same shape   people or households, more than zero; NaN where missing
    per : int                               the rate is events for each `per`
    Returns Rate(value, low, high, count, population, per, confidence)

    Rate = per * count / population; its limits are those of the count, scaled alike. "Crude" means that areas with more young
    or more old people are not made alike first.

    Raises ValueError naming the first count that is negative or population that is not more than zero.

    Source: as for the limits of a count.

    >>> rate = crude_rate(65, 100_000, per=100_000)
    >>> round(rate.value, 1), round(rate.low, 1), round(rate.high, 1)
    (65.0, 50.2, 82.8)
    """
    if per <= 0:
        raise ValueError(f"per is {per}: it must be more than zero")
    counts, people = np.broadcast_arrays(amounts(count, "count"), exposures(population, "population"))
    low, high = count_interval(counts, confidence=confidence)
    value, low, high = (_shaped(per * x / people) for x in (counts, low, high))
    return Rate(value, low, high, _shaped(counts), _shaped(people), per, confidence)


@overload
def proportion(part: float, whole: float, *, confidence: float = 0.95) -> Proportion[float]: ...
@overload
def proportion(part: Many, whole: float | Many, *, confidence: float = 0.95) -> Proportion[Array]: ...
def proportion(part: float | Many, whole: float | Many, *, confidence: float = 0.95) -> Proportion[float] | Proportion[Array]:
    """A share of a whole, with limits that never leave 0 to 1.

    part : number or array             how many; NaN where missing
    whole : one number or same shape   out of how many, more than zero; NaN where missing
    Returns Proportion(value, low, high, part, whole, confidence)

    Wilson's limits: (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)), with x the part and n the whole. They hold for a
    random sample or for outcomes of events. They say nothing about people who chose not to answer a consultation.

    Raises ValueError naming the first part that is negative or more than its whole, or whole that is not more than zero.

    Source: Wilson (1927); Newcombe (1998) compares the methods.

    >>> share = proportion(6, 52)
    >>> round(share.value, 4), round(share.low, 4), round(share.high, 4)
    (0.1154, 0.054, 0.2297)
    """
    from scipy.special import ndtri

    parts, wholes = np.broadcast_arrays(amounts(part, "part"), exposures(whole, "whole"))
    if (parts > wholes).any():
        at = tuple(int(i) for i in np.argwhere(parts > wholes)[0])
        raise ValueError(f"part{list(at) or ''} is {parts[at]:g}: it cannot be more than its whole, {wholes[at]:g}")
    z = float(ndtri(1 - upper_tail(confidence)))
    value = parts / wholes
    middle, reach = 2 * parts + z * z, z * np.sqrt(z * z + 4 * parts * (1 - value))
    # Rounding in the last digit must not put a limit on the wrong side of a share of 0 or 1.
    low = np.clip((middle - reach) / (2 * (wholes + z * z)), 0, value)
    high = np.clip((middle + reach) / (2 * (wholes + z * z)), value, 1)
    return Proportion(_shaped(value), _shaped(low), _shaped(high), _shaped(parts), _shaped(wholes), confidence)


def shrunk(count: Many, population: Many, *, per: int = 1000) -> Array:
    """Rates of small areas drawn towards that of all together, the more so the fewer people an area has.

    count : array (areas,)        events; NaN where missing
    population : array (areas,)   people or households, more than zero; NaN where missing
    per : int                     the rate is events for each `per`
    Returns array (areas,)        NaN where count or population is missing

    With r = x/n the rate of an area, m = sum x / sum n, s2 = sum n (r - m)^2 / sum n, nbar the mean of n, and A = s2 - m/nbar,
    or 0 where that is negative: m + (r - m) A / (A + m/n). Where nothing happened anywhere every rate is 0.

    For a map or a test of many small areas. It is not the area's own rate, and is not printed as one.

    Raises ValueError naming the first count that is negative or population that is not more than zero.

    Source: Marshall (1991), the global empirical Bayes estimate.

    >>> shrunk([0, 10, 2, 30], [500, 1000, 400, 1500]).round(2).tolist()
    [4.6, 10.54, 8.13, 18.74]
    """
    x, n = np.broadcast_arrays(amounts(count, "count"), exposures(population, "population"))
    known = ~np.isnan(x) & ~np.isnan(n)
    out = np.full(x.shape, np.nan)
    if not known.any():
        return out
    people, rate = n[known], x[known] / n[known]
    common = x[known].sum() / people.sum()
    spread = (people * (rate - common) ** 2).sum() / people.sum()
    between = max(0.0, spread - common / people.mean())
    if common == 0:
        out[known] = 0.0
        return out
    out[known] = per * (common + (rate - common) * between / (between + common / people))
    return out


def _exact(counts: Array, tail: float) -> tuple[Array, Array]:
    from scipy.special import gammaincinv

    some = np.maximum(counts, np.finfo(float).tiny)
    return np.where(counts == 0, 0.0, gammaincinv(some, tail)), gammaincinv(counts + 1, 1 - tail)


def _byar(counts: Array, tail: float) -> tuple[Array, Array]:
    from scipy.special import ndtri

    z, more = float(ndtri(1 - tail)), counts + 1
    low = counts * (1 - 1 / (9 * counts) - z / (3 * np.sqrt(counts))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return low, high


def _shaped(values: Array) -> Any:
    """A plain number for one number, the array for an array."""
    return float(values) if values.ndim == 0 else values
