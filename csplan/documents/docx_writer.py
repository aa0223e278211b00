"""Print a paper as a Word document: real styles, numbering that starts again, header rows, alternative text.

The title is Word's Title; a heading of level 2 is Heading 1, and so on. Each drawing holds a PNG for every reader and the SVG
for newer Word. The same paper gives the same bytes.
"""

import io
from typing import Any

import resvg_py
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt, RGBColor

from csplan.documents import docx_xml as xml
from csplan.documents import fonts
from csplan.documents.docx_styles import TEXT_MM, colour, dress
from csplan.documents.paper import (
    Bullets,
    Callout,
    Columns,
    Contents,
    Cover,
    Figure,
    Heading,
    KeyFigures,
    Masthead,
    Numbered,
    Paper,
    Paragraph,
    Run,
    Steps,
    Table,
    Text,
    TitleBlock,
    Words,
    verbatim,
)
from csplan.documents.settled import settle

#: What Word uses where our font is not installed.
INSTEAD = "Verdana"
DOTS_AN_INCH = 150


def write(paper: Paper) -> bytes:
    """The paper as .docx bytes. CsplanError where the fonts for its pictures are not made."""
    return _Writer(settle(paper)).made()


def _words(text: Text) -> Words:
    return text if isinstance(text, Words) else verbatim(text)


class _Writer:
    """Holds the document being made; one method for each kind of block, named after it."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Any = Document()
        self.at: Any = self.document  # where the next block goes: the document, or a cell
        self.width = TEXT_MM
        self.cell_is_empty = False
        self.bookmarks = self.drawings = self.paragraph_list = 0
        dress(self.document, paper)

    def made(self) -> bytes:
        """The finished file."""
        self.block(self.paper.head)
        for block in self.paper.blocks:
            self.block(block)
        out = io.BytesIO()
        self.document.save(out)
        return xml.settled(out.getvalue(), self.paper.date, font=fonts.FAMILY, instead=INSTEAD)

    def block(self, block: Any) -> None:
        """Print any block."""
        getattr(self, type(block).__name__.lower())(block)

    # ---- words --------------------------------------------------------------------------------------------

    def add(self, style: str, text: Text = "", *, bold: bool = False, ink: str = "") -> Any:
        """A paragraph of a style where the next block goes. A new cell's own first paragraph is used."""
        paragraph = self.at.paragraphs[-1] if self.cell_is_empty else self.at.add_paragraph()
        self.cell_is_empty = False
        paragraph.style = self.document.styles[style]
        return self.say(paragraph, text, bold=bold, ink=ink)

    def say(self, paragraph: Any, text: Text, *, bold: bool = False, ink: str = "") -> Any:
        """Words with their marks as runs of a paragraph."""
        for run in _words(text).runs:
            made = paragraph.add_run(run.text)  # python-docx makes a line feed a line break
            made.bold, made.italic = (bold or run.strong) or None, run.emphasis or None
            if run.link:
                made.font.color.rgb = RGBColor.from_string(colour("accent"))
                made.font.underline = not run.link.startswith("#")
                xml.link(paragraph, made, run.link)
            elif ink:
                made.font.color.rgb = RGBColor.from_string(ink)
        return paragraph

    def mark(self, paragraph: Any, name: str) -> None:
        """Let links point here."""
        if name:
            self.bookmarks += 1
            xml.bookmark(paragraph, self.bookmarks, name)

    def heading(self, b: Heading) -> None:
        paragraph = self.add(f"Heading {b.level - 1}", b.text)
        if b.new_page:
            paragraph.paragraph_format.page_break_before, paragraph.paragraph_format.space_before = True, Pt(0)
        self.mark(paragraph, b.id)

    def paragraph(self, b: Paragraph) -> None:
        self.add({"lead": "Lead", "small": "Note"}.get(b.style, "Normal"), b.text)

    # ---- lists ----------------------------------------------------------------------------------------------

    def item(self, style: str, text: Text, number: int, level: int = 0) -> Any:
        """One item of a list."""
        paragraph = self.add(style, text)
        props = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        props.get_or_add_ilvl().val, props.get_or_add_numId().val = level, number
        return paragraph

    def bullets(self, b: Bullets) -> None:
        mark, wide = {"dot": ("•", 5), "box": ("☐", 8), "place": ("____", 14)}[b.mark]
        number = xml.add_list(self.document, [("bullet", mark, wide, wide)])
        for item in b.items:
            self.item("List Bullet", item, number)

    def steps(self, b: Steps) -> None:
        number = xml.add_list(self.document, [("decimal", "%1.", 7, 7)], start=b.first)
        for item in b.items:
            self.item("List Number", item, number)

    def numbered(self, b: Numbered) -> None:
        """Numbers run on through the paper; letters and roman numerals start again under each."""
        if not self.paragraph_list:
            levels = [("decimal", "%1", 12, 12), ("lowerLetter", "(%2)", 20, 8), ("lowerRoman", "(%3)", 28, 8)]
            self.paragraph_list = xml.add_list(self.document, levels)
        self.mark(self.item("Normal", b.text, self.paragraph_list), b.id)
        for part in b.parts:
            self.item("Normal", part.text, self.paragraph_list, 1)
            for under in part.parts:
                self.item("Normal", under, self.paragraph_list, 2)

    # ---- tables and figures ---------------------------------------------------------------------------------

    def caption(self, b: Table | Figure) -> None:
        """Number, headline, subtitle, each kept with what follows."""
        if b.number:
            self.mark(self.add("Caption number", f"{type(b).__name__} {b.number}"), b.id)
        if _words(b.headline).plain:
            self.add("Caption", b.headline)
        if _words(b.subtitle).plain:
            self.add("Caption subtitle", b.subtitle)

    def new_table(self, rows: int, columns: int) -> Any:
        self.cell_is_empty = False
        return self.at.add_table(rows, columns)

    def table(self, b: Table) -> None:
        accent, stone = colour("accent"), colour("stone")
        self.caption(b)
        table = self.new_table(1 + len(b.rows), len(b.head))
        widths = [self.width * w / sum(b.widths) for w in b.widths]
        xml.plain_table(table, widths, described=_words(b.headline).plain, has_head=True, is_small=b.small)
        for i, row in enumerate((b.head, *b.rows)):
            for j, text in enumerate(row):
                cell = table.rows[i].cells[j]
                paragraph = self.say(cell.paragraphs[0], text, bold=i == 0 or (j == 0 and b.row_heads))
                paragraph.style = self.document.styles["Table text small" if b.small else "Table text"]
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if b.align[j] == "r" else WD_ALIGN_PARAGRAPH.LEFT
                sides = {"top": (8, accent), "bottom": (6, accent)} if i == 0 else {"bottom": (3, stone)}
                xml.cell_look(cell, fill=colour("wash") if i == 0 else "", sides=sides)
            xml.keep_row(table.rows[i], is_head=i == 0)
        self.after(b)

    def after(self, b: Table | Figure) -> None:
        """The source; Word needs a paragraph between tables even where there is none."""
        if _words(b.source).plain:
            self.add("Source", b.source)
        else:
            form = self.add("Source").paragraph_format
            form.line_spacing, form.space_after = Pt(5), Pt(2)

    def figure(self, b: Figure) -> None:
        self.caption(b)
        paragraph = self.add("Normal")
        paragraph.paragraph_format.keep_with_next, paragraph.paragraph_format.line_spacing = True, 1.0
        self.drawing(paragraph, b)
        self.after(b)

    def drawing(self, paragraph: Any, b: Figure) -> None:
        """A PNG in the paragraph, the SVG beside it, and the words for both."""
        png = resvg_py.svg_to_bytes(
            svg_string=b.svg,
            width=int(self.width / 25.4 * DOTS_AN_INCH),
            font_files=[str(path) for path in fonts.files()],
            skip_system_fonts=True,
            font_family=fonts.FAMILY,
        )
        shape = paragraph.add_run().add_picture(io.BytesIO(bytes(png)), width=Mm(self.width))
        self.drawings += 1
        for name, words in (("descr", b.alt), ("title", _words(b.headline).plain), ("name", f"Picture {self.drawings}")):
            shape._inline.docPr.set(name, words)
        xml.add_svg(self.document, shape, b.svg, self.drawings)

    # ---- boxes and columns ------------------------------------------------------------------------------------

    def callout(self, b: Callout) -> None:
        tone = colour({"note": "accent", "limit": "concern", "ask": "good", "example": "accent-deep"}[b.tone])
        for i, text in enumerate((b.title, *b.text)):
            is_last = i == len(b.text)
            paragraph = self.add("Normal", text, bold=i == 0, ink=tone if i == 0 else "")
            form = paragraph.paragraph_format
            form.left_indent, form.right_indent, form.keep_with_next, form.keep_together = Mm(4), Mm(3), not is_last, True
            form.space_before, form.space_after = Pt(8 if i == 0 else 0), Pt(12 if is_last else 4)
            xml.borders(paragraph, {"left": (24, tone)}, space=8)
            xml.shade(paragraph, colour("wash"))

    def keyfigures(self, b: KeyFigures) -> None:
        """A table laid out as a row of figures, read in order."""
        table = self.new_table(1, len(b.items))
        xml.plain_table(table, [self.width / len(b.items)] * len(b.items), described="Key figures", has_head=False)
        for cell, item in zip(table.rows[0].cells, b.items, strict=True):
            xml.cell_look(cell, sides={"top": (16, colour("accent"))})
            cell.paragraphs[0].style = self.document.styles["Key figure"]
            self.say(cell.paragraphs[0], item.figure)
            self.say(cell.add_paragraph(style=self.document.styles["Table text"]), item.what, bold=True)
            self.say(cell.add_paragraph(style=self.document.styles["Note"]), item.note)
        self.add("Source").paragraph_format.space_after = 0

    def columns(self, b: Columns) -> None:
        table = self.new_table(1, 2)
        outer = self.at, self.width
        shares = (b.share, 1 - b.share)
        xml.plain_table(table, [self.width * s for s in shares], described="Two columns", has_head=False)
        for cell, blocks, share in zip(table.rows[0].cells, (b.left, b.right), shares, strict=True):
            self.at, self.width, self.cell_is_empty = cell, outer[1] * share - 5, True
            for inner in blocks:
                self.block(inner)
        (self.at, self.width), self.cell_is_empty = outer, False

    # ---- heads ----------------------------------------------------------------------------------------------

    def titleblock(self, b: TitleBlock) -> None:
        self.add("Normal", b.committee, bold=True).paragraph_format.space_after = Pt(0)
        xml.borders(self.add("Normal", b.date, bold=True), {"bottom": (10, colour("accent"))}, space=6)
        self.add("Title", b.title)
        for line in b.lines:
            paragraph = self.add("Normal", line.label, bold=True)
            paragraph.add_run().add_break()
            self.say(paragraph, line.text)
        xml.borders(paragraph, {"bottom": (4, colour("stone"))}, space=8)

    def masthead(self, b: Masthead | Cover) -> None:
        """Words of paper colour on a band of the accent; the Title stays a Title."""
        accent = colour("accent")
        for style, text, is_bold in (("Note", b.kicker, True), ("Title", b.title, False), ("Normal", b.line, False)):
            paragraph = self.add(style, text, bold=is_bold, ink=colour("paper"))
            xml.shade(paragraph, accent)
            form = paragraph.paragraph_format
            form.space_before = form.space_after = Pt(0)
            form.left_indent = form.right_indent = Mm(2)
            xml.borders(paragraph, dict.fromkeys(("top", "bottom", "left", "right"), (24, accent)), space=4)
        form.space_after = Pt(12)

    def cover(self, b: Cover) -> None:
        """The band, and the facts under it."""
        self.masthead(b)
        for fact in b.facts:
            paragraph = self.add("Normal", f"{fact.label}: ", bold=True)
            paragraph.paragraph_format.space_after = Pt(2)
            self.say(paragraph, fact.text)

    def contents(self, b: Contents) -> None:
        """A link to each section, with its page as Word works it out."""
        self.add("Heading 1", b.title)
        for name, text in b.entries:
            paragraph = self.add("Normal", Words((Run(text, link=f"#{name}"),)))
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run("\t")
            xml.field(paragraph, f"PAGEREF {xml.anchor(name)} \\h", "–", is_stale=True)
