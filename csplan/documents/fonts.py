"""Atkinson Hyperlegible as files for papers and pictures: where they are, and which signs they can print."""

import struct
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from csplan.errors import CsplanError

FAMILY = "Atkinson Hyperlegible"
NAMES = ("Regular", "Bold", "Italic", "BoldItalic")
FOLDER = Path(__file__).with_name("fonts")


def files() -> tuple[Path, ...]:
    """The four font files. CsplanError where they have not been made."""
    found = tuple(FOLDER / f"AtkinsonHyperlegible-{name}.ttf" for name in NAMES)
    if not all(path.is_file() for path in found):
        raise CsplanError("The fonts for papers are not here yet. Run `make assets` once to make them.")
    return found


def folder() -> Path:
    """The folder that holds them."""
    return files()[0].parent


@lru_cache
def signs() -> frozenset[int]:
    """Every code point that the regular font can print (the others were cut from the same design and hold the same)."""
    return frozenset(_mapped(files()[0].read_bytes()))


def _mapped(font: bytes) -> Iterable[int]:
    """Code points of the font's Unicode table, format 4 (OpenType specification, `cmap`)."""
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * _u16(font, 4), 16)}
    cmap = tables[b"cmap"]
    for at in range(cmap + 4, cmap + 4 + 8 * _u16(font, cmap + 2), 8):
        start = cmap + struct.unpack_from(">I", font, at + 4)[0]
        if _u16(font, start) == 4:
            segments = _u16(font, start + 6) // 2
            ends, firsts = start + 14, start + 16 + 2 * segments
            for i in range(segments):
                first, last = _u16(font, firsts + 2 * i), _u16(font, ends + 2 * i)
                yield from range(first, last + 1) if first != 0xFFFF else ()


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def check_signs(texts: Iterable[str]) -> None:
    """Refuse a sign that the font lacks: it would be printed as an empty box."""
    lacking = sorted({sign for text in texts for sign in text if ord(sign) not in signs() and sign != "\n"})
    if lacking:
        named = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in lacking)
        raise CsplanError(f"The font of our papers has no sign for {named}. Write it in words.")
