"""Whether the published points lie in the small areas whose codes the files give them: a check, from which no number is published."""

import json
from typing import Any

import numpy as np

from csplan.errors import CsplanError
from csplan.evidence import editions, placing, sources, sql
from csplan.evidence.store import Store

#: So many of the small areas with most points elsewhere are named.
MOST_NAMED = 20


def check(store: Store, source: str) -> dict[str, Any]:
    """Place each distinct point of the events that are shown in outlines that are held, and hold it against the code of its row.

    source : of a boundary table in GeoJSON, such as ons/lsoa-2021-simplified
    Returns {source, rows, without_point, other_codes, agree, elsewhere, outside, points, areas[{code, rows, elsewhere}]}, all but
    `points` (the distinct ones) in rows. `other_codes` are rows whose code these outlines do not have, such as of another census.
    Raises CsplanError where no such outlines or no events are held.
    """
    codes, polygons = _outlines(store, source)
    rows = _points(store)
    if not rows:
        raise CsplanError("No street files are held, so there are no points to place. Load some first.")
    lsoa, counts = np.array([row[0] for row in rows]), np.array([row[3] for row in rows])
    lon, lat = (np.array([np.nan if row[i] is None else row[i] / 1e6 for row in rows]) for i in (1, 2))
    known = np.isin(lsoa, codes)
    found = placing.place(lon, lat, polygons)
    placed = np.where(found >= 0, np.array([*codes, ""])[found], "")
    asked, agree = known & np.isfinite(lon), known & (placed == lsoa)
    moved = asked & ~agree & (found >= 0)
    named = {str(code): int(counts[moved & (lsoa == code)].sum()) for code in np.unique(lsoa[moved])}
    worst = sorted(named, key=lambda code: (-named[code], code))[:MOST_NAMED]
    return {
        "source": source,
        "rows": int(counts.sum()),
        "without_point": int(counts[~np.isfinite(lon)].sum()),
        "other_codes": int(counts[~known & np.isfinite(lon)].sum()),
        "agree": int(counts[agree].sum()),
        "elsewhere": int(counts[moved].sum()),
        "outside": int(counts[asked & (found < 0)].sum()),
        "points": len({(row[1], row[2]) for row in rows if row[1] is not None}),
        "areas": [{"code": code, "rows": int(counts[lsoa == code].sum()), "elsewhere": named[code]} for code in worst],
    }


def _outlines(store: Store, name: str) -> tuple[list[str], list[Any]]:
    """(codes in order, their polygons) of every part of a boundary table that is held."""
    import shapely

    source = sources.named(name, store.own_sources)
    units = [unit for unit in editions.tables(store.manifest()) if unit.source == source.name]
    if source.shape != "geojson" or not units:
        raise CsplanError(f"No outlines of {source.name} are held as GeoJSON. Load some, as csplan evidence sources names them.")
    drawn: dict[str, Any] = {}
    for unit in units:
        told = json.loads(store.path(f"raw/{unit.sha256}").read_bytes().decode("utf-8-sig"))
        drawn |= {f["properties"][source.key]: shapely.from_geojson(json.dumps(f["geometry"])) for f in told["features"]}
    codes = sorted(drawn)
    return codes, [drawn[code] for code in codes]


def _points(store: Store) -> list[Any]:
    """(code, millionths of a degree east and north, rows) of the events that are shown."""
    parts = [store.path(unit.events) for unit in editions.current(store.manifest()).values()]
    if not parts:
        return []
    asked = "SELECT lsoa, lon, lat, count(*) FROM events GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    return sql.over_events(sql.connect(), parts, asked)
