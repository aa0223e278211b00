"""A history of indicators in wide form, indicators down and periods across, read into one row for each value.

Nothing here saves: a person says which adopted indicator each line is, and what is taken then waits to be approved by another.
A mark such as `[c]` or `-` is never nought. Every filled cell ends once in `rows` or in `not_understood`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from csplan.cycle import period_words
from csplan.cycle.outline import Left, Outline, Row, Table, cell_place
from csplan.cycle.plan_import.columns import NOT_USED, key

INDICATOR = "indicator"
#: Headings of the column that names the indicators, as `plan_import.columns.key` writes them.
HEADINGS = frozenset(
    "indicator|measure|kpi|performance indicator|key performance indicator|performance measure|name|title|description|"
    "indicator name|indicators|measures|kpis".split("|")
)
#: mark -> (what it says, in words). None of them is a number.
MARKS: dict[str, tuple[str, str]] = {
    "[c]": ("suppressed", "too few people to show"),
    "*": ("suppressed", "too few people to show"),
    "[x]": ("not available", "not available"),
    "n/a": ("not available", "not available"),
    "[z]": ("not applicable", "not applicable"),
    "-": ("missing", "missing"),
}
_BELOW = re.compile(r"<\s*\d{1,3}")
_NUMBER = re.compile(r"(?P<sign>-)?(?P<pounds>£)?\s?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?\s?(?P<percent>%)?")

NO_TABLE = "it stands in no table of indicators and periods"
NO_PERIOD = "its column is taken as no period"
NO_INDICATOR = "its row names no indicator"
NO_VALUE = "no value stands beside it"
NO_NUMBER = "neither a number nor a mark that is understood"
TWICE = "a second value of the same indicator and period"


@dataclass(frozen=True)
class Figure:
    """One cell. value : None where a mark stands; status : counted, or what the mark says; unit : "%", "£" or "" """

    indicator: str
    period: str
    words: str
    value: float | None
    status: str
    unit: str
    place: str


#: What may become of a figure: returned, a mark that is no number, refused with a sentence, or of a line that is matched to nothing.
OUTCOMES = ("returned", "no number", "refused", "not matched")


@dataclass(frozen=True)
class Outcome:
    """What became of one figure. outcome : of OUTCOMES;  words : the sentence that refused it, else what was done"""

    figure: Figure
    outcome: str
    ref: str
    words: str


@dataclass(frozen=True)
class History:
    """What a file says of indicators.

    names : (words, place) of each line that names an indicator and has a value beside it, in order
    columns : {place of a table: {heading: "indicator" or the name of a period}}
    """

    rows: tuple[Figure, ...]
    not_understood: tuple[Left, ...]
    names: tuple[tuple[str, str], ...]
    columns: dict[str, dict[str, str]]


def read_history(outline: Outline, *, matches: Mapping[str, str] | None = None) -> History:
    """Read an outline's tables as histories of indicators.

    matches : {heading: "indicator" or the name of a period} that a person chose or that are remembered; "" leaves a column
    """
    reading = _Reading()
    for block in outline.blocks:
        if block.kind == "table":
            reading.table(outline.table(block.place), matches or {})
        else:
            reading.left.append(Left(block.place, block.printed, NO_TABLE))
    return History(tuple(reading.rows), (*reading.left, *outline.unread), tuple(reading.names), reading.columns)


def propose_columns(table: Table, matches: Mapping[str, str]) -> dict[str, str]:
    """{heading: "indicator" or the name of a period} for the columns that are understood; each once."""
    chosen = {key(head): field for head, field in matches.items() if field in (INDICATOR, NOT_USED) or period_words.period(field)}
    out = {head: chosen[key(head)] for head in table.heads if key(head) in chosen}
    for head, period in zip(table.heads, period_words.together(table.heads), strict=True):
        if head not in out and period is not None and period.id not in out.values():
            out[head] = period.id
    if INDICATOR not in out.values():
        free = [head for head in table.heads if head not in out]
        named = next((head for head in free if key(head) in HEADINGS), None)
        if named or (free and free[0] == table.heads[0]):
            out[named or free[0]] = INDICATOR
    return {head: out[head] for head in table.heads if out.get(head, NOT_USED) != NOT_USED}


def figure(words: str) -> tuple[float | None, str, str] | None:
    """(value, status, unit) of a cell; None where it is neither a number nor a mark.

    >>> figure("1,234"), figure("87.5%"), figure("[c]"), figure("<5"), figure("1,23")
    ((1234.0, 'counted', ''), (87.5, 'counted', '%'), (None, 'suppressed', ''), (None, 'suppressed', ''), None)
    """
    plain = re.sub(r"[–—−]", "-", " ".join(words.split())).lower()
    if not plain:
        return None, "missing", ""
    if plain in MARKS or _BELOW.fullmatch(plain):
        return None, MARKS[plain][0] if plain in MARKS else "suppressed", ""
    found = _NUMBER.fullmatch(plain)
    if found is None or (found["pounds"] and found["percent"]):
        return None
    value = float((found["sign"] or "") + found["digits"].replace(",", "") + (found["rest"] or ""))
    return value, "counted", found["pounds"] or found["percent"] or ""


def twice(history: History, refs: Mapping[str, str]) -> tuple[str, str, str] | None:
    """(line, other line, period) where two lines that are matched to one indicator both say something of a period; None for none.

    refs : {words of a line: reference of the indicator it is matched to}
    """
    said: dict[tuple[str, str], str] = {}
    for row in history.rows:
        ref = refs.get(row.indicator)
        if ref and row.words and said.setdefault((ref, row.period), row.indicator) != row.indicator:
            return said[ref, row.period], row.indicator, row.period
    return None


class _Reading:
    """One reading under way."""

    def __init__(self) -> None:
        self.rows: list[Figure] = []
        self.left: list[Left] = []
        self.names: list[tuple[str, str]] = []
        self.columns: dict[str, dict[str, str]] = {}
        self.seen: set[tuple[str, str]] = set()

    def table(self, table: Table, matches: Mapping[str, str]) -> None:
        """One table; all of it is left where it has no column of indicators or none of a period."""
        columns = propose_columns(table, matches)
        self.columns[table.place] = columns
        if INDICATOR not in columns.values() or len(columns) < 2:
            self.left += [Left(r.place, " | ".join(c for c in r.cells if c), NO_TABLE) for r in table.rows]
            return
        for row in table.rows:
            self.row(table, row, columns)

    def row(self, table: Table, row: Row, columns: Mapping[str, str]) -> None:
        """One line: its name is told once, its blank cells are missing values where it has any other."""
        cells = dict(zip(table.heads, row.cells, strict=True))
        head = next(h for h, field in columns.items() if field == INDICATOR)
        name = " ".join(cells[head].split())
        periods = {h: field for h, field in columns.items() if field != INDICATOR}
        for h, words in cells.items():
            if words and h != head and h not in periods:
                self.left.append(Left(cell_place(row, h), words, NO_PERIOD, name))
        if not any(cells[h] for h in periods):
            self.left += [Left(cell_place(row, head), name, NO_VALUE)] if name else []
            return
        for h, period in periods.items():
            self.cell(name, period, cells[h], cell_place(row, h))
        if name:
            self.names.append((name, cell_place(row, head)))

    def cell(self, name: str, period: str, words: str, place: str) -> None:
        """One cell under a period."""
        read = figure(words)
        if not name or read is None or (name, period) in self.seen:
            if words:
                why = NO_INDICATOR if not name else NO_NUMBER if read is None else TWICE
                self.left.append(Left(place, words, why, name))
            return
        self.seen.add((name, period))
        self.rows.append(Figure(name, period, words, *read, place))
