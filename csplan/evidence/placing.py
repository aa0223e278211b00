"""Points placed in areas by their outlines, each distinct point once.

For checks and for partners' own data only: every published number is a sum over small areas by the code in the files. Map
points of police.uk are snapped, so real files repeat each of them many times, and the work is on the distinct ones.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray


def place(lon: ArrayLike, lat: ArrayLike, polygons: Sequence[Any]) -> NDArray[np.int64]:
    """For each point the place in `polygons` of the area that holds it, or -1.

    lon, lat : (points,), degrees, or any units that the polygons share; a point with NaN lies nowhere
    polygons : shapely polygons and multipolygons in order of their codes; a hole is outside
    Returns (points,): a point on an edge that several areas share is in the first of them, the one with the lowest code.
    Raises ValueError where there are not as many longitudes as latitudes.
    """
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"{x.size:,} longitudes and {y.size:,} latitudes are no list of points.")
    out = np.full(x.shape, -1, np.int64)
    real = np.isfinite(x) & np.isfinite(y)
    one_of_each, which = _distinct(x[real], y[real])
    out[real] = _first_area(shapely.points(x[real][one_of_each], y[real][one_of_each]), polygons)[which]
    return out


def _distinct(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(one point of each kind by its place, for each point its kind). Equal points mostly share a kind; unequal ones never do.

    Points are put in order of a mixture of their bits, which is faster than ordering pairs: equal points come to lie together,
    unless another kind has the same mixture, and then one kind may be told twice.
    """
    mixed = (x.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ^ (y.view(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F))
    order = np.argsort(mixed)
    along, up = x[order], y[order]
    is_new = np.ones(x.shape, bool)
    is_new[1:] = (along[1:] != along[:-1]) | (up[1:] != up[:-1])
    kind = np.empty(x.shape, np.int64)
    kind[order] = np.cumsum(is_new) - 1
    return order[is_new], kind


def _first_area(points: NDArray[np.object_], polygons: Sequence[Any]) -> NDArray[np.int64]:
    """For each point, shapely's, the first polygon that covers it, or -1; each polygon is prepared once."""
    if not len(polygons):
        return np.full(len(points), -1, np.int64)
    area, point = shapely.STRtree(points).query(np.asarray(polygons, object), predicate="covers")
    first = np.full(len(points), len(polygons), np.int64)
    np.minimum.at(first, point, area)
    return np.where(first == len(polygons), -1, first)
