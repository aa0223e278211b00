"""Whether a series of counts has changed, and how much.

Two questions look alike. `exact` asks what two counts can tell if nothing but chance moved them. `verdict_test` asks it of
recorded crime, whose months vary by more than chance; it is the only test behind a verdict word. `exact` is printed in method
notes.

Where many series are tested together, some will look changed by luck. `false_discovery` turns the p-values of the tests shown
together into q-values: among the changes called real at q below 5%, about one in twenty at most is expected to be none.
"""

from dataclasses import dataclass
from math import exp, inf, isnan, log, nan, sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from csplan.statistics.dispersion import dispersion
from csplan.statistics.inputs import Array, Many, amounts, exposures, one_number, refuse_unequal, upper_tail
from csplan.statistics.testing import adjusted

LEAST_MONTHS = 12
LEAST_COUNT = 20
#: The share of false claims accepted among all claims.
LARGEST_Q = 0.05

Verdict = Literal["up", "down", "no_clear_change", "too_few", "not_held"]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class ExactChange:
    """The ratio of two rates when chance alone moves their counts.

    ratio, low, high : float                  after over before, with limits; infinite with none before, NaN with none at all
    p_value : float                           how often chance alone would split the events this unevenly
    before, after : int                       the two counts
    exposure_before, exposure_after : float   the days, or people, behind each
    confidence : float                        0.95 for 95% limits
    """

    ratio: float
    low: float
    high: float
    p_value: float
    before: int
    after: int
    exposure_before: float
    exposure_after: float
    confidence: float


@dataclass(frozen=True)
class ChangeTest:
    """What the months compared can tell about a change: made by `verdict_test`, put in a word by `verdict`.

    before, after : float      events in the months compared; NaN when one of those months is not held
    held : int                 months held in the whole series
    percent : float            change of the daily count in percent, a fall negative; NaN when no test was made
    low, high : float          its 95% limits
    p_value : float            how often no change would look like this or more so; NaN when no test was made
    phi : float                how many times more the months vary than chance, at least 1; NaN when no test was made
    degrees_of_freedom : int   how much is known of phi; 0 when no test was made
    """

    before: float
    after: float
    held: int
    percent: float
    low: float
    high: float
    p_value: float
    phi: float
    degrees_of_freedom: int


def exact(before: int, after: int, *, exposure_before: float, exposure_after: float, confidence: float = 0.95) -> ExactChange:
    """The ratio of two rates, exact for two counts that chance alone moves.

    before, after : int                        events, zero or more
    exposure_before, exposure_after : number   the days (or people) behind each, more than zero
    Returns ExactChange(ratio, low, high, p_value, before, after, exposure_before, exposure_after, confidence)

    Of all events together each falls after with probability s = exposure_after / (exposure_before + exposure_after) when
    nothing changed. p_value adds up all splits no likelier than the one seen. The limits of the share after are Clopper and
    Pearson's; a share p means a ratio of p / (1 - p) * exposure_before / exposure_after.

    Raises ValueError when a count is not a whole number of zero or more, or an exposure is not more than zero.

    Source: Clopper and Pearson (1934). R's `poisson.test` does the same with two counts; this is the example of its help page.

    >>> change = exact(21, 11, exposure_before=3011, exposure_after=800)
    >>> round(change.ratio, 4), round(change.low, 4), round(change.high, 4), round(change.p_value, 5)
    (1.9715, 0.8584, 4.2773, 0.07967)
    """
    a, b = _whole(before, "before"), _whole(after, "after")
    t_a = one_number(exposure_before, "exposure_before", exposures(exposure_before, "exposure_before"))
    t_b = one_number(exposure_after, "exposure_after", exposures(exposure_after, "exposure_after"))
    tail = upper_tail(confidence)
    low = _odds(b, a + 1, tail) * t_a / t_b if b else 0.0
    high = _odds(b + 1, a, 1 - tail) * t_a / t_b if a else inf
    ratio = (b / t_b) / (a / t_a) if a else (inf if b else nan)
    return ExactChange(ratio, low, high, _two_sided(b, a + b, t_b / (t_a + t_b)), a, b, t_a, t_b, confidence)


def verdict_test(counts: Many, days: Many, *, before: ArrayLike, after: ArrayLike) -> ChangeTest:
    """The change of the daily count between the same months of two years, tested against how restless the series is.

    counts : float array (months,)   events in each month, in order; NaN where not held; normally the last 24 months
    days : float array (months,)     days in each month
    before, after : int arrays       places in `counts` of the months compared: the same calendar months, earlier and later
    Returns ChangeTest(before, after, held, percent, low, high, p_value, phi, degrees_of_freedom)

    Let A and B be the events before and after, S and T the days of those months. The ratio is (B/T) / (A/S). Months are compared
    with the same calendar months, so the season falls out of the ratio; days put leap years right. If chance alone moved the
    counts, the logarithm of the ratio would have the variance 1/A + 1/B. Months of recorded crime vary more, so that variance
    is multiplied by phi, the dispersion of the whole series: log ratio -/+ t sqrt(phi (1/A + 1/B)).

    Five choices, and why:

    1. phi comes from all months held and not from those compared: four months on each side know too little about unrest.
    2. phi is measured around a yearly wave. A season is no surprise and must not hide a change.
    3. phi is measured around levels of their own for the months up to the last of `before`, the months from the first of `after`
       on, and the months between, if any is held. A true change between the two sides is what is asked about; it must not be
       counted as the noise to judge it by.
    4. t is Student's, on the months held less the terms fitted (16 months less four terms: 12). phi from so few months is itself
       uncertain; the normal distribution in place of t would make several times as many false claims.
    5. phi is at least 1. A series that looks steadier than chance does so by chance.

    A season that is not a smooth wave (one high month in the year) is partly taken for unrest, which makes the test slower to
    claim. The other way: months are taken as independent around their wave. Where a series wanders, so that a high month tends
    to follow a high month, the limits are too narrow; how much is measured below. (Over the twelve months of 2025 the
    correlation of a month with the one before it lay, by type of crime, between none and about 0.3 in 252 districts of England
    and Wales; it was highest for robbery, shoplifting, vehicle crime and anti-social behaviour.) And no test knows the reason:
    a change in how crime is recorded looks the same as a change in crime.

    No test is made when a month compared is not held, when fewer than 12 months are held, with fewer than 20 events before or
    after, or when no degree of freedom is left.

    Raises ValueError naming the first count, day or place that cannot be; also when the months compared are not the same
    calendar months, or not all earlier on one side.

    Source: McCullagh and Nelder (1989), chapter 6, for the variance of counts as phi times their mean; the variance of the
    logarithm of a ratio is the usual one, by the delta method.

    >>> held = [300, 250, 310, 290] + [np.nan] * 8 + [211, 173, 225, 199, 220, 194, 250, 215, 189, 226, 198, 215]
    >>> days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    >>> test = verdict_test(held, days, before=[0, 1, 2, 3], after=[12, 13, 14, 15])
    >>> test.before, test.after, test.held, test.degrees_of_freedom, round(test.phi, 2)
    (1150.0, 808.0, 16, 12, 1.2)
    >>> round(test.percent, 1), round(test.low, 1), round(test.high, 1)
    (-29.2, -36.5, -20.9)
    """
    y, t = amounts(counts, "counts"), exposures(days, "days")
    refuse_unequal(y, t, "counts and days")
    if np.isnan(t).any():
        raise ValueError(f"days[{int(np.argmax(np.isnan(t)))}] is missing: every month has days")
    first, second = _places(before, "before", y.size), _places(after, "after", y.size)
    _refuse_unlike(first, second)
    a, b = _events(y[first]), _events(y[second])
    held = int((~np.isnan(y)).sum())
    untested = ChangeTest(a, b, held, nan, nan, nan, nan, nan, 0)
    if isnan(a) or isnan(b) or held < LEAST_MONTHS or min(a, b) < LEAST_COUNT:
        return untested
    phi, freedom = dispersion(y, t, _levels(y.size, first, second))
    if not freedom:
        return untested
    ratio = (b / float(t[second].sum())) / (a / float(t[first].sum()))
    low, high, p_value = _around(ratio, sqrt(phi * (1 / a + 1 / b)), freedom)
    return ChangeTest(a, b, held, _percent(ratio), _percent(low), _percent(high), p_value, phi, freedom)


def false_discovery(p_values: Many) -> Array:
    """Each p-value put right for how many tests are shown together.

    p_values : float array (tests,)   0 to 1; NaN where no test was made: not counted
    Returns q, a float array (tests,); NaN where p is NaN

    With p in rising order, the i-th of n has q = the least of n p_j / j over all j from i on, and 1 at most. Stricter ways are in
    `testing.adjusted`.

    Raises ValueError naming the first p-value below 0 or above 1.

    Source: Benjamini and Hochberg (1995).

    >>> false_discovery([0.008, 0.03, 0.123, 0.6, 0.2]).round(3).tolist()
    [0.04, 0.075, 0.205, 0.6, 0.25]
    """
    return adjusted(p_values, method="benjamini_hochberg")


def verdict(test: ChangeTest, q: float) -> Verdict:
    """The one word for a test, given its q among the tests shown with it.

    "not_held"          a month compared is not held
    "too_few"           fewer than 12 months held, fewer than 20 events before or after, or nothing left to judge by
    "up", "down"        q below 5%
    "no_clear_change"   chance and the usual unrest of the series could account for the difference

    The first that holds is the word. A break in the series, where recording changed between the two, is for the caller to know
    and to say.

    Raises ValueError when a test was made and its q is missing.

    >>> test = ChangeTest(1170.0, 808.0, 16, -30.4, -37.0, -23.1, 0.00001, 1.0, 12)
    >>> verdict(test, 0.0001), verdict(test, 0.06)
    ('down', 'no_clear_change')
    """
    if isnan(test.before) or isnan(test.after):
        return "not_held"
    if test.held < LEAST_MONTHS or min(test.before, test.after) < LEAST_COUNT or isnan(test.p_value):
        return "too_few"
    if isnan(q):
        raise ValueError("q is missing for a test that was made: take it from false_discovery over the tests shown together")
    if q >= LARGEST_Q:
        return "no_clear_change"
    return "up" if test.percent > 0 else "down"


def _whole(count: int, name: str) -> int:
    number = one_number(count, name, amounts(count, name))
    if not number.is_integer():
        raise ValueError(f"{name} is {count}: an exact test needs a whole number of events")
    return int(number)


def _odds(k: int, m: int, p: float) -> float:
    """The odds of the share below which a beta variable of k and m stays with probability p."""
    from scipy.special import betaincinv

    # One less a share near 1 loses its digits, so the rest is asked for by itself.
    return float(betaincinv(k, m, p)) / float(betaincinv(m, k, 1 - p))


def _two_sided(after: int, total: int, share: float) -> float:
    """The probability of all splits of `total` no likelier than `after`, each event falling after with probability `share`."""
    from scipy.special import gammaln, xlog1py, xlogy

    k = np.arange(total + 1)
    chance = np.exp(gammaln(total + 1) - gammaln(k + 1) - gammaln(total - k + 1) + xlogy(k, share) + xlog1py(total - k, -share))
    # The allowance lets a split count as equally likely when only rounding parts the two.
    return min(1.0, float(chance[chance <= chance[after] * (1 + 1e-7)].sum()))


def _places(indices: ArrayLike, name: str, months: int) -> Places:
    places = np.asarray(indices)
    if places.size == 0:
        return np.empty(0, dtype=np.intp)
    if places.ndim != 1 or not np.issubdtype(places.dtype, np.integer):
        raise ValueError(f"{name} must be a list of whole numbers, the places of the months compared")
    for i, place in enumerate(places.tolist()):
        if not 0 <= place < months or place in places[:i]:
            raise ValueError(f"{name}[{i}] is {place}: each must be a place from 0 to {months - 1}, and none twice")
    return places.astype(np.intp)


def _refuse_unlike(before: Places, after: Places) -> None:
    if sorted(before % 12) != sorted(after % 12):
        raise ValueError("before and after must be the same calendar months, or the season would pass for a change")
    if before.size and before.max() >= after.min():
        raise ValueError("every month of before must be earlier than every month of after")


def _events(compared: Array) -> float:
    """Their sum; NaN when one is missing, or when there is none, since the sum of no months is not a count of zero."""
    return float(compared.sum()) if compared.size else nan


def _levels(months: int, before: Places, after: Places) -> Places:
    """0 up to the last month before, 1 between, 2 from the first month after on."""
    place = np.arange(months)
    return np.searchsorted([before.max() + 1, after.min()], place, side="right")


def _around(ratio: float, error: float, freedom: int) -> tuple[float, float, float]:
    """95% limits of a ratio whose logarithm has this error, and the p-value of no change, by Student's t."""
    from scipy.special import stdtr, stdtrit

    # A series so wild that its limits leave all bounds is given wide ones that can still be written down.
    reach = min(float(stdtrit(freedom, 0.975)) * error, 100.0)
    return ratio * exp(-reach), ratio * exp(reach), 2 * float(stdtr(freedom, -abs(log(ratio)) / error))


def _percent(ratio: float) -> float:
    return 100 * (ratio - 1)
