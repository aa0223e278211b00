"""Boundaries as the portal gives them: a zipped shapefile or a GeoPackage, opened in a process of its own."""

import io
import sqlite3
import struct
import zipfile

import pytest
import shapefile
import shapely

from csplan.evidence import archive, editions, tables
from csplan.evidence.incoming import drawn, file
from csplan.evidence.load import load

#: Two small areas of County Durham, as boxes: code -> (west, south, east, north), in degrees and in metres of the National Grid.
DEGREES = {"E01020590": (-1.58, 54.77, -1.57, 54.78), "E01020634": (-1.53, 54.78, -1.52, 54.79)}
METRES = {"E01020590": (427_100, 542_000, 427_900, 543_000), "E01020634": (430_300, 543_000, 431_000, 544_000)}


def polygons(boxes):
    return {code: shapely.box(*box) for code, box in boxes.items()}


def zipped_shapefile(boxes=DEGREES, *, name="LSOA_2021.shp", leave=(), more=()):
    """A shapefile as the portal zips it. leave : endings left out;  more : other members"""
    parts = {"shp": io.BytesIO(), "shx": io.BytesIO(), "dbf": io.BytesIO()}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON) as made:
        made.field("LSOA21CD", "C", 9)
        made.field("LSOA21NM", "C", 40)
        for code, shape in polygons(boxes).items():
            made.poly([list(shape.exterior.coords)])
            made.record(code, f"Dürham {code[-3:]}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archived:
        for ending, part in parts.items():
            if ending not in leave:
                archived.writestr(name.replace(".shp", f".{ending}"), part.getvalue())
        archived.writestr(name.replace(".shp", ".cpg"), "UTF-8")
        archived.writestr(name.replace(".shp", ".prj"), 'GEOGCS["WGS 84"]')
        for other in more:
            archived.writestr(other, parts["shp"].getvalue())
    return out.getvalue()


def geopackage(boxes=DEGREES, *, layers=("lsoa",), envelope=True):
    """A GeoPackage of one layer, as OGC 12-128r19 has it."""
    con = sqlite3.connect(":memory:")
    con.execute("PRAGMA application_id = 0x47504B47")
    con.execute(
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INT, z INT, m INT)"
    )
    for layer in layers:
        con.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'SHAPE', 'POLYGON', 27700, 0, 0)", (layer,))
        con.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, SHAPE BLOB, LSOA21CD TEXT, LSOA21NM TEXT)')
        for code, shape in polygons(boxes).items():
            west, south, east, north = shape.bounds
            edges = struct.pack("<4d", west, east, south, north) if envelope else b""
            blob = struct.pack("<2sBBi", b"GP", 0, 3 if envelope else 1, 27700) + edges + shapely.to_wkb(shape)
            con.execute(
                f'INSERT INTO "{layer}" (SHAPE, LSOA21CD, LSOA21NM) VALUES (?, ?, ?)', (blob, code, f"Dürham {code[-3:]}")
            )
    con.commit()
    return bytes(con.serialize())


FILES = {
    "shapefile": ("lsoa.zip", zipped_shapefile),
    "geopackage": ("lsoa.gpkg", geopackage),
}


@pytest.mark.parametrize("shape", FILES)
@pytest.mark.parametrize(("boxes", "unit"), [(DEGREES, "degrees"), (METRES, "metres")], ids=["degrees", "metres"])
def test_areas_are_told_as_rows_with_their_box(store, put, shape, boxes, unit):
    name, made = FILES[shape]
    report = load(store, [put(name, made(boxes))], by="tests")
    assert [(u.outcome, u.source, u.rows_loaded) for u in report.units] == [("accepted", f"ons/lsoa-2021-{shape}", 2)]
    (held,) = editions.tables(store.manifest())
    headings, rows = tables.lines(store.path(held.events), key="LSOA21CD", value="E01020590")
    row = dict(zip(headings, rows[0], strict=True))
    assert (row["west"], row["south"], row["east"], row["north"]) == pytest.approx(boxes["E01020590"])
    assert (row["points"], row["unit"], row["LSOA21NM"]) == (5, unit, "Dürham 590")


def test_a_geopackage_without_envelopes_is_the_same():
    assert file.read_drawn(geopackage(envelope=False), "a.gpkg") == file.read_drawn(geopackage(), "a.gpkg")


def test_a_shapefile_is_one_file_and_another_zip_is_not(put):
    (found,) = archive.find([put("lsoa.zip", zipped_shapefile())])
    assert not archive.is_archive(found) and len(list(archive.members(found))) == 1


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.zip", zipped_shapefile(leave=("dbf",)), "has outlines (.shp) and no table (.dbf) beside them. Zip both together."),
        ("a.zip", zipped_shapefile(more=("other.shp",)), "holds several shapefiles. Zip each by itself"),
        ("a.gpkg", geopackage(layers=("a", "b")), "holds 2 layers. Give a GeoPackage of one."),
        ("a.gpkg", geopackage()[:4096], "is damaged: its outlines cannot be read. Download it again."),
        ("a.gpkg", geopackage().replace(b"GP\x00", b"XX\x00"), "is damaged: its outlines cannot be read."),
        ("a.gpkg", geopackage({"E01020590": (2.0, 41.0, 2.1, 41.1)}), "Area 1 of a.gpkg lies outside the United Kingdom."),
        ("a.gpkg", geopackage({}), "draws no area. Download it again."),
        ("a.zip", zipped_shapefile()[:-200], "damaged or was cut short"),
    ],
    ids=["no table", "several", "two layers", "cut", "no geometry", "abroad", "empty", "cut zip"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(store, put, name, data, sentence):
    (unit,) = load(store, [put(name, data)], by="tests").units
    assert unit.outcome == "rejected" and sentence in unit.reasons[0].message
    assert not list(store.folder.glob("raw/*"))


def test_outlines_of_another_thing_are_refused_with_their_headings(store, put):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(zipped_shapefile())) as held, zipfile.ZipFile(out, "w") as other:
        for info in held.infolist():
            other.writestr(info.filename, held.read(info).replace(b"LSOA21CD", b"PARK_ID0"))
    (unit,) = load(store, [put("parks.zip", out.getvalue())], by="tests").units
    assert unit.outcome == "rejected" and "PARK_ID0, LSOA21NM" in unit.reasons[0].message


def test_a_view_that_never_ends_is_given_up(monkeypatch):
    """A GeoPackage whose layer is a query without end spends the child's own time, and no more."""
    con = sqlite3.connect(":memory:")
    con.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT)")
    con.execute("INSERT INTO gpkg_geometry_columns VALUES ('v', 'x')")
    con.execute("CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) AS x FROM n")
    con.commit()
    monkeypatch.setattr("csplan.evidence.incoming.file.PATIENCE_SECONDS", 3)
    with pytest.raises(file.InputRejected, match="needs more memory or time"):
        file.read_drawn(bytes(con.serialize()), "a.gpkg")


def test_what_it_is_is_told_by_its_bytes():
    assert [drawn.kind(data) for data in (zipped_shapefile(), geopackage(), b"PK\x03\x04", b"{}")] == [
        "shapefile",
        "geopackage",
        "",
        "",
    ]
