"""Where the level of a series stepped."""

from itertools import combinations, pairwise
from math import log, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.steps import step_changes


def cost(counts, exposure, phi):
    c = sum(counts)
    return -2 * c * log(c / sum(exposure)) / phi if c else 0.0


def every_way(counts, exposure, phi, least):
    """The best of all ways to cut, each tried."""
    n = len(counts)
    best = None
    for k in range(n // least):
        for cuts in combinations(range(1, n), k):
            ends = [0, *cuts, n]
            spans = list(pairwise(ends))
            if min(j - i for i, j in spans) < least:
                continue
            total = sum(cost(counts[i:j], exposure[i:j], phi) for i, j in spans) + k * 3 * log(n)
            if best is None or total < best[0] - 1e-9:
                best = total, cuts
    return best[1]


def unrest(counts, exposure):
    found = []
    for y, z, s, t in zip(counts, counts[1:], exposure, exposure[1:], strict=False):
        if y + z:
            a, b = (y + z) * s / (s + t), (y + z) * t / (s + t)
            found.append((y - a) ** 2 / a + (z - b) ** 2 / b)
    return max(1.0, sum(found) / len(found)) if found else 1.0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 2, 3, 20, 25, 60]), min_size=4, max_size=11), st.sampled_from([2, 3]), st.data())
def test_the_best_of_all_ways_to_cut(counts, least, data):
    exposure = data.draw(st.lists(st.sampled_from([28, 30, 31]), min_size=len(counts), max_size=len(counts)))
    found = step_changes(counts, exposure, least=least)
    phi = unrest(counts, exposure)
    assert found.phi == pytest.approx(phi)
    assert found.penalty == pytest.approx(3 * log(len(counts)))
    assert found.places == every_way(counts, exposure, phi, least)
    ends = [0, *found.places, len(counts)]
    levels = [sum(counts[i:j]) / sum(exposure[i:j]) for i, j in pairwise(ends)]
    assert found.levels == pytest.approx(tuple(levels))


def test_a_step_is_found_where_it_is_and_not_where_the_exposure_explains_it():
    counts = [40] * 20 + [70] * 16
    assert step_changes(counts, [30] * 36).places == (20,)
    assert step_changes(counts, [40] * 20 + [70] * 16).places == ()


def test_two_steps_and_an_outage_shorter_than_the_least():
    assert step_changes([50] * 12 + [90] * 12 + [20] * 12, [30] * 36).places == (12, 24)
    assert step_changes([50] * 12 + [0] * 3 + [50] * 12, [30] * 27, least=3).places == (12, 15)
    assert not {12, 15} <= set(step_changes([50] * 12 + [0] * 3 + [50] * 12, [30] * 27).places)


def test_turned_round_the_steps_are_the_same():
    counts = np.random.default_rng(3).poisson([20] * 15 + [45] * 25)
    there, back = step_changes(counts, [30] * 40), step_changes(counts[::-1], [30] * 40)
    assert there.places == tuple(40 - place for place in back.places)
    assert len(there.places) == 1


def test_a_quiet_series_seldom_steps():
    chance = np.random.default_rng(8)
    stepped = [bool(step_changes(chance.negative_binomial(10, 10 / 60, 60), [30] * 60).places) for _ in range(150)]
    assert np.mean(stepped) < 0.06


def test_series_too_short_to_cut_have_one_level():
    assert step_changes([1, 9, 1, 9, 1], [1] * 5).places == ()
    assert step_changes([0] * 12, [30] * 12).levels == (0.0,)
    assert step_changes([4], [2]).levels == (2.0,)
    assert step_changes([], []).levels == ()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: step_changes([1, nan], [1, 1]), "counts[1] is missing: steps can be found only without gaps"),
        (lambda: step_changes([1, 2], [nan, 1]), "exposure[0] is missing"),
        (lambda: step_changes([1, -2], [1, 1]), "counts[1] is -2: it cannot be less than zero"),
        (lambda: step_changes([1, 2], [1, 0]), "exposure[1] is 0: it must be more than zero"),
        (lambda: step_changes([1, 2], [1]), "counts and exposure have shapes"),
        (lambda: step_changes([1, 2], [1, 1], least=1), "least is 1: a stretch must hold two months at least"),
    ],
)
def test_what_cannot_be_is_refused(call, sentence):
    with pytest.raises(ValueError) as refused:
        call()
    assert sentence in str(refused.value)


def test_six_months_make_a_stretch_and_a_steady_series_has_no_unrest():
    found = step_changes([50] * 6 + [200] * 6, [30] * 12)
    assert (found.places, found.least) == ((6,), 6)
    assert step_changes([50] * 5 + [200] * 7, [30] * 12).places == (6,)
    assert step_changes([50] * 12, [30] * 12).phi == 1
