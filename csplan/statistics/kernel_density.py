"""How thickly points lie around each spot of a map: a smooth surface in place of a scatter of dots.

Each point is spread over a round hill of one width, and the hills are added up. The width decides what is seen: a narrow one shows
every corner, a wide one only districts. So it is always said. Points that were moved before they were published, as to the middle of
a street, cannot show anything finer than that move.
"""

from dataclasses import dataclass
from math import pi

import numpy as np

from csplan.statistics.hotspots import DEGREES
from csplan.statistics.inputs import Array, Many, amounts

#: Points taken together: few enough for their hills to stay in the processor's own memory.
_POINTS = 8192


@dataclass(frozen=True)
class KernelDensity:
    """How thickly points lie, at the middle of each cell.

    density : array (rows, columns)   events for each square metre
    x, y : array                      the middles of columns and rows, in metres
    bandwidth : float                 how far a point is felt, in metres
    events : float                    how many in all
    """

    density: Array
    x: Array
    y: Array
    bandwidth: float
    events: float


def quartic(points: Many, x: Many, y: Many, *, bandwidth: float, counts: Many | None = None) -> KernelDensity:
    """The density of points at the middle of each cell of a map, by the quartic kernel.

    points : array (points, 2)         metres east and north
    x, y : array (columns,), (rows,)   metres east of the middles of columns, metres north of the middles of rows; both rising
    bandwidth : float                  h, how far a point is felt, in metres; more than zero
    counts : array (points,) or None   events at each point; None for one at each
    Returns KernelDensity(density, x, y, bandwidth, events)

    f(s) = 3 / (pi h^2) sum (1 - d^2 / h^2)^2 over all points at a distance d < h from s. Each hill holds 1 in all, so f adds up to
    the events over the whole ground, but for what lies beyond its edge: near an edge of the points f is too low.

    Every point within the bandwidth is counted as it lies; nothing is rounded to a cell or left out for being far.

    Raises ValueError when a point is not known, when x or y do not rise, when the bandwidth is not more than zero, when all looks
    like degrees, or naming the first count that is negative or missing.

    Source: Silverman (1986), equation 4.5, the kernel K2 of two dimensions.

    >>> found = quartic([[0, 0], [300, 0]], [0, 150, 900], [0, 150], bandwidth=300)
    >>> (1e6 * found.density).round(3).tolist()
    [[10.61, 11.937, 0.0], [5.968, 5.305, 0.0]]
    """
    at, columns, rows = _metres(points), _rising(x, "x"), _rising(y, "y")
    if not 0 < bandwidth < np.inf:
        raise ValueError(f"bandwidth is {bandwidth}: it must be more than zero and have an end")
    n = np.ones(len(at)) if counts is None else _known(counts, len(at))
    _refuse_degrees(np.concatenate([at.ravel(), columns, rows]))
    found = _hills(at, None if counts is None else n, columns, rows, bandwidth)
    return KernelDensity(3 / (pi * bandwidth**2) * found, columns, rows, float(bandwidth), float(n.sum()))


def _hills(at: Array, n: Array | None, x: Array, y: Array, h: float) -> Array:
    """The sum of n (1 - d^2/h^2)^2 at each cell: each point is set beside the few columns and rows that it reaches."""
    column, row = np.searchsorted(x, at[:, 0] - h), np.searchsorted(y, at[:, 1] - h)
    middles_x, most_x = _beyond(x, h)
    middles_y, most_y = _beyond(y, h)
    wide = x.size + most_x
    cell = row * wide + column
    # Points of one cell and the next stand together, so that few numbers are touched at a time.
    order = np.argsort(cell, kind="stable")
    found = np.zeros((y.size + most_y) * wide)
    for start in range(0, len(at), _POINTS):
        here = order[start : start + _POINTS]
        corner = cell[here[0]]
        target = cell[here] - corner + np.arange(most_x)[:, None]
        east = _squared(middles_x[column[here] + np.arange(most_x)[:, None]], at[here, 0], h)
        north = 1 - _squared(middles_y[row[here] + np.arange(most_y)[:, None]], at[here, 1], h)
        least, room = east.min(axis=1), np.empty_like(east)
        for k, left in enumerate(north):
            reached = np.flatnonzero(least < left.max())
            if not reached.size:
                continue
            some = slice(reached[0], reached[-1] + 1)
            hill = np.subtract(left, east[some], out=room[some])
            np.maximum(hill, 0.0, out=hill)
            np.multiply(hill, hill, out=hill)
            if n is not None:
                hill *= n[here]
            # In a row further north the same cells stand one width further on.
            added = np.bincount(target[some].ravel(), hill.ravel())
            first = corner + k * wide
            found[first : first + added.size] += added
    return found.reshape(-1, wide)[: y.size, : x.size]


def _beyond(middles: Array, h: float) -> tuple[Array, int]:
    """The most columns (or rows) that a point can reach, and their middles with as many endlessly far ones beyond the map."""
    most = int((np.searchsorted(middles, middles + 2 * h, side="right") - np.arange(middles.size)).max())
    return np.concatenate([middles, np.full(most, np.inf)]), most


def _squared(middles: Array, at: Array, h: float) -> Array:
    """(distance / h)^2 in one direction."""
    middles -= at
    middles /= h
    middles *= middles
    return middles


def _metres(points: Many) -> Array:
    at = np.asarray(points, dtype=np.float64)
    if at.ndim != 2 or at.shape[1:] != (2,):
        raise ValueError(f"points have shape {at.shape}: each must be metres east and north")
    if not np.isfinite(at).all():
        first = int(np.argwhere(~np.isfinite(at).all(axis=1))[0, 0])
        raise ValueError(f"points[{first}] is not known: every one needs metres east and north")
    return at


def _rising(middles: Many, name: str) -> Array:
    found = np.asarray(middles, dtype=np.float64)
    if found.ndim != 1 or not found.size or not np.isfinite(found).all() or not (np.diff(found) > 0).all():
        raise ValueError(f"{name} must be one list of metres, each more than the one before")
    return found


def _refuse_degrees(all_numbers: Array) -> None:
    if np.abs(all_numbers).max() <= DEGREES:
        raise ValueError("points and cells look like degrees of longitude and latitude: give metres, as of the National Grid")


def _known(counts: Many, points: int) -> Array:
    n = amounts(counts, "counts")
    if n.shape != (points,):
        raise ValueError(f"counts have shape {n.shape}: there must be one for each of the {points} points")
    if np.isnan(n).any():
        raise ValueError(f"counts[{int(np.argmax(np.isnan(n)))}] is missing: a density needs them all")
    return n
