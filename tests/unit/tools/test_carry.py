"""The tool that works out the carried figures, on numbers small enough to check by hand."""

import importlib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from shapely.geometry import MultiPolygon, box

TOOLS = Path(__file__).resolve().parents[3] / "tools"


@pytest.fixture
def carry(monkeypatch):
    """The tool's modules, which are not part of the package."""
    monkeypatch.syspath_prepend(str(TOOLS))
    return SimpleNamespace(**{name: importlib.import_module(f"carry.{name}") for name in ("crime", "grid", "ground", "tables")})


def test_projection_gives_the_worked_example_of_the_ordnance_survey(carry):
    # "A guide to coordinate systems in Great Britain", annex C: 52 39 27.2531 N, 1 43 4.5177 E on Airy.
    lat, lon = 52 + 39 / 60 + 27.2531 / 3600, 1 + 43 / 60 + 4.5177 / 3600
    easting, northing = carry.grid.project(np.radians(np.array([lon])), np.radians(np.array([lat])))
    assert easting[0] == pytest.approx(651_409.903, abs=0.001)
    assert northing[0] == pytest.approx(313_177.270, abs=0.001)


# Middle points of three divisions as the Office for National Statistics publishes them, both ways.
@pytest.mark.parametrize(
    ("lon", "lat", "easting", "northing"),
    [(-1.732746, 54.87541, 417_248, 553_437), (-1.751723, 54.71604, 416_093, 535_698), (-1.561213, 54.87109, 428_258, 553_012)],
)
def test_grid_is_good_to_five_metres(carry, lon, lat, easting, northing):
    found = carry.grid.to_grid(np.array([lon]), np.array([lat]))
    assert [float(v[0]) for v in found] == pytest.approx([easting, northing], abs=5)


STREET = "Month,LSOA code,Crime type\n2014-01,E1,Burglary\n2014-01,E1,Burglary\n2014-01,X9,Drugs\n2014-01,,Drugs\n"
ONLY = {"2011": frozenset({"E1"}), "2021": frozenset({"E2"})}


def test_a_street_file_is_counted_by_the_code_in_it(carry):
    found = carry.crime.force_month("2014-01-durham-street.csv", STREET.encode(), frozenset({"E1", "E2"}), ONLY)
    assert (found.month, found.edition, found.rows, found.in_county, found.without_area) == ("2014-01", "2011", 4, 2, 1)
    assert found.counts == {("E1", "burglary"): 2}


@pytest.mark.parametrize("codes", [{"E1", "E2"}, {"E3"}])
def test_a_file_of_two_editions_or_of_none_is_refused(carry, codes):
    with pytest.raises(SystemExit, match="needs codes of one edition"):
        carry.crime.edition_of(codes, ONLY)


def national(july, types=7, usual=200):
    """Twelve months of one force of 1,000 people with seven usual types; July as given."""
    counts = {("d", f"t{k}", f"2025-{m:02d}"): usual for k in range(types) for m in range(1, 13)}
    return counts | {("d", f"t{k}", "2025-07"): n for k, n in enumerate(july)}


@pytest.mark.parametrize(
    ("july", "why"),
    [
        ([0] * 7, "not published"),
        ([1] + [0] * 6, "types mixed up"),  # one row for 1,000 residents: published, yet every type is low
        ([66] * 5 + [200] * 2, "types mixed up"),  # five types under a third
        ([67] * 5 + [200] * 2, None),  # at a third
        ([66] * 4 + [200] * 3, None),  # four types only
    ],
)
def test_a_month_that_cannot_be_used_is_left_out(carry, july, why):
    found = carry.crime.absences(national(july), {"d": "f"}, {"d": 1000})
    assert found == ({("f", "2025-07"): why} if why else {})


def test_points_go_to_the_area_they_lie_in_or_the_nearest(carry):
    areas = {"A": box(0, 0, 10, 10), "B": box(10, 0, 20, 10)}
    points = {"in A": (5, 5), "in B": (15, 5), "on the line": (10, 5), "outside": (25, 5)}
    assert carry.ground.placed(points, areas) == {"in A": "A", "in B": "B", "on the line": "A", "outside": "B"}


def test_best_fit_and_the_share_fitted(carry):
    homes = {"L1": Counter(A=3, B=1), "L2": Counter(B=2), "L3": Counter(A=1, B=1)}
    choice = carry.ground.best_fit(homes)
    assert choice == {"L1": "A", "L2": "B", "L3": "A"}  # L3 is a tie: the lower code
    of_lsoa, of_division = carry.ground.fitted(choice, homes, {"L1": 400, "L2": 100, "L3": 200})
    assert of_lsoa == {"L1": 0.75, "L2": 1.0, "L3": 0.5}
    # A holds 300 of L1 and 100 of L3, all in its own; B holds 100 of L1, 100 of L2, 100 of L3, a third in its own.
    assert of_division == {"A": 1.0, "B": pytest.approx(1 / 3)}


def test_neighbours_still_meet_when_a_layer_is_thinned(carry):
    wave = [(1000 + (20 if i % 2 else 0), i * 100) for i in range(11)]
    west = carry.ground.Polygon([(0, 0), *wave, (0, 1000)])
    east = carry.ground.Polygon([(2000, 0), *wave, (2000, 1000)])
    thin = carry.ground.thin({"W": west, "E": east})
    assert thin["W"].intersection(thin["E"]).area == 0
    assert thin["W"].union(thin["E"]).area == pytest.approx(west.union(east).area, rel=0.02)
    assert len(thin["W"].exterior.coords) < len(west.exterior.coords)


def test_rings_are_rounded_turned_and_small_islands_left_out(carry):
    land = box(0, 0, 1010, 1010) - box(300, 300, 600, 600)
    outer, hole = carry.ground.rings(MultiPolygon([land, box(5000, 5000, 5100, 5100)]))
    assert sorted(map(tuple, outer[:-1])) == [(0, 0), (0, 1000), (1000, 0), (1000, 1000)]
    turn = [sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(r)) for r in (outer, hole)]
    assert turn[0] > 0 > turn[1]


@pytest.mark.parametrize("seats", [{"A": [0, 0, 0]}, {"A": [0, 0, 0], "B": [0, 0, 0]}, {"A": [0, 0, 0], "C": [1, 0, 0]}])
def test_seats_that_do_not_fit_are_refused(carry, seats):
    with pytest.raises(SystemExit, match="msoa seats in hexagons.json do not fit"):
        carry.ground.check_seats({"msoa": seats}, {"msoa": frozenset("AB")})


def test_the_same_table_makes_the_same_bytes(carry):
    table = carry.tables.as_csv(("code", "n"), [("B", 2), ("A", None)])
    assert table == b"code,n\nA,\nB,2\n"
    assert carry.tables.packed(table) == carry.tables.packed(table)
    assert carry.tables.unpacked(carry.tables.packed(table)) == carry.tables.unpacked(table) == table


@pytest.mark.parametrize(("value", "digits", "text"), [(0.95, 4, "0.95"), (1.0, 4, "1"), (0.0, 2, "0"), (-1.2345, 3, "-1.234")])
def test_numbers_lose_their_noughts(carry, value, digits, text):
    assert carry.tables.number(value, digits) == text
