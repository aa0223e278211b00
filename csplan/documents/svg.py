"""The drawing kit: elements, scales and ticks. Every picture is one string of plain SVG.

No style attribute and no script, so a strict content security policy holds, and the same string goes to the page, the
PDF and the Word file. The same values give the same string: ids are made from what the picture holds, not counted.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from html import escape

from csplan.documents.palette import HAIR, INK, LINE, PAPER

FONT = "'Atkinson Hyperlegible', 'Atkinson', Arial, sans-serif"
#: Every picture is drawn twice, one to one: for a page or paper, and for a phone.
WIDE, NARROW = 724, 343
#: No word is drawn smaller than this.
SMALLEST = 13
#: Stands for the picture's own id inside ids and references, until `picture` knows it.
OWN = "\ue000"

Value = str | float | None
Point = tuple[float, float]
Scale = Callable[[float], float]


def el(name: str, *inside: str, **attributes: Value) -> str:
    """One element. Underscores in names become hyphens; attributes that are None are left out."""
    bits = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_short(value)}"' for key, value in attributes.items() if value is not None
    )
    body = "".join(inside)
    return f"<{name}{bits}>{body}</{name}>" if body else f"<{name}{bits}/>"


def _short(value: Value) -> str:
    """Numbers with at most one decimal; words escaped."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(str(value), quote=True)


def text(
    x: float,
    y: float,
    words: object,
    size: float = 14,
    fill: str = INK,
    anchor: str | None = None,
    *,
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Horizontal words. `halo` puts paper behind them where lines cross; `anchor` is middle or end."""
    if size < SMALLEST:
        raise ValueError(f"words of {size} are too small to read; the least is {SMALLEST}")
    return el(
        "text",
        escape(str(words)),
        x=float(x),
        y=float(y),
        font_size=size,
        fill=fill,
        text_anchor=anchor,
        font_weight="700" if bold else None,
        stroke=PAPER if halo else None,
        stroke_width=4 if halo else None,
        stroke_linejoin="round" if halo else None,
        paint_order="stroke" if halo else None,
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = HAIR, width: float = 1, dash: str | None = None) -> str:
    """One straight stroke."""
    return el(
        "line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), stroke=stroke, stroke_width=width, stroke_dasharray=dash
    )


def polyline(points: Iterable[Point], stroke: str = INK, width: float = 2, dash: str | None = None) -> str:
    """One unbroken stroke through points [(x, y)]."""
    return el(
        "polyline",
        points=_points(points),
        fill="none",
        stroke=stroke,
        stroke_width=width,
        stroke_linejoin="round",
        stroke_linecap="round",
        stroke_dasharray=dash,
    )


def polygon(
    points: Iterable[Point], fill: str, stroke: str | None = None, width: float | None = None, dash: str | None = None
) -> str:
    """A closed shape."""
    return el("polygon", points=_points(points), fill=fill, stroke=stroke, stroke_width=width, stroke_dasharray=dash)


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def dot(x: float, y: float, r: float = 4, fill: str = INK, stroke: str = PAPER, width: float = 1.5) -> str:
    """A disc with an edge of paper, so that it stands off a line."""
    return el("circle", cx=float(x), cy=float(y), r=r, fill=fill, stroke=stroke, stroke_width=width)


def rect(
    x: float, y: float, width: float, height: float, fill: str = HAIR, stroke: str | None = None, edge: float | None = None
) -> str:
    """A rectangle."""
    return el(
        "rect", x=float(x), y=float(y), width=float(width), height=float(height), fill=fill, stroke=stroke, stroke_width=edge
    )


def hexagon(x: float, y: float, r: float) -> tuple[Point, ...]:
    """The corners of a hexagon that stands on a point."""
    return tuple((x + r * math.sin(k * math.pi / 3), y - r * math.cos(k * math.pi / 3)) for k in range(6))


def hatch() -> str:
    """The pattern for months or areas that are not held: never a colour, so it cannot be read as a value."""
    return el(
        "defs",
        el(
            "pattern",
            rect(0, 0, 7, 7, PAPER),
            line(0, 0, 0, 7, stroke=LINE, width=1.3),
            id=f"hatch-{OWN}",
            width=7,
            height=7,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )


#: What to fill with where `hatch` stands in the same picture.
HATCHED = f"url(#hatch-{OWN})"


def scale(low: float, high: float, start: float, end: float) -> Scale:
    """Straight map from [low, high] to [start, end]."""
    return lambda value: start + (value - low) * (end - start) / (high - low or 1)


def ticks(high: float, wanted: int = 4, *, whole: bool = False) -> tuple[float, ...]:
    """Round values from zero to at least `high`; `whole` allows no step below one."""
    rough = max(high / wanted, 1 if whole else 0)
    unit = 10 ** math.floor(math.log10(rough)) if rough > 0 else 1
    step = next(s * unit for s in (1, 2, 2.5, 5, 10) if s * unit >= rough * 0.999 and not (whole and s * unit % 1))
    return tuple(round(step * i, 6) for i in range(max(1, math.ceil(high / step - 1e-9)) + 1))


def number(value: float, digits: int = 0) -> str:
    """12,345 or 9.6: a comma for thousands."""
    return f"{value:,.{digits}f}"


def fitted(words: str, width: float, size: float) -> tuple[str, ...]:
    """Words on as few rows as fit the width, by the mean width of a letter (0.55 of its size)."""
    room, rows = width / (0.55 * size), [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) > room and rows[-1]:
            rows.append(word)
        else:
            rows[-1] = longer
    return tuple(rows)


def apart(places: Sequence[float], gap: float) -> tuple[float, ...]:
    """Positions at least `gap` from one another, as near as they can be to where they belong, in the order given."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    at = [float(places[i]) for i in order]
    for _ in range(300):
        moved = False
        for i in range(len(at) - 1):
            lack = gap - (at[i + 1] - at[i])
            if lack > 0.1:
                at[i], at[i + 1], moved = at[i] - lack / 2, at[i + 1] + lack / 2, True
        if not moved:
            break
    back = dict(zip(order, at, strict=True))
    return tuple(back[i] for i in range(len(places)))


def picture(width: float, height: float, *inside: str, title: str, desc: str, key: str = "") -> str:
    """The outer element, named and described for people who cannot see it.

    Its ids come from a hash of all it holds. A page that prints the very same picture twice gives each its own `key`.
    """
    body = "".join(inside)
    own = hashlib.sha256("\n".join((key, title, desc, f"{width:g}", body)).encode()).hexdigest()[:10]
    return el(
        "svg",
        el("title", escape(title), id=f"title-{own}"),
        el("desc", escape(desc), id=f"desc-{own}"),
        body.replace(OWN, own),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="img",
        aria_labelledby=f"title-{own} desc-{own}",
        font_family=FONT,
    )


def ornament(width: float, height: float, *inside: str, key: str = "") -> str:
    """A drawing that says nothing of its own: the words stand beside it."""
    body = "".join(inside)
    own = hashlib.sha256((key + body).encode()).hexdigest()[:10]
    return el(
        "svg",
        body.replace(OWN, own),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        aria_hidden="true",
        focusable="false",
        font_family=FONT,
    )
