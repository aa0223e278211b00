"""Neighbouring places that are high together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array, random_array

from csplan.statistics.hotspots import accuracy, gi, gi_star, nearest, permuted
from csplan.statistics.neighbours import others_drawn, tally, weights_of_others


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


LINE = np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]], float)


def test_gi_is_by_hand_without_the_place(drawn):
    x, w = drawn
    dense, found = w.toarray(), gi(x, w)
    for t in range(x.shape[1]):
        for i in range(x.shape[0]):
            there = ~np.isnan(x[:, t]) & (np.arange(60) != i)
            others, row = x[there, t], dense[i, there]
            n, total = others.size, row.sum()
            below = others.std() * np.sqrt((n * (row**2).sum() - total**2) / (n - 1))
            known = not np.isnan(x[i, t]) and below > 0
            by_formula = (row @ others - total * others.mean()) / below if known else np.nan
            np.testing.assert_allclose(found.z[i, t], by_formula, rtol=1e-9, atol=1e-12)
    assert found.neighbours.tolist() == (dense * (1 - np.eye(60)) > 0).sum(axis=1).tolist()


def test_large_levels_keep_their_digits():
    x, w = np.array([3, 1, 4, 1, 5, 9, 2, 6.0]), nearest(np.arange(16).reshape(8, 2) * 1000.0, 2)
    for statistic in (gi, gi_star):
        np.testing.assert_allclose(statistic(x + 1e9, w).z, statistic(x, w).z, rtol=1e-6)


def test_nothing_is_said_where_the_others_are_alike():
    found = gi([1, 0, 0, 0, 0, 0, 0], np.eye(7, k=1) + np.eye(7, k=-1))
    assert np.isnan(found.z[0]) and not np.isnan(found.z[1:]).any()
    assert np.isnan(gi([1, 2, 3], np.zeros((3, 3))).z).all()
    assert np.isnan(gi([0.1] * 7, np.eye(7, k=1)).z).all()


def counted_by_hand(x, w, order):
    """One place and one draw at a time; ids stand for the places without the one looked at."""
    more, less = np.zeros(x.size, int), np.zeros(x.size, int)
    for i in range(x.size):
        others, weights = np.delete(x, i), w[i][(w[i] > 0) & (np.arange(x.size) != i)]
        seen = sum(w[i][j] * x[j] for j in range(x.size) if j != i)
        for ids in order:
            dealt = (weights * others[ids[: weights.size]]).sum()
            more[i] += dealt >= seen - 1e-9
            less[i] += dealt <= seen + 1e-9
    return more, less


@pytest.mark.parametrize("weights", ["ones", "rows alike", "any", "none for some"])
def test_draws_are_counted_as_by_hand(weights):
    chance = np.random.default_rng(8)
    w = (random_array((20, 20), density=0.25, rng=chance).toarray() > 0) * 1.0
    if weights == "rows alike":
        w /= np.maximum(w.sum(axis=1, keepdims=True), 1)
    elif weights == "any":
        w *= chance.integers(1, 4, w.shape)
    elif weights == "none for some":
        w[3:6] = 0
    x = chance.poisson(2, (20, 3)).astype(float)
    others = weights_of_others(w, 20)
    order = others_drawn(others, 300, 4)
    more, less = tally(x, others, order)
    for t in range(3):
        by_hand_more, by_hand_less = counted_by_hand(x[:, t], w, order)
        assert more[:, t].tolist() == by_hand_more.tolist() and less[:, t].tolist() == by_hand_less.tolist()


def test_shares_near_those_of_every_possible_draw():
    # Place 0 has the neighbour 7 of 7, 1 and 2; place 2 has 7 and 2 of the pairs of 9, 7 and 2.
    found = permuted([9, 7, 1, 2], LINE, draws=4000, seed=5)
    assert found.at_least[0] / 4000 == pytest.approx(1 / 3, abs=0.02)
    assert found.at_most[2] / 4000 == pytest.approx(1 / 3, abs=0.02)
    assert found.at_least[2] == 4000
    np.testing.assert_allclose(found.one_sided, (np.minimum(found.at_least, found.at_most) + 1) / 4001)
    np.testing.assert_allclose(found.p_value, np.minimum(1, 2 * found.one_sided))


def test_each_time_has_the_draws_it_would_have_alone_and_the_missing_are_left_out(drawn):
    x, w = drawn
    found = permuted(x, w, draws=60, seed=9)
    for t in range(x.shape[1]):
        held = ~np.isnan(x[:, t])
        inner = permuted(x[held, t], w[held][:, held], draws=60, seed=9)
        assert (
            found.p_value[held, t].tolist()
            == inner.p_value.tolist()
            == permuted(x[:, t], w, draws=60, seed=9).p_value[held].tolist()
        )
        assert np.isnan(found.p_value[~held, t]).all() and np.isnan(found.at_least[~held, t]).all()
    assert (permuted(x, w, draws=60, seed=10).at_least != found.at_least)[~np.isnan(x)].any()


def test_a_quiet_place_among_quiet_places_is_not_called_cold():
    x = np.zeros(200)
    x[:10] = 5
    found = permuted(x, nearest(np.arange(400).reshape(200, 2) * 1000.0, 2), draws=99)
    assert found.p_value[100] > 0.9 and found.one_sided[3] < 0.05


def test_draws_agree_with_the_normal_curve_where_that_holds():
    chance = np.random.default_rng(21)
    w, x = nearest(chance.random((300, 2)) * 50_000, 12), chance.normal(size=300)
    normal, drawn_ = gi(x, w).p_value, permuted(x, w, draws=999).p_value
    assert np.abs(normal - drawn_).mean() < 0.03


def test_accuracy_by_hand():
    found = accuracy([True, False, True, False, False], [6, 1, 2, 3, np.nan], [1, 1, 1, 1, 1])
    assert (found.inside, found.events, found.area_share) == (8, 12, 0.5)
    assert found.hit_rate == pytest.approx(8 / 12) and found.pai == pytest.approx(8 / 12 / 0.5)
    assert found.pei == pytest.approx(8 / 9)
    # The best three of ground: the place of two with ten events, and half of the place of two with six.
    assert accuracy([True, False, True, False], [10, 6, 0, 0], [2, 2, 1, 5]).pei == pytest.approx(10 / 13)
    # Best is what is thickest, not what has most: the small place first, then a ninth of the large one.
    assert accuracy([False, True, True], [9, 6, 1], [9, 1, 1]).pei == pytest.approx(7 / 7)


@given(st.lists(st.integers(0, 9), min_size=6, max_size=6), st.permutations(range(6)), st.floats(0.1, 40))
def test_accuracy_of_the_best_places_is_one_and_order_and_scale_do_not_matter(counts, order, scale):
    y, best, at = np.array(counts, float), np.argsort(counts)[3:], np.array(order)
    named = np.isin(np.arange(6), best)
    found = accuracy(named, y, np.ones(6))
    again = accuracy(named[at], y[at], np.full(6, scale))
    if y.sum():
        assert found.pei == pytest.approx(1) and found.pai == pytest.approx(found.hit_rate * 2)
        assert (again.pai, again.pei) == (pytest.approx(found.pai), pytest.approx(1))
    else:
        assert np.isnan([found.pai, found.pei]).all()


def test_with_no_place_named_nothing_is_said():
    assert np.isnan([accuracy([False, False], [1, 2], [1, 1]).pai, accuracy([True, True], [0, 0], [1, 1]).pei]).all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: permuted([1, 2, 3, 4], LINE, draws=0), "draws is 0: at least one is needed"),
        (lambda: permuted([1, 2, 3], LINE), "neighbours have shape"),
        (lambda: gi([1, 2], [[0, np.nan], [1, 0]]), "hold a missing weight"),
        (lambda: accuracy([1, 0], [1, 2], [1, 1]), "must say true or false of each of 2 places"),
        (lambda: accuracy([True], [1, 2], [1, 1]), "named has shape"),
        (lambda: accuracy([True, False], [1, -2], [1, 1]), r"later\[1\] is -2"),
        (lambda: accuracy([True, False], [1, 2], [1, 0]), r"area\[1\] is 0"),
    ],
)
def test_what_does_not_fit_draws_and_accuracy_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
