"""Bands, places and gaps."""

from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc, gammaincinv

from csplan.statistics import comparison
from csplan.statistics.comparison import bands, gap_to_median, gap_words, rank_interval, rank_words

VALUES = st.lists(st.one_of(st.integers(0, 30).map(float), st.just(np.nan)), min_size=1, max_size=40)


def by_hand(values, count, highest_first):
    """One value at a time, as R's phe_quantile has it, but in whole numbers."""
    known = [v for v in values if v == v]
    if len(known) < count:
        return [np.nan] * len(values)
    out = []
    for v in values:
        before = sum(w > v for w in known) if highest_first else sum(w < v for w in known)
        # The first band whose end, n j / q from the top, lies at or beyond the place.
        out.append(
            next(j for j in range(1, count + 1) if (len(known) - before) * count > (count - j) * len(known)) if v == v else v
        )
    return out


@settings(max_examples=50)
@given(VALUES, st.integers(2, 12), st.booleans())
def test_bands_are_by_hand(values, count, highest_first):
    found = bands(values, count, highest_first=highest_first)
    np.testing.assert_array_equal(found.band, by_hand(values, count, highest_first))
    assert list(found.sizes) == [(found.band == j).sum() for j in range(1, count + 1)]


def test_bands_are_those_of_r_but_where_its_division_does_not_come_out_even():
    apart = []
    for n in range(20, 300):
        found = bands(np.arange(n, 0, -1), 20).band
        r = [max(1, floor(21 - ceil((n + 1 - rank) / (n / 20)))) for rank in range(1, n + 1)]
        apart += [(n, int(i) + 1) for i in np.flatnonzero(found != r)]
        assert found[0] == 1 and found[-1] == 20
    assert apart[0] == (28, 8) and len(apart) < 15


@given(VALUES, st.integers(2, 6), st.floats(0.5, 100), st.integers(-50, 50))
@settings(max_examples=50)
def test_scale_level_and_order_do_not_change_bands(values, count, scale, level):
    x = np.array(values)
    first = bands(x, count)
    np.testing.assert_array_equal(bands(scale * x + level, count).band, first.band)
    np.testing.assert_array_equal(bands(x[::-1], count).band, first.band[::-1])
    np.testing.assert_array_equal(bands(-x, count, highest_first=False).band, first.band)


def test_equal_values_over_an_edge_are_marked_and_counted():
    found = bands([9, 5, 5, 5, 1, 1], 2)
    assert found.band.tolist() == [1, 1, 1, 1, 2, 2] and found.sizes == (4, 2)
    assert found.astride.tolist() == [False, True, True, True, False, False]
    assert found.notes == ("3 areas with equal values reach over the edge of a band; all are put into the first.",)
    assert found.rank.tolist() == [1, 2, 2, 2, 5, 5]
    low = bands([9, 5, 5, 5, 1, 1], 2, highest_first=False)
    assert low.band.tolist() == [2, 1, 1, 1, 1, 1] and low.astride.tolist() == [False, True, True, True, False, False]
    assert bands([9, 5, 3, 1], 2).notes == () and not bands([9, 5, 3, 1], 2).astride.any()


def test_fewer_areas_than_bands_have_none():
    found = bands([3, np.nan, 1], 3)
    assert np.isnan(found.band).all() and found.sizes == (0, 0, 0) and found.rank[0] == 1
    assert found.notes == ("Only 2 values are known: too few for 3 bands.",)
    assert bands([3, 2, 1], 3).band.tolist() == [1, 2, 3]


def test_two_areas_change_places_as_often_as_by_the_beta_distribution():
    # P(r1 < r2) for gamma numbers of shapes 12.5 and 8.5 over 100 and 130 people.
    x, n = np.array([12.0, 8.0]), np.array([100.0, 130.0])
    overtaken = betainc(12.5, 8.5, 100 / 230)
    for confidence, wanted in ((1 - 2 * (overtaken - 0.02), 2), (1 - 2 * (overtaken + 0.02), 1)):
        found = rank_interval(x, n, confidence=confidence, draws=40_000)
        assert found.rank.tolist() == [1, 2] and found.low[0] == 1 and found.high[0] == wanted
        assert (found.high[1], found.low[1]) == (2, 3 - wanted)


def test_the_range_leaves_out_its_share_of_draws_at_each_end():
    found = rank_interval([5] * 200, 1000 + 1e-6 * np.arange(200), draws=2000)
    # All but alike: every place is as likely, so that 2.5% of 200 places lie outside at each end. A place at the end is its own limit.
    assert found.rank.tolist() == list(range(1, 201)) and found.low[0] == 1 and found.high[-1] == 200
    low, high = found.low[10:-10], found.high[10:-10]
    assert np.abs(low - 5.5).max() < 4 and np.abs(high - 195.5).max() < 4
    assert abs(low.mean() - 5.5) < 0.6 and abs(high.mean() - 195.5) < 0.6


def test_places_are_sure_where_rates_are_far_apart_and_wide_where_they_are_not():
    sure = rank_interval([10, 1000, 100], [1000] * 3)
    assert sure.rank.tolist() == sure.low.tolist() == sure.high.tolist() == [3, 1, 2]
    close = rank_interval([100, 101, 102], [1000] * 3)
    assert close.low.tolist() == [1, 1, 1] and close.high.tolist() == [3, 3, 3]
    # Fewer people, less sure: the same rates among a hundredth of the people.
    assert rank_interval([9, 5, 4, 1], [10] * 4).high[0] > rank_interval([900, 500, 400, 100], [1000] * 4).high[0]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 900)), min_size=1, max_size=12), st.integers(2, 9))
def test_a_place_lies_within_its_range_and_the_unit_of_people_does_not_matter(areas, scale):
    x, n = (np.array(part, float) for part in zip(*areas, strict=True))
    found, again = rank_interval(x, n, draws=200), rank_interval(x, scale * n, draws=200)
    assert (found.low >= 1).all() and (found.high <= len(areas)).all()
    assert (found.low <= found.rank).all() and (found.rank <= found.high).all()
    for a, b in ((found.rank, again.rank), (found.low, again.low), (found.high, again.high)):
        np.testing.assert_array_equal(a, b)


def test_the_missing_are_left_out_of_places_and_of_the_middle():
    x, n = np.array([90, np.nan, 55, 20, 70]), np.array([1000.0, 900, 1000, 1000, np.nan])
    held = [0, 2, 3]
    places, alone = rank_interval(x, n), rank_interval(x[held], n[held])
    gaps, gaps_alone = gap_to_median(x, n), gap_to_median(x[held], n[held])
    for found, inner in (
        (places.rank, alone.rank),
        (places.low, alone.low),
        (gaps.gap, gaps_alone.gap),
        (gaps.high, gaps_alone.high),
    ):
        np.testing.assert_array_equal(found[held], inner)
        assert np.isnan(found[[1, 4]]).all()
    assert places.areas == gaps.areas == 3 and gaps.median == 55
    none = gap_to_median([np.nan], [5])
    assert np.isnan(none.median) and none.areas == 0 and np.isnan(rank_interval([np.nan], [5]).high).all()


def test_the_gap_is_so_many_events_as_bring_the_area_to_the_middle():
    x, n = np.array([120.0, 44, 60, 10]), np.array([1000.0, 800, 1500, 500])
    found = gap_to_median(x, n, per=100)
    # Rates 0.120, 0.055, 0.040, 0.020: the middle is 0.0475.
    assert found.median == pytest.approx(4.75) and found.per == 100
    assert found.gap == pytest.approx([120 - 47.5, 44 - 38, 60 - 71.25, 10 - 23.75])
    assert np.median((x - found.gap) / n) == pytest.approx(0.0475)
    assert (found.low < found.gap).all() and (found.gap < found.high).all()


def test_among_very_large_areas_the_range_is_that_of_the_area_alone():
    x, n = np.array([40.0, 5e9, 5.01e9, 4.99e9, 5.02e9]), np.array([400.0, 1e11, 1e11, 1e11, 1e11])
    found = gap_to_median(x, n, draws=60_000, confidence=0.9)
    expected = 400 * found.median / 1000
    low, high = gammaincinv(40.5, 0.05) - expected, gammaincinv(40.5, 0.95) - expected
    assert (found.low[0], found.high[0]) == (pytest.approx(low, abs=0.15), pytest.approx(high, abs=0.2))


def test_which_draw_is_the_limit_hangs_on_no_rounding():
    # (1 - 0.95) / 2 is a little more than 0.025.
    assert [comparison._at(share, 10_000) for share in ((1 - 0.95) / 2, 1 - (1 - 0.95) / 2, 0.00001)] == [249, 9749, 0]
    assert comparison._at(0.0251, 1000) == 25 and comparison._at(0.0000001, 100) == 0
    assert rank_interval([1, 200], [1, 1], draws=100).areas == 2


@pytest.mark.parametrize(
    ("gap", "low", "high", "begins"),
    [
        (5.0, 0.0, 9.0, "Ash is about where"),
        (5.0, 0.6, 9.0, "Ash would be at"),
        (0.4, 0.1, 0.7, "Ash would be at"),
        (-5.0, -9.0, 0.0, "Ash is about where"),
        (-5.0, -9.0, -0.6, "Ash has about 5 fewer"),
    ],
)
def test_a_gap_is_told_only_where_its_range_leaves_out_none(gap, low, high, begins):
    found = comparison.Gap(*(np.array([v]) for v in (gap, low, high)), 2.0, 1000, 5, 0.95, 100, 1)
    assert gap_words(found, 0, "Ash").startswith(begins)


def test_the_seed_and_the_parts_of_draws_are_the_same_again(monkeypatch):
    x, n = [9, 4, 6, 1, 3], [100] * 5
    whole, gaps = rank_interval(x, n, draws=1000, seed=4), gap_to_median(x, n, draws=1000, seed=4)
    monkeypatch.setattr(comparison, "AT_ONCE", 5 * 130)
    parts, again = rank_interval(x, n, draws=1000, seed=4), gap_to_median(x, n, draws=1000, seed=4)
    assert whole.high.tolist() == parts.high.tolist() and whole.low.tolist() == parts.low.tolist()
    assert gaps.low.tolist() == again.low.tolist() and gaps.high.tolist() == again.high.tolist()
    assert gap_to_median(x, n, draws=1000, seed=5).low.tolist() != gaps.low.tolist()


def test_words_say_no_more_than_is_known():
    found = rank_interval([1000, 100, 101, np.nan], [1000, 1000, 1000, 5])
    assert rank_words(found, 0, "Ash") == "Ash has the highest rate of 3, and chance alone hardly moves it from there."
    assert rank_words(found, 1, "Elm") == (
        "Elm has the 3rd highest rate of 3; allowing for chance, its place may be anywhere from 2nd to 3rd."
    )
    assert rank_words(found, 3, "Oak") == "Oak has no place: its figure is not known."
    gaps = gap_to_median([1000, 500, 510, 505, 100, np.nan], [1000] * 6)
    assert gap_words(gaps, 5, "Oak") == "How far Oak is from the middle of its group is not known: a figure is missing."
    assert gap_words(gaps, 1, "Elm") == (
        "Elm is about where the rate in the middle of the 5 areas is: the difference is no more than chance alone could make."
    )
    low, high = f"{gaps.low[0]:.0f}", f"{gaps.high[0]:.0f}"
    assert gap_words(gaps, 0, "Ash", "thefts") == (
        f"Ash would be at the rate in the middle of the 5 areas with about 495 fewer thefts; allowing for chance, {low} to {high}."
    )
    low, high = f"{-gaps.high[4]:.0f}", f"{-gaps.low[4]:.0f}"
    assert 300 < int(low) < 405 < int(high)
    assert gap_words(gaps, 4, "Yew") == (
        f"Yew has about 405 fewer events than at the rate in the middle of the 5 areas; allowing for chance, {low} to {high}."
    )


@pytest.mark.parametrize(
    ("place", "word"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (23, "23rd"), (113, "113th"), (211, "211th")],
)
def test_a_place_is_written_as_it_is_said(place, word):
    assert comparison._ordinal(place) == word


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: bands([[1, 2]]), "values have shape"),
        (lambda: bands([1, np.inf]), r"values\[1\] is endless: it must have an end"),
        (lambda: bands([1, 2], 1), "count is 1: at least two bands are needed"),
        (lambda: rank_interval([1, -2], [3, 4]), r"counts\[1\] is -2: it cannot be less than zero"),
        (lambda: rank_interval([1, 2], [3, 0]), r"population\[1\] is 0: it must be more than zero"),
        (lambda: rank_interval([1, 2], [3]), "counts and population have shapes"),
        (lambda: rank_interval([1, 2], [3, 4], draws=99), "draws is 99: at least 100 are needed"),
        (lambda: rank_interval([1, 2], [3, 4], confidence=95), "confidence is 95"),
        (lambda: gap_to_median([1, 2], [3, 4], draws=99), "draws is 99: at least 100 are needed"),
        (lambda: gap_to_median([-1, 2], [3, 4]), r"counts\[0\] is -1"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
