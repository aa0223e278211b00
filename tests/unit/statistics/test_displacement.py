"""The weighted displacement difference."""

from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics.displacement import combined, displacement_words, weighted_displacement

PAIR = st.tuples(st.integers(0, 500), st.integers(0, 500))
PAPER = {"displacement": [178, 157], "displacement_control": [150, 140]}


@settings(max_examples=50)
@given(PAIR, PAIR, PAIR, PAIR)
def test_by_hand(t, c, d, e):
    found = weighted_displacement(t, c, displacement=d, displacement_control=e, confidence=0.9)
    value = t[1] - t[0] - (c[1] - c[0]) + d[1] - d[0] - (e[1] - e[0])
    assert found.value == value
    assert found.local == t[1] - t[0] - c[1] + c[0]
    assert found.moved == value - found.local
    assert found.local_error**2 == pytest.approx(sum(t) + sum(c))
    assert found.moved_error**2 == pytest.approx(sum(d) + sum(e))
    error = sqrt(sum(t) + sum(c) + sum(d) + sum(e))
    if error:
        assert found.standard_error == pytest.approx(error)
        assert found.z == pytest.approx(value / error)
        assert found.p_value == pytest.approx(2 * stats.norm.sf(abs(value / error)))
        assert (found.low, found.high) == pytest.approx((value - 1.6448536 * error, value + 1.6448536 * error), abs=1e-4)


def test_without_displacement_areas_the_local_difference_is_all():
    found = weighted_displacement([207, 110], [308, 318])
    assert (found.value, found.local) == (-107, -107)
    assert found.standard_error == found.local_error == pytest.approx(sqrt(943))
    assert isnan(found.moved)
    assert isnan(found.moved_error)
    assert (found.phi, found.confidence) == (1, 0.95)


def test_unrest_widens_the_limits_and_keeps_the_difference():
    calm, wild = (weighted_displacement([207, 110], [308, 318], phi=phi, **PAPER) for phi in (1, 4))
    assert (wild.value, wild.local) == (calm.value, calm.local)
    assert wild.standard_error == pytest.approx(2 * calm.standard_error)
    assert wild.local_error == pytest.approx(2 * calm.local_error)
    assert wild.moved_error == pytest.approx(2 * calm.moved_error)
    assert wild.z == pytest.approx(calm.z / 2)
    assert wild.phi == 4


def test_periods_of_unequal_length_are_put_on_one():
    found = weighted_displacement([80, 20], [100, 60], lengths=(4, 2))
    assert found.value == 10 - 20 - (30 - 25)
    assert found.standard_error**2 == pytest.approx(180 / 16 + 80 / 4)


def test_many_areas_are_as_each_alone_and_missing_stays_missing():
    treated, control = [[207, 110], [nan, 5], [30, 40]], [[308, 318], [9, 9], [9, nan]]
    found = weighted_displacement(treated, control)
    alone = weighted_displacement(treated[0], control[0])
    for part in ("value", "low", "high", "standard_error", "z", "p_value", "local", "local_error"):
        many = getattr(found, part)
        assert np.isnan(many).tolist() == [False, True, True], part
        assert many[0] == getattr(alone, part), part
    assert np.isnan(found.moved).all()


def test_a_missing_displacement_area_leaves_the_local_difference():
    found = weighted_displacement([20, 10], [20, 20], displacement=[nan, 5], displacement_control=[5, 5])
    assert isnan(found.value)
    assert isnan(found.moved)
    assert found.local == -10


def test_nothing_anywhere_is_no_claim_of_no_difference():
    found = weighted_displacement([0, 0], [0, 0])
    assert (found.value, found.local_error) == (0, 0)
    assert all(isnan(n) for n in (found.low, found.high, found.standard_error, found.z, found.p_value))


@settings(max_examples=50)
@given(PAIR, PAIR)
def test_swapping_areas_or_periods_turns_the_sign(t, c):
    there, areas, periods = (weighted_displacement(*asked) for asked in ((t, c), (c, t), (t[::-1], c[::-1])))
    for turned in (areas, periods):
        assert turned.value == -there.value
        np.testing.assert_allclose((turned.low, turned.high), (-there.high, -there.low))
        np.testing.assert_allclose(turned.p_value, there.p_value)


def test_it_claims_too_much_about_as_often_as_it_may():
    chance = np.random.default_rng(7)
    found = weighted_displacement(chance.poisson([30, 40], (20_000, 2)), chance.poisson([60, 70], (20_000, 2)))
    assert (found.p_value < 0.05).mean() == pytest.approx(0.05, abs=0.006)


@pytest.mark.parametrize(
    ("asked", "how", "sentence"),
    [
        (([1, 2, 3], [1, 2, 3]), {}, r"treated has shape \(3,\): each area must be events before and after"),
        (([1, 2], [[1, 2]]), {}, r"control has shape \(1, 2\)"),
        ((5, 6), {}, r"treated has shape \(\)"),
        (([1, -2], [1, 2]), {}, r"treated\[1\] is -2"),
        (([1, 2], [-1, 2]), {}, r"control\[0\] is -1"),
        (([1, 2], [1, 2]), {"displacement": [1, 2]}, "must be given together"),
        (([1, 2], [1, 2]), {"displacement_control": [1, 2]}, "must be given together"),
        (([1, 2], [1, 2]), {"displacement": [1, 2], "displacement_control": [1, -2]}, r"displacement_control\[1\] is -2"),
        (([1, 2], [1, 2]), {"displacement": [1], "displacement_control": [1]}, r"displacement has shape \(1,\)"),
        (([1, 2], [1, 2]), {"phi": 0.9}, "phi is 0.9: counts never vary less than by chance"),
        (([1, 2], [1, 2]), {"phi": nan}, "phi is nan: one known number"),
        (([1, 2], [1, 2]), {"lengths": (1, 0)}, r"lengths\[1\] is 0"),
        (([1, 2], [1, 2]), {"lengths": (1, 2, 3)}, "lengths must be two known numbers"),
        (([1, 2], [1, 2]), {"lengths": (1, nan)}, "lengths must be two known numbers"),
        (([1, 2], [1, 2]), {"confidence": 95}, "confidence is 95"),
    ],
)
def test_refusals(asked, how, sentence):
    with pytest.raises(ValueError, match=sentence):
        weighted_displacement(*asked, **how)


# Several kinds of events


def test_kinds_are_added_by_weight():
    found = combined([-10.0, 4.0], [3.0, 2.0], [2, 5], confidence=0.9)
    assert (found.value, found.local) == (0, 0)
    assert found.standard_error == found.local_error == pytest.approx(sqrt(36 + 100))
    assert (found.z, found.p_value) == (0, 1)
    assert found.high == pytest.approx(1.6448536 * sqrt(136))
    assert found.low == -found.high
    assert isnan(found.moved)
    assert isnan(found.phi)
    one = weighted_displacement([207, 110], [308, 318])
    same = combined([one.value], [one.standard_error], [1])
    assert (same.low, same.high, same.p_value) == pytest.approx((one.low, one.high, one.p_value))


def test_kinds_that_are_missing_or_count_for_nothing():
    assert isnan(combined([nan, 4], [3, 2], [2, 5]).value)
    assert isnan(combined([3, 4], [3, nan], [2, 5]).low)
    assert isnan(combined([3.0, 4.0], [3, 2], [0, 0]).p_value)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (([1.0], [1, 2], [1, 2]), "have shapes"),
        (([1.0, 2.0], [1, 2], [1]), "have shapes"),
        ((1.0, 1.0, 1.0), "have shapes"),
        (([1.0, 2.0], [1, -2], [1, 2]), r"standard_errors\[1\] is -2"),
        (([1.0, 2.0], [1, 2], [-1, 2]), r"weights\[0\] is -1"),
    ],
)
def test_combined_refusals(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        combined(*asked)


# The sentence


def test_the_sentence_claims_only_what_the_limits_leave():
    fewer, more = weighted_displacement([207, 110], [308, 318]), weighted_displacement([110, 207], [318, 308])
    assert "about 107 fewer events than expected (likely range: 167 fewer to 47 fewer)" in displacement_words(fewer)
    assert "about 107 more events than expected (likely range: 47 more to 167 more)" in displacement_words(more)
    assert displacement_words(weighted_displacement([20, 15], [22, 20])).endswith("but chance alone could give as much.")
    alike = weighted_displacement([20, 15], [22, 17])
    assert displacement_words(alike) == "Compared with the control area there were about as many events as expected."
    near = ((20.75, "about 1 fewer event than"), (20.5, "as many"), (19.5, "as many"), (19.25, "about 1 more event than"))
    for before, told in (*near, (21.75, "about 2 fewer events")):
        assert told in displacement_words(weighted_displacement([before, 15], [22, 17]))
    assert "and counting events that may have moved" in displacement_words(weighted_displacement([207, 110], [308, 318], **PAPER))
    assert "no events in any" in displacement_words(weighted_displacement([0, 0], [0, 0]))
    assert "missing" in displacement_words(weighted_displacement([nan, 0], [0, 0]))
    with pytest.raises(ValueError, match="more than one area"):
        displacement_words(weighted_displacement([[1, 2]], [[3, 4]]))
