"""How far a rate differs between the most and the least deprived, by one line through all groups in between.

A comparison of the two ends alone throws most of the figures away. The line uses every group, in the order of deprivation and by how many
people each has, and says what the rate would be at either end of it.
"""

from dataclasses import dataclass
from math import nan

import numpy as np

from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal, upper_tail


@dataclass(frozen=True)
class Slope:
    """The line through the rates of groups in order of deprivation.

    slope, low, high : float         the rate at the most deprived end less that at the least; above 0 where they go together
    relative : float                 the first of those rates over the second; NaN where the second would be none
    relative_low, relative_high : float   its limits
    position : array (groups,)       where each group lies, from 0 the least deprived end to 1 the most
    rate, fitted : array (groups,)   as counted, and on the line
    dispersion : float               how much more than by chance the rates lie off the line; 1 at least
    per : int                        people or households that a rate is for
    """

    slope: float
    low: float
    high: float
    relative: float
    relative_low: float
    relative_high: float
    position: Array
    rate: Array
    fitted: Array
    dispersion: float
    per: int


def slope_index(counts: Many, population: Many, *, per: int = 1000, confidence: float = 0.95) -> Slope:
    """The slope and the relative index of inequality.

    counts : array (groups,)       events of each group, the most deprived first; NaN where missing
    population : array (groups,)   people or households, more than zero; NaN where missing
    per : int                      the rate is events for each `per`
    Returns Slope(slope, low, high, relative, …)   NaN where fewer than three groups are held

    A group lies at the middle of the share of people that it takes up, from the least deprived at 0 to the most at 1. The line is the
    least squares line of the rates r on those places x, each group weighted by its people n: b = sum n (x - 1/2) (r - m) /
    sum n (x - 1/2)^2, where m is the rate of all. The slope index is b; the relative index (m + b/2) / (m - b/2).

    The variance of a rate is its place on the line over n, times phi, the mean squared Pearson residual, 1 at least; the limits of b
    are by Student's t on two degrees of freedom fewer than there are groups. Those of the relative index follow from them.

    Raises ValueError naming the first count that is negative or population that is not more than zero.

    Source: Preston, Haines and Pamuk (1981) for the slope; Kunst and Mackenbach (1995) for the relative index. The limits are ours.

    >>> found = slope_index([90, 60, 50, 30], [10_000] * 4)
    >>> round(found.slope, 2), round(found.relative, 2)
    (7.6, 4.9)
    """
    from scipy.special import stdtrit

    y, n = amounts(counts, "counts"), exposures(population, "population")
    refuse_unequal(y, n, "counts and population")
    known = ~np.isnan(y) & ~np.isnan(n)
    position = np.full(y.shape, np.nan)
    rate, fitted = y / n, np.full(y.shape, np.nan)
    if known.sum() < 3 or not y[known].sum():
        return Slope(nan, nan, nan, nan, nan, nan, position, per * rate, fitted, nan, per)
    people, own = n[known], rate[known]
    x = position[known] = 1 - (np.cumsum(people) - people / 2) / people.sum()
    mean = y[known].sum() / people.sum()
    reach = (people * (x - 0.5) ** 2).sum()
    b = (people * (x - 0.5) * (own - mean)).sum() / reach
    line = mean + b * (x - 0.5)
    # A line that dips below zero at an end has no variance there; the rate of all stands in for it.
    expected = np.where(line > 0, line, mean)
    freedom = int(known.sum()) - 2
    phi = max(1.0, float((people * (own - line) ** 2 / expected).sum() / freedom))
    error = np.sqrt(phi * (people * (x - 0.5) ** 2 * expected).sum()) / reach
    t = float(stdtrit(freedom, 1 - upper_tail(confidence)))
    fitted[known] = per * line
    ends = [b, b - t * error, b + t * error]
    (slope, low, high), ratios = (per * float(one) for one in ends), [_relative(mean, float(one)) for one in ends]
    return Slope(slope, low, high, ratios[0], ratios[1], ratios[2], position, per * rate, fitted, phi, per)


def _relative(mean: float, b: float) -> float:
    """The rate at the most deprived end over that at the least; NaN where the second would be none."""
    least, most = mean - b / 2, mean + b / 2
    return float(max(0.0, most) / least) if least > 0 else nan
