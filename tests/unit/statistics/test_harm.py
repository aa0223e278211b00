"""Weighted sums with their lowest and highest."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.harm import Weights, harm, harm_words

TABLE = Weights(["theft", "burglary", "violence"], [2, 10, 40], [2, 25, 400], [2, 90, 1200], "days", "2024", "Someone (2024)")
ONE = replace(TABLE, low=[2, 25, 400], high=[2, 25, 400])
COUNTS = st.lists(st.integers(0, 500), min_size=3, max_size=3)


@settings(max_examples=40)
@given(COUNTS, st.integers(1, 9))
def test_sums_are_by_hand_and_grow_with_the_counts(counts, scale):
    found, more = harm(counts, TABLE), harm(np.array(counts) * scale, TABLE)
    theft, burglary, violence = counts
    assert found.low == 2 * theft + 10 * burglary + 40 * violence
    assert found.value == 2 * theft + 25 * burglary + 400 * violence
    assert found.high == 2 * theft + 90 * burglary + 1200 * violence
    assert found.low <= found.value <= found.high and more.value == scale * found.value
    np.testing.assert_allclose(more.share_high, found.share_high)


@settings(max_examples=40)
@given(COUNTS)
def test_no_mix_of_weights_gives_a_share_outside_its_bounds_and_some_reaches_each(counts):
    found = harm(counts, TABLE)
    if not sum(counts):
        assert np.isnan(found.share).all() and found.value == 0
        return
    mixes = np.array(list(itertools.product(*zip(TABLE.low, TABLE.high, strict=True))))
    terms = mixes * counts
    shares = terms / terms.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(found.share_low, shares.min(axis=0), atol=1e-12)
    np.testing.assert_allclose(found.share_high, shares.max(axis=0), atol=1e-12)
    assert found.share.sum() == pytest.approx(1)


def test_rows_of_any_shape_and_a_rate_for_each():
    counts = np.arange(24).reshape(2, 4, 3)
    found = harm(counts, TABLE, np.arange(1, 9).reshape(2, 4) * 100, per=10)
    one = harm(counts[1, 2], TABLE, 700, per=10)
    assert found.value.shape == (2, 4) and found.share.shape == (2, 4, 3)
    assert found.value[1, 2] == one.value and found.rate_high[1, 2] == one.rate_high
    assert one.rate == 10 * one.value / 700 and one.rate_low == 10 * one.low / 700 and one.rate_high == 10 * one.high / 700
    assert np.isnan(harm(counts, TABLE).rate).all() and (harm(counts, TABLE, 50).rate == harm(counts, TABLE).value * 20).all()


def test_one_missing_category_leaves_no_sum_but_another_row_keeps_its_own():
    found = harm([[1, np.nan, 0], [1, 2, 0]], TABLE, [100, np.nan])
    assert np.isnan([found.value[0], found.low[0], found.high[0], found.rate[0]]).all() and np.isnan(found.share[0]).all()
    assert found.value[1] == 52 and np.isnan(found.rate[1])
    assert harm_words(found, 0) == "How much harm there was is not known: the count of a category is missing."


def test_weights_and_their_origin_stay_with_the_result():
    found = harm([1, 2, 3], TABLE)
    assert found.weights is TABLE and found.counts.tolist() == [1, 2, 3]
    assert found.notes == (
        "Weights: 2024, Someone (2024).",
        "Coarse, so that their weight is a range: burglary, violence.",
        "The range is that of the weights; chance is not in it.",
    )
    assert len(harm([1, 2, 3], ONE).notes) == 2


def test_words_have_both_bounds_with_every_figure():
    assert harm_words(harm([[5, 5, 5], [1000, 20, 5]], TABLE), 1) == (
        "By the weights “2024” the harm lies between 2,400 and 9,800 days, 4,500 by the middle weights. "
        "By the middle weights the largest part is theft: from 20% to 83% of it."
    )
    assert harm_words(harm([10, 0, 1], ONE)) == (
        "By the weights “2024” the harm is 420 days, lowest and highest alike, as each category has one weight. "
        "By the middle weights the largest part is violence: 95% of it."
    )
    assert harm_words(harm([0, 0, 0], TABLE)) == "By the weights “2024” there was no harm to count."
    nothing = replace(TABLE, low=[0, 0, 0], middle=[0, 0, 0])
    assert harm_words(harm([1, 1, 0], nothing)) == (
        "By the weights “2024” the harm lies between 0 and 92 days, 0 by the middle weights."
    )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: harm([1, 2], TABLE), "counts have shape .* and there are 3 categories"),
        (lambda: harm(5, TABLE), "counts have shape"),
        (lambda: harm([[1, 2, 3], [1, -2, 3]], TABLE), r"counts\[1, 1\] is -2: it cannot be less than zero"),
        (lambda: harm([1, 2, 3], TABLE, 0), "population is 0: it must be more than zero"),
        (lambda: harm([[1, 2, 3]], TABLE, [1, 2]), "population has shape"),
        (lambda: harm([1, 2, 3], replace(TABLE, low=[2, 30, 40])), "the weights of burglary are 30, 25 and 90: they must rise"),
        (lambda: harm([1, 2, 3], replace(TABLE, high=[2, 20, 1200])), "the weights of burglary are 10, 25 and 20"),
        (lambda: harm([1, 2, 3], replace(TABLE, middle=[2, np.nan, 3])), r"weights.middle\[1\] is missing: burglary needs one"),
        (lambda: harm([1, 2, 3], replace(TABLE, low=[-1, 2, 3])), r"weights.low\[0\] is -1"),
        (lambda: harm([1, 2, 3], replace(TABLE, low=[1, 2])), "weights.low has shape"),
        (lambda: harm([1, 2, 3], replace(TABLE, version=" ")), "weights.version is empty"),
        (lambda: harm([1, 2, 3], replace(TABLE, source="")), "weights.source is empty"),
        (lambda: harm([1, 2, 3], replace(TABLE, unit="")), "weights.unit is empty"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
