"""Standardised rates and ratios: by hand, in other units, with what is missing."""

from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics.rates import count_interval, crude_rate
from csplan.statistics.standardisation import directly_standardised, indirectly_standardised

COUNTS, PEOPLE, STANDARD = [5, 20, 15], [1000, 2000, 500], [40, 40, 20]
GROUPS = st.lists(st.tuples(st.integers(0, 500), st.integers(500, 100_000), st.integers(1, 1000)), min_size=1, max_size=12)


# The direct rate


def test_direct_rate_by_hand():
    # Rates of the groups per 1,000: 5, 10 and 30, of which the standard has 40%, 40% and 20%.
    rate = directly_standardised(COUNTS, PEOPLE, STANDARD)
    assert rate.value == pytest.approx(0.4 * 5 + 0.4 * 10 + 0.2 * 30)
    variance = 0.16 * 5 / 1000**2 + 0.16 * 20 / 2000**2 + 0.04 * 15 / 500**2
    low, high = count_interval(40)
    assert rate.low == pytest.approx(12 - 1000 * sqrt(variance / 40) * (40 - low))
    assert rate.high == pytest.approx(12 + 1000 * sqrt(variance / 40) * (high - 40))
    assert (rate.count, rate.population, rate.crude) == (40, 3500, pytest.approx(40 / 3.5))
    assert (rate.per, rate.confidence) == (1000, 0.95)


@pytest.mark.parametrize(("last", "known"), [(4, False), (5, True), (6, True)])
def test_fewer_than_ten_events_have_no_standardised_rate(last, known):
    rate = directly_standardised([2, 3, last], PEOPLE, STANDARD)
    assert [isnan(n) for n in (rate.value, rate.low, rate.high)] == [not known] * 3
    assert rate.count == 5 + last
    assert rate.crude == pytest.approx((5 + last) / 3.5)


def test_no_events_have_no_standardised_rate():
    rate = directly_standardised([0, 0, 0], PEOPLE, STANDARD)
    assert isnan(rate.value)
    assert rate.crude == 0


def test_a_missing_group_leaves_its_area_without_a_rate_and_no_other():
    rate = directly_standardised([COUNTS, [5, nan, 15], COUNTS], [PEOPLE, PEOPLE, [1000, 2000, nan]], STANDARD)
    for part in (rate.value, rate.low, rate.high, rate.crude):
        assert np.isnan(part).tolist() == [False, True, True]
    assert np.isnan(rate.count).tolist() == [False, True, False]
    assert np.isnan(rate.population).tolist() == [False, False, True]


def test_many_areas_are_as_each_alone():
    counts, people = np.array([COUNTS, [30, 2, 9], [1, 1, 1]]), np.array([PEOPLE, [700, 800, 900], [10, 10, 10]])
    together = directly_standardised(counts, people, STANDARD, confidence=0.998)
    for i in range(3):
        alone = directly_standardised(counts[i], people[i], STANDARD, confidence=0.998)
        for part in ("value", "low", "high", "crude", "count", "population"):
            np.testing.assert_equal(getattr(together, part)[i], getattr(alone, part))


def test_a_group_that_the_standard_lacks_counts_for_nothing_but_its_events():
    rate = directly_standardised([5, 20, 15], PEOPLE, [1, 1, 0])
    assert rate.value == pytest.approx(7.5)
    assert rate.count == 40


@settings(max_examples=50)
@given(GROUPS)
def test_an_area_with_the_mix_of_the_standard_has_its_crude_rate(groups):
    counts, people, _ = np.array(groups).T
    rate, crude = directly_standardised(counts, people, people), crude_rate(counts.sum(), people.sum())
    if counts.sum() >= 10:
        assert (rate.value, rate.low, rate.high) == pytest.approx((crude.value, crude.low, crude.high))


@settings(max_examples=50)
@given(GROUPS, st.randoms(use_true_random=False))
def test_order_of_groups_and_scale_of_the_standard_do_not_matter(groups, random):
    counts, people, standard = np.array(groups).T
    mixed = random.sample(range(len(groups)), len(groups))
    straight = directly_standardised(counts, people, standard)
    turned = directly_standardised(counts[mixed], people[mixed], 7 * standard[mixed])
    in_hundreds = directly_standardised(counts, people, standard, per=100)
    np.testing.assert_allclose(turned.value, straight.value)
    np.testing.assert_allclose(turned.low, straight.low)
    np.testing.assert_allclose(10 * in_hundreds.high, straight.high)
    assert isnan(straight.value) or straight.low <= straight.value <= straight.high
    rates = 1000 * counts / people
    assert isnan(straight.value) or rates.min() * (1 - 1e-9) <= straight.value <= rates.max() * (1 + 1e-9)


def test_limits_of_the_direct_rate_hold_the_true_rate_as_often_as_they_say():
    chance = np.random.default_rng(3)
    true = np.array([0.002, 0.01, 0.004])
    rate = directly_standardised(chance.poisson(true * PEOPLE, (20_000, 3)), np.tile(PEOPLE, (20_000, 1)), STANDARD)
    value = 1000 * (true * [0.4, 0.4, 0.2]).sum()
    inside = (rate.low <= value) & (value <= rate.high)
    assert inside[~np.isnan(rate.value)].mean() == pytest.approx(0.95, abs=0.012)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (([1, 2], [1, 2, 3], [1, 1]), r"count and population have shapes \(2,\) and \(3,\)"),
        ((1, 2, 1), "count and population have shapes"),
        (([], [], []), "count and population have shapes"),
        (([1, -2], [9, 9], [1, 1]), r"count\[1\] is -2"),
        (([[1, 2], [3, 4]], [[9, 9], [9, 0]], [1, 1]), r"population\[1, 1\] is 0: it must be more than zero"),
        (([1, 2], [9, 9], [1, 1, 1]), r"standard has shape \(3,\): it must have the 2 groups"),
        (([1, 2], [9, 9], [1, nan]), r"standard\[1\] is missing"),
        (([1, 2], [9, 9], [1, -1]), r"standard\[1\] is -1"),
        (([1, 2], [9, 9], [0, 0]), "standard holds nobody"),
    ],
)
def test_direct_refusals(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        directly_standardised(*asked)
    for per in (0, -5):
        with pytest.raises(ValueError, match=f"per is {per}"):
            directly_standardised(COUNTS, PEOPLE, STANDARD, per=per)


# The indirect ratio


REFERENCE = ([400, 900, 500], [100_000, 100_000, 20_000])


@pytest.mark.parametrize("observed", [0, 9, 10, 65])
def test_indirect_ratio_by_hand(observed):
    # 4, 9 and 25 per 1,000 of 1,000, 2,000 and 500 people: 4 + 18 + 12.5.
    ratio = indirectly_standardised(observed, PEOPLE, *REFERENCE)
    low, high = count_interval(observed)
    assert ratio.expected == pytest.approx(34.5)
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((observed / 34.5, low / 34.5, high / 34.5))
    assert ratio.reference == pytest.approx(1000 * 1800 / 220_000)
    assert (ratio.observed, ratio.per, ratio.confidence) == (observed, 1000, 0.95)


def test_limits_of_few_events_are_exact():
    ratio = indirectly_standardised(7, PEOPLE, *REFERENCE, confidence=0.9)
    assert ratio.low == pytest.approx(stats.chi2.ppf(0.05, 14) / 2 / 34.5)
    assert ratio.high == pytest.approx(stats.chi2.ppf(0.95, 16) / 2 / 34.5)


def test_the_reference_itself_has_a_ratio_of_one():
    ratio = indirectly_standardised(1800, REFERENCE[1], *REFERENCE)
    assert ratio.value == pytest.approx(1)
    assert ratio.value * ratio.reference == pytest.approx(1000 * 1800 / 220_000)


def test_missing_and_nothing_expected():
    people = [PEOPLE, [1000, nan, 500], PEOPLE, [0, 0, 0]]
    ratio = indirectly_standardised([65, 65, nan, 0], people, *REFERENCE)
    for part in (ratio.value, ratio.low, ratio.high):
        assert np.isnan(part).tolist() == [False, True, True, True]
    assert ratio.expected.tolist()[3] == 0


@settings(max_examples=50)
@given(GROUPS, st.integers(0, 1000), st.integers(2, 50))
def test_scaling_the_reference_keeps_the_ratio_and_scaling_people_divides_it(groups, observed, times):
    events, people, own = np.array(groups).T
    once = indirectly_standardised(observed, own, events + 1, people)
    scaled = indirectly_standardised(observed, own, times * (events + 1), times * people)
    more = indirectly_standardised(observed, times * own, events + 1, people, per=10)
    assert scaled.value == pytest.approx(once.value)
    assert times * more.high == pytest.approx(once.high)
    assert 100 * more.reference == pytest.approx(once.reference)
    assert once.low <= once.value <= once.high


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ((5, PEOPLE, [1, 2], [1, 2, 3]), "reference_count and reference_population must be lists of the same length"),
        ((5, [9, 9], [1, nan], [9, 9]), "none missing"),
        ((5, [9, 9], [1, 1], [9, nan]), "none missing"),
        ((5, [9, 9], [1, 1], [9, 0]), r"reference_population\[1\] is 0"),
        ((5, [9, 9], [1, -1], [9, 9]), r"reference_count\[1\] is -1"),
        ((5, [9, 9, 9], [1, 1], [9, 9]), r"population has shape \(3,\): each area must have the 2 groups"),
        ((5, 9, [1, 1], [9, 9]), r"population has shape \(\)"),
        ((5, [9, -9], [1, 1], [9, 9]), r"population\[1\] is -9"),
        (([5, 6], [9, 9], [1, 1], [9, 9]), r"observed has shape \(2,\): it must be one number for each area"),
        ((-5, [9, 9], [1, 1], [9, 9]), "observed is -5"),
    ],
)
def test_indirect_refusals(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        indirectly_standardised(*asked)
    with pytest.raises(ValueError, match="per is 0"):
        indirectly_standardised(5, PEOPLE, *REFERENCE, per=0)
