"""Returns as a partner sends them back: rows of County Durham, in each format."""

from datetime import date

import pytest

from csplan.cycle.outline import Outline, Row, Table
from csplan.evidence.returns import named, read, wards, workbook
from csplan.evidence.store import Store

DURHAM = "E06000047"
HEADINGS = ("Group", "Sub-category", "Date", "Time", "Ward", "LSOA")
GOOD = ("Burglary", "Burglary in a dwelling", "2025-05-03", "21:30", "Belmont", "")


def outline(rows, headings=HEADINGS):
    made = tuple(Row(tuple(row), f"sheet ‘Return’, row {n}") for n, row in enumerate(rows, start=2))
    return Outline((), (Table(tuple(headings), made, "sheet ‘Return’"),))


@pytest.fixture
def durham(tmp_path):
    return wards.held(Store(tmp_path / "data"), DURHAM)


@pytest.fixture
def check(durham):
    """Checks rows as on 1 September 2025."""

    def checked(*rows, headings=HEADINGS):
        return read.read("back.xlsx", outline(rows, headings), durham, DURHAM, today=date(2025, 9, 1))

    return checked


@pytest.fixture
def said(check):
    """The sentences of what is to mend in one row, which stands beside two good ones."""

    def sentences(**cells):
        row = dict(zip(HEADINGS, GOOD, strict=True)) | {h.replace("_", "-"): v for h, v in cells.items()}
        return [mark.said for mark in check(GOOD, GOOD, tuple(row.values())).marks]

    return sentences


def file(form, rows, headings=HEADINGS):
    return workbook.as_bytes([workbook.Sheet("Return", [list(headings), *(list(row) for row in rows)])], form)


def every_set():
    from csplan.evidence import returns

    return [named(one.name) for one in returns.every()]
