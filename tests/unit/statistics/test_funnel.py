"""Areas against all areas: chance, the spread between them, rare events, and the word."""

from dataclasses import FrozenInstanceError
from math import nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.statistics import funnel


def test_areas_at_one_rate_have_no_spread_and_none_stands_apart():
    found = funnel.position([50, 100, 200], [500, 1000, 2000])
    assert found.tau2 == 0
    assert found.z.tolist() == [0, 0, 0]
    assert funnel.verdicts(found).tolist() == ["within"] * 3
    assert found.rate.tolist() == [0.1] * 3


def test_expected_is_what_the_common_rate_would_give():
    found = funnel.position([30, 10], [1000, 3000])
    assert found.expected == pytest.approx([10, 30])
    assert found.expected.sum() == pytest.approx(found.counts.sum())


def test_an_area_far_above_or_below_stands_apart():
    found = funnel.position([100, 104, 96, 101, 99, 103, 97, 100, 190, 40], [1000] * 10)
    assert funnel.verdicts(found).tolist() == ["within"] * 8 + ["above", "below"]


def test_the_same_gap_is_within_where_areas_differ_as_much():
    # 190 against 100 stood apart among areas alike; here true rates lie from 40 to 190.
    found = funnel.position([40, 190, 60, 170, 80, 150, 50, 180, 190, 40], [1000] * 10)
    assert found.tau2 > 0
    assert set(funnel.verdicts(found)) == {"within"}


def test_a_small_area_must_lie_further_off_than_a_large_one():
    counts, people = np.array([100] * 8 + [150, 15]), np.array([1000] * 9 + [100])
    z = funnel.position(counts, people).z
    assert z[8] > z[9] > 0


def test_three_rare_events_in_one_small_area_do_not_make_it_high():
    # Where 0.4 are expected one area in a hundred has three. Among thirty that is nothing; the normal's z says 4.1.
    found = funnel.position([3, 2] + [1] * 7 + [0] * 21, [1000] * 30)
    assert found.z[0] > 4
    assert found.p_value[0] == pytest.approx(2 * 0.00793, rel=0.01)
    assert set(funnel.verdicts(found)) == {"within"}


def test_four_areas_by_hand():
    # Rate 0.1 of all; chance alone gives z of -4, -2, 2 and 4. Their 10% and 90% points are -3.4 and 3.4, so phi = 7.78.
    # w = 1000 / 0.1 for each; tau2 = (4 * 7.78 - 3) / (4w - w) = 28.12 / 30,000.
    found = funnel.position([60, 80, 120, 140], [1000] * 4)
    assert found.rate == pytest.approx([0.06, 0.08, 0.12, 0.14])
    assert found.phi == pytest.approx((2 * 4 + 2 * 3.4**2) / 4)
    assert found.tau2 == pytest.approx((4 * 7.78 - 3) / 30_000)
    assert found.z == pytest.approx(np.array([-0.04, -0.02, 0.02, 0.04]) / sqrt(0.0001 + 28.12 / 30_000))


def test_spread_of_areas_of_unlike_size_by_hand():
    # Rate 0.2 of all; w = n / 0.2 is 500, 1,000 and 2,000; sum w - sum w^2 / sum w = 3,500 - 1,500.
    found = funnel.position([40, 60, 40], [100, 200, 400])
    z = [(0.4 - 0.2) * sqrt(500), (0.3 - 0.2) * sqrt(1000), (0.1 - 0.2) * sqrt(2000)]
    low, high = z[2] + 0.2 * (z[1] - z[2]), z[1] + 0.8 * (z[0] - z[1])
    phi = (low**2 + z[1] ** 2 + high**2) / 3
    assert found.phi == pytest.approx(phi)
    assert found.tau2 == pytest.approx((3 * phi - 2) / 2000)


def test_none_where_few_are_expected_is_no_surprise_at_all():
    found = funnel.position([0, 3, 3], [100, 950, 950])
    assert found.expected[0] == pytest.approx(0.3)
    assert found.p_value[0] == 1
    # So few or fewer than 1 where 2.85 are expected: twice (1 + 2.85) e^-2.85.
    assert funnel.position([1, 5, 0], [950, 950, 100]).p_value[0] == pytest.approx(2 * 3.85 * np.exp(-2.85), rel=1e-6)


def test_one_event_where_few_are_expected_has_the_chance_of_one_or_more():
    # 0.3 expected: twice 1 - e^-0.3, and more than the normal's 0.2.
    found = funnel.position([1, 2, 3], [100, 950, 950])
    assert found.p_value[0] == pytest.approx(2 * (1 - np.exp(-0.3)))


def test_one_event_is_enough_to_compare():
    assert funnel.position([1, 0], [10, 10]).phi == pytest.approx(0.32)  # each z is 1 / sqrt(2), drawn in to four fifths of it


def test_a_result_cannot_be_changed_and_is_equal_to_itself_alone():
    found = funnel.position([1, 0], [10, 10])
    assert found != funnel.position([1, 0], [10, 10])
    with pytest.raises(FrozenInstanceError):
        found.phi = 1.0


def test_missing_areas_are_not_compared_and_do_not_count():
    counts = [100, 104, nan, 96, 101, 99, 103, 97, 190, 100]
    people = [1000] * 9 + [nan]
    found = funnel.position(counts, people)
    words = funnel.verdicts(found)
    assert words[[2, 9]].tolist() == ["not_compared"] * 2
    assert np.isnan(found.z[[2, 9]]).all()
    held = [i for i in range(10) if i not in (2, 9)]
    alone = funnel.position(np.array(counts)[held], np.array(people)[held])
    np.testing.assert_allclose(found.q[held], alone.q)
    assert words[held].tolist() == funnel.verdicts(alone).tolist()


@pytest.mark.parametrize(("counts", "people"), [([], []), ([5], [1000]), ([0, 0, 0], [10, 20, 30]), ([nan, 5], [1000, 1000])])
def test_nothing_to_compare_with(counts, people):
    found = funnel.position(counts, people)
    assert np.isnan(found.tau2)
    assert set(funnel.verdicts(found)) <= {"not_compared"}


@pytest.mark.parametrize(
    ("counts", "people", "sentence"),
    [
        ([1, -1], [10, 10], r"counts\[1\] is -1"),
        ([1, 1], [10, 0], r"population\[1\] is 0"),
        ([1, 1], [10], "counts and population have shapes"),
        (5, 10, "counts and population have shapes"),
    ],
)
def test_what_cannot_be_compared_is_refused(counts, people, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        funnel.position(counts, people)


@pytest.mark.parametrize(("q", "word"), [(0.049, "above"), (0.05, "within"), (0.051, "within")])
def test_the_word_turns_at_five_per_cent(q, word):
    one = np.array([1.0])
    assert funnel.verdicts(funnel.Funnel(one, one, one, one, np.array([q]), 0.0, 1.0, one, one)).tolist() == [word]


AREAS = st.lists(st.tuples(st.integers(0, 400), st.integers(500, 9000)), min_size=2, max_size=40)


@given(AREAS, st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(areas, random):
    mixed = random.sample(range(len(areas)), len(areas))
    counts, people = np.array(areas).T
    straight, shuffled = funnel.position(counts, people), funnel.position(counts[mixed], people[mixed])
    np.testing.assert_allclose(straight.z[mixed], shuffled.z, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(straight.q[mixed], shuffled.q, rtol=1e-6)


@given(AREAS)
def test_counting_people_in_other_units_changes_no_place(areas):
    counts, people = np.array(areas).T
    persons, hundreds = funnel.position(counts, people), funnel.position(counts, people / 100)
    np.testing.assert_allclose(persons.z, hundreds.z, rtol=1e-6, atol=1e-9)
    assert funnel.verdicts(persons).tolist() == funnel.verdicts(hundreds).tolist()


@given(AREAS)
def test_doubling_both_sides_keeps_every_rate_on_its_side(areas):
    counts, people = np.array(areas).T
    once, twice = funnel.position(counts, people), funnel.position(2 * counts, 2 * people)
    np.testing.assert_allclose(once.rate, twice.rate)
    np.testing.assert_array_equal(np.sign(once.z.round(9)), np.sign(twice.z.round(9)))


@given(AREAS)
def test_spread_only_ever_draws_areas_in(areas):
    counts, people = np.array(areas).T
    found = funnel.position(counts, people)
    if found.expected[0] > 0:
        by_chance = (found.counts - found.expected) / np.sqrt(found.expected)
        assert (np.abs(found.z) <= np.abs(by_chance) * (1 + 1e-9) + 1e-9).all()
        assert found.tau2 >= 0
        assert ((found.q >= 0) & (found.q <= 1)).all()
