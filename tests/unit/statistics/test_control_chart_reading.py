"""Which way a signal points, and whether that is the better way."""

from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.control_chart import xmr
from csplan.statistics.control_chart_reading import directions, reading
from csplan.statistics.u_chart import u_chart

QUIET = [98.0, 102.0] * 6


def ways(*points: float) -> tuple:
    return directions(xmr([*QUIET, *points], baseline=slice(0, 12)))[12:]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((120,), ("up",)),
        ((80,), ("down",)),
        ((108, 101, 108), ("up", None, "up")),
        ((92, 99, 92), ("down", None, "down")),
        ((100, 103, 104, 103, 104, 103, 104, 103), (None, *["up"] * 7)),
        ((100, 97, 96, 97, 96, 97, 96, 97), (None, *["down"] * 7)),
    ],
)
def test_a_signal_points_to_its_side_of_the_mean(points, expected):
    assert ways(*points) == expected


def test_a_trend_points_the_way_it_goes_on_both_sides_of_the_mean():
    rising = [97, 98, 99, 100.5, 101, 102, 103]
    assert ways(*rising, 100) == (*["up"] * 7, None)
    assert ways(100, *rising[::-1], 100) == (None, *["down"] * 7, None)


def test_where_a_trend_turns_the_point_belongs_to_the_one_that_ends_there():
    up, down = [97, 98, 99, 100.5, 101, 102, 103], [102, 101, 100.5, 99, 98, 97]
    assert ways(*up, *down, 97) == (*["up"] * 7, *["down"] * 6, None)
    assert ways(100, *up[::-1], *up[1:], 103)[1:-1] == (*["down"] * 7, *["up"] * 6)


def test_five_falls_before_a_trend_that_rises_are_no_trend():
    assert ways(102, 101, 100.5, 99, 98, 97, 98, 99, 100.5, 101, 102, 103, 100) == (*[None] * 5, *["up"] * 7, None)


def test_a_trend_from_the_first_point_and_to_the_last_has_its_way():
    falling = [200.0 - 3 * i for i in range(12)]
    assert directions(xmr([150.0, 190, *falling], baseline=slice(0, 14)))[-1] == "down"
    rising = [97, 98, 99, 100.5, 101, 102, 103]
    assert directions(xmr([*rising, *QUIET], baseline=slice(7, 19)))[:7] == ("up",) * 7
    assert directions(xmr([*rising[::-1], *QUIET], baseline=slice(7, 19)))[:7] == ("down",) * 7


def test_an_extreme_point_in_a_trend_lies_where_it_lies():
    # 85 is outside and low, though it is the first of seven that rise.
    assert ways(85, 98, 99, 100.5, 101, 102, 103, 100)[:2] == ("down", "up")


def test_a_gap_has_no_way():
    assert ways(nan, 120) == (None, "up")


def test_the_better_way_is_an_improvement_and_the_other_a_concern():
    chart = xmr([*QUIET, 120, 100, 80], baseline=slice(0, 12))
    assert reading(chart, "lower")[12:] == ("concern", None, "improvement")
    assert reading(chart, "higher")[12:] == ("improvement", None, "concern")
    assert reading(chart, None)[12:] == ("neither", None, "neither")
    assert reading(chart, "lower")[:12] == (None,) * 12


def test_a_chart_of_rates_is_read_alike():
    chart = u_chart([*QUIET, 140, 60], [100] * 14, baseline=slice(0, 12), per=1000)
    assert reading(chart, "lower")[12:] == ("concern", "improvement")


def test_rare_events_lie_on_the_side_of_the_median_that_is_their_side_of_the_mean():
    chart = xmr([0, 0, 1, 0, 2, 1, 0, 0, 1, 0, 5, 1, 1, 1, 1, 2, 1, 1, 0], baseline=slice(0, 10))
    assert set(directions(chart)[10:18]) == {"up"}


@pytest.mark.parametrize("better", ["down", "Lower", ""])
def test_another_word_is_refused(better):
    with pytest.raises(ValueError, match=f"better is '{better}': it must be 'lower', 'higher' or None"):
        reading(xmr(QUIET), better)


SERIES = st.lists(st.one_of(st.integers(0, 40), st.just(nan)), min_size=1, max_size=40)


@settings(max_examples=50)
@given(SERIES)
def test_every_signal_has_a_way_and_turning_what_is_better_turns_every_reading(series):
    chart = xmr(series)
    assert [way is None for way in directions(chart)] == [signal is None for signal in chart.signals]
    turned = {"improvement": "concern", "concern": "improvement", None: None}
    assert tuple(turned[one] for one in reading(chart, "lower")) == reading(chart, "higher")


@settings(max_examples=50)
@given(st.lists(st.integers(100, 140), min_size=8, max_size=30))
def test_turned_upside_down_every_way_turns(series):
    there, back = xmr(series), xmr([240 - v for v in series])
    turned = {"up": "down", "down": "up", None: None}
    assert tuple(turned[way] for way in directions(there)) == directions(back)
