"""What a file that a partnership already has says, as it was read: blocks in order, tables, and where each thing stands.

Readers of files give it; the proposals of a plan and of a history of indicators are made from it. It is plain values, so that it
can be kept as JSON between a preview and a confirmation.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

#: kind of block -> what it is
KINDS: dict[str, str] = {
    "heading": "a heading, by its style or printed bold on a line of its own",
    "item": "a line of a list",
    "paragraph": "any other text",
    "table": "where a table stands: the table of the same place",
}


@dataclass(frozen=True)
class Block:
    """One heading, line of a list, paragraph or table, in the order of the file.

    level : of a heading 1 (highest) to 9, 10 for a bold line; of an item 0 for the outermost; else 0
    number : as it is printed: "1", "(a)", "•"; empty where none is
    place : where to look in the file: "paragraph 13", "table 2"
    strong : the words at its start that are printed bold
    """

    kind: str
    level: int
    words: str
    number: str
    place: str
    strong: str = ""

    @property
    def printed(self) -> str:
        """The words with the number in front, as a reader sees them."""
        return f"{self.number} {self.words}" if self.number else self.words


@dataclass(frozen=True)
class Row:
    """A row of a table: one text for each heading, empty where the cell is blank or merged into the one above or before it."""

    cells: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Table:
    """A table. heads : one for each column, none of them blank and no two alike; rows : those below, blank ones left out"""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    place: str


@dataclass(frozen=True)
class Left:
    """Something of the file that is not read, such as a text box, or not understood: where, its words, and why.

    words : empty where they are not known;  under : the heading that it stands under, by which pages group; "" for none
    """

    place: str
    words: str
    why: str
    under: str = ""


@dataclass(frozen=True)
class Outline:
    """A whole file. title : as the file itself marks it, empty where it marks none; unread : what its reader left"""

    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    title: str = ""
    unread: tuple[Left, ...] = ()

    def table(self, place: str) -> Table:
        """The table of a place."""
        return next(t for t in self.tables if t.place == place)


def cell_place(row: Row, head: str) -> str:
    """Where a cell stands: “table 2, row 3, column ‘Lead’”."""
    return f"{row.place}, column ‘{head}’"


def grouped(left: tuple[Left, ...]) -> list[tuple[str, list[Left]]]:
    """(heading, what is left under it) in the order of the file."""
    out: dict[str, list[Left]] = {}
    for one in left:
        out.setdefault(one.under, []).append(one)
    return list(out.items())


def as_json(outline: Outline) -> dict[str, Any]:
    """The outline as JSON takes it."""
    return asdict(outline)


def from_json(held: Mapping[str, Any]) -> Outline:
    """The outline that `as_json` gave."""
    return Outline(
        blocks=tuple(Block(**b) for b in held["blocks"]),
        tables=tuple(
            Table(tuple(t["heads"]), tuple(Row(tuple(r["cells"]), r["place"]) for r in t["rows"]), t["place"])
            for t in held["tables"]
        ),
        title=held["title"],
        unread=tuple(Left(**u) for u in held["unread"]),
    )
