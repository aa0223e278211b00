"""Which way a series goes over the years, and how fast.

`monthly_trend` is the trend of monthly counts with the season taken out of it. `mann_kendall` and `theil_sen` ask only for the
order of values and suit rates, scores and anything else; `seasonal_mann_kendall` holds each month against the same month of other
years. A level that changed at once is smeared over years by a trend: `steps` finds those.

No trend knows its reason. A change in how events are recorded looks the same as a change in events, so none should be drawn
across a break in the series.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.dispersion import fitted_means
from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal, upper_tail

YEAR = 12
#: Two years make a change and not yet a trend.
LEAST_MONTHS = 36
LEAST_COUNT = 20
#: A p-value below this is told as a trend.
CLEAR = 0.05
#: Numbers held at once while slopes are sorted: more places are taken in parts.
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class MannKendall:
    """Whether values tend to rise or fall, from their order alone: one number for each series.

    tau : array (places,)       share of pairs of times that rise less the share that fall, -1 to 1; NaN below two values
    z : array (places,)         S in standard errors, moved towards 0 by one; above 0 where values tend to rise
    p_value : array (places,)   two-sided, of the normal distribution
    s : array (places,)         pairs that rise less pairs that fall
    """

    tau: Array
    z: Array
    p_value: Array
    s: Array


@dataclass(frozen=True)
class TheilSen:
    """The median step from one time to the next: one number for each series.

    slope : array (places,)       NaN below two values
    low, high : array (places,)   its limits
    confidence : float            0.95 for 95% limits
    """

    slope: Array
    low: Array
    high: Array
    confidence: float


@dataclass(frozen=True)
class MonthlyTrend:
    """How many percent a year a monthly count rises or falls, the season set aside.

    percent : float            change in a year, a fall negative
    low, high : float          its limits
    p_value : float            how often no trend would look like this or more so
    b : float                  change of the logarithm in a month
    error : float              its standard error
    phi : float                how many times more the months vary than chance, at least 1
    degrees_of_freedom : int   how much is known of phi
    months : int               months held
    confidence : float         0.95 for 95% limits
    """

    percent: float
    low: float
    high: float
    p_value: float
    b: float
    error: float
    phi: float
    degrees_of_freedom: int
    months: int
    confidence: float


def mann_kendall(values: Many) -> MannKendall:
    """The test of Mann and Kendall: whether values tend to rise or fall with time.

    values : array (times,) or (places, times)   in order of time, at equal steps; NaN where missing
    Returns MannKendall(tau, z, p_value, s)       single numbers for one series

    Of each pair of times held, S counts +1 when the later value is higher, -1 when it is lower, 0 when both are alike. With n
    values held, tau = S / (n (n - 1) / 2). Without a trend S has the variance
    (n (n - 1)(2 n + 5) - sum t (t - 1)(2 t + 5)) / 18, the sum running over each group of t values that are alike.
    z = (S - 1) / sd when S is above 0, (S + 1) / sd below, and 0 at 0: S moves in steps, the normal distribution does not.

    Values are taken as independent. A season, or months that hang together, make the test claim too often.

    Raises ValueError naming the first endless value, or for a shape that is not times, or places by times.

    Source: Mann (1945); Kendall (1975), chapter 4, for the variance with ties.

    >>> found = mann_kendall([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3])
    >>> int(found.s), round(float(found.tau), 3), round(float(found.z), 4), round(float(found.p_value), 4)
    (48, 0.4, 2.1423, 0.0322)
    """
    x = _times(values)
    s, variance, n = _order(x)
    return _tested(s, variance, n * (n - 1) / 2)


def seasonal_mann_kendall(values: Many, *, period: int = YEAR) -> MannKendall:
    """The test of Mann and Kendall within each month of the year, added up over the months.

    values : array (times,) or (places, times)   in order of time, at equal steps; NaN where missing
    period : int                                  times in a year: 12 for months, 4 for quarters
    Returns MannKendall(tau, z, p_value, s)       single numbers for one series

    January is held against January only, so that a season is no trend. S and its variance are worked out for each month of the
    year and added; z follows from the sums as in `mann_kendall`, and tau is S over the pairs compared.

    Raises ValueError as `mann_kendall`, or when the period is less than 1.

    Source: Hirsch, Slack and Smith (1982).

    >>> found = seasonal_mann_kendall([10, 30, 20, 40, 11, 31, 22, 44, 12, 29, 25, 46], period=4)
    >>> int(found.s), round(float(found.tau), 3), round(float(found.z), 3)
    (8, 0.667, 1.828)
    """
    x = _times(values)
    if period < 1:
        raise ValueError(f"period is {period}: it must be one at least")
    parts = [_order(x[..., month::period]) for month in range(period)]
    sums = [(s, variance, n * (n - 1) / 2) for s, variance, n in parts]
    s, variance, pairs = (np.sum(np.stack(part), axis=0) for part in zip(*sums, strict=True))
    return _tested(s, variance, pairs)


def theil_sen(values: Many, *, confidence: float = 0.95) -> TheilSen:
    """The slope of Theil and Sen: the median of the slopes between all pairs of times.

    values : array (times,) or (places, times)       in order of time, at equal steps; NaN where missing
    Returns TheilSen(slope, low, high, confidence)   by one step of time; single numbers for one series

    A few wild values move the median little. Of N slopes in order of size the limits are those at places (N - c) / 2 and
    (N + c) / 2, c being the standard error of Mann and Kendall's S times the point of the normal distribution for the
    confidence.

    Raises ValueError as `mann_kendall`, or when the confidence does not lie between 0 and 1.

    Source: Sen (1968) for the median and its limits; ties in the variance as in `mann_kendall`.

    >>> found = theil_sen([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3])
    >>> round(float(found.slope), 3), round(float(found.low), 3), round(float(found.high), 3)
    (0.4, 0.0, 0.615)
    """
    from scipy.special import ndtri

    x = _times(values)
    reach = float(-ndtri(upper_tail(confidence)))
    rows = x.reshape(-1, x.shape[-1])
    size = max(1, _AT_ONCE // max(1, x.shape[-1] ** 2 // 2))
    parts = [_slopes(rows[i : i + size], reach) for i in range(0, len(rows), size)]
    found = np.concatenate(parts, axis=1) if parts else np.empty((3, 0))
    slope, low, high = (line.reshape(x.shape[:-1])[()] for line in found)
    return TheilSen(slope, low, high, confidence)


def monthly_trend(counts: Many, days: Many, *, confidence: float = 0.95) -> MonthlyTrend:
    """The change in percent a year of a monthly count, with the season and the length of months set aside.

    counts : float array (months,)   events in each month, in order, at least 36 held; NaN where not held
    days : float array (months,)     days in each month
    Returns MonthlyTrend(percent, low, high, p_value, b, error, phi, degrees_of_freedom, months, confidence)

    The mean of a month is log mu = log days + its level of the twelve months of the year + b t, t counting months. The percent
    a year is exp(12 b) - 1. The variance is phi mu, with phi = max(1, X / f): X sums (count - mu)^2 / mu over the months used,
    and f is their number less the terms fitted. Limits are b -/+ t error, t being Student's on f.

    A month of the year in which nothing was ever counted tells nothing about a trend and is left out. Months are taken as
    independent around the line; where a series wanders, the limits are too narrow.

    Raises ValueError naming the first count or days that cannot be; with fewer than 36 months held or 20 events; or when a
    trend cannot be told from the season or does not settle.

    Source: McCullagh and Nelder (1989), chapters 6 and 9, for log-linear models of counts whose variance is phi times their
    mean.

    >>> months = np.arange(48)
    >>> season = 1 + 0.2 * np.sin(np.pi * months / 6)
    >>> trend = monthly_trend(np.round(200 * season * 1.05 ** (months / 12)), np.full(48, 30.0))
    >>> round(trend.percent, 1), trend.degrees_of_freedom, trend.phi
    (5.0, 35, 1.0)
    """
    from scipy.special import stdtr, stdtrit

    y, t = amounts(counts, "counts"), exposures(days, "days")
    tail = upper_tail(confidence)
    _refuse_short(y, t)
    x, used = _month_columns(y)
    means = fitted_means(y[used], t[used], x)
    freedom = int(used.sum()) - x.shape[1]
    if means is None or freedom < 1 or np.linalg.matrix_rank(x) < x.shape[1]:
        raise ValueError("counts cannot tell a trend from their season")
    b = float(np.linalg.lstsq(x, np.log(means / t[used]), rcond=None)[0][-1])
    phi = max(1.0, float(((y[used] - means) ** 2 / means).sum() / freedom))
    error = float(np.sqrt(phi * np.linalg.inv(x.T @ (means[:, None] * x))[-1, -1]))
    reach = -float(stdtrit(freedom, tail)) * error
    percent, low, high = (100 * float(np.expm1(YEAR * slope)) for slope in (b, b - reach, b + reach))
    p_value = 2 * float(stdtr(freedom, -abs(b) / error))
    return MonthlyTrend(percent, low, high, p_value, b, error, phi, freedom, int((~np.isnan(y)).sum()), confidence)


def words(trend: MonthlyTrend) -> str:
    """The trend in a sentence.

    trend : MonthlyTrend   from `monthly_trend`
    Returns str            says a direction only when the p-value is below 0.05

    >>> words(MonthlyTrend(-4.2, -6.0, -2.3, 0.001, -0.0036, 0.0008, 1.9, 47, 60, 0.95))
    'Over the 60 months held the monthly count fell by about 4.2% a year (likely range: 6.0% to 2.3% a year).'
    >>> words(MonthlyTrend(0.8, -1.6, 3.3, 0.5, 0.0007, 0.001, 1.9, 47, 60, 0.95))
    'Over the 60 months held there is no clear trend: it may lie anywhere from a fall of 1.6% to a rise of 3.3% a year.'
    """
    over = f"Over the {trend.months} months held"
    if trend.p_value >= CLEAR:
        ends = (f"a {'fall' if end < 0 else 'rise'} of {abs(end):.1f}%" for end in (trend.low, trend.high))
        return f"{over} there is no clear trend: it may lie anywhere from {' to '.join(ends)} a year."
    way = "rose" if trend.percent > 0 else "fell"
    ends = (f"{abs(end):.1f}%" for end in (trend.low, trend.high))
    return f"{over} the monthly count {way} by about {abs(trend.percent):.1f}% a year (likely range: {' to '.join(ends)} a year)."


def _times(values: Many) -> Array:
    x = np.asarray(values, dtype=np.float64)
    if x.ndim not in (1, 2):
        raise ValueError(f"values have shape {x.shape}: they must be times, or places by times")
    if np.isinf(x).any():
        place = ", ".join(str(int(i)) for i in np.argwhere(np.isinf(x))[0])
        raise ValueError(f"values[{place}] is endless: it must have an end")
    return x


def _order(x: Array) -> tuple[Array, Array, Array]:
    """S, its variance without a trend, and how many values are held, of each series."""
    n = (~np.isnan(x)).sum(axis=-1).astype(np.float64)
    s, ties = np.zeros(x.shape[:-1]), np.zeros(x.shape[:-1])
    for i in range(x.shape[-1]):
        here = x[..., i, None]
        # Signs of NaN are NaN, and equal to nothing: a missing value is in no pair.
        s += np.nansum(np.sign(x[..., i + 1 :] - here), axis=-1)
        alike = (x == here).sum(axis=-1)
        # Each of t values that are alike adds (t - 1)(2 t + 5), which together make the group's t (t - 1)(2 t + 5).
        ties += np.where(alike > 0, (alike - 1) * (2 * alike + 5), 0)
    return s, (n * (n - 1) * (2 * n + 5) - ties) / 18, n


def _tested(s: Array, variance: Array, pairs: Array) -> MannKendall:
    from scipy.special import ndtr

    with np.errstate(invalid="ignore", divide="ignore"):
        # Where all values are alike S is 0 and so is its variance: no trend is seen.
        z = np.where(s == 0, 0.0, (s - np.sign(s)) / np.sqrt(variance))
        tau = s / pairs
    told = [np.where(pairs > 0, found, np.nan)[()] for found in (tau, z, 2 * ndtr(-np.abs(z)), s)]
    return MannKendall(*told)


def _slopes(x: Array, reach: float) -> Array:
    """Median, lower and upper slope of each series."""
    first, second = np.triu_indices(x.shape[-1], 1)
    slopes = np.sort((x[:, second] - x[:, first]) / (second - first), axis=-1)
    _, variance, n = _order(x)
    pairs = (n * (n - 1) / 2).astype(np.intp)
    if not slopes.shape[-1]:
        return np.full((3, len(x)), np.nan)
    half = reach * np.sqrt(variance)
    top = np.maximum(pairs - 1, 0)

    def at(place: NDArray[np.intp]) -> Array:
        # NaN sorts to the end, so that the places of slopes held come first; with no pair held all is NaN.
        found: Array = np.take_along_axis(slopes, np.clip(place, 0, top)[:, None], axis=-1)[:, 0]
        return found

    low = at(np.round((pairs - half) / 2).astype(np.intp) - 1)
    high = at(np.round((pairs + half) / 2).astype(np.intp))
    return np.stack([(at((pairs - 1) // 2) + at(pairs // 2)) / 2, low, high])


def _refuse_short(counts: Array, days: Array) -> None:
    refuse_unequal(counts, days, "counts and days")
    if np.isnan(days).any():
        raise ValueError(f"days[{int(np.argmax(np.isnan(days)))}] is missing: every month has days")
    held = int((~np.isnan(counts)).sum())
    if held < LEAST_MONTHS:
        raise ValueError(f"counts hold {held} months: a trend over the years needs {LEAST_MONTHS} at least")
    if (total := float(np.nansum(counts))) < LEAST_COUNT:
        raise ValueError(f"counts hold {total:g} events: a trend over the years needs {LEAST_COUNT} at least")


def _month_columns(counts: Array) -> tuple[Array, NDArray[np.bool_]]:
    """A level for each month of the year in which anything was counted, then time; and which months can be used."""
    time = np.arange(counts.size)
    month = time % YEAR
    some = [m for m in range(YEAR) if np.nansum(counts[month == m]) > 0]
    used = ~np.isnan(counts) & np.isin(month, some)
    levels = [(month[used] == m).astype(np.float64) for m in some]
    return np.column_stack([*levels, time[used].astype(np.float64)]), used
