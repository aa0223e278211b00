"""The palette as a test: every colour is told from the ground it lies on."""

import itertools

import pytest

from csplan.documents import palette
from csplan.documents.palette import ACCENT, CONCERN, DEEP, FOCUS, GOOD, INK, LINE, OTHER, PAPER, QUIET, RAMP, TINT, WASH


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """Contrast of two colours, 1 to 21."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("words", [INK, QUIET, ACCENT])
@pytest.mark.parametrize("ground", [PAPER, WASH, TINT])
def test_words_can_be_read_on_every_pale_ground(words, ground):
    assert contrast(words, ground) >= 4.5


@pytest.mark.parametrize("ground", [DEEP, ACCENT, INK, GOOD, CONCERN, palette.ERROR])
def test_paper_words_can_be_read_on_every_dark_ground(ground):
    assert contrast(PAPER, ground) >= 4.5


@pytest.mark.parametrize("mark", [INK, ACCENT, GOOD, CONCERN, LINE, OTHER])
def test_marks_and_outlines_are_seen_on_paper(mark):
    assert contrast(mark, PAPER) >= 3


def test_focus_is_seen_with_ink():
    assert contrast(INK, FOCUS) >= 4.5


def test_map_classes_darken_step_by_step():
    assert all(contrast(a, b) >= 1.35 for a, b in itertools.pairwise(RAMP))
    assert [luminance(c) for c in RAMP] == sorted((luminance(c) for c in RAMP), reverse=True)


def test_improvement_and_concern_are_told_apart_without_red_or_green():
    red, green, blue = (int(GOOD[i : i + 2], 16) for i in (1, 3, 5))
    assert blue > green > red
