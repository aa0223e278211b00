"""A series taken apart into season, trend and what is left."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.stl import stl

MONTHS = np.arange(72)
WAVE = 10 * np.sin(np.pi * MONTHS / 6)


@pytest.fixture(scope="module")
def drawn():
    return np.random.default_rng(1).poisson(80 + WAVE + MONTHS / 4).astype(float)


@pytest.mark.parametrize("window", [None, 7])
def test_parts_add_up_and_a_clean_series_leaves_nothing(window):
    parts = stl(100 + MONTHS + WAVE, window=window)
    np.testing.assert_allclose(parts.season + parts.trend + parts.remainder, 100 + MONTHS + WAVE)
    np.testing.assert_allclose(parts.season, WAVE, atol=0.05)
    assert (parts.strength > 0.999, parts.window) == (True, window)


def test_one_season_for_all_years_is_one(drawn):
    season = stl(drawn).season.reshape(6, 12)
    np.testing.assert_allclose(season, season[:1].repeat(6, axis=0))
    changing = stl(drawn, window=3).season.reshape(6, 12)
    assert np.abs(changing - changing[:1]).max() > 1


def test_a_wild_month_bends_little_and_gets_no_weight(drawn):
    wild = drawn.copy()
    wild[30] += 400
    quiet, found = stl(drawn), stl(wild)
    assert found.weights[30] == 0
    assert np.abs(found.trend - quiet.trend).max() < 3
    assert found.remainder[30] == pytest.approx(quiet.remainder[30] + 400, abs=6)


def test_many_series_are_each_alone(drawn):
    together = stl(np.stack([drawn, drawn[::-1]]), window=5)
    for i, series in enumerate((drawn, drawn[::-1])):
        alone = stl(series, window=5)
        for name in ("season", "trend", "remainder", "weights", "strength"):
            np.testing.assert_allclose(getattr(together, name)[i], getattr(alone, name), atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 50), st.floats(-500, 500), st.sampled_from([None, 3, 9]))
def test_scale_and_level_go_through(scale, level, window):
    y = np.random.default_rng(2).normal(50, 9, 41)
    once, moved = stl(y, window=window), stl(scale * y + level, window=window)
    np.testing.assert_allclose(moved.season, scale * once.season, atol=1e-6 * scale + 1e-7)
    np.testing.assert_allclose(moved.trend, scale * once.trend + level, atol=1e-6 * scale + 1e-7)


def test_strength_is_the_share_of_what_the_trend_leaves(drawn):
    parts = stl(drawn)
    assert parts.strength == pytest.approx(1 - np.var(parts.remainder) / np.var(drawn - parts.trend))
    noise = stl(np.random.default_rng(3).normal(size=120)).strength
    assert 0 <= noise < 0.4
    assert stl([5.0] * 30).strength == 0


def test_quarters_have_a_year_of_four():
    parts = stl(np.tile([1.0, 5, 3, 2], 5), period=4)
    np.testing.assert_allclose(parts.season[:4], np.array([1, 5, 3, 2]) - 2.75, atol=1e-6)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: stl([1.0, nan] * 12), "values[1] is nan: a series is taken apart only without gaps"),
        (lambda: stl([[1.0] * 24, [inf] * 24]), "values[1, 0] is inf"),
        (lambda: stl([1.0] * 23), "values hold 23 times: two whole years, 24, are needed"),
        (lambda: stl([1.0] * 24, window=4), "window is 4: it must be an odd number"),
        (lambda: stl([1.0] * 24, window=1), "window is 1"),
        (lambda: stl([1.0] * 24, period=1), "period is 1"),
        (lambda: stl(np.ones((2, 2, 24))), "values have shape (2, 2, 24)"),
    ],
)
def test_what_cannot_be_is_refused(call, sentence):
    with pytest.raises(ValueError) as refused:
        call()
    assert sentence in str(refused.value)


def test_two_years_are_enough():
    assert stl([1.0] * 24).season.shape == (24,)
