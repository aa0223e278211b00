"""Whether values of neighbours are alike."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import random_array
from scipy.stats import norm

from csplan.statistics.hotspots import nearest, permuted
from csplan.statistics.spatial import local_moran, moran, verdicts

FEW = np.array([2.0, 9.0, 4.0, 4.0, 7.0])
RING = np.array([[0, 1, 0, 0, 1], [1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 1, 0, 1], [1, 0, 0, 1, 0]], float)


def i_by_hand(x, w):
    """Sums of single pairs, as the formula is printed."""
    n, mean = len(x), sum(x) / len(x)
    rows = [[w[i][j] / (sum(w[i]) - w[i][i]) if j != i and w[i][j] else 0.0 for j in range(n)] for i in range(n)]
    top = sum(rows[i][j] * (x[i] - mean) * (x[j] - mean) for i in range(n) for j in range(n))
    return n / sum(map(sum, rows)) * top / sum((v - mean) ** 2 for v in x)


@pytest.fixture(scope="module")
def drawn():
    """Forty places at five times, some missing, with weights that are not all 1."""
    chance = np.random.default_rng(6)
    x = chance.gamma(2, 3, (40, 5))
    x[chance.random(x.shape) < 0.05] = np.nan
    x[:, 4] = np.nan_to_num(x[:, 4])
    return x, random_array((40, 40), density=0.2, rng=chance, format="csr")


def test_global_i_by_hand_at_every_time(drawn):
    x, w = drawn
    found = moran(x, w, draws=20, seed=3)
    for t in range(x.shape[1]):
        held = ~np.isnan(x[:, t])
        assert found.i[t] == pytest.approx(i_by_hand(x[held, t], w.toarray()[np.ix_(held, held)]))
        alone = moran(x[:, t], w, draws=20, seed=3)
        assert (alone.i, alone.p_random, alone.p_permuted) == (
            pytest.approx(found.i[t]),
            pytest.approx(found.p_random[t]),
            found.p_permuted[t],
        )


def test_expected_and_variance_are_those_of_all_orders():
    every = np.array([i_by_hand(order, RING) for order in permutations(FEW)])
    found = moran(FEW, RING, draws=0)
    assert found.expected == pytest.approx(every.mean()) == -0.25
    assert (found.i - found.expected) / found.z_random == pytest.approx(every.std())
    assert np.isnan([found.p_permuted, found.one_sided]).all()


def test_variance_of_normal_values_is_that_of_many_invented():
    chance = np.random.default_rng(4)
    i = moran(chance.normal(size=(25, 40_000)), nearest(chance.random((25, 2)) * 9000, 3), draws=0)
    assert i.i.mean() == pytest.approx(-1 / 24, abs=0.005)
    assert i.z_normal.std() == pytest.approx(1, abs=0.02)
    assert (i.p_normal < 0.05).mean() == pytest.approx(0.05, abs=0.01)


def test_share_of_orders_is_that_of_all_orders():
    every = np.array([i_by_hand(order, RING) for order in permutations(FEW)])
    found = moran(FEW, RING, draws=2000, seed=2)
    at_most = (every <= found.i + 1e-12).mean()
    assert found.one_sided == pytest.approx(min(at_most, (every >= found.i - 1e-12).mean()), abs=0.03)
    assert found.p_permuted == pytest.approx(min(1, 2 * found.one_sided))


def test_an_order_that_ties_counts_on_both_sides():
    # Of all orders of four alike and one other on a ring, each is a turn of the one seen.
    found = moran([1, 1, 1, 1, 5], RING, draws=50)
    assert (found.one_sided, found.p_permuted) == (1, 1)


def test_local_i_adds_up_to_the_global_one_and_its_moments_are_those_of_all_draws():
    local = local_moran(FEW, RING, draws=50)
    assert local.i.sum() == pytest.approx(5 * moran(FEW, RING, draws=0).i)
    c, m2 = FEW - FEW.mean(), FEW.var()
    for k in range(5):
        others = np.delete(c, k)
        every = np.array([c[k] / m2 * (a + b) / 2 for a, b in permutations(others, 2)])
        assert local.expected[k] == pytest.approx(every.mean())
        assert (local.i[k] - local.expected[k]) / local.z[k] == pytest.approx(every.std())
    np.testing.assert_allclose(local.p_value, 2 * norm.sf(np.abs(local.z)))


def test_local_draws_are_those_of_hot_spots(drawn):
    x, w = drawn
    assert np.array_equal(
        local_moran(x, w, draws=30, seed=8).permuted.p_value, permuted(x, w, draws=30, seed=8).p_value, equal_nan=True
    )


@settings(max_examples=40)
@given(st.permutations(range(9)), st.floats(0.1, 50), st.floats(-100, 100))
def test_order_scale_and_level_do_not_matter(order, scale, level):
    x, w = np.array([3, 1, 4, 1, 5, 9, 2, 6, 5.0]), nearest(np.arange(18).reshape(9, 2) * 1000.0, 2).toarray()
    at = np.array(order)
    first, again = moran(x, w, draws=0), moran(scale * x[at] + level, w[np.ix_(at, at)], draws=0)
    assert (again.i, again.p_random, again.p_normal) == (
        pytest.approx(first.i),
        pytest.approx(first.p_random),
        pytest.approx(first.p_normal),
    )
    assert moran(-x, w, draws=0).i == pytest.approx(first.i)
    assert local_moran(scale * x[at] + level, w[np.ix_(at, at)], draws=1).i == pytest.approx(local_moran(x, w, draws=1).i[at])


def test_a_step_is_alike_and_a_chessboard_unlike():
    side = np.arange(64)
    at = np.column_stack([side % 8, side // 8])
    edges = (np.abs(at[:, None] - at[None]).sum(axis=2) == 1) * 1.0
    step, board = (at[:, 0] > 3) * 1.0, at.sum(axis=1) % 2.0
    assert moran(step, edges, draws=99).p_permuted == moran(board, edges, draws=99).p_permuted == 0.02
    assert moran(step, edges, draws=0).i > 0.7 and moran(board, edges, draws=0).i == pytest.approx(-1)


def test_verdicts_say_on_which_side_a_place_and_its_neighbours_lie():
    line = nearest(np.column_stack([1000 * np.arange(60), np.zeros(60)]), 4)
    x = np.array([50, 49, 51, 48, 52, 50, 49, 51] + [20, 21] * 18 + [2, 1, 3, 0, 2, 1, 2, 0, 3, 1, 2, 0, 1, 3, 2, 1.0])
    x[3], x[52] = 0, 60
    found = verdicts(local_moran(x, line, draws=1999))
    assert found[[1, 3, 30, 52]].tolist() == ["high_among_high", "low_among_high", "no_clear_pattern", "high_among_low"]
    assert "low_among_low" in found[44:]


def test_missing_alike_and_alone():
    gap = local_moran([[1, 5], [np.nan, 5], [3, 5], [4, 5], [2, 5.0]], RING, draws=9)
    assert np.isnan(gap.i[1, 0]) and np.isnan(gap.i[:, 1]).all() and not np.isnan(gap.i[[0, 2, 3, 4], 0]).any()
    assert verdicts(gap)[:, 1].tolist() == ["not_compared"] * 5 and verdicts(gap)[1, 0] == "not_compared"
    alone = RING.copy()
    alone[2] = 0
    assert np.isnan(local_moran(FEW, alone, draws=9).z[2]) and verdicts(local_moran(FEW, alone, draws=9))[2] == "not_compared"
    assert np.isnan([moran([1, 2, np.nan, 3, np.nan], RING).i, moran([0.1] * 5, RING).i, moran(FEW, np.zeros((5, 5))).i]).all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: moran(FEW, RING, draws=-1), "draws is -1: it cannot be less than zero"),
        (lambda: moran([1, np.inf, 2, 3, 4], RING), r"values\[1\] is endless"),
        (lambda: moran([1, 2], RING), "neighbours have shape"),
        (lambda: local_moran(FEW, RING, draws=0), "draws is 0: at least one is needed"),
        (lambda: local_moran(FEW, -RING), "negative weight"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
