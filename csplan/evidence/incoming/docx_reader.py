"""A Word document as an outline: headings, lists with the numbers that Word prints, paragraphs and tables, in order."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn

from csplan.cycle import numbering
from csplan.cycle.outline import Block, Left, Outline, Table
from csplan.errors import InputRejected
from csplan.evidence.incoming import docx_numbering, docx_styles, grid, package
from csplan.evidence.incoming.docx_nesting import Nesting
from csplan.evidence.incoming.docx_words import Apart, Words, words_of

#: A bold line of more words than this is a sentence that matters, not a heading.
HEADING_WORDS = 25
BOLD_LINE_LEVEL = 10
ROWS, CELLS, TABLES, PARAGRAPHS = 20_000, 200_000, 500, 20_000

#: Elements that hold paragraphs and tables of the text itself.
_HOLDERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_PARAGRAPH, _TABLE, _FOREIGN = qn("w:p"), qn("w:tbl"), qn("w:altChunk")
_WHY = {
    "text box": "a text box is not part of the text's own order",
    "picture": "a picture is not read",
    "footnote": "a footnote is not part of its line",
    "endnote": "an endnote is not part of its line",
    "comment": "a comment is about the text, not part of it",
    "hidden words": "these words are hidden in the file",
    "header": "the head of the pages is not part of the text",
    "footer": "the foot of the pages is not part of the text",
}
_CONTENTS = "the table of contents says again what follows"


def read(data: bytes, name: str) -> Outline:
    """The outline of a Word document. A file that cannot be opened, or holds too much, is refused with a sentence."""
    shown = package.safe_name(name)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        rels = [rel for rel in document.part.rels.values() if not rel.is_external]
        parts = {rel.reltype.rsplit("/", 1)[-1]: rel.target_part for rel in rels}
        numbers = parts["numbering"].element if "numbering" in parts else None
        edges = [
            (kind, words) for rel in rels for kind in ("header", "footer") if _is(rel, kind) for words in _lines(rel.target_part)
        ]
        notes = {kind: _notes(parts.get(f"{kind}s")) for kind in ("footnote", "endnote", "comment")}
    except Exception as e:  # whatever a damaged file makes the reader of its parts raise
        raise InputRejected(package.damaged(shown)) from e
    if body is None:
        raise InputRejected(package.damaged(shown))
    styles = docx_styles.read(document.styles.element)
    run = _Run(shown, styles, docx_numbering.read(numbers, styles.nums), notes)
    for element, is_contents in _elements(body):
        run.take(element, is_contents)
    for kind, line in dict.fromkeys(edges):
        run.unread.append(Left(f"the {kind} of the pages", line, _WHY[kind]))
    return run.outline()


def _is(rel: Any, kind: str) -> bool:
    return str(rel.reltype).endswith(f"/{kind}")


def _lines(part: Any) -> list[str]:
    """The lines of a header or footer."""
    from docx.oxml import parse_xml

    return [line for p in parse_xml(part.blob).iter(_PARAGRAPH) if (line := words_of(p).text.replace("\n", " "))]


def _notes(part: Any) -> dict[str, str]:
    """{number: words} of the notes of a part."""
    from docx.oxml import parse_xml

    if part is None:
        return {}
    root = parse_xml(part.blob)
    return {
        note.get(qn("w:id"), ""): " ".join(words_of(p).text.replace("\n", " ") for p in note.iter(_PARAGRAPH)).strip()
        for note in root
    }


def _elements(parent: Any, is_contents: bool = False) -> Iterator[tuple[Any, bool]]:
    """(paragraph or table, whether it belongs to a table of contents) in order."""
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE, _FOREIGN):
            yield child, is_contents
        elif child.tag in _HOLDERS:
            gallery = child.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
            yield from _elements(child, is_contents or (gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"))


@dataclass
class _Run:
    """One reading under way. carried : words of a paragraph whose end was deleted, which belong to the next"""

    shown: str
    styles: docx_styles.Styles
    lists: docx_numbering.Lists
    notes: dict[str, dict[str, str]]
    nesting: Nesting = field(default_factory=Nesting)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    unread: list[Left] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    carried: Words = field(default_factory=Words)
    paragraphs: int = 0
    tables_seen: int = 0
    rows: int = 0
    cells: int = 0

    def take(self, element: Any, is_contents: bool) -> None:
        """One paragraph or table of the text."""
        if element.tag == _TABLE:
            self.table(element)
        elif element.tag == _FOREIGN:
            self.unread.append(Left(self.place(), "", "a file is put in here that is not read"))
        else:
            self.paragraph(element, is_contents)

    def place(self) -> str:
        return f"paragraph {max(self.paragraphs, 1)}"

    def outline(self) -> Outline:
        return Outline(tuple(self.blocks), tuple(self.tables), " ".join(self.titles), tuple(self.unread))

    def put_apart(self, apart: list[Apart], place: str) -> None:
        for thing in apart:
            words = thing.words or self.notes.get(thing.kind, {}).get(thing.ref, "")
            self.unread.append(Left(place, words, _WHY[thing.kind]))

    # ---- paragraphs ----

    def paragraph(self, element: Any, is_contents: bool) -> None:
        props = element.find(qn("w:pPr"))
        style = self.styles.of(docx_numbering.value(props, "w:pStyle"))
        words = words_of(element, is_bold=style.is_bold, bold_styles=self.styles.bold)
        words = Words(
            f"{self.carried.text} {words.text}".strip(), self.carried.strong or words.strong, [*self.carried.apart, *words.apart]
        )
        self.carried = Words()
        if _end_is_deleted(props):
            self.carried = words
            return
        listed = self.numbered(props, style)
        self.paragraphs += bool(words.text)
        self.put_apart(words.apart, self.place())
        if self.paragraphs > PARAGRAPHS:
            raise InputRejected(f"{self.shown} holds more than {PARAGRAPHS:,} paragraphs. Give the plan's part alone.")
        if not words.text:
            return
        if is_contents or style.is_contents:
            self.unread.append(Left(self.place(), words.text, _CONTENTS))
            return
        lines = [line for line in words.text.split("\n") if line]
        if listed is None and not style.heading and sum(bool(numbering.split(line)[0]) for line in lines) > 1:
            for i, line in enumerate(lines, 1):  # a list typed with line ends in one paragraph
                self.line(Words(line), None, style, props, f"{self.place()}, line {i}")
        else:
            joined = Words(" ".join(lines), words.strong.replace("\n", " "))
            self.line(joined, listed, style, props, self.place())

    def line(
        self, words: Words, listed: docx_numbering.Numbered | None, style: docx_styles.Style, props: Any, place: str
    ) -> None:
        """One line of the text as a block."""
        text, number, is_listed = words.text, "", listed is not None
        level = _heading_level(props, style)
        if listed is None or listed.number == numbering.BULLET:
            number, text = numbering.split_heading(text) if level is not None else numbering.split(text)
        if listed is not None and not number:
            number = listed.number
        strong = text if words.strong == words.text else words.strong.removeprefix(number).strip()
        if level is None and _is_bold_line(text, strong) and not is_listed:
            level = BOLD_LINE_LEVEL
        if level is not None:
            self.nesting.clear()
            self.titles += [text] if style.is_title else []
            self.blocks.append(Block("heading", level, text, number, place, strong))
        elif number or is_listed:
            depth = self.nesting.level(number, listed, self.indent(props, style, listed))
            self.blocks.append(Block("item", depth, text, number, place, strong))
        else:
            self.blocks.append(Block("paragraph", 0, text, "", place, strong))

    def numbered(self, props: Any, style: docx_styles.Style) -> docx_numbering.Numbered | None:
        """What Word prints in front of a paragraph; None where it is in no list."""
        own = None if props is None else props.find(qn("w:numPr"))
        num = docx_numbering.value(own, "w:numId") or style.num
        if num is None or num == "0":
            return None
        level = docx_numbering.value(own, "w:ilvl")
        if level is None:
            level = str(style.num_level if style.num_level is not None else self.lists.level_of_style(num, style.id))
        return self.lists.next(num, docx_numbering.whole(level))

    def indent(self, props: Any, style: docx_styles.Style, listed: docx_numbering.Numbered | None) -> int:
        own = None if props is None else props.find(qn("w:ind"))
        if own is not None:
            return docx_numbering.indent(own)
        return listed.indent if listed is not None and listed.indent else style.indent

    # ---- tables ----

    def table(self, element: Any) -> None:
        self.tables_seen += 1
        place = f"table {self.tables_seen}"
        rows, places = [], []
        for n, tr in enumerate(_rows(element), 1):
            if is_deleted(tr):
                continue
            rows.append(self.row(tr, f"{place}, row {n}"))
            places.append(f"{place}, row {n}")
        width = max(map(len, rows), default=0)
        self.rows += len(rows)
        self.cells += width * len(rows)
        if self.rows > ROWS or self.cells > CELLS or self.tables_seen > TABLES:
            raise InputRejected(
                f"{self.shown} holds tables of more than {ROWS:,} rows or {CELLS:,} cells. Give the plan's part alone."
            )
        above, table = grid.arrange(grid.Grid([[*row, *[""] * (width - len(row))] for row in rows], places, place))
        self.nesting.clear()
        self.blocks += above
        if table is not None:
            self.tables.append(table)
            self.blocks.append(Block("table", 0, "", "", place))

    def row(self, tr: Any, place: str) -> list[str]:
        """The cells of a row; a cell over several columns is followed by blank ones."""
        before = docx_numbering.whole(docx_numbering.value(tr, "w:trPr/w:gridBefore"))
        cells = [""] * min(before, CELLS)
        for tc in _cells(tr):
            span = docx_numbering.whole(docx_numbering.value(tc, "w:tcPr/w:gridSpan"), 1)
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            if not 0 < span <= CELLS:
                raise InputRejected(package.damaged(self.shown))
            cells += ["" if goes_on else self.cell(tc, place), *[""] * (span - 1)]
        return cells

    def cell(self, tc: Any, place: str) -> str:
        """The lines of a cell, each with the number that is printed in front of it; a table inside it is read line by line."""
        lines = []
        for paragraph in tc.iter(_PARAGRAPH):
            if _is_inside_box(paragraph, tc):
                continue
            props = paragraph.find(qn("w:pPr"))
            words, listed = words_of(paragraph), self.numbered(props, self.styles.of(docx_numbering.value(props, "w:pStyle")))
            self.put_apart(words.apart, place)
            if words.text:
                lines.append(f"{listed.number} {words.text}".strip() if listed else words.text)
        return "\n".join(lines)


def _end_is_deleted(props: Any) -> bool:
    return props is not None and props.find(f"{qn('w:rPr')}/{qn('w:del')}") is not None


def is_deleted(tr: Any) -> bool:
    """Whether a row was deleted while changes were tracked."""
    return tr.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _heading_level(props: Any, style: docx_styles.Style) -> int | None:
    own = None if props is None else props.find(qn("w:outlineLvl"))
    if own is not None:
        level = docx_numbering.whole(own.get(qn("w:val")), 9)
        return level + 1 if 0 <= level < 9 else None
    return 1 if style.is_title else style.heading


def _is_bold_line(text: str, strong: str) -> bool:
    return strong == text and len(text.split()) <= HEADING_WORDS and text[-1] not in ".;,"


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in _HOLDERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in _HOLDERS:
            yield from _cells(child)


def _is_inside_box(paragraph: Any, cell: Any) -> bool:
    above = paragraph.getparent()
    while above is not None and above is not cell:
        if above.tag == qn("w:txbxContent"):
            return True
        above = above.getparent()
    return False
