"""How hot spots come and go."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.change import false_discovery
from csplan.statistics.emerging import classify, emerging, verdict
from csplan.statistics.hotspots import gi_star, nearest
from csplan.statistics.trend import mann_kendall


def said(times: str, direction: float = 0) -> str:
    """The word for one place; h hot, c cold, . neither, _ not held."""
    signs = np.array(list(times))[None]
    return str(classify(signs == "h", signs == "c", np.array([float(direction)]), signs != "_")[0])


@pytest.mark.parametrize(
    ("times", "direction", "word"),
    [
        ("...........h", 0, "new"),
        ("c..........h", 0, "new"),
        ("..........hh", 1, "consecutive"),
        ("...hhhhhhhhh", 0, "consecutive"),
        ("....c.....hh", 0, "consecutive"),
        ("hhhhhhhhhhhh", 1, "intensifying"),
        (".hhhhhhhhh", 1, "intensifying"),
        ("hhhhhhhhhhhh", 0, "persistent"),
        ("hhhhhh.hhhhh", 0, "persistent"),
        ("hhhhhhhhhhhh", -1, "diminishing"),
        ("h..........h", 0, "sporadic"),
        ("hhhhhhhh.h", 1, "intensifying"),
        ("hhhhhhh..h", 1, "sporadic"),
        ("h...c......h", 0, "oscillating"),
        ("hhhhhhhhh.", 0, "historical"),
        ("hhhhhhhhh.", -1, "historical"),
        ("hhhhhhhhhc", -1, "historical"),
        ("h_hhhhhhhhhh", 0, "persistent"),
        (".......h___hh", 0, "consecutive"),
    ],
)
def test_words_as_esri_defines_them_and_the_same_the_other_way_up(times, direction, word):
    expected = f"{word}_hot"
    if times.endswith("c"):
        # Cold for the first time at the end: the cold word would be "new", but the hot one is asked first.
        assert said(times, direction) == expected
        return
    assert said(times, direction) == expected
    assert said(times.translate(str.maketrans("hc", "ch")), -direction) == f"{word}_cold"


@pytest.mark.parametrize("times", ["............", "hhhhhhhhh...", "ch.........."])
def test_none(times):
    assert said(times) == "none"


@pytest.mark.parametrize("times", [".........", "hhhhhhhhhhhh_", "hhhhhhh___hh"])
def test_not_held(times):
    assert said(times) == "not_held"


@settings(max_examples=50)
@given(st.text("hc.", min_size=10, max_size=14), st.sampled_from([-1, 0, 1]))
def test_every_word_keeps_its_promise(times, direction):
    word = said(times, direction)
    name, _, kind = word.rpartition("_")
    sign = {"hot": "h", "cold": "c"}.get(kind, "?")
    if name in ("new", "consecutive", "intensifying", "persistent", "diminishing", "sporadic", "oscillating"):
        assert times[-1] == sign
    if name in ("intensifying", "persistent", "diminishing", "historical"):
        assert times.count(sign) >= 0.9 * len(times)
    if word == "none":
        assert times[-1] == "." and max(times.count("h"), times.count("c")) < 0.9 * len(times)
    assert verdict(word).endswith(".")


@pytest.fixture(scope="module")
def grown():
    """A line of 80 places, six of which grow hotter than all others over 24 times, and one time not held by a few."""
    chance = np.random.default_rng(14)
    places, times = np.arange(80)[:, None], np.arange(24)
    values = chance.poisson(20, (80, 24)) + np.where(places < 6, 20.0 + 8 * times, 0)
    values[40:44, 5] = np.nan
    return values, nearest(np.column_stack([1000 * np.arange(80), np.zeros(80)]), 4)


def test_what_each_step_finds_is_kept(grown):
    values, w = grown
    found = emerging(values, w)
    z, p = gi_star(values, w).z, gi_star(values, w).p_value
    assert found.pattern[2] == "intensifying_hot" and found.pattern[70] in ("none", "sporadic_cold", "new_cold")
    np.testing.assert_array_equal(found.z, z)
    held = ~np.isnan(z)
    np.testing.assert_allclose(found.q[held], false_discovery(p[held]))
    for i in (0, 2, 40, 79):
        alone = mann_kendall(z[i])
        assert (found.trend_z[i], found.trend_p[i]) == (pytest.approx(float(alone.z)), pytest.approx(float(alone.p_value)))
    assert found.held[40] == 23 and found.held[0] == 24
    hot = ((z > 0) & (found.q < 0.05)).sum(axis=1)
    np.testing.assert_allclose(found.hot_share, hot / found.held)
    cold = ((z < 0) & (found.q < 0.05)).sum(axis=1)
    np.testing.assert_allclose(found.cold_share, cold / found.held)


def test_upside_down_cold_is_hot(grown):
    values, w = grown
    first, second = emerging(values, w).pattern, emerging(-values, w).pattern
    assert [p.replace("hot", "x").replace("cold", "hot").replace("x", "cold") for p in first.tolist()] == second.tolist()
    assert emerging(values[:, ::-1], w).pattern[2] == "diminishing_hot"


def test_hot_throughout_without_a_clear_trend_persists(grown):
    values, w = grown
    steady = np.random.default_rng(16).poisson(20, values.shape) + np.where(np.arange(80) < 6, 60.0, 0)[:, None]
    found = emerging(steady, w)
    assert found.trend_p[2] > 0.05 and found.trend_z[2] != 0 and found.pattern[2] == "persistent_hot"


def test_chance_alone_has_hardly_a_pattern():
    chance = np.random.default_rng(15)
    found = emerging(chance.normal(size=(300, 24)), nearest(chance.random((300, 2)) * 50_000, 6))
    assert (found.pattern != "none").mean() < 0.02


def test_a_smaller_q_calls_less(grown):
    values, w = grown
    assert emerging(values, w, largest_q=1e-9).hot_share.sum() < emerging(values, w).hot_share.sum()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: emerging([1, 2, 3], np.eye(3)), "values have shape"),
        (lambda: emerging([[1, 2], [3, 4]], np.eye(2), largest_q=1), "largest_q is 1: it must lie between 0 and 1"),
        (
            lambda: classify(np.ones((1, 12), bool), np.ones((1, 12), bool), np.zeros(1), np.ones((1, 12), bool)),
            "place 0 at time 0 is both",
        ),
        (
            lambda: classify(np.ones((1, 12), bool), np.zeros((1, 12), bool), np.zeros(1), np.zeros((1, 12), bool)),
            "without being held",
        ),
        (lambda: classify(np.ones((1, 12), bool), np.zeros((1, 11), bool), np.zeros(1), np.ones((1, 12), bool)), "all alike"),
        (lambda: verdict("lukewarm"), "pattern is lukewarm: it is not a word of classify"),
        (lambda: verdict("new_warm"), "is not a word of classify"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_sentences():
    assert verdict("intensifying_hot") == "A hot spot nearly all the time, the last included, and growing stronger."
    assert verdict("diminishing_cold") == "A cold spot nearly all the time, the last included, and growing weaker."
    assert verdict("oscillating_cold") == "A cold spot at the last time that was a hot spot before."
    assert verdict("none") == "No pattern of hot or cold spots."
    assert verdict("not_held").startswith("Too few times are held")
