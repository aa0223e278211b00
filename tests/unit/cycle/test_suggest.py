"""Suggestions of themes from words alone: what they find, what they leave, and that they never say more than the coder may see."""

import doctest

import pytest

from csplan.cycle import suggest
from csplan.cycle.suggest import Example, suggestions

THEMES = {
    "T1": "Street lighting: streets and paths are dark in the evening",
    "T2": "Buses: the last bus leaves too early",
    "T3": "Speeding past schools",
}
CODED = [
    Example("Cars race down Church Lane at night, someone will be killed", ("T3",)),
    Example("I am afraid in the subway after the lamps went out", ("T1",)),
    Example("Nothing to say", ()),
]


def test_worked_examples():
    outcome = doctest.testmod(suggest)
    assert outcome.attempted > 0 and outcome.failed == 0


def test_a_theme_named_by_the_comment_is_suggested_with_the_word_as_it_was_written():
    found = suggestions("They speed past the school. Speeding all day!", [], THEMES)
    assert [(s.theme, s.because, s.words) for s in found] == [("T3", suggest.NAMED, ("speed", "past", "school"))]


def test_the_nearest_comment_gives_its_theme():
    found = suggestions("Young men race cars down our lane", CODED, THEMES)
    assert [(s.theme, s.because) for s in found] == [("T3", suggest.NEAR)]
    assert set(found[0].words) == {"race", "cars", "lane"}


def test_a_theme_is_suggested_once_and_its_own_words_come_first():
    found = suggestions("The subway lamps are out and the street is dark", CODED, THEMES)
    assert [(s.theme, s.because) for s in found] == [("T1", suggest.NAMED)]


@pytest.mark.parametrize("words", ["", "Nothing to say", "Yes please", "12345", "Zebra crossing xylophone"])
def test_words_that_tell_nothing_suggest_nothing(words):
    assert suggestions(words, CODED, THEMES) == []


def test_a_word_of_several_themes_tells_none_of_them_apart():
    assert suggestions("crime", [], {"T1": "Crime in town", "T2": "Crime at home"}) == []


def test_themes_that_may_not_be_given_are_never_suggested():
    assert suggestions("Cars race down the lane", CODED, {"T1": THEMES["T1"]}) == []


def test_at_most_three_are_suggested():
    many = {f"T{n}": word for n, word in enumerate(["apple", "banana", "cherry", "damson", "elder"])}
    assert len(suggestions("apple banana cherry damson elder", [], many)) == suggest.MOST


def test_order_does_not_depend_on_the_order_of_equals():
    one = [Example("dogs barking nightly", ("T1",)), Example("dogs barking nightly", ("T2",))]
    assert [s.theme for s in suggestions("barking dogs", one, {"T1": "x", "T2": "y"})] == ["T1", "T2"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lights", "lighting"),
        ("policies", "policy"),
        ("buses", "bus"),
        ("police", "policing"),
        ("parked", "parking"),
        ("evening", "evenings"),
    ],
)
def test_endings_do_not_matter(one, other):
    assert suggest.stems(one) == suggest.stems(other)
