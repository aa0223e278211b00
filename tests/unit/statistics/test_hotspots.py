"""Neighbouring places that are high together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array, random_array

from csplan.statistics.hotspots import gi_star, nearest


def by_hand(x, w):
    """One place at a time, as the formula is printed; NaN left out."""
    held = ~np.isnan(x)
    n, mean, spread = held.sum(), x[held].mean(), x[held].std()
    out = np.full(x.size, np.nan)
    for i in np.flatnonzero(held):
        row = np.where(held, w[i], 0.0)
        row[i] = 1.0
        total, squared = row.sum(), (row**2).sum()
        below = spread * np.sqrt((n * squared - total**2) / (n - 1)) if n > 1 else 0.0
        out[i] = (row[held] @ x[held] - mean * total) / below if below > 0 else np.nan
    return out


@pytest.fixture(scope="module")
def drawn():
    """Sixty places at eight times, some missing, with weights that are not all 1."""
    chance = np.random.default_rng(3)
    x = chance.poisson(4, (60, 8)).astype(float)
    x[chance.random(x.shape) < 0.1] = np.nan
    return x, random_array((60, 60), density=0.1, rng=chance, format="csr")


def test_all_times_in_one_product_are_each_time_by_hand(drawn):
    x, w = drawn
    found, dense = gi_star(x, w), w.toarray()
    for t in range(x.shape[1]):
        np.testing.assert_allclose(found.z[:, t], by_hand(x[:, t], dense), rtol=1e-9)
        np.testing.assert_allclose(gi_star(x[:, t], w).z, found.z[:, t], rtol=1e-12)


def test_the_place_itself_counts_whatever_the_weights_say_of_it():
    line = np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]], float)
    assert gi_star([9, 7, 1, 2], line).z.tolist() == gi_star([9, 7, 1, 2], line + 5 * np.eye(4)).z.tolist()
    assert gi_star([9, 7, 1, 2], line).neighbours.tolist() == [1, 2, 2, 1]


@given(st.permutations(range(12)), st.floats(0.1, 50), st.floats(-5, 5))
def test_order_scale_and_level_do_not_matter(order, scale, level):
    x = np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], float)
    w = nearest(np.arange(24).reshape(12, 2) * 1000.0, 2).toarray()
    at = np.array(order)
    z = gi_star(x, w).z
    np.testing.assert_allclose(gi_star(scale * x[at] + level, w[np.ix_(at, at)]).z, z[at], rtol=1e-6, atol=1e-9)


def test_a_patch_of_high_places_is_found_and_one_high_place_alone_is_not():
    side = 12
    at = np.array([(i, j) for i in range(side) for j in range(side)], float) * 1000
    chance = np.random.default_rng(5)
    quiet = chance.normal(10, 1, side * side)
    patch, alone = quiet.copy(), quiet.copy()
    inside = (at[:, 0] < 3000) & (at[:, 1] < 3000)
    patch[inside] += 4
    alone[77] += 4
    w = nearest(at, 8)
    assert gi_star(patch, w).z[inside].min() > 2 and gi_star(patch, w).p_value[at.argmin(axis=0)[0]] < 0.001
    assert gi_star(alone, w).z[77] < 3


def test_chance_alone_gives_the_normal_share_of_small_p():
    chance = np.random.default_rng(11)
    w = nearest(chance.random((400, 2)) * 50_000, 6)
    p = gi_star(chance.normal(size=(400, 50)), w).p_value
    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.01)


def test_missing_stays_missing_and_alike_has_no_z():
    w = np.ones((4, 4))
    found = gi_star([[1, 5, np.nan], [2, 5, np.nan], [np.nan, 5, 3], [4, 5, np.nan]], w)
    assert np.isnan(found.z[2]).all() and np.isnan(found.z[:, 1]).all() and np.isnan(found.z[:, 2]).all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: gi_star([1, 2], np.zeros((3, 3))), "neighbours have shape"),
        (lambda: gi_star([1, 2], [[0, -1], [1, 0]]), "hold a negative weight"),
        (lambda: gi_star([[1, np.inf], [2, 3]], np.zeros((2, 2))), r"values\[0, 1\] is endless"),
        (lambda: gi_star([], np.zeros((0, 0))), "values have shape"),
        (lambda: nearest([[0, 0], [np.nan, 1000]], 1), r"points\[1\] is not known"),
        (lambda: nearest([[0, 0], [0, 1000]], 2), "k is 2: it must be one at least and less than the 2 places"),
        (lambda: nearest([0, 1, 2], 1), "points have shape"),
        (lambda: nearest([[-1.5, 54.7], [-1.6, 54.8]], 1), "look like degrees of longitude and latitude"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_the_nearest_are_nearest():
    at = np.random.default_rng(2).random((50, 2)) * 9000
    w = nearest(at, 4)
    assert isinstance(w, csr_array) and w.sum(axis=1).tolist() == [4.0] * 50 and not w.diagonal().any()
    far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    np.fill_diagonal(far, np.inf)
    for i in range(50):
        assert set(w[[i]].indices) == set(np.argsort(far[i])[:4])
