"""The slope and the relative index of inequality."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.statistics.inequality import slope_index

GROUPS = st.integers(3, 10).flatmap(
    lambda k: st.tuples(
        st.lists(st.integers(1, 500), min_size=k, max_size=k), st.lists(st.integers(2_000, 90_000), min_size=k, max_size=k)
    )
)


@given(GROUPS)
def test_the_slope_is_the_weighted_least_squares_line(groups):
    counts, people = (np.array(part, float) for part in groups)
    found = slope_index(counts, people)
    x, weight = found.position, np.sqrt(people)
    fit = np.linalg.lstsq(np.column_stack([weight, weight * x]), weight * 1000 * counts / people, rcond=None)[0]
    assert found.slope == pytest.approx(fit[1], rel=1e-6, abs=1e-8)
    np.testing.assert_allclose(found.fitted, fit[0] + fit[1] * x, rtol=1e-6)
    assert found.low <= found.slope <= found.high and found.dispersion >= 1


@given(GROUPS)
def test_turning_the_order_round_turns_the_sign(groups):
    counts, people = groups
    one, other = slope_index(counts, people), slope_index(counts[::-1], people[::-1])
    assert other.slope == pytest.approx(-one.slope, abs=1e-7)
    if not isnan(one.relative) and not isnan(other.relative) and one.relative > 0:
        assert other.relative == pytest.approx(1 / one.relative)


def test_alike_groups_have_no_slope():
    found = slope_index([50] * 4, [10_000] * 4)
    assert found.slope == pytest.approx(0) and found.relative == pytest.approx(1)
    assert found.low < 0 < found.high and found.relative_low < 1 < found.relative_high


def test_a_group_lies_at_the_middle_of_its_share_of_people():
    assert slope_index([1, 1, 1], [100, 200, 100]).position.tolist() == [0.875, 0.5, 0.125]


def test_limits_cover_what_is_true():
    """Of two thousand draws on a true line about 95 in 100 limits hold its slope."""
    chance, people = np.random.default_rng(4), np.full(10, 20_000.0)
    x = 1 - (np.arange(10) + 0.5) / 10
    true = 4 + 3 * (x - 0.5)
    drawn = chance.poisson(true * 20, (2000, 10))
    held = [found.low <= 3 <= found.high for found in (slope_index(row, people) for row in drawn)]
    assert 0.94 <= np.mean(held) <= 0.99


def test_missing_groups_are_left_out_and_too_few_give_nothing():
    whole, part = slope_index([30, 20, 10], [1000] * 3), slope_index([30, nan, 20, 10], [1000] * 4)
    assert part.slope == pytest.approx(whole.slope) and isnan(part.position[1]) and isnan(part.rate[1])
    assert isnan(slope_index([30, 20], [1000, 1000]).slope) and isnan(slope_index([0, 0, 0], [1000] * 3).relative)


def test_an_end_without_any_has_no_ratio():
    assert isnan(slope_index([100, 50, 0], [1000] * 3).relative)


@pytest.mark.parametrize(
    ("counts", "people", "sentence"),
    [
        ([1, -1, 2], [10, 10, 10], r"counts\[1\] is -1"),
        ([1, 1, 2], [10, 0, 10], r"population\[1\] is 0"),
        ([1, 1], [10, 10, 10], "counts and population have shapes"),
    ],
)
def test_what_does_not_fit_is_refused(counts, people, sentence):
    with pytest.raises(ValueError, match=sentence):
        slope_index(counts, people)
