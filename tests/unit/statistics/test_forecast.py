"""What the next months are likely to hold."""

from math import nan
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics import forecast as module
from csplan.statistics.forecast import Forecast, damped_smoothing, forecast, words

DAYS = np.array([31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 6)
MONTHS = np.arange(72)


def invented(chance, months, mean=200, size=30, percent=0.0):
    i = np.arange(months)
    mu = mean * (1 + 0.15 * np.sin(np.pi * i / 6)) * (1 + percent / 100) ** (i / 12)
    return chance.negative_binomial(size, size / (size + mu)).astype(float)


@pytest.fixture(scope="module")
def drawn():
    return invented(np.random.default_rng(1), 60)


@pytest.fixture(scope="module")
def told(drawn):
    return forecast(drawn, DAYS[:60], DAYS[:3])


def test_the_least_miss_wins_and_all_are_kept(told):
    mase = dict(told.mase)
    assert list(mase) == ["seasonal_naive", "damped_smoothing", "log_linear"]
    assert mase[told.method] == min(mase.values())
    assert (told.trials, told.months) == (60 - 24 - 3 + 1, 60)


def test_the_miss_of_last_years_month_by_hand(drawn, told):
    daily = drawn / DAYS[:60]
    scale = np.mean([abs(daily[i] - daily[i - 12]) * DAYS[i] for i in range(12, 60)])
    misses = [abs(drawn[i] - daily[i - 12] * DAYS[i]) for start in range(24, 58) for i in range(start, start + 3)]
    assert dict(told.mase)["seasonal_naive"] == pytest.approx(np.mean(misses) / scale)


def test_no_trial_knows_what_comes_after_it(drawn):
    """With the months after a trial changed wildly, the rate it told is the same."""
    other = drawn.copy()
    other[40:] = 5000
    for way in (module._year_before, module._smoothed):
        first, second = (way(y / DAYS[:60], np.array([40]), 3) for y in (drawn, other))
        np.testing.assert_array_equal(first, second)
    first, second = (module._log_linear(y, DAYS[:60], np.array([40]), 3) for y in (drawn, other))
    np.testing.assert_allclose(first, second)


def test_each_method_goes_on_with_what_it_is_made_for():
    shape = 1 + 0.2 * np.sin(np.pi * np.arange(75) / 6)
    daily = shape * 1.1 ** (np.arange(75) / 12)
    at = np.array([72])
    np.testing.assert_allclose(module._log_linear(daily[:72], np.ones(72), at, 3)[0], daily[72:])
    np.testing.assert_allclose(module._year_before(shape[:72], at, 3)[0], shape[72:])
    np.testing.assert_allclose(module._smoothed(shape[:72], at, 3)[0], shape[72:], rtol=0.01)


def test_smoothing_goes_on_with_a_trend_that_dies_away():
    told, level, trend, season = damped_smoothing(
        [7, 8, 9], alpha=[0.5], beta=[0.2], gamma=[0.1], phi=[0.9], level=6, trend=1, season=[0] * 12
    )
    base, slope = 6.0, 1.0
    for i, value in enumerate((7, 8, 9)):
        expected = base + 0.9 * slope
        assert told[i, 0] == pytest.approx(expected)
        base, slope = expected + 0.5 * (value - expected), 0.9 * slope + 0.2 * (value - expected)
        assert (level[i, 0], trend[i, 0]) == (pytest.approx(base), pytest.approx(slope))
        assert season[i, i, 0] == pytest.approx(0.1 * (value - expected))


@settings(max_examples=50)
@given(st.floats(0.5, 3000), st.floats(1.01, 60), st.sampled_from([0.025, 0.1, 0.9, 0.975]))
def test_limits_are_points_of_the_negative_binomial(mean, wider, share):
    variance = mean * wider
    size = mean**2 / (variance - mean)
    found = module._quantile(np.array([mean]), np.array([variance]), share)[0]
    assert stats.nbinom.cdf(found, size, size / (size + mean)) >= share * (1 - 1e-9)
    assert found == 0 or stats.nbinom.cdf(found - 1, size, size / (size + mean)) < share * (1 + 1e-9)


def test_limits_are_widened_as_the_trials_are_few():
    mean, a = np.array([100.0]), np.array([0.02])
    few, many = module._limits(mean, a, 0.95, 6), module._limits(mean, a, 0.95, 100_000)
    size = 1 / 0.02
    assert many[1][0] == stats.nbinom.ppf(0.975, size, size / (size + 100))
    variance = 300 * (stats.t.ppf(0.975, 5) / stats.norm.ppf(0.975)) ** 2
    size = 100**2 / (variance - 100)
    assert few[1][0] == stats.nbinom.ppf(0.975, size, size / (size + 100))


def test_dispersion_by_hand_and_never_less_further_ahead():
    counts, means = np.array([[12.0, 10], [6, 11], [15, 10]]), np.full((3, 2), 10.0)
    # Squares 4 + 16 + 25 less 30 on 300; the second column has hardly any.
    assert module._dispersion(counts, means).tolist() == pytest.approx([15 / 300, 15 / 300])
    assert module._dispersion(counts[:, ::-1], means).tolist() == pytest.approx([0, 15 / 300])


def test_ranges_lie_in_one_another_and_are_whole_numbers(told):
    for low, high in ((told.low80, told.high80), (told.low95, told.high95)):
        assert (low <= told.mean).all() and (told.mean <= high).all() and (low % 1 == 0).all() and (high % 1 == 0).all()
    assert (told.low95 <= told.low80).all() and (told.high80 <= told.high95).all()
    assert (told.low95 < told.low80).any()


def test_ranges_hold_what_they_say():
    """Invented series of five years: the months after them, told in 80 and in 95 of a hundred."""
    chance, held80, held95, said80, said95 = np.random.default_rng(6), [], [], [], []
    for i in range(48):
        y = invented(chance, 63, mean=(8, 60, 400)[i % 3], percent=(0, 4, -6)[i % 3])
        told = forecast(y[:60], DAYS[:60], DAYS[60:63])
        held80.append((y[60:] >= told.low80) & (y[60:] <= told.high80))
        held95.append((y[60:] >= told.low95) & (y[60:] <= told.high95))
        said80.append(told.coverage80)
        said95.append(told.coverage95)
    assert 0.72 < np.mean(held80) < 0.9 and 0.9 < np.mean(held95) < 0.99
    assert np.mean(said80) == pytest.approx(np.mean(held80), abs=0.07)
    assert np.mean(said95) == pytest.approx(np.mean(held95), abs=0.05)


def test_longer_months_hold_more():
    y = invented(np.random.default_rng(2), 48)
    short, long = forecast(y, DAYS[:48], [28]), forecast(y, DAYS[:48], [56])
    assert long.mean[0] == pytest.approx(2 * short.mean[0])


def test_a_month_that_never_holds_any_leaves_the_log_linear_model_out():
    y = invented(np.random.default_rng(3), 48)
    y[5::12] = 0
    told = forecast(y, DAYS[:48], DAYS[:6])
    assert [name for name, _ in told.mase] == ["seasonal_naive", "damped_smoothing"]
    assert told.high95[5] > 0


def test_a_falling_series_is_never_told_below_zero():
    y = np.maximum(0, 60 - 1.7 * np.arange(36) + np.random.default_rng(4).integers(0, 3, 36)).round()
    told = forecast(y, DAYS[:36], DAYS[:8])
    assert (told.mean >= 0).all() and (told.low95 >= 0).all()


def test_only_the_last_three_years_are_tried():
    y = invented(np.random.default_rng(5), 72)
    assert forecast(y, DAYS, [30]).trials == 36
    assert forecast(y[:36], DAYS[:36], DAYS[:3]).trials == 10


def test_a_long_series_takes_well_under_a_second():
    y = invented(np.random.default_rng(7), 180)
    start = perf_counter()
    forecast(y, np.full(180, 30.0), [30] * 3)
    assert perf_counter() - start < 1.5


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda y: forecast(y[:35], DAYS[:35], [30]), "counts hold 35 months: a forecast needs 36 at least"),
        (lambda y: forecast(y, DAYS[:60], [30] * 13), "it must list the days of 1 to 12 months"),
        (lambda y: forecast(y, DAYS[:60], []), "it must list the days of 1 to 12 months"),
        (lambda y: forecast(y[:36], DAYS[:36], [30] * 11), "too few to try a forecast of 11 months on them"),
        (lambda y: forecast([nan, *y[1:]], DAYS[:60], [30]), "counts[0] is missing: a forecast needs a series without gaps"),
        (lambda y: forecast(y, [nan, *DAYS[1:60]], [30]), "days[0] is missing"),
        (lambda y: forecast(y, DAYS[:60], [nan]), "days_ahead[0] is missing"),
        (
            lambda y: forecast(y, DAYS[:60], [30], breaks=[59, 20]),
            "figures break at counts[20]: a forecast must not be made across",
        ),
        (lambda y: forecast([-1, *y[1:]], DAYS[:60], [30]), "counts[0] is -1: it cannot be less than zero"),
        (lambda y: forecast(y, DAYS[:59], [30]), "counts and days have shapes"),
        (lambda y: forecast([9] * 48, [30] * 48, [30]), "counts are each as a year before"),
    ],
)
def test_what_cannot_be_is_refused(drawn, call, sentence):
    with pytest.raises(ValueError) as refused:
        call(drawn)
    assert sentence in str(refused.value)


def test_a_break_before_or_after_the_series_does_not_matter(drawn, told):
    assert forecast(drawn, DAYS[:60], DAYS[:3], breaks=[0, 60]).method == told.method
    assert forecast(drawn[:36], DAYS[:36], [30] * 10).trials == 3


def test_words_of_three_months():
    n = [np.array([1200.0, 900, 1004]) + move for move in (0.4, -100, 100, -150, 150)]
    said = words(Forecast(*n, "log_linear", (), np.zeros(3), 30, 0.806, 0.9, 60), ["May", "June", "July"])
    assert said == (
        "If months go on as before, May is likely to hold about 1,200 (1,100 to 1,300), June 900 (800 to 1,000) and July 1,004 "
        "(904 to 1,104); 81% of earlier months tried lay in such a range."
    )
