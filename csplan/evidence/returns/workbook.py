"""Sheets written as .xlsx, .ods or .csv: the empty templates of returns, and the copies that are sent back marked.

What stands in a cell is always words and never a formula, whatever it begins with.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any

from csplan.errors import CsplanError

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}
#: A file of the same words is the same file, so it says no day on which it was made.
MADE = datetime(2000, 1, 1)
#: Cells that a spreadsheet would take for a formula when it opens a CSV file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: Rows that are ready to be filled in below the headings of a template.
READY_ROWS = 5_000
_WIDEST, _NARROWEST = 64, 12
#: Height of a line in points, width of a letter in centimetres, and A4 as xlsxwriter counts papers.
LINE, LETTER_CM, A4 = 15, 0.17, 9
#: The ground of a cell to mend, and its edge.
WRONG, EDGE = "#fde8e3", "#a33b1f"


@dataclass(frozen=True)
class Sheet:
    """A sheet. rows : the first is its headings

    offered : {column: the choices that may stand in it};  wrong : (row, column) of cells to mend
    """

    name: str
    rows: Sequence[Sequence[str]]
    offered: Mapping[int, Sequence[str]] = field(default_factory=dict)
    wrong: frozenset[tuple[int, int]] = frozenset()

    def look(self, r: int, c: int) -> str:
        """How a cell looks: head, wrong or plain."""
        return "head" if r == 0 else "wrong" if (r, c) in self.wrong else "plain"

    def lines(self, row: Sequence[str]) -> int:
        """How many lines a row takes where its cells are broken at the width of their columns."""
        return max((ceil(len(cell) / (width - 1)) for cell, width in zip(row, self.widths, strict=False)), default=1)

    @cached_property
    def widths(self) -> list[int]:
        """How many letters wide each column is."""
        most = max(map(len, self.rows), default=0)
        held = [[row[i] for row in self.rows if i < len(row)] for i in range(most)]
        longest = [max(map(len, [*cells, *self.offered.get(i, ())]), default=0) for i, cells in enumerate(held)]
        return [min(_WIDEST, max(_NARROWEST, 2 + n)) for n in longest]


def format_of(to: Path) -> str:
    """The format that a file's ending says. Raises CsplanError with those there are."""
    said = to.suffix.lower().removeprefix(".")
    if said not in FORMATS:
        raise CsplanError(f"{to.name} does not say in which format. End its name with {', '.join(f'.{f}' for f in FORMATS)}.")
    return said


def as_bytes(sheets: Sequence[Sheet], form: str) -> bytes:
    """The file. A CSV file holds the first sheet alone."""
    return {"xlsx": _xlsx, "ods": _ods, "csv": _csv}[form](sheets)


def write(sheets: Sequence[Sheet], to: Path) -> None:
    """Write a new file. Raises CsplanError where it is there already."""
    form = format_of(to)
    if to.exists():
        raise CsplanError(f"{to} is there already, so nothing was written. Give another name.")
    to.write_bytes(as_bytes(sheets, form))


def _csv(sheets: Sequence[Sheet]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in sheets[0].rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()  # with its mark, so that Excel reads it as UTF-8


def _safe(cell: str) -> str:
    """A cell that no spreadsheet runs; a sign alone is no formula, and “-” is a mark of returns."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and len(cell) > 1 else cell


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE})
        looks = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "wrong": book.add_format({"bg_color": WRONG, "border": 1, "border_color": EDGE, "text_wrap": True, "valign": "top"}),
            "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets:
            _xlsx_sheet(book.add_worksheet(sheet.name), sheet, looks)
    return out.getvalue()


def _xlsx_sheet(page: Any, sheet: Sheet, looks: Mapping[str, Any]) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for r, row in enumerate(sheet.rows):
        lines = sheet.lines(row)
        if lines > 1:
            page.set_row(r, LINE * lines)
        for c, cell in enumerate(row):
            page.write_string(r, c, cell, looks[sheet.look(r, c)])
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, source in _offered(sheet).items():
        told = {"validate": "list", "source": source, "error_type": "warning", "error_title": "Not in the list"}
        told |= {"error_message": "Choose one from the list, or ask whoever sent you this form."}
        page.data_validation(1, column, READY_ROWS, column, told)


def _offered(sheet: Sheet) -> dict[int, str]:
    """{column: where on the sheet `Lists` its choices stand}; those of a sheet stand there side by side, in order."""
    return {
        column: f"=Lists!${chr(65 + place)}$2:${chr(65 + place)}${len(choices) + 1}"
        for place, (column, choices) in enumerate(sheet.offered.items())
    }


def _ods(sheets: Sequence[Sheet]) -> bytes:
    from odfdo import Cell, Column, Document, Row, Style, Table

    book = Document("spreadsheet")
    book.body.clear()
    for name, fill in (("head", None), ("wrong", WRONG), ("plain", None)):
        style = Style("table-cell", name=name, area="table-cell", background_color=fill)
        style.set_properties({"fo:wrap-option": "wrap", "style:vertical-align": "top"}, area="table-cell")
        if name == "head":
            style.set_properties({"fo:font-weight": "bold"}, area="text")
        book.insert_style(style, automatic=True)
    for width in sorted({width for sheet in sheets for width in sheet.widths}):
        book.insert_style(Style("table-column", name=f"wide-{width}", width=f"{width * LETTER_CM:.2f}cm"), automatic=True)
    for sheet in sheets:
        table = Table(sheet.name)
        for width in sheet.widths:
            table.append_column(Column(style=f"wide-{width}"))
        for r, row in enumerate(sheet.rows):
            made = Row()
            for c, cell in enumerate(row):
                made.append_cell(Cell(cell, text=cell, cell_type="string", style=sheet.look(r, c)), clone=False)
            table.append_row(made, clone=False)
        book.body.append(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
