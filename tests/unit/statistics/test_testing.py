"""Two shares, and many tests together."""

from math import erfc, isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics.change import false_discovery
from csplan.statistics.testing import ADJUSTMENTS, adjusted, proportions_words, two_proportions

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=25)


# Many tests together


def by_definition(p: list[float], method: str) -> list[float]:
    """Each adjusted p-value straight from its definition, with no running minimum."""
    n, ordered = len(p), sorted(p)
    harmonic = sum(1 / k for k in range(1, n + 1))
    found = []
    for value in p:
        first, last = ordered.index(value) + 1, n - ordered[::-1].index(value)
        if method == "bonferroni":
            raw = n * value
        elif method == "holm":
            raw = max((n - j + 1) * ordered[j - 1] for j in range(1, last + 1))
        elif method == "hochberg":
            raw = min((n - j + 1) * ordered[j - 1] for j in range(first, n + 1))
        else:
            raw = min(n * ordered[j - 1] / j for j in range(first, n + 1))
            raw *= harmonic if method == "benjamini_yekutieli" else 1
        found.append(min(1.0, raw))
    return found


@settings(max_examples=50)
@given(P_VALUES, st.sampled_from(ADJUSTMENTS))
def test_adjusted_is_as_defined(p, method):
    np.testing.assert_allclose(adjusted(p, method=method), by_definition(p, method), atol=1e-15)


@settings(max_examples=50)
@given(P_VALUES)
def test_scipy_agrees(p):
    np.testing.assert_allclose(adjusted(p), stats.false_discovery_control(p))
    np.testing.assert_allclose(adjusted(p, method="benjamini_yekutieli"), stats.false_discovery_control(p, method="by"))


@settings(max_examples=50)
@given(P_VALUES)
def test_what_claims_more_and_what_less(p):
    found = {method: adjusted(p, method=method) for method in ADJUSTMENTS}
    slack = 1 + 1e-12
    for less, more in (("bonferroni", "holm"), ("holm", "hochberg"), ("hochberg", "benjamini_hochberg")):
        assert (found[more] <= found[less] * slack).all()
    assert (found["benjamini_hochberg"] <= found["benjamini_yekutieli"] * slack).all()
    assert (found["benjamini_hochberg"] >= np.array(p) / slack).all()
    assert (np.array(list(found.values())) <= 1).all()


@pytest.mark.parametrize("method", ADJUSTMENTS)
def test_missing_tests_are_not_counted_and_one_test_stays_as_it_is(method):
    found = adjusted([0.01, nan, 0.04, nan, 0.2], method=method)
    np.testing.assert_array_equal(found[[0, 2, 4]], adjusted([0.01, 0.04, 0.2], method=method))
    assert np.isnan(found).tolist() == [False, True, False, True, False]
    assert adjusted([0.03], method=method).tolist() == [0.03]
    assert adjusted([1.0, 1.0], method=method).tolist() == [1, 1]
    assert adjusted([], method=method).shape == (0,)
    assert np.isnan(adjusted([nan, nan], method=method)).all()


@pytest.mark.parametrize("method", ADJUSTMENTS)
def test_the_order_of_tests_does_not_matter(method):
    p = np.array([0.2, 0.001, 0.04, 0.04, 0.9, 0.013])
    mixed = [4, 2, 0, 5, 3, 1]
    np.testing.assert_array_equal(adjusted(p[mixed], method=method), adjusted(p, method=method)[mixed])


def test_false_discovery_is_the_usual_adjustment():
    p = [0.008, nan, 0.03, 0.123, 0.6, 0.2]
    np.testing.assert_array_equal(false_discovery(p), adjusted(p, method="benjamini_hochberg"))
    np.testing.assert_array_equal(adjusted(p), adjusted(p, method="benjamini_hochberg"))


@pytest.mark.parametrize(
    ("p", "method", "sentence"),
    [
        ([0.1, -0.1], "holm", r"p_values\[1\] is -0.1: it cannot be less than zero"),
        ([0.1, 0.2, 1.01], "holm", r"p_values\[2\] is 1.01: it cannot be more than 1"),
        ([[0.1], [0.2]], "holm", r"p_values have shape \(2, 1\): they must be one list"),
        ([0.1], "hommel", "method is hommel: it must be one of benjamini_hochberg, "),
    ],
)
def test_adjusted_refusals(p, method, sentence):
    with pytest.raises(ValueError, match=sentence):
        adjusted(p, method=method)


# Two shares


def wilson(part: int, whole: int, z: float) -> tuple[float, float]:
    """The two shares whose score test is just at z: roots of (share - p)^2 = z^2 p (1 - p) / whole."""
    share = part / whole
    low, high = np.roots([1 + z * z / whole, -(2 * share + z * z / whole), share**2]).real[::-1]
    return low, high


COUNTED = st.tuples(st.integers(0, 300), st.integers(1, 300))


@settings(max_examples=50)
@given(COUNTED, COUNTED)
def test_two_shares_by_hand(first, second):
    (x, n), (y, k) = (first[0], first[0] + first[1]), (second[0], second[0] + second[1])
    found = two_proportions(x, n, y, k, confidence=0.9)
    (l1, u1), (l2, u2) = wilson(x, n, 1.6448536269514722), wilson(y, k, 1.6448536269514722)
    p, q = x / n, y / k
    assert found.difference == pytest.approx(p - q)
    assert found.low == pytest.approx(p - q - sqrt((p - l1) ** 2 + (u2 - q) ** 2), abs=1e-7)
    assert found.high == pytest.approx(p - q + sqrt((u1 - p) ** 2 + (q - l2) ** 2), abs=1e-7)
    pooled = (x + y) / (n + k)
    if 0 < pooled < 1:
        z = (p - q) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / k))
        assert found.p_value == pytest.approx(erfc(abs(z) / sqrt(2)))


def test_the_p_value_is_that_of_chi_square_without_correction():
    table = [[15, 35], [25, 25]]
    assert two_proportions(15, 50, 25, 50).p_value == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)


@settings(max_examples=50)
@given(COUNTED, COUNTED)
def test_turned_round_the_difference_changes_its_sign(first, second):
    there = two_proportions(first[0], sum(first), second[0], sum(second))
    back = two_proportions(second[0], sum(second), first[0], sum(first))
    assert (back.low, back.difference, back.high) == pytest.approx((-there.high, -there.difference, -there.low))
    assert back.p_value == pytest.approx(there.p_value)
    assert -1 - 1e-12 <= there.low <= there.difference <= there.high <= 1 + 1e-12
    other = two_proportions(first[1], sum(first), second[1], sum(second))
    assert other.difference == pytest.approx(-there.difference, abs=1e-12)


@pytest.mark.parametrize(("part", "whole"), [(0, 20), (20, 20)])
def test_none_or_all_on_both_sides_are_alike(part, whole):
    found = two_proportions(part, whole, part, whole)
    assert (found.difference, found.p_value) == (0, 1)
    assert found.low < 0 < found.high


def test_many_pairs_and_missing_ones():
    found = two_proportions([56, 5, nan, 5], 70, [48, nan, 4, 4], [80, 80, 80, nan])
    for part in (found.difference, found.low, found.high, found.p_value):
        assert np.isnan(part).tolist() == [False, True, True, True]
    alone = two_proportions(56, 70, 48, 80)
    assert [found.low[0], found.p_value[0]] == [alone.low, alone.p_value]
    assert (alone.first, alone.second) == (0.8, 0.6)
    assert (alone.part_1, alone.whole_1, alone.part_2, alone.whole_2, alone.confidence) == (56, 70, 48, 80, 0.95)
    assert found.whole_1.tolist() == [70] * 4


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ((-1, 2, 1, 2), "part_1 is -1"),
        ((1, 0, 1, 2), "whole_1 is 0: it must be more than zero"),
        ((1, 2, [1, -1], 2), r"part_2\[1\] is -1"),
        ((1, 2, 1, [2, 0]), r"whole_2\[1\] is 0"),
        (([2, 3], 2, 1, 2), r"part_1\[1\] is 3: it cannot be more than its whole, 2"),
        ((1, 2, 3, 2), "part_2 is 3: it cannot be more than its whole, 2"),
    ],
)
def test_two_proportions_refusals(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        two_proportions(*asked)
    with pytest.raises(ValueError, match="confidence is 95"):
        two_proportions(1, 2, 1, 2, confidence=95)


def test_the_sentence_claims_only_what_the_limits_leave():
    higher, lower = two_proportions(56, 70, 48, 80), two_proportions(48, 80, 56, 70)
    assert proportions_words(higher).endswith("the first is higher, by between 5.2 and 33.4 points.")
    assert proportions_words(lower).endswith("the first is lower, by between 5.2 and 33.4 points.")
    assert proportions_words(two_proportions(5, 56, 0, 29)).endswith("too close to tell apart from chance.")
    assert proportions_words(two_proportions(1_234, 2_000, 1_234, 2_000)).startswith("The first share is 61.7% (1,234 of 2,000)")
    assert "missing" in proportions_words(two_proportions(nan, 2, 1, 2))
    with pytest.raises(ValueError, match="more than one pair"):
        proportions_words(two_proportions([1, 2], 5, 1, 5))


def test_the_sentence_claims_too_much_about_as_often_as_it_may():
    chance = np.random.default_rng(5)
    found = two_proportions(chance.binomial(80, 0.3, 20_000), 80, chance.binomial(120, 0.3, 20_000), 120)
    assert ((found.low > 0) | (found.high < 0)).mean() == pytest.approx(0.05, abs=0.01)
    assert (found.p_value < 0.05).mean() == pytest.approx(0.05, abs=0.01)
    assert not isnan(found.p_value.sum())
