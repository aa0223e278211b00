"""What may lead to a person is proposed: measured on a labelled set of our own, and exact where an identifier has a shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle import personal_data
from csplan.cycle.personal_data import Span


def test_the_labelled_set_is_found(care_numbers):
    told = care_numbers.masking()
    assert told["identifiers"]["recall"] >= 0.98, told["identifiers"]["missed"]
    assert told["names"]["recall"] >= 0.80, told["names"]["missed"]
    assert told["false_alarms"]["share"] <= 0.05, told["false_alarms"]["taken"]
    assert told["identifiers"]["labelled"] >= 40 and told["names"]["labelled"] >= 45


def test_without_the_rules_nothing_is_found(care_numbers, monkeypatch):
    """The twin: with no proposals the same measure says so."""
    monkeypatch.setattr(personal_data, "proposals", lambda _words: ())
    told = care_numbers.masking()
    assert told["identifiers"]["recall"] == 0 and told["names"]["recall"] == 0


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("943 476 5919", True),  # the example of the NHS Data Dictionary
        ("9434765918", False),
        ("943-476-5870", True),
        ("0000000000", True),
        ("123 456 789", False),
    ],
)
def test_an_nhs_number_carries_its_check_digit(number, is_one):
    assert personal_data.is_nhs_number(number) is is_one


def test_ten_digits_without_a_check_digit_are_no_nhs_number():
    assert personal_data.proposals("There were 1234567890 reasons.") == ()


def test_words_are_replaced_by_what_they_were():
    words = "Dave Example is on 07700 900123 now."
    assert personal_data.masked(words, personal_data.proposals(words)) == "[name] is on [phone number] now."


def test_other_words_are_covered_wherever_they_stand():
    spans = personal_data.covering("The Blue House and the blue house.", "blue house")
    assert personal_data.masked("The Blue House and the blue house.", spans) == "The [taken out] and the [taken out]."
    assert personal_data.covering("words", " ") == ()


@pytest.mark.parametrize("spans", [[[5, 3, "name"]], [[0, 99, "name"]], [[0, 3, "shoe"]], [[0, 3, "name"], [2, 4, "name"]]])
def test_spans_outside_the_words_are_refused(spans):
    with pytest.raises(ValueError, match="a span lies outside the words"):
        personal_data.check_spans("some words", spans)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_words_give_spans_that_can_be_kept(words):
    found = personal_data.proposals(words)
    assert personal_data.check_spans(words, [list(s) for s in found]) == found
    personal_data.masked(words, found)


def test_where_two_meet_the_identifier_goes_before_the_name():
    found = personal_data.proposals("dave.example@example.org")
    assert found == (Span(0, 24, "email"),)
