"""A set of street files as large as the nation's, made from real rows: 43 forces x 36 months, in data.police.uk's layout.

    python tools/national.py FOLDER [--rows 200000]

Real rows of Durham's street files are dealt out again. Each small area (LSOA) of England and Wales is given the rows of one
real small area, with its own code and name and with the map points moved to its own middle, so that points repeat as
really as they do. Each month of a force is a draw from the rows of its areas. The same size gives the same files, under
one version of DuckDB. Where the open data is not beside the repository, the rows are made from the carried counts.
"""

import argparse
import csv
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from csplan.cycle import periods
from csplan.evidence import carried, sql, types
from csplan.evidence.areas import tables
from csplan.evidence.places import partnership_folder
from csplan.evidence.police import HEADINGS

ROOT = Path(__file__).resolve().parents[1]
POLICE = ROOT.parent / "shared" / "data" / "police"
MONTHS = periods.between("2023-01", "2025-12")
#: The release the whole set comes in, the month published again, and the release that has it again, a hundredth longer.
RELEASE, RESTATED, LATER = "2025-12", "2025-06", "2026-01"
FORCE = "durham"
SEED = 2026
#: About how many rows a month of the smallest force has at the least, so that no file is empty.
LEAST = 30
ALL = 1_000_000_000
#: Rows made from carried counts: on so many points in each small area, and so many months of them.
POINTS, CARRIED_MONTHS = 12, 12

_REAL = """
CREATE TABLE real AS
WITH found AS (SELECT *, row_number() OVER () AS n FROM read_csv({files}, header = true, all_varchar = true, names = {columns}))
SELECT n, source, crime_id IS NOT NULL AS named, f.lsoa IS NOT NULL AS located, location, type, outcome, context,
       CAST(longitude AS DOUBLE) - lon AS east, CAST(latitude AS DOUBLE) - lat AS north
FROM found AS f JOIN areas AS a ON a.force = '{force}' AND (a.lsoa = f.lsoa OR (f.lsoa IS NULL AND a.source = f.n % {sources}))
"""
#: Every row of a force's areas, once. A row without an area keeps neither code nor point, as it came.
_POOL = """
CREATE OR REPLACE TEMP TABLE pool AS
SELECT row_number() OVER (ORDER BY a.lsoa, r.n) AS k, r.*, a.name, a.lsoa, a.lon + east AS lon, a.lat + north AS lat
FROM areas AS a JOIN real AS r USING (source) WHERE a.force = '{force}'
"""
_DRAW = """
COPY (
    SELECT CASE WHEN named THEN sha256('{key}' || k) END AS "Crime ID", '{month}' AS "Month",
        '{name}' AS "Reported by", '{name}' AS "Falls within",
        CASE WHEN located THEN printf('%.6f', lon) END AS "Longitude", CASE WHEN located THEN printf('%.6f', lat) END AS "Latitude",
        location AS "Location", CASE WHEN located THEN lsoa END AS "LSOA code", CASE WHEN located THEN name END AS "LSOA name",
        type AS "Crime type", outcome AS "Last outcome category", context AS "Context"
    FROM pool WHERE hash(k, '{key}') % {all} < {share} ORDER BY hash(k, '{key}')
) TO '{to}' (FORMAT csv, HEADER true)
"""


@dataclass(frozen=True)
class National:
    """Where the set is.

    release : the folder of the street files, a folder for each month;  archive : the same files in one archive
    restated : an archive with one month of every force as a later release has it
    files, rows, bytes : how many;  months : the first and the last;  source : which rows they were dealt from, in words
    """

    release: Path
    archive: Path
    restated: Path
    files: int
    rows: int
    bytes: int
    months: tuple[str, str]
    source: str


def make(folder: Path, rows: int) -> National:
    """Write the set, of about so many rows, in a folder."""
    con = sql.connect()
    source = _deal(con, folder)
    pools = con.execute("SELECT force, count(*) FROM areas JOIN real USING (source) GROUP BY force ORDER BY force").fetchall()
    share = rows / len(MONTHS) / sum(n for _, n in pools)
    if share > 1:
        raise SystemExit(f"{rows:,} rows are more than there are real rows to draw from.")
    for force, held in pools:
        con.execute(_POOL.format(force=force))
        own = max(share, LEAST / held)
        for month in MONTHS:
            _draw(con, folder / RELEASE, force, month, own)
        _draw(con, folder / LATER, force, RESTATED, 1.01 * own)
    files = sorted((folder / RELEASE).glob("*/*.csv"))
    written = con.execute("SELECT count(*) FROM read_csv(?, header = true, all_varchar = true)", [[str(f) for f in files]])
    return National(
        release=folder / RELEASE,
        archive=_packed(folder / RELEASE),
        restated=_packed(folder / LATER),
        files=len(files),
        rows=int(written.fetchall()[0][0]),
        bytes=sum(f.stat().st_size for f in files),
        months=(MONTHS[0], MONTHS[-1]),
        source=source,
    )


def _deal(con: Any, folder: Path) -> str:
    """Make the tables `areas` (every small area, and the number of the real one whose rows it gets) and `real` (those rows)."""
    names, forces = _names(), {d.code: d.force_slug for d in tables.districts().values()}
    small = tables.country().small
    own = sorted(code for code, area in small.items() if forces[area.district] == FORCE)
    dealt = np.random.default_rng(SEED).permutation(len(small)) % len(own)
    source = {code: int(n) for code, n in zip(sorted(small), dealt, strict=True)} | {code: n for n, code in enumerate(own)}
    rows = ((forces[a.district], code, names[code], a.lon, a.lat, source[code]) for code, a in sorted(small.items()))
    listed = _write(folder / "areas.csv", ("force", "lsoa", "name", "lon", "lat", "source"), rows)
    con.execute("CREATE TABLE areas AS SELECT * FROM read_csv(?, header = true)", [str(listed)])
    files, said = _real_files(folder)
    asked = _REAL.format(files=[str(f) for f in files], columns=list(sql.STREET), force=FORCE, sources=len(own))
    con.execute(asked)
    return said


def _names() -> dict[str, str]:
    """The name of each small area in the publisher's manner: its district, the number of its MSOA there, and its letter."""
    small, districts = tables.country().small, tables.districts()
    seen = Counter[str]()
    number = {}
    for msoa, district in sorted({(a.msoa, a.district) for a in small.values()}):
        seen[district] += 1
        number[msoa] = seen[district]
    return {code: f"{districts[a.district].name} {number[a.msoa]:03d}{a.part}" for code, a in small.items()}


def _real_files(folder: Path) -> tuple[list[Path], str]:
    """The files whose rows are dealt, and what they are in words."""
    archives = sorted(POLICE.glob(f"{FORCE}-street-*.zip"))
    for archive in archives:
        with zipfile.ZipFile(archive) as held:
            held.extractall(folder / "real")
    if archives:
        return sorted((folder / "real").glob("*/*-street.csv")), "real rows of Durham's street files"
    made = _write(folder / "real.csv", HEADINGS, _made_rows())
    return [made], "rows made from County Durham's carried counts (the open data is not beside the repository)"


def _made_rows() -> Iterator[tuple[object, ...]]:
    """A row for each crime of the carried counts, on a point near the middle of its small area."""
    held = carried.carried_counts(partnership_folder("county-durham") / "figures")
    small, titles = (
        tables.country().small,
        {slug: name for name, slug in reversed(types.NAMES.items())},
    )  # the first of several names
    for kind, row, column in np.argwhere(held.counts[:, :, -CARRIED_MONTHS:]):
        code, slug = held.lsoas[row], held.types[kind]
        for n in range(held.counts[kind, row, column - CARRIED_MONTHS] if code in small else 0):
            point = (n + kind) % POINTS
            lon, lat = small[code].lon + point / 5000, small[code].lat + point * 7 % POINTS / 5000
            who, outcome = ("", "") if slug == "anti-social-behaviour" else ("x", "Status update unavailable")
            place = f"On or near Street {point}"
            yield who, "", "", "", f"{lon:.6f}", f"{lat:.6f}", place, code, "", titles[slug], outcome, ""


def _draw(con: Any, release: Path, force: str, month: str, share: float) -> None:
    """Write one month of a force: that share of the rows in `pool`."""
    to = release / month / f"{month}-{force}-street.csv"
    to.parent.mkdir(parents=True, exist_ok=True)
    name = next(d.force_name for d in tables.districts().values() if d.force_slug == force)
    told = {"key": f"{SEED} {force} {month} ", "month": month, "name": f"{name} Police", "to": to}
    con.execute(_DRAW.format(**told, all=ALL, share=round(share * ALL)))


def _packed(release: Path) -> Path:
    """The files of a release in one archive, in order; packed lightly, because packing is not what is measured."""
    archive = release.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for file in sorted(release.glob("*/*.csv")):
            out.write(file, file.relative_to(release).as_posix())
    return archive


def _write(to: Path, headings: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> Path:
    with to.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)
    return to


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    made = make(given.folder, given.rows)
    if given.json:
        print(json.dumps(asdict(made), default=str))
    else:
        print(f"{made.rows:,} rows, {made.bytes:,} bytes, {made.files:,} files, from {made.source}.")
