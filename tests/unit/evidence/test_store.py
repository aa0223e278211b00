"""The data folder: one writer, all or nothing, whatever ends the program."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from csplan.errors import CsplanError
from csplan.evidence import load, status
from csplan.evidence.store import Store


def test_folder_that_is_not_there_is_an_empty_store(store):
    assert status.status(store) == {
        "releases": [],
        "months": {},
        "missing": [],
        "held": [],
        "restated": [],
        "events": [],
        "rows": 0,
        "cube": {"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    }
    assert not store.folder.exists()


def test_second_writer_is_refused_while_one_is_at_work(draw, put, store):
    path = put("a.csv", draw.street(3))
    with store.writing(), pytest.raises(CsplanError, match=rf"\(process {os.getpid()}\)"):
        load.load(store, [path], by="terminal:test")
    assert load.load(store, [path], by="terminal:test").totals["accepted"] == 1


def test_lock_of_a_process_that_has_ended_is_taken_over(draw, take, store):
    store.folder.mkdir()
    (store.folder / "lock").write_text("999999\n")
    assert take("a.csv", draw.street(3)).totals["accepted"] == 1


def test_what_no_manifest_names_is_swept_away_at_the_next_start(draw, take, store):
    take("a.csv", draw.street(3))
    kept = sorted(store.folder.rglob("*"))
    left = ["raw/0000", "raw/folder/x", "events/month=2025-06/force=durham/part-x.parquet", "cube/old.npy", ".new-manifest.json"]
    for name in left:
        store.path(name).parent.mkdir(parents=True, exist_ok=True)
        store.path(name).write_bytes(b"x")
    with store.writing():
        pass
    assert sorted(store.folder.rglob("*")) == kept


def test_what_was_added_is_taken_away_when_a_writer_fails(store):
    with pytest.raises(KeyboardInterrupt), store.writing() as draft:
        draft.add("raw/0000", b"x")
        raise KeyboardInterrupt
    assert not store.path("raw/0000").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}'])
def test_damaged_manifest_is_named(store, text):
    store.folder.mkdir()
    (store.folder / "manifest.json").write_text(text)
    with pytest.raises(CsplanError, match="is damaged"):
        store.manifest()


def test_folder_of_a_newer_program_is_refused(store):
    store.folder.mkdir()
    (store.folder / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(CsplanError, match="written by a newer version"):
        store.manifest()


def test_data_folder_that_is_a_file_is_refused_in_words(tmp_path, draw, put):
    (tmp_path / "data").write_text("x")
    with pytest.raises(CsplanError, match="is a file"):
        load.load(Store(tmp_path / "data"), [put("a.csv", draw.street(3))], by="terminal:test")


def test_manifest_reads_back_as_it_was_written(draw, take, store):
    take("2025-08.zip", draw.zip_bytes({"a.csv": draw.csv_bytes([*draw.rows(4), draw.row(9, type="Cattle rustling")])}))
    held = store.manifest()
    with store.writing() as draft:
        assert draft.manifest == held
    from csplan.evidence import manifest

    assert manifest.from_bytes(manifest.as_bytes(held), "here") == held


LOADER = """
import sys
import csplan.evidence.cube, csplan.evidence.police, duckdb  # what is slow to import comes before the test's clock starts
from csplan.evidence import load
from csplan.evidence.store import Store
load.BATCH_UNITS = 2
print("ready", flush=True)
load.load(Store(sys.argv[1]), sys.argv[2:], by="terminal:test")
"""


def test_kill_at_any_moment_leaves_each_unit_all_in_or_not_in(draw, put, tmp_path):
    """Killed outright at moments spread over the load; then what is there is whole, and loading again completes it."""
    months = [f"2025-0{m}" for m in range(1, 9)]
    archive = put("x.zip", draw.zip_bytes({f"{m}-durham-street.csv": draw.street(30, month=m) for m in months}))
    whole = Store(tmp_path / "whole")
    started = time.monotonic()
    load.load(whole, [archive], by="terminal:test")
    lasts = time.monotonic() - started
    expected = status.status(whole)
    chance = random.Random(7)
    for attempt in range(8):
        store = Store(tmp_path / f"killed-{attempt}")
        loader = subprocess.Popen(
            [sys.executable, "-c", LOADER, str(store.folder), str(archive)], stdout=subprocess.PIPE, cwd=os.getcwd()
        )
        assert loader.stdout is not None and loader.stdout.readline() == b"ready\n"
        time.sleep(chance.random() * lasts)
        loader.send_signal(signal.SIGKILL)
        loader.communicate()
        found = status.status(store)
        held = found["months"].get("durham", [])
        assert held == months[: len(held)]
        assert found["rows"] == 30 * len(held)
        load.load(store, [archive], by="terminal:test")
        again = status.status(store)
        assert (again["rows"], again["months"], again["cube"]) == (expected["rows"], expected["months"], expected["cube"])
        assert not list(store.folder.rglob(".new-*"))
