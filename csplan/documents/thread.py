"""How it fits together, as a drawing: one line from finding to review; and what the marks of the scorecard say."""

import itertools
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from csplan.documents.palette import ACCENT, INK, LINE, PAPER, QUIET
from csplan.documents.svg import el, line, picture, text


@dataclass(frozen=True)
class Knot:
    """One step: what kind of thing it is, its words, and whether anything is held there."""

    kind: str
    words: str
    is_held: bool = True
    is_here: bool = False


def thread_diagram(knots: Sequence[Knot], *, title: str, desc: str = "", width: int = 1060, key: str = "") -> str:
    """Knots on one line; filled where the reader is, dashed where nothing is held yet. Upright under 500 wide."""
    desc = desc or "; ".join(f"{k.kind}: {k.words}" + ("" if k.is_held else " (nothing held yet)") for k in knots)
    height, body = _upright(knots, width) if width < 500 else _level(knots, width)
    return picture(width, height, *body, title=title, desc=desc, key=key)


def _level(knots: Sequence[Knot], width: int) -> tuple[float, list[str]]:
    """From left to right."""
    step, y = width / len(knots), 62
    xs = [step * (i + 0.5) for i in range(len(knots))]
    wrapped = [textwrap.wrap(k.words, int(step / 8)) for k in knots]
    body = [_strand(xs[i], y, xs[i + 1], y, a, b) for i, (a, b) in enumerate(itertools.pairwise(knots))]
    for x, knot, rows in zip(xs, knots, wrapped, strict=True):
        body += [text(x, 30, knot.kind, 15, QUIET, "middle"), _ring(x, y, knot)]
        body += [text(x, y + 38 + 19 * i, row, 15, INK, "middle", bold=knot.is_here) for i, row in enumerate(rows)]
    return y + 34 + 19 * max(map(len, wrapped)), body


def _upright(knots: Sequence[Knot], width: int) -> tuple[float, list[str]]:
    """From top to bottom, for phones."""
    wrapped = [textwrap.wrap(k.words, int((width - 50) / 8)) for k in knots]
    ys = [26.0]
    for rows in wrapped:
        ys.append(ys[-1] + 36 + 19 * len(rows))
    body = [_strand(16, ys[i], 16, ys[i + 1], a, b) for i, (a, b) in enumerate(itertools.pairwise(knots))]
    for y, knot, rows in zip(ys, knots, wrapped, strict=False):
        body += [_ring(16, y, knot), text(44, y + 1, knot.kind, 14, QUIET)]
        body += [text(44, y + 20 + 19 * i, row, 15, INK, bold=knot.is_here) for i, row in enumerate(rows)]
    return ys[-1] - 20, body


def _strand(x1: float, y1: float, x2: float, y2: float, a: Knot, b: Knot) -> str:
    """The line between two knots; dashed where either end is empty."""
    whole = a.is_held and b.is_held
    return line(x1, y1, x2, y2, ACCENT if whole else LINE, 3, None if whole else "4 6")


def _ring(x: float, y: float, knot: Knot) -> str:
    return el(
        "circle",
        cx=float(x),
        cy=float(y),
        r=11,
        fill=ACCENT if knot.is_here else PAPER,
        stroke=ACCENT if knot.is_held else LINE,
        stroke_width=3,
        stroke_dasharray=None if knot.is_held else "4 4",
    )
