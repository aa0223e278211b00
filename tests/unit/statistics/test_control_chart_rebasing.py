"""A series in parts, each with its own range and a reason for it."""

from dataclasses import FrozenInstanceError
from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.control_chart import xmr
from csplan.statistics.control_chart_rebasing import rebased

BEFORE, AFTER = [50.0, 54.0] * 6, [30.0, 33.0] * 6


def test_each_part_is_charted_as_if_it_stood_alone():
    chart = rebased(BEFORE + AFTER, [(12, " Recording moved ")])
    first, second = chart.parts
    assert (first.start, first.end, first.reason) == (0, 12, "")
    assert (second.start, second.end, second.reason) == (12, 24, "Recording moved")
    assert first.chart == xmr(BEFORE) and second.chart == xmr(AFTER)
    assert chart.values == (*BEFORE, *AFTER)
    assert chart.notes == ("The usual range is set anew from point 13: Recording moved.",)


def test_no_signal_crosses_a_step():
    assert "outside" in xmr(BEFORE + AFTER).signals
    assert set(rebased(BEFORE + AFTER, [(12, "Recording moved")]).signals) == {None}


def test_signals_stand_at_their_places():
    chart = rebased([*BEFORE, 90, *AFTER, 10], [(13, "Recording moved")])
    assert (chart.signals[12], chart.signals[25]) == ("outside", "outside")
    assert chart.signals == chart.parts[0].chart.signals + chart.parts[1].chart.signals


def test_without_steps_the_series_is_one_part():
    chart = rebased(BEFORE, [])
    assert (len(chart.parts), chart.parts[0].chart, chart.notes) == (1, xmr(BEFORE), ())


@pytest.mark.parametrize(
    ("points", "notes"),
    [
        (12, ()),
        (11, ("The range from point 1 rests on 11 values and may still move much.",)),
        (1, ("The range from point 1 rests on 1 value and may still move much.",)),
    ],
)
def test_a_part_of_fewer_than_twelve_says_so(points, notes):
    assert rebased((BEFORE * 2)[:points], []).notes == notes
    assert rebased([*(BEFORE * 2)[:points], nan, nan], []).notes == notes


def test_notes_are_in_the_order_of_the_parts():
    chart = rebased([*BEFORE, 30, 33, *BEFORE], [(12, "A new lock"), (14, "The old lock")])
    assert chart.notes == (
        "The usual range is set anew from point 13: A new lock.",
        "The range from point 13 rests on 2 values and may still move much.",
        "The usual range is set anew from point 15: The old lock.",
    )


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([(3, "")], r"steps\[0\] gives no reason: a range is set anew only for a reason that can be read"),
        ([(3, "Moved"), (5, "  ")], r"steps\[1\] gives no reason"),
        ([(0, "Moved")], r"steps\[0\] starts at the point 0: it must lie from 1 to 11"),
        ([(12, "Moved")], r"steps\[0\] starts at the point 12: it must lie from 1 to 11"),
        ([(-1, "Moved")], r"steps\[0\] starts at the point -1"),
        ([(5, "Moved"), (5, "Moved")], r"steps\[1\] starts at the point 5: it must come after the step before it, at 5"),
        ([(5, "Moved"), (4, "Moved")], r"steps\[1\] starts at the point 4: it must come after the step before it, at 5"),
    ],
)
def test_a_step_that_cannot_be_is_refused(steps, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        rebased(BEFORE, steps)


def test_steps_at_the_first_and_last_place_they_may_stand():
    assert [part.end - part.start for part in rebased(BEFORE, [(1, "a"), (2, "b"), (11, "c")]).parts] == [1, 1, 9, 1]


def test_what_is_no_series_is_refused():
    with pytest.raises(ValueError, match=r"^values\[1\] is -1"):
        rebased([1, -1], [])
    with pytest.raises(ValueError, match=r"^values have shape \(1, 2\): they must be one list"):
        rebased([[1, 2]], [])


def test_a_result_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        rebased(BEFORE, []).notes = ()
    with pytest.raises(FrozenInstanceError):
        rebased(BEFORE, []).parts[0].start = 1


@settings(max_examples=30)
@given(st.lists(st.integers(0, 90), min_size=4, max_size=30), st.data())
def test_parts_cover_the_series_once(series, data):
    places = sorted(data.draw(st.sets(st.integers(1, len(series) - 1), max_size=4)))
    chart = rebased(series, [(place, "x") for place in places])
    assert [value for part in chart.parts for value in part.chart.values] == series
    assert [part.start for part in chart.parts] == [0, *places]
    assert len(chart.signals) == len(series)
