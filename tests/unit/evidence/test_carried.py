"""The carried tables as they stand in the repository: totals, completeness, descriptions."""

import json
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from csplan.cycle import periods
from csplan.errors import CsplanError
from csplan.evidence import areas, carried, places
from csplan.evidence.types import TYPES

DURHAM = "E06000047"
COUNTY = places.partnership_folder("county-durham") / "figures"
FOLDERS = [places.COUNTRY_FIGURES, COUNTY]


def table(path):
    found = carried.lines(path)
    headings = next(found)
    return [dict(zip(headings, line, strict=True)) for line in found]


# ---- descriptions ----


@pytest.mark.parametrize("folder", FOLDERS, ids=["country", "county"])
def test_every_file_is_described_and_every_description_has_a_file(folder):
    held = {path.name for path in folder.iterdir() if path.suffix != ".py"} - {"figures.toml"}
    assert {f.name for f in carried.files(folder)} == held


@pytest.mark.parametrize("folder", FOLDERS, ids=["country", "county"])
def test_every_description_is_whole(folder):
    for f in carried.files(folder):
        for words in (f.title, f.source, f.publisher, f.licence, f.attribution, f.how):
            assert len(words) > 5, f.name
        assert "Licence v3.0" in f.licence
        assert date(2012, 1, 1) < f.published_on < date(2027, 1, 1)
        assert f.columns


@pytest.mark.parametrize("folder", FOLDERS, ids=["country", "county"])
def test_columns_described_are_those_there(folder):
    for f in carried.files(folder):
        if ".csv" in f.name:
            headings = [h for h in next(carried.lines(f.path)) if not periods.is_month(h)]
            assert headings == [name for name in f.columns if name != "one column for each month"], f.name
            assert set(f.published) <= set(f.columns)
        else:
            assert sorted(json.loads(f.path.read_text())) == sorted(f.columns)


@pytest.mark.parametrize("folder", FOLDERS, ids=["country", "county"])
def test_no_file_is_over_a_megabyte(folder):
    assert max(path.stat().st_size for path in folder.iterdir()) < 1_000_000


def test_maps_carry_the_mapping_agencys_line():
    assert "Contains OS data © Crown copyright and database right" in carried.file(COUNTY, "outlines.json").attribution


def test_file_without_description_is_refused(tmp_path):
    with pytest.raises(CsplanError, match="does not describe other.csv"):
        carried.file(COUNTY, "other.csv")
    with pytest.raises(CsplanError, match="no figures.toml"):
        carried.files(tmp_path)


# ---- the county's counts ----


def test_the_32_months_are_those_that_are_held():
    months = carried.carried_counts(COUNTY).months
    runs = [("2014-01", "2014-11"), ("2018-10", "2019-02"), ("2024-01", "2024-04"), ("2025-01", "2025-12")]
    assert months == tuple(month for first, last in runs for month in periods.between(first, last))


# Rows of the published files whose LSOA lies in County Durham.
@pytest.mark.parametrize(
    ("first", "last", "rows"),
    [
        ("2014-01", "2014-11", 43_547),
        ("2018-10", "2019-02", 25_614),
        ("2024-01", "2024-04", 19_213),
        ("2025-01", "2025-12", 59_949),
    ],
)
def test_county_totals(first, last, rows):
    held = carried.carried_counts(COUNTY)
    chosen = [first <= month <= last for month in held.months]
    assert held.counts[:, :, chosen].sum() == rows
    assert sum(m.county_rows for m in held.force_months if first <= m.month <= last) == rows


def test_counts_have_the_types_that_are_published_now():
    held = carried.carried_counts(COUNTY)
    assert set(held.types) <= set(TYPES)
    assert len(held.types) == 14
    assert held.counts.shape == (14, len(held.lsoas), 32)
    assert held.rows == 43_547 + 25_614 + 19_213 + 59_949


@pytest.mark.parametrize(
    ("month", "edition", "codes"), [("2014-01", "2011", 324), ("2019-02", "2011", 324), ("2024-01", "2021", 330)]
)
def test_each_month_holds_the_codes_of_its_own_edition(month, edition, codes):
    held = carried.carried_counts(COUNTY)
    at = held.months.index(month)
    assert held.editions[at] == edition
    there = {code for code, yes in zip(held.lsoas, held.held[:, at], strict=True) if yes}
    assert there == set(areas.lsoas(DURHAM, edition))
    assert len(there) == codes
    assert held.counts[:, ~held.held[:, at], at].sum() == 0


def test_rows_without_an_area_are_kept_apart():
    held = {m.month: m for m in carried.carried_counts(COUNTY).force_months}
    assert held["2014-10"].rows_without_area == 337
    assert held["2025-12"].rows_without_area == 3
    assert sum(m.rows for m in held.values() if m.month >= "2025") == 74_273
    assert all(len(m.sha256) == 64 and m.county_rows + m.rows_without_area < m.rows for m in held.values())


def test_msoas_and_divisions_add_up_to_the_county_in_every_month():
    held = carried.carried_counts(COUNTY)
    at = {code: i for i, code in enumerate(held.lsoas)}
    for kind, day in (("msoa", None), ("division", None), ("division", date(2020, 1, 9))):
        for edition in ("2011", "2021"):
            months = [e == edition for e in held.editions]
            rows = [at[code] for area in areas.within(DURHAM, kind, day) for code in areas.lsoas(area.code, edition)]
            assert (held.counts[:, rows][:, :, months].sum(axis=1) == held.counts[:, :, months].sum(axis=1)).all()


def test_counts_cannot_be_changed_in_the_cache():
    with pytest.raises(ValueError):
        carried.carried_counts(COUNTY).counts[0, 0, 0] = 1


# ---- the country's counts ----


def test_county_row_of_the_national_table_is_the_countys_own():
    national, own = carried.district_counts(), carried.carried_counts(COUNTY)
    at = national.districts.index(DURHAM)
    assert national.types == own.types
    assert (national.counts[:, at] == own.counts[:, :, -12:].sum(axis=1)).all()


def test_forces_missing_from_the_national_table():
    absent = {(entry["name"], entry["why"]): len(entry["months"]) for entry in carried.district_counts().absent}
    assert absent == {
        ("Metropolitan", "not published"): 12,
        ("Greater Manchester", "not published"): 12,
        ("West Yorkshire", "not published"): 12,
        ("West Midlands", "not published"): 12,
        ("Avon and Somerset", "not published"): 6,
        ("Thames Valley", "not published"): 1,
        ("Hampshire", "types mixed up"): 1,
    }


def test_a_missing_month_is_missing_in_every_district_of_the_force_and_nowhere_else():
    national = carried.district_counts()
    gone = {(entry["force"], month) for entry in national.absent for month in entry["months"]}
    for i, district in enumerate(national.districts):
        force = areas.force_of(district).code
        assert [(force, month) not in gone for month in national.months] == national.held[i].tolist()


# ---- small areas ----


def test_small_areas_of_england_and_wales():
    assert len(table(places.COUNTRY_FIGURES / "lsoa-2021.csv.gz")) == 35_672
    assert len(table(places.COUNTRY_FIGURES / "msoa-2021.csv")) == 7_264
    districts = table(places.COUNTRY_FIGURES / "districts.csv")
    assert len(districts) == 318
    shares = [float(value) for row in districts for name, value in row.items() if name.startswith("share_")]
    assert all(0 <= share <= 1 for share in shares)


def test_weights_of_each_2011_area_add_to_one():
    weights = defaultdict(float)
    for row in table(places.COUNTRY_FIGURES / "lsoa-2011-changes.csv"):
        weights[row["lsoa11"]] += float(row["weight"])
    assert all(total == pytest.approx(1, abs=1e-9) for total in weights.values())


def test_denominators_carry_the_days_of_their_own_tables():
    described = carried.file(places.COUNTRY_FIGURES, "lsoa-2021.csv.gz")
    days = {(row["measure"], row["year"]): row["published_on"] for row in table(places.COUNTRY_FIGURES / "denominators.csv")}
    assert days["residents", "2021"] == str(described.out_on("residents"))
    assert days["households", "2021"] == str(described.out_on("households"))
    assert days["residents", "2011"] == "2012-11-23"


# ---- the county's places ----


def test_every_small_area_stands_in_one_division_of_each_set():
    of = defaultdict(list)
    for row in table(COUNTY / "lsoa-divisions.csv"):
        assert 0 <= float(row["share_fitted"]) <= 1
        of[row["lsoa"]].append(row["division"])
    ends = {row["code"]: row["to"] for row in table(COUNTY / "divisions.csv")}
    assert set(of) == set(areas.lsoas(DURHAM))
    assert all(sorted(ends[code] for code in pair) == ["", "2025-04-30"] for pair in of.values())
    assert {code for pair in of.values() for code in pair} == set(ends)


def test_every_postcode_lies_in_the_county():
    found = table(COUNTY / "postcodes.csv.gz")
    assert len(found) == 20_479
    assert {row["lsoa"] for row in found} == set(areas.lsoas(DURHAM))


def area_km2(rings):
    """Shoelace over rings in metres; holes turn the other way and take themselves off."""
    return sum(x1 * y2 - x2 * y1 for ring in rings for (x1, y1), (x2, y2) in pairwise(ring)) / 2e6


def test_outlines_hold_every_area_and_keep_their_size():
    drawn = json.loads((COUNTY / "outlines.json").read_text())
    assert set(drawn["msoa"]) == {area.code for area in areas.within(DURHAM, "msoa")}
    assert len(drawn["division"]) == 63 + 51
    for layer in (drawn["msoa"], {c: r for c, r in drawn["division"].items() if c > "E0501"}, {"county": drawn["county"]}):
        # The county is 2,226 square kilometres to mean high water.
        assert sum(area_km2(rings) for rings in layer.values()) == pytest.approx(2226, rel=0.01)
    every = [rings for layer in (drawn["msoa"], drawn["division"]) for rings in layer.values()]
    assert all(ring[0] == ring[-1] and len(ring) > 3 for rings in every for ring in rings)
    assert all(number % 50 == 0 for rings in every for ring in rings for corner in ring for number in corner)


def test_every_area_has_one_hexagon_of_its_own():
    seats = json.loads((COUNTY / "hexagons.json").read_text())
    for kind in ("msoa", "lsoa"):
        assert set(seats[kind]) == {area.code for area in areas.within(DURHAM, kind)}
        assert len({tuple(seat) for seat in seats[kind].values()}) == len(seats[kind])
