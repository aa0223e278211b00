"""Bars and dots: zero baselines, whiskers, the accent for one thing, values in words."""

import itertools
import re

import pytest

from csplan.documents import bars
from csplan.documents.palette import ACCENT, STONE
from csplan.documents.svg import SMALLEST

RANKED = (
    bars.Bar("Durham City", 28.7, 22.1, 36.6),
    bars.Bar("Shildon", 23.1, 19.1, 27.8, True),
    bars.Bar("Chilton", 9.0, 6.0, 12.9),
)
BESIDE = (
    bars.Beside("Burglary", 23.1, 19.1, 27.8, 9.6, "above"),
    bars.Beside("Violence and sexual offences", 60.4, 55.8, 65.4, 39.9, "within"),
    bars.Beside("Shoplifting", 8.0, 6.3, 9.9, 11.1, "below"),
)


def fills(drawn: str, colour: str) -> int:
    return len(re.findall(rf'<rect [^>]*fill="{colour}"', drawn))


def test_one_bar_is_the_subject():
    drawn = bars.ranked_bars(RANKED, title="t", desc="d", centre=9.6, centre_words="County 9.6")
    assert (fills(drawn, ACCENT), fills(drawn, STONE)) == (1, 2)
    assert ">County 9.6</text>" in drawn
    assert re.findall(r'font-weight="700"[^>]*>([^<]+)<', drawn) == ["Shildon", "23.1"]


def test_bars_start_at_zero_and_are_in_proportion():
    drawn = bars.ranked_bars(RANKED, title="t", desc="d")
    starts, widths = zip(*re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="18"', drawn), strict=True)
    assert len(set(starts)) == 1
    assert float(widths[1]) / float(widths[0]) == pytest.approx(23.1 / 28.7, rel=0.01)


@pytest.mark.parametrize(("centre", "moved"), [(16.5, False), (19.5, True), (21.0, True), (28.0, False)])
def test_values_stand_clear_of_the_line_of_the_median(centre, moved):
    """The whisker ends at 18.0; its value is written from there to about 20.5."""
    rows = (bars.Bar("Shildon", 15.0, 12.0, 18.0, True), bars.Bar("Durham City", 28.7, 22.1, 36.6))
    drawn = bars.ranked_bars(rows, title="t", desc="d", centre=centre, centre_words="Median")
    line = float(re.search(r'<line x1="([\d.]+)"[^>]*stroke-dasharray="5 3"', drawn)[1])
    value = float(re.search(r'<text x="([\d.]+)"[^>]*>15.0<', drawn)[1])
    assert (value == pytest.approx(line + 7)) == moved
    assert not value - 2 < line < value + 0.55 * 13 * 4


def test_dots_mark_both_sides_and_ring_the_rest():
    drawn = bars.times_dots(BESIDE, reference_words="all together", title="t", desc="d")
    assert len(re.findall(rf'<polygon [^>]*fill="{ACCENT}"', drawn)) == 2
    assert len(re.findall(r"<circle ", drawn)) == 1
    assert list(re.findall(r'text-anchor="middle">([^<]+)<', drawn)) == ["all together", "half", "twice", "4 times"]


def test_dots_of_a_rate_of_nothing_stay_in_the_drawing():
    drawn = bars.times_dots((bars.Beside("Robbery", 0, 0, 0.9, 0.5),), reference_words="county", title="t", desc="d")
    assert "nan" not in drawn
    assert "inf" not in drawn


def test_labels_of_doublings_do_not_run_into_each_other():
    drawn = bars.times_dots(BESIDE, reference_words="all together", title="t", desc="d", width=343)
    said = [(float(x), w) for x, w in re.findall(r'<text x="([\d.]+)"[^>]*text-anchor="middle">([^<]+)<', drawn)]
    said.sort()
    assert all(b - a >= 3.6 * (len(v) + len(w)) for (a, v), (b, w) in itertools.pairwise(said))


@pytest.mark.parametrize("width", [724, 343])
@pytest.mark.parametrize("drawing", ["ranked", "times"])
def test_words_are_large_and_drawings_are_deterministic(width, drawing):
    def draw() -> str:
        if drawing == "ranked":
            return bars.ranked_bars(RANKED, title="t", desc="d", width=width)
        return bars.times_dots(BESIDE, reference_words="county", title="t", desc="d", width=width)

    assert draw() == draw()
    assert min(float(s) for s in re.findall(r'font-size="([\d.]+)"', draw())) >= SMALLEST
