"""Changes: the exact ratio, the verdict's test, many tests together, and the word."""

from dataclasses import replace
from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.statistics import change
from csplan.statistics.change import ChangeTest

#: January of a leap year to December of the next.
DAYS = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
JANUARY_TO_APRIL = {"before": [0, 1, 2, 3], "after": [12, 13, 14, 15]}
WHOLE_YEARS = {"before": range(12), "after": range(12, 24)}
MADE = ChangeTest(before=100, after=60, held=16, percent=-40, low=-58, high=-14, p_value=0.006, phi=1.2, degrees_of_freedom=12)


def sixteen_months(january_to_april: float, year: float) -> np.ndarray:
    """January to April of one year, and the whole of the next, with the gap between."""
    return np.array([january_to_april] * 4 + [nan] * 8 + [year] * 12)


# The exact ratio


def test_exact_without_events_before_has_no_upper_end():
    found = change.exact(0, 5, exposure_before=100, exposure_after=100)
    assert found.ratio == found.high == inf
    assert 0 < found.low < 1 < found.high


def test_exact_without_events_after_has_a_ratio_of_zero():
    found = change.exact(5, 0, exposure_before=100, exposure_after=100)
    assert found.ratio == found.low == 0
    assert 0 < found.high < inf


def test_exact_without_any_events_knows_nothing():
    found = change.exact(0, 0, exposure_before=100, exposure_after=100)
    assert isnan(found.ratio)
    assert (found.low, found.high, found.p_value) == (0, inf, 1)


@pytest.mark.parametrize(
    ("before", "after", "exposure", "sentence"),
    [
        (2.5, 3, 10, "before is 2.5: an exact test needs a whole number"),
        (2, -3, 10, "after is -3: it cannot be less than zero"),
        (nan, 3, 10, "before is nan: one known number is needed"),
        (2, 3, 0, "exposure_after is 0: it must be more than zero"),
    ],
)
def test_exact_refuses_what_cannot_be(before, after, exposure, sentence):
    with pytest.raises(ValueError, match=sentence):
        change.exact(before, after, exposure_before=10, exposure_after=exposure)


@given(st.integers(0, 3000), st.integers(0, 3000), st.floats(1, 1000), st.floats(1, 1000))
def test_exact_ratio_lies_within_its_limits_and_turns_round(before, after, days_before, days_after):
    there = change.exact(before, after, exposure_before=days_before, exposure_after=days_after)
    back = change.exact(after, before, exposure_before=days_after, exposure_after=days_before)
    assert isnan(there.ratio) or there.low <= there.ratio <= there.high
    assert 0 <= there.p_value <= 1
    assert there.p_value == pytest.approx(back.p_value, rel=1e-6)
    if there.low > 0:
        assert 1 / there.low == pytest.approx(back.high)


# The verdict's test


def test_percent_is_the_change_of_the_daily_count():
    test = change.verdict_test(sixteen_months(100, 80), DAYS, **JANUARY_TO_APRIL)
    assert (test.before, test.after, test.held) == (400, 320, 16)
    assert test.percent == pytest.approx(100 * ((320 / 120) / (400 / 121) - 1))
    assert test.low < test.percent < test.high < 0


def test_equal_daily_counts_are_no_change_in_a_leap_year():
    test = change.verdict_test(10 * DAYS, DAYS, **WHOLE_YEARS)
    assert test.before == test.after + 10
    assert test.percent == pytest.approx(0)
    assert test.p_value == pytest.approx(1)


def test_sixteen_months_leave_twelve_degrees_of_freedom():
    assert change.verdict_test(sixteen_months(100, 80), DAYS, **JANUARY_TO_APRIL).degrees_of_freedom == 12


def test_months_held_between_get_a_level_of_their_own():
    # The step lies between the months compared; wherever in between it fell, it is not noise.
    between_is_other = np.array([200.0] * 9 + [120.0] * 9 + [60.0] * 6)
    test = change.verdict_test(between_is_other, np.full(24, 30.0), before=[6, 7, 8], after=[18, 19, 20])
    assert (test.phi, test.degrees_of_freedom) == (1, 24 - 5)


def test_a_true_change_does_not_widen_its_own_limits():
    test = change.verdict_test(sixteen_months(400, 200), DAYS, **JANUARY_TO_APRIL)
    assert test.phi == pytest.approx(1, abs=0.2)
    assert change.verdict(test, test.p_value) == "down"


def test_unrest_widens_the_limits_and_keeps_the_percent():
    calm = sixteen_months(400, 360)
    wild = calm + 100 * np.array([1, -1] * 12)
    calm_test, wild_test = (change.verdict_test(c, DAYS, **JANUARY_TO_APRIL) for c in (calm, wild))
    assert wild_test.percent == pytest.approx(calm_test.percent)
    assert wild_test.phi > 20
    assert wild_test.low < calm_test.low
    assert wild_test.high > calm_test.high
    assert wild_test.p_value > calm_test.p_value


@pytest.mark.parametrize(("count", "tested"), [(19, False), (20, True), (21, True)])
def test_either_side_needs_twenty_events(count, tested):
    few = np.full(24, 100.0)
    few[[0, 1, 2, 3]] = [count, 0, 0, 0]
    for series in (few, np.roll(few, 12)):
        test = change.verdict_test(series, DAYS, **JANUARY_TO_APRIL)
        assert min(test.before, test.after) == count
        assert isnan(test.percent) is not tested
        assert isnan(test.low) is isnan(test.high) is isnan(test.p_value) is not tested
        assert (change.verdict(test, test.p_value) == "too_few") is not tested


@pytest.mark.parametrize(("held", "tested"), [(11, False), (12, True), (13, True)])
def test_twelve_months_must_be_held(held, tested):
    series = sixteen_months(100, 90)
    series[16 : 16 + 16 - held] = nan
    test = change.verdict_test(series, DAYS, **JANUARY_TO_APRIL)
    assert test.held == held
    assert (test.before, test.after) == (400, 360)
    assert isnan(test.percent) is not tested
    assert (change.verdict(test, test.p_value) == "too_few") is not tested


@pytest.mark.parametrize("missing", [2, 14])
def test_a_compared_month_that_is_not_held_is_never_taken_for_zero(missing):
    series = np.full(24, 100.0)
    series[missing] = nan
    test = change.verdict_test(series, DAYS, **JANUARY_TO_APRIL)
    assert isnan(test.before if missing < 12 else test.after)
    assert isnan(test.percent)
    assert change.verdict(test, nan) == "not_held"


def test_no_months_to_compare_are_not_held():
    test = change.verdict_test(np.full(24, 100.0), DAYS, before=[], after=[])
    assert change.verdict(test, nan) == "not_held"


def test_zeros_in_the_months_compared_are_counted():
    series = np.full(24, 40.0)
    series[[1, 2, 13]] = 0
    test = change.verdict_test(series, DAYS, **JANUARY_TO_APRIL)
    assert (test.before, test.after) == (80, 120)
    assert change.verdict(test, test.p_value) == "no_clear_change"


def test_events_in_one_month_of_the_year_alone_can_be_tested():
    june = np.where(np.arange(24) % 12 == 5, [60.0] * 12 + [40.0] * 12, 0.0)
    test = change.verdict_test(june, DAYS, before=[4, 5, 6], after=[16, 17, 18])
    assert test.phi > 10
    assert change.verdict(test, test.p_value) == "no_clear_change"


def test_limits_of_a_wild_series_can_still_be_written_down():
    wild = np.full(24, nan)
    wild[:14] = [20, 10_000_000] + [0] * 10 + [30, 0]
    test = change.verdict_test(wild, DAYS, before=[0], after=[12])
    assert test.phi > 1_000_000
    assert -100 <= test.low < test.percent < test.high < inf
    assert change.verdict(test, test.p_value) == "no_clear_change"


def test_nothing_left_to_judge_by_is_too_few():
    # Events before and after in one month each, none in the ten between: two months, two levels.
    lonely = np.full(24, nan)
    lonely[:13] = [50] + [0] * 11 + [80]
    test = change.verdict_test(lonely, DAYS, before=[0], after=[12])
    assert test.held == 13
    assert test.degrees_of_freedom == 0
    assert change.verdict(test, nan) == "too_few"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"counts": [-1] + [5] * 23}, r"counts\[0\] is -1"),
        ({"days": [30] * 23}, "counts and days have shapes"),
        ({"days": [30] * 5 + [0] + [30] * 18}, r"days\[5\] is 0"),
        ({"days": [30] * 5 + [nan] + [30] * 18}, r"days\[5\] is missing"),
        ({"before": [0, 1], "after": [12, 24]}, r"after\[1\] is 24: each must be a place from 0 to 23"),
        ({"before": [0, 0], "after": [12, 13]}, r"before\[1\] is 0: .* none twice"),
        ({"before": [0.5], "after": [12]}, "before must be a list of whole numbers"),
        ({"before": [0, 1], "after": [14, 15]}, "the same calendar months"),
        ({"before": [0, 1, 2], "after": [12, 13]}, "the same calendar months"),
        ({"before": [12, 13], "after": [0, 1]}, "every month of before must be earlier"),
    ],
)
def test_what_cannot_be_compared_is_refused(wrong, sentence):
    right = {"counts": [5] * 24, "days": [30] * 24, **JANUARY_TO_APRIL}
    asked = right | wrong
    with pytest.raises(ValueError, match=sentence):
        change.verdict_test(asked["counts"], asked["days"], before=asked["before"], after=asked["after"])


SERIES = st.lists(st.integers(0, 500), min_size=24, max_size=24)


@given(SERIES)
def test_the_change_lies_within_its_limits(series):
    test = change.verdict_test(series, DAYS, **WHOLE_YEARS)
    if test.degrees_of_freedom:
        assert -100 < test.low <= test.percent <= test.high < inf
        assert 0 <= test.p_value <= 1
        assert test.phi >= 1
        # Limits and p-value are one statement: zero lies outside the 95% limits exactly when p is below 5%.
        assert (test.low > 0 or test.high < 0) == (test.p_value < 0.05)


@given(SERIES, st.randoms(use_true_random=False))
def test_the_order_in_which_months_are_named_does_not_matter(series, random):
    mixed = random.sample(range(12), 12)
    straight = change.verdict_test(series, DAYS, **WHOLE_YEARS)
    shuffled = change.verdict_test(series, DAYS, before=mixed, after=[i + 12 for i in mixed[::-1]])
    assert repr(straight) == repr(shuffled)


@given(SERIES)
def test_doubling_counts_keeps_the_percent_and_never_narrows_beyond_chance(series):
    once = change.verdict_test(series, DAYS, **WHOLE_YEARS)
    twice = change.verdict_test([2 * n for n in series], DAYS, **WHOLE_YEARS)
    if once.degrees_of_freedom and twice.degrees_of_freedom:
        assert twice.percent == pytest.approx(once.percent)
        assert once.phi - 1e-6 <= twice.phi <= 2 * once.phi + 1e-6


def test_thinning_the_unit_of_days_changes_nothing():
    series = sixteen_months(100, 80) + np.arange(24)
    in_days, in_hours = (change.verdict_test(series, unit * DAYS, **JANUARY_TO_APRIL) for unit in (1, 24))
    assert in_days.p_value == pytest.approx(in_hours.p_value)
    assert in_days.percent == pytest.approx(in_hours.percent)


# Many tests together


def test_missing_p_values_are_not_counted():
    q = change.false_discovery([0.01, nan, 0.04, nan])
    assert q[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(q[[1, 3]]).all()


def test_no_tests_at_all():
    assert change.false_discovery([]).shape == (0,)
    assert np.isnan(change.false_discovery([nan, nan])).all()


@pytest.mark.parametrize(("p", "sentence"), [([0.5, -0.1], r"p_values\[1\] is -0.1"), ([1.2], r"p_values\[0\] is 1.2")])
def test_a_p_value_outside_nought_to_one_is_refused(p, sentence):
    with pytest.raises(ValueError, match=sentence):
        change.false_discovery(p)


@given(st.lists(st.one_of(st.floats(0, 1), st.just(nan)), max_size=30), st.randoms(use_true_random=False))
def test_q_is_never_below_p_and_the_order_of_tests_does_not_matter(p_values, random):
    p = np.array(p_values)
    q = change.false_discovery(p)
    held = ~np.isnan(p)
    assert (np.isnan(q) == ~held).all()
    assert ((q[held] >= p[held] * (1 - 1e-12)) & (q[held] <= 1)).all()
    mixed = random.sample(range(p.size), p.size)
    np.testing.assert_allclose(change.false_discovery(p[mixed]), q[mixed])


# The word


@pytest.mark.parametrize(
    ("test", "q", "word"),
    [
        (MADE, 0.049, "down"),  # just below five per cent
        (MADE, 0.05, "no_clear_change"),  # on it
        (MADE, 0.051, "no_clear_change"),  # above
        (replace(MADE, percent=40.0), 0.049, "up"),
        (replace(MADE, before=nan, held=3), 0.001, "not_held"),  # what is not held comes before what is few
        (replace(MADE, held=11), 0.001, "too_few"),
        (replace(MADE, held=12), 0.001, "down"),
        (replace(MADE, after=19), 0.001, "too_few"),
        (replace(MADE, after=20), 0.001, "down"),
        (replace(MADE, p_value=nan), nan, "too_few"),
    ],
)
def test_the_word_for_a_test(test, q, word):
    assert change.verdict(test, q) == word


def test_a_test_without_its_q_gets_no_word():
    with pytest.raises(ValueError, match="q is missing"):
        change.verdict(MADE, nan)
