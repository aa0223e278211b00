"""Months worth asking about: which way they point, what they mean, and how they are said."""

import pytest

from csplan.cycle import periods
from csplan.documents import signals
from csplan.documents.signals import Signal
from csplan.statistics.control_chart import ControlChart, xmr

YEAR = periods.between("2025-01", "2025-12")


def chart(values, kinds, *, mean=50.0):
    """A chart with the signals given: {place: kind}."""
    held = tuple(float(v) for v in values)
    return ControlChart(held, mean, 40.0, 60.0, tuple(kinds.get(i) for i in range(len(held))), None, "xmr")


def test_neighbouring_months_of_one_kind_and_side_are_one_signal():
    made = chart([50, 45, 44, 43, 55, 56], {1: "run", 2: "run", 3: "run", 4: "run", 5: "run"})
    assert [(s.direction, s.months) for s in signals.found(YEAR[:6], made)] == [
        ("down", ("2025-02", "2025-03", "2025-04")),
        ("up", ("2025-05", "2025-06")),
    ]


def test_a_gap_parts_a_signal():
    made = chart([70, float("nan"), 70], {0: "outside", 2: "outside"})
    assert [s.months for s in signals.found(YEAR[:3], made)] == [("2025-01",), ("2025-03",)]


def test_trend_points_the_way_it_goes_whatever_side_it_is_on():
    rising = chart([10, 11, 12], dict.fromkeys(range(3), "trend"))
    falling = chart([90, 80, 70], dict.fromkeys(range(3), "trend"))
    assert [(s.direction, len(s.months)) for s in signals.found(YEAR[:3], rising)] == [("up", 3)]
    assert [(s.direction, len(s.months)) for s in signals.found(YEAR[:3], falling)] == [("down", 3)]


def test_months_and_values_must_be_as_many():
    with pytest.raises(ValueError, match="longer|shorter"):
        signals.found(YEAR, chart([1, 2], {}))


@pytest.mark.parametrize(
    ("polarity", "direction", "meaning"),
    [
        ("lower_better", "up", "concern"),
        ("lower_better", "down", "improvement"),
        ("higher_better", "up", "improvement"),
        ("higher_better", "down", "concern"),
        ("demand_only", "up", "question"),  # counts that follow activity are never judged
        ("more_reporting", "up", "question"),
        ("no_judgement", "down", "question"),
        ("band", "up", "question"),
    ],
)
def test_concern_is_for_signals_with_a_bad_direction_alone(polarity, direction, meaning):
    signal = Signal("outside", direction, ("2025-03", "2025-04"))
    assert signals.marks([signal], polarity) == {"2025-03": meaning, "2025-04": meaning}


def test_words_join_a_run_with_the_months_that_stand_out_in_it():
    found = [
        Signal("outside", "up", ("2024-04",)),
        Signal("outside", "up", ("2025-01",)),
        Signal("run", "down", ("2025-02", "2025-03", "2025-04")),
        Signal("near_limits", "down", ("2025-05",)),
        Signal("run", "down", ("2025-06", "2025-07", "2025-08")),
    ]
    assert signals.in_words(found) == (
        "Worth asking about: April 2024 and January 2025 lie above the usual range; "
        "February to August 2025 lie below the average, seven in a row; May 2025 lies close to the lower edge of the usual range."
    )


def test_no_signal_is_said_plainly():
    assert signals.in_words(()) == "Every month held lies within the usual range."
    assert signals.headline((), 12) == "Every month held lies within the usual range"


@pytest.mark.parametrize(
    ("months", "words"), [(("2025-01",), "One of 12 months is"), (("2025-01", "2025-02"), "Two of 12 months are")]
)
def test_headline_counts_the_months(months, words):
    assert signals.headline([Signal("outside", "up", months)], 12) == f"{words} worth asking about"


def test_limits_that_are_not_a_number_are_no_limits():
    assert signals.known(xmr([0.0, 0.0, 0.0])) is None
    assert signals.known(None) is None
    assert signals.known(chart([5, 6, 7, 6], {})) is not None


def test_description_names_range_gap_average_and_signals():
    held = {"2025-01": 10, "2025-02": 12, "2025-05": 11}
    made = chart([10, 12, float("nan"), float("nan"), 11], {}, mean=11.0)
    words = signals.describe(held, limits=made, signals=())
    assert words.startswith("January 2025 to May 2025, two months not held: between 10 and 12 a month, 11 in the last.")
    assert "The average is 11 and the usual range 40 to 60." in words
    assert words.endswith("Every month held lies within the usual range.")
