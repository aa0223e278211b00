"""Which issues come first, and how far that hangs on weights and scorers."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics.prioritisation import dissent, leave_out, matrix, move_weights, sure_places, verdicts
from csplan.statistics.ranks import concordance, places, tau_b

NOT = float("nan")
grids = st.integers(2, 7).flatmap(lambda n: st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=n, max_size=n))


# ---- places, tau-b, W ----


@given(st.lists(st.one_of(st.integers(0, 4).map(float), st.just(NOT)), min_size=1, max_size=9))
@settings(max_examples=50)
def test_a_place_is_one_more_than_those_above(totals):
    by_hand = [NOT if math.isnan(t) else 1.0 + sum(other > t for other in totals) for t in totals]
    np.testing.assert_array_equal(places(totals), by_hand)
    np.testing.assert_array_equal(places([totals, totals[::-1]]), [by_hand, by_hand[::-1]])


def test_rounding_parts_no_totals():
    assert places([0.1 + 0.2, 0.3, 0.3 + 1e-9]).tolist() == [2, 2, 1]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=12))
@settings(max_examples=50)
def test_tau_b_as_in_scipy_and_pair_by_pair(pairs):
    x, y = np.array(pairs, dtype=float).T
    ours = float(tau_b(x, y))
    np.testing.assert_allclose(ours, stats.kendalltau(x, y).statistic, atol=1e-12)
    both = [(np.sign(a - c), np.sign(b - d)) for (a, b), (c, d) in combinations(pairs, 2)]
    apart = math.sqrt(sum(p != 0 for p, _ in both) * sum(q != 0 for _, q in both))
    np.testing.assert_allclose(ours, sum(p * q for p, q in both) / apart if apart else NOT, atol=1e-12)


def test_tau_b_of_many_orders_is_of_each_and_leaves_out_what_is_missing(monkeypatch):
    chance = np.random.default_rng(3)
    first, many = chance.integers(0, 5, 9).astype(float), chance.integers(0, 5, (4, 6, 9)).astype(float)
    first[2], many[..., 7] = NOT, NOT
    keep = [0, 1, 3, 4, 5, 6, 8]
    found = tau_b(first, many)
    assert found.shape == (4, 6)
    for at in np.ndindex(4, 6):
        assert found[at] == pytest.approx(stats.kendalltau(first[keep], many[at][keep]).statistic)
    monkeypatch.setattr("csplan.statistics.ranks.AT_ONCE", 50)
    np.testing.assert_array_equal(tau_b(first, many), found)
    assert np.isnan(tau_b([1, NOT], [1, 2]))


def test_concordance_as_the_friedman_statistic_and_by_its_limits():
    chance = np.random.default_rng(5)
    x = chance.integers(1, 5, (4, 9)).astype(float)
    assert concordance(x) == pytest.approx(stats.friedmanchisquare(*x.T).statistic / (4 * 8))
    gap = np.hstack([x, [[3], [NOT], [1], [2]]])
    assert concordance(gap) == pytest.approx(concordance(x)), "an issue that somebody did not rate is left out"
    assert concordance(np.tile([1, 2, 2, 4], (3, 1))) == pytest.approx(1)
    assert concordance([[1, 2, 3], [3, 2, 1]]) == pytest.approx(0)
    assert concordance(-x) == pytest.approx(concordance(x))
    for nothing in ([[1, 2, 3]], [[1], [2]], [[1, 1], [2, 2]], [[1, NOT], [NOT, 2]]):
        assert math.isnan(concordance(nothing))


# ---- the matrix ----


def test_scores_by_hand():
    # Harm on 1 to 5 counts three times as much as cost on 0 to 10.
    scores = [[[5, 0], [NOT, 10], [2, 4]], [[3, NOT], [NOT, 10], [4, 6]]]
    found = matrix(scores, [3, 1], [[1, 5], [0, 10]])
    np.testing.assert_allclose(found.scores, [[0.75, 0], [NOT, 1], [0.5, 0.5]])
    np.testing.assert_allclose(found.weights, [0.75, 0.25])
    np.testing.assert_allclose(found.total, [0.5625, NOT, 0.5])
    assert found.place.tolist()[::2] == [1, 2] and math.isnan(found.place[1])


@given(grids, st.floats(0.1, 40), st.permutations([0, 1, 2]))
@settings(max_examples=40)
def test_only_proportions_of_weights_count_and_no_order_does(rows, size, turned):
    scores, weights, scales = np.array(rows, float), np.array([4.0, 2.0, 1.0]), np.array([[1, 5], [0, 5], [1, 9]])
    found = matrix(scores, weights, scales)
    assert found.total.min() >= 0 and found.total.max() <= 1 + 1e-12
    np.testing.assert_allclose(matrix(scores, size * weights, scales).total, found.total)
    other = matrix(scores[::-1][:, turned], weights[turned], scales[turned])
    np.testing.assert_allclose(other.total[::-1], found.total)
    np.testing.assert_array_equal(other.place[::-1], found.place)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: matrix([[1, 6]], [1, 1], [1, 5]), r"scores\[0, 1\] is 6: it must lie between 1 and 5"),
        (lambda: matrix([[[1, 2], [0, 3]]], [1, 1], [1, 5]), r"scores\[0, 1, 0\] is 0: it must lie between 1 and 5"),
        (lambda: matrix([[1, np.inf]], [1, 1], [1, 5]), r"scores\[0, 1\] is inf"),
        (lambda: matrix([1, 2], [1, 1], [1, 5]), "scores have shape"),
        (lambda: matrix(np.zeros((0, 2)), [1, 1], [1, 5]), "scores have shape"),
        (lambda: matrix([[1, 2]], [1, 0], [1, 5]), r"weights\[1\] is 0: it must be more than zero"),
        (lambda: matrix([[1, 2]], [NOT, 1], [1, 5]), r"weights\[0\] is missing"),
        (lambda: matrix([[1, 2]], [1], [1, 5]), "there must be one for each of the 2 criteria"),
        (lambda: matrix([[1, 2]], [1, 1], [[1, 5], [3, 3]]), r"scales\[1\] is 3 to 3: the highest must be above the lowest"),
        (lambda: matrix([[1, 2]], [1, 1], [1, 5, 9]), "scales have shape"),
        (lambda: move_weights(matrix([[1, 2]], [1, 1], [1, 5]), 1), "fewer than two issues have a place"),
        (lambda: move_weights(PLAIN, 3), "k is 3: it must be one at least and less than the 3 issues"),
        (lambda: move_weights(PLAIN, 0), "k is 0"),
        (lambda: move_weights(PLAIN, 1, draws=0), "draws is 0"),
        (lambda: move_weights(PLAIN, 1, concentration=0), "concentration is 0"),
        (lambda: move_weights(PLAIN, 1, confidence=95), "confidence is 95"),
        (lambda: tau_b([1, 2], [1, 2, 3]), "both must hold the same issues"),
        (lambda: concordance([1, 2]), "they must be scorers by issues"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


PLAIN = matrix([[5, 1], [1, 4], [2, 2], [4, NOT]], [1, 1], [1, 5])


# ---- weights that move ----


def test_all_weights_equally_possible_is_the_share_of_the_line():
    # With two criteria and weight w on the first: 0 has w, 1 has 3/4 (1 - w), 2 always 1/4. 0 leads 1 where w > 3/7; 2 comes
    # before 0 where w < 1/4 and before 1 where w > 2/3.
    found = move_weights(PLAIN, 1, draws=40_000)
    np.testing.assert_allclose(found.in_top[:3], [4 / 7, 3 / 7, 0], atol=0.01)
    second = move_weights(PLAIN, 2, draws=40_000)
    np.testing.assert_allclose(second.in_top[:3], [3 / 4, 2 / 3, 1 / 4 + 1 / 3], atol=0.01)
    assert found.low[:3].tolist() == [1, 1, 2] and found.high[:3].tolist() == [3, 3, 3]
    assert np.isnan([found.low[3], found.high[3], found.in_top[3]]).all()
    # The given order is 0, 1, 2. Each pair that is turned takes 2/3 from tau.
    shares = {1.0: (3 / 7, 2 / 3), 1 / 3: (2 / 3, 1), 1 / 3 + 1e-9: (1 / 4, 3 / 7), -1 / 3: (0, 1 / 4)}
    assert found.tau == pytest.approx(sum(tau * (to - since) for tau, (since, to) in shares.items()), abs=0.01)
    assert found.tau_low == pytest.approx(-1 / 3) and found.tau_high == pytest.approx(1)


def test_weights_about_the_given_ones_are_beta_of_the_stated_concentration():
    wide = matrix([[5, 1], [1, 5]], [1, 3], [1, 5])
    for concentration in (2.0, 50.0):
        found = move_weights(wide, 1, concentration=concentration, draws=40_000)
        above = stats.beta.sf(0.5, 0.25 * concentration, 0.75 * concentration)
        np.testing.assert_allclose(found.in_top, [above, 1 - above], atol=0.01)
    close = move_weights(wide, 1, concentration=1e6)
    assert close.in_top.tolist() == [0, 1] and (close.tau, close.tau_low, close.tau_high) == (1, 1, 1)
    low, high = stats.beta.ppf([0.025, 0.975], 10, 40)
    assert (round(low, 2), round(high, 2)) == (0.10, 0.32), "as the docstring says"


def test_the_range_of_places_holds_the_stated_share_and_no_place_too_few():
    chance = np.random.default_rng(9)
    found = matrix(chance.uniform(0, 1, (12, 4)), [1, 1, 1, 1], [0, 1])
    drawn = places(np.random.default_rng(1).dirichlet([1] * 4, 10_000) @ found.scores.T)
    for confidence in (0.5, 0.95):
        moved = move_weights(found, 3, confidence=confidence)
        tail = (1 - confidence) / 2
        assert ((drawn < moved.low).mean(axis=0) < tail).all() and ((drawn > moved.high).mean(axis=0) <= tail).all()
        assert ((drawn <= moved.low).mean(axis=0) >= tail).all() and ((drawn >= moved.high).mean(axis=0) > tail).all()
        assert (moved.k, moved.draws, moved.seed, moved.concentration, moved.confidence) == (3, 10_000, 1, None, confidence)


def test_the_ends_of_the_range_are_places_however_few_the_draws():
    for draws in range(1, 9):
        moved = move_weights(PLAIN, 1, draws=draws, confidence=0.5)
        assert not np.concatenate([moved.low[:3] % 1, moved.high[:3] % 1]).any()


def test_the_same_seed_gives_the_same_and_another_differs():
    first, again, other = (move_weights(PLAIN, 1, seed=seed) for seed in (7, 7, 8))
    assert first.in_top[:3].tolist() == again.in_top[:3].tolist() != other.in_top[:3].tolist()


@given(grids, st.integers(1, 200))
@settings(max_examples=30)
def test_no_draw_leaves_the_places_that_are_sure(rows, seed):
    found = matrix(np.array(rows, float), [2, 1, 1], [1, 5])
    best, worst = sure_places(found)
    weights = np.random.default_rng(seed).dirichlet([1, 1, 1], 200)
    drawn = places(weights @ found.scores.T)
    assert (best <= drawn).all() and (drawn <= worst).all()
    # By hand, issue by issue.
    for i, mine in enumerate(rows):
        above = sum(o != mine and all(a >= b for a, b in zip(o, mine, strict=True)) for o in rows)
        under = sum(all(a <= b for a, b in zip(o, mine, strict=True)) for j, o in enumerate(rows) if j != i)
        assert (best[i], worst[i]) == (1 + above, len(rows) - under)


def test_a_criterion_left_out_leaves_the_order_of_the_others():
    found = matrix([[5, 1, 3], [1, 4, 3], [2, 2, 5], [3, 3, NOT]], [2, 1, 1], [1, 5])
    out = leave_out(found)
    for c in range(3):
        keep = [i for i in range(3) if i != c]
        alone = matrix(
            [[row[i] for i in keep] for row in ([5, 1, 3], [1, 4, 3], [2, 2, 5])], [[2, 1, 1][i] for i in keep], [1, 5]
        )
        assert out.place[c, :3].tolist() == alone.place.tolist() and math.isnan(out.place[c, 3])
        assert out.tau[c] == pytest.approx(stats.kendalltau(-found.place[:3], -alone.place).statistic)
    assert np.isnan(leave_out(matrix([[5], [1]], [1], [1, 5])).tau).all()


# ---- scorers ----


def test_dissent_by_hand():
    scores = np.full((3, 3, 2), NOT)
    scores[0], scores[1], scores[2] = [[5, 1], [3, 3], [1, 2]], [[1, 1], [3, NOT], [2, 4]], [[3, 1], [NOT, NOT], [1, 5]]
    found = dissent(matrix(scores, [3, 1], [1, 5]))
    assert found.scored_by.tolist() == [[3, 3], [2, 1], [3, 3]]
    np.testing.assert_allclose(found.spread[0], [0.5, 0])  # 1, 0 and 0.5
    np.testing.assert_allclose(found.spread[1], [0, NOT])
    np.testing.assert_allclose(found.spread[2], [np.std([0, 0.25, 0], ddof=1), np.std([0.25, 0.75, 1], ddof=1)])
    np.testing.assert_allclose(found.by_issue[:2], [0.375, 0])
    # Issues 0 and 2 alone are scored in full by all: 0.75 and 0.0625, 0 and 0.375, 0.375 and 0.25.
    assert (found.scorers, found.issues) == (3, 2) and found.concordance == pytest.approx(1 / 9)
    half = dissent(matrix([[[5, 1]], [[1, NOT]]], [1, 4], [1, 5]))
    assert half.by_issue == pytest.approx([0.5**0.5]), "a cell that one scored has no part in the mean"
    alone = dissent(matrix(scores[0], [3, 1], [1, 5]))
    assert np.isnan(alone.spread).all() and np.isnan(alone.by_issue).all() and math.isnan(alone.concordance)


# ---- words ----


def test_words_say_no_more_than_is_known():
    scores = [[5, 5], [4, 1], [1, 4], [2, 1], [NOT, 3]]
    found = matrix(scores, [1, 1], [1, 5])
    said = verdicts(found, move_weights(found, 3))
    assert said[0] == "1st whatever the weights."
    assert said[1] == "In the first three whatever the weights."
    assert said[2].startswith(
        "Its place depends on the weights: between 2nd and 4th in 95% of the sets of weights tried, and in "
    )
    assert said[4] == "It has no place, because it was not scored on every criterion."
    assert verdicts(found, move_weights(found, 1))[1] == "Not in first place whatever the weights."


def test_what_held_in_every_draw_is_not_called_sure():
    # The middle issue is second best on both, and best on neither: no other is under it on both.
    found = matrix([[100, 0], [99, 99], [0, 100]], [1, 1], [0, 100])
    near = move_weights(found, 1, concentration=1000)
    assert verdicts(found, near)[1] == "In first place in every one of the 10,000 sets of weights tried near the given ones."
    assert verdicts(found, near)[0] == "Not in first place in any of the 10,000 sets of weights tried near the given ones."
    any_weights = verdicts(found, move_weights(found, 1))
    assert any_weights[1] == "1st in at least 95% of the sets of weights tried, and in 98% of them in first place."


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.9995, "more than 99%"), (0.99, "99%"), (0.504, "50%"), (0.01, "1%"), (0.0004, "fewer than 1%")],
)
def test_a_share_near_the_end_is_not_printed_as_the_end(share, words):
    found = matrix([[5, 1], [1, 5]], [1, 1], [1, 5])
    moved = replace(move_weights(found, 1), in_top=np.array([share, 1 - share]))
    assert verdicts(found, moved)[0].endswith(f", and in {words} of them in first place.")


def test_places_are_said_as_people_say_them():
    scores = np.arange(24.0)[:, None]
    said = verdicts(*(m := matrix(scores, [1], [0, 23]), move_weights(m, 12)))
    assert [said[24 - n].split()[0] for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd"),
    ]
