"""The look of a paper in Word: real styles that a council may restyle, the page, its running lines and properties.

A council's own template is a set of styles with the same names. No template with macros is ever opened.
"""

from datetime import datetime
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from csplan.documents import docx_xml as xml
from csplan.documents.fonts import FAMILY
from csplan.documents.palette import TOKENS
from csplan.documents.paper import Cover, Paper

TEXT_MM = 165.0


def colour(token: str) -> str:
    """A token as Word writes a colour."""
    return TOKENS[token].removeprefix("#").upper()


def dress(document: Any, paper: Paper) -> None:
    """Give an empty document its page, styles, properties and running lines."""
    _page(document)
    _styles(document, paper.size, has_chapters=isinstance(paper.head, Cover))
    _properties(document, paper)
    _running_lines(document, paper)


def _page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22.5)
    page.top_margin, page.bottom_margin, page.header_distance, page.footer_distance = Mm(22), Mm(19), Mm(11), Mm(9)


def _styles(document: Any, size: float, *, has_chapters: bool) -> None:
    accent, quiet = colour("accent"), colour("quiet")
    _style(document, "Normal", size, after=0.5, line=1.05)  # the font's own line is 1.24 of its size
    _style(document, "Title", size * 1.7, bold=True, ink=accent, before=0.5, after=0.3)
    for level, large in ((1, 1.6), (2, 1.15)) if has_chapters else ((1, 1.25), (2, 1.06)):
        _style(document, f"Heading {level}", size * large, bold=True, ink=accent, before=0.95, after=0.35, keep=True)
    _style(document, "Lead", size * 1.2, base="Normal", ink=accent, after=0.6, line=1.03)
    _style(document, "Note", size * 0.82, base="Normal", ink=quiet, after=0.4)
    _style(document, "Running line", 8.5, base="Normal", ink=quiet, after=0)
    _style(document, "Caption", size, bold=True, after=0, keep=True)
    _style(document, "Caption number", size * 0.82, base="Normal", ink=quiet, before=0.7, after=0, keep=True)
    _style(document, "Caption subtitle", size * 0.86, base="Normal", ink=quiet, after=0.25, keep=True)
    _style(document, "Source", size * 0.77, base="Normal", ink=quiet, before=0.2, after=0.7)
    _style(document, "Table text", size * 0.9, base="Normal", after=0)
    _style(document, "Table text small", size * 0.8, base="Normal", after=0)
    _style(document, "Key figure", size * 2.1, base="Normal", bold=True, ink=accent, after=0)
    for name in ("List Bullet", "List Number"):
        _style(document, name, size, after=0.25, line=1.05)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(xml.element("lang", val="en-GB", eastAsia="en-GB"))


def _style(
    document: Any,
    name: str,
    size: float,
    *,
    base: str = "",
    bold: bool | None = None,
    ink: str = "",
    before: float = 0,
    after: float = 0.5,
    keep: bool = False,
    line: float = 1.0,
) -> None:
    """One paragraph style. `before` and `after` are shares of its size."""
    styles = document.styles
    style = styles[name] if name in [s.name for s in styles] else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if base:
        style.base_style = styles[base]
    style.font.name, style.font.size, style.font.bold, style.font.italic = FAMILY, Pt(int(size * 2) / 2), bold, False
    style.font.color.rgb = RGBColor.from_string(ink or colour("ink"))
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn("w:" + theme), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn("w:" + kind), FAMILY)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing, form.keep_with_next = Pt(size * before), Pt(size * after), line, keep
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def _properties(document: Any, paper: Paper) -> None:
    core = document.core_properties
    core.title, core.subject, core.author, core.last_modified_by = paper.title, paper.subject, paper.author, paper.author
    core.language, core.keywords, core.comments, core.revision = "en-GB", "", "", 1
    core.created = core.modified = datetime(paper.date.year, paper.date.month, paper.date.day)
    compatible = document.settings.element.find(qn("w:compat"))
    for old in compatible.findall(qn("w:useFELayout")):
        compatible.remove(old)
    for setting in compatible.findall(qn("w:compatSetting")):  # lay out as present-day Word does, not as Word 2007
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _running_lines(document: Any, paper: Paper) -> None:
    """Partnership and title above every page but the first; footer and page number below every page."""
    page = document.sections[0]
    page.different_first_page_header_footer = True
    head = page.header.paragraphs[0]
    _two_ends(document, head, f"{paper.header}\t{paper.title}", "bottom")
    for part in (page.footer, page.first_page_footer):
        foot = part.paragraphs[0]
        _two_ends(document, foot, f"{paper.footer}\tPage ", "top")
        xml.field(foot, "PAGE", "1")
        foot.add_run(" of ")
        xml.field(foot, "NUMPAGES", "1")


def _two_ends(document: Any, paragraph: Any, words: str, side: str) -> None:
    paragraph.style = document.styles["Running line"]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(words)
    xml.borders(paragraph, {side: (4, colour("stone"))}, space=4)
