"""Every data file of open data that is kept beside the repository loads, but for two hexagon layouts."""

from pathlib import Path

import pytest

from csplan.evidence import editions, tables
from csplan.evidence.load import load
from csplan.evidence.store import Store

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def loaded(shared_data: Path, tmp_path_factory: pytest.TempPathFactory):
    store = Store(tmp_path_factory.mktemp("tables"))
    folders = ("boundaries", "lookups", "population", "deprivation", "recorded-crime", "fire", "health")
    police = [shared_data / "police" / name for name in ("*.parquet", "*outcomes*.zip", "*stop-and-search*.zip")]
    files = [next(path.parent.glob(path.name)) for path in police]
    return store, load(store, [*(shared_data / name for name in folders), *files], by="terminal:test")


def test_every_file_is_taken_but_the_hexagon_layouts(loaded):
    _, report = loaded
    refused = {unit.path for unit in report.units if unit.outcome in ("rejected", "held")}
    assert refused and all("hexjson" in path for path in refused)
    assert {u.outcome for u in report.units if "hexjson" not in u.path} <= {"accepted", "quarantined"}


@pytest.mark.parametrize(
    ("source", "part", "rows"),
    [
        ("ons/lsoa-2021-generalised", "E06000047", 330),
        ("ons/wards-2013", "", 63),
        ("ons/wards-2025-generalised", "E06000047", 51),
        ("ons/lsoa-2011-to-lsoa-2021", "", 35_795),
        ("ons/census-2021-tenure", "", 285_376),
        ("mhclg/imd-2025", "", 33_755),
        ("home-office/recorded-crime-by-force", "", 23_068),
        ("police.uk/counts-by-lsoa", "", 1_374_462),
        ("ons/postcodes", "", 24_854),
    ],
)
def test_rows_are_those_that_its_publisher_counts(loaded, source, part, rows):
    store, _ = loaded
    held = [u for u in editions.tables(store.manifest()) if u.source == source and u.force == part]
    assert [u.rows_loaded for u in held] == [rows]


def test_each_year_of_the_estimates_is_held_and_adds_up(loaded):
    store, _ = loaded
    held = [u for u in editions.tables(store.manifest()) if u.source == "ons/population-by-age-lsoa-2011"]
    assert [u.month for u in held] == ["2017", "2019", "2020"]
    headings, rows = tables.lines(store.path(held[-1].events), key="lsoa11_code", value="E01020634")
    told = dict(zip(headings, rows[0], strict=True))
    assert sum(v for h, v in told.items() if h.rstrip("+").isdigit()) == told["total_population"]


def test_outcomes_and_stops_are_held_month_by_month(loaded):
    store, _ = loaded
    held = [u for u in editions.tables(store.manifest()) if u.source == "police.uk/stop-and-search"]
    assert len(held) == 33 and {u.force for u in held} == {"northumbria"} and sum(u.rows_loaded for u in held) == 12_861
    assert len([u for u in editions.tables(store.manifest()) if u.source == "police.uk/outcomes"]) == 7
