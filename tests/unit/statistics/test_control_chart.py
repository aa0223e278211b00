"""Control charts: each rule below, on and above its edge, their order, gaps, baselines, and charts of rare events."""

from dataclasses import FrozenInstanceError
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.statistics.control_chart import xmr

#: Twelve quiet points with mean 100 and every step 4: limits 100 -/+ 10.64, near them beyond 100 -/+ 7.093.
QUIET = [98.0, 102.0] * 6


def after_quiet(*points: float) -> tuple:
    """Signals of the points added, judged by the quiet baseline before them."""
    return xmr([*QUIET, *points], baseline=slice(0, 12)).signals[12:]


def test_limits_are_the_mean_and_2_66_mean_steps():
    chart = xmr(QUIET)
    assert (chart.mean, chart.low, chart.high) == (100, pytest.approx(89.36), pytest.approx(110.64))
    assert set(chart.signals) == {None}
    assert chart.method == "xmr"


def test_a_step_of_3_267_mean_steps_is_left_out_once():
    # Steps: twelve of 1 and two of 20; their mean 52/14, times 3.267 is 12.1, so both twenties go and the mean step is 1.
    chart = xmr([10, 11] * 3 + [10, 30, 10] + [11, 10] * 3)
    assert chart.high - chart.mean == pytest.approx(2.66)


@pytest.mark.parametrize(("far", "mean_step"), [(4, 14 / 11), (5, 1)])
def test_a_step_is_left_out_from_3_267_mean_steps_on(far, mean_step):
    # Ten steps of 1 and one more. If that is 4 the mean step is 14/11 and 4 is 3.14 of it; if 5 it is 15/11, and 5 is 3.67 of it.
    chart = xmr([10, 11, 10, 11, 10, 11, 11 + far, 12 + far, 11 + far, 12 + far, 11 + far, 12 + far])
    assert chart.high - chart.mean == pytest.approx(2.66 * mean_step)


@pytest.mark.parametrize("rounding", [-5e-8, 5e-8])
def test_a_point_parted_from_a_line_by_rounding_lies_on_it(rounding):
    assert after_quiet(110.64 + rounding, 89.36 + rounding) == (None, None)
    near = 2 / 3 * 10.64
    assert after_quiet(100 + near + rounding, 101, 100 + near + rounding) == (None, None, None)
    assert after_quiet(100 - near + rounding, 99, 100 - near + rounding) == (None, None, None)
    assert after_quiet(*[100 + rounding + 1e-8 * (i % 2) for i in range(8)]) == (None,) * 8


def test_a_point_parted_from_a_line_by_more_lies_beyond_it():
    assert after_quiet(110.64 + 1e-6, 89.36 - 1e-6) == ("outside", "outside")
    near = 2 / 3 * 10.64 + 1e-6
    assert after_quiet(100 + near, 101, 100 + near) == ("near_limits", None, "near_limits")
    assert after_quiet(100 - near, 99, 100 - near) == ("near_limits", None, "near_limits")
    assert after_quiet(*[100 + 1e-6 + 1e-8 * (i % 2) for i in range(7)], 99) == (*["run"] * 7, None)


def test_runs_and_trends_may_begin_at_the_first_point_and_end_at_the_last():
    over = [103.0, 104] * 3 + [103]
    assert xmr([*over, *QUIET], baseline=slice(7, 19)).signals[:7] == ("run",) * 7
    assert xmr([*QUIET, 100, *over], baseline=slice(0, 12)).signals[12:] == (None, *["run"] * 7)
    rising = [97.0, 98, 99, 100.5, 101, 102, 103]
    assert xmr([*rising, *QUIET], baseline=slice(7, 19)).signals[:7] == ("trend",) * 7
    assert after_quiet(*rising[:-1], 103)[-7:] == ("trend",) * 7


def test_the_lower_end_is_never_drawn_below_nothing():
    chart = xmr([2.5, 30.5, 3.5, 28.5, 1.5, 33.5])
    assert chart.low == 0
    assert chart.mean - (chart.high - chart.mean) < 0


@pytest.mark.parametrize(("value", "signal"), [(110.63, None), (110.65, "outside"), (89.37, None), (89.35, "outside")])
def test_a_point_beyond_a_limit_is_outside(value, signal):
    assert after_quiet(value) == (signal,)


@pytest.mark.parametrize(
    ("points", "marked"),
    [
        (6, 0),  # five rises
        (7, 7),  # six rises
        (8, 8),  # seven: all points of the trend are marked
    ],
)
def test_seven_points_rising_or_falling_are_a_trend(points, marked):
    # From one side of the mean to the other, so that no other rule holds.
    rising = [100 + 1.5 * (i - points / 2) for i in range(points)]
    assert after_quiet(*rising, 100).count("trend") == marked
    assert after_quiet(*rising[::-1], 100).count("trend") == marked


def test_an_equal_step_ends_a_trend():
    assert "trend" not in after_quiet(100, 101, 102, 103, 103, 104, 105, 106)


@pytest.mark.parametrize(
    ("points", "signals"),
    [
        ((108, 101, 108), ("near_limits", None, "near_limits")),  # two of three, all above: only the two are marked
        ((108, 108, 101), ("near_limits", "near_limits", None)),
        ((108, 99, 108), (None, None, None)),  # one of the three on the other side
        ((108, 101, 101, 108), (None, None, None, None)),  # two of four
        ((108, 101, 107), (None, None, None)),  # 107 is not near: two thirds of the way is 107.093
        ((108, 101, 111), (None, None, "outside")),  # a point outside does not count as near
        ((108, 111, 108), ("near_limits", "outside", "near_limits")),  # but may stand among the three
        ((92, 99, 92), ("near_limits", None, "near_limits")),  # below likewise
        ((108, 92, 108), (None, None, None)),  # near on either side is not near on one
        ((108, 101, 108, 101), ("near_limits", None, "near_limits", None)),  # a fourth on the same side changes nothing
        ((101, 108, 101, 108, 99), (None, "near_limits", None, "near_limits", None)),
    ],
)
def test_two_of_three_near_a_limit_on_one_side(points, signals):
    assert after_quiet(*points) == signals


@pytest.mark.parametrize(("points", "marked"), [(6, 0), (7, 7), (8, 8)])
def test_seven_on_one_side_are_a_run(points, marked):
    for value, back in ((103, 99), (97, 101)):
        chart = xmr([*QUIET, 100, *([value, value + 0.5] * 4)[:points], back], baseline=slice(0, 12))
        assert chart.signals.count("run") == marked


def test_a_point_on_the_mean_is_on_neither_side():
    assert "run" not in after_quiet(103, 102.5, 103, 100, 103, 102.5, 103)


def test_the_first_rule_that_holds_gives_the_word():
    # Eight rising points above the mean: a trend before a run, and before near the limit; 112 is outside.
    signals = after_quiet(101, 102, 103, 104, 105, 108, 109, 112)
    assert signals == ("trend",) * 7 + ("outside",)
    # Without the trend, near before run.
    assert after_quiet(103, 102, 103, 102, 103, 108, 101, 108)[5:] == ("near_limits", "run", "near_limits")


def test_no_step_is_taken_over_a_gap():
    with_gap = xmr([98.0, 102.0] * 3 + [nan] + [202.0, 198.0] * 3)
    assert with_gap.high - with_gap.mean == pytest.approx(10.64)


@pytest.mark.parametrize("points", [(103, 102.5, 103, nan, 103, 102.5, 103, 102.5), (97, 98, 99, nan, 100, 101, 102, 103)])
def test_a_gap_ends_runs_and_trends(points):
    assert set(after_quiet(*points)) == {None}


def test_a_gap_parts_the_three():
    assert after_quiet(108, nan, 108) == (None, None, None)


def test_a_gap_is_kept_as_a_gap_without_signal():
    chart = xmr([*QUIET, nan, 150])
    assert isnan(chart.values[12])
    assert chart.signals[12:] == (None, "outside")


def test_a_baseline_freezes_mean_and_limits():
    frozen = xmr([*QUIET, 150, 160, 155], baseline=range(12))
    assert (frozen.mean, frozen.low, frozen.high) == (xmr(QUIET).mean, xmr(QUIET).low, xmr(QUIET).high)
    assert frozen.baseline == tuple(range(12))
    assert frozen == xmr([*QUIET, 150, 160, 155], baseline=slice(12))
    assert xmr(QUIET).baseline is None


def test_steps_out_of_the_baseline_are_not_counted():
    # Places 0, 1, 3, 4: two steps, of 2 each; the steps to and from place 2 are not between neighbours of the baseline.
    chart = xmr([10.5, 12.5, 99.5, 12.5, 10.5], baseline=[4, 0, 1, 3])
    assert chart.high - chart.mean == pytest.approx(2.66 * 2)
    assert chart.baseline == (0, 1, 3, 4)


@pytest.mark.parametrize("values", [[], [50.0], [nan, nan], [50.0, nan, 70.0]])
def test_too_few_points_have_no_range(values):
    chart = xmr(values)
    assert isnan(chart.low)
    assert isnan(chart.high)
    assert set(chart.signals) <= {None}


def test_a_level_series_has_no_signals():
    for value in (50, 0.1):
        chart = xmr([value] * 10)
        assert chart.high == pytest.approx(value)
        assert set(chart.signals) == {None}


@pytest.mark.parametrize(
    ("values", "method"),
    [
        ([4, 5, 6, 4, 5, 5, 4, 6], "poisson"),  # mean 4.875
        ([5, 5, 6, 4, 5, 5, 4, 6], "xmr"),  # mean 5
        ([5, 5, 6, 4, 6, 5, 4, 6], "xmr"),  # mean 5.125
        ([1.5, 2, 1, 2, 1, 2], "xmr"),  # a rate, not a count
    ],
)
def test_counts_with_a_mean_below_five_are_charted_as_rare_events(values, method):
    assert xmr(values).method == method


def test_rare_events_have_exact_limits():
    # Mean 1: P(X <= 4) = 0.99634 and P(X <= 5) = 0.99941, so 5 is the least that 99.865% stay within.
    chart = xmr([0, 1, 2, 1, 0, 2, 1, 1, 0, 2])
    assert (chart.mean, chart.low, chart.high) == (1, 0, 5)
    more = xmr([0, 1, 2, 1, 0, 2, 1, 1, 0, 2, 5, 0, 6], baseline=slice(10))
    assert more.signals[10:] == (None, None, "outside")


@pytest.mark.parametrize(
    ("points", "signals"),
    [
        # Mean 2: P(X <= 4) = 0.947 and P(X <= 5) = 0.983, so beyond 5 is near; P(X <= 7) = 0.9989, so beyond 7 is outside.
        ((6, 3, 6), ("near_limits", None, "near_limits")),
        ((7, 3, 6), ("near_limits", None, "near_limits")),
        ((5, 3, 6), (None, None, None)),
        ((8, 3, 6), ("outside", None, None)),
        ((6, 2, 6), (None, None, None)),  # 2 is the median, and on neither side
        # Half of all months have 2 or fewer.
        ((1, 3, 1, 3, 1, 3, 1, 3), (None,) * 8),
        ((3, 3, 4, 3, 3, 4, 3, 2), (*["run"] * 7, None)),
        ((1, 1, 0, 1, 1, 0, 1, 2), (*["run"] * 7, None)),
    ],
)
def test_the_rules_ask_the_poisson_lines_of_rare_events(points, signals):
    assert xmr([2, 1, 3, 2, 2, 1, 3, 2, *points], baseline=slice(0, 8)).signals[8:] == signals


def test_few_events_can_be_near_the_lower_limit():
    # Mean 4.75: P(X = 0) = 0.0087 and P(X <= 1) = 0.0497, so none is below the least count for 2.275%; nothing is outside.
    assert xmr([4, 5, 6, 4, 5, 5, 4, 5, 0, 3, 0, 1, 5], baseline=slice(0, 8)).signals[8:] == (
        "near_limits",
        None,
        "near_limits",
        None,
        None,
    )


def test_a_chart_cannot_be_changed_and_has_no_notes_of_its_own():
    chart = xmr(QUIET)
    assert chart.notes == ()
    with pytest.raises(FrozenInstanceError):
        chart.mean = 1.0


def test_many_empty_months_of_rare_events_are_no_run():
    assert set(xmr([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0]).signals) == {None}


def test_a_baseline_without_events_gives_no_range():
    chart = xmr([0, 0, 0, 0, 1], baseline=slice(4))
    assert chart.mean == 0
    assert isnan(chart.high)
    assert set(chart.signals) == {None}


@pytest.mark.parametrize(
    ("values", "baseline", "sentence"),
    [
        ([1, -1], None, r"values\[1\] is -1: it cannot be less than zero"),
        ([[1, 2]], None, r"values have shape \(1, 2\): they must be one list$"),
        ([1, 2, 3], [0, 3], "baseline names the point 3: the series has points 0 to 2"),
        ([1, 2, 3], [-1], "baseline names the point -1"),
        ([1, 2, 3], slice(3, 9), "baseline names no point"),
        ([1, 2, 3], [], "baseline names no point"),
    ],
)
def test_what_cannot_be_charted_is_refused(values, baseline, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        xmr(values, baseline=baseline)


SERIES = st.lists(st.one_of(st.integers(0, 300), st.just(nan)), min_size=1, max_size=40)


@given(SERIES)
def test_the_mean_lies_within_the_limits_and_every_point_beyond_is_outside(series):
    chart = xmr(series)
    assert len(chart.signals) == len(chart.values) == len(series)
    if not isnan(chart.high):
        assert 0 <= chart.low <= chart.mean <= chart.high
        beyond = [v > chart.high + 1e-6 for v in series]
        assert all(signal == "outside" for signal, high in zip(chart.signals, beyond, strict=True) if high)
    assert all(signal is None for signal, v in zip(chart.signals, series, strict=True) if isnan(v))


@given(st.lists(st.integers(100, 300), min_size=2, max_size=30))
def test_doubling_every_value_doubles_the_limits_and_keeps_the_signals(series):
    once, twice = xmr(series), xmr(2 * np.array(series))
    assert (twice.mean, twice.low, twice.high) == pytest.approx((2 * once.mean, 2 * once.low, 2 * once.high))
    assert twice.signals == once.signals


@given(st.lists(st.integers(100, 300), min_size=2, max_size=30))
def test_read_backwards_the_limits_and_signals_are_the_same(series):
    there, back = xmr(series), xmr(series[::-1])
    assert (there.mean, there.high) == pytest.approx((back.mean, back.high))
    assert there.signals == back.signals[::-1]
