"""Made again from the events, or from the files as received: always the same."""

import pytest

from csplan.errors import CsplanError
from csplan.evidence import build, count, status


@pytest.fixture
def held(draw, take, store):
    for month in ("2025-05", "2025-06"):
        take(f"{month}.csv", draw.street(9, month=month))
    take("northumbria.csv", draw.street(6, force="Northumbria Police", lsoa=draw.NEWCASTLE))
    return status.status(store)


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_built_again_is_the_same(held, store):
    manifest = store.path("manifest.json").read_bytes()
    found = build.build(store)
    assert found == {"units": 3, "cube": held["cube"], "changed": False, "observations": None}
    assert store.path("manifest.json").read_bytes() == manifest


def test_rebuilt_from_the_files_as_received_is_the_same(held, store):
    found = build.rebuild(store)
    assert found == {
        "equal": True,
        "units": 3,
        "problems": [],
        "cube": {"sha256": held["cube"]["sha256"], "before": held["cube"]["sha256"]},
    }
    assert status.status(store) == held


@pytest.mark.parametrize("ending", ["npy", "json"])
@pytest.mark.parametrize("hurt", [flip, lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_damaged_cube_is_named_and_mended_from_the_events(held, store, tmp_path, ending, hurt):
    for path in store.path("cube").glob(f"durham*.{ending}"):
        hurt(path)
    from csplan.evidence import cube

    cube._read.cache_clear()
    with pytest.raises(CsplanError, match="missing or damaged"):
        count.count(store, area="E06000047", from_month="2025-06", to_month="2025-06", by="area")
    assert build.build(store)["changed"]
    assert build.build(store) == {"units": 3, "cube": held["cube"], "changed": False, "observations": None}


@pytest.mark.parametrize("hurt", [flip, lambda path: path.unlink()])
def test_damaged_events_are_named_and_mended_from_the_files_as_received(held, store, hurt):
    hurt(next(store.path("events/month=2025-06/force=durham").iterdir()))
    with pytest.raises(CsplanError, match="police.uk/street durham 2025-06 are missing or damaged"):
        build.build(store)
    found = build.rebuild(store)
    assert [p["key"] for p in found["problems"]] == ["police.uk/street durham 2025-06"]
    assert build.rebuild(store)["equal"] and status.status(store) == held


def test_damaged_file_as_received_is_named(held, store):
    unit = store.manifest().units[0]
    flip(store.path(f"raw/{unit.sha256}"))
    found = build.rebuild(store)
    assert [(p["key"], p["sha256"]) for p in found["problems"]] == [(unit.key, unit.sha256)]
    assert status.status(store) == held
