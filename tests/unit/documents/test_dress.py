"""A partnership's colours: words on them can be read, and what cannot is refused with a colour that would do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.documents import dress, palette
from csplan.documents.contrast import WORDS, contrast, mixed

HOUSE = {"accent": palette.ACCENT, "deep": palette.DEEP, "tint": palette.TINT}
COLOUR = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the grey that is known to fall short
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_a_share_of_another_colour_is_mixed_in():
    assert mixed("#000000", "#ffffff", 0) == "#000000" and mixed("#000000", "#ffffff", 1) == "#ffffff"


def test_the_houses_own_colours_pass():
    assert dress.problems(HOUSE) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"accent": "#ff8800"}, "accent"),
        ({"deep": "#888888"}, "deep"),
        ({"tint": "#7a2a63"}, "tint"),
        ({"accent": "purple"}, "accent"),
        ({"deep": ""}, "deep"),
        ({"tint": "#fff"}, "tint"),
        ({"accent": "#12345g"}, "accent"),
        ({"accent": "#7a2a63;}body{display:none"}, "accent"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(change, field):
    assert list(dress.problems({**HOUSE, **change})) == [field]


@given(accent=COLOUR, deep=COLOUR, tint=COLOUR)
def test_what_is_suggested_is_taken(accent, deep, tint):
    said = {"accent": accent, "deep": deep, "tint": tint}
    for _ in dress.NAMES:  # a new accent may ask for a paler tint
        found = dress.problems(said)
        said |= {name: re.findall(r"#[0-9a-f]{6}", words)[-1] for name, words in found.items()}
    assert dress.problems(said) == {}


@given(accent=COLOUR, deep=COLOUR, tint=COLOUR)
def test_what_is_taken_can_be_read(accent, deep, tint):
    if not dress.problems({"accent": accent, "deep": deep, "tint": tint}):
        assert min(contrast(accent, ground) for ground in (palette.PAPER, palette.WASH, tint)) >= WORDS
        assert contrast(palette.PAPER, deep) >= WORDS and contrast(palette.INK, tint) >= WORDS


@pytest.mark.parametrize(("typed", "colour"), [("7A2A63", "#7a2a63"), (" #7A2A63 ", "#7a2a63"), ("", "")])
def test_a_colour_is_tidied(typed, colour):
    assert dress.tidy(typed) == colour


def test_the_style_sheet_holds_the_three_colours_and_changes_its_fingerprint_with_them():
    own = dress.style_sheet(dress.Colours("#00629b", "#003b5c", "#e6f2f8"))
    assert "--csp-accent: #00629b;" in own and f'svg [fill="{palette.ACCENT}"] {{ fill: #00629b; }}' in own
    assert dress.fingerprint(own) != dress.fingerprint(dress.style_sheet(dress.HOUSE))
