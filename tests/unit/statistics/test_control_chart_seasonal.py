"""A chart with the season taken out, which says so."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.control_chart import xmr
from csplan.statistics.control_chart_seasonal import NOTE, seasonally_adjusted

WAVE = 1 + 0.4 * np.sin(2 * np.pi * np.arange(24) / 12)


def test_a_season_alone_raises_signals_until_it_is_taken_out():
    unrest = np.array([1.01, 0.99, 1.02, 0.98] * 6)
    assert set(xmr(200 * WAVE * unrest).signals) != {None}
    chart = seasonally_adjusted(200 * WAVE * unrest, WAVE)
    assert set(chart.signals) == {None}
    assert chart.values == pytest.approx(200 * unrest)
    assert chart.notes == (NOTE,)
    assert NOTE.startswith("Seasonally adjusted: each value is divided by how high its month usually is")
    assert xmr(200 * WAVE).notes == ()


def test_a_month_high_for_its_season_stands_out():
    counts = 200 * WAVE * np.array([1.01, 0.99, 1.02, 0.98] * 6)
    counts[9] *= 1.5
    assert counts[9] < counts.max()
    assert seasonally_adjusted(counts, WAVE).signals[9] == "outside"


def test_an_index_of_one_changes_nothing_but_the_note():
    values = [50, 54, 49, 60, 51, 52]
    plain, adjusted = xmr(values, baseline=slice(4)), seasonally_adjusted(values, [1] * 6, baseline=slice(4))
    assert (adjusted.values, adjusted.mean, adjusted.low, adjusted.high) == (plain.values, plain.mean, plain.low, plain.high)
    assert adjusted.baseline == (0, 1, 2, 3)


def test_a_gap_in_either_is_a_gap():
    chart = seasonally_adjusted([50, nan, 54, 52], [1, 1, nan, 1])
    assert [isnan(v) for v in chart.values] == [False, True, True, False]
    assert seasonally_adjusted([nan, nan], [1, 1]).values[0] != 0


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: seasonally_adjusted([50, -1], [1, 1]), r"values\[1\] is -1"),
        (lambda: seasonally_adjusted([50, 50], [1, 0]), r"month_index\[1\] is 0: it must be more than zero"),
        (lambda: seasonally_adjusted([50, 50], [1]), "values and month_index have shapes"),
        (
            lambda: seasonally_adjusted([4, 5, 5, nan], [1, 1, 1, 1]),
            "values have a mean of 4.67: below 5 events a season cannot be divided out; use u_chart with the index as exposure",
        ),
    ],
)
def test_what_cannot_be_adjusted_is_refused(call, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        call()


def test_a_mean_of_five_and_rates_are_charted():
    assert seasonally_adjusted([5, 5, 5, 5], [1, 1, 1, 1]).mean == 5
    assert seasonally_adjusted([1.5, 2, 1.5], [1, 1, 1]).method == "xmr"


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(60, 90), st.floats(0.5, 1.5)), min_size=2, max_size=24))
def test_values_times_their_index_are_the_counts_again(points):
    counts, index = np.array(points).T
    chart = seasonally_adjusted(counts, index)
    np.testing.assert_allclose(np.array(chart.values) * index, counts)
