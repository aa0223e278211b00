"""What nobody should send is refused in one sentence, or read for what is good in it; and what was held before is the same."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from csplan.evidence import build, cube
from csplan.evidence.load import load
from csplan.evidence.store import Store

_spec = importlib.util.spec_from_file_location("make_hostile", Path(__file__).with_name("make.py"))
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)
CASES = list(make.corpus())
BEFORE = make.street([make.line(n, month="2025-05") for n in range(3)])


def held(folder):
    """Every file of a data folder with its bytes, but for the lock."""
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "lock"}


@pytest.fixture(scope="module")
def month_before(tmp_path_factory):
    """A data folder that holds the month before; each test has a copy."""
    folder = tmp_path_factory.mktemp("before")
    first = folder / "2025-05-durham-street.csv"
    first.write_bytes(BEFORE)
    assert load(Store(folder / "data"), [first], by="terminal:test").totals["accepted"] == 1
    return folder / "data"


@pytest.fixture
def store(month_before, tmp_path):
    return Store(shutil.copytree(month_before, tmp_path / "data"))


def test_there_are_enough_and_each_is_called_otherwise():
    assert len(CASES) >= 90 and len({case.what for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_each_becomes_what_is_written(case, store, tmp_path):
    place = tmp_path / "given" / case.name
    place.parent.mkdir()
    place.write_bytes(case.data)
    before, seen = held(store.folder), {p for p in tmp_path.rglob("*") if store.folder not in p.parents}
    report = load(store, [place], by="terminal:test")
    assert tuple(unit.outcome for unit in report.units) == case.outcomes, report.units
    messages = [reason.message for unit in report.units for reason in unit.reasons]
    assert any(case.said in message for message in messages) or not case.said, messages
    assert report.totals["rows_loaded"] == case.loaded
    for unit in report.units:
        assert unit.rows_read == unit.rows_loaded + unit.rows_quarantined
        if unit.outcome == "rejected":
            assert len(unit.reasons) == 1 and unit.reasons[0].message.endswith((".", "`", ")")) and "Traceback" not in messages[0]
    assert {p for p in tmp_path.rglob("*") if store.folder not in p.parents} == seen, "no file is written by its own name"
    if set(case.outcomes) == {"rejected"}:
        assert held(store.folder) == before, "what was held is as it was"


@pytest.mark.parametrize("case", [c for c in CASES if c.loaded], ids=lambda case: case.what)
def test_what_is_taken_reconciles_and_is_made_again_alike(case, store, tmp_path):
    place = tmp_path / "given" / case.name
    place.parent.mkdir()
    place.write_bytes(case.data)
    load(store, [place], by="terminal:test")
    again = build.rebuild(store)
    assert again["equal"], again["problems"]
    units = [u for u in store.manifest().units if u.month == "2025-06"]
    assert sum(sum(u.types.values()) for u in units) == sum(u.rows_loaded for u in units)
    for block in store.manifest().cube.values():
        table = cube.read(store, block)
        for i, month in enumerate(table.months):
            assert table.counts[:, :, i].sum() == sum(u.rows_loaded for u in store.manifest().units if u.month == month)
