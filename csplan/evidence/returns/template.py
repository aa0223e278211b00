"""The empty return that a partner fills in: a sheet of headings with its lists, and a sheet that says what goes where."""

from datetime import date

from csplan.cycle import calendar, clock, periods, supply
from csplan.cycle.law import information_2007
from csplan.evidence.returns.data_set import KPI, SHEET, Column, DataSet
from csplan.evidence.returns.wards import Wards
from csplan.evidence.returns.workbook import Sheet

#: Marks of a value that is no number, as the Analysis Function has them.
MARKS = ("[c] too few people to show", "[x] not available", "[z] does not apply")


def sheets(asked: DataSet, wards: Wards, on: date | None = None) -> list[Sheet]:
    """The sheets of an empty return. on : the day it is made, which tells the quarter that comes due next"""
    today = on or clock.today()
    offered = {i: choices for i, column in enumerate(asked.columns) if (choices := _choices(column, wards))}
    headings = [[column.heading for column in asked.columns]]
    out = [Sheet(SHEET, headings, offered), Sheet("How to fill it in", _guide(asked, today))]
    if offered:
        out.append(Sheet("Lists", _lists(asked, offered)))
    return out


def _choices(column: Column, wards: Wards) -> tuple[str, ...]:
    return wards.names() if column.kind == "ward" else column.choices


def _lists(asked: DataSet, offered: dict[int, tuple[str, ...]]) -> list[list[str]]:
    """The choices side by side, each below its heading."""
    deep = max(len(choices) for choices in offered.values())
    rows = [[choices[n] if n < len(choices) else "" for choices in offered.values()] for n in range(deep)]
    return [[asked.columns[i].heading for i in offered], *rows]


def _guide(asked: DataSet, today: date) -> list[list[str]]:
    rows = [[asked.title, ""], ["Each row is", f"one {asked.each}."]]
    if asked.name == KPI:
        rows += [["Marks", "; ".join(MARKS) + ". A blank is a missing value and never nought."]]
    else:
        quarter = supply.newest(today)
        title, due = periods.parse(quarter).title, calendar.in_words(supply.due_on(quarter))
        rows += [
            ["Why", _why(asked)],
            [
                "Which quarter",
                f"All rows of one quarter, such as {title}: due by {due}. Make a return for each.",
            ],
            ["Nothing happened?", "Do not send an empty return. Tell us that there was nothing to report."],
            [
                "Nothing personal",
                "No names, addresses, telephone numbers or reference numbers of people, and no column of your own.",
            ],
        ]
    rows.append(["Column", "What stands in it"])
    rows += [[c.heading, c.means + ("" if c.is_needed else " It may be left blank.")] for c in asked.columns]
    return rows


def _why(asked: DataSet) -> str:
    source = f"{information_2007.INSTRUMENT}, Schedule, paragraph {asked.paragraph}"
    return f"The law asks for it each quarter: section 17A of the Crime and Disorder Act 1998; {source}."
