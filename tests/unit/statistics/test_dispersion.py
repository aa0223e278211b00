"""How restless a series is, beyond its season and its levels."""

from math import isnan, nan

import numpy as np
import pytest

from csplan.statistics.dispersion import dispersion, fitted_means

MONTHS = np.arange(24)
DAYS = np.full(24, 30.0)
YEARS = MONTHS // 12
UNREST = np.array([90.0, 110.0] * 12)


def test_a_steady_series_is_no_steadier_than_chance():
    assert dispersion(np.full(24, 100.0), DAYS, YEARS) == (1.0, 20)


def test_unrest_is_counted_over_the_months_less_the_terms():
    # Each month is 10 from its mean of 100, so that the sum of squares over the mean is 24, on 24 months less 4 terms.
    phi, freedom = dispersion(UNREST, DAYS, YEARS)
    assert (phi, freedom) == (pytest.approx(24 / 20), 20)


def test_a_season_is_not_unrest():
    phi, _ = dispersion(np.round(1000 * np.exp(0.3 * np.cos(2 * np.pi * MONTHS / 12))), DAYS, YEARS)
    assert phi == 1


def test_a_season_of_other_phase_is_not_unrest_either():
    phi, _ = dispersion(np.round(1000 * np.exp(0.3 * np.sin(2 * np.pi * MONTHS / 12))), DAYS, YEARS)
    assert phi == 1


def test_a_step_between_groups_is_not_unrest_but_one_within_is():
    stepped = np.where(MONTHS < 12, 1000.0, 500.0)
    assert dispersion(stepped, DAYS, YEARS)[0] == 1
    assert dispersion(stepped, DAYS, np.zeros(24))[0] > 20


def test_days_put_short_months_right():
    days = np.array([31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 2)
    assert dispersion(100 * days, days, YEARS)[0] == 1


def test_months_not_held_are_left_out():
    gap = np.where((MONTHS >= 4) & (MONTHS < 12), nan, UNREST)
    _, freedom = dispersion(gap, DAYS, YEARS)
    assert freedom == 12


def test_doubling_the_events_doubles_their_dispersion():
    once, twice = dispersion(UNREST, DAYS, YEARS)[0], dispersion(2 * UNREST, DAYS, YEARS)[0]
    assert twice == pytest.approx(2 * once)


def test_a_group_without_events_tells_nothing_about_spread():
    empty_between = np.where((MONTHS >= 6) & (MONTHS < 12), 0.0, UNREST)
    groups = np.select([MONTHS < 6, MONTHS < 12], [0, 1], 2)
    phi, freedom = dispersion(empty_between, DAYS, groups)
    assert freedom == 18 - 4
    assert 1 <= phi < 3


def test_no_events_at_all_tell_nothing():
    phi, freedom = dispersion(np.zeros(24), DAYS, YEARS)
    assert isnan(phi)
    assert freedom == 0


def test_as_many_terms_as_months_tell_nothing():
    only = np.full(24, nan)
    only[[0, 12]] = 50
    phi, freedom = dispersion(only, DAYS, YEARS)
    assert isnan(phi)
    assert freedom == 0


def test_a_wave_that_runs_away_is_dropped_and_counts_as_unrest():
    # All events in June: the best wave would be endlessly steep.
    june = np.where(MONTHS % 12 == 5, 60.0, 0.0)
    phi, freedom = dispersion(june, DAYS, YEARS)
    assert freedom == 24 - 2
    assert phi > 50


def test_a_wave_that_the_months_cannot_tell_from_levels_is_dropped():
    # January and July alone: of the two waves one is zero in both.
    held = np.where(np.isin(MONTHS % 12, (0, 6)), UNREST, nan)
    _, freedom = dispersion(held, DAYS, np.zeros(24))
    assert freedom == 4 - 2


def test_a_fit_gives_the_totals_it_was_made_from():
    columns = np.column_stack([np.ones(24), YEARS, np.cos(2 * np.pi * MONTHS / 12)]).astype(float)
    counts = np.arange(24.0) ** 2
    means = fitted_means(counts, DAYS, columns)
    assert means is not None
    np.testing.assert_allclose(columns.T @ means, columns.T @ counts)
