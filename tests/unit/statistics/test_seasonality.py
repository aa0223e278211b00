"""Which months are usually high, and a series with that taken out."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics.seasonality import NOTE, MonthIndex, SeasonTest, month_index, season_test, words

DAYS = np.array([31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 4)
MONTHS = np.arange(48)
NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
#: Averages to 1.
SHAPE = np.array([0.7, 0.8, 1.0, 1.0, 1.0, 1.1, 1.4, 1.3, 1.0, 0.9, 0.9, 0.9])


def by_hand(counts, days):
    """The ratios one by one, as in a spreadsheet."""
    daily = [c / d for c, d in zip(counts, days, strict=True)]
    ratios = {month: [] for month in range(12)}
    for i in range(6, len(daily) - 6):
        year = (daily[i - 6] / 2 + sum(daily[i - 5 : i + 6]) + daily[i + 6] / 2) / 12
        if year == year and year > 0:
            ratios[i % 12].append(daily[i] / year)
    means = [sum(r) / len(r) for r in ratios.values()]
    return np.array(means) / (sum(means) / 12)


def test_index_as_in_a_spreadsheet():
    counts = np.random.default_rng(1).integers(40, 90, 43).astype(float)
    found = month_index(counts, DAYS[:43])
    np.testing.assert_allclose(found.index, by_hand(counts, DAYS[:43]))
    assert found.years.tolist() == [3] + [2] * 5 + [3] * 6
    assert found.note == NOTE


def test_a_season_is_found_whatever_the_days_and_taken_out():
    found = month_index(10 * SHAPE[MONTHS % 12] * DAYS, DAYS)
    np.testing.assert_allclose(found.index, SHAPE)
    np.testing.assert_allclose(found.adjusted, 10 * DAYS.mean())


def test_a_steady_rise_is_no_season():
    found = month_index((100 + 2.0 * MONTHS) * DAYS, DAYS)
    np.testing.assert_allclose(found.index, 1)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 500), min_size=24, max_size=48), st.floats(0.1, 20))
def test_indices_average_one_and_do_not_grow_with_the_scale(counts, scale):
    y, days = np.array(counts, float), DAYS[: len(counts)]
    once, scaled = month_index(y, days), month_index(scale * y, days)
    assert once.index.mean() == pytest.approx(1)
    np.testing.assert_allclose(scaled.index, once.index)
    np.testing.assert_allclose(scaled.adjusted, scale * once.adjusted)
    np.testing.assert_allclose(once.adjusted * once.index[np.arange(y.size) % 12] / days.mean(), y / days)


def test_a_month_not_held_is_left_out_of_the_average_and_stays_missing():
    counts = np.random.default_rng(2).integers(40, 90, 48).astype(float)
    counts[30] = nan
    found = month_index(counts, DAYS)
    np.testing.assert_allclose(found.index, by_hand(counts, DAYS))
    assert np.isnan(found.adjusted).tolist() == [i == 30 for i in range(48)]
    # The years around thirteen of the 36 months are unknown.
    assert found.years.sum() == 36 - 13


def test_a_month_that_never_holds_any_is_not_adjusted():
    counts = np.full(36, 50.0)
    counts[4::12] = 0
    found = month_index(counts, [30] * 36)
    assert found.index[4] == 0
    assert np.flatnonzero(np.isnan(found.adjusted)).tolist() == [4, 16, 28]


def test_season_test_as_fishers_f_between_two_fits():
    counts = np.random.default_rng(3).negative_binomial(8, 8 / (8 + 60 * SHAPE[MONTHS % 12])).astype(float)
    found = season_test(counts, DAYS)
    assert found.p_value == pytest.approx(stats.f.sf(found.f, 11, found.degrees_of_freedom))
    assert (found.degrees_of_freedom, found.months) == (48 - 13, 48)
    counts[7] = nan
    assert (season_test(counts, DAYS).degrees_of_freedom, season_test(counts, DAYS).months) == (34, 47)


def test_a_season_is_seen_and_a_trend_is_none():
    season = season_test(np.round(10 * SHAPE[MONTHS % 12] * DAYS), DAYS)
    trend = season_test(np.round(5 * 1.02**MONTHS * DAYS), DAYS)
    assert season.p_value < 1e-6
    assert (trend.phi, trend.p_value > 0.99) == (1, True)


def test_without_a_season_one_is_claimed_about_once_in_twenty():
    drawn = np.random.default_rng(4).negative_binomial(15, 15 / 95, (300, 36))
    claims = np.mean([season_test(row, DAYS[:36]).p_value < 0.05 for row in drawn])
    assert 0.015 < claims < 0.09


@settings(max_examples=20)
@given(st.integers(2, 9))
def test_more_of_the_same_events_prove_no_more(scale):
    counts = 9 * np.random.default_rng(5).poisson(8 * SHAPE[MONTHS % 12])
    once, more = season_test(counts, DAYS), season_test(counts * scale, DAYS)
    assert (more.f, more.phi) == (pytest.approx(once.f), pytest.approx(scale * once.phi))


@pytest.mark.parametrize("function", [month_index, season_test])
@pytest.mark.parametrize(
    ("counts", "days", "sentence"),
    [
        ([20.0] * 23, [30] * 23, "counts hold 23 months: a season can be told from 24 at least"),
        ([nan] * 5 + [20.0] * 23, [30] * 28, "counts hold 23 months"),
        ([20, -1, *[20] * 30], [30] * 32, "counts[1] is -1: it cannot be less than zero"),
        ([20] * 30, [0, *[30] * 29], "days[0] is 0: it must be more than zero"),
        ([20] * 30, [30, nan, *[30] * 28], "days[1] is missing"),
        ([20] * 30, [30] * 29, "counts and days have shapes"),
    ],
)
def test_what_cannot_be_is_refused(function, counts, days, sentence):
    with pytest.raises(ValueError) as refused:
        function(counts, days)
    assert sentence in str(refused.value)


def test_each_refuses_what_only_it_cannot_tell():
    gap = [20.0] * 12 + [nan] * 3 + [20.0] * 12
    with pytest.raises(ValueError, match=r"no whole year around any month like counts\[0\]"):
        month_index(gap, [30] * 27)
    with pytest.raises(ValueError, match="counts hold 99 events: fewer than 100"):
        season_test([99, *[0] * 23], [30] * 24)
    with pytest.raises(ValueError, match="too few in some month of the year"):
        season_test(([0] + [20] * 11) * 2, [30] * 24)


def test_twenty_four_months_are_enough():
    np.testing.assert_allclose(month_index(SHAPE[MONTHS[:24] % 12], [30] * 24).index, SHAPE)
    assert month_index(SHAPE[MONTHS[:24] % 12], [30] * 24).years.tolist() == [1] * 12
    assert season_test(1000 * SHAPE[MONTHS[:24] % 12], [30] * 24).degrees_of_freedom == 11


def test_words_name_months_only_beyond_chance():
    found = MonthIndex(SHAPE, np.ones(48), np.full(12, 3), NOTE)
    said = words(found, SeasonTest(3, 0.049, 1, 35, 48), NAMES)
    assert said == "Over the 48 months held Jul is usually highest, 40% above an average month, and Jan lowest, 30% below."
    assert words(found, SeasonTest(3, 0.05, 1, 35, 48), NAMES).endswith("no months of the year stand out beyond chance.")
