"""A return that came back, checked row by row: what is good, what is to mend, and which quarter it is of.

A row with anything wrong is put aside with a sentence for each cell; the others count. A return is refused whole where it holds
anything that tells who a person is, a column that nobody asked for, or rows of several quarters.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csplan.cycle import calendar, clock, periods, supply
from csplan.cycle.outline import Outline, Row, Table
from csplan.cycle.words import count
from csplan.errors import InputRejected
from csplan.evidence.archive import Refused
from csplan.evidence.incoming import file as incoming
from csplan.evidence.incoming import sheet_reader
from csplan.evidence.reasons import Reason
from csplan.evidence.returns import data_set, values
from csplan.evidence.returns.data_set import KPI, SHEET, DataSet
from csplan.evidence.returns.values import Asked, Wrong
from csplan.evidence.returns.wards import Wards
from csplan.evidence.returns.workbook import Sheet

#: A CSV file is plain text and read as it stands; a workbook is read by another process, with narrower limits.
CSV_ROWS, CSV_CELLS = 500_000, 5_000_000
_HEAD_BYTES = 100_000
_LAST_NUMBER = re.compile(r"(\d+)$")
#: So many different mistakes are told; the marked copy has every one.
MOST_TOLD = 200


@dataclass(frozen=True)
class Mark:
    """What is to mend in a cell. row : as a spreadsheet numbers it;  heading : "" for the row as a whole"""

    row: int
    heading: str
    words: str

    @property
    def said(self) -> str:
        """ "Row 14, Ward: “Eastgat” is not a ward here. Did you mean Eastgate?" """
        return f"Row {self.row}, {self.heading}: {self.words}" if self.heading else f"Row {self.row}: {self.words}"


@dataclass(frozen=True)
class Line:
    """A good row. cells : {heading: value in its one form, "" for a blank}"""

    row: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Return:
    """A return that was read. quarter : that of its days, such as 2025-Q2; "" for values of indicators, which name their own"""

    data_set: DataSet
    quarter: str
    table: Table
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    unchecked: str = ""

    @property
    def rows_read(self) -> int:
        return len(self.table.rows)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why rows were put aside, the same mistake told once with how many rows it concerns; and what was not checked."""
        alike: dict[tuple[str, str], list[Mark]] = {}
        for mark in self.marks:
            alike.setdefault((mark.heading, mark.words), []).append(mark)
        told = [
            Reason("to_mend", marks[0].said + _also(len(marks) - 1), len({mark.row for mark in marks}), marks[0].row)
            for marks in list(alike.values())[:MOST_TOLD]
        ]
        if len(alike) > MOST_TOLD:
            told.append(Reason("to_mend", f"And {len(alike) - MOST_TOLD:,} other mistakes, which the marked copy shows."))
        return (*told, Reason("not_checked", self.unchecked)) if self.unchecked else tuple(told)


def _also(n: int) -> str:
    return f" The same in {count(n, 'other row')}." if n else ""


def recognise(data: bytes, name: str) -> DataSet | None:
    """The set that a file is a return of, by its headings; None where it is none. Only a workbook is opened for it.

    Raises InputRejected for a workbook that cannot be read.
    """
    if data.startswith(b"PK"):
        return _returned(incoming.read(data, name))[0]
    try:
        text = sheet_reader.decoded(data[:_HEAD_BYTES], name)
    except InputRejected:
        return None
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    try:
        heads = next(csv.reader(io.StringIO(head), delimiter=sheet_reader.delimiter_of(head)), [])
    except csv.Error:
        return None
    return data_set.of(heads)


def outline_of(data: bytes, name: str) -> Outline:
    """The outline of a file. Raises InputRejected."""
    if data.startswith(b"PK"):
        return incoming.read(data, name)
    return sheet_reader.read_csv(data, name, rows=CSV_ROWS, cells=CSV_CELLS)


def read(path: str, outline: Outline, wards: Wards, district: str | None, *, today: date | None = None) -> Return:
    """Check a return. path : how it is shown;  district : in which its places lie. Raises Refused."""
    found, table = _returned(outline)
    if found is None:
        raise Refused("unknown_file", f"{path} has no sheet with the headings of a return. {how()}")
    if table is None:
        raise Refused(
            "empty",
            f"{path} has headings and no rows. Where nothing happened in the quarter, note that there was nothing to report.",
        )
    headed = _headed(path, found, table)
    asked = Asked(wards, district, today or clock.today())
    _refuse_personal(path, found, table, headed)
    rows = [_checked(found, headed, table, row, asked) for row in table.rows]
    lines = [line for line, marks in rows if line is not None and not marks]
    marks = [mark for _, found_marks in rows for mark in found_marks]
    unchecked = "" if wards.every or not any(c.kind == "ward" for c in found.columns) else _NO_WARDS
    whole = Return(found, "", table, tuple(lines), tuple(marks), unchecked)
    return whole if found.name == KPI else _of_one_quarter(path, whole)


def how() -> str:
    """How a return is made."""
    return "Fill in one of the empty returns, whose headings are known."


_NO_WARDS = "No list of the wards here is held, so their names were not checked."


def _returned(outline: Outline) -> tuple[DataSet | None, Table | None]:
    """The set, and the table that is a return of it: that of the sheet `Return`, else the first; no table where it is empty."""
    tables = sorted(outline.tables, key=lambda table: SHEET not in table.place)
    filled = next(((found, t) for t in tables if (found := data_set.of(t.heads))), None)
    # Headings without a row below them are no table: they are read as words.
    words = [block.words for block in outline.blocks if block.kind == "paragraph"]
    return filled or (data_set.of(words), None)


def _headed(path: str, found: DataSet, table: Table) -> dict[str, str]:
    """{heading as the file has it: heading}. Raises Refused for a column that no return of the set has."""
    headed = found.headed(table.heads) or {}
    filled = [head for i, head in enumerate(table.heads) if any(row.cells[i] for row in table.rows)]
    other = next((head for head in filled if head not in headed and head != MEND), None)
    if other is not None:
        raise Refused(
            "personal",
            f"{path} has a column “{other[:40]}”, which no return of {found.title.lower()} has. Take it out: {_NOTHING}.",
        )
    return headed


_NOTHING = "a return holds nothing that tells who a person is"
#: The column that a marked copy has besides; it is passed over when the copy comes back.
MEND = "What to mend"


def _refuse_personal(path: str, found: DataSet, table: Table, headed: dict[str, str]) -> None:
    for row in table.rows:
        for head, cell in zip(table.heads, row.cells, strict=True):
            what = values.personal(cell, found.column(headed[head])) if head in headed and cell else ""
            if what:
                where = f"Row {_number(row)}, {headed[head]}"
                raise Refused("personal", f"{where} of {path} holds what looks like {what}. Take it out: {_NOTHING}.")


def _checked(found: DataSet, headed: dict[str, str], table: Table, row: Row, asked: Asked) -> tuple[Line | None, list[Mark]]:
    """The row as a good one, or what is to mend in it. Days are read first: which ward there is depends on the day."""
    cells = {headed[head]: cell.strip() for head, cell in zip(table.heads, row.cells, strict=True) if head in headed}
    number, kept, marks = _number(row), {}, []
    for column in sorted(found.columns, key=lambda column: column.kind != "day"):
        try:
            value = values.read(cells.get(column.heading, ""), column, asked)
        except Wrong as wrong:
            marks.append(Mark(number, column.heading, str(wrong)))
            continue
        kept[column.heading] = value
        if column.kind == "day" and value:
            asked = replace(asked, day=date.fromisoformat(value))
    in_order = {column.heading: kept.get(column.heading, "") for column in found.columns}
    return (None if marks else Line(number, in_order)), marks


def _number(row: Row) -> int:
    found = _LAST_NUMBER.search(row.place)
    return int(found[1]) if found else 0


def _of_one_quarter(path: str, whole: Return) -> Return:
    """The return of the quarter in which most of its days lie; the rows of another are put aside."""
    heading = next(column.heading for column in whole.data_set.columns if column.kind == "day")
    quarters = Counter(supply.of(date.fromisoformat(line.cells[heading])) for line in whole.lines)
    if not quarters:
        raise Refused("nothing_good", _nothing_good(path, whole))
    quarter, most = max(quarters.items(), key=lambda pair: (pair[1], pair[0]))
    if most * 2 <= quarters.total():
        raise Refused("several_quarters", f"{path} has rows of several quarters. Send one return for each quarter.")
    title = periods.parse(quarter).title
    aside = [line for line in whole.lines if supply.of(date.fromisoformat(line.cells[heading])) != quarter]
    rows_aside = {line.row for line in aside}
    marks = tuple(
        Mark(
            line.row,
            heading,
            f"{calendar.in_words(date.fromisoformat(line.cells[heading]))} is not in {title}, as the others are.",
        )
        for line in aside
    )
    kept = tuple(line for line in whole.lines if line.row not in rows_aside)
    return replace(whole, quarter=quarter, lines=kept, marks=tuple(sorted((*whole.marks, *marks), key=lambda mark: mark.row)))


def _nothing_good(path: str, whole: Return) -> str:
    first = f" {whole.marks[0].said}" if whole.marks else ""
    return f"{path} has no row that can be taken.{first} Mend the rows, and send it again."


def marked_sheet(found: Return, marks: Sequence[Mark]) -> Sheet:
    """The return again with a column that says what to mend in each row, and each cell that is wrong in colour.

    marks : what is to mend: what the check of its shape found, or more where more is known
    """
    at = {head: i for i, head in enumerate(found.table.heads) if head != MEND}
    headed = {heading: head for head, heading in (found.data_set.headed(found.table.heads) or {}).items()}
    said: dict[int, list[Mark]] = {}
    for mark in marks:
        said.setdefault(mark.row, []).append(mark)
    rows, wrong = [[*at, MEND]], set[tuple[int, int]]()
    for n, row in enumerate(found.table.rows, start=1):
        here = said.get(_number(row), [])
        rows.append([*(row.cells[i] for i in at.values()), " ".join(_in_row(mark) for mark in here)])
        wrong |= {(n, list(at).index(headed[mark.heading])) for mark in here if mark.heading in headed}
    return Sheet(SHEET, rows, wrong=frozenset(wrong))


def _in_row(mark: Mark) -> str:
    return f"{mark.heading}: {mark.words}" if mark.heading else mark.words
