"""Agreement of two coders beyond chance: its value, its range, and where there is none to give."""

import math

import numpy as np
import pytest

from csplan.statistics import agreement


def readings(rng: np.random.Generator, comments: int, slip: float) -> tuple[list[set[str]], list[set[str]]]:
    """Two readers of invented comments; each mistakes each theme with the chance `slip`."""
    true = rng.random((comments, 3)) < (0.5, 0.3, 0.1)
    seen = [true ^ (rng.random(true.shape) < slip) for _ in range(2)]
    one, two = ([{name for name, has in zip("abc", row, strict=True) if has} for row in reader] for reader in seen)
    return one, two


def test_kappa_of_the_diagnoses_of_fleiss():
    # A hundred patients in three classes, as Fleiss, Levin and Paik print them: agreement 0.89, by chance 0.66.
    found = agreement.cohen([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert found.value == pytest.approx(0.23 / 0.34)
    assert (found.agreement, found.n) == (0.89, 100)


def test_turning_the_table_round_changes_nothing():
    table = np.array([[20, 5, 1], [3, 11, 2], [0, 4, 9]])
    assert agreement.cohen(table) == agreement.cohen(table.T)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ([[0, 0], [0, 0]], agreement.NO_COMMENT),
        ([[9, 0], [0, 0]], agreement.NO_CHOICE),
        ([[0, 0], [0, 9]], agreement.NO_CHOICE),
    ],
)
def test_undefined_is_said_in_words(table, why):
    found = agreement.cohen(table)
    assert math.isnan(found.value) and math.isnan(found.low) and math.isnan(found.error)
    assert found.why == agreement.in_words(found) == why


def test_full_agreement_has_no_range():
    found = agreement.cohen([[5, 0], [0, 14]])
    assert (found.value, found.agreement, found.why) == (1.0, 1.0, agreement.NO_RANGE)
    assert math.isnan(found.low) and math.isnan(found.high)
    assert agreement.in_words(found) == "Almost perfect agreement beyond chance."


@pytest.mark.parametrize("table", [[[0, 3], [0, 9]], [[0, 0], [3, 9]], [[2, 4, 1], [0, 0, 0], [0, 0, 0]]])
def test_one_reader_who_uses_one_class_alone_gets_no_range(table):
    found = agreement.cohen(table)
    assert (found.value, found.why) == (pytest.approx(0), agreement.ONE_SIDED)
    assert math.isnan(found.low) and math.isnan(found.error)


def test_limits_stay_between_minus_one_and_one():
    found = agreement.cohen([[3, 0], [1, 3]])
    assert found.high == 1.0 and -1 <= found.low < found.value
    assert agreement.cohen([[0, 3], [3, 0]]).value == -1.0


@pytest.mark.parametrize(
    ("table", "words"),
    [([[1, 2]], "square"), ([], "square"), ([[1, -1], [0, 2]], "less than zero"), ([[1, np.nan], [0, 2]], "missing")],
)
def test_what_is_no_table_is_refused(table, words):
    with pytest.raises(ValueError, match=words):
        agreement.cohen(table)


def test_a_theme_is_a_table_of_two_classes():
    one, two = readings(np.random.default_rng(1), 60, 0.1)
    has = [("a" in x, "a" in y) for x, y in zip(one, two, strict=True)]
    table = [[has.count((a, b)) for b in (True, False)] for a in (True, False)]
    assert agreement.of_theme(one, two, "a") == agreement.cohen(table)


def test_readers_of_different_comments_are_refused():
    with pytest.raises(ValueError, match="both must have read the same"):
        agreement.pooled([set()], [set(), set()], ["a"])


def test_pooled_over_one_theme_is_its_own_kappa():
    one, two = readings(np.random.default_rng(2), 80, 0.1)
    assert agreement.pooled(one, two, ["b"]).value == pytest.approx(agreement.of_theme(one, two, "b").value)


def test_a_theme_that_nobody_gave_changes_no_pooled_kappa():
    one, two = readings(np.random.default_rng(3), 80, 0.1)
    with_it, without = (agreement.pooled(one, two, themes) for themes in (["a", "b", "nobody"], ["a", "b"]))
    assert (with_it.value, with_it.error) == (pytest.approx(without.value), pytest.approx(without.error))
    assert with_it.agreement > without.agreement


def test_pooled_weighs_agreement_and_chance_before_it_compares_them():
    one, two = readings(np.random.default_rng(4), 100, 0.15)
    above = below = 0.0
    for theme in "abc":
        has = np.array([(theme in x, theme in y) for x, y in zip(one, two, strict=True)])
        p, q = has.mean(axis=0)
        chance = p * q + (1 - p) * (1 - q)
        above += (has[:, 0] == has[:, 1]).mean() - chance
        below += 1 - chance
    assert agreement.pooled(one, two, list("abc")).value == pytest.approx(above / below)


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ([], [], agreement.NO_COMMENT),
        ([set()], [set()], agreement.NO_CHOICE),
        ([{"a"}], [{"b"}], agreement.TOO_FEW),
        ([{"a"}, {"b"}], [{"a"}, {"b"}], agreement.NO_RANGE),
        ([{"a"}, set()], [set(), set()], agreement.NO_CHOICE),
    ],
)
def test_pooled_says_why_it_gives_no_range(one, two, why):
    found = agreement.pooled(one, two, ["a", "b"])
    assert math.isnan(found.low) and found.why == why


def test_the_jackknife_finds_the_spread_that_repeats_show():
    rng = np.random.default_rng(5)
    found = [agreement.pooled(*readings(rng, 400, 0.1), list("abc")) for _ in range(1000)]
    spread = np.std([k.value for k in found])
    assert np.mean([k.error for k in found]) == pytest.approx(spread, rel=0.1)


def test_the_formula_for_one_theme_finds_the_spread_that_repeats_show():
    rng = np.random.default_rng(6)
    found = [agreement.of_theme(*readings(rng, 400, 0.1), "b") for _ in range(1000)]
    assert np.mean([k.error for k in found]) == pytest.approx(np.std([k.value for k in found]), rel=0.1)
    covered = np.mean([k.low <= np.mean([f.value for f in found]) <= k.high for k in found])
    assert 0.92 < covered < 0.98


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-0.1, "Less agreement"),
        (0.0, "No more agreement"),
        (0.1, "Slight"),
        (0.4, "Fair"),
        (0.41, "Moderate"),
        (0.8, "Substantial"),
    ],
)
def test_the_words_of_a_kappa(value, words):
    found = agreement.Kappa(value, 0.1, value, value, 0.5, 9, 0.95)
    assert agreement.in_words(found).startswith(words)
