"""Rates over unequal exposures: limits of each point, exact ones where few are expected, and the four rules."""

from dataclasses import FrozenInstanceError
from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics.control_chart import xmr
from csplan.statistics.u_chart import u_chart

#: Twelve points with a mean rate of 1 over a hundred each: limits 1 -/+ 0.3, near them beyond 1 -/+ 0.2.
QUIET = [98, 102] * 6


def after_quiet(*points: float, over: float = 100) -> tuple:
    """Signals of the points added, judged by the quiet baseline before them."""
    return u_chart([*QUIET, *points], [100] * 12 + [over] * len(points), baseline=slice(0, 12)).signals[12:]


def test_limits_are_three_deviations_of_each_point():
    chart = u_chart([100, 390, 410, 25], [100, 400, 400, 25])
    assert chart.mean == 1
    assert chart.high == pytest.approx((1.3, 1.15, 1.15, 1.6))
    assert chart.low == pytest.approx((0.7, 0.85, 0.85, 0.4))
    assert chart.values == pytest.approx((1, 0.975, 1.025, 1))
    assert set(chart.signals) == {None} and chart.exact == (False,) * 4
    assert (chart.counts, chart.exposures, chart.per, chart.baseline) == ((100, 390, 410, 25), (100, 400, 400, 25), 1, None)


def test_the_lower_limit_is_never_below_nothing():
    assert u_chart([8, 8], [8, 8]).low == (0, 0)
    assert 8 - 3 * sqrt(8) < 0


@pytest.mark.parametrize(
    ("count", "signal"), [(129.9, None), (130.1, "outside"), (70.1, None), (69.9, "outside"), (130, None), (70, None)]
)
def test_a_point_beyond_its_limit_is_outside(count, signal):
    assert after_quiet(count) == (signal,)


def test_the_same_rate_is_outside_only_where_much_was_counted():
    assert after_quiet(120, over=100) == (None,)
    assert after_quiet(4800, over=4000) == ("outside",)


@pytest.mark.parametrize(
    ("points", "signals"),
    [
        ((121, 101, 121), ("near_limits", None, "near_limits")),
        ((121, 101, 119), (None, None, None)),
        ((79, 99, 79), ("near_limits", None, "near_limits")),
        ((81, 99, 79), (None, None, None)),
    ],
)
def test_two_of_three_near_a_limit(points, signals):
    assert after_quiet(*points) == signals


@pytest.mark.parametrize(("points", "marked"), [(6, 0), (7, 7)])
def test_runs_and_trends_are_of_seven(points, marked):
    assert after_quiet(100, *([103, 104] * 4)[:points], 99).count("run") == marked
    rising = [100 + 2 * (i - points / 2) for i in range(points)]
    assert after_quiet(*rising, 100).count("trend") == marked


def test_a_trend_is_of_the_rates_and_not_of_the_counts():
    rates, over = [0.93, 0.95, 0.97, 0.99, 1.01, 1.03, 1.05], [900, 700, 500, 300, 200, 150, 100]
    counts = [rate * n for rate, n in zip(rates, over, strict=True)]
    assert sorted(counts) == counts[::-1]
    chart = u_chart([*QUIET, *counts], [100] * 12 + over, baseline=slice(0, 12))
    assert chart.signals[12:] == ("trend",) * 7


@pytest.mark.parametrize(("expected", "exact"), [(4.9, True), (5, False), (5.1, False)])
def test_fewer_than_five_expected_has_exact_limits(expected, exact):
    chart = u_chart([*QUIET, 3], [100] * 12 + [expected], baseline=slice(0, 12))
    assert chart.exact[-1] is exact
    if exact:
        assert chart.high[-1] == stats.poisson.ppf(stats.norm.cdf(3), expected) / expected
        assert chart.low[-1] == 0
    else:
        assert chart.high[-1] == pytest.approx(1 + 3 / sqrt(expected))


@pytest.mark.parametrize(("count", "signal"), [(7, None), (8, "outside")])
def test_an_exact_limit_is_passed_by_the_first_count_beyond_it(count, signal):
    # Expected 2: P(X <= 6) = 0.9955 and P(X <= 7) = 0.9989, so 7 is the least count that 99.865% stay within.
    assert after_quiet(count, over=2) == (signal,)


def test_few_events_are_held_against_the_median():
    # Expected 0.5: more than half of all months have none, so seven empty months are no run.
    assert set(after_quiet(*[0] * 8, over=0.5)) == {None}
    assert after_quiet(*[1] * 7, 0, over=0.5) == (*["run"] * 7, None)


def test_points_of_either_kind_stand_side_by_side_in_a_run():
    chart = u_chart(
        [*QUIET, 100, 103, 4, 103, 4, 103, 4, 103, 99], [100] * 13 + [100, 3, 100, 3, 100, 3, 100, 100], baseline=slice(12)
    )
    assert chart.signals[13:20] == ("run",) * 7
    assert chart.exact[13:20] == (False, True) * 3 + (False,)


def test_equal_exposures_and_few_events_give_the_chart_of_rare_events():
    counts = [0, 1, 2, 1, 0, 2, 1, 1, 0, 2, 6, 0]
    single, rate = xmr(counts), u_chart(counts, [1] * 12)
    assert (rate.mean, rate.low[0], rate.high[0]) == (pytest.approx(single.mean), single.low, single.high)
    assert rate.signals == single.signals


def test_a_baseline_freezes_the_mean():
    chart = u_chart([*QUIET, 900], [100] * 13, baseline=range(12))
    assert chart.mean == 1 and chart.baseline == tuple(range(12))
    assert u_chart([*QUIET, 900], [100] * 13).mean == pytest.approx(2100 / 1300)


def test_a_gap_is_a_gap():
    chart = u_chart([98, nan, 102, 100], [100, 100, nan, 100])
    assert [isnan(v) for v in chart.values] == [False, True, True, False]
    assert chart.mean == pytest.approx(198 / 200)
    assert isnan(chart.high[2]) and isnan(chart.low[2]) and not isnan(chart.high[1])
    assert set(chart.signals) == {None}
    assert after_quiet(103, 104, 103, nan, 103, 104, 103, 104) == (None,) * 8


@pytest.mark.parametrize(("counts", "over"), [([], []), ([nan], [5]), ([0, 0, 0, 0, 0, 0, 0, 0], [5, 60, 5, 5, 5, 5, 5, 5])])
def test_without_events_no_range_can_be_told(counts, over):
    chart = u_chart(counts, over)
    assert all(isnan(high) for high in chart.high) and all(isnan(low) for low in chart.low)
    assert set(chart.signals) <= {None}


def test_per_scales_what_is_shown_and_nothing_else():
    one, many = u_chart([9, 12, 40], [100, 100, 100]), u_chart([9, 12, 40], [100, 100, 100], per=1000)
    assert many.mean == pytest.approx(1000 * one.mean)
    assert many.values == pytest.approx([1000 * v for v in one.values])
    assert many.high == pytest.approx([1000 * v for v in one.high])
    assert many.low == pytest.approx([1000 * v for v in one.low])
    assert many.signals == one.signals and many.per == 1000


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: u_chart([1, -1], [5, 5]), r"counts\[1\] is -1: it cannot be less than zero"),
        (lambda: u_chart([1, 1], [5, 0]), r"exposures\[1\] is 0: it must be more than zero"),
        (lambda: u_chart([1, 1], [5]), "counts and exposures have shapes"),
        (lambda: u_chart([1, 1], [5, 5], per=0), "per is 0: it must be more than zero"),
        (lambda: u_chart([1, 1], [5, 5], per=nan), "per is nan: it must be more than zero"),
        (lambda: u_chart([1, 1], [5, 5], baseline=[2]), "baseline names the point 2: the series has points 0 to 1"),
        (lambda: u_chart([1, 1], [5, 5], baseline=[]), "baseline names no point"),
    ],
)
def test_what_cannot_be_charted_is_refused(call, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        call()


def test_a_result_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        u_chart(QUIET, [100] * 12).mean = 2.0


POINTS = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 400)), min_size=1, max_size=25)


@settings(max_examples=40)
@given(POINTS, st.sampled_from([0.25, 2.0, 8.0]))
def test_counting_the_exposure_in_other_units_changes_no_signal(points, scale):
    counts, over = np.array(points, dtype=float).T
    there, here = u_chart(counts, over), u_chart(counts, scale * over)
    assert there.signals == here.signals
    np.testing.assert_allclose(np.array(there.high), scale * np.array(here.high))


@settings(max_examples=40)
@given(POINTS)
def test_every_point_beyond_its_limit_is_outside_and_no_other(points):
    counts, over = np.array(points, dtype=float).T
    chart = u_chart(counts, over)
    for value, low, high, signal in zip(chart.values, chart.low, chart.high, chart.signals, strict=True):
        if not isnan(high):
            assert (signal == "outside") == (value > high * (1 + 1e-8) or value < low * (1 - 1e-8))
