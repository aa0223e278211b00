"""Small files of every source of tables, for tests."""

import csv
import io
import json

from csplan.evidence import editions, sources

#: kind of value -> values that are of it, each row another
EXAMPLES = {
    "month": ("2025-06", "2025-06", "2025-06"),
    "instant": ("2025-06-01T00:15:00+00:00", "2025-06-30T12:00:00Z", "2025-05-31T23:30:00+00:00"),
    "longitude": ("-1.57", "0.1", "-3"),
    "latitude": ("54.77", "50", "60.1"),
    "text": ("a", "b", "c"),
    "number": ("1.5", "-2,000.25", "3e-1"),
    "whole": ("1", "1,563", "0"),
    "oa": ("E00000001", "E00000002", "W00000003"),
    "lsoa": ("E01020590", "E01020591", "W01000003"),
    "msoa": ("E02004290", "E02004291", "W02000003"),
    "ward": ("E05016152", "E05016153", "W05000003"),
    "district": ("E06000047", "E06000047", "E06000047"),
    "csp": ("E22000365", "E22000365", "E22000365"),
    "police": ("E23000008", "E23000008", "E23000008"),
    "fire": ("E31000013", "E31000013", "E31000013"),
    "code": ("DH11AA", "E12000001", "K02000001"),
}
TABULAR = [s for s in sources.every() if s.shape in ("csv", "tsv")]
DRAWN = [s for s in sources.every() if s.shape in ("geojson", "topojson")]
IMD = "mhclg/imd-2015"


def name_of(source, n=1):
    if source.name.startswith("police.uk/") and source.scope_in:
        return f"2025-06-durham-{source.name.partition('/')[2]}.csv"
    if source.name == "ons/postcode-directory":
        return "ONSPD_MAY_2025_UK_DH.csv"
    return f"table-{n}-mid-2020-onspd-2025-11-2017-18-type-2025-.{source.shape}"


def value(source, heading, n):
    if heading == source.force:
        return "Durham Constabulary"
    if heading == source.scope and source.type_of(heading) in ("text", "whole"):
        return "one" if source.type_of(heading) == "text" else "1"
    return EXAMPLES[source.type_of(heading)][n]


def headings_of(source):
    """The headings of a source; those that were told apart stand as they stand in the file."""
    return [*source.columns, *(["0", "1", "90+"] if source.rest else [])]


def table(source, rows=None, headings=None):
    """A small file of a source."""
    headings = headings or headings_of(source)
    rows = rows if rows is not None else [[value(source, h, n) for h in headings] for n in range(3)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if source.shape == "tsv" else ",", lineterminator="\n")
    writer.writerows([headings, *rows])
    return out.getvalue().encode()


SQUARE = [[[-1.6, 54.7], [-1.5, 54.7], [-1.5, 54.8], [-1.6, 54.8], [-1.6, 54.7]]]


def drawn(source, ring=SQUARE, kind="Polygon"):
    """A small file of outlines of a source."""
    names = [h for h in source.columns if h not in ("west", "south", "east", "north", "points")]
    about = [{h: value(source, h, n) for h in names} for n in range(2)]
    if source.shape == "geojson":
        features = [{"type": "Feature", "properties": a, "geometry": {"type": kind, "coordinates": ring}} for a in about]
        return json.dumps({"type": "FeatureCollection", "features": features}).encode()
    steps = [[0, 0], [1000, 0], [0, 1000], [-1000, 0], [0, -1000]]
    shapes = [{"type": "Polygon", "properties": a, "arcs": [[n - 1]]} for n, a in enumerate(about)]
    told = {"scale": [0.0001, 0.0001], "translate": [-1.6, 54.7]}
    layers = {"here": {"type": "GeometryCollection", "geometries": shapes}}
    return json.dumps({"type": "Topology", "transform": told, "arcs": [steps], "objects": layers}).encode()


def held(store, source):
    return [(u.force, u.month, u.rows_loaded) for u in editions.tables(store.manifest()) if u.source == source]


def imd(*rows):
    source = sources.named(IMD)
    return table(source, rows=[[*row] for row in rows])


GOOD = ("E01020590", "Here 001A", "E06000047", "County Durham", "12.5", "100", "1")
