"""Which way a series goes over the years."""

from itertools import combinations
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics.trend import MonthlyTrend, mann_kendall, monthly_trend, seasonal_mann_kendall, theil_sen, words

MONTHS = np.arange(60)
DAYS = np.array([31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 5)
SERIES = st.lists(st.integers(0, 6), min_size=4, max_size=15)


def by_hand(values):
    """S pair by pair, and its variance group by group."""
    held = [v for v in values if not np.isnan(v)]
    s = sum((b > a) - (b < a) for a, b in combinations(held, 2))
    n, groups = len(held), [held.count(v) for v in set(held)]
    return s, (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in groups)) / 18


@settings(max_examples=50)
@given(SERIES, st.sets(st.integers(0, 14), max_size=3))
def test_order_as_pair_by_pair(values, missing):
    x = np.array([nan if i in missing else v for i, v in enumerate(values)], float)
    s, variance = by_hand(x.tolist())
    held = int((~np.isnan(x)).sum())
    found = mann_kendall(x)
    if held < 2:
        assert np.isnan([found.s, found.z, found.p_value, found.tau]).all()
        return
    z = 0.0 if s == 0 else (s - np.sign(s)) / variance**0.5
    assert (found.s, found.tau) == (s, pytest.approx(s / (held * (held - 1) / 2)))
    assert (found.z, found.p_value) == (pytest.approx(z), pytest.approx(2 * stats.norm.sf(abs(z))))


@settings(max_examples=30)
@given(SERIES, st.integers(1, 9))
def test_only_the_order_matters_and_turning_time_turns_the_sign(values, scale):
    x = np.array(values, float)
    there, back, scaled = mann_kendall(x), mann_kendall(x[::-1]), mann_kendall(np.exp(x) * scale - 7)
    assert (scaled.s, scaled.z) == (there.s, there.z)
    assert (back.s, back.z) == (-there.s, -there.z)


def test_many_places_are_each_place_alone():
    chance = np.random.default_rng(1)
    x = chance.integers(0, 5, (40, 14)).astype(float)
    x[chance.random(x.shape) < 0.2] = nan
    x[7] = nan
    together, slopes = mann_kendall(x), theil_sen(x)
    assert together.z.shape == (40,) and np.isnan(together.z[7]) and np.isnan(slopes.slope[7])
    for i, row in enumerate(x):
        alone, slope = mann_kendall(row), theil_sen(row)
        np.testing.assert_equal([alone.tau, alone.z, alone.p_value, alone.s], [a[i] for a in vars(together).values()])
        np.testing.assert_equal([slope.slope, slope.low, slope.high], [slopes.slope[i], slopes.low[i], slopes.high[i]])


def test_values_all_alike_have_no_trend():
    found = mann_kendall([4.0] * 12)
    assert (found.s, found.z, found.p_value, found.tau) == (0, 0, 1, 0)


def test_no_value_has_no_answer():
    assert np.isnan(mann_kendall([]).z) and np.isnan(theil_sen([1.0]).slope)
    assert theil_sen(np.empty((0, 5))).slope.shape == (0,)


def test_each_month_is_held_against_its_like_only():
    x = np.array([5, 50, 4, 60, 6, 55, 7, 70], float)
    s, variance = (sum(part) for part in zip(by_hand(x[::2].tolist()), by_hand(x[1::2].tolist()), strict=True))
    found = seasonal_mann_kendall(x, period=2)
    assert (found.s, found.z, found.tau) == (s, pytest.approx((s - 1) / variance**0.5), pytest.approx(s / 12))
    # A season that comes again each year is no trend.
    assert seasonal_mann_kendall([1, 5, 9, 2] * 3, period=4).s == 0
    np.testing.assert_equal(vars(seasonal_mann_kendall([3, 1, 2], period=1)), vars(mann_kendall([3, 1, 2])))


@settings(max_examples=50)
@given(SERIES, st.sampled_from([0.8, 0.95, 0.99]))
def test_slope_as_in_scipy(values, confidence):
    theirs = stats.theilslopes(values, alpha=confidence)
    found = theil_sen(values, confidence=confidence)
    assert found.slope == pytest.approx(theirs.slope)
    assert (found.low, found.high) == (pytest.approx(theirs.low_slope), pytest.approx(theirs.high_slope))


def test_slopes_go_over_gaps_by_time():
    assert theil_sen([2, nan, nan, 8, 10]).slope == 2
    held = [0, 3, 4, 9]
    theirs = stats.theilslopes([1.0, 5, 2, 8], held)
    x = np.full(10, nan)
    x[held] = [1, 5, 2, 8]
    found = theil_sen(x)
    assert (found.slope, found.low, found.high) == pytest.approx((theirs.slope, theirs.low_slope, theirs.high_slope))


@settings(max_examples=30)
@given(SERIES, st.integers(1, 9), st.integers(-20, 20))
def test_slope_grows_with_the_scale(values, scale, level):
    once, scaled = theil_sen(values), theil_sen(scale * np.array(values) + level)
    for name in ("slope", "low", "high"):
        assert getattr(scaled, name) == pytest.approx(scale * getattr(once, name))


def season(percent, amount=0.2):
    return 300 * DAYS / 30 * (1 + amount * np.sin(np.pi * MONTHS / 6)) * (1 + percent / 100) ** (MONTHS / 12)


@pytest.mark.parametrize("percent", [-20, -3, 0, 8])
def test_a_trend_is_found_beneath_season_and_months_of_different_length(percent):
    found = monthly_trend(season(percent), DAYS)
    assert found.percent == pytest.approx(percent, abs=1e-6)
    assert (found.phi, found.degrees_of_freedom, found.months) == (1, 47, 60)
    assert found.low < percent < found.high


def test_limits_are_students():
    chance = np.random.default_rng(4)
    found = monthly_trend(chance.negative_binomial(10, 0.05, 60), DAYS, confidence=0.9)
    reach = stats.t.ppf(0.95, found.degrees_of_freedom) * found.error
    assert found.phi > 5
    assert found.low == pytest.approx(100 * np.expm1(12 * (found.b - reach)))
    assert found.high == pytest.approx(100 * np.expm1(12 * (found.b + reach)))
    assert found.p_value == pytest.approx(2 * stats.t.sf(abs(found.b) / found.error, 47))


def test_a_month_without_any_event_is_left_out():
    counts = season(5)
    counts[3::12] = 0
    found = monthly_trend(counts, DAYS)
    assert (found.percent, found.degrees_of_freedom, found.months) == (pytest.approx(5, abs=1e-6), 55 - 12, 60)


def test_months_not_held_are_not_zero():
    counts = season(-6)
    counts[10:15] = nan
    found = monthly_trend(counts, DAYS)
    assert (found.percent, found.degrees_of_freedom, found.months) == (pytest.approx(-6, abs=1e-6), 42, 55)


@settings(max_examples=20)
@given(st.integers(2, 9))
def test_more_events_and_longer_months_do_not_change_the_percent(scale):
    counts = 5 * np.random.default_rng(9).poisson(season(3)).astype(float)
    once, scaled = monthly_trend(counts, DAYS), monthly_trend(counts, DAYS * scale)
    assert scaled.percent == pytest.approx(once.percent, abs=1e-7)
    more = monthly_trend(counts * scale, DAYS)
    assert more.b == pytest.approx(once.b, abs=1e-9)
    assert (once.phi > 1, more.phi) == (True, pytest.approx(scale * once.phi))


def test_a_false_trend_is_rare():
    chance = np.random.default_rng(12)
    drawn = chance.negative_binomial(20, 20 / (20 + season(0)), (300, 60))
    claims = np.mean([monthly_trend(row, DAYS).p_value < 0.05 for row in drawn])
    assert 0.015 < claims < 0.09


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: mann_kendall([1, np.inf]), "values[1] is endless"),
        (lambda: mann_kendall([[1, 2], [3, -np.inf]]), "values[1, 1] is endless"),
        (lambda: mann_kendall(np.zeros((2, 2, 2))), "values have shape (2, 2, 2)"),
        (lambda: seasonal_mann_kendall([1, 2], period=0), "period is 0"),
        (lambda: theil_sen([1, 2], confidence=1), "confidence is 1"),
        (lambda: monthly_trend([5.0] * 35, [30] * 35), "counts hold 35 months: a trend over the years needs 36 at least"),
        (lambda: monthly_trend([nan, *[5.0] * 35], [30] * 36), "counts hold 35 months"),
        (lambda: monthly_trend([0.5] * 38, [30] * 38), "counts hold 19 events: a trend over the years needs 20 at least"),
        (lambda: monthly_trend([-1.0, *[5] * 40], [30] * 41), "counts[0] is -1: it cannot be less than zero"),
        (lambda: monthly_trend([5] * 41, [0, *[30] * 40]), "days[0] is 0: it must be more than zero"),
        (lambda: monthly_trend([5] * 41, [30, nan, *[30] * 39]), "days[1] is missing"),
        (lambda: monthly_trend([5] * 41, [30] * 40), "counts and days have shapes"),
        (lambda: monthly_trend([0] * 36 + [50] * 12, [30] * 48), "counts cannot tell a trend from their season"),
    ],
)
def test_what_cannot_be_is_refused(call, sentence):
    with pytest.raises(ValueError) as refused:
        call()
    assert sentence in str(refused.value)


def test_thirty_six_months_are_enough_and_the_gap_between_is_told():
    assert monthly_trend([5.0] * 36, [30] * 36).months == 36


def test_words_say_no_more_than_the_test():
    clear = MonthlyTrend(7.0, 1.0, 13.4, 0.049, 0, 0, 1, 40, 53, 0.95)
    assert (
        words(clear)
        == "Over the 53 months held the monthly count rose by about 7.0% a year (likely range: 1.0% to 13.4% a year)."
    )
    assert "no clear trend" in words(MonthlyTrend(7.0, 0.1, 13.4, 0.05, 0, 0, 1, 40, 53, 0.95))
    assert "a rise of 0.1% to a rise" in words(MonthlyTrend(7.0, 0.1, 13.4, 0.05, 0, 0, 1, 40, 53, 0.95))
