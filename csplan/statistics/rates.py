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
from csplan.statistics.neighbours import weights_of_others

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


@dataclass(frozen=True)
class RepeatRate(Generic[Value]):
    """Events for each `per` people where one person may have several, with limits that allow for it.

    value, low, high : float or array (areas,)   events per `per`; NaN where missing
    count : the same shape                       events
    persons : the same shape                     who had them
    inflation : the same shape                   how many times more the count varies than one of separate events; 1 if none had two
    population : the same shape                  people or households
    per : int                                    1,000 unless another number was asked for
    confidence : float                           0.95 for 95% limits
    """

    value: Value
    low: Value
    high: Value
    count: Value
    persons: Value
    inflation: Value
    population: Value
    per: int
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
    _refuse_scale(per)
    counts, people = np.broadcast_arrays(amounts(count, "count"), exposures(population, "population"))
    low, high = count_interval(counts, confidence=confidence)
    value, low, high = (_shaped(per * x / people) for x in (counts, low, high))
    return Rate(value, low, high, _shaped(counts), _shaped(people), per, confidence)


def repeat_rate(persons: Many, population: float | Many, *, per: int = 1000, confidence: float = 0.95) -> RepeatRate[Any]:
    """Events for each 1,000 people where one person may have several, with limits.

    persons : array (most,) or (areas, most)   how many had 1, 2, 3 events and so on, in that order; NaN where missing
    population : number or array (areas,)      people or households, more than zero; NaN where missing
    per : int                                  the rate is events for each `per`
    Returns RepeatRate(value, low, high, count, persons, inflation, population, per, confidence)

    Events of one person come together: who is a victim or a caller once is likelier to be so again. Persons then come by chance and
    each brings along some events, so that the count varies more than one of separate events. With m_k persons of k events, the count
    is X = sum k m_k and its variance V = sum k^2 m_k. With L and H the limits of a count X of separate events, those of the count are
    X + sqrt(V / X) (L - X), or 0 where that is negative, and X + sqrt(V / X) (H - X). V / X is the inflation.

    Of 100 ranges at 95% about 95 held the true rate in 20,000 draws where one person in five had a second or third event. Where a few
    had up to twenty, 89 did with 10 persons, 93 with 50 and 94 with 200: who has most may not be among them yet. Limits that take
    the events for separate held it 64 to 70 times of 100 there.

    It allows for repeats by one person, and not for persons who are drawn in together. Without events it gives the limits of none.

    Raises ValueError when the shapes do not fit, or naming the first value that cannot be.

    Source: the method for events that are not independent in the technical guidance for England's public health indicators
    (Fingertips), as its R package PHEindicatormethods works it out in `calculate_dsr`, here for a single age group; the variance is
    that of a compound Poisson count, as in Kegler (2007).

    >>> rate = repeat_rate([40, 10, 5, 0, 2], 20_000)
    >>> rate.count, rate.persons, round(rate.inflation, 3)
    (85.0, 57.0, 2.059)
    >>> round(rate.value, 2), round(rate.low, 2), round(rate.high, 2)
    (4.25, 3.02, 5.69)
    """
    m, people = amounts(persons, "persons"), exposures(population, "population")
    if m.ndim not in (1, 2) or not m.shape[-1]:
        raise ValueError(f"persons have shape {m.shape}: they must be persons by how many events, or areas by that")
    if people.ndim and people.shape != m.shape[:-1]:
        raise ValueError(f"population has shape {people.shape}: it must be one number, or one for each area of persons")
    _refuse_scale(per)
    events = np.arange(1, m.shape[-1] + 1)
    count, variance, people = np.asarray(m @ events), np.asarray(m @ events**2), np.broadcast_to(people, m.shape[:-1])
    inflation = np.where(count == 0, 1.0, variance / np.where(count == 0, 1.0, count))
    low, high = count_interval(count, confidence=confidence)
    low, high = np.maximum(count + np.sqrt(inflation) * (low - count), 0), count + np.sqrt(inflation) * (high - count)
    # A missing person or population leaves the rate unknown; NaN passes through each of these.
    value, low, high = (_shaped(np.asarray(per * x / people)) for x in (count, low, high))
    had = _shaped(np.asarray(m.sum(axis=-1)))
    return RepeatRate(value, low, high, _shaped(count), had, _shaped(inflation), _shaped(people), per, confidence)


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


def locally_shrunk(count: Many, population: Many, neighbours: Any, *, per: int = 1000) -> Array:
    """Rates of small areas drawn towards the rate of their own neighbourhood, the more so the fewer people an area has.

    count : array (areas,) or (areas, times)   events; NaN where missing
    population : the same shape                people or households, more than zero; NaN where missing
    neighbours : scipy.sparse (areas, areas)   above 0 where two areas are neighbours; an area always belongs to its neighbourhood
    per : int                                  the rate is events for each `per`
    Returns array of the same shape            NaN where count or population is missing

    It is `shrunk` worked out for each area over its neighbourhood, the area with its neighbours: there m = sum x / sum n,
    s2 = sum n (r - m)^2 / sum n, nbar the mean of n, A = s2 - m / nbar or 0 where that is negative, and the rate of the area becomes
    m + (r - m) A / (A + m / n). Areas that are missing are left out of the neighbourhoods of others. Only who is a neighbour counts,
    not by what weight. An area without neighbours keeps its own rate, for there is nothing to draw it to.

    Where levels differ across a county it keeps what is local; from few neighbours A is rough, so the global one is steadier.

    For a map or a test of many small areas. It is not the area's own rate, and is not printed as one.

    Raises ValueError when the shapes do not fit, when a weight is negative, or naming the first value that cannot be.

    Source: Marshall (1991), the local empirical Bayes estimate; the same as `Spatial_Empirical_Bayes` of esda.

    >>> from scipy.sparse import csr_array
    >>> line = csr_array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
    >>> locally_shrunk([0, 10, 2, 30], [500, 1000, 400, 1500], line).round(2).tolist()
    [3.33, 8.38, 11.1, 18.85]
    """
    x, n = amounts(count, "count"), exposures(population, "population")
    if x.shape != n.shape or x.ndim not in (1, 2) or not x.size:
        raise ValueError(f"count and population have shapes {x.shape} and {n.shape}: both must be areas, or areas by times")
    _refuse_scale(per)
    around = _with_itself(neighbours, x.shape[0])
    known = ~np.isnan(x) & ~np.isnan(n)
    events, people = np.where(known, x, 0.0), np.where(known, n, 0.0)
    rate = events / np.where(known, n, 1.0)
    # Rates are taken from that of all together first, so that small differences between large rates keep their digits.
    middle = events.sum(axis=0) / np.maximum(people.sum(axis=0), np.finfo(float).tiny)
    apart = np.where(known, rate - middle, 0.0)
    total = np.where(known, around @ people, 1.0)
    common, areas = (around @ events) / total, around @ known.astype(np.float64)
    spread = (around @ (people * apart**2)) / total - (common - middle) ** 2
    between = np.maximum(spread - common * areas / total, 0.0)
    drawn = common / np.where(known, n, 1.0)
    share = between / np.where(between + drawn > 0, between + drawn, 1.0)
    return np.where(known, per * (common + (rate - common) * share), np.nan)


def _with_itself(neighbours: Any, areas: int) -> Any:
    """1 where the second area belongs to the neighbourhood of the first, itself among them."""
    from scipy.sparse import csr_array, eye_array

    others = weights_of_others(neighbours, areas)
    others.data[:] = 1.0
    return csr_array(others + eye_array(areas, format="csr"))


def _refuse_scale(per: int) -> None:
    if per <= 0:
        raise ValueError(f"per is {per}: it must be more than zero")


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
