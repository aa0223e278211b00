"""The words of a Word paragraph as a reader sees them: deleted text is out, inserted text is in, and what stands apart is named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Tracked away, or said of the text and not part of it.
_OUT = {qn(f"w:{name}") for name in ("del", "moveFrom", "rPr", "pPr", "delText", "instrText", "delInstrText")}
_SPACES = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote", qn("w:commentReference"): "comment"}
_TEXT, _RUN, _BOX = qn("w:t"), qn("w:r"), qn("w:txbxContent")
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
#: Values by which Word's XML says no.
_NO = {"0", "false", "off", "none"}


@dataclass(frozen=True)
class Apart:
    """What stands in a paragraph and is not part of its line. ref : the note's number in its own part of the file"""

    kind: str
    words: str = ""
    ref: str = ""


@dataclass
class Words:
    """A paragraph's words. strong : those at its start that are printed bold; apart : text boxes, pictures, notes, hidden words"""

    text: str = ""
    strong: str = ""
    apart: list[Apart] = field(default_factory=list)

    def clean(self) -> "Words":
        """The same with every space counted once and lines kept apart."""
        return Words(tidy(self.text), tidy(self.strong), self.apart)


def tidy(text: str) -> str:
    """One space between words; line ends kept, blank lines not."""
    lines = (" ".join(line.split()) for line in text.replace("\u00ad", "").split("\n"))
    return "\n".join(line for line in lines if line)


def is_on(element: Any) -> bool:
    """Whether a switch of Word's XML, such as bold, is there and says yes."""
    return element is not None and str(element.get(qn("w:val"), "1")).lower() not in _NO


def words_of(paragraph: Any, *, is_bold: bool = False, bold_styles: frozenset[str] = frozenset()) -> Words:
    """The words of a paragraph's XML.

    is_bold : whether its style is;  bold_styles : ids of the character styles that are
    """
    found, still_bold = Words(), True
    for piece, bold in _pieces(paragraph, found.apart, is_bold, bold_styles):
        found.text += piece
        still_bold = still_bold and (bold or not piece.strip())
        if still_bold:
            found.strong += piece
    return found.clean()


def _pieces(element: Any, apart: list[Apart], is_bold: bool, bold_styles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """(text, whether it is bold) of everything below an element, in order."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _OUT:
            continue
        if tag == _RUN:
            yield from _run(child, apart, is_bold, bold_styles)
        elif tag in (_TEXT, _MATHS):
            yield child.text or "", is_bold
        elif tag in _SPACES:
            yield _SPACES[tag], is_bold
        elif tag in _PICTURES:
            apart.append(_picture(child))
        elif tag in _NOTES:
            apart.append(Apart(_NOTES[tag], ref=child.get(qn("w:id"), "")))
        elif tag == f"{MC}AlternateContent":
            yield from _pieces(_first(child), apart, is_bold, bold_styles)
        elif tag != qn("w:p"):
            yield from _pieces(child, apart, is_bold, bold_styles)


def _first(alternate: Any) -> Any:
    """The newest of the ways in which a thing is written for different programs: the others say the same again."""
    return next((c for c in alternate if c.tag == f"{MC}Choice"), alternate[0] if len(alternate) else ())


def _run(run: Any, apart: list[Apart], is_bold: bool, bold_styles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    props = run.find(qn("w:rPr"))
    if props is not None:
        own, style = props.find(qn("w:b")), props.find(qn("w:rStyle"))
        if own is not None:
            is_bold = is_on(own)
        elif style is not None and style.get(qn("w:val")) in bold_styles:
            is_bold = True
        if is_on(props.find(qn("w:vanish"))):
            hidden = tidy("".join(text for text, _ in _pieces(run, apart, is_bold, bold_styles)))
            apart.extend([Apart("hidden words", hidden)] if hidden else [])
            return
    yield from _pieces(run, apart, is_bold, bold_styles)


def _picture(drawing: Any) -> Apart:
    boxes = [b for b in drawing.iter(_BOX) if not _is_repeat(b, drawing)]
    if boxes:
        lines = (plain(p) for box in boxes for p in box.iter(qn("w:p")))
        return Apart("text box", "\n".join(line for line in lines if line))
    described = next((e.get("descr") or e.get("alt") for e in drawing.iter() if e.get("descr") or e.get("alt")), "")
    return Apart("picture", tidy(described or ""))


def _is_repeat(box: Any, top: Any) -> bool:
    """Whether a text box is the older program's copy of one that is there already."""
    while box is not None and box is not top:
        if box.tag == f"{MC}Fallback":
            return True
        box = box.getparent()
    return False


def plain(paragraph: Any) -> str:
    """The words of a paragraph on one line."""
    return words_of(paragraph).text.replace("\n", " ")
