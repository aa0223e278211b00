"""csplan's side, and DuckDB's alone, of what tools/bench_national.py measures; one task in a process of its own.

python tools/bench_ours.py TASK ARGUMENT…      prints one line of JSON: the seconds of each turn, and what came out
"""

import gzip
import json
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np


def turns(n: int, act: Callable[[], object]) -> list[float]:
    """How long each of so many calls took, in seconds."""
    out = []
    for _ in range(n):
        begin = time.perf_counter()
        act()
        out.append(time.perf_counter() - begin)
    return out


def peak_mb() -> float:
    """The most memory this process has held, in MB; read of the process alone, as ru_maxrss begins with its parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _months(folder: str) -> Iterator[tuple[str, list[Path]]]:
    """(month, its files) of a release."""
    for month, files in groupby(sorted(Path(folder).glob("*/*.csv")), lambda file: file.parent.name):
        yield month, list(files)


def parse(folder: str) -> dict[str, Any]:
    """DuckDB alone, with its own guesses off: every value of every column read, and nothing made of it."""
    from csplan.evidence import sql

    con = sql.connect()
    files = [str(file) for file in sorted(Path(folder).glob("*/*.csv"))]
    asked = f"SELECT {', '.join(f'count({c})' for c in sql.STREET)} FROM read_csv(?, header = true, columns = ?)"
    begin = time.perf_counter()
    rows = con.execute(asked, [files, dict.fromkeys(sql.STREET, "VARCHAR")]).fetchall()[0][1]
    return {"seconds": [time.perf_counter() - begin], "rows": rows}


def counts(folder: str) -> dict[str, Any]:
    """Files to counts of area x month x type, a month at a time, as columns in memory."""
    from csplan.evidence import sql

    con = sql.connect()
    begin = time.perf_counter()
    held = []
    for _, files in _months(folder):
        sql.count_as_received(con, files)
        held.append(con.execute("SELECT n FROM counted").fetchnumpy()["n"])
    took = time.perf_counter() - begin
    return {"seconds": [took], "groups": sum(map(len, held)), "rows": int(sum(n.sum() for n in held))}


def parquet(folder: str, to: str) -> dict[str, Any]:
    """Files to sorted lean Parquet, a month at a time, in one pass of the program's own SQL and with none of its checks."""
    from csplan.evidence import police, sql

    con = sql.connect()
    begin = time.perf_counter()
    for month, files in _months(folder):
        police.write_as_received(con, files, Path(to) / f"{month}.parquet")
    took = time.perf_counter() - begin
    return {"seconds": [took], "bytes": sum(file.stat().st_size for file in Path(to).glob("*.parquet"))}


def load(data: str, archive: str, times: str = "1") -> dict[str, Any]:
    """An archive loaded, so many times over; what became of its files."""
    from csplan.evidence.load import load as load_files
    from csplan.evidence.store import Store

    store, reports = Store(Path(data)), []
    took = turns(int(times), lambda: reports.append(load_files(store, [Path(archive)], by="terminal:bench")))
    outcomes = [Counter(unit.outcome for unit in report.units) for report in reports]
    events = sum(store.path(unit.events).stat().st_size for unit in store.manifest().units)
    return {"seconds": took, "outcomes": outcomes[-1], "rows": reports[0].as_json()["totals"]["rows_loaded"], "bytes": events}


def cube(data: str, first: str, last: str) -> dict[str, Any]:
    """One partnership's counts by month from the cube: in a program that has just begun, then other partnerships warm."""
    from csplan.evidence import count
    from csplan.evidence.areas import tables
    from csplan.evidence.store import Store

    store, answers = Store(Path(data)), {}
    codes = ["E06000047", *sorted(set(tables.districts()) - {"E06000047"})[::16]]

    def ask(area: str) -> None:
        answers[area] = count.count(store, area=area, from_month=first, to_month=last)

    cold, *warm = [turns(1, lambda area=code: ask(area))[0] for code in codes]  # type: ignore[misc]
    return {"cold": [cold], "seconds": warm, "rows": answers["E06000047"]["count"]}


def scan(data: str, first: str, last: str) -> dict[str, Any]:
    """The same counts by DuckDB from the events of the load: of every force, and of the one force's files alone."""
    from csplan.evidence import areas, sql

    con = sql.connect()
    codes = sorted({code for vintage in ("2011", "2021") for code in areas.lsoas("E06000047", vintage)})
    rows: list[int] = []

    def ask(force: str) -> None:
        files = f"{data}/events/month=*/force={force}/*.parquet"
        asked = f"""SELECT month, type, count(*) AS n FROM read_parquet(?, hive_partitioning = true, hive_types = {{'month': VARCHAR}})
            WHERE month BETWEEN ? AND ? AND {sql.one_of("lsoa", codes)} GROUP BY ALL"""
        rows.append(sum(n for _, _, n in con.execute(asked, [files, first, last]).fetchall()))

    return {"seconds": turns(5, lambda: ask("*")), "one_force": turns(5, lambda: ask("durham")), "rows": rows[-1]}


def same(data: str, folder: str) -> dict[str, Any]:
    """How many counts of a load, by type and month and by type and area, differ from the files as they came."""
    from csplan.evidence import cube as tables_of_counts
    from csplan.evidence import sql, types
    from csplan.evidence.store import Store

    store, con = Store(Path(data)), sql.connect()
    held: Counter[tuple[str, str]] = Counter()
    for block in store.manifest().cube.values():
        table = tables_of_counts.read(store, block)
        by_month, by_area = table.counts.sum(axis=1, dtype=int), table.counts.sum(axis=2, dtype=int)
        for names, summed in ((table.months, by_month), (table.areas, by_area)):
            for (i, j), n in np.ndenumerate(summed):
                held[types.COUNTED[i], names[j]] += int(n)
    for month, files in _months(folder):
        sql.count_as_received(con, files)
        for name, area, n in con.execute("SELECT type, lsoa, sum(n) FROM counted GROUP BY ALL").fetchall():
            held[types.NAMES[name], area] -= int(n)
            held[types.NAMES[name], month] -= int(n)
    return {"seconds": [0.0], "differing": sum(1 for n in held.values() if n)}


def points(archives: str, to: str, n: str) -> dict[str, Any]:
    """Keep the map points of real street files, over again until there are enough, as one array (points, 2)."""
    import csv
    import io

    found = []
    for archive in archives.split(","):
        with zipfile.ZipFile(archive) as held:
            for name in sorted(held.namelist()):
                lines = csv.DictReader(io.StringIO(held.read(name).decode()))
                found += [(float(x["Longitude"]), float(x["Latitude"])) for x in lines if x["Longitude"]]
    every = np.resize(np.array(found), (int(n), 2))
    np.save(to, every)
    distinct = len(np.unique(every[:, 0] + 1j * every[:, 1]))
    return {"seconds": [0.0], "real": len(found), "distinct": distinct}


def place(points_file: str, outlines: str, to: str) -> dict[str, Any]:
    """Points placed in outlines, in order of their codes; the answers are kept."""
    import shapely

    from csplan.evidence.placing import place as place_points

    features = json.loads(gzip.decompress(Path(outlines).read_bytes()))["features"]
    features.sort(key=lambda feature: feature["properties"]["lsoa21_code"])
    polygons = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    lon, lat = np.load(points_file).T
    answers: list[Any] = []
    took = turns(3, lambda: answers.append(place_points(lon, lat, polygons)))
    np.save(to, answers[0])
    return {"seconds": took, "placed": int((answers[0] >= 0).sum()), "polygons": len(polygons)}


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:]) | {"peak_mb": peak_mb(), "cpu": time.process_time()}))
