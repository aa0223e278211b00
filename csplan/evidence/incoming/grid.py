"""Rows of cells, out of a Word table or a sheet, as a table with headings and the lines that stand above it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from csplan.cycle.outline import Block, Row, Table

#: A head is sought in so many rows; a table whose first rows hold one cell each has a title above it.
HEAD_WITHIN = 20


@dataclass(frozen=True)
class Grid:
    """Rows as read, all of one width. places : where each row stands; place : where the whole stands"""

    rows: Sequence[Sequence[str]]
    places: Sequence[str]
    place: str


def arrange(grid: Grid) -> tuple[list[Block], Table | None]:
    """The lines above the headings as paragraphs, and the table; None where there are no headings with rows below them.

    The headings are the first row with two filled cells or more. Where the row below it fills the gaps that merged headings leave
    (a year over its quarters), both are joined. Blank rows are left out; a grid of one column is paragraphs.
    """
    rows = [(tuple(cells), place) for cells, place in zip(grid.rows, grid.places, strict=True) if any(cells)]
    head = next((i for i, (cells, _) in enumerate(rows[:HEAD_WITHIN]) if sum(map(bool, cells)) > 1), None)
    if head is None or head + 1 >= len(rows):
        return _paragraphs(rows), None
    heads, first = rows[head][0], head + 1
    if first + 1 < len(rows) and _is_second_head(heads, rows[first][0]):
        heads, first = _joined(heads, rows[first][0]), first + 1
    keep = [i for i in range(len(heads)) if heads[i] or any(cells[i] for cells, _ in rows[first:])]
    named = _named([" ".join(heads[i].split()) or f"Column {i + 1}" for i in keep])
    body = tuple(Row(tuple(cells[i] for i in keep), place) for cells, place in rows[first:])
    return _paragraphs(rows[:head]), Table(named, body, grid.place)


def _paragraphs(rows: Sequence[tuple[tuple[str, ...], str]]) -> list[Block]:
    """A paragraph for each line of each filled cell."""
    out = []
    for cells, place in rows:
        lines = [line for cell in cells for line in cell.split("\n") if line]
        out += [
            Block("paragraph", 0, line, "", place if len(lines) == 1 else f"{place}, line {i}") for i, line in enumerate(lines, 1)
        ]
    return out


def _is_second_head(heads: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below goes on with headings: it fills what merged headings left blank, and nothing stands under the first."""
    blank = [i for i, head in enumerate(heads) if not head]
    under = [cell for cell in below if cell]
    repeats = max(Counter(under).values(), default=0) > 1 or all(len(cell) <= 12 for cell in under)
    return bool(blank) and not below[0] and bool(heads[0]) and all(below[i] for i in blank) and repeats


def _joined(heads: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Each heading with the one over it: a merged heading stands over all columns to its right that have none of their own."""
    out, over = [], ""
    for head, under in zip(heads, below, strict=True):
        over = head or over
        out.append(f"{over} {under}".strip() if under else head)
    return tuple(out)


def _named(heads: Sequence[str]) -> tuple[str, ...]:
    """The headings, no two alike."""
    seen: dict[str, int] = {}
    out: list[str] = []
    for head in heads:
        name = head
        while name in seen:
            seen[head] += 1
            name = f"{head} ({seen[head]})"
        seen[name] = 1
        out.append(name)
    return tuple(out)
