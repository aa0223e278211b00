"""What the styles of a Word file say of a paragraph: heading, title, contents, bold, and the list it belongs to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from csplan.evidence.incoming.docx_numbering import indent, value, whole
from csplan.evidence.incoming.docx_words import is_on

#: Styles are based on one another so many times at most; more is a ring.
DEEPEST = 12


@dataclass(frozen=True)
class Style:
    """A paragraph style with what it inherits. heading : 1 to 9, None for none; num, num_level : the list it belongs to"""

    id: str | None = None
    heading: int | None = None
    is_title: bool = False
    is_contents: bool = False
    is_bold: bool = False
    num: str | None = None
    num_level: int | None = None
    indent: int = 0


@dataclass(frozen=True)
class Styles:
    """All styles of a file. bold : ids of bold character styles; nums : {style: list that it names}"""

    paragraphs: Mapping[str, Style]
    default: Style
    bold: frozenset[str]
    nums: Mapping[str, str]

    def of(self, style: str | None) -> Style:
        """The style of an id; the default one where none is named."""
        return self.default if style is None else self.paragraphs.get(style, self.default)


def read(root: Any) -> Styles:
    """The styles of a file, from the root of styles.xml."""
    found = {s.get(qn("w:styleId"), ""): s for s in root.findall(qn("w:style"))}
    paragraphs = {key: _style(key, found) for key, s in found.items() if s.get(qn("w:type")) == "paragraph"}
    default = next((k for k in paragraphs if found[k].get(qn("w:default")) in ("1", "true")), None)
    bold = {k for k, s in found.items() if s.get(qn("w:type")) == "character" and is_on(s.find(f"{qn('w:rPr')}/{qn('w:b')}"))}
    nums = {key: num for key, s in found.items() if (num := value(s, "w:pPr/w:numPr/w:numId"))}
    return Styles(paragraphs, paragraphs[default] if default else Style(), frozenset(bold), nums)


def _style(key: str, found: Mapping[str, Any]) -> Style:
    """A style with what it inherits from those it is based on; the nearest one that says a thing decides it."""
    chain: list[Any] = []
    at: str | None = key
    while at is not None and at in found and len(chain) < DEEPEST:
        chain.append(found[at])
        at = value(found[at], "w:basedOn")
    name = (value(chain[0], "w:name") or "").lower()
    named = next((m for s in chain if (m := re.fullmatch(r"heading (\d)", (value(s, "w:name") or "").lower()))), None)
    outline = _said(chain, "w:pPr/w:outlineLvl")
    level = whole(outline, 9) if outline is not None else None
    if level is None and named:
        level = whole(named[1]) - 1
    bold = next((b for s in chain if (b := s.find(f"{qn('w:rPr')}/{qn('w:b')}")) is not None), None)
    ind = next((i for s in chain if (i := s.find(f"{qn('w:pPr')}/{qn('w:ind')}")) is not None), None)
    num_level = _said(chain, "w:pPr/w:numPr/w:ilvl")
    return Style(
        id=key,
        heading=level + 1 if level is not None and 0 <= level < 9 else None,
        is_title=name == "title",
        is_contents=bool(re.match(r"toc \d|table of figures|toc heading", name)),
        is_bold=is_on(bold),
        num=_said(chain, "w:pPr/w:numPr/w:numId"),
        num_level=None if num_level is None else whole(num_level),
        indent=indent(ind),
    )


def _said(chain: list[Any], path: str) -> str | None:
    return next((v for s in chain if (v := value(s, path)) is not None), None)
