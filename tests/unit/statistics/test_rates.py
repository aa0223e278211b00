"""Counts, rates and shares: which formula holds where, and what must hold for all of them."""

from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

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


# Rates of events of which one person may have several

REPEATS = st.lists(st.integers(0, 300), min_size=1, max_size=8)


def test_repeats_by_hand():
    # 40 with one event, 10 with two, 5 with three, none with four, 2 with five: 40 + 20 + 15 + 10 events.
    rate = rates.repeat_rate([40, 10, 5, 0, 2], 20_000)
    low, high = byar_by_hand(85)
    wider = sqrt((40 + 4 * 10 + 9 * 5 + 25 * 2) / 85)
    assert (rate.count, rate.persons, rate.population, rate.per, rate.confidence) == (85, 57, 20_000, 1000, 0.95)
    assert rate.inflation == pytest.approx(175 / 85)
    assert rate.value == pytest.approx(4.25)
    assert rate.low == pytest.approx((85 - wider * (85 - low)) / 20)
    assert rate.high == pytest.approx((85 + wider * (high - 85)) / 20)


@settings(max_examples=50)
@given(st.integers(0, 10_000), PEOPLE, CONFIDENCE)
def test_without_repeats_it_is_the_crude_rate(count, people, confidence):
    repeat, crude = (
        rates.repeat_rate([count, 0, 0], people, confidence=confidence),
        rates.crude_rate(count, people, confidence=confidence),
    )
    assert (repeat.value, repeat.low, repeat.high) == pytest.approx((crude.value, crude.low, crude.high))
    assert repeat.inflation == 1


@settings(max_examples=50)
@given(REPEATS)
def test_repeats_only_widen_the_limits_and_never_below_nothing(persons):
    repeat = rates.repeat_rate(persons, 1000)
    apart = rates.crude_rate(repeat.count, 1000)
    assert 0 <= repeat.low <= apart.low * (1 + 1e-12)
    assert repeat.high >= apart.high * (1 - 1e-12)
    assert repeat.low <= repeat.value <= repeat.high
    assert 1 <= repeat.inflation <= len(persons)


def test_one_person_with_many_events_tells_little():
    rate = rates.repeat_rate([0] * 8 + [1], 1000)
    assert (rate.count, rate.persons, rate.inflation, rate.low) == (9, 1, 9, 0)
    assert rate.high == pytest.approx(9 + 3 * (17.08480 - 9), abs=1e-4)


def test_repeats_of_many_areas_with_missing_ones():
    rate = rates.repeat_rate([[40, 10], [nan, 10], [40, 10], [0, 0]], [2000, 2000, nan, 2000], per=100)
    for part in (rate.value, rate.low, rate.high):
        assert np.isnan(part).tolist() == [False, True, True, False]
    assert rate.value.tolist()[::3] == [3, 0]
    assert rate.inflation.tolist()[::3] == [80 / 60, 1]
    assert rate.high[3] == pytest.approx(3.68888 / 20, abs=1e-5)
    assert rates.repeat_rate([[40, 10], [4, 1]], 2000).population.tolist() == [2000, 2000]


def test_limits_of_repeats_hold_the_true_rate_as_often_as_they_say():
    chance = np.random.default_rng(1)
    persons = chance.poisson([40, 7.5, 2.5], (20_000, 3))
    repeat, apart = rates.repeat_rate(persons, 1000), rates.crude_rate(persons @ [1, 2, 3], 1000)
    inside = [((found.low <= 62.5) & (62.5 <= found.high)).mean() for found in (repeat, apart)]
    assert inside[0] == pytest.approx(0.955, abs=0.006)
    assert inside[1] < 0.92


@pytest.mark.parametrize(
    ("persons", "people", "sentence"),
    [
        (5, 10, r"persons have shape \(\)"),
        ([], 10, r"persons have shape \(0,\)"),
        ([[[1]]], 10, r"persons have shape \(1, 1, 1\)"),
        ([1, -2], 10, r"persons\[1\] is -2"),
        ([1, 2], 0, "population is 0"),
        ([1, 2], [10, 20], r"population has shape \(2,\): it must be one number"),
        ([[1, 2], [3, 4]], [10], r"population has shape \(1,\)"),
    ],
)
def test_repeats_that_cannot_be(persons, people, sentence):
    with pytest.raises(ValueError, match=sentence):
        rates.repeat_rate(persons, people)
    with pytest.raises(ValueError, match="per is 0"):
        rates.repeat_rate([1], 10, per=0)


# Rates drawn towards those of the neighbourhood

EVENTS, LIVING = [0, 10, 2, 30, 7, 12], [500, 1000, 400, 1500, 800, 90]
AROUND = {0: [1], 1: [0, 2, 4], 2: [1, 3], 3: [2], 4: [1], 5: []}


def touching(of: dict[int, list[int]], weight: float = 1) -> csr_array:
    return csr_array([[weight if j in of[i] else 0.0 for j in of] for i in of])


def drawn_by_hand(area: int, events: list[float], living: list[float], around: dict[int, list[int]]) -> float:
    """The estimate of one area from the sums over its neighbourhood, one area after another."""
    here = [area, *around[area]]
    total = sum(living[j] for j in here)
    common = sum(events[j] for j in here) / total
    spread = sum(living[j] * (events[j] / living[j] - common) ** 2 for j in here) / total
    between = max(0.0, spread - common / (total / len(here)))
    if common == 0:
        return 0.0
    return 1000 * (common + (events[area] / living[area] - common) * between / (between + common / living[area]))


def test_drawn_to_neighbours_by_hand():
    drawn = rates.locally_shrunk(EVENTS, LIVING, touching(AROUND))
    np.testing.assert_allclose(drawn, [drawn_by_hand(i, EVENTS, LIVING, AROUND) for i in range(6)])
    np.testing.assert_allclose(rates.locally_shrunk(EVENTS, LIVING, touching(AROUND, 0.25), per=100), drawn / 10)
    assert drawn[5] == pytest.approx(1000 * 12 / 90)  # no neighbours: its own


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5000)), min_size=6, max_size=6))
def test_drawn_to_neighbours_lies_between_the_area_and_its_neighbourhood(areas):
    events, living = np.array(areas, dtype=float).T
    drawn = rates.locally_shrunk(events, living, touching(AROUND))
    for i in range(6):
        here = [i, *AROUND[i]]
        own, common = 1000 * events[i] / living[i], 1000 * events[here].sum() / living[here].sum()
        assert min(own, common) * (1 - 1e-9) <= drawn[i] <= max(own, common) * (1 + 1e-9)
        assert drawn[i] == pytest.approx(drawn_by_hand(i, list(events), list(living), AROUND), rel=1e-6)


def test_where_all_are_neighbours_it_is_the_global_estimate():
    everybody = {i: [j for j in range(6) if j != i] for i in range(6)}
    np.testing.assert_allclose(rates.locally_shrunk(EVENTS, LIVING, touching(everybody)), rates.shrunk(EVENTS, LIVING))


def test_missing_areas_are_left_out_of_neighbourhoods():
    drawn = rates.locally_shrunk([0, nan, 2, 30, 7, 12], [500, 1000, 400, 1500, nan, 90], touching(AROUND))
    assert np.isnan(drawn).tolist() == [False, True, False, False, True, False]
    left = {0: [], 2: [3], 3: [2]}
    for i in left:
        assert drawn[i] == pytest.approx(drawn_by_hand(i, EVENTS, LIVING, left))


def test_times_are_as_each_alone_and_nothing_anywhere_is_none():
    counts = np.array([EVENTS, [0] * 6, [3, nan, 4, 5, 6, 7]]).T
    people = np.array([LIVING, LIVING, LIVING]).T
    drawn = rates.locally_shrunk(counts, people, touching(AROUND))
    for time in range(3):
        np.testing.assert_allclose(drawn[:, time], rates.locally_shrunk(counts[:, time], LIVING, touching(AROUND)))
    assert drawn[:, 1].tolist() == [0] * 6
    assert np.isnan(rates.locally_shrunk([nan, nan], [5, 5], touching({0: [1], 1: [0]}))).all()


@pytest.mark.parametrize(
    ("events", "people", "around", "sentence"),
    [
        ([1, 2], [3], {0: [], 1: []}, r"count and population have shapes \(2,\) and \(1,\)"),
        (1, 2, {0: []}, "count and population have shapes"),
        ([[[1.0]]], [[[2.0]]], {0: []}, r"count and population have shapes \(1, 1, 1\)"),
        ([1, -2], [3, 4], {0: [], 1: []}, r"count\[1\] is -2"),
        ([1, 2], [3, 0], {0: [], 1: []}, r"population\[1\] is 0"),
        ([1, 2], [3, 4], {0: []}, r"neighbours have shape \(1, 1\)"),
    ],
)
def test_what_cannot_be_drawn_is_refused(events, people, around, sentence):
    with pytest.raises(ValueError, match=sentence):
        rates.locally_shrunk(events, people, touching(around))
    with pytest.raises(ValueError, match="per is -1"):
        rates.locally_shrunk([1, 2], [3, 4], touching({0: [], 1: []}), per=-1)
