"""Loading: what becomes of each file, and that what is refused changes nothing."""

import gzip
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.errors import CsplanError
from csplan.evidence import build, count, decide, load, status
from csplan.evidence.store import Store


def outcomes(report):
    return [unit.outcome for unit in report.units]


def state(store):
    """What two stores must share when they hold the same."""
    found = status.status(store)
    return found["rows"], found["months"], found["cube"]["sha256"]


def test_report_says_what_became_of_each_file(draw, put, store):
    archive = put("x.zip", draw.zip_bytes({"2025-06/2025-06-durham-street.csv": draw.street(7)}))
    report = load.load(store, [archive], by="terminal:test")
    assert json.loads(json.dumps(report.as_json())) == {
        "units": [
            {
                "path": "x.zip!2025-06/2025-06-durham-street.csv",
                "outcome": "accepted",
                "source": "police.uk/street",
                "force": "durham",
                "month": "2025-06",
                "sha256": report.units[0].sha256,
                "rows_read": 7,
                "rows_loaded": 7,
                "rows_quarantined": 0,
                "reasons": [],
            }
        ],
        "totals": {
            "accepted": 1,
            "accepted_with_warnings": 0,
            "quarantined": 0,
            "held": 0,
            "rejected": 0,
            "unchanged": 0,
            "rows_loaded": 7,
        },
    }
    assert report.exit_code == 0


def test_bytes_as_received_are_kept_under_their_fingerprint(draw, take, store):
    data = draw.street(3)
    report = take("2025-06-durham-street.csv", data)
    assert store.path(f"raw/{report.units[0].sha256}").read_bytes() == data


@pytest.mark.parametrize("wrapped", ["folder", "zip", "tar.gz", "gz", "csv"])
def test_same_file_is_the_same_however_it_is_wrapped(draw, put, tmp_path, wrapped):
    name, data = "2025-06-durham-street.csv", draw.street(6)
    plain = Store(tmp_path / "plain")
    load.load(plain, [put(f"plain/{name}", data)], by="terminal:test")
    path = {
        "folder": lambda: put(f"deep/2025-06/{name}", data).parent.parent,
        "zip": lambda: put("x.zip", draw.zip_bytes({name: data})),
        "tar.gz": lambda: put("x.tar.gz", draw.tar_bytes({name: data})),
        "gz": lambda: put(f"{name}.gz", gzip.compress(data)),
        "csv": lambda: put(f"other/{name}", data),
    }[wrapped]()
    other = Store(tmp_path / "other")
    assert outcomes(load.load(other, [path], by="terminal:test")) == ["accepted"]
    assert state(other) == state(plain)


def test_same_archive_again_changes_nothing_and_is_not_opened(draw, put, store, monkeypatch):
    archive = put(
        "x.zip", draw.zip_bytes({f"2025-0{m}/2025-0{m}-durham-street.csv": draw.street(5, month=f"2025-0{m}") for m in (4, 5)})
    )
    load.load(store, [archive], by="terminal:test")
    before = store.path("manifest.json").read_bytes(), status.status(store)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    again = load.load(store, [archive], by="terminal:test")
    assert outcomes(again) == ["unchanged", "unchanged"] and again.totals["rows_loaded"] == 0 and again.exit_code == 0
    assert (store.path("manifest.json").read_bytes(), status.status(store)) == before
    assert [u.path for u in again.units] == ["x.zip!2025-04/2025-04-durham-street.csv", "x.zip!2025-05/2025-05-durham-street.csv"]


def test_data_folder_may_have_any_name(draw, put, tmp_path):
    for name in ("it's [1]", "a*b?", "Safe & sound, {2025}"):
        store = Store(tmp_path / name)
        assert load.load(store, [put("a.csv", draw.street(5))], by="terminal:test").totals["accepted"] == 1
        assert count.count(store, area=draw.COUNTY, from_month="2025-06", to_month="2025-06")["count"] == 4
        assert build.rebuild(store)["equal"]


def test_manifest_holds_no_name_of_a_folder_of_the_machine(draw, put, store):
    path = put("somebody/downloads/x.zip", draw.zip_bytes({"2025-06-durham-street.csv": draw.street(5)}))
    load.load(store, [path, path.parent], by="terminal:test")
    assert b"somebody" not in store.path("manifest.json").read_bytes()


def test_same_file_twice_in_one_load_is_taken_once(draw, put, store):
    data = draw.street(5)
    report = load.load(store, [put("a.csv", data), put("b.csv", data)], by="terminal:test")
    assert outcomes(report) == ["accepted", "unchanged"]
    assert status.status(store)["rows"] == 5


def test_dry_run_says_the_same_and_stores_nothing(draw, put, store):
    given_files = [put("a.csv", draw.street(5)), put("b.csv", b"")]
    rehearsed = load.load(store, given_files, dry_run=True, by="terminal:test")
    assert outcomes(rehearsed) == ["accepted", "rejected"]
    assert not store.folder.exists()
    assert load.load(store, given_files, by="terminal:test").as_json() == rehearsed.as_json()


def test_dry_run_knows_what_is_held(draw, put, take, store):
    take("a.csv", draw.street(5))
    before = sorted(p.name for p in store.folder.rglob("*"))
    report = load.load(store, [put("b.csv", draw.street(6, start=50))], dry_run=True, by="terminal:test")
    assert outcomes(report) == ["held"]
    assert sorted(p.name for p in store.folder.rglob("*")) == before


@pytest.mark.parametrize("name", ["empty.csv", "page.csv", "other.csv", "swapped.csv", "cut.zip", "outcomes.csv"])
def test_refused_file_changes_nothing(draw, take, store, name):
    take("2025-05-durham-street.csv", draw.street(6, month="2025-05"))
    before = sorted((p.name, p.read_bytes()) for p in store.folder.rglob("*") if p.is_file())
    swapped = draw.csv_bytes([draw.row(i, longitude="54.776", latitude="-1.572") for i in range(5)])
    bad = {
        "empty.csv": b"",
        "page.csv": b"<html>",
        "other.csv": b"Name,Age\nAnn,3\n",
        "swapped.csv": swapped,
        "cut.zip": draw.zip_bytes({"2025-06-durham-street.csv": draw.street(400)})[:-100],
        "outcomes.csv": draw.street(3).replace(b"Crime type,Last outcome category,Context", b"Outcome type"),
    }
    report = take(name, bad[name])
    assert outcomes(report) == ["rejected"] and report.exit_code == 4
    assert len(report.units[0].reasons) == 1
    assert sorted((p.name, p.read_bytes()) for p in store.folder.rglob("*") if p.is_file()) == before


def test_good_members_come_in_beside_a_bad_one_and_both_are_told_again(draw, put, store):
    files = {"2025-06-durham-street.csv": draw.street(5), "2025-06-durham-outcomes.csv": b"", "sub/readme.txt": b"hello there"}
    archive = put("x.zip", draw.zip_bytes(files))
    report = load.load(store, [archive], by="terminal:test")
    assert outcomes(report) == ["accepted", "rejected", "rejected"] and report.exit_code == 4
    again = load.load(store, [archive], by="terminal:test")
    assert outcomes(again) == ["unchanged", "rejected", "rejected"]
    assert again.units[1].reasons == report.units[1].reasons


def test_members_with_the_same_bytes_are_refused_alike(draw, put, store):
    nothing = draw.street(0)
    files = {
        "2025-05-durham-street.csv": nothing,
        "2025-06-durham-street.csv": nothing,
        "2025-07-durham-street.csv": draw.street(5, month="2025-07"),
    }
    report = load.load(store, [put("x.zip", draw.zip_bytes(files))], by="terminal:test")
    assert outcomes(report) == ["rejected", "rejected", "accepted"]
    assert [unit.path.split("!")[1] in unit.reasons[0].message for unit in report.units[:2]] == [True, True]
    assert len(list(store.path("raw").iterdir())) == 1


def test_rows_put_aside_and_odd_rows_have_their_outcomes(draw, take):
    aside = take("a.csv", draw.csv_bytes([*draw.rows(5), draw.row(9, type="Cattle rustling")]))
    assert outcomes(aside) == ["quarantined"] and aside.exit_code == 3
    odd = take("b.csv", draw.csv_bytes([*draw.rows(5, month="2025-05"), draw.row(9, month="2025-05", lsoa="E01999999")]))
    assert outcomes(odd) == ["accepted_with_warnings"] and odd.exit_code == 0
    repeated = take("c.csv", draw.csv_bytes([draw.row(1, month="2025-04"), draw.row(1, month="2025-04")]))
    assert outcomes(repeated) == ["accepted"] and repeated.units[0].reasons[0].code == "crime_id_repeated"


def test_restatement_that_nothing_places_waits_for_an_officer(draw, take, store):
    take("a.csv", draw.street(6))
    before = state(store)
    report = take("b.csv", draw.street(6, start=50))
    assert outcomes(report) == ["held"] and report.exit_code == 3 and report.totals["rows_loaded"] == 0
    assert state(store) == before
    (waiting,) = status.status(store)["held"]
    assert waiting["key"] == "police.uk/street durham 2025-06"
    again = take("b.csv", draw.street(6, start=50))
    assert outcomes(again) == ["unchanged"] and "still waits" in again.units[0].reasons[-1].message
    decide.approve(store, waiting["key"], by="analyst")
    assert status.status(store)["held"] == [] and state(store)[2] == before[2]  # the same counts, by chance of the drawing


def test_later_edition_takes_the_place_of_an_earlier_one(draw, take, store):
    take("2025-08.zip", draw.zip_bytes({"2025-06-durham-street.csv": draw.street(10)}))
    report = take("2025-09.zip", draw.zip_bytes({"2025-06-durham-street.csv": draw.street(11)}))
    assert outcomes(report) == ["accepted"]
    found = status.status(store)
    assert found["rows"] == 11
    (told,) = found["restated"]
    assert (told["rows_first"], told["rows"]) == (10, 11)


def test_edition_is_told_by_name_or_by_hand(draw, put, store):
    load.load(store, [put("a.csv", draw.street(10))], edition="2025-08", by="terminal:test")
    load.load(store, [put("b.csv", draw.street(11))], edition="2025-09", by="terminal:test")
    assert [r["editions"] for r in status.status(store)["releases"]] == [["2025-08"], ["2025-09"]]
    with pytest.raises(CsplanError, match="is not a month"):
        load.load(store, [put("c.csv", b"")], edition="August", by="terminal:test")


def test_same_bytes_in_a_later_release_are_noted(draw, take, store):
    take("2025-08.zip", draw.zip_bytes({"2025-06-durham-street.csv": draw.street(10)}))
    take("2025-09.zip", draw.zip_bytes({"2025-06-durham-street.csv": draw.street(11)}))
    report = take("2025-10.zip", draw.zip_bytes({"2025-06-durham-street.csv": draw.street(10)}))
    assert outcomes(report) == ["unchanged"] and report.units[0].reasons[-1].code == "edition_noted"
    assert status.status(store)["rows"] == 10


def test_older_file_that_shows_a_collapse_is_said_so(draw, take, store):
    take("2025-09.zip", draw.zip_bytes({"2025-06-durham-street.csv": draw.street(3)}))
    report = take("2025-08.zip", draw.zip_bytes({"2025-06-durham-street.csv": draw.street(30)}))
    assert outcomes(report) == ["accepted_with_warnings"]
    assert report.units[0].reasons[-1].code == "earlier_edition"
    assert [h["why"] for h in status.status(store)["held"]] == ["it has 3 rows where the file before it has 30"]


def test_progress_is_told_file_by_file(draw, put, store):
    seen = []
    files = [put(f"{m}.csv", draw.street(3, month=f"2025-0{m}")) for m in (4, 5)]
    load.load(store, files, by="terminal:test", progress=lambda *step: seen.append(step))
    assert seen == [(0, 2, "4.csv"), (1, 2, "5.csv")]


def test_long_load_counts_in_batches(draw, put, store, monkeypatch):
    monkeypatch.setattr(load, "BATCH_UNITS", 1)
    report = load.load(store, [put(f"{m}.csv", draw.street(3, month=f"2025-0{m}")) for m in (3, 4, 5)], by="terminal:test")
    assert report.totals["rows_loaded"] == 9
    assert status.status(store)["months"] == {"durham": ["2025-03", "2025-04", "2025-05"]}


#: Versions of three months: (edition, month, rows). April is restated twice, once by much.
VERSIONS = [
    ("2025-07", "2025-04", 20),
    ("2025-08", "2025-04", 21),
    ("2025-09", "2025-04", 4),
    ("2025-07", "2025-05", 12),
    ("2025-08", "2025-05", 12),
    ("2025-08", "2025-06", 9),
]


@pytest.fixture(scope="module")
def plainly(draw, tmp_path_factory):
    """The cube of a store that was given only the versions that should be shown, and no editions."""
    folder = tmp_path_factory.mktemp("plainly")
    store = Store(folder / "data")
    for i in (1, 4, 5):
        (folder / f"{i}.csv").write_bytes(draw.street(VERSIONS[i][2], month=VERSIONS[i][1], start=100 * i))
        load.load(store, [folder / f"{i}.csv"], by="terminal:test")
    return status.status(store)["cube"]["sha256"]


@settings(max_examples=8, deadline=None)
@given(order=st.lists(st.sampled_from(range(len(VERSIONS))), min_size=6, max_size=9).filter(lambda o: len(set(o)) == 6))
def test_order_and_repetition_do_not_matter(draw, plainly, tmp_path_factory, order):
    folder = tmp_path_factory.mktemp("order")
    store = Store(folder / "data")
    for n, i in enumerate(order):
        edition, month, rows = VERSIONS[i]
        path = folder / f"{n}" / f"{edition}.zip"
        path.parent.mkdir()
        path.write_bytes(draw.zip_bytes({f"{month}-durham-street.csv": draw.street(rows, month=month, start=100 * i)}))
        load.load(store, [path], by="terminal:test")
    found = status.status(store)
    assert found["rows"] == 21 + 12 + 9
    assert found["months"] == {"durham": ["2025-04", "2025-05", "2025-06"]}
    assert [h["key"] for h in found["held"]] == ["police.uk/street durham 2025-04"]
    assert found["cube"]["sha256"] == plainly
