"""How far events crowd into few places, set against what chance alone would crowd.

A few places hold most events even where every place is alike, because events are few and places many. So each figure stands beside
the one that chance alone gives: had every place the same average, counts would follow Poisson's law.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, Many, amounts

#: The shares of events that are asked about.
HALF, QUARTER = 0.5, 0.25


@dataclass(frozen=True)
class Concentration:
    """How events lie among places, for one list of places or for many lists at once.

    Each has the shape of the counts without their last axis, and is NaN where a place is missing or nothing happened.

    events, places : array   how many
    gini : array   0 where every place has as many, near 1 where one has all
    adjusted_gini : array   the same against the most even spread that so few events allow
    half, quarter : array   the smallest share of places, 0 to 1, that holds a half and a quarter of the events
    gini_by_chance : array   the coefficient where every place has the same average
    half_by_chance, quarter_by_chance : array   the shares where every place has the same average
    """

    events: Array
    places: Array
    gini: Array
    adjusted_gini: Array
    half: Array
    quarter: Array
    gini_by_chance: Array
    half_by_chance: Array
    quarter_by_chance: Array


def concentration(counts: Many) -> Concentration:
    """How far events crowd into few places.

    counts : array (..., places)   events in each place, places without any included; NaN where missing
    Returns Concentration   arrays of the shape (...); NaN where a place is missing, or where nothing happened

    With x sorted from least to most, n places and N events, G = 2 sum(i x_i) / (n N) - (n + 1)/n, and the adjusted
    G' = max(n/N, 1) (G - 1) + 1: with fewer events than places it is 0 where no place has two.

    A half is held by the fewest places, those with most events first, whose events are at least half of all.

    By chance, with a = N/n events in a place on average, G = exp(-2a) (I0(2a) + I1(2a)), where I0 and I1 are modified Bessel
    functions. Places with c events or more are a share P(X >= c) of all places and hold a share P(X >= c - 1) of the events,
    where X is a Poisson count with the average a. These are the values for many places; with few, chance moves about them.

    Raises ValueError naming the first count that is negative or endless, or when there is no place.

    Source: Sen (1973) for the coefficient of Gini; Bernasco and Steenbeek (2017) for the adjusted one; Weisburd (2015) for the
    share of places with half of the events; Ramasubban (1958) for the coefficient of a Poisson count.

    >>> found = concentration([0, 0, 1, 1, 2, 6])
    >>> round(float(found.gini), 3), round(float(found.half), 3)
    (0.6, 0.167)
    """
    x = amounts(counts, "counts")
    if not x.ndim or not x.shape[-1]:
        raise ValueError("counts holds no place: at least one is needed")
    n = x.shape[-1]
    events = x.sum(axis=-1)
    known = np.where(events > 0, events, np.nan)
    ordered = np.sort(x, axis=-1)
    gini = 2 * (ordered * np.arange(1, n + 1)).sum(axis=-1) / (n * known) - (n + 1) / n
    return Concentration(
        events=events,
        places=np.where(np.isnan(events), np.nan, float(n)),
        gini=gini,
        adjusted_gini=np.maximum(n / known, 1) * (gini - 1) + 1,
        half=_share(ordered, known, HALF),
        quarter=_share(ordered, known, QUARTER),
        gini_by_chance=_gini_by_chance(known / n),
        half_by_chance=_each(_share_by_chance, known / n, HALF),
        quarter_by_chance=_each(_share_by_chance, known / n, QUARTER),
    )


def _share(ordered: Array, events: Array, wanted: float) -> Array:
    """The share of places, those with most first, that holds at least `wanted` of the events."""
    held = np.cumsum(ordered[..., ::-1], axis=-1)
    # A sum of counts is whole, so a half of it is met exactly or passed.
    enough = held >= (wanted * events)[..., None]
    first: NDArray[Any] = np.argmax(enough, axis=-1) + 1
    return np.where(np.isnan(events), np.nan, first / ordered.shape[-1])


def _gini_by_chance(average: Array) -> Array:
    from scipy.special import ive

    found: Array = np.asarray(ive(0, 2 * average) + ive(1, 2 * average), float)
    return found


def _each(act: Any, averages: Array, wanted: float) -> Array:
    """`act` of each different average."""
    found = {average: act(average, wanted) for average in np.unique(averages[~np.isnan(averages)])}
    return np.array([found.get(a, np.nan) for a in np.ravel(averages)]).reshape(np.shape(averages))


def _share_by_chance(average: float, wanted: float) -> float:
    """The share of places with most events that holds `wanted` of them where every place has the same average."""
    from scipy.special import gammainc

    def at_least(c: int) -> float:
        """How likely a place has c events or more."""
        return float(gammainc(c, average)) if c > 0 else 1.0

    c = 1
    while at_least(c) > wanted:  # places with c + 1 events or more hold P(X >= c) of all
        c += 1
    # Of those with c events just so many as are wanted still: each place holds c/average times its even share.
    return at_least(c + 1) + (wanted - at_least(c)) * average / c
