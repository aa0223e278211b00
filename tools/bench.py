"""Measure what the issues give numbers for: both sides in one run, medians, never a timed assertion.

    make bench          uses the open data kept beside the repository where it is there
    make bench ROWS=0   leaves out the set as large as the nation's (`bench_national.py`)

Machines are noisy: read the ratios, not the seconds.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ARCHIVE = ROOT.parent / "shared" / "data" / "police" / "durham-street-2025-01-to-2025-12.zip"
TIMES = 5


def seconds(act: Callable[[], object]) -> float:
    """How long one call took."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def show(what: str, value: str, aim: str) -> None:
    """One line of the report."""
    print(f"{what:<58} {value:>16}   {aim}")


def loading() -> None:
    """An archive the first time, and the same archive again: the second at least 20 times faster."""
    from csplan.evidence.load import load
    from csplan.evidence.store import Store

    if not ARCHIVE.exists():
        print("The open data is not beside the repository: loading was not measured.")
        return
    first, again = [], []
    for _ in range(TIMES):
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder))
            take = partial(load, store, [ARCHIVE], by="terminal:bench")
            first.append(seconds(take))
            again.append(seconds(take))
    one, two = statistics.median(first), statistics.median(again)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "csplan", "--data", folder, "evidence", "load", str(ARCHIVE), "--json"]
        run = partial(subprocess.run, command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        whole, whole_again = seconds(run), statistics.median(seconds(run) for _ in range(TIMES))
    show("evidence load, 74,273 rows, first time", f"{one:.2f} s", "")
    show("evidence load, the same archive again", f"{1000 * two:.1f} ms", "")
    show("how many times faster", f"{one / two:.0f}", "at least 20")
    show(
        "the whole command, first time and again", f"{whole:.2f} s, {1000 * whole_again:.0f} ms", "most of the second is starting"
    )
    show("how many times faster, the whole command", f"{whole / whole_again:.0f}", "at least 20")


def pages() -> None:
    """Pages of the demonstration, made in this process, warm."""
    from django.test import Client

    from csplan.website import demonstration

    with tempfile.TemporaryDirectory() as folder:
        build = seconds(lambda: demonstration.build(Path(folder), as_at=None, say=lambda _: None))
        show("building the demonstration", f"{build:.1f} s", "")
        visitor = Client(headers={"host": "localhost"})
        for path in ("", "insight/areas/E06000047/", "insight/topics/burglary/", "plans/2020-25/", "performance/", "duties/"):
            address = f"/county-durham/{path}"
            cold = seconds(lambda a=address: visitor.get(a))
            warm = statistics.median(seconds(lambda a=address: visitor.get(a)) for _ in range(TIMES))
            show(f"page {address}", f"{1000 * warm:.0f} ms", f"first time {1000 * cold:.0f} ms")


def importing() -> None:
    """What importing the statistics adds to importing numpy, each in a process of its own."""

    def run(code: str) -> float:
        return statistics.median(
            seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)) for _ in range(TIMES)
        )

    added = run("import numpy, csplan.statistics.change, csplan.statistics.funnel") - run("import numpy")
    show("importing csplan.statistics, beyond numpy", f"{1000 * added:.0f} ms", "under 100 ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=0)
    rows = parser.parse_args().rows
    if rows:
        subprocess.run([sys.executable, str(ROOT / "tools" / "bench_statistics.py")], check=True, cwd=ROOT)
    importing()
    loading()
    pages()
    if rows:
        subprocess.run([sys.executable, str(ROOT / "tools" / "bench_national.py"), "--rows", str(rows)], check=True, cwd=ROOT)
