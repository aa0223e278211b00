"""What the next months are likely to hold if they go on as those before, and how well that could have been told so far.

Three simple methods are tried on the series itself: each is asked again and again for months that are already known, and the one
that came closest makes the forecast. How wide its ranges are comes from the same trials. A forecast knows nothing of what will be
different; it is what to hold the coming months against.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from csplan.statistics.dispersion import fitted_means
from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal, upper_tail

YEAR = 12
LEAST_MONTHS = 36
#: Each trial knows two years at least.
FIRST = 24
#: The last three years of trials, at most: how well a method told months of ten years ago says little.
TRIALS = 36
LONGEST = 12
SEASONAL_NAIVE, SMOOTHING, LOG_LINEAR = "seasonal_naive", "damped_smoothing", "log_linear"
METHODS = (SEASONAL_NAIVE, SMOOTHING, LOG_LINEAR)
CONFIDENCE = (0.8, 0.95)
#: Weights tried for level, trend and season, and how much of the trend stays from month to month.
GRID = ((0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8), (0.0, 0.01, 0.05, 0.15), (0.0, 0.05, 0.1, 0.2, 0.35), (0.8, 0.9, 0.95, 0.98))


@dataclass(frozen=True)
class Forecast:
    """What the next months are likely to hold.

    mean : array (months ahead,)                  events to expect in each
    low80, high80, low95, high95 : the same       limits for four months in five, and for nineteen in twenty
    method : str                                  "seasonal_naive", "damped_smoothing" or "log_linear": the one that came closest
    mase : tuple of (str, float)                  each method's mean miss in the trials, over that of the month a year before
    dispersion : array (months ahead,)            a in the variance mu + a mu^2 of a month
    trials : int                                  how often each method was tried on months already known
    coverage80, coverage95 : float                share of the months tried that lay within limits made without them
    months : int                                  months the forecast was made from
    """

    mean: Array
    low80: Array
    high80: Array
    low95: Array
    high95: Array
    method: str
    mase: tuple[tuple[str, float], ...]
    dispersion: Array
    trials: int
    coverage80: float
    coverage95: float
    months: int


def forecast(counts: Many, days: Many, days_ahead: Many, *, breaks: Collection[int] = ()) -> Forecast:
    """What the next months are likely to hold, by whichever of three methods told the months so far best.

    counts : float array (months,)      events in each month, in order, at least 36, none missing
    days : float array (months,)        days in each month
    days_ahead : float array (ahead,)   days in each of the months to come, 12 at most
    breaks : places                     months from which figures cannot be compared with those before; any is refused
    Returns Forecast(mean, low80, high80, low95, high95, method, mase, dispersion, trials, coverage80, coverage95, months)

    All work on daily counts, and put them back on the days of the month told:

    1. "seasonal_naive": as in the same month a year before.
    2. "damped_smoothing": level, trend and season, each moved towards what each month shows, the trend dying away:
       `damped_smoothing` below.
    3. "log_linear": log mu = log days + a level for each month of the year + b t, fitted to all months so far. It is left out
       where a month of the year never held an event.

    Trials: from each of the last 36 months (fewer in a short series; 24 months are known to each trial at least) every method
    tells as many months as are asked for. MASE is its mean absolute miss over that of the seasonal naive method along the whole
    series; below 1 is better than taking last year's month. The least MASE wins, and of equal ones the first in this list. As the
    winner is chosen by it, its MASE is a little too good.

    Limits: the month told has the negative binomial distribution with the mean told (half an event at least) and the variance
    mu + a mu^2. For each number of months ahead, a = max(0, sum(miss^2 - mu) / sum mu^2) over the trials, and not less than for a
    nearer month. As a is known from few trials, the variance is widened by the square of Student's t over the normal point, on
    the trials less one. coverage80 and coverage95 are the shares of months in the trials within limits made the same way with
    the trial itself left out. With 36 months there are some ten trials, so that a share may be off by a tenth or more.

    Measured on invented series of three to ten years, the months that came after lay within the limits 78 to 84 and 95 to 96
    times in a hundred. Where a series wanders far (a correlation of 0.8 from month to month) it was 74 and 92.

    Raises ValueError naming the first count or days that cannot be or is missing; with fewer than 36 months, or too few for
    two trials; across a break; for no month or more than 12 ahead; or when every month is as a year before, so that nothing
    measures a miss.

    Source: Hyndman and Athanasopoulos (2021), chapters 5 and 8, for the trials and the two simple methods; Hyndman and Koehler
    (2006) for the measure of the misses.

    >>> months = np.arange(60)
    >>> counts = np.round(200 + 40 * np.sin(np.pi * months / 6)) + np.array([6, -6, 3, -3, 0] * 12)
    >>> told = forecast(counts, [30] * 60, [30] * 3)
    >>> told.method, told.mean.round().tolist(), told.low80.tolist(), told.high80.tolist()
    ('seasonal_naive', [197.0, 220.0, 241.0], [179.0, 201.0, 221.0], [215.0, 240.0, 261.0])
    """
    y, t, ahead = amounts(counts, "counts"), exposures(days, "days"), exposures(days_ahead, "days_ahead")
    _refuse(y, t, ahead, breaks)
    daily, horizon = y / t, ahead.size
    scale = float(np.abs((daily[YEAR:] - daily[:-YEAR]) * t[YEAR:]).mean())
    if scale == 0:
        raise ValueError("counts are each as a year before: nothing measures how far a forecast may miss")
    starts = np.arange(max(FIRST, y.size - horizon - TRIALS + 1), y.size - horizon + 1)
    # One row for each trial, and a last one for the forecast itself.
    known = np.append(starts, y.size)
    told = {SEASONAL_NAIVE: _year_before(daily, known, horizon), SMOOTHING: _smoothed(daily, known, horizon)}
    if (fitted := _log_linear(y, t, known, horizon)) is not None:
        told[LOG_LINEAR] = fitted
    at = starts[:, None] + np.arange(horizon)
    means = {name: rates[:-1] * t[at] for name, rates in told.items()}
    mase = {name: float(np.abs(y[at] - mu).mean()) / scale for name, mu in means.items()}
    method = min(mase, key=lambda name: mase[name])
    mean, tried = told[method][-1] * ahead, means[method]
    a = _dispersion(y[at], tried)
    limits = [_limits(mean, a, confidence, len(starts)) for confidence in CONFIDENCE]
    cover = _coverage(y[at], tried)
    (low80, high80), (low95, high95) = limits
    return Forecast(mean, low80, high80, low95, high95, method, tuple(mase.items()), a, len(starts), *cover, y.size)


def damped_smoothing(
    values: Many, *, alpha: Many, beta: Many, gamma: Many, phi: Many, level: float, trend: float, season: Many
) -> tuple[Array, Array, Array, Array]:
    """Level, damped trend and season of a series as each month moves them, for many weights at once.

    values : float array (months,)                 in order, none missing
    alpha, beta, gamma, phi : arrays (weights,)    how far a miss moves level, trend and season; how much of the trend stays
    level, trend : float                           before the first month
    season : float array (12,)                     before the first month, that of the first month first
    Returns told, level, trend, season             (months, weights) told a month before; and as they stand after each month

    A month is told as l + phi b + s of a year before. With its miss e: l = l + phi b + alpha e, b = phi b + beta e,
    s = s + gamma e.

    Source: Hyndman, Koehler, Ord and Snyder (2008), the model ETS(A,Ad,A) in its error correction form.

    >>> told, level, trend, season = damped_smoothing(
    ...     [10, 20], alpha=[0.5], beta=[0.1], gamma=[0.2], phi=[0.9], level=12, trend=0, season=[-1, 1] * 6
    ... )
    >>> told[:, 0].tolist(), level[:, 0].round(3).tolist(), trend[:, 0].round(3).tolist(), season[1, :2, 0].round(3).tolist()
    ([11.0, 12.41], [11.5, 15.205], [-0.1, 0.669], [-1.2, 2.518])
    """
    y = np.asarray(values, dtype=np.float64)
    weights = [np.asarray(w, dtype=np.float64) for w in (alpha, beta, gamma, phi)]
    a, b, c, kept = weights
    n, many = y.size, a.size
    told, levels, trends = (np.empty((n, many)) for _ in range(3))
    seasons = np.empty((n, YEAR, many))
    now_level, now_trend = np.full(many, float(level)), np.full(many, float(trend))
    now_season = np.repeat(np.asarray(season, dtype=np.float64)[:, None], many, axis=1)
    for i in range(n):
        month = i % YEAR
        base = now_level + kept * now_trend
        told[i] = base + now_season[month]
        miss = y[i] - told[i]
        now_level, now_trend = base + a * miss, kept * now_trend + b * miss
        now_season[month] += c * miss
        levels[i], trends[i], seasons[i] = now_level, now_trend, now_season
    return told, levels, trends, seasons


def words(found: Forecast, names: Sequence[str]) -> str:
    """The forecast in a sentence.

    found : Forecast       from `forecast`
    names : list of str    the months ahead, as "January 2026"
    Returns str            with the range that four months in five keep to, and how often it held so far

    >>> told = Forecast(*(np.array([n]) for n in (210.4, 180, 242, 165, 260)), "log_linear", (), np.array([0.01]), 34, 0.79, 0.94, 72)
    >>> words(told, ["January 2026"])
    'If months go on as before, January 2026 is likely to hold about 210 (180 to 242); 79% of earlier months tried lay in such a range.'
    """
    parts = [
        f"{name} is likely to hold about {mean:,.0f} ({low:,.0f} to {high:,.0f})"
        if i == 0
        else f"{name} {mean:,.0f} ({low:,.0f} to {high:,.0f})"
        for i, (name, mean, low, high) in enumerate(zip(names, found.mean, found.low80, found.high80, strict=True))
    ]
    said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"If months go on as before, {said}; {found.coverage80:.0%} of earlier months tried lay in such a range."


def _refuse(counts: Array, days: Array, ahead: Array, breaks: Collection[int]) -> None:
    refuse_unequal(counts, days, "counts and days")
    if ahead.ndim != 1 or not 1 <= ahead.size <= LONGEST:
        raise ValueError(f"days_ahead has shape {ahead.shape}: it must list the days of 1 to {LONGEST} months")
    for name, given in (("counts", counts), ("days", days), ("days_ahead", ahead)):
        if np.isnan(given).any():
            raise ValueError(f"{name}[{int(np.argmax(np.isnan(given)))}] is missing: a forecast needs a series without gaps")
    inside = sorted(place for place in breaks if 0 < place < counts.size)
    if inside:
        raise ValueError(f"figures break at counts[{inside[0]}]: a forecast must not be made across a break")
    if counts.size < LEAST_MONTHS:
        raise ValueError(f"counts hold {counts.size} months: a forecast needs {LEAST_MONTHS} at least")
    # With a year ahead asked of 36 months one trial is left, which measures nothing.
    if counts.size - ahead.size - FIRST < 2:
        raise ValueError(f"counts hold {counts.size} months: too few to try a forecast of {ahead.size} months on them")


def _year_before(daily: Array, known: Array, horizon: int) -> Array:
    found: Array = daily[known[:, None] - YEAR + np.arange(horizon) % YEAR]
    return found


def _smoothed(daily: Array, known: Array, horizon: int) -> Array:
    """Each trial takes the weights that told the months it knows best; level, trend and season start from the first two years."""
    alpha, beta, gamma, phi = np.array(list(product(*GRID))).T
    years = daily[: 2 * YEAR].reshape(2, YEAR)
    slope = float(years[1].mean() - years[0].mean()) / YEAR
    line = years.mean() + slope * (np.arange(2 * YEAR) - (2 * YEAR - 1) / 2)
    season = (years - line.reshape(2, YEAR)).mean(axis=0)
    start = float(line[0]) - slope
    told, levels, trends, seasons = damped_smoothing(
        daily, alpha=alpha, beta=beta, gamma=gamma, phi=phi, level=start, trend=slope, season=season
    )
    misses = np.cumsum((daily[:, None] - told) ** 2, axis=0)
    last = known - 1
    best = np.argmin(misses[last], axis=1)
    ahead = np.arange(horizon)
    # The trend goes on as phi + phi^2 + ... for so many months.
    damped = np.cumsum(phi[best][:, None] ** (ahead + 1), axis=1)
    months = (known[:, None] + ahead) % YEAR
    found = levels[last, best][:, None] + damped * trends[last, best][:, None] + seasons[last[:, None], months, best[:, None]]
    return np.asarray(np.maximum(found, 0.0), dtype=np.float64)


def _log_linear(counts: Array, days: Array, known: Array, horizon: int) -> Array | None:
    time = np.arange(counts.size + horizon, dtype=np.float64)
    columns = np.column_stack([*((time % YEAR == month).astype(np.float64) for month in range(YEAR)), time])
    found = np.empty((known.size, horizon))
    for i, n in enumerate(known.tolist()):
        means = fitted_means(counts[:n], days[:n], columns[:n])
        if means is None:
            return None
        terms = np.linalg.lstsq(columns[:n], np.log(means / days[:n]), rcond=None)[0]
        found[i] = np.exp(columns[n : n + horizon] @ terms)
    return found


def _dispersion(counts: Array, means: Array) -> Array:
    """a of the variance mu + a mu^2 for each number of months ahead, never less than for a nearer one."""
    with np.errstate(invalid="ignore", divide="ignore"):
        a = ((counts - means) ** 2 - means).sum(axis=0) / (means**2).sum(axis=0)
    return np.maximum.accumulate(np.where(np.isfinite(a), np.maximum(a, 0.0), 0.0))


def _coverage(counts: Array, means: Array) -> tuple[float, float]:
    """The share of trials within limits made from the other trials, at each confidence."""
    trials = len(counts)
    within = np.zeros(len(CONFIDENCE))
    for i in range(trials):
        others = np.arange(trials) != i
        a = _dispersion(counts[others], means[others])
        for j, confidence in enumerate(CONFIDENCE):
            low, high = _limits(means[i], a, confidence, trials - 1)
            within[j] += ((counts[i] >= low) & (counts[i] <= high)).mean()
    return float(within[0] / trials), float(within[1] / trials)


def _limits(mean: Array, a: Array, confidence: float, trials: int) -> tuple[Array, Array]:
    from scipy.special import ndtri, stdtrit

    tail = upper_tail(confidence)
    mu = np.maximum(mean, 0.5)
    wider = (float(stdtrit(max(trials - 1, 1), tail)) / float(ndtri(tail))) ** 2
    variance = (mu + a * mu**2) * wider
    return _quantile(mu, variance, tail), _quantile(mu, variance, 1 - tail)


def _quantile(mean: Array, variance: Array, share: float) -> Array:
    """The least count that at least this share of a negative binomial distribution does not go beyond, by halving."""
    from scipy.special import betainc

    size = mean**2 / (variance - mean)
    low, high = np.full(mean.shape, -1.0), np.ceil(mean + 40 * np.sqrt(variance) + 40)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = betainc(size, middle + 1, size / (size + mean)) >= share
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.asarray(high, dtype=np.float64)
