"""A paper in signs that the font of our papers can print: one that it lacks is said in words, so that no sealed text stops a PDF.

Word and browsers have other fonts to turn to, and keep the signs as they were written.
"""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any

from csplan.documents import fonts
from csplan.documents.paper import Paper
from csplan.documents.settled import UNSAID

#: How signs are said that people do write and the font lacks; what says nothing is left out.
SAID = {
    "≥": "at least ",
    "≤": "at most ",
    "≠": "is not ",
    "≈": "about ",
    "→": "to",
    "⇒": "so",
    "✓": "yes",
    "✔": "yes",
    "✗": "no",
    "✘": "no",
    "‑": "-",
    "\t": " ",
    **dict.fromkeys("\r\u00ad\u200b\u200c\u200d\u2060\ufe0f\ufeff", ""),
}
#: Fields whose strings are addresses or drawings.
KEPT = UNSAID | {"link"}
#: Control characters, which no file of words may hold; the line feed and the tab stay.
CONTROLS = dict.fromkeys(n for n in (*range(32), *range(127, 160)) if chr(n) not in "\n\t")


def printable(paper: Paper) -> Paper:
    """The same paper with every word in signs that the font has. A letter with an accent it lacks loses the accent."""
    made = _printable(paper)
    assert isinstance(made, Paper)
    return made


def as_printed(words: str) -> str:
    """Words as a PDF has them."""
    return _in_words(words) if any(map(_is_lacking, set(words))) else words


def without_controls(value: Any) -> Any:
    """Plain values, nested as they are, without control characters."""
    if isinstance(value, str):
        return value.translate(CONTROLS)
    if isinstance(value, dict):
        return {without_controls(key): without_controls(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [without_controls(inside) for inside in value]
    return value


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return as_printed(value)
    if isinstance(value, tuple):
        return tuple(_printable(inside) for inside in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _printable(getattr(value, f.name)) for f in fields(value) if f.name not in KEPT})
    return value


def _in_words(words: str) -> str:
    """Signs in words; a word that brought its own space meets the one that was written."""
    return re.sub(r"\b(at least|at most|is not|about) {2,}", r"\1 ", "".join(map(_said, words)))


def _is_lacking(sign: str) -> bool:
    return sign != "\n" and ord(sign) not in fonts.signs()


def _said(sign: str) -> str:
    if not _is_lacking(sign):
        return sign
    if sign in SAID:
        return SAID[sign]
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if not _is_lacking(part))
    return plain or f"[sign U+{ord(sign):04X}]"
