"""What lies where on the ground: postcodes and divisions fitted to small areas, and outlines thin enough to draw."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

from carry.grid import to_grid
from carry.tables import features, rows

Shapes = dict[str, BaseGeometry]

#: How far a line may be thinned, and what its corners are rounded to. Metres.
THIN_M = 170
ROUND_M = 50
#: Islands smaller than this are left out of the drawing. Square metres.
SMALLEST_PART_M2 = 20_000


def shapes(path: Path, key: str) -> Shapes:
    """{code: polygon in National Grid metres} of one boundary file in longitude and latitude."""
    held = {f["properties"][key]: shape(f["geometry"]) for f in features(path)}
    return {code: shapely.transform(geometry, _on_grid) for code, geometry in sorted(held.items())}


def _on_grid(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Points (n, 2) of longitude and latitude as easting and northing."""
    return np.column_stack(to_grid(points[:, 0], points[:, 1]))


def names(path: Path, code: str, name: str) -> dict[str, str]:
    """{code: name} of one boundary file."""
    return {f["properties"][code]: f["properties"][name] for f in features(path)}


def postcode_points(path: Path, district: str) -> dict[str, tuple[float, float]]:
    """{postcode: (easting, northing)} of one district."""
    return {r["postcode"]: (float(r["easting"]), float(r["northing"])) for r in rows(path) if r["lad_code"] == district}


def placed(points: Mapping[str, tuple[float, float]], areas: Shapes) -> dict[str, str]:
    """{name: code of the area it lies in, or of the nearest area where it lies in none}."""
    codes = sorted(areas)
    at = list(points)
    dots = shapely.points(np.array([points[name] for name in at]))
    tree = shapely.STRtree([areas[code] for code in codes])
    # A dot on a shared line lies in two areas, one outside in none: the nearest, lowest code first, settles both.
    which_dot, which_area = tree.query_nearest(dots, all_matches=True)
    first: dict[int, int] = {}
    for dot, area in zip(which_dot.tolist(), which_area.tolist(), strict=True):
        first[dot] = min(area, first.get(dot, area))
    return {name: codes[first[i]] for i, name in enumerate(at)}


def homes_by_division(lsoa_of: Mapping[str, str], division_of: Mapping[str, str]) -> dict[str, Counter[str]]:
    """{LSOA: {division: postcodes}}; postcodes stand in for homes."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for postcode, lsoa in lsoa_of.items():
        out[lsoa][division_of[postcode]] += 1
    return out


def best_fit(homes: Mapping[str, Counter[str]]) -> dict[str, str]:
    """{LSOA: the division that most of its postcodes lie in}; the lower code where two have as many."""
    return {lsoa: min(n, key=lambda division: (-n[division], division)) for lsoa, n in homes.items()}


def fitted(
    choice: Mapping[str, str], homes: Mapping[str, Counter[str]], people: Mapping[str, int]
) -> tuple[dict[str, float], dict[str, float]]:
    """({LSOA: share of its postcodes in its division}, {division: share of its people in the LSOAs that stand for it})."""
    of_lsoa = {lsoa: homes[lsoa][division] / homes[lsoa].total() for lsoa, division in choice.items()}
    inside: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for lsoa, n in homes.items():
        for division, count in n.items():
            living = people[lsoa] * count / n.total()
            whole[division] += living  # type: ignore[assignment]
            inside[division] += living if choice[lsoa] == division else 0  # type: ignore[assignment]
    return of_lsoa, {division: inside[division] / n for division, n in whole.items()}


def thin(layer: Shapes) -> Shapes:
    """A layer simplified as one, so that neighbours still meet on the same line."""
    codes = list(layer)
    return dict(zip(codes, shapely.coverage_simplify([layer[code] for code in codes], THIN_M), strict=True))


def ring(points: Iterable[Sequence[float]]) -> list[list[int]]:
    """A ring rounded to ROUND_M, without the corners that rounding has put on top of the one before."""
    out: list[list[int]] = []
    for x, y in points:
        corner = [round(x / ROUND_M) * ROUND_M, round(y / ROUND_M) * ROUND_M]
        if not out or out[-1] != corner:
            out.append(corner)
    return out


def rings(geometry: BaseGeometry) -> list[list[list[int]]]:
    """Outer rings, anticlockwise, each followed by its holes, clockwise: a drawing fills them by either rule."""
    parts = [p for p in getattr(geometry, "geoms", [geometry]) if isinstance(p, Polygon) and p.area > SMALLEST_PART_M2]
    turned = [shapely.orient_polygons(part, exterior_cw=False) for part in parts]
    found = [ring(line.coords) for part in turned for line in (part.exterior, *part.interiors)]
    return [corners for corners in found if len(corners) > 3]


def outlines(msoa: Shapes, divisions: Sequence[Shapes]) -> dict[str, Any]:
    """County, MSOAs and divisions as rings. The county is the outside of the thinned MSOAs, so that its line is theirs."""
    areas = thin(msoa)
    county = shapely.union_all(list(areas.values()))
    return {
        "county": rings(county),
        "msoa": {code: rings(geometry) for code, geometry in areas.items()},
        "division": {code: rings(geometry) for layer in divisions for code, geometry in thin(layer).items()},
    }


def check_seats(seats: Mapping[str, Mapping[str, Sequence[int]]], areas: Mapping[str, frozenset[str]]) -> None:
    """Refuses when the fixed hexagons miss an area, hold one that is not there, or give two one seat."""
    for layer, codes in areas.items():
        held = seats[layer]
        wrong = sorted(codes ^ set(held))
        if wrong or len({tuple(seat) for seat in held.values()}) != len(held):
            raise SystemExit(f"The {layer} seats in hexagons.json do not fit: {wrong or 'two areas share one'}. Mend the file.")
