"""The loader against real street files, counted again with the csv module alone."""

import csv
import gzip
import io
import zipfile
from collections import Counter
from datetime import date

import pytest

from csplan.evidence import build, count, forces, load, places, status
from csplan.evidence.store import Store
from csplan.evidence.view import View

pytestmark = pytest.mark.real_data

DURHAM = "E06000047"
YEAR = "durham-street-2025-01-to-2025-12.zip"
LOOKUP = "lookups/lsoa-2021-to-ward-2024-to-lad-2024-england-wales.csv.gz"
#: Each archive with its rows, and its rows in County Durham, as counted when the data was collected.
ARCHIVES = {
    "durham-street-2014-01-to-2014-11.zip": (57_826, 43_547),
    "durham-street-2018-10-to-2019-02.zip": (31_795, 25_614),
    "durham-street-2024-01-to-2024-04.zip": (23_658, 19_213),
    YEAR: (74_273, 59_949),
}


@pytest.fixture(scope="module")
def archive(shared_data):
    return shared_data / "police" / YEAR


@pytest.fixture(scope="module")
def loaded(archive, tmp_path_factory):
    """A store with 2025, and the report of loading it."""
    store = Store(tmp_path_factory.mktemp("real") / "data")
    return store, load.load(store, [archive], by="terminal:test")


@pytest.fixture(scope="module")
def plain(archive, shared_data):
    """(month, police.uk's name of a type) -> rows whose LSOA is in County Durham by the official look-up."""
    with gzip.open(shared_data / LOOKUP, "rt", encoding="utf-8-sig", newline="") as file:
        inside = {row["lsoa21_code"] for row in csv.DictReader(file) if row["ltla24_code"] == DURHAM}
    assert len(inside) == 330
    rows: Counter[tuple[str, str]] = Counter()
    with zipfile.ZipFile(archive) as held:
        for name in held.namelist():
            for row in csv.DictReader(io.TextIOWrapper(held.open(name), encoding="utf-8", newline="")):
                if row["LSOA code"] in inside:
                    rows[row["Month"], row["Crime type"]] += 1
    return rows


def test_every_row_of_2025_is_loaded(loaded):
    _, report = loaded
    assert {unit.outcome for unit in report.units} == {"accepted"} and len(report.units) == 12
    assert report.totals["rows_loaded"] == 74_273 and report.exit_code == 0
    repeated = sum(reason.rows for unit in report.units for reason in unit.reasons if reason.code == "crime_id_repeated")
    assert repeated == sum(reason.rows for unit in report.units for reason in unit.reasons) == 9


def test_county_durham_in_2025_equals_a_plain_count(loaded, plain):
    store, _ = loaded
    found = count.count(store, area=DURHAM, from_month="2025-01", to_month="2025-12")
    assert found["count"] == sum(plain.values()) == 59_949
    assert found["missing_months"] == [] and found["unplaced"] == 4


def test_every_type_and_month_equals_a_plain_count(loaded, plain):
    store, _ = loaded
    for name in {name for _, name in plain}:
        slug = name.lower().replace(" ", "-")
        found = count.count(store, area=DURHAM, from_month="2025-01", to_month="2025-12", type=slug)
        assert {row["key"]: row["count"] for row in found["rows"]} == {
            f"2025-{m:02}": plain[f"2025-{m:02}", name] for m in range(1, 13)
        }


def test_same_archive_again_changes_nothing_and_is_not_opened(loaded, archive, monkeypatch):
    """That is what makes it some two hundred times as fast as the first time."""
    store, _ = loaded
    before = store.path("manifest.json").read_bytes()
    monkeypatch.setattr(zipfile, "ZipFile", None)
    report = load.load(store, [archive], by="terminal:test")
    assert {unit.outcome for unit in report.units} == {"unchanged"}
    assert store.path("manifest.json").read_bytes() == before


def test_all_archives_load_in_any_order_and_equal_the_carried_figures(shared_data, tmp_path):
    forwards, backwards = Store(tmp_path / "forwards"), Store(tmp_path / "backwards")
    figures = places.partnership_folder("county-durham") / "figures"
    given = [shared_data / "police" / name for name in ARCHIVES]
    load.carry(forwards, figures, by="terminal:test")
    carried = View(forwards, date(2026, 4, 1)).series(DURHAM, "burglary")
    assert load.load(forwards, given, by="terminal:test").exit_code == 0
    for path in reversed(given):
        load.load(backwards, [path], by="terminal:test")
    load.carry(backwards, figures, by="terminal:test")
    one, other = status.status(forwards), status.status(backwards)
    assert (one["rows"], one["months"], one["cube"]) == (other["rows"], other["months"], other["cube"])
    assert one["restated"] == [] and one["rows"] == sum(rows for rows, _ in ARCHIVES.values())
    assert View(forwards, date(2026, 4, 1)).series(DURHAM, "burglary") == carried
    for name, (_, in_county) in ARCHIVES.items():
        first, last = name.removeprefix("durham-street-").removesuffix(".zip").split("-to-")
        assert count.count(forwards, area=DURHAM, from_month=first, to_month=last)["count"] == in_county
    assert build.rebuild(forwards)["equal"]


def test_outcomes_and_stop_and_search_files_are_read_as_tables(shared_data, tmp_path):
    store = Store(tmp_path / "data")
    for source, name, rows in (
        ("police.uk/outcomes", "outcomes-2022-09-to-2023-03", None),
        ("police.uk/stop-and-search", "stop-and-search-2020-05-to-2023-02", 12_861),
    ):
        report = load.load(store, [shared_data / "police" / f"northumbria-{name}.zip"], by="terminal:test")
        assert report.exit_code == 0 and {unit.source for unit in report.units} == {source}
        assert {unit.force for unit in report.units} == {"northumbria"}
        assert rows in (None, report.totals["rows_loaded"])


def test_another_force_loads_whole(shared_data, tmp_path):
    store = Store(tmp_path / "data")
    report = load.load(store, [shared_data / "police" / "northumbria-street-2020-05-to-2023-02.zip"], by="terminal:test")
    assert report.totals["accepted"] == 33 and report.totals["rows_loaded"] == 524_070
    assert status.status(store)["missing"] == [{"force": "northumbria", "month": "2022-01"}]
    assert count.count(store, area=DURHAM, from_month="2022-02", to_month="2022-02")["count"] is None


def test_forces_are_known_as_the_files_call_them(shared_data):
    names = {path.name.split("-street")[0] for path in (shared_data / "police").glob("*-street-*.zip")}
    assert names <= forces.known()
