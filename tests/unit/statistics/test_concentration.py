"""Few places hold most events: how few, and how many by chance alone."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.statistics.concentration import concentration

PLACES = st.lists(st.integers(0, 50), min_size=1, max_size=40).filter(lambda counts: sum(counts) > 0)


def gini_by_pairs(counts):
    """The coefficient as half the mean difference of all pairs, relative to the mean."""
    x = np.asarray(counts, float)
    return np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean())


def half_by_trying(counts, wanted):
    held, total = 0, sum(counts)
    for n, count in enumerate(sorted(counts, reverse=True), start=1):
        held += count
        if held >= wanted * total:
            return n / len(counts)
    raise AssertionError


@given(PLACES)
def test_it_is_what_its_definition_says(counts):
    found = concentration(counts)
    assert found.gini == pytest.approx(gini_by_pairs(counts), abs=1e-12)
    assert (found.half, found.quarter) == (half_by_trying(counts, 0.5), half_by_trying(counts, 0.25))
    assert (found.events, found.places) == (sum(counts), len(counts))
    assert 0 <= found.adjusted_gini + 1e-12 and found.adjusted_gini <= found.gini + 1e-12


@given(PLACES, st.randoms())
def test_the_order_of_places_does_not_matter(counts, chance):
    shuffled = chance.sample(counts, len(counts))
    assert concentration(shuffled).gini == concentration(counts).gini


@given(st.integers(1, 30), st.integers(1, 30))
def test_even_places_are_not_concentrated(n, each):
    found = concentration([each] * n)
    assert found.gini == pytest.approx(0, abs=1e-12) and found.half == pytest.approx(np.ceil(n / 2) / n)


def test_so_few_events_that_no_place_has_two_are_not_concentrated():
    found = concentration([1] * 5 + [0] * 95)
    assert found.gini == pytest.approx(0.95) and found.adjusted_gini == pytest.approx(0)


def test_one_place_with_all_is_as_concentrated_as_can_be():
    found = concentration([0] * 99 + [100])
    assert found.gini == pytest.approx(0.99) and found.half == found.quarter == 0.01


@pytest.mark.parametrize("average", [0.05, 0.3, 1.0, 2.5, 12.0, 80.0])
def test_chance_alone_gives_what_it_says(average):
    """Against half a million places drawn by Poisson's law."""
    drawn = concentration(np.random.default_rng(7).poisson(average, 500_000))
    assert drawn.gini == pytest.approx(drawn.gini_by_chance, abs=0.002)
    assert drawn.half == pytest.approx(drawn.half_by_chance, abs=0.002)
    assert drawn.quarter == pytest.approx(drawn.quarter_by_chance, abs=0.002)


def test_many_lists_at_once_are_each_by_itself():
    table = np.array([[0, 1, 5, 2], [3, 3, 3, 3], [0, 0, 0, 0]])
    found = concentration(table)
    for i, row in enumerate(table):
        alone = concentration(row)
        for name in vars(found):
            assert getattr(found, name)[i] == pytest.approx(getattr(alone, name), nan_ok=True)
    assert found.gini.shape == (3,) and found.half_by_chance.shape == (3,)


def test_missing_stays_missing_and_nothing_is_no_concentration():
    found = concentration([[1, nan, 2], [0, 0, 0]])
    assert np.isnan(found.gini).all() and np.isnan(found.half).all() and np.isnan(found.half_by_chance).all()
    assert isnan(found.events[0]) and isnan(found.places[0]) and (found.events[1], found.places[1]) == (0, 3)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([1, -2], r"counts\[1\] is -2"),
        ([[1, 2], [np.inf, 0]], r"counts\[1, 0\] is inf"),
        ([], "holds no place"),
        (3, "holds no place"),
    ],
)
def test_what_is_no_count_is_refused(counts, sentence):
    with pytest.raises(ValueError, match=sentence):
        concentration(counts)
