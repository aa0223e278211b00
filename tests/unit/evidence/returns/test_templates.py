"""Templates: one for each data set of the law and one for indicators, in three formats, which come back as what they are."""

import io
import zipfile
from datetime import date

import pytest

from csplan.cycle.law import information_2007
from csplan.errors import CsplanError
from csplan.evidence import returns
from csplan.evidence.incoming import file as incoming
from csplan.evidence.incoming import sheet_reader
from csplan.evidence.returns import data_set, read, template, values, workbook
from tests.unit.evidence.returns.conftest import every_set

FORMATS = sorted(workbook.FORMATS)


def test_every_paragraph_of_the_schedule_has_its_set():
    assert [one.paragraph for one in data_set.scheduled()] == list(information_2007.PARAGRAPHS)
    assert [one.name for one in returns.every()][-1] == "kpi"


@pytest.mark.parametrize("asked", every_set(), ids=lambda one: one.name)
def test_a_set_is_whole(asked):
    assert asked.body in data_set.BODIES or asked.name == "kpi"
    assert all(column.kind in values.READERS and column.means.endswith(".") for column in asked.columns)
    assert all(bool(column.choices) == (column.kind == "choice") for column in asked.columns)
    days = [column for column in asked.columns if column.kind == "day"]
    assert len(days) == (asked.name != "kpi")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("asked", every_set(), ids=lambda one: one.name)
def test_an_empty_one_is_recognised_as_what_it_is(durham, asked, form):
    data = workbook.as_bytes(template.sheets(asked, durham, date(2025, 8, 1)), form)
    assert read.recognise(data, f"a.{form}") == asked


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_one_that_comes_back_says_how_to_report_nothing(durham, form):
    data = workbook.as_bytes(template.sheets(returns.named("police-crimes"), durham), form)
    with pytest.raises(CsplanError, match="note that there was nothing to report"):
        read.read(f"a.{form}", read.outline_of(data, f"a.{form}"), durham, None)


def test_it_says_why_and_by_when_and_lists_the_wards(durham):
    first, guide, lists = template.sheets(returns.named("police-crimes"), durham, date(2025, 8, 1))
    assert first.rows == [[column.heading for column in returns.named("police-crimes").columns]]
    words = " ".join(cell for row in guide.rows for cell in row)
    assert "paragraph 2" in words and "April to June 2025: due by 30 September 2025" in words
    assert [row[1] for row in lists.rows][:2] == ["Ward", durham.names()[0]]
    assert len([row for row in lists.rows[1:] if row[1]]) == 51


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_the_words_of_a_sheet_come_back_as_they_were_written(form):
    rows = [["a", "b"], ["=1+1", "+44"], ["@x", "£5, “so”"]]
    back = incoming.read(workbook.as_bytes([workbook.Sheet("Return", rows)], form), f"a.{form}")
    assert [list(row.cells) for row in back.tables[0].rows] == rows[1:]


def test_no_cell_of_a_csv_file_is_taken_for_a_formula():
    data = workbook.as_bytes([workbook.Sheet("Return", [["a", "b"], ["=1+1", "-"]])], "csv")
    back = sheet_reader.read_csv(data, "a.csv")
    assert back.tables[0].rows[0].cells == ("'=1+1", "-")


def test_a_file_of_the_same_words_is_the_same_workbook():
    sheets = [workbook.Sheet("Return", [["a", "b"], ["1", "2"]])]
    assert workbook.as_bytes(sheets, "xlsx") == workbook.as_bytes(sheets, "xlsx")


def test_an_unknown_name_or_format_is_refused(tmp_path):
    with pytest.raises(CsplanError, match="There is no return called “crimes”. Write one of: police-incidents, police-crimes"):
        returns.named("crimes")
    with pytest.raises(CsplanError, match="End its name with .xlsx, .ods, .csv"):
        workbook.write([], tmp_path / "a.doc")
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(CsplanError, match="is there already, so nothing was written"):
        workbook.write([workbook.Sheet("Return", [["a"]])], tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "x"


def test_no_two_sets_have_the_same_headings():
    heads = [frozenset(data_set.key(column.heading) for column in one.columns) for one in returns.every()]
    assert len(set(heads)) == len(heads)


def test_a_workbook_is_broken_into_lines_that_fit_and_prints_on_wide_pages(durham):
    """What a partner reads first: no line lies over the next, in either format, and a sheet is one page wide."""
    guide = template.sheets(returns.named("police-crimes"), durham)[1]
    long = next(row for row in guide.rows if row[0] == "Why")
    assert guide.widths == [31, 64] and guide.lines(long) == 3 and guide.lines(["Why", "short"]) == 1
    first = template.sheets(returns.named("police-crimes"), durham)[0]
    assert first.widths[0] == 2 + len("Theft and handling stolen goods")
    with zipfile.ZipFile(io.BytesIO(workbook.as_bytes([guide], "xlsx"))) as book:
        words = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'ht="45"' in words and 'orientation="landscape"' in words and 'fitToHeight="0"' in words
    with zipfile.ZipFile(io.BytesIO(workbook.as_bytes([guide], "ods"))) as book:
        words = book.read("content.xml").decode()
    assert 'style:column-width="10.88cm"' in words and 'fo:wrap-option="wrap"' in words


def test_what_most_sets_say_alike_stands_once():
    day = next(column for column in returns.named("police-crimes").columns if column.kind == "day")
    assert day.means == data_set.MEANS["day"] and returns.named("health-admissions").column("Date").means != day.means
    times = [column for one in returns.every() for column in one.columns if column.kind in data_set.WHERE_KNOWN]
    assert times and not any(column.is_needed for column in times)
