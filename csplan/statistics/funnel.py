"""Which areas stand apart from all areas of their kind.

A small area's rate swings by chance more than a large one's. So each area is placed by how far it lies from the common rate,
measured by its own chance: its z. Drawn against population, the usual range narrows like a funnel.

Areas also differ truly, for many reasons of place and people; judged by chance alone nearly every area with many events would
stand out. So the spread between areas is measured and added to each one's chance. What then stands apart does so among areas
that differ.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.change import LARGEST_Q, false_discovery
from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal

#: The share of areas at each end whose z is brought in before the spread is measured, so that true outliers do not hide
#: themselves by widening the range.
DRAWN_IN = 0.1

Position = Literal["above", "within", "below", "not_compared"]


@dataclass(frozen=True, eq=False)
class Funnel:
    """Each area's place among all areas given.

    rate : float array (areas,)                 events for each one of population; NaN where missing
    expected : float array (areas,)             events that the area would have at the rate of all areas together
    z : float array (areas,)                    standard deviations from the common rate, spread between areas included
    p_value, q : float array (areas,)           two-sided; q allows for how many areas are compared
    tau2 : float                                variance between the true rates of areas; 0 when chance explains all
    phi : float                                 how many times more areas vary than chance; about 1 when chance explains all
    counts, population : float array (areas,)   as given
    """

    rate: Array
    expected: Array
    z: Array
    p_value: Array
    q: Array
    tau2: float
    phi: float
    counts: Array
    population: Array


def position(counts: Many, population: Many) -> Funnel:
    """Compare each area's rate with that of all areas together.

    counts : float array (areas,)       events; NaN where missing
    population : float array (areas,)   people or households, more than zero; NaN where missing
    Returns Funnel(rate, expected, z, p_value, q, tau2, phi, counts, population)

    With r the rate of all areas together and n the population of one, chance gives its rate the variance s^2 = r/n, and z0 =
    (rate - r) / s. Those z0 below their 10% point or above their 90% point are brought in to it; phi is then their mean square.
    With I areas and w = 1/s^2: tau2 = max(0, (I phi - (I - 1)) / (sum w - sum w^2 / sum w)), and z = (rate - r) / sqrt(s^2 +
    tau2).

    p_value is that of z on the normal distribution, both sides: 2 Phi(-abs(z)). Where few events are expected the normal is too
    short on the high side, and quiet areas would be called high. So p_value is never less than the exact one on chance alone:
    twice the probability of so many events or more (or so few or fewer) when r n are expected. q is made as in `change`.

    With fewer than two areas, or no events in any, nothing is compared: z, p_value, q, tau2 and phi are NaN.

    Raises ValueError naming the first count that is negative or population that is not more than zero.

    Source: Spiegelhalter (2005), "Funnel plots for comparing institutional performance" and "Handling over-dispersion of
    performance indicators".

    >>> funnel = position([90, 100, 110, 95, 105, 100, 300], [1000] * 7)
    >>> funnel.z.round(1).tolist()
    [-1.0, -0.8, -0.5, -0.9, -0.6, -0.8, 4.6]
    """
    y, n = amounts(counts, "counts"), exposures(population, "population")
    refuse_unequal(y, n, "counts and population")
    known = ~np.isnan(y) & ~np.isnan(n)
    rate, expected, z = y / n, np.full(y.shape, np.nan), np.full(y.shape, np.nan)
    tau2 = phi = float("nan")
    if known.sum() >= 2 and y[known].sum() > 0:
        common = y[known].sum() / n[known].sum()
        variance = common / n
        tau2, phi = _between(((rate - common) / np.sqrt(variance))[known], 1 / variance[known])
        expected[known] = common * n[known]
        z = (rate - common) / np.sqrt(variance + tau2)
    p_value = np.maximum(_normal(z), _exact(y, expected))
    return Funnel(rate, expected, z, p_value, false_discovery(p_value), tau2, phi, y, n)


def verdicts(funnel: Funnel) -> NDArray[np.str_]:
    """One word for each area: does it stand apart?

    "above", "below"   its rate is higher or lower than the others', with q below 5%
    "within"           inside the range in which areas of its kind lie
    "not_compared"     its count or population is missing, or nothing was compared

    >>> verdicts(position([100, 104, 96, 101, 99, 103, 97, 100, 102, 190], [1000] * 10)).tolist()[-2:]
    ['within', 'above']
    """
    apart = np.where(funnel.z > 0, "above", "below")
    return np.select([np.isnan(funnel.q), funnel.q < LARGEST_Q], ["not_compared", apart], "within")


def _between(z: Array, weight: Array) -> tuple[float, float]:
    """tau2 and phi from each area's z on chance alone and the reciprocal of its variance."""
    low, high = np.quantile(z, [DRAWN_IN, 1 - DRAWN_IN])
    phi = float((np.clip(z, low, high) ** 2).mean())
    total = weight.sum()
    tau2 = (z.size * phi - (z.size - 1)) / (total - (weight**2).sum() / total)
    return max(0.0, float(tau2)), phi


def _normal(z: Array) -> Array:
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-np.abs(z)), dtype=np.float64)


def _exact(counts: Array, expected: Array) -> Array:
    """Twice the smaller tail of the Poisson distribution, 1 at most."""
    from scipy.special import pdtr, pdtrc

    # So many or more is "more than one fewer", which for a count of zero is certain.
    or_more = np.where(counts > 0, pdtrc(np.maximum(np.ceil(counts) - 1, 0), expected), 1.0)
    or_fewer = pdtr(np.floor(counts), expected)
    return np.asarray(np.minimum(1, 2 * np.minimum(or_more, or_fewer)), dtype=np.float64)
