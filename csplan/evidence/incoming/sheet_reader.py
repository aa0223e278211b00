"""A workbook or a CSV file as an outline: every sheet that is shown is a table, with the lines above it.

A workbook is opened by a library that is not ours, so `file.read` calls this in a process of its own, with limits.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from csplan.cycle.outline import Block, Left, Outline, Table
from csplan.errors import InputRejected
from csplan.evidence.incoming import grid, package, percentages
from csplan.evidence.incoming.docx_words import tidy

ROWS, CELLS = 20_000, 200_000
#: A cell of more letters is no cell of a table: the largest that Excel itself holds.
CELL_LETTERS = 32_767
DELIMITERS = ",;\t"
_SAMPLE_LINES = 30


def read_workbook(data: bytes, name: str, kind: str) -> Outline:
    """The outline of a workbook, sheet by sheet. kind : xlsx or ods, as `package.kind` tells"""
    shown = package.safe_name(name)
    try:
        return _outline(_sheets(data, kind, shown), shown)
    except python_calamine.PasswordError as e:
        raise InputRejected(f"{shown} is locked with a password. Open it, remove the password and save it again.") from e
    except InputRejected:
        raise
    except BaseException as e:
        # The library's own panics are no `Exception`; they mean the same as its errors.
        if isinstance(e, Exception) or type(e).__name__ == "PanicException":
            raise InputRejected(package.damaged(shown)) from e
        raise


def read_csv(data: bytes, name: str, *, rows: int = ROWS, cells: int = CELLS) -> Outline:
    """The outline of a CSV file, whatever sign of UTF-8, UTF-16 or Windows-1252 and comma, semicolon or tab it is written with.

    rows, cells : the most that are read
    """
    shown = package.safe_name(name)
    text = decoded(data, shown)
    delimiter = delimiter_of(text)
    found: list[list[str]] = []
    filled = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            found.append([_checked(cell, shown) for cell in row])
            filled += len(row)
            _check_size(len(found), filled, shown, rows, cells)
    except csv.Error as e:
        raise InputRejected(
            f"{shown} has a quotation mark that is not closed, or cells that run together. Save it again as CSV."
        ) from e
    places = [f"row {n}" for n in range(1, len(found) + 1)]
    return _gathered([("the file", found, places)], (), shown)


def decoded(data: bytes, shown: str) -> str:
    """The text of a file, by its byte order mark, else as UTF-8, else as Windows-1252."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _as(data, encoding, shown)
    if b"\0" in data:  # UTF-16 without its mark: the zero bytes of Latin letters stand on one side
        return _as(data, "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be", shown)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _as(data, "cp1252", shown)


def _as(data: bytes, encoding: str, shown: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as e:
        raise InputRejected(f"{shown} is written in letters that are not known here. Save it as CSV in UTF-8.") from e
    if "\0" in text:
        raise InputRejected(f"{shown} holds bytes that are no text. Save it again as CSV in UTF-8.")
    return text


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: the one that parts the first lines into most columns, evenly.

    >>> delimiter_of("Action;Lead\\nA, b;Police"), delimiter_of("Action\\tLead"), delimiter_of("one")
    (';', '\\t', ',')
    """
    lines = text.splitlines()[:_SAMPLE_LINES]

    def columns(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        return (widths.count(max(widths)), max(widths)) if widths else (0, 0)

    try:
        return max(DELIMITERS, key=columns)
    except csv.Error:
        return ","


def _sheets(data: bytes, kind: str, shown: str) -> Iterator[tuple[str, list[list[str]] | None]]:
    """(name, rows) of each sheet; rows are None where it is hidden or no sheet of cells."""
    percent = percentages.cells(data, kind)
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for about in book.sheets_metadata:
            is_shown = about.visible == python_calamine.SheetVisibleEnum.Visible
            if not is_shown or about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                yield about.name, None
                continue
            sheet = book.get_sheet_by_name(about.name)
            height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
            _check_size(sheet.height, sheet.height * sheet.width, shown)
            _check_size(min(height, ROWS), 0, shown)
            left, top = (sheet.start[1], sheet.start[0]) if sheet.start else (0, 0)
            signs = percent.get(about.name, frozenset())
            rows = [[""] * width for _ in range(top)] if top <= ROWS else []
            for n, cells in enumerate(sheet.to_python(skip_empty_area=True), top):
                rows.append([""] * left + [_words(c, (n, left + i) in signs, shown) for i, c in enumerate(cells)])
            yield about.name, rows


def _words(value: Any, is_percent: bool, shown: str) -> str:
    """A cell as it would be typed: 3 for 3.0, 87% for 0.87 shown as per cent, days as 2020-03-31."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        number = float(value)
        return f"{round(number * 100, 10):.12g}%" if is_percent else f"{number:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return _checked(str(value), shown)


def _checked(text: str, shown: str) -> str:
    if len(text) > CELL_LETTERS:
        raise InputRejected(f"{shown} has a cell of more than {CELL_LETTERS:,} letters. Give a table of plain cells.")
    return tidy(text)


def _check_size(rows: int, cells: int, shown: str, most_rows: int = ROWS, most_cells: int = CELLS) -> None:
    if rows > most_rows or cells > most_cells:
        raise InputRejected(
            f"{shown} has more than {most_rows:,} rows or {most_cells:,} cells. Give the sheet that is wanted alone."
        )


def _outline(sheets: Iterator[tuple[str, list[list[str]] | None]], shown: str) -> Outline:
    filled, unread, cells, count = [], [], 0, 0
    for name, rows in sheets:
        title = " ".join(name.split())
        if rows is None:
            unread.append(Left(f"sheet ‘{title}’", "", "a hidden sheet, or a sheet without cells, is not read"))
        elif any(any(row) for row in rows):
            count, cells = count + len(rows), cells + sum(map(len, rows))
            _check_size(count, cells, shown)
            filled.append((f"sheet ‘{title}’", rows, [f"sheet ‘{title}’, row {n}" for n in range(1, len(rows) + 1)]))
    return _gathered(filled, tuple(unread), shown)


def _gathered(sheets: Sequence[tuple[str, list[list[str]], list[str]]], unread: tuple[Left, ...], shown: str) -> Outline:
    """The outline of the sheets that hold anything. Of several, each begins with its own name as a heading."""
    if not any(any(row) for _, rows, _ in sheets for row in rows):
        raise InputRejected(f"{shown} has no filled cell on a sheet that is shown. Give a file that holds something.")
    blocks: list[Block] = []
    tables: list[Table] = []
    for place, rows, places in sheets:
        if len(sheets) > 1:
            title = place.removeprefix("sheet ‘").removesuffix("’")
            blocks.append(Block("heading", 1, title, "", f"{place}, its name", title))
        width = max(map(len, rows), default=0)
        above, table = grid.arrange(grid.Grid([[*row, *[""] * (width - len(row))] for row in rows], places, place))
        blocks += above
        if table is not None:
            tables.append(table)
            blocks.append(Block("table", 0, "", "", place))
    return Outline(tuple(blocks), tuple(tables), "", unread)
