"""The published points held against the codes of their rows, each distinct point placed once."""

import json

import pytest

from csplan.errors import CsplanError
from csplan.evidence import points
from csplan.evidence.load import load

SOURCE = "ons/lsoa-2021-simplified"


def square(code, west, south, side=0.01):
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    properties = {"lsoa21_name": code, "lsoa21_code": code}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.fixture
def outlines(store, put, draw):
    """Two squares side by side: the first is HERE, the second THERE."""
    drawn = {"type": "FeatureCollection", "features": [square(draw.HERE, -1.58, 54.77), square(draw.THERE, -1.57, 54.77)]}
    report = load(store, [put("lsoa.geojson", json.dumps(drawn).encode())], by="tests")
    assert report.units[0].source == SOURCE


def test_each_row_agrees_lies_elsewhere_or_in_none(store, put, draw, outlines):
    at = {"latitude": "54.775000"}
    rows = [
        *draw.rows(5, lsoa=draw.HERE, longitude="-1.575000", **at),
        *draw.rows(2, start=10, lsoa=draw.HERE, longitude="-1.565000", **at),
        *draw.rows(1, start=20, lsoa=draw.THERE, longitude="-1.400000", **at),
        *draw.rows(3, start=30, lsoa=draw.DARLINGTON, longitude="-1.575000", **at),
        *draw.rows(4, start=40, lsoa="", lsoa_name="", longitude="", latitude=""),
    ]
    load(store, [put("2025-06-durham-street.csv", draw.csv_bytes(rows))], by="tests")
    assert points.check(store, SOURCE) == {
        "source": SOURCE,
        "rows": 15,
        "without_point": 4,
        "other_codes": 3,
        "agree": 5,
        "elsewhere": 2,
        "outside": 1,
        "points": 3,
        "areas": [{"code": draw.HERE, "rows": 7, "elsewhere": 2}],
    }


def test_what_is_not_held_is_said(store, put, draw):
    with pytest.raises(CsplanError, match="No outlines of ons/lsoa-2021-simplified are held"):
        points.check(store, SOURCE)


def test_without_events_there_is_nothing_to_place(store, outlines):
    with pytest.raises(CsplanError, match="there are no points to place"):
        points.check(store, SOURCE)
