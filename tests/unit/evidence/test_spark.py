"""The second engine gives the very same cube. Run where Java and Spark are; elsewhere what is said instead is tested alone."""

import shutil
import sys

import pytest

from csplan.errors import CsplanError
from csplan.evidence import build, cube, spark, status
from csplan.evidence.load import load

HAS_SPARK = bool(shutil.which("java"))
needs_spark = pytest.mark.skipif(not HAS_SPARK, reason="there is no Java here, which Spark needs")
if HAS_SPARK:
    pytest.importorskip("pyspark")


@pytest.fixture(scope="module")
def held(draw, tmp_path_factory):
    """Two forces, four months, a month restated, rows without an area, and incidents without an ID that are alike."""
    from csplan.evidence.store import Store

    folder = tmp_path_factory.mktemp("spark")
    store = Store(folder / "data [1]")
    asb = [draw.row(90, lsoa=draw.HERE, type="Anti-social behaviour", crime_id="")] * 40
    for edition, month, n in (
        ("2025-07", "2025-04", 12),
        ("2025-08", "2025-04", 13),
        ("2025-08", "2025-05", 7),
        ("2025-08", "2025-06", 9),
    ):
        rows = [*draw.rows(n, lsoa=draw.HERE), draw.row(70, lsoa="", lsoa_name=""), draw.row(71, lsoa=draw.DARLINGTON), *asb]
        file = folder / edition / f"{month}-durham-street.csv"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(draw.csv_bytes([row | {"month": month} for row in rows]))
        load(store, [file], edition=edition, by="tests")
    force = {"reported_by": "Northumbria Police", "falls_within": "Northumbria Police", "lsoa": draw.NEWCASTLE}
    file = folder / "2025-06-northumbria-street.csv"
    file.write_bytes(draw.csv_bytes(draw.rows(5, start=200, **force)))
    load(store, [file], by="tests")
    return store


@needs_spark
def test_the_cube_is_the_same_to_the_byte(held):
    def tables():
        return {path.name: path.read_bytes() for path in held.folder.glob("cube/*")}

    build.build(held)
    before, cubes = cube.sha256(held.manifest()), tables()
    assert len(status.status(held)["months"]) == 2
    for path in held.folder.glob("cube/*"):
        path.unlink()
    made = build.build(held, engine="spark")
    assert made["cube"]["sha256"] == before and tables() == cubes and len(cubes) == 4


@needs_spark
def test_everything_is_made_again_with_it(held):
    assert build.rebuild(held, engine="spark")["equal"]


def test_without_its_libraries_it_says_how_to_get_them(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(CsplanError, match=r'Run pip install "csplan\[spark\]", or leave out --engine'), spark.counting():
        pass


@needs_spark
def test_without_java_it_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(CsplanError, match="Spark needs Java 17 or later, and none is found"), spark.counting():
        pass
