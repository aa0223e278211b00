"""Workbooks and CSV files become tables, whatever signs they are written with."""

from collections.abc import Callable

import pytest

from csplan.cycle import kpi_import
from csplan.cycle.outline import Outline
from csplan.errors import InputRejected
from csplan.evidence.incoming import file, sheet_reader

TABLE = [["Action", "Lead", "Due"], ["Fit locks", "Café Trust", "31/03/2021"], ["Mend “lamps”", "Council", ""]]


def cells(outline: Outline) -> list[tuple[str, ...]]:
    return [outline.tables[0].heads, *(row.cells for row in outline.tables[0].rows)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_csv_file_is_read_whatever_its_signs(encoding: str, delimiter: str):
    text = "\r\n".join(delimiter.join(row) for row in TABLE)
    assert cells(
        file.read(text.encode(encoding), "plan.csv") if delimiter == ";" else sheet_reader.read_csv(text.encode(encoding), "")
    ) == [tuple(row) for row in TABLE]


def test_a_csv_file_keeps_commas_and_line_ends_inside_quotes():
    found = sheet_reader.read_csv(b'Action,Lead\n"Fit locks, and\nask","Housing ""team"""\n', "plan.csv")
    assert cells(found) == [("Action", "Lead"), ("Fit locks, and\nask", 'Housing "team"')]
    assert [row.place for row in found.tables[0].rows] == ["row 2"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'Action,Lead\n"Fit locks,Housing\n', "quotation mark that is not closed"),
        (b"Action,Lead\n" + b"x" * 40_000 + b",y\n", "a cell of more than 32,767 letters"),
        (b",,\n,,\n", "no filled cell"),
        (b"Action,Lead\n" + b"a,b\n" * 20_001, "more than 20,000 rows"),
        ("Action,Lead\na,b\n".encode("utf-16-le") + b"\x00", "not known here"),
    ],
)
def test_a_csv_file_that_is_none_is_refused(data: bytes, sentence: str):
    with pytest.raises(InputRejected, match=sentence):
        sheet_reader.read_csv(data, "plan.csv")


def test_a_workbook_is_read_sheet_by_sheet(workbook: Callable[..., bytes]):
    data = workbook(
        {"Priority 1": [["Our plan", ""], ["", ""], *TABLE], "Notes": [["x"], ["y"]], "Old": TABLE, "Blank": []}, hidden=["Old"]
    )
    found = file.read(data, "plan.xlsx")
    assert [(b.kind, b.words, b.place) for b in found.blocks] == [
        ("heading", "Priority 1", "sheet ‘Priority 1’, its name"),
        ("paragraph", "Our plan", "sheet ‘Priority 1’, row 1"),
        ("table", "", "sheet ‘Priority 1’"),
        ("heading", "Notes", "sheet ‘Notes’, its name"),
        ("paragraph", "x", "sheet ‘Notes’, row 1"),
        ("paragraph", "y", "sheet ‘Notes’, row 2"),
    ]
    assert cells(found) == [tuple(row) for row in TABLE]
    assert [row.place for row in found.tables[0].rows] == ["sheet ‘Priority 1’, row 4", "sheet ‘Priority 1’, row 5"]
    assert [(u.place, u.why) for u in found.unread] == [("sheet ‘Old’", "a hidden sheet, or a sheet without cells, is not read")]


def test_the_sheet_alone_is_no_heading(workbook: Callable[..., bytes]):
    assert [b.kind for b in file.read(workbook({"Sheet1": TABLE}), "plan.xlsx").blocks] == ["table"]


def test_numbers_are_read_as_they_are_shown(workbook: Callable[..., bytes]):
    rows = [["Indicator", "2018/19", "2019/20"], ["Share", 0.875, 0.07], ["Count", 1203.0, 0.30000000000000004]]
    found = file.read(workbook({"KPI": rows}, percent=["B2", "C2"]), "kpi.xlsx")
    assert cells(found)[1:] == [("Share", "87.5%", "7%"), ("Count", "1203", "0.3")]


def test_an_open_document_spreadsheet_is_read_alike(spreadsheet: Callable[..., bytes]):
    rows = [["Indicator", "2018/19", "2019/20"], ["Share", (0.875,), (0.07,)], ["Count", 1203, ""]]
    found = file.read(spreadsheet("KPI", rows), "kpi.ods")
    assert cells(found)[1:] == [("Share", "87.5%", "7%"), ("Count", "1203", "")]


def test_a_heading_over_quarters_is_joined_to_them(workbook: Callable[..., bytes]):
    rows = [
        ["Indicator", "2018/19", "", "", "", "2019/20", ""],
        ["", "Q1", "Q2", "Q3", "Q4", "Q1", "Q2"],
        ["Burglaries", 1, 2, 3, 4, 5, 6],
    ]
    rows.append(["Arson", 1, 1, 1, 1, 1, 1])
    found = kpi_import.read_history(file.read(workbook({"KPI": rows}), "kpi.xlsx"))
    burglaries = [(f.period, f.value) for f in found.rows if f.indicator == "Burglaries"]
    assert burglaries == [
        ("2018/19 Q1", 1), ("2018/19 Q2", 2), ("2018/19 Q3", 3), ("2018/19 Q4", 4), ("2019/20 Q1", 5), ("2019/20 Q2", 6),
    ]  # fmt: skip


def test_too_many_rows_are_refused(workbook: Callable[..., bytes]):
    with pytest.raises(InputRejected, match="more than 20,000 rows"):
        file.read(workbook({"Plan": [["a", "b"]] * 20_001}), "plan.xlsx")
