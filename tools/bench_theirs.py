"""pandas' and geopandas' side of what tools/bench_national.py measures; one task in a process of its own.

Run by the Python of .venv-bench, which has neither csplan nor DuckDB. Each task is written as its users write it.
"""

import gzip
import json
import sys
import time
from pathlib import Path
from typing import Any


def peak_mb() -> float:
    """The most memory this process has held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def counts(folder: str) -> dict[str, Any]:
    """Files to counts of area x month x type: the three columns of each file, put together and grouped."""
    import pandas as pd

    files, wanted = sorted(Path(folder).glob("*/*.csv")), ["Month", "LSOA code", "Crime type"]
    begin = time.perf_counter()
    rows = pd.concat([pd.read_csv(file, usecols=wanted) for file in files], ignore_index=True)
    n = rows.groupby(wanted, dropna=False).size()
    return {"seconds": [time.perf_counter() - begin], "groups": len(n), "rows": int(n.sum())}


def parquet(folder: str, to: str) -> dict[str, Any]:
    """Files to Parquet: every file read, put together and written."""
    import pandas as pd

    files, out = sorted(Path(folder).glob("*/*.csv")), Path(to) / "pandas.parquet"
    begin = time.perf_counter()
    pd.concat([pd.read_csv(file) for file in files], ignore_index=True).to_parquet(out)
    return {"seconds": [time.perf_counter() - begin], "bytes": out.stat().st_size}


def place(points_file: str, outlines: str, to: str) -> dict[str, Any]:
    """Points joined to outlines; making both frames and the first index is not counted. Of several areas the first is kept."""
    import geopandas
    import numpy as np

    features = json.loads(gzip.decompress(Path(outlines).read_bytes()))["features"]
    features.sort(key=lambda feature: feature["properties"]["lsoa21_code"])
    areas = geopandas.GeoDataFrame.from_features(features)
    lon, lat = np.load(points_file).T
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat))
    took = []
    for _ in range(3):
        areas.sindex, points.sindex  # noqa: B018 - made before the clock runs
        begin = time.perf_counter()
        joined = geopandas.sjoin(points, areas)
        took.append(time.perf_counter() - begin)
    first = joined["index_right"].groupby(joined.index).min()
    answers = np.full(len(points), -1)
    answers[first.index] = first
    np.save(to, answers)
    return {"seconds": took, "placed": int((answers >= 0).sum())}


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:]) | {"peak_mb": peak_mb(), "cpu": time.process_time()}))
