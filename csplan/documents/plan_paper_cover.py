"""The ornament of a plan's cover: a row of the honeycomb for each priority, a cell for each of its work areas, the thread through all."""

from collections.abc import Sequence
from math import sqrt

from csplan.documents.palette import PAPER, RAMP
from csplan.documents.svg import Point, el, hexagon, ornament

#: The drawing is as wide as the page and ends above the title; one unit is a quarter of a millimetre.
WIDTH, HEIGHT = 840.0, 480.0
#: The rows and the cells of a row that there is room for.
MOST_ROWS, MOST_CELLS = 8, 7
TOP, RIGHT = 46.0, 92.0


def ornament_of(work_areas: Sequence[int]) -> str:
    """An SVG without words. work_areas : how many each priority has, in order"""
    rows = [min(n, MOST_CELLS) for n in work_areas[:MOST_ROWS]]
    r = min(46.0, (HEIGHT - 2 * TOP) / (1.5 * max(len(rows) - 1, 0) + 2))
    heads = [_centre(row, 0, n, r) for row, n in enumerate(rows)]
    cells = [
        el(
            "polygon",
            points=_points(hexagon(*_centre(row, cell, n, r), r - 3)),
            fill=RAMP[(row + cell) % 3 + 1],
            fill_opacity=0.55,
        )
        for row, n in enumerate(rows)
        for cell in range(1, n + 1)
    ]
    firsts = [el("polygon", points=_points(hexagon(*at, r - 3)), fill="none", stroke=PAPER, stroke_width=2.5) for at in heads]
    thread = el("polyline", points=_points(heads), fill="none", stroke=PAPER, stroke_width=2.5, stroke_linejoin="round")
    knots = [el("circle", cx=x, cy=y, r=r * 0.16, fill=PAPER) for x, y in heads]
    return ornament(WIDTH, HEIGHT, *cells, *firsts, thread, *knots, key="plan cover")


def _centre(row: int, cell: int, cells: int, r: float) -> Point:
    """The middle of a cell: rows end at the right edge, every other one half a cell in."""
    step = sqrt(3) * r
    shift = step / 2 if row % 2 else 0.0
    return WIDTH - RIGHT - shift - (cells - cell) * step, TOP + r + row * 1.5 * r


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
