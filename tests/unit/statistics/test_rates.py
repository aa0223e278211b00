"""Counts, rates and shares: which formula holds where, and what must hold for all of them."""

from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.statistics import rates

Z95 = 1.959963984540054
COUNTS = st.integers(0, 1_000_000)
PEOPLE = st.integers(1, 60_000_000)
CONFIDENCE = st.floats(0.5, 0.999)


def byar_by_hand(count: int) -> tuple[float, float]:
    up = count + 1
    low = count * (1 - 1 / (9 * count) - Z95 / (3 * sqrt(count))) ** 3
    return low, up * (1 - 1 / (9 * up) + Z95 / (3 * sqrt(up))) ** 3


@pytest.mark.parametrize(
    ("count", "limits"),
    [
        (9, (4.11537, 17.08480)),  # below ten: exact, half the chi-square quantiles of 18 and 20 degrees of freedom
        (10, byar_by_hand(10)),  # ten: the formula
        (11, byar_by_hand(11)),  # above ten: the formula
    ],
)
def test_limits_are_exact_below_ten_and_byar_from_ten(count, limits):
    assert rates.count_interval(count) == pytest.approx(limits, abs=1e-5)


def test_no_events_have_a_lower_limit_of_zero():
    low, high = rates.count_interval(0)
    assert low == 0
    assert high == pytest.approx(3.68888, abs=1e-5)  # -log(0.025)


def test_one_number_gives_plain_numbers_and_a_list_gives_arrays():
    assert all(type(limit) is float for limit in rates.count_interval(12))
    low, high = rates.count_interval([0, 12, 400])
    assert low.shape == high.shape == (3,)
    assert (low[1], high[1]) == rates.count_interval(12)


def test_missing_stays_missing_and_is_not_zero():
    rate = rates.crude_rate([5, nan, 0], [1000, 1000, nan])
    assert np.isnan(rate.value).tolist() == [False, True, True]
    assert np.isnan(rate.low).tolist() == np.isnan(rate.high).tolist() == [False, True, True]
    assert isnan(rates.proportion(nan, 10).high)


def test_one_population_serves_many_counts():
    rate = rates.crude_rate([2, 4], 1000)
    assert rate.value.tolist() == [2.0, 4.0]
    assert rate.population.tolist() == [1000.0, 1000.0]


def test_a_rate_keeps_what_it_was_made_from():
    rate = rates.crude_rate(12, 2_000, per=100, confidence=0.9)
    assert (rate.value, rate.count, rate.population, rate.per, rate.confidence) == (0.6, 12.0, 2000.0, 100, 0.9)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: rates.count_interval(-1), "count is -1: it cannot be less than zero"),
        (lambda: rates.count_interval([3, -2, -5]), r"count\[1\] is -2: it cannot be less than zero"),
        (lambda: rates.count_interval([[1, 2], [3, -4]]), r"count\[1, 1\] is -4"),
        (lambda: rates.count_interval(np.inf), "count is inf: it must have an end"),
        (lambda: rates.crude_rate([1, 2], [10, 0]), r"population\[1\] is 0: it must be more than zero"),
        (lambda: rates.crude_rate(1, 10, per=0), "per is 0"),
        (lambda: rates.crude_rate(1, 10, confidence=95), "confidence is 95: it must lie between 0 and 1"),
        (lambda: rates.proportion([1, 5], [2, 4]), r"part\[1\] is 5: it cannot be more than its whole, 4"),
        (lambda: rates.proportion(5, 4), "part is 5"),
        (lambda: rates.proportion(0, 0), "whole is 0: it must be more than zero"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


@given(COUNTS, PEOPLE, CONFIDENCE)
def test_the_rate_lies_within_its_limits(count, people, confidence):
    rate = rates.crude_rate(count, people, confidence=confidence)
    assert 0 <= rate.low <= rate.value <= rate.high


@given(st.integers(0, 10_000), st.integers(1, 10_000), CONFIDENCE)
def test_the_share_lies_within_its_limits_and_they_within_nothing_and_all(part, more, confidence):
    share = rates.proportion(part, part + more, confidence=confidence)
    assert 0 <= share.low <= share.value <= share.high <= 1
    other = rates.proportion(more, part + more, confidence=confidence)
    assert (other.low, other.high) == pytest.approx((1 - share.high, 1 - share.low))


@given(st.lists(st.tuples(COUNTS, PEOPLE), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(areas, random):
    mixed = random.sample(range(len(areas)), len(areas))
    counts, people = np.array(areas).T
    straight, shuffled = rates.crude_rate(counts, people), rates.crude_rate(counts[mixed], people[mixed])
    for part in ("value", "low", "high"):
        np.testing.assert_array_equal(getattr(straight, part)[mixed], getattr(shuffled, part))


@given(st.integers(1, 100_000), PEOPLE)
def test_doubling_both_sides_keeps_the_rate_and_narrows_its_limits(count, people):
    once, twice = rates.crude_rate(count, people), rates.crude_rate(2 * count, 2 * people)
    assert twice.value == pytest.approx(once.value)
    # Where the method changes between the two, the formula's 0.2% is allowed for.
    assert twice.high - twice.low < (once.high - once.low) * 1.002


@given(COUNTS)
def test_more_confidence_needs_wider_limits(count):
    low_95, high_95 = rates.count_interval(count)
    low_99, high_99 = rates.count_interval(count, confidence=0.998)
    assert low_99 <= low_95
    assert high_99 > high_95


def test_small_areas_are_drawn_towards_all_together():
    own = np.array([0, 10, 2, 30]) / np.array([500, 1000, 400, 1500]) * 1000
    drawn = rates.shrunk([0, 10, 2, 30], [500, 1000, 400, 1500])
    common = 42 / 3400 * 1000
    assert (np.abs(drawn - common) <= np.abs(own - common)).all()
    moved = np.abs(drawn - own) / np.abs(own - common)
    assert moved[2] > moved[0] > moved[1] > moved[3]  # the fewer people, the further


def test_areas_that_chance_alone_parts_are_all_alike():
    assert np.ptp(rates.shrunk([10, 9, 11, 10], [1000] * 4)) == pytest.approx(0)


def test_shrinking_keeps_what_is_missing_and_what_is_none():
    assert np.isnan(rates.shrunk([1, nan, 3], [100, 100, nan])).tolist() == [False, True, True]
    assert rates.shrunk([0, 0], [100, 200]).tolist() == [0, 0]
    assert np.isnan(rates.shrunk([nan], [100])).all()
