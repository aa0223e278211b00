"""Files as a partnership might have them, made in the test: Word documents with real lists, workbooks and CSV."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

#: Levels of the list that a test adds: 1) (a) (i) and a bullet.
LEVELS = (("decimal", "%1)"), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("bullet", "•"))
LIST_ID = "77"


class Word:
    """A Word document under way, with a multi-level list of its own beside the styles of the template."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self._add_list()

    def _add_list(self) -> None:
        numbering = self.document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:pPr><w:ind w:left="{720 * (i + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for i, (form, text) in enumerate(LEVELS)
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{LIST_ID}">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{LIST_ID}"><w:abstractNumId w:val="{LIST_ID}"/></w:num>'))

    def heading(self, words: str, level: int = 1) -> None:
        self.document.add_heading(words, level)

    def paragraph(self, words: str, *, bold: str = "", style: str | None = None) -> Any:
        """A paragraph; `bold` is printed bold in front of the words."""
        made = self.document.add_paragraph(style=style)
        if bold:
            made.add_run(bold).bold = True
        made.add_run(words)
        return made

    def item(self, words: str, level: int = 0, *, bold: bool = False) -> None:
        """A line of the multi-level list: Word prints its number."""
        made = self.paragraph("" if bold else words, bold=words if bold else "")
        props = made._p.get_or_add_pPr()
        props.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{LIST_ID}"/></w:numPr>'))

    def bullet(self, words: str) -> None:
        self.document.add_paragraph(words, style="List Bullet")

    def xml(self, body: str) -> None:
        """A paragraph written as Word's own XML."""
        self.document.element.body.insert(-1, parse_xml(body.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))

    def table(self, rows: Sequence[Sequence[str]], *, merge_down: Sequence[int] = ()) -> Any:
        """A table; in columns of `merge_down` a blank cell is merged into the one above."""
        made = self.document.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, words in enumerate(row):
                made._tbl.tr_lst[i].tc_lst[j].p_lst[0].add_r().text = words
        for j in merge_down:
            for i in range(1, len(rows)):
                kind = "continue" if not rows[i][j] else "restart"
                made._tbl.tr_lst[i].tc_lst[j].get_or_add_tcPr().append(parse_xml(f'<w:vMerge {nsdecls("w")} w:val="{kind}"/>'))
        return made

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


@pytest.fixture
def word() -> Callable[[], Word]:
    """Begins a new Word document each time it is called."""
    return Word


def xlsx(sheets: dict[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = (), percent: Sequence[str] = ()) -> bytes:
    """A workbook of text and numbers. percent : addresses of cells shown as per cent"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/styles.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{kinds}</Types>',
        )
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        archive.writestr(
            "_rels/.rels",
            f'{rels}<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        links = "".join(
            f'<Relationship Id="s{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{rels}{links}<Relationship Id="st" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        )
        names = "".join(
            f'<sheet name="{name}" sheetId="{i}" r:id="s{i}" state="{"hidden" if name in hidden else "visible"}"/>'
            for i, name in enumerate(sheets, 1)
        )
        archive.writestr("xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets>{names}</sheets></workbook>')
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet {main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>',
        )
        for i, rows in enumerate(sheets.values(), 1):
            archive.writestr(
                f"xl/worksheets/sheet{i}.xml", f"<worksheet {main}><sheetData>{_rows(rows, percent)}</sheetData></worksheet>"
            )
    return out.getvalue()


def _rows(rows: Sequence[Sequence[Any]], percent: Sequence[str]) -> str:
    from xml.sax.saxutils import escape

    out = ""
    for n, row in enumerate(rows, 1):
        cells = ""
        for column, value in zip("ABCDEFGHIJKLMNOP", row, strict=False):
            style = ' s="1"' if f"{column}{n}" in percent else ""
            if isinstance(value, int | float):
                cells += f'<c r="{column}{n}"{style}><v>{value}</v></c>'
            elif value:
                cells += f'<c r="{column}{n}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        out += f'<row r="{n}">{cells}</row>'
    return out


def ods(name: str, rows: Sequence[Sequence[Any]]) -> bytes:
    """An OpenDocument spreadsheet of one sheet. A number given as (0.87,) is shown as per cent."""
    out = io.BytesIO()
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="{name}">{body}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return out.getvalue()


def _ods_cell(value: Any) -> str:
    if isinstance(value, tuple):
        return f'<table:table-cell office:value-type="percentage" office:value="{value[0]}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        if value
        else "<table:table-cell/>"
    )


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Makes an Excel workbook."""
    return xlsx


@pytest.fixture
def spreadsheet() -> Callable[..., bytes]:
    """Makes an OpenDocument spreadsheet."""
    return ods
