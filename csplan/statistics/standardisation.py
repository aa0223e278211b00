"""Rates of areas whose people differ in age, made comparable.

A town of students and a town of pensioners differ in what happens to them for that reason alone. Direct standardisation asks what
the rate would be if each area had the same mix of age groups. Indirect standardisation asks how many times as many events an area
has as it would have at the rates of a reference, such as the whole country. The groups need not be of age: any split that covers
everybody once will do.
"""

from dataclasses import dataclass
from typing import Any, Generic

import numpy as np

from csplan.statistics.inputs import Array, Many, Value, amounts, exposures, one_number
from csplan.statistics.rates import count_interval

#: Below this many events in all, a directly standardised rate hangs on which group the next event falls in.
LEAST_EVENTS = 10


@dataclass(frozen=True)
class StandardisedRate(Generic[Value]):
    """The rate that an area would have with the mix of groups of the standard.

    value, low, high : float or array (areas,)   events per `per`; NaN where missing, or with fewer than 10 events
    crude : the same shape                       the area's own rate, nothing made alike
    count, population : the same shape           of all groups together
    per : int                                    1,000 unless another number was asked for
    confidence : float                           0.95 for 95% limits
    """

    value: Value
    low: Value
    high: Value
    crude: Value
    count: Value
    population: Value
    per: int
    confidence: float


@dataclass(frozen=True)
class StandardisedRatio(Generic[Value]):
    """How many times as many events an area has as at the rates of the reference.

    value, low, high : float or array (areas,)   observed over expected: 1 is as the reference; NaN where missing
    observed, expected : the same shape          events
    reference : float                            rate of the reference per `per`: times `value` it is the area's standardised rate
    per : int                                    1,000 unless another number was asked for
    confidence : float                           0.95 for 95% limits
    """

    value: Value
    low: Value
    high: Value
    observed: Value
    expected: Value
    reference: float
    per: int
    confidence: float


def directly_standardised(
    count: Many, population: Many, standard: Many, *, per: int = 1000, confidence: float = 0.95
) -> StandardisedRate[Any]:
    """The rate of each area if all had the mix of groups of one standard population, with limits.

    count : array (groups,) or (areas, groups)        events; NaN where missing
    population : array (groups,) or (areas, groups)   people, more than zero; NaN where missing
    standard : array (groups,)                        people of the standard, in the same order of groups; any scale
    per : int                                         the rate is events for each `per`
    Returns StandardisedRate(value, low, high, crude, count, population, per, confidence)

    With w the shares of the standard (they add up to 1), x the events and n the people of a group, and X the events of all groups:
    D = sum w x/n, its variance V = sum w^2 x/n^2, and the limits D + sqrt(V / X) (L - X) and D + sqrt(V / X) (H - X), where L and H
    are the limits of the count X.

    With fewer than 10 events in all there is no value, since one event more or less in a small group would change it too much; and
    none where any group of the area is missing, since a missing group is not an empty one.

    A standardised rate is for comparing areas. How much happens is told by the crude rate.

    Raises ValueError when the shapes do not fit, or naming the first value that cannot be.

    Source: Dobson and others (1991) for the limits; the formula, and none below 10 events, as in PHEindicatormethods, the R package
    of England's public health indicators, whose printed example is matched.

    >>> rate = directly_standardised([5, 20, 15], [1000, 2000, 500], [40, 40, 20])
    >>> round(rate.value, 2), round(rate.low, 2), round(rate.high, 2), round(rate.crude, 2)
    (12.0, 8.39, 16.58, 11.43)
    """
    x, n = _by_group(amounts(count, "count"), exposures(population, "population"), "count and population")
    w = _weights(standard, x.shape[-1])
    _refuse_scale(per)
    events, people = x.sum(axis=-1), n.sum(axis=-1)
    value, variance = (w * x / n).sum(axis=-1), (w**2 * x / n**2).sum(axis=-1)
    enough = events >= LEAST_EVENTS
    low, high = count_interval(np.where(enough, events, np.nan), confidence=confidence)
    scale = np.sqrt(variance / np.where(enough, events, np.nan))
    rates = (np.where(enough, value, np.nan), value + scale * (low - events), value + scale * (high - events), events / people)
    value, low, high, crude = (_shaped(per * np.asarray(r)) for r in rates)
    return StandardisedRate(value, low, high, crude, _shaped(events), _shaped(people), per, confidence)


def indirectly_standardised(
    observed: Many,
    population: Many,
    reference_count: Many,
    reference_population: Many,
    *,
    per: int = 1000,
    confidence: float = 0.95,
) -> StandardisedRatio[Any]:
    """How many times as many events each area has as it would have at the reference's rate in every group, with limits.

    observed : number or array (areas,)               events of all groups together; NaN where missing
    population : array (groups,) or (areas, groups)   people, zero or more; NaN where missing
    reference_count : array (groups,)                 events of the reference
    reference_population : array (groups,)            people of the reference, more than zero
    per : int                                         for the rate of the reference: events for each `per`
    Returns StandardisedRatio(value, low, high, observed, expected, reference, per, confidence)

    Expected events E = sum n R over the groups, with n the people of the area and R the reference's rate in the group. The ratio is
    O / E, with O the events observed, and its limits are those of the count O over E. The reference is taken as known exactly.

    The area's own split of events is not needed, so it also serves where that is not known or where there are few events. Two areas
    are each compared with the reference, and only roughly with one another, since each is weighted by its own mix.

    Where nothing is expected there is no ratio.

    Raises ValueError when the shapes do not fit, or naming the first value that cannot be.

    Source: Breslow and Day (1987), volume II, chapter 2, the standardised mortality ratio; limits of the count as in
    `rates.count_interval`: exact below 10 events, Byar's from 10.

    >>> ratio = indirectly_standardised(65, [1000, 2000, 500], [400, 900, 500], [100_000, 100_000, 20_000])
    >>> ratio.expected, round(ratio.value, 3), round(ratio.low, 3), round(ratio.high, 3)
    (34.5, 1.884, 1.454, 2.401)
    """
    n = amounts(population, "population")
    events, people = amounts(reference_count, "reference_count"), exposures(reference_population, "reference_population")
    if events.ndim != 1 or events.shape != people.shape or np.isnan(events + people).any():
        raise ValueError("reference_count and reference_population must be lists of the same length, and none missing")
    if n.ndim not in (1, 2) or n.shape[-1:] != events.shape:
        raise ValueError(f"population has shape {n.shape}: each area must have the {events.size} groups of the reference")
    _refuse_scale(per)
    seen, expected = amounts(observed, "observed"), np.asarray((n * (events / people)).sum(axis=-1))
    if seen.shape != expected.shape:
        raise ValueError(f"observed has shape {seen.shape}: it must be one number for each area, {expected.shape}")
    low, high = count_interval(seen, confidence=confidence)
    some = np.where(expected > 0, expected, np.nan)
    value, low, high = (_shaped(np.asarray(c / some)) for c in (seen, low, high))
    reference = per * float(events.sum() / people.sum())
    return StandardisedRatio(value, low, high, _shaped(seen), _shaped(expected), reference, per, confidence)


def _by_group(count: Array, population: Array, names: str) -> tuple[Array, Array]:
    if count.shape != population.shape or count.ndim not in (1, 2) or not count.size:
        raise ValueError(f"{names} have shapes {count.shape} and {population.shape}: both must be groups, or areas by groups")
    return count, population


def _weights(standard: Many, groups: int) -> Array:
    """The shares of the standard population, adding up to 1."""
    w = amounts(standard, "standard")
    if w.shape != (groups,):
        raise ValueError(f"standard has shape {w.shape}: it must have the {groups} groups of the areas")
    if np.isnan(w).any():
        raise ValueError(f"standard[{int(np.argmax(np.isnan(w)))}] is missing: every group needs its share")
    if not w.sum():
        raise ValueError("standard holds nobody: at least one group must be more than zero")
    return np.asarray(w / w.sum(), dtype=np.float64)


def _refuse_scale(per: int) -> None:
    one_number(per, "per", exposures(per, "per"))


def _shaped(values: Any) -> Any:
    """A plain number for one number, the array for an array."""
    return float(values) if np.ndim(values) == 0 else values
