"""A history of indicators in wide form: periods across, marks that are never nought, and nothing dropped."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle import kpi_import, periods
from csplan.cycle.outline import Block, Outline, Row, Table, cell_place


def outline(heads: list[str], *rows: list[str]) -> Outline:
    table = Table(tuple(heads), tuple(Row(tuple(row), f"row {n}") for n, row in enumerate(rows, 2)), "the file")
    return Outline((Block("table", 0, "", "", "the file"),), (table,))


def read(heads: list[str], *rows: list[str], **asked: Any) -> kpi_import.History:
    return kpi_import.read_history(outline(heads, *rows), **asked)


@pytest.mark.parametrize(
    ("words", "value", "status", "unit"),
    [
        ("12", 12, "counted", ""),
        ("0", 0, "counted", ""),  # nought is counted
        ("1,234,567", 1_234_567, "counted", ""),
        ("87.5%", 87.5, "counted", "%"),
        ("87.5 %", 87.5, "counted", "%"),
        ("£1,200.50", 1200.5, "counted", "£"),
        ("-3", -3, "counted", ""),
        ("[c]", None, "suppressed", ""),
        ("<5", None, "suppressed", ""),
        ("< 10", None, "suppressed", ""),
        ("*", None, "suppressed", ""),
        ("[x]", None, "not available", ""),
        ("N/A", None, "not available", ""),
        ("[z]", None, "not applicable", ""),
        ("-", None, "missing", ""),
        ("–", None, "missing", ""),
        ("", None, "missing", ""),
    ],
)
def test_a_cell_is_a_number_or_a_mark(words: str, value: float | None, status: str, unit: str):
    assert kpi_import.figure(words) == (value, status, unit)


@pytest.mark.parametrize("words", ["1,23", "12.5 (p)", "TBC", "~50", "1.2m", "12/50", "£5%", "[r] 12", "five", "1 234", "1,2345"])
def test_what_is_neither_is_not_understood(words: str):
    assert kpi_import.figure(words) is None
    found = read(["Indicator", "2019/20"], ["Burglaries", words])
    assert found.rows == () and [(one.place, one.words) for one in found.not_understood] == [("row 2, column ‘2019/20’", words)]


def test_no_mark_is_ever_nought():
    marks = [*kpi_import.MARKS, "<5", ""]
    assert [kpi_import.figure(mark) and kpi_import.figure(mark)[0] for mark in marks] == [None] * len(marks)


def test_a_wide_table_becomes_one_row_for_each_value():
    found = read(
        ["Performance indicator", "Unit", "Q1 2019/20", "Jul-Sep 2019", "Target"],
        ["Burglaries", "number", "1,203", "-", "1,100"],
        ["Referrals seen in time", "", "87.5%", "[c]", ""],
    )
    assert [(f.indicator, f.period, f.words, f.value, f.status, f.place) for f in found.rows] == [
        ("Burglaries", "2019/20 Q1", "1,203", 1203, "counted", "row 2, column ‘Q1 2019/20’"),
        ("Burglaries", "2019/20 Q2", "-", None, "missing", "row 2, column ‘Jul-Sep 2019’"),
        ("Referrals seen in time", "2019/20 Q1", "87.5%", 87.5, "counted", "row 3, column ‘Q1 2019/20’"),
        ("Referrals seen in time", "2019/20 Q2", "[c]", None, "suppressed", "row 3, column ‘Jul-Sep 2019’"),
    ]
    assert [(one.words, one.why) for one in found.not_understood] == [
        ("number", "its column is taken as no period"),
        ("1,100", "its column is taken as no period"),
    ]
    assert [name for name, _ in found.names] == ["Burglaries", "Referrals seen in time"]


def test_a_person_says_what_a_heading_means():
    found = read(["What", "Q1 2019", "2019/20"], ["Burglaries", "5", "20"], matches={"q1 2019": "2019/20 Q1", "2019/20": ""})
    assert [(f.period, f.value) for f in found.rows] == [("2019/20 Q1", 5)]
    assert [one.words for one in found.not_understood] == ["20"]


def test_a_second_value_and_a_row_without_a_name_are_left():
    found = read(["Indicator", "2019/20"], ["Burglaries", "5"], ["Burglaries", "6"], ["", "7"], ["Arson", ""])
    assert [f.value for f in found.rows] == [5]
    assert [(one.words, one.why) for one in found.not_understood] == [
        ("6", "a second value of the same indicator and period"),
        ("7", "its row names no indicator"),
        ("Arson", "no value stands beside it"),
    ]


def test_a_table_without_periods_is_left():
    found = read(["Indicator", "Owner"], ["Burglaries", "Police"])
    assert found.rows == () and [one.words for one in found.not_understood] == ["Burglaries | Police"]


@pytest.mark.parametrize(
    ("rows", "refs", "expected"),
    [
        # both lines have a value of one period; the second is blank there; each is matched to its own; one is matched to nothing
        ([["Arson", "5", ""], ["Fires", "6", ""]], {"Arson": "K1", "Fires": "K1"}, ("Arson", "Fires", "2019/20")),
        ([["Arson", "5", ""], ["Fires", "", "6"]], {"Arson": "K1", "Fires": "K1"}, None),
        ([["Arson", "5", ""], ["Fires", "6", ""]], {"Arson": "K1", "Fires": "K2"}, None),
        ([["Arson", "5", ""], ["Fires", "6", ""]], {"Arson": "K1"}, None),
    ],
)
def test_two_lines_do_not_both_tell_one_indicator_of_a_period(rows, refs, expected):
    assert kpi_import.twice(read(["Indicator", "2019/20", "2020/21"], *rows), refs) == expected


HEADS = st.lists(
    st.sampled_from(["Indicator", "Q1 2019/20", "Apr-Jun 2019", "2019-06", "Jun-19", "2019/20", "Target", "Unit", "Q1 2019"]),
    min_size=1,
    max_size=6,
    unique=True,
)
CELLS = st.sampled_from(["", "Burglaries", "Arson", "12", "1,234", "[c]", "<5", "-", "TBC", "87%"])


@given(st.data())
def test_every_filled_cell_ends_once(data: st.DataObject):
    heads = data.draw(HEADS)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(heads), max_size=len(heads)).filter(any), min_size=1, max_size=6))
    made = outline(heads, *rows)
    found = kpi_import.read_history(made)
    places = Counter(
        [f.place for f in found.rows if f.words] + [one.place for one in found.not_understood] + [p for _, p in found.names]
    )
    expected: Counter[str] = Counter()
    for row in made.tables[0].rows:
        if places[row.place]:
            expected[row.place] += 1
        else:
            expected.update(cell_place(row, head) for head, words in zip(heads, row.cells, strict=True) if words)
    assert places == expected
    assert all(periods.parse(f.period).id == f.period for f in found.rows)
    assert all((f.value is None) == (f.status != "counted") for f in found.rows)
    assert len({(f.indicator, f.period) for f in found.rows}) == len(found.rows)
