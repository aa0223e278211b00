"""Boundaries as GeoJSON and TopoJSON, told as rows: the properties of each area, the box in which it lies, and how many points draw it."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from csplan.evidence.archive import Refused

#: Degrees between which Great Britain and Northern Ireland lie: (west, south, east, north).
BRITAIN = (-9.0, 49.0, 2.5, 61.5)
BOX = ("west", "south", "east", "north", "points")
KINDS = ("Polygon", "MultiPolygon")


def headings(data: bytes) -> tuple[str, tuple[str, ...]]:
    """(geojson or topojson, what each row holds); no headings where the bytes are neither."""
    try:
        told = _parsed(data)
        shape = {"FeatureCollection": "geojson", "Topology": "topojson"}.get(str(told.get("type")), "")
        found = _properties(told, shape)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return "geojson", ()
    return shape, (*found, *BOX) if found else ()


def rows(data: bytes, path: str) -> tuple[tuple[str, ...], list[list[Any]]]:
    """(headings, a row for each area). Raises `Refused` with what is wrong: no polygon, or a point outside Britain."""
    shape, heads = headings(data)
    try:
        told = _parsed(data)
        areas = list(_of_topology(told) if shape == "topojson" else _of_features(told))
        return heads, [_row(heads, n, area, points, path) for n, (area, points) in enumerate(areas, start=1)]
    except (ValueError, RecursionError, KeyError, TypeError, IndexError, AttributeError) as e:
        raise Refused("damaged", f"{path} is damaged: its outlines cannot be read. Download it again.") from e


def _parsed(data: bytes) -> Mapping[str, Any]:
    told = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    if not isinstance(told, dict):
        raise ValueError("no object")
    return told


def _no_number(sign: str) -> None:
    raise ValueError(f"{sign} is no number")


def _properties(told: Mapping[str, Any], shape: str) -> list[str]:
    """Every property that an area has, in the order of their coming."""
    if shape == "geojson":
        every = (f["properties"] for f in told["features"])
    elif shape == "topojson":
        every = (g.get("properties", {}) for layer in told["objects"].values() for g in layer["geometries"])
    else:
        return []
    return list(dict.fromkeys(name for properties in every for name in properties))


def _of_features(told: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], list[Sequence[float]]]]:
    for feature in told["features"]:
        shape = feature["geometry"]
        yield feature["properties"], list(_points(shape["coordinates"], shape["type"]))


def _points(coordinates: Any, kind: str) -> Iterator[Sequence[float]]:
    if kind not in KINDS:
        raise ValueError(f"{kind} is no area")
    for polygon in coordinates if kind == "MultiPolygon" else [coordinates]:
        for ring in polygon:
            yield from ring


def _of_topology(told: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], list[Sequence[float]]]]:
    """Areas of a topology, whose rings are made of numbered arcs; ~n is arc n read backwards."""
    arcs = [_arc(arc, told.get("transform")) for arc in told["arcs"]]
    for layer in told["objects"].values():
        for shape in layer["geometries"]:
            rings = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            if shape["type"] not in KINDS:
                raise ValueError(f"{shape['type']} is no area")
            numbers = [n if n >= 0 else ~n for polygon in rings for ring in polygon for n in ring]
            yield shape.get("properties", {}), [point for n in numbers for point in arcs[n]]


def _arc(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> list[Sequence[float]]:
    """The points of an arc in degrees: where the topology has a transform, each is a step from the one before."""
    if transform is None:
        return list(arc)
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    out, x, y = list[Sequence[float]](), 0.0, 0.0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append((x * sx + tx, y * sy + ty))
    return out


def _row(heads: Sequence[str], n: int, area: Mapping[str, Any], points: Sequence[Sequence[float]], path: str) -> list[Any]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    west, south, east, north = min(xs), min(ys), max(xs), max(ys)
    if not all(math.isfinite(v) for v in (west, south, east, north)):
        raise ValueError("no number")
    _check_in_britain(n, (west, south, east, north), path)
    values = [_words(area.get(name)) for name in heads[: -len(BOX)]]
    return [*values, west, south, east, north, len(points)]


def _check_in_britain(n: int, box: tuple[float, float, float, float], path: str) -> None:
    west, south, east, north = box
    if BRITAIN[0] <= west and east <= BRITAIN[2] and BRITAIN[1] <= south and north <= BRITAIN[3]:
        return
    if abs(west) > 180 or abs(north) > 90:
        what = "is not in degrees. Export it as longitude and latitude (WGS 84)"
    elif BRITAIN[0] <= south and north <= BRITAIN[2] and BRITAIN[1] <= west and east <= BRITAIN[3]:
        what = "has latitude where longitude should be. Download the file again"
    else:
        what = "lies outside the United Kingdom. Give the file of the right place"
    raise Refused("outside_britain", f"Area {n} of {path} {what}.")


def _words(value: Any) -> Any:
    return None if value is None or (isinstance(value, str) and not value.strip()) else value
