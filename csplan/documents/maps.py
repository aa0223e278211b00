"""Maps: hexagon maps from fixed seats, choropleths from simplified outlines, their key and their marks. No dots, ever.

A value is a number, or a status of `csplan.cycle.kpi.STATUSES` where there is none; an area without a value is missing.
Missing is hatched, suppressed is c on wash, zero is 0 on paper, not collected has a dashed edge: none has a colour of a class.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from csplan.documents.palette import DEEP, INK, LINE, PAPER, QUIET, RAMP, WASH
from csplan.documents.svg import (
    HATCHED,
    WIDE,
    Point,
    el,
    fitted,
    hatch,
    hexagon,
    number,
    ornament,
    picture,
    polygon,
    rect,
    text,
)

ROOT3 = math.sqrt(3)
#: How many classes -> the colours of the ramp that they take.
RAMPS = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
#: What an area without a colour of a class looks like: (fill, sign).
MARKS = {
    "zero": (PAPER, "0"),
    "missing": (HATCHED, ""),
    "suppressed": (WASH, "c"),
    "not_collected": (PAPER, ""),
}

Seats = Mapping[str, Sequence[int]]
Rings = Sequence[Sequence[Sequence[float]]]
Values = Mapping[str, float | str]
Places = Sequence[tuple[str, Collection[str]]]
#: (x, y) of the middle, half the width, half the height.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Classes:
    """Classes of a map: `edges` from the lowest value to the highest, and how many areas are in each class."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    digits: int

    def of(self, value: float) -> int:
        """The class of a value; an edge belongs to the class above it, the highest value to the last."""
        return next((i for i, edge in enumerate(self.edges[1:-1]) if value < edge), len(self.counts) - 1)

    def colour(self, value: float) -> str:
        """Its colour."""
        return RAMP[RAMPS[len(self.counts)][self.of(value)]]


def classes(values: Iterable[float | str], wanted: int = 5) -> Classes:
    """Up to five classes with about equal numbers of areas; areas with none are left out, because zero is a mark of its own.

    Edges are as round as they can be: a class may be a twentieth of the areas larger or smaller for it, and no edge is rounded
    across a value. Equal values are never parted, so there may be fewer classes.
    """
    some = sorted(float(v) for v in values if not isinstance(v, str) and v > 0)
    if not some:
        return Classes((0.0, 0.0), (0,), 0)
    places = [_places_near(some, round(len(some) * i / wanted)) for i in range(1, wanted)]
    for digits in range(5):
        inner = [_round_edge(some, near, digits) for near in places if near]
        if None not in inner:
            break
    low, high = min(_rounded(some[0], digits), some[0]), max(-_rounded(-some[-1], digits), some[-1])
    edges = (low, *sorted({v for v in inner if v is not None}), high)
    empty = Classes(edges, (0,) * (len(edges) - 1), digits)
    return Classes(edges, tuple(sum(empty.of(v) == i for v in some) for i in range(len(edges) - 1)), digits)


def _places_near(some: Sequence[float], place: int) -> list[int]:
    """Where two neighbouring values differ: within a twentieth of the areas, else the nearest such place; none where all are equal."""
    apart = sorted((k for k in range(1, len(some)) if some[k] > some[k - 1]), key=lambda k: abs(k - place))
    return [k for k in apart if abs(k - place) <= len(some) // 20] or apart[:1]


def _round_edge(some: Sequence[float], places: Sequence[int], digits: int) -> float | None:
    """A round number between the two values at the first place that has one; None where none has."""
    edges = ((_rounded(some[k], digits), k) for k in places)
    return next((edge for edge, k in edges if some[k - 1] < edge <= some[k]), None)


def _rounded(value: float, digits: int) -> float:
    """Rounded down."""
    return float(math.floor(value * 10**digits) / 10**digits)


def hex_map(
    seats: Seats,
    values: Values,
    bands: Classes,
    names: Mapping[str, str],
    *,
    title: str,
    desc: str,
    places: Places = (),
    highlight: Collection[str] = (),
    width: int = WIDE,
    key: str = "",
) -> str:
    """Every area as one hexagon of the same size.

    seats : {code: (column, row, whether the row is odd)}   fixed, so that a place never moves
    names : {code: words for pointer and screen reader}, such as "Shildon: 23.1 for each 1,000 households, 114 in all"
    places : [(words, codes)]                               town names over the middle of their areas
    highlight : codes drawn with a heavy edge
    """
    at, r, height = centres(seats, width)

    def draw(code: str, fill: str, edge: str, weight: float, dash: str | None) -> str:
        return polygon(hexagon(*at[code], r - 0.6), fill, edge, weight, dash)

    signs, covered = _signs(at, values, max(13, r * 0.6)) if r * 0.6 >= 8 else ("", [])
    body = [hatch(), _areas(at, draw, values, bands, names, highlight), signs, towns(at, places, width, height, covered)]
    return picture(width, height, *body, title=title, desc=desc, key=key)


def locator(
    seats: Seats, here: Collection[str], *, title: str, desc: str, places: Places = (), width: int = WIDE, key: str = ""
) -> str:
    """Where a place is: its hexagons filled, all the others empty."""
    at, r, height = centres(seats, width)
    body = [
        polygon(hexagon(*at[c], r - 0.4), DEEP if c in here else PAPER, DEEP if c in here else LINE, 0.7)
        for c in sorted(at, key=lambda c: c in here)
    ]
    body.append(towns(at, places, width, height))
    return picture(width, height, *body, title=title, desc=desc, key=key)


def choropleth(
    shapes: Mapping[str, Rings],
    values: Values,
    bands: Classes,
    names: Mapping[str, str],
    *,
    title: str,
    desc: str,
    places: Places = (),
    highlight: Collection[str] = (),
    width: int = WIDE,
    key: str = "",
) -> str:
    """The real outlines, in the same classes. shapes : {code: rings of (x, y) in metres}; inner rings are holes."""
    xs = [p[0] for rings in shapes.values() for ring in rings for p in ring]
    ys = [p[1] for rings in shapes.values() for ring in rings for p in ring]
    k = (width - 12) / (max(xs) - min(xs))
    left, top, height = min(xs), max(ys), (max(ys) - min(ys)) * k + 12

    def outline(rings: Rings) -> str:
        return "".join(
            "M" + "L".join(f"{(p[0] - left) * k + 6:.1f} {(top - p[1]) * k + 6:.1f}" for p in ring) + "Z" for ring in rings
        )

    def draw(code: str, fill: str, edge: str, weight: float, dash: str | None) -> str:
        return el(
            "path",
            d=outline(shapes[code]),
            fill=fill,
            fill_rule="evenodd",
            stroke=edge,
            stroke_width=weight * 0.7,
            stroke_linejoin="round",
            stroke_dasharray=dash,
        )

    boxes = {c: _box([((p[0] - left) * k + 6, (top - p[1]) * k + 6) for ring in shapes[c] for p in ring]) for c in shapes}
    middles = {code: (x, y) for code, (x, y, _) in boxes.items()}
    signs, covered = _signs({c: middles[c] for c in shapes if boxes[c][2] >= 24}, values, 13)
    body = [hatch(), _areas(shapes, draw, values, bands, names, highlight), signs, towns(middles, places, width, height, covered)]
    return picture(width, height, *body, title=title, desc=desc, key=key)


def centres(seats: Seats, width: float, pad: float = 6) -> tuple[dict[str, Point], float, float]:
    """{code: centre}, the radius that makes the honeycomb `width` wide, and its height."""
    across = {c: column + 0.5 * odd for c, (column, _, odd) in seats.items()}
    first, highest = min(across.values()), min(row for _, row, _ in seats.values())
    r = (width - 2 * pad) / ((max(across.values()) - first + 1) * ROOT3)
    at = {c: (pad + (across[c] - first + 0.5) * ROOT3 * r, pad + r + (seat[1] - highest) * 1.5 * r) for c, seat in seats.items()}
    return at, r, max(y for _, y in at.values()) + r + pad


def _areas(
    codes: Iterable[str],
    draw: Callable[[str, str, str, float, str | None], str],
    values: Values,
    bands: Classes,
    names: Mapping[str, str],
    highlight: Collection[str],
) -> str:
    """One group for each area: its shape and its words. Pale ones over dark ones, highlighted ones last."""
    layers: tuple[list[str], list[str], list[str]] = ([], [], [])
    for code in codes:
        value = values.get(code, "missing")
        mark = mark_of(value)
        fill = MARKS[mark][0] if mark else bands.colour(float(value))
        is_here, is_pale = code in highlight, mark is not None or fill == RAMP[0]
        edge = INK if is_here else LINE if is_pale else PAPER
        shape = draw(code, fill, edge, 3.5 if is_here else 0.9, "3 3" if mark == "not_collected" else None)
        layers[2 if is_here else 1 if is_pale else 0].append(el("g", el("title", escape(names[code])), shape, data_area=code))
    return "".join(map("".join, layers))


def mark_of(value: float | str) -> str | None:
    """The mark of `MARKS` that an area's value is drawn with; None where it has a colour of a class."""
    return value if isinstance(value, str) else None if value else "zero"


def _signs(at: Mapping[str, Point], values: Values, size: float) -> tuple[str, list[Box]]:
    """What is written in areas without a colour, and where, so that no name is written over it."""
    marks = {code: mark_of(values.get(code, "missing")) for code in at}
    signs = {code: MARKS[mark][1] for code, mark in marks.items() if mark and MARKS[mark][1]}
    drawn = [text(at[code][0], at[code][1] + 5, sign, size, INK, "middle") for code, sign in signs.items()]
    return "".join(drawn), [(*at[code], 0.4 * size, 0.45 * size) for code in signs]


def _box(points: Sequence[Point]) -> tuple[float, float, float]:
    """The middle of the box around some points, and its lesser side."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, min(max(xs) - min(xs), max(ys) - min(ys))


def towns(at: Mapping[str, Point], places: Places, width: float, height: float, covered: Sequence[Box] = ()) -> str:
    """Town names in ink on a halo of paper, each over the middle one of its own areas and kept inside the drawing.

    covered : the marks. Earlier names go first. A name that would cover a mark or an earlier name stands over another of
    its areas, or a little higher or lower to clear the mark; where nothing is free it is left out
    """
    size = 15 if width > 500 else 13
    out, taken, clear = [], list(covered), max((box[3] for box in covered), default=0.0) + 1
    for words, codes in places:
        rows = fitted(words, 8 * size, size)
        half, tall = size * 0.3 * max(map(len, rows)) + 2, 0.6 * size * len(rows)  # with the halo
        spots = [
            (min(max(x, half + 4), width - half - 4), y, half, tall) for x, y in _spots([at[c] for c in codes], clear + tall)
        ]
        spot = next((s for s in spots if tall <= s[1] <= height - tall and not any(_meet(s, t) for t in taken)), None)
        if spot is None:
            continue
        taken.append(spot)
        first = spot[1] + 0.35 * size - 0.55 * size * (len(rows) - 1)
        out += [
            text(spot[0], first + 1.1 * size * i, row, size, INK, "middle", bold=True, halo=True) for i, row in enumerate(rows)
        ]
    return "".join(out)


def _spots(points: Sequence[Point], step: float) -> list[Point]:
    """Where a name may stand, best first: on its areas, from the one nearest to their mean; then a step above or below them."""
    mean = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    nearest = sorted(points, key=lambda p: math.dist(p, mean))
    return [*nearest, *((x, y + way * step) for x, y in nearest for way in (-1, 1))]


def _meet(a: Box, b: Box) -> bool:
    return abs(a[0] - b[0]) < a[2] + b[2] and abs(a[1] - b[1]) < a[3] + b[3]


def key(bands: Classes, *, title: str, width: int = 420) -> str:
    """One swatch for each class with its edges under it and the number of areas above."""
    n = len(bands.counts)
    step = (width - 44) / n
    body = []
    for i, areas in enumerate(bands.counts):
        body.append(rect(22 + i * step, 22, step, 18, RAMP[RAMPS[n][i]], LINE, 0.8))
        body.append(text(22 + (i + 0.5) * step, 16, areas, 13, QUIET, "middle"))
    edges = [number(e, bands.digits) for e in bands.edges]
    body += [text(22 + i * step, 57, edge, 13, INK, "middle") for i, edge in enumerate(edges)]
    words = "; ".join(f"{edges[i]} to {edges[i + 1]}: {c} area{'' if c == 1 else 's'}" for i, c in enumerate(bands.counts))
    return picture(width, 64, *body, title=title, desc=words)


def mark(name: str, *, key: str = "") -> str:
    """One hexagon of `MARKS` for the key; the words of `csplan.cycle.kpi.STATUSES` stand beside it."""
    fill, sign = MARKS[name]
    body = [hatch()] if name == "missing" else []
    body.append(polygon(hexagon(18, 18, 16), fill, LINE, 1.2, "3 3" if name == "not_collected" else None))
    if sign:
        body.append(text(18, 23, sign, 14, INK, "middle"))
    return ornament(36, 36, *body, key=key)
