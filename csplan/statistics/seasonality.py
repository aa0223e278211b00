"""Which months are usually high and which are low, and a series with that taken out.

A month index compares each month with the year around it, so a rise or fall over the years does not count as season. From few
years an index is rough: chance alone makes some months look high. `season_test` asks whether the months differ by more than the
series' own unrest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from csplan.statistics.dispersion import fitted_means
from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal

YEAR = 12
LEAST_MONTHS = 24
LEAST_COUNT = 100
#: A p-value below this is told as a season.
CLEAR = 0.05
NOTE = "Seasonally adjusted: each month is divided by how high it usually is in a year, so values differ from those counted."


@dataclass(frozen=True)
class MonthIndex:
    """How high each month of the year usually is, and the series with that taken out.

    index : array (12,)         1 for an average month, 1.2 for a fifth more; the month of the first count stands first
    adjusted : array (months,)  counts divided by the index and put on months of equal length; NaN where not held
    years : array (12,)         how many years each index was made from
    note : str                  what to say beside adjusted values
    """

    index: Array
    adjusted: Array
    years: Array
    note: str


@dataclass(frozen=True)
class SeasonTest:
    """Whether the months of the year differ by more than the series' own unrest.

    f : float                  how many times more the months of the year differ than unrest would make them
    p_value : float            how often no season would look like this or more so
    phi : float                how many times more the months vary than chance around season and trend, at least 1
    degrees_of_freedom : int   how much is known of phi
    months : int               months held
    """

    f: float
    p_value: float
    phi: float
    degrees_of_freedom: int
    months: int


def month_index(counts: Many, days: Many) -> MonthIndex:
    """How high each month of the year usually is, against the year around it.

    counts : float array (months,)   events in each month, in order, at least 24 held; NaN where not held
    days : float array (months,)     days in each month
    Returns MonthIndex(index, adjusted, years, note)

    Counts are divided by days. Each daily count is divided by the average of the twelve months around it (thirteen months, of
    which the first and the last count half, so that each month of the year has the same weight). The ratios of one month of the
    year are averaged over the years and then divided by the average of all twelve. adjusted = daily count / index times the
    average length of the months.

    A month not held makes the averages around it unknown. A month of the year that never holds an event has the index 0; it is
    not adjusted, and missing from `adjusted`.

    Raises ValueError naming the first count or days that cannot be; with fewer than 24 months held; or naming the first month
    of the year for which no whole year around it is held.

    Source: the ratio to moving average of Macaulay (1931); statsmodels' `seasonal_decompose` of daily counts gives the
    same index.

    >>> found = month_index([90, 110] * 12, [30] * 24)
    >>> found.index[:2].round(3).tolist(), found.adjusted[:2].round(1).tolist()
    ([0.9, 1.1], [100.0, 100.0])
    """
    y, t = _series(counts, days)
    daily = y / t
    around = _year_around(daily)
    with np.errstate(divide="ignore", invalid="ignore"):
        # A year without any event tells nothing of its months.
        ratio = np.where(around > 0, daily / around, np.nan)
    # As whole years in rows, the last filled up with months that are not held.
    rows = np.append(ratio, np.full(-y.size % YEAR, np.nan)).reshape(-1, YEAR)
    years = (~np.isnan(rows)).sum(axis=0)
    if not years.all():
        first = int(np.argmin(years > 0))
        raise ValueError(f"counts hold no whole year around any month like counts[{first}]: its season cannot be told")
    means = np.nansum(rows, axis=0) / years
    index = means / means.mean()
    usual = index[np.arange(y.size) % YEAR]
    adjusted = np.full(y.size, np.nan)
    np.divide(daily * t.mean(), usual, out=adjusted, where=usual > 0)
    return MonthIndex(index, adjusted, years, NOTE)


def season_test(counts: Many, days: Many) -> SeasonTest:
    """Whether the months of the year differ by more than the series' own unrest, a steady trend set aside.

    counts : float array (months,)   events in each month, in order, at least 24 held; NaN where not held
    days : float array (months,)     days in each month
    Returns SeasonTest(f, p_value, phi, degrees_of_freedom, months)

    Two log-linear models of the counts are fitted: log mu = log days + a + b t, and the same with a level for each of the
    twelve months of the year. With D the deviance of each, F = (D without - D with) / (k phi), held against Fisher's F on k and f
    degrees of freedom: k is the number of terms added, 11 where all months of the year are held. phi = max(1, X / f): X sums
    (count - mu)^2 / mu of the larger model, and f is the months held less its terms.

    Raises ValueError naming the first count or days that cannot be; with fewer than 24 months held or 100 events; or when the
    fit does not settle, as when one month of the year never holds an event.

    Source: McCullagh and Nelder (1989), chapters 6 and 9. The F test of two
    quasi-Poisson models, with phi not below 1.

    >>> months = np.arange(36)
    >>> test = season_test(np.round(100 * (1 + 0.3 * np.sin(np.pi * months / 6))), np.full(36, 30.0))
    >>> round(test.f, 1), test.p_value < 0.001, test.degrees_of_freedom
    (14.0, True, 23)
    """
    from scipy.special import fdtrc

    y, t = _series(counts, days)
    if (total := float(np.nansum(y))) < LEAST_COUNT:
        raise ValueError(f"counts hold {total:g} events: fewer than {LEAST_COUNT} tell no season from chance")
    used = ~np.isnan(y)
    time = np.arange(y.size)
    y, t, time = y[used], t[used], time[used]
    levels = [(time % YEAR == month).astype(np.float64) for month in range(YEAR) if (time % YEAR == month).any()]
    smaller = np.column_stack([np.ones(y.size), time.astype(np.float64)])
    larger = np.column_stack([*levels, time.astype(np.float64)])
    freedom = y.size - larger.shape[1]
    plain, seasonal = fitted_means(y, t, smaller), fitted_means(y, t, larger)
    if plain is None or seasonal is None or freedom < 1:
        raise ValueError("counts are too few in some month of the year: a season cannot be fitted")
    phi = max(1.0, float(((y - seasonal) ** 2 / seasonal).sum() / freedom))
    added = larger.shape[1] - smaller.shape[1]
    f = max(0.0, (_deviance(y, plain) - _deviance(y, seasonal)) / (added * phi))
    return SeasonTest(f, float(fdtrc(added, freedom, f)), phi, freedom, int(used.sum()))


def words(found: MonthIndex, test: SeasonTest, names: Sequence[str]) -> str:
    """The season in a sentence.

    found : MonthIndex        from `month_index`
    test : SeasonTest         from `season_test`
    names : list of str       the twelve months, that of the first count first
    Returns str               names months only when the p-value is below 0.05

    >>> names = "January February March April May June July August September October November December".split()
    >>> found = MonthIndex(np.array([0.8, 1.0, 1.0, 1.0, 1.0, 1.0, 1.2, 1.0, 1.0, 1.0, 1.0, 1.0]), np.ones(36), np.full(12, 2), NOTE)
    >>> words(found, SeasonTest(9.1, 0.0001, 1.5, 23, 36), names)
    'Over the 36 months held July is usually highest, 20% above an average month, and January lowest, 20% below.'
    >>> words(found, SeasonTest(0.9, 0.5, 1.5, 23, 36), names)
    'Over the 36 months held no months of the year stand out beyond chance.'
    """
    over = f"Over the {test.months} months held"
    if test.p_value >= CLEAR:
        return f"{over} no months of the year stand out beyond chance."
    high, low = int(np.argmax(found.index)), int(np.argmin(found.index))
    above, below = (abs(found.index[at] - 1) for at in (high, low))
    return f"{over} {names[high]} is usually highest, {above:.0%} above an average month, and {names[low]} lowest, {below:.0%} below."


def _series(counts: Many, days: Many) -> tuple[Array, Array]:
    y, t = amounts(counts, "counts"), exposures(days, "days")
    refuse_unequal(y, t, "counts and days")
    if np.isnan(t).any():
        raise ValueError(f"days[{int(np.argmax(np.isnan(t)))}] is missing: every month has days")
    if (held := int((~np.isnan(y)).sum())) < LEAST_MONTHS:
        raise ValueError(f"counts hold {held} months: a season can be told from {LEAST_MONTHS} at least")
    return y, t


def _year_around(daily: Array) -> Array:
    """The average of the year centred on each month; NaN where a month of it is not held or lies outside."""
    weights = np.full(YEAR + 1, 1 / YEAR)
    weights[[0, -1]] /= 2
    half = YEAR // 2
    out = np.full(daily.size, np.nan)
    out[half : daily.size - half] = np.lib.stride_tricks.sliding_window_view(daily, YEAR + 1) @ weights
    return out


def _deviance(counts: Array, means: Array) -> float:
    from scipy.special import xlogy

    return 2 * float((xlogy(counts, counts / means) - (counts - means)).sum())
