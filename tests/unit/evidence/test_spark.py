"""The second engine gives the very same cube. Run where Java and Spark are; elsewhere what is said instead is tested alone."""

import sys
from contextlib import nullcontext
from importlib.util import find_spec
from shutil import which

import pytest

from csplan import cli
from csplan.errors import CsplanError
from csplan.evidence import build, cube, editions, spark
from csplan.evidence.load import load

HAS_LIBRARIES = bool(find_spec("pyspark") and find_spec("sqlglot"))
needs_libraries = pytest.mark.skipif(not HAS_LIBRARIES, reason="pyspark and sqlglot are not installed here")
needs_spark = pytest.mark.skipif(not (HAS_LIBRARIES and which("java")), reason="there is no Java with pyspark and sqlglot here")


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


def tables(store):
    return {path.name: path.read_bytes() for path in store.folder.glob("cube/*")}


@pytest.fixture(scope="module")
def session():
    """One start of Spark for this file."""
    with spark.counting() as counting:
        yield counting


@pytest.fixture
def started(session, monkeypatch):
    """The same, and how many parts each force's count was asked for."""
    asked = []
    monkeypatch.setattr(spark, "counting", lambda: nullcontext(lambda parts: asked.append(len(parts)) or session(parts)))
    return asked


def says(store, capsys, *words):
    """What the terminal says to a command that succeeds."""
    with pytest.raises(SystemExit) as left:
        cli.main(["--data", str(store.folder), "evidence", *words])
    assert left.value.code == 0
    return capsys.readouterr().out


@needs_spark
def test_the_cube_is_the_same_to_the_byte(held, started, capsys):
    build.build(held)
    before, cubes = cube.sha256(held.manifest()), tables(held)
    assert len(editions.current(held.manifest())) == 4 and len(held.manifest().units) == 5
    for path in held.folder.glob("cube/*"):
        path.unlink()
    assert before in says(held, capsys, "build", "--engine", "spark")
    assert cube.sha256(held.manifest()) == before and tables(held) == cubes and len(cubes) == 4
    assert started == [3, 1]


@needs_spark
def test_everything_is_made_again_with_it(held, started, capsys):
    assert "Equal to what was there." in says(held, capsys, "rebuild", "--engine", "spark")
    assert started == [3, 1]


def test_without_its_libraries_it_says_how_to_get_them(held, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    manifest = held.path("manifest.json").read_bytes()
    for again in (build.build, build.rebuild):
        with pytest.raises(
            CsplanError, match=r'^Spark is not installed. Run pip install "csplan\[spark\]", or leave out --engine.$'
        ):
            again(held, engine="spark")
    assert held.path("manifest.json").read_bytes() == manifest


@pytest.fixture
def java(tmp_path, monkeypatch):
    """Put a script in the place of Java."""

    def java(does):
        file = tmp_path / "bin" / "java"
        file.parent.mkdir()
        file.write_text(f"#!/bin/sh\n{does}\n")
        file.chmod(0o755)

    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    return java


@needs_libraries
@pytest.mark.parametrize(
    "does", [None, "exit 1", "echo 'openjdk version \"11.0.2\"' >&2", "echo 'java version \"1.8.0_301\"' >&2"]
)
def test_without_a_java_that_is_new_enough_it_says_so(java, does):
    if does:
        java(does)
    with pytest.raises(CsplanError, match="^Spark needs Java 17 or later. Install it, or leave out --engine.$"), spark.counting():
        pass


@needs_libraries
def test_what_keeps_it_from_starting_is_said_in_one_sentence(java):
    java("""[ "$1" = -version ] && { echo 'openjdk version "17.0.2"' >&2; exit 0; }; echo 'Too little memory.' >&2; exit 1""")
    with pytest.raises(CsplanError, match="^Spark could not start: Too little memory.$"), spark.counting():
        pass
