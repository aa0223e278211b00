"""Targets against the usual range: met, missed, either, or nothing to say."""

from dataclasses import FrozenInstanceError, dataclass, replace
from math import isnan, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics.assurance import Assurance, assurance, assurance_words
from csplan.statistics.control_chart import xmr
from csplan.statistics.control_chart_rebasing import rebased
from csplan.statistics.u_chart import u_chart


@dataclass(frozen=True)
class Range:
    low: float | tuple[float, ...]
    high: float | tuple[float, ...]
    values: tuple[float, ...] = (5.0,)
    signals: tuple = (None,)


@pytest.mark.parametrize(
    ("low", "high", "increase", "decrease"), [(1, 3, "miss", "meet"), (5, 7, "meet", "miss"), (1, 5, "may", "may")]
)
def test_as_in_the_tests_of_nhsrplotthedots(low, high, increase, decrease):
    """tests/testthat/test-ptd_calculate_assurance_type.R: a target of 4 against three ranges, consistent_fail called a miss."""
    words = {"miss": "will_miss", "meet": "will_meet", "may": "may_meet"}
    assert assurance(Range(low, high), 4, "higher").verdict == words[increase]
    assert assurance(Range(low, high), 4, "lower").verdict == words[decrease]
    assert assurance(Range(low, high), 4, None).verdict == "no_target"


@pytest.mark.parametrize(
    ("target", "lower", "higher"),
    [
        (9.9, "will_miss", "will_meet"),
        (10, "may_meet", "will_meet"),
        (10.1, "may_meet", "may_meet"),
        (19.9, "may_meet", "may_meet"),
        (20, "will_meet", "may_meet"),
        (20.1, "will_meet", "will_miss"),
    ],
)
def test_a_value_equal_to_the_target_meets_it(target, lower, higher):
    assert assurance(Range(10, 20), target, "lower").verdict == lower
    assert assurance(Range(10, 20), target, "higher").verdict == higher


def test_what_has_no_target_or_is_only_watched():
    assert assurance(Range(10, 20), None, "lower").verdict == "no_target"
    assert assurance(Range(10, 20), 15, None).verdict == "no_target"
    assert assurance(Range(10, 20), 15, "lower", monitored_only=True).verdict == "monitor_only"
    assert assurance(Range(10, 20), None, None, monitored_only=True).verdict == "monitor_only"


def test_no_range_promises_nothing():
    found = assurance(xmr([50.0]), 60, "lower")
    assert found.verdict == "may_meet" and isnan(found.low) and isnan(found.high)
    assert assurance_words(found) == "There are too few values to tell whether the target of 60 or less will be met."
    half = Assurance("may_meet", 60, 1.0, nan, "lower", True)
    assert assurance_words(half) == assurance_words(replace(half, low=nan, high=1.0)) == assurance_words(found)


def test_the_last_known_range_counts_where_each_point_has_its_own():
    found = assurance(Range((1, 5, nan), (3, 7, nan), (2.0, 6.0, nan), (None,) * 3), 4, "lower")
    assert (found.low, found.high, found.verdict) == (5, 7, "will_miss")
    chart = u_chart([98, 102, 98, 102], [100, 100, 100, 400])
    assert (assurance(chart, 2, "lower").low, assurance(chart, 2, "lower").high) == (chart.low[-1], chart.high[-1])
    assert isnan(assurance(Range((), (), (), ()), 2, "lower").low)


def test_the_last_part_of_a_rebased_series_counts():
    chart = rebased([50, 54] * 6 + [30, 33] * 6, [(12, "A new lock")])
    assert assurance(chart.parts[-1].chart, 45, "lower").verdict == "will_meet"
    assert assurance(chart.parts[0].chart, 40, "lower").verdict == "will_miss"


def test_steady_until_the_last_known_value_stands_out():
    quiet = [98.0, 102.0] * 6
    assert assurance(xmr(quiet), 120, "lower").steady
    assert assurance(xmr([*quiet, 150, 100]), 120, "lower").steady
    assert not assurance(xmr([*quiet, 150]), 120, "lower").steady
    assert not assurance(xmr([*quiet, 150, nan]), 120, "lower").steady
    assert assurance(xmr([]), 120, "lower").steady


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            Assurance("will_meet", 1200, 89.36, 1110.64, "lower", True),
            "If nothing changes, the target of 1,200 or less will be met: the whole usual range, 89.4 to 1,111, lies on the right "
            "side of it.",
        ),
        (
            Assurance("will_miss", 0.5, 0.0123, 0.25, "higher", True),
            "If nothing changes, the target of 0.5 or more will be missed: the whole usual range, 0.0123 to 0.250, lies on the wrong "
            "side of it.",
        ),
        (
            Assurance("may_meet", 1234567, 0.0, 2345678.9, "lower", False),
            "If nothing changes, the target of 1,234,567 or less will be met at some times and missed at others by chance: it lies "
            "within the usual range, 0 to 2,345,679, but the latest value stands out, so things may already have changed.",
        ),
        (Assurance("monitor_only", None, 1.0, 2.0, None, True), "It is watched and has no target."),
        (Assurance("no_target", None, 1.0, 2.0, "lower", True), "It has no target to be held against."),
        (Assurance("no_target", 5.0, 1.0, 2.0, None, True), "It has no target to be held against."),
    ],
)
def test_words(found, words):
    assert assurance_words(found) == words


@pytest.mark.parametrize(
    ("target", "better", "sentence"),
    [
        (nan, "lower", "target is nan: it must be a number that has an end"),
        (float("inf"), "lower", "target is inf"),
        (float("-inf"), "lower", "target is -inf"),
        (5, "less", "better is 'less': it must be 'lower', 'higher' or None"),
    ],
)
def test_what_cannot_be_is_refused(target, better, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        assurance(Range(1, 2), target, better)


def test_a_result_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        assurance(Range(1, 2), 3, "lower").low = 0.0


@settings(max_examples=50)
@given(st.integers(1, 50), st.integers(0, 50), st.integers(-10, 110))
def test_turned_upside_down_the_verdict_is_the_same(low, width, target):
    there = assurance(Range(low, low + width), target, "lower").verdict
    back = assurance(Range(-low - width, -low), -target, "higher").verdict
    assert there == back
    easier = assurance(Range(low, low + width), target + 1, "lower").verdict
    order = ("will_miss", "may_meet", "will_meet")
    assert order.index(easier) >= order.index(there)
