"""A partnership's own colours: three values, checked so that every word on them can be read, and the style sheet they make.

Everything else of the dress stays, and so do improvement and concern: they mean the same at every partnership.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from csplan.documents import palette
from csplan.documents.contrast import WORDS, contrast, mixed
from csplan.documents.palette import INK, PAPER, QUIET, WASH

HEX = re.compile(r"#[0-9a-f]{6}")
#: name -> what it is for, in words
NAMES: dict[str, str] = {
    "accent": "Accent: links, buttons and the line under the name",
    "deep": "Deep: the same, darker; grounds with white words",
    "tint": "Tint: the same, very pale; grounds with dark words",
}
NOT_A_COLOUR = "Write a colour as # and six figures or letters from a to f, such as #7a2a63"
#: Steps by which a colour is made darker or paler until it can be read.
STEPS = 50


@dataclass(frozen=True)
class Colours:
    """Three colours as #rrggbb: accent, deep and tint."""

    accent: str
    deep: str
    tint: str


HOUSE = Colours(palette.ACCENT, palette.DEEP, palette.TINT)


def tidy(said: str) -> str:
    """A colour as it is written here: “7A2A63” and “#7A2A63” are #7a2a63."""
    plain = said.strip().lower()
    return plain if plain.startswith("#") or not plain else f"#{plain}"


def problems(said: Mapping[str, str]) -> dict[str, str]:
    """{name: what to mend, with a colour near it that would do}; empty when all three can be used.

    said : accent, deep and tint, as `tidy` gives them
    """
    wrong = {name: NOT_A_COLOUR for name in NAMES if not HEX.fullmatch(said.get(name, ""))}
    if wrong:
        return wrong
    accent, deep, tint = (said[name] for name in NAMES)
    if not _reads_as_accent(accent):
        near = _nearest(accent, INK, _reads_as_accent)
        wrong["accent"] = f"Words in {accent} on white or stone are too pale to read: {_far(accent, WASH)}. {near} would do"
    if not _reads_as_deep(deep):
        near = _nearest(deep, INK, _reads_as_deep)
        wrong["deep"] = f"White words on {deep} are too hard to read: {_far(deep, PAPER)}. {near} would do"
    if "accent" not in wrong and not _reads_as_tint(tint, accent):
        near = _nearest(tint, PAPER, lambda colour: _reads_as_tint(colour, accent))
        lowest = min((QUIET, accent), key=lambda words: contrast(words, tint))
        wrong["tint"] = f"Words in {lowest} on {tint} are too hard to read: {_far(lowest, tint)}. {near} would do"
    return wrong


def _reads_as_accent(colour: str) -> bool:
    return all(contrast(colour, ground) >= WORDS for ground in (PAPER, WASH))


def _reads_as_deep(colour: str) -> bool:
    return contrast(PAPER, colour) >= WORDS


def _reads_as_tint(colour: str, accent: str) -> bool:
    return all(contrast(words, colour) >= WORDS for words in (INK, QUIET, accent))


def _far(a: str, b: str) -> str:
    """The contrast held and asked, in words. Cut, not rounded: 4.49 is not 4.5."""
    return f"{int(contrast(a, b) * 10) / 10} to 1, and {WORDS} is needed"


def _nearest(colour: str, towards: str, reads: Callable[[str], bool]) -> str:
    """The colour with the least of another mixed in that can be read."""
    shades = (mixed(colour, towards, step / STEPS) for step in range(STEPS + 1))
    return next(shade for shade in shades if reads(shade))


def style_sheet(colours: Colours) -> str:
    """The style sheet of three colours, over the house's own; drawings that hold the house's colours take the new ones too."""
    accent, deep, tint = colours.accent, colours.deep, colours.tint
    root = {
        "--csp-accent": accent,
        "--csp-accent-deep": deep,
        "--csp-accent-tint": tint,
        "--govuk-brand-colour": accent,
        "--govuk-link-colour": accent,
        "--govuk-link-hover-colour": deep,
    }
    lines = [":root {", *(f"  {name}: {value};" for name, value in root.items()), "}"]
    for house, own in ((HOUSE.accent, accent), (HOUSE.deep, deep), (HOUSE.tint, tint)):
        for attribute in ("fill", "stroke"):
            lines.append(f'svg [{attribute}="{house}"] {{ {attribute}: {own}; }}')
    return "\n".join(lines) + "\n"


def fingerprint(sheet: str) -> str:
    """What stands in the address of a style sheet, so that a browser may keep it for ever."""
    return hashlib.sha256(sheet.encode()).hexdigest()[:12]
