"""The small pieces of Word's own XML that python-docx does not make: links, borders, shades, header rows, lists, drawings."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table

#: Properties of a paragraph that must follow its shade: Word may call a file damaged when they stand in another order.
AFTER_SHADE = tuple(
    f"w:{name}" for name in "tabs suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl rPr sectPr".split()
)
SVG_BLIP = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{rid}"/></a:ext></a:extLst>'
)


def element(tag: str, body: str = "", **attributes: object) -> Any:
    """One element of Word's main vocabulary."""
    bits = "".join(f' w:{key}="{value}"' for key, value in attributes.items())
    return parse_xml(f"<w:{tag} {nsdecls('w')}{bits}>{body}</w:{tag}>")


def anchor(name: str) -> str:
    """A bookmark's name that Word takes: letters, digits and underscores, at most 40."""
    return "p_" + re.sub(r"[^A-Za-z0-9]", "_", name)[:37]


def bookmark(paragraph: Any, number: int, name: str) -> None:
    """A bookmark round a paragraph, so that a link can point to it."""
    at = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(at, element("bookmarkStart", id=number, name=anchor(name)))
    paragraph._p.append(element("bookmarkEnd", id=number))


def field(paragraph: Any, code: str, shown: str, *, is_stale: bool = False) -> None:
    """A field that Word works out, such as the page number; a stale one as soon as the file is opened."""
    stale = ' w:dirty="true"' if is_stale else ""
    paragraph._p.append(element("r", f'<w:fldChar w:fldCharType="begin"{stale}/>'))
    paragraph._p.append(element("r", f'<w:instrText xml:space="preserve"> {code} </w:instrText>'))
    for body in ('<w:fldChar w:fldCharType="separate"/>', f"<w:t>{shown}</w:t>", '<w:fldChar w:fldCharType="end"/>'):
        paragraph._p.append(element("r", body))


def link(paragraph: Any, run: Any, target: str) -> None:
    """Make a run of the paragraph a link to a place in the paper (#id) or to an address."""
    made = OxmlElement("w:hyperlink")
    if target.startswith("#"):
        made.set(qn("w:anchor"), anchor(target[1:]))
    else:
        made.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    made.append(run._r)
    paragraph._p.append(made)


def borders(paragraph: Any, sides: Mapping[str, tuple[int, str]], *, space: int) -> None:
    """Lines around a paragraph: {side: (eighths of a point, colour)}."""
    order = [s for s in ("top", "left", "bottom", "right") if s in sides]
    body = "".join(f'<w:{s} w:val="single" w:sz="{sides[s][0]}" w:space="{space}" w:color="{sides[s][1]}"/>' for s in order)
    paragraph._p.get_or_add_pPr().insert_element_before(element("pBdr", body), "w:shd", *AFTER_SHADE)


def shade(paragraph: Any, fill: str) -> None:
    """A ground for a paragraph."""
    props = paragraph._p.get_or_add_pPr()
    props.insert_element_before(element("shd", val="clear", color="auto", fill=fill), *AFTER_SHADE)


def cell_look(cell: Any, *, fill: str = "", sides: Mapping[str, tuple[int, str]] | None = None) -> None:
    """Lines and ground of a cell."""
    props = cell._tc.get_or_add_tcPr()
    lines = (sides or {}).items()
    props.append(element("tcBorders", "".join(f'<w:{s} w:val="single" w:sz="{z}" w:color="{c}"/>' for s, (z, c) in lines)))
    if fill:
        props.append(element("shd", val="clear", color="auto", fill=fill))


def keep_row(row: Any, *, is_head: bool) -> None:
    """A row that does not break, and a head row that repeats on every page."""
    props = row._tr.get_or_add_trPr()
    props.append(element("cantSplit"))
    if is_head:
        props.append(element("tblHeader"))


def plain_table(table: Table, widths_mm: Sequence[float], *, described: str, has_head: bool, is_small: bool = False) -> None:
    """Fixed widths, no grid, small margins, and a description for screen readers."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    x, y = (44, 30) if is_small else (60, 45)  # twentieths of a point
    props = table._tbl.tblPr
    for old in props.findall(qn("w:tblLook")):
        props.remove(old)
    margins = "".join(f'<w:{side} w:w="{w}" w:type="dxa"/>' for side, w in (("top", y), ("left", x), ("bottom", y), ("right", x)))
    props.append(element("tblCellMar", margins))
    props.append(
        element("tblLook", val="0020", firstRow=int(has_head), lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1)
    )
    words = OxmlElement("w:tblDescription")
    words.set(qn("w:val"), described)
    props.append(words)


def add_list(document: Any, levels: Sequence[tuple[str, str, float, float]], *, start: int = 1) -> int:
    """A list of its own: (form of the number, its words, indent mm, hanging mm) for each level. Returns its number."""
    root = document.part.numbering_part.element
    taken = [int(n.get(qn("w:abstractNumId"))) for n in root.findall(qn("w:abstractNum"))]
    key = max(taken, default=0) + 1
    body = '<w:multiLevelType w:val="multilevel"/>' + "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left * 56.7:.0f}" w:hanging="{hang * 56.7:.0f}"/></w:pPr></w:lvl>'
        for i, (form, words, left, hang) in enumerate(levels)
    )
    made = element("abstractNum", body, abstractNumId=key)
    first = root.find(qn("w:num"))
    if first is None:
        root.append(made)
    else:
        first.addprevious(made)
    return int(root.add_num(key).numId)


def add_svg(document: Any, shape: Any, svg: str, number: int) -> None:
    """Put the drawing itself beside its picture: newer Word shows it, every other reader the picture."""
    part = Part(PackURI(f"/word/media/drawing{number}.svg"), "image/svg+xml", svg.encode(), document.part.package)
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip
    blip.append(parse_xml(SVG_BLIP.format(rid=document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))))


def settled(data: bytes, day: date, *, font: str, instead: str) -> bytes:
    """The same archive with fixed times and order, and the font to use where ours is not installed."""
    named = f'<w:font w:name="{font}"><w:altName w:val="{instead}"/><w:family w:val="swiss"/></w:font></w:fonts>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            body = old.read(name)
            if name == "word/fontTable.xml":
                body = body.replace(b"</w:fonts>", named.encode())
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, body)
    return out.getvalue()
