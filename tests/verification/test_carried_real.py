"""The carried tables against the official files they were worked out from, counted again by another way."""

import csv
import gzip
import io
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from csplan.evidence import areas, carried, places

pytestmark = pytest.mark.real_data

ROOT = Path(__file__).resolve().parents[2]
DURHAM = "E06000047"
COUNTY = places.partnership_folder("county-durham") / "figures"


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def street(shared_data):
    """Rows of County Durham by (month, type, LSOA), told by the LSOA's name and not by its code; and rows by month."""
    ours, all_rows = Counter(), Counter()
    for archive in sorted((shared_data / "police").glob("durham-street-*.zip")):
        with zipfile.ZipFile(archive) as held:
            for member in held.namelist():
                for row in csv.DictReader(io.TextIOWrapper(held.open(member), encoding="utf-8")):
                    all_rows[row["Month"]] += 1
                    if row["LSOA name"].startswith("County Durham "):
                        ours[row["Month"], row["Crime type"].lower().replace(" ", "-"), row["LSOA code"]] += 1
    return ours, all_rows


def test_every_cell_equals_a_plain_count_of_the_published_rows(street):
    ours, _ = street
    held = carried.carried_counts(COUNTY)
    cells = {
        (month, kind, code): int(held.counts[t, a, m])
        for t, kind in enumerate(held.types)
        for a, code in enumerate(held.lsoas)
        for m, month in enumerate(held.months)
    }
    assert {key: n for key, n in cells.items() if n} == dict(ours)


def test_rows_of_each_file_are_those_published(street):
    _, all_rows = street
    assert {m.month: m.rows for m in carried.carried_counts(COUNTY).force_months} == dict(all_rows)


def test_residents_and_households_equal_the_census_tables(shared_data):
    census = shared_data / "population"
    residents = {r["lsoa21_code"]: int(r["total_residents"]) for r in lines(census / "census-2021-ethnicity-lsoa-2021.csv.gz")}
    homes = {r["lsoa21_code"]: int(r["total_households"]) for r in lines(census / "census-2021-tenure-lsoa-2021.csv.gz")}
    for code in ("E09000001", DURHAM, "E06000063", "W06000015"):
        inside = areas.lsoas(code)
        assert areas.denominator(code, "residents").value == sum(residents[lsoa] for lsoa in inside)
        assert areas.denominator(code, "households").value == sum(homes[lsoa] for lsoa in inside)
    assert sum(areas.denominator(d, "residents").value for d in areas.members("district")) == sum(residents.values())


def test_residents_of_2011_are_the_census_of_2011(shared_data):
    path = shared_data / "population/census-2011-usual-residents-and-households-lsoa-2011-england-wales.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        ours = [line for line in csv.reader(file) if line[2] == DURHAM]
    assert len(ours) == len(areas.lsoas(DURHAM, "2011")) == 324
    assert sum(int(line[9].replace(",", "")) for line in ours) == 513_242


def test_deprivation_equals_the_indices(shared_data):
    path = shared_data / "deprivation/imd-2025-england-lsoa-2021-domains.csv.gz"
    published = {r["lsoa21_code"]: int(r["IMD_decile"]) for r in lines(path)}
    assert {code: areas.decile(code) for code in areas.lsoas("E12000001")} == {
        code: published[code] for code in areas.lsoas("E12000001")
    }


def test_areas_of_2011_are_those_of_the_official_look_up(shared_data):
    path = shared_data / "lookups/lsoa-2011-to-msoa-2011-england-wales-scotland.csv.gz"
    shildon = {r["lsoa11_code"] for r in lines(path) if r["msoa11_name"] == "County Durham 059"}
    assert set(areas.lsoas("E02004340", "2011")) == shildon


def test_national_counts_equal_the_table_they_come_from(shared_data):
    import duckdb

    path = shared_data / "police/street-crime-counts-by-lsoa-month-type-2025-england-wales.parquet"
    national = carried.district_counts()
    for district in ("E06000001", "E08000021", "W06000015"):  # Hartlepool, Newcastle, Cardiff
        inside = ",".join(f"'{code}'" for code in areas.lsoas(district))
        counted = duckdb.sql(f"select month, sum(n) from '{path}' where lsoa_code in ({inside}) group by 1 order by 1").fetchall()
        held = national.counts[:, national.districts.index(district)].sum(axis=0)
        assert dict(zip(national.months, held.tolist(), strict=True)) == {month: int(n) for month, n in counted}
    leeds = national.districts.index("E08000035")
    assert not national.held[leeds].any()


def test_former_divisions_follow_the_official_look_up(shared_data):
    path = shared_data / "lookups/lsoa-2021-to-ward-2024-to-lad-2024-england-wales.csv.gz"
    official = {r["lsoa21_code"]: r["ward24_code"] for r in lines(path) if r["ltla24_code"] == DURHAM}
    for code in set(official.values()):
        assert set(areas.lsoas(code)) == {lsoa for lsoa, division in official.items() if division == code}


def test_the_tool_gives_the_tables_that_are_kept(shared_data):
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tools/carry_figures.py"), "--data", str(shared_data), "--check"],
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stdout + ran.stderr
