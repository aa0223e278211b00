"""Points in areas drawn by hand: two squares side by side, one with a hole, and one area in two pieces."""

import numpy as np
import pytest
import shapely

from csplan.evidence import placing
from csplan.evidence.placing import place

WEST, EAST = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
RING = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 3, 3))
ISLANDS = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)])


def test_place_inside_and_outside():
    assert place([0.5, 1.5, 9.0], [0.5, 0.5, 0.5], [WEST, EAST]).tolist() == [0, 1, -1]


@pytest.mark.parametrize("polygons", [[WEST, EAST], [EAST, WEST]])
def test_place_shared_edge_goes_to_lowest(polygons):
    assert place([1.0, 1.0], [0.5, 1.0], polygons).tolist() == [0, 0]


def test_place_outer_edge_counts():
    assert place([0.0], [0.0], [EAST, WEST]).tolist() == [1]


def test_place_hole_is_outside():
    assert place([0.5, 2.0], [0.5, 2.0], [RING]).tolist() == [0, -1]
    assert place([2.0], [2.0], [RING, shapely.box(1, 1, 3, 3)]).tolist() == [1]


def test_place_multipolygon():
    assert place([0.5, 5.5, 3.0], [0.5, 5.5, 3.0], [EAST, ISLANDS]).tolist() == [1, 1, -1]


@pytest.mark.parametrize(("lon", "lat"), [(np.nan, 0.5), (0.5, np.nan), (np.inf, 0.5)])
def test_place_no_number_lies_nowhere(lon, lat):
    assert place([lon, 0.5], [lat, 0.5], [WEST]).tolist() == [-1, 0]


def test_place_repeated_points_looked_up_once(monkeypatch):
    seen = []
    tree = shapely.STRtree
    monkeypatch.setattr(placing.shapely, "STRtree", lambda points: seen.append(len(points)) or tree(points))
    assert place([0.5, 1.5] * 50 + [9.0], [0.5] * 101, [WEST, EAST]).tolist() == [0, 1] * 50 + [-1]
    assert seen == [3]


def test_place_nothing():
    assert place([], [], [WEST]).tolist() == []
    assert place([0.5], [0.5], []).tolist() == [-1]


def test_place_refuses_uneven_lists():
    with pytest.raises(ValueError, match="2 longitudes and 1 latitudes"):
        place([0.5, 1.5], [0.5], [WEST])


def test_place_agrees_with_one_by_one():
    draw = np.random.default_rng(5)
    polygons = [shapely.box(x, y, x + 1, y + 1) for x in range(5) for y in range(5)]
    lon, lat = draw.integers(-2, 14, (2, 400)) / 2
    slow = [next((i for i, p in enumerate(polygons) if p.covers(shapely.Point(*at))), -1) for at in zip(lon, lat, strict=True)]
    assert place(lon, lat, polygons).tolist() == slow
