"""Numbers and signs in front of lines."""

import pytest

from csplan.cycle import numbering
from csplan.cycle.numbering import Mark


@pytest.mark.parametrize(
    ("line", "number", "words"),
    [
        ("1) The purpose", "1)", "The purpose"),  # a number and a bracket
        ("13) The strategic priorities", "13)", "The strategic priorities"),  # two digits
        ("1. Homes", "1.", "Homes"),  # a full stop
        ("1.2 Homes", "1.2", "Homes"),  # two parts before a capital
        ("1.2.3. homes", "1.2.3.", "homes"),  # three parts with a stop
        ("1.5 million people", "", "1.5 million people"),  # a decimal in a sentence
        ("(a) Homes", "(a)", "Homes"),  # a letter in brackets
        ("a) Homes", "a)", "Homes"),  # a letter
        ("(iv) Homes", "(iv)", "Homes"),  # a Roman number
        ("- (ii) Homes", "(ii)", "Homes"),  # a dash before the number
        ("- 9 Work is under way", "9", "Work is under way"),  # a dash before a bare number
        ("- 12 homes", "•", "12 homes"),  # a dash before a count
        ("- Homes", "•", "Homes"),  # a dash
        ("–Homes", "•", "Homes"),  # a long dash without a space
        ("• Homes", "•", "Homes"),  # a bullet
        ("o Homes", "•", "Homes"),  # Word's hollow bullet pasted as a letter
        ("o’clock", "", "o’clock"),  # a word
        ("-5 degrees", "", "-5 degrees"),  # a minus
        ("9 January 2020", "", "9 January 2020"),  # a day
        ("2018 was a year", "", "2018 was a year"),  # a year
        ("(see below) Homes", "", "(see below) Homes"),  # words in brackets
        ("e.g. homes", "", "e.g. homes"),  # an abbreviation
        ("", "", ""),  # nothing
        ("-", "", "-"),  # a dash alone
    ],
)
def test_a_typed_number_is_split_from_its_line(line: str, number: str, words: str):
    assert numbering.split(line) == (number, words)


@pytest.mark.parametrize(
    ("number", "before", "style", "ordinal"),
    [
        ("(i)", None, "(i)", 1),  # alone it begins a Roman list
        ("(i)", Mark("(h)", "(a)", 8), "(a)", 9),  # after (h) it is a letter
        ("(v)", Mark("(iv)", "(i)", 4), "(i)", 5),  # after (iv) it is five
        ("(v)", Mark("(u)", "(a)", 21), "(a)", 22),  # after (u) it is a letter
        ("(c)", Mark("(ii)", "(i)", 2), "(a)", 3),  # (c) is no hundred after (ii)
        ("(d)", None, "(a)", 4),  # alone it is a letter
        ("II.", None, "I.", 2),  # capitals are a style of their own
        ("1.2", None, "1.1", 2),  # two parts
        ("3)", None, "1)", 3),  # one
        ("•", None, "•", 0),  # a sign has no order
    ],
)
def test_a_number_has_a_style_and_a_place(number: str, before: Mark | None, style: str, ordinal: int):
    assert numbering.mark(number, before) == Mark(number, style, ordinal)


def test_numbers_are_written_as_they_are_read():
    assert [numbering.roman_value(numbering.roman(n)) for n in range(1, 60)] == list(range(1, 60))
    assert [numbering.letter_value(numbering.letters(n)) for n in range(1, 60)] == list(range(1, 60))
    assert numbering.roman_value("iiii") is None and numbering.roman_value("abc") is None
