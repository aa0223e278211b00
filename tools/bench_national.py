"""Measure csplan on a set as large as the nation's against pandas, geopandas and DuckDB alone, and write what was found.

    python tools/bench_national.py [--rows 20000000]      called by `make bench`; needs .venv-bench for the other side

Each task runs in a process of its own, the sides in turn in one run. Only a run of the full size is written to
docs/benchmarks.md, between its marks; a smaller one is printed. The set is made in a temporary folder (TMPDIR chooses
where) and thrown away.
"""

import argparse
import importlib.metadata
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- made by `make bench` -->", "<!-- end of what `make bench` makes -->"
THEIRS = ROOT / ".venv-bench" / "bin" / "python"
FULL = 20_000_000
#: Bytes of disk for each row: the files, their archive, the data folder, and the Parquet of both sides.
DISK = 800
TURNS = 3
POINTS = 1_000_000
OUTLINES = SHARED / "boundaries" / "lsoa-2021-england-wales-simplified.geojson.gz"
STREETS = ("durham-street-*.zip", "northumbria-street-*.zip")


@dataclass(frozen=True)
class Figure:
    """One goal and what was found, in words."""

    what: str
    ours: str
    theirs: str
    found: str
    goal: str
    is_met: bool

    def line(self) -> str:
        met = "met" if self.is_met else "**missed**"
        return f"| {self.what} | {self.ours} | {self.theirs} | {self.found} | {self.goal} | {met} |"


def ours(task: str, *arguments: object) -> dict[str, Any]:
    """One task of csplan's side, or of DuckDB alone."""
    return _run(sys.executable, "bench_ours.py", task, arguments)


def theirs(task: str, *arguments: object) -> dict[str, Any]:
    """One task of pandas' or geopandas' side."""
    return _run(str(THEIRS), "bench_theirs.py", task, arguments)


def _run(python: str, tool: str, task: str, arguments: Sequence[object]) -> dict[str, Any]:
    print(f"  {tool} {task}", file=sys.stderr, flush=True)
    command = [python, str(ROOT / "tools" / tool), task, *map(str, arguments)]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def middle(turns: Sequence[dict[str, Any]], key: str = "seconds") -> float:
    """The median over every turn of every process."""
    return statistics.median(second for turn in turns for second in turn[key])


def _cpu(turns: Sequence[dict[str, Any]]) -> float:
    return statistics.median(turn["cpu"] for turn in turns)


def _walls(turns: Sequence[dict[str, Any]]) -> str:
    return f"{middle(turns):.1f} s ({_cpu(turns):.0f} s of processor)"


def counting(release: Path) -> list[Figure]:
    """Files to counts of area x month x type, against pandas and against DuckDB that only reads."""
    mine, other, bare = [], [], []
    for _ in range(TURNS):
        other.append(theirs("counts", release))
        mine.append(ours("counts", release))
        bare.append(ours("parse", release))
    if (mine[0]["groups"], mine[0]["rows"]) != (other[0]["groups"], other[0]["rows"]):
        raise SystemExit(f"The counts differ: {mine[0]} and {other[0]}.")
    ratio, share = middle(other) / middle(mine), middle(bare) / middle(mine)
    what = "street files to counts of area x month x type"
    return [
        Figure(what, _walls(mine), f"pandas {_walls(other)}", f"{ratio:.1f} x", "at least 2 x", ratio >= 2),
        Figure(
            what, _walls(mine), f"DuckDB's bare parse {_walls(bare)}", f"{share:.0%}", "at least 60% of its speed", share >= 0.6
        ),
    ]


def writing(release: Path, folder: Path) -> tuple[list[Figure], dict[str, Any]]:
    """Files to sorted lean Parquet, against pandas writing Parquet; and pandas' last turn, for its memory."""
    mine, other = [], []
    for _ in range(TURNS):
        for turns, side in ((other, theirs), (mine, ours)):
            to = folder / "parquet"
            to.mkdir()
            turns.append(side("parquet", release, to))
            shutil.rmtree(to)
    ratio, share = middle(other) / middle(mine), mine[0]["bytes"] / other[0]["bytes"]
    return [
        Figure(
            "street files to sorted lean Parquet",
            _walls(mine),
            f"pandas {_walls(other)}",
            f"{ratio:.2f} x",
            "at least 1.3 x",
            ratio >= 1.3,
        ),
        Figure(
            "its bytes", _mb(mine[0]["bytes"]), f"pandas {_mb(other[0]['bytes'])}", f"{share:.0%}", "at most half", share <= 0.5
        ),
    ], other[-1]


def _mb(n: float) -> str:
    return f"{n / 1e6:,.0f} MB"


def loading(folder: Path, made: dict[str, Any], pandas: dict[str, Any]) -> tuple[list[Figure], str]:
    """The whole set loaded with every check, again, with a month restated; what it took, and questions to what is held."""
    data = folder / "data"
    first = ours("load", data, made["archive"])
    if set(first["outcomes"]) != {"accepted"}:
        raise SystemExit(f"Not every file was accepted: {first['outcomes']}.")
    differing = ours("same", data, made["release"])["differing"]
    again = ours("load", data, made["archive"], TURNS)
    cube, scan = ours("cube", data, *made["months"]), ours("scan", data, *made["months"])
    if cube["rows"] != scan["rows"] or differing:
        raise SystemExit(f"The counts differ: {cube['rows']:,} and {scan['rows']:,}; {differing:,} others.")
    restated = ours("load", data, made["restated"])
    whole, twice, month = middle([first]), middle([again]), middle([restated])
    one, asked = middle([cube]), middle([scan])
    memory = first["peak_mb"] / pandas["peak_mb"]
    figures = [
        Figure("the same archive offered again", f"{twice:.2f} s", f"the first time {whole:.0f} s", f"{whole / twice:.0f} x faster", "at least 20 x", whole >= 20 * twice),
        Figure("one month of every force restated", f"{month:.1f} s", f"the full load {whole:.0f} s", f"1/{whole / month:.0f}", "at most 1/20", whole >= 20 * month),
        Figure("one partnership's counts from the cube", f"{1000 * one:.1f} ms", f"DuckDB over the events {1000 * asked:.0f} ms", f"1/{asked / one:.0f}", "at most 1/20", asked >= 20 * one),
        Figure("most memory held: the full load", _mb(1.048576e6 * first["peak_mb"]), f"pandas writing Parquet {_mb(1.048576e6 * pandas['peak_mb'])}", f"{memory:.0%}", "at most a quarter", memory <= 0.25),
    ]  # fmt: skip
    said = (
        f"The full load keeps every file as received, makes every check, writes events file by file and makes each durable: "
        f"{first['rows']:,} rows in {whole:.0f} s ({first['cpu']:.0f} s of processor), {_mb(first['bytes'])} of events. Its counts, by type and month and "
        f"by type and area, equal a count of the same files made another way: {differing} differ. For all that it takes "
        f"{whole / middle([pandas]):.1f} times as long as pandas' reading and writing. In a program that has just begun, a partnership's first answer takes "
        f"{1000 * cube['cold'][0]:.0f} ms, with reading the tables and the lists of areas; DuckDB over the files of the one force alone takes {1000 * statistics.median(scan['one_force']):.0f} ms."
    )
    return figures, said


def placing(folder: Path) -> tuple[list[Figure], str]:
    """Points of real street files placed in small areas, against geopandas.sjoin; the answers must be the same."""
    archives = sorted(file for pattern in STREETS for file in (SHARED / "police").glob(pattern))
    if not archives or not OUTLINES.exists():
        return [], "The open data is not beside the repository: placing points was not measured."
    points = folder / "points.npy"
    drawn = ours("points", ",".join(map(str, archives)), points, POINTS)
    mine = [ours("place", points, OUTLINES, folder / "ours.npy") for _ in range(TURNS)]
    other = [theirs("place", points, OUTLINES, folder / "theirs.npy") for _ in range(TURNS)]
    ratio = middle(other) / middle(mine)
    is_same = (folder / "ours.npy").read_bytes() == (folder / "theirs.npy").read_bytes()
    said = (
        f"The points are those of {drawn['real']:,} real rows of Durham and Northumbria, over again up to {POINTS:,}: "
        f"{drawn['distinct']:,} distinct, so each {POINTS / drawn['distinct']:.0f} times. The areas are the {mine[0]['polygons']:,} simplified "
        f"outlines of England and Wales. Both answer {mine[0]['placed']:,} points alike; of areas that share an edge the lowest code is taken on either side."
    )
    found = f"{ratio:.1f} x, {'the same answers' if is_same else 'other answers'}"
    figure = Figure(
        f"{POINTS:,} snapped points placed", f"{1000 * middle(mine):.0f} ms", f"geopandas.sjoin {1000 * middle(other):.0f} ms", found,
        "at least 5 x, the same answers", ratio >= 5 and is_same,
    )  # fmt: skip
    return [figure], said


def machine() -> str:
    """The machine in words."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{os.cpu_count()} cores and {pages / 2**30:.0f} GiB"


def versions() -> str:
    """Both sides' versions, in words."""
    asked = (
        "from importlib.metadata import version as v; print(', '.join(f'{n} {v(n)}' for n in ('pandas', 'pyarrow', 'geopandas')))"
    )
    return (
        f"DuckDB {importlib.metadata.version('duckdb')}, "
        + subprocess.check_output([str(THEIRS), "-c", asked], text=True).strip()
    )


def measure(rows: int, folder: Path) -> str:
    """Everything, as the part of the page."""
    print("  national.py", file=sys.stderr, flush=True)
    tool = [sys.executable, str(ROOT / "tools" / "national.py"), str(folder / "set"), "--rows", str(rows), "--json"]
    made: dict[str, Any] = json.loads(subprocess.check_output(tool, cwd=ROOT, text=True))
    release = Path(made["release"])
    before = os.getloadavg()[2]
    figures = counting(release)
    written, pandas = writing(release, folder)
    held, said = loading(folder, made, pandas)
    placed, said_of_points = placing(folder)
    figures += [*written, *held, *placed]
    day = datetime.now(UTC).date()
    return "\n".join(
        [
            f"{day.day} {day:%B %Y}, {machine()}; load average {before:.1f} as it began and {os.getloadavg()[2]:.1f} as it ended. {versions()}. The set: {made['rows']:,} rows in {made['files']:,} files of 43 forces and "
            f"36 months, {made['bytes'] / 1e9:.2f} GB, made by `tools/national.py` from {made['source']}.",
            "",
            "| | csplan | beside it | found | goal | |",
            "| --- | --- | --- | --- | --- | --- |",
            *(figure.line() for figure in figures),
            "",
            f"Medians of {TURNS} turns, both sides in turn and each in a process of its own; the full load and the restated month ran once. The first four lines read "
            "a month of all forces at a time, with the program's SQL and none of its checks; pandas reads each file with its usual settings, "
            "puts all together (for the counts three columns only) and counts or writes.",
            "",
            said,
            "",
            said_of_points,
        ]
    )


def write(part: str) -> None:
    """Put what was found in its place on the page."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{part}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main(rows: int) -> None:
    """Measure at a size, and print or write what was found."""
    if not THEIRS.exists():
        raise SystemExit("The other side is not installed. Run `make bench`.")
    with tempfile.TemporaryDirectory(prefix="csplan-bench-") as folder:
        if shutil.disk_usage(folder).free < DISK * rows:
            raise SystemExit(
                f"{DISK * rows / 1e9:.0f} GB of disk are needed in {folder}. Make room, or set TMPDIR, or give fewer ROWS."
            )
        part = measure(rows, Path(folder))
    print(part)
    if rows >= FULL:
        write(part)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=FULL)
    main(parser.parse_args().rows)
