"""Boundaries as a shapefile (zipped with its table) or a GeoPackage, told as rows: what is known of each area, its box and its points.

Both are opened by libraries that are not ours, so `file.read_drawn` calls this in a process of its own, with limits. A box is in the unit of
the file: degrees, or metres of the British National Grid, as the portal of the Office for National Statistics gives both.
"""

import io
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from csplan.errors import InputRejected
from csplan.evidence.incoming import package

SQLITE = b"SQLite format 3\x00"
BOX = ("west", "south", "east", "north", "points", "unit")
#: The National Grid's extent in metres, and degrees between which Britain lies: (west, south, east, north).
METRES, DEGREES = (0, 1_000, 700_000, 1_300_000), (-9.0, 49.0, 2.5, 61.5)
MOST_AREAS = 250_000
#: The generalised outlines of every small area unpack to some 200 MB.
UNPACKED_BYTES = 512 * package.MIB
#: Length of the header of a geometry in a GeoPackage by the kind of envelope that it says it has (OGC 12-128r19, table 5).
ENVELOPES = {0: 8, 1: 40, 2: 56, 3: 56, 4: 72}

Row = tuple[list[Any], tuple[float, float, float, float], int]


def kind(data: bytes) -> str:
    """geopackage, shapefile, or "" for neither."""
    if data.startswith(SQLITE):
        return "geopackage"
    if not data.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "shapefile" if _named(archive, ".shp") else ""
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""


def read(data: bytes, name: str) -> dict[str, Any]:
    """{"heads": headings, "rows": a row for each area}. Raises InputRejected with what is wrong."""
    import shapefile
    import shapely

    shown = package.safe_name(name)
    try:
        heads, found = _geopackage(data, shown) if kind(data) == "geopackage" else _shapefile(data, shown)
        rows = [_row(n, *area, shown) for n, area in enumerate(found, start=1)]
    except (sqlite3.Error, shapefile.ShapefileException, shapely.errors.ShapelyError) as e:
        raise InputRejected(_damaged(shown)) from e
    except (zipfile.BadZipFile, ValueError, IndexError, KeyError, EOFError, OSError, UnicodeError) as e:
        raise InputRejected(_damaged(shown)) from e
    if not rows:
        raise InputRejected(f"{shown} draws no area. Download it again.")
    return {"heads": [*heads, *BOX], "rows": rows}


def _damaged(shown: str) -> str:
    return f"{shown} is damaged: its outlines cannot be read. Download it again."


def _row(n: int, values: Sequence[Any], box: tuple[float, float, float, float], points: int, shown: str) -> list[Any]:
    unit = next((name for name, within in (("degrees", DEGREES), ("metres", METRES)) if _inside(box, within)), None)
    if unit is None:
        raise InputRejected(f"Area {n} of {shown} lies outside the United Kingdom. Give the file of the right place.")
    return [*(_words(value) for value in values), *box, points, unit]


def _inside(box: tuple[float, float, float, float], within: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return within[0] <= west <= east <= within[2] and within[1] <= south <= north <= within[3]


def _words(value: Any) -> Any:
    if value is None or isinstance(value, (int, float)):
        return value
    return str(value).strip() or None


# ---- shapefiles -------------------------------------------------------------------------------------


def _named(archive: zipfile.ZipFile, ending: str) -> list[str]:
    return [name for name in archive.namelist() if name.lower().endswith(ending) and not name.startswith("__MACOSX")]


def _shapefile(data: bytes, shown: str) -> tuple[list[str], Iterator[Row]]:
    """One shapefile of a zip: its outlines (.shp) and its table (.dbf)."""
    import shapefile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package.check_members(archive, shown, len(data), most=UNPACKED_BYTES, largest=UNPACKED_BYTES)
        outlines = _named(archive, ".shp")
        if len(outlines) != 1:
            raise InputRejected(f"{shown} holds several shapefiles. Zip each by itself, and give the one that is wanted.")
        tables = [name for name in _named(archive, ".dbf") if name[:-4].lower() == outlines[0][:-4].lower()]
        if not tables:
            raise InputRejected(f"{shown} has outlines (.shp) and no table (.dbf) beside them. Zip both together.")
        pages = [archive.read(name).decode("ascii", "replace").strip() for name in _named(archive, ".cpg")]
        shp, dbf = archive.read(outlines[0]), archive.read(tables[0])
    encoding = pages[0] if pages and pages[0].upper().startswith(("UTF", "ISO", "CP", "WINDOWS")) else "utf-8"
    reader = shapefile.Reader(shp=io.BytesIO(shp), dbf=io.BytesIO(dbf), encoding=encoding, encodingErrors="replace")
    return [field[0] for field in reader.fields if field[0] != "DeletionFlag"], _areas(reader, shown)


def _areas(reader: Any, shown: str) -> Iterator[Row]:
    for n, found in enumerate(reader.iterShapeRecords()):
        if n >= MOST_AREAS:
            raise InputRejected(f"{shown} draws more than {MOST_AREAS:,} areas. Give the part that is wanted.")
        if not found.shape.points:
            raise InputRejected(f"Area {n + 1} of {shown} has no outline. Download it again.")
        west, south, east, north = (float(edge) for edge in found.shape.bbox)
        yield list(found.record), (west, south, east, north), len(found.shape.points)


# ---- GeoPackages ------------------------------------------------------------------------------------


def _geopackage(data: bytes, shown: str) -> tuple[list[str], Iterator[Row]]:
    """The one layer of features of a GeoPackage. It is an SQLite file, opened in memory to be read alone."""
    import shapely

    with closing(sqlite3.connect(":memory:")) as con:
        con.deserialize(data)
        con.execute("PRAGMA trusted_schema = OFF")
        con.execute("PRAGMA cell_size_check = ON")
        layers = con.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall()
        if len(layers) != 1:
            raise InputRejected(f"{shown} holds {len(layers)} layers. Give a GeoPackage of one.")
        asked = con.execute(f"SELECT * FROM {_quoted(layers[0][0])} LIMIT {MOST_AREAS + 1}")
        names = [column[0] for column in asked.description]
        at = names.index(layers[0][1])
        rows = asked.fetchall()
    if len(rows) > MOST_AREAS:
        raise InputRejected(f"{shown} draws more than {MOST_AREAS:,} areas. Give the part that is wanted.")
    shapes = shapely.from_wkb([_wkb(row[at]) for row in rows])
    boxes, points = shapely.bounds(shapes), shapely.get_num_coordinates(shapes)
    found: Iterator[Row] = (
        ([value for i, value in enumerate(row) if i != at], (float(box[0]), float(box[1]), float(box[2]), float(box[3])), int(n))
        for row, box, n in zip(rows, boxes, points, strict=True)
    )
    return [name for i, name in enumerate(names) if i != at], found


def _quoted(name: str) -> str:
    return '"' + str(name).replace('"', '""') + '"'


def _wkb(blob: Any) -> bytes:
    """The geometry of a GeoPackage without its header."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP":
        raise ValueError("no geometry")
    return blob[ENVELOPES[(blob[3] >> 1) & 7] :]
