"""The numbers that Word prints in front of its lists. A file does not hold them: they are counted from its list definitions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from csplan.cycle import numbering

#: How Word calls the ways to write a number -> how it is written. All others are written as 1, 2, 3.
FORMATS = {
    "lowerLetter": numbering.letters,
    "upperLetter": lambda n: numbering.letters(n).upper(),
    "lowerRoman": numbering.roman,
    "upperRoman": lambda n: numbering.roman(n).upper(),
    "decimalZero": lambda n: f"{n:02d}",
    "none": lambda n: "",
}
#: Levels that Word's lists have.
LEVELS = 9


def value(parent: Any, path: str, attribute: str = "val") -> str | None:
    """An attribute of a child of Word's XML, by its path such as "w:lvlText"; None where there is none."""
    found = None if parent is None else parent.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else found.get(qn(f"w:{attribute}"))


def whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number out of Word's XML; `otherwise` where it is missing or no number."""
    try:
        return int(float(text)) if text is not None else otherwise
    except (ValueError, OverflowError):
        return otherwise


@dataclass(frozen=True)
class ListLevel:
    """One level of a list. style : the paragraph style that stands for it; indent : how far in, in twentieths of a point"""

    start: int
    format: str
    text: str
    style: str | None
    indent: int
    is_legal: bool
    restarts: bool


@dataclass(frozen=True)
class Numbered:
    """What stands in front of a paragraph of a list. list_id : the same for all paragraphs counted together"""

    number: str
    list_id: str
    level: int
    indent: int


@dataclass
class Lists:
    """The lists of a file, and how far each has counted."""

    levels: Mapping[str, Mapping[int, ListLevel]]
    abstract_of: Mapping[str, str]
    starts: Mapping[tuple[str, int], int]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, num: str, style: str | None) -> int:
        """The level of a list that a paragraph style stands for; the outermost where none does."""
        levels = self.levels.get(self.abstract_of.get(num, ""), {})
        return next((i for i, level in levels.items() if style is not None and level.style == style), 0)

    def next(self, num: str, level: int) -> Numbered | None:
        """Count one paragraph of a list, and give what stands in front of it; None for a list that is not defined."""
        abstract = self.abstract_of.get(num)
        levels = self.levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return None
        counts = self.counts.setdefault(abstract, {})
        key = (num, level)
        if key in self.starts and key not in self.started:
            counts[level] = self.starts[key] - 1
        self.started.add(key)
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [i for i in counts if i > level and (i not in levels or levels[i].restarts)]:
            del counts[deeper]
        return Numbered(_printed(levels, counts, level), abstract, level, levels[level].indent)


def _printed(levels: Mapping[int, ListLevel], counts: Mapping[int, int], level: int) -> str:
    here = levels[level]
    if here.format == "bullet":
        return numbering.BULLET
    text = here.text
    for i in range(LEVELS):
        sign = f"%{i + 1}"
        if sign in text and i in levels:
            write = str if here.is_legal else FORMATS.get(levels[i].format, str)
            text = text.replace(sign, write(counts.get(i, levels[i].start)))
    return text.strip()


def read(part: Any, style_nums: Mapping[str, str]) -> Lists:
    """The lists of a file's numbering part; none where it has no such part.

    part : the root of numbering.xml, or None;  style_nums : {style: list that the style itself names}
    """
    if part is None:
        return Lists({}, {}, {})
    abstracts = {a.get(qn("w:abstractNumId")): a for a in part.findall(qn("w:abstractNum"))}
    nums = {n.get(qn("w:numId")): n for n in part.findall(qn("w:num"))}
    abstract_of = {num: value(n, "w:abstractNumId") or "" for num, n in nums.items()}
    linked = {num: _linked(abstracts.get(a), style_nums, abstract_of) or a for num, a in abstract_of.items()}
    starts = {
        (num, whole(o.get(qn("w:ilvl")))): whole(value(o, "w:startOverride"))
        for num, n in nums.items()
        for o in n.findall(qn("w:lvlOverride"))
        if value(o, "w:startOverride") is not None
    }
    return Lists({key: _levels(a) for key, a in abstracts.items()}, linked, starts)


def _linked(abstract: Any, style_nums: Mapping[str, str], abstract_of: Mapping[str, str]) -> str | None:
    """The definition that a list borrows from a list style; None where it has its own."""
    style = value(abstract, "w:numStyleLink")
    return abstract_of.get(style_nums.get(style, "")) if style else None


def _levels(abstract: Any) -> dict[int, ListLevel]:
    out = {}
    for lvl in abstract.findall(qn("w:lvl")):
        ind = lvl.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        out[whole(lvl.get(qn("w:ilvl")))] = ListLevel(
            start=whole(value(lvl, "w:start"), 1),
            format=value(lvl, "w:numFmt") or "decimal",
            text=value(lvl, "w:lvlText") or "",
            style=value(lvl, "w:pStyle"),
            indent=indent(ind),
            is_legal=lvl.find(qn("w:isLgl")) is not None,
            restarts=value(lvl, "w:lvlRestart") != "0",
        )
    return out


def indent(ind: Any) -> int:
    """How far in the first letter stands, of an element of indents; 0 where there is none."""
    return 0 if ind is None else whole(ind.get(qn("w:left"), ind.get(qn("w:start"))))
