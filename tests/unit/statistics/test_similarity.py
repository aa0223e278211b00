"""The areas most like one another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from csplan.statistics import similarity
from csplan.statistics.similarity import most_similar, similar_words

NAMES = ["young", "moved", "dense"]


@pytest.fixture(scope="module")
def forty():
    return np.random.default_rng(6).gamma(2, 3, (40, 3))


def test_distances_are_scipys_and_shares_are_their_terms(forty):
    found = most_similar(forty, 5, NAMES)
    far = cdist(forty, forty, "seuclidean", V=forty.var(axis=0)) ** 2
    np.fill_diagonal(far, np.inf)
    np.testing.assert_array_equal(found.nearest, np.argsort(far, axis=1)[:, :5])
    np.testing.assert_allclose(found.distance, np.sort(far, axis=1)[:, :5])
    assert found.z.mean(axis=0) == pytest.approx(0, abs=1e-12) and found.z.std(axis=0) == pytest.approx(1)
    for row, place in ((0, 0), (17, 4)):
        other = found.nearest[row, place]
        terms = [(forty[row, v] - forty[other, v]) ** 2 / forty[:, v].var() for v in range(3)]
        assert found.share[row, place] == pytest.approx(np.array(terms) / sum(terms))
    np.testing.assert_allclose(found.share.sum(axis=2), 1)


@settings(max_examples=30)
@given(st.permutations(range(12)), st.floats(0.1, 50), st.floats(-20, 20))
def test_order_scale_and_level_do_not_matter(order, scale, level):
    x = np.random.default_rng(2).normal(size=(12, 2))
    at = np.array(order)
    first, again = most_similar(x, 3, ["a", "b"]), most_similar((scale * x + level)[at], 3, ["a", "b"])
    np.testing.assert_array_equal(at[again.nearest], first.nearest[at])
    np.testing.assert_allclose(again.distance, first.distance[at], rtol=1e-6)


def test_an_area_that_lacks_a_figure_is_left_out_of_everything(forty):
    x = forty.copy()
    x[[3, 20], [1, 2]] = np.nan
    whole = np.delete(np.arange(40), [3, 20])
    found, inner = most_similar(x, 4, NAMES), most_similar(forty[whole], 4, NAMES)
    np.testing.assert_array_equal(found.nearest[whole], whole[inner.nearest])
    np.testing.assert_array_equal(found.distance[whole], inner.distance)
    assert (found.nearest[[3, 20]] == -1).all() and np.isnan(found.distance[[3, 20]]).all() and np.isnan(found.share[3]).all()
    assert found.left_out == (3, 20) and found.notes == ("2 of 40 areas lack a figure and are left out.",)
    assert inner.notes == () and np.isnan(found.z[3]).all()


def test_a_part_of_the_rows_at_a_time_gives_the_same(forty, monkeypatch):
    first = most_similar(forty, 6, NAMES)
    monkeypatch.setattr(similarity, "AT_ONCE", 40 * 7)
    np.testing.assert_array_equal(most_similar(forty, 6, NAMES).nearest, first.nearest)


def test_of_equally_far_areas_the_first_is_taken_and_no_area_is_its_own():
    found = most_similar([[0.0], [1], [2], [0]], 3, ["a"])
    assert found.nearest.tolist() == [[3, 1, 2], [0, 2, 3], [1, 0, 3], [0, 1, 2]]
    assert found.distance[0, 0] == 0 and np.isnan(found.share[0, 0]).all()


def test_words_name_what_sets_two_areas_apart():
    x, areas = [[0.0, 0], [0, 1], [5, 1.1], [0, 0], [np.nan, 1]], ["Ash", "Elm", "Oak", "Yew", "Fir"]
    found = most_similar(x, 3, ["young people", "movers"])
    assert similar_words(found, 0, 1, areas) == (
        "Of the other 3 areas compared, Yew is the most like Ash: the two are alike in every figure."
    )
    assert similar_words(found, 0, 2, areas) == (
        "Of the other 3 areas compared, Elm is the 2nd most like Ash; 100% of what sets the two apart is movers."
    )
    apart = found.share[0, 2, 0]
    assert similar_words(found, 0, 3, areas).endswith(
        f"Oak is the 3rd most like Ash; {apart:.0%} of what sets the two apart is young people."
    )
    assert similar_words(found, 4, 1, areas) == "Fir lacks a figure, so no area can be called like it."
    assert [similarity._place(n) for n in (1, 4, 11, 22)] == ["the most", "the 4th most", "the 11th most", "the 22nd most"]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: most_similar([[1, 2], [2, 3]], 1, ["a"]), "variables have shape"),
        (lambda: most_similar([1, 2], 1, ["a"]), "variables have shape"),
        (lambda: most_similar([[1, 2], [np.inf, 3]], 1, ["a", "b"]), r"variables\[1, 0\] is endless"),
        (
            lambda: most_similar([[1, 2], [2, 3], [np.nan, 4]], 2, ["a", "b"]),
            "k is 2: it must be one at least and less than the 2",
        ),
        (lambda: most_similar([[1, 2], [2, 3]], 0, ["a", "b"]), "k is 0"),
        (lambda: most_similar([[1, 0.1], [2, 0.1], [3, 0.1]], 1, ["a", "b"]), "b is the same in every area"),
        (
            lambda: similar_words(most_similar([[1], [2], [4]], 1, ["a"]), 0, 2, ["x", "y", "z"]),
            "place is 2: it must lie between 1 and 1",
        ),
        (lambda: similar_words(most_similar([[1], [2], [4]], 1, ["a"]), 0, 0, ["x", "y", "z"]), "place is 0"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
