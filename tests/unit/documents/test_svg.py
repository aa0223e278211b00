"""The drawing kit: ids that never change, ticks, rows of words, and refusals."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.documents.svg import HATCHED, apart, el, fitted, hatch, number, picture, rect, scale, text, ticks


def draw(**changed: str) -> str:
    return picture(100, 50, hatch(), rect(0, 0, 10, 10, HATCHED), **{"title": "A", "desc": "B", **changed})


def test_same_picture_has_the_same_bytes():
    assert draw() == draw()


@pytest.mark.parametrize("changed", [{"title": "C"}, {"desc": "C"}, {"key": "C"}])
def test_other_pictures_have_other_ids(changed):
    ids = [set(re.findall(r'id="([^"]+)"', drawn)) for drawn in (draw(), draw(**changed))]
    assert len(ids[0]) == len(ids[1]) == 3
    assert not ids[0] & ids[1]


def test_picture_is_named_described_and_refers_to_its_own_pattern():
    drawn = draw(title="Burglary & theft", desc="Up <a little>")
    labelled = re.search(r'role="img" aria-labelledby="(title-\w+) (desc-\w+)"', drawn)
    assert labelled
    assert f'<title id="{labelled[1]}">Burglary &amp; theft</title>' in drawn
    assert f'<desc id="{labelled[2]}">Up &lt;a little&gt;</desc>' in drawn
    assert re.search(r'fill="url\(#(hatch-\w+)\)"', drawn)[1] in re.findall(r'<pattern .*?id="([^"]+)"', drawn)


def test_nothing_in_a_picture_needs_inline_style_or_script():
    assert "style=" not in draw()
    assert "<script" not in draw()


def test_words_and_attributes_are_escaped():
    assert "&lt;b&gt;" in text(0, 0, "<b>")
    assert el("g", data_name='"x"&') == '<g data-name="&quot;x&quot;&amp;"/>'


@pytest.mark.parametrize("size", [12.9, 8])
def test_words_too_small_to_read_are_refused(size):
    with pytest.raises(ValueError, match="too small"):
        text(0, 0, "tiny", size)


@pytest.mark.parametrize(
    ("high", "whole", "marks"),
    [
        (261, False, (0, 100, 200, 300)),
        (400, False, (0, 100, 200, 300, 400)),
        (0.9, False, (0, 0.25, 0.5, 0.75, 1)),
        (2, True, (0, 1, 2)),  # counts have no halves
        (0, True, (0, 1)),  # nothing recorded: still an axis
    ],
)
def test_ticks_are_round_and_reach_the_highest_value(high, whole, marks):
    assert ticks(high, whole=whole) == marks


@given(st.floats(0.01, 1e6))
def test_ticks_always_cover_the_value(high):
    marks = ticks(high)
    assert marks[0] == 0
    assert marks[-1] >= high * (1 - 1e-6)
    assert 2 <= len(marks) <= 6


def test_scale_of_one_value_does_not_divide_by_zero():
    assert scale(3, 3, 0, 10)(3) == 0


def test_numbers_have_commas():
    assert (number(12345), number(9.64, 1)) == ("12,345", "9.6")


def test_long_names_go_on_two_rows():
    assert fitted("Violence and sexual offences", 140, 14) == ("Violence and", "sexual offences")
    assert fitted("Drugs", 140, 14) == ("Drugs",)


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6))
def test_labels_are_moved_apart_and_keep_their_order(places):
    moved = apart(places, 17)
    order = sorted(range(len(places)), key=lambda i: places[i])
    gaps = [moved[b] - moved[a] for a, b in itertools.pairwise(order)]
    assert all(gap >= 16.8 for gap in gaps)
