"""Charts of months: gaps are never joined, limits stand over their baseline, words are large and dark enough."""

import re

import pytest

from csplan.cycle import periods
from csplan.documents import charts
from csplan.documents.palette import ACCENT, CONCERN, GOOD, INK, OTHER, PAPER, QUIET, TINT
from csplan.documents.svg import NARROW, SMALLEST
from csplan.statistics.control_chart import xmr

EARLY, YEAR = periods.between("2024-01", "2024-04"), periods.between("2025-01", "2025-12")
MONTHS = {m: 50 + 3 * (i % 4) for i, m in enumerate((*EARLY, *YEAR))}
LIMITS = xmr([float(v) for v in MONTHS.values()])


def draw(months=None, **asked) -> str:
    return charts.control_chart(months or MONTHS, **{"title": "Burglary", "desc": "Sixteen months", **asked})


def lines(drawn: str, colour: str, width: str) -> list[str]:
    """The points of every unbroken stroke of a colour and width."""
    return re.findall(rf'<polyline points="([^"]+)" fill="none" stroke="{colour}" stroke-width="{width}"', drawn)


def words(drawn: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", drawn)


def test_gap_is_never_joined():
    strokes = lines(draw(), INK, "2.5")
    assert [len(s.split()) for s in strokes] == [4, 12]


def test_gap_says_how_many_months_are_not_held():
    drawn = draw()
    assert len(re.findall(r'fill="url\(#hatch', drawn)) == 1
    assert words(drawn)[words(drawn).index("not held") - 2 :][:3] == ["8", "months", "not held"]


def test_single_month_not_held_is_said_as_one():
    months = {m: 5 for m in YEAR if m != "2025-06"}
    assert "month" in words(draw(months))
    assert [len(s.split()) for s in lines(draw(months), INK, "2.5")] == [5, 6]


def test_whole_series_has_no_hatching():
    assert "hatch" not in draw(dict.fromkeys(YEAR, 5))


def test_limits_stand_over_their_baseline_and_older_months_are_grey():
    drawn = draw(limits=LIMITS, baseline_from="2025-01")
    assert len(re.findall(rf'fill="{TINT}"', drawn)) == 1
    assert [len(s.split()) for s in lines(drawn, OTHER, "2")] == [4]
    assert [len(s.split()) for s in lines(drawn, INK, "2.5")] == [12]


def test_baseline_inside_a_stretch_joins_grey_to_ink():
    drawn = draw(dict.fromkeys(YEAR, 5), limits=LIMITS, baseline_from="2025-05")
    grey, ink = lines(drawn, OTHER, "2")[0].split(), lines(drawn, INK, "2.5")[0].split()
    assert (len(grey), len(ink)) == (5, 8)
    assert grey[-1] == ink[0]


def test_lines_are_named_with_their_values():
    said = words(draw(limits=LIMITS, target=40))
    assert {"Average 54", "Target 40"} <= set(said)
    assert any(w.startswith("Usual high") for w in said)
    assert any(w.startswith("Usual low") for w in said)


def test_target_is_named_without_limits():
    assert "Target 40" in words(draw(target=40))


def test_narrow_drawing_names_the_lines_below():
    said = words(draw(limits=LIMITS, target=40, width=NARROW))
    assert any(w.startswith("Average 54, usually ") for w in said)
    assert "Target 40" in said


def test_limits_that_are_not_a_number_are_not_drawn():
    drawn = draw(dict.fromkeys(YEAR, 0), limits=xmr([0.0] * 12))
    assert TINT not in drawn
    assert "nan" not in drawn


def test_marks_have_shapes_and_concern_has_its_colour():
    drawn = draw(marked={"2025-01": "concern", "2025-02": "improvement", "2025-03": "question"})
    assert len(re.findall(rf'<polygon [^>]*fill="{CONCERN}"', drawn)) == 1
    assert len(re.findall(rf'<circle [^>]*fill="{GOOD}"', drawn)) == 1
    assert len(re.findall(rf'<polygon [^>]*fill="{ACCENT}"', drawn)) == 1


def test_limits_are_drawn_in_the_accent():
    assert len(re.findall(rf'<line [^>]*stroke="{ACCENT}"', draw(limits=LIMITS))) == 6  # three lines over two stretches


def test_events_are_numbered_flags_of_months_held():
    drawn = draw(events=("2025-03", "2024-07"))
    assert len(re.findall(r'stroke-dasharray="1 3"', drawn)) == 1


def test_since_leaves_out_earlier_months():
    assert [len(s.split()) for s in lines(draw(since="2025-01"), INK, "2.5")] == [12]


def test_chart_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no month is held"):
        draw(since="2026-01")


def test_same_values_give_the_same_string():
    assert draw(limits=LIMITS) == draw(limits=LIMITS)


@pytest.mark.parametrize("width", [724, 343])
def test_words_are_large_dark_and_inside_the_drawing(width):
    months = {**{f"2014-{n:02d}": 1200 for n in range(1, 12)}, **{m: 900 + 20 * i for i, m in enumerate(YEAR)}}
    drawn = draw(months, limits=LIMITS, target=800, width=width, events=("2025-01", "2025-02"))
    assert min(float(s) for s in re.findall(r'font-size="([\d.]+)"', drawn)) >= SMALLEST
    assert set(re.findall(r'<text [^>]*?fill="(#\w+)"', drawn)) <= {INK, QUIET, ACCENT, PAPER}
    for x, anchor, said in re.findall(r'<text x="([\d.-]+)"[^>]*?(?:text-anchor="(\w+)"[^>]*)?>([^<]+)', drawn):
        reach = 7 * len(said)
        left = float(x) - (reach if anchor == "end" else reach / 2 if anchor == "middle" else 0)
        assert left > -reach * 0.35
        assert left + reach < width + reach * 0.35


# ---- small lines ----------------------------------------------------------------------------------------------


def test_sparkline_leaves_gaps_open_and_rings_the_last_value():
    drawn = charts.sparkline([1, 2, None, 4, float("nan"), 6, 7], title="t", desc="d")
    assert [len(s.split()) for s in lines(drawn, INK, "2")] == [2, 2]
    assert len(re.findall(r'<circle [^>]*r="4"', drawn)) == 1


def test_sparkline_of_nothing_says_so():
    assert words(charts.sparkline([None, None], title="t", desc="d")) == ["Not held"]


def test_sparkline_marks_months_worth_asking_about():
    drawn = charts.sparkline([1, 9, 2], title="t", desc="d", marked={1: "concern"})
    assert len(re.findall(rf'fill="{CONCERN}"', drawn)) == 1


def test_small_lines_hold_every_topic_in_two_columns_and_in_one():
    rows = [charts.SmallLine(f"Topic {i}", [1, 2, 3], f"{i} in December 2025") for i in range(5)]
    wide, narrow = (charts.small_lines(rows, title="t", desc="d", width=w) for w in (724, 343))
    for drawn in (wide, narrow):
        assert [w for w in words(drawn) if w.startswith("Topic")] == [f"Topic {i}" for i in range(5)]
    assert {re.search(r'height="(\d+)"', d)[1] for d in (wide, narrow)} == {"165", "275"}
