"""Measure the statistics beside esda and scikit-learn, both sides in one run, and write what was found.

    python tools/bench_statistics.py [--print]     called by `make bench`; needs .venv-bench for the other side (or THEIRS=…/bin/python)

Medians of turns, the sides in turn. What was found is written to docs/benchmarks.md, between its marks; with --print it is only
printed. Values are invented, the middles of the small areas are real.
"""

import argparse
import importlib.metadata
import json
import os
import pkgutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PAGE = ROOT / "docs" / "benchmarks.md"
HEADING = "## Statistics (`make bench`)"
BEGIN, END = "<!-- made by `make bench`: statistics -->", "<!-- end of statistics -->"
THEIRS = os.environ.get("THEIRS", str(ROOT / ".venv-bench" / "bin" / "python"))
TURNS = 3
TYPES, AREAS, MONTHS, NEIGHBOURS, DRAWS = 14, 330, 36, 8, 99
#: Months of esda's that are timed where it is slow; the others take as long.
SOME = 4
SIDE, CELLS, POINTS, BANDWIDTH = 15_000.0, 200, 100_000, 1000.0
EARTH = 6_371_000.0


def seconds(act: Callable[[], Any], turns: int = TURNS, *, warm: bool = True) -> float:
    """The median of some turns, after one that is not counted unless all is warm already."""
    if warm:
        act()
    taken = []
    for _ in range(turns):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def row(what: str, ours: str, theirs: str, found: str, goal: str, is_met: bool) -> str:
    """One line of the table."""
    return f"| {what} | {ours} | {theirs} | {found} | {goal} | {'met' if is_met else '**missed**'} |"


def beside(folder: Path, task: str) -> dict[str, Any]:
    """One task of the other side, in a process of its own."""
    print(f"  {task}", file=sys.stderr, flush=True)
    command = [THEIRS, str(Path(__file__).resolve()), "--theirs", task, str(folder)]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# ---- a partnership at once ---------------------------------------------------------------------------


def core() -> tuple[str, str]:
    """Everything that a partnership's pages ask of a cube in memory: 14 types, 330 areas, 36 months."""
    from csplan.statistics import change, concentration, control_chart, funnel, rates

    chance = np.random.default_rng(1)
    size = chance.gamma(2, 1, (TYPES, AREAS, 1)) * np.geomspace(0.2, 20, TYPES)[:, None, None]
    cube = chance.poisson(size, (TYPES, AREAS, MONTHS)).astype(float)
    people = chance.integers(1200, 2600, AREAS).astype(float)
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 3, float)
    series = cube.reshape(-1, MONTHS)
    years = cube.reshape(TYPES, AREAS, 3, 12).sum(axis=3)
    steps: dict[str, Callable[[], Any]] = {
        "year on year, verdict tests": lambda: [
            change.verdict_test(one[-24:], days[-24:], before=range(12), after=range(12, 24)) for one in series
        ],
        "year on year, exact tests": lambda: [
            change.exact(int(a), int(b), exposure_before=365, exposure_after=365) for a, b in years[:, :, 1:].reshape(-1, 2)
        ],
        "XmR charts": lambda: [control_chart.xmr(one) for one in series],
        "rates with intervals": lambda: rates.crude_rate(years[:, :, -1], people),
        "Gini and shares": lambda: concentration.concentration(years[:, :, -1]),
        "funnels": lambda: [funnel.position(one, people) for one in years[:, :, -1]],
    }
    taken = {name: 1000 * seconds(step) for name, step in steps.items()}
    total = sum(taken.values()) - max(taken["year on year, verdict tests"], taken["year on year, exact tests"])
    words = "; ".join(f"{name} {ms:.1f} ms" for name, ms in taken.items())
    what = f"a partnership's cube of {TYPES} types, {AREAS} areas and {MONTHS} months"
    line = row(what, f"{total:.0f} ms", "", f"{total:.0f} ms", "at most 20 ms, with either test of the year", total <= 20)
    return line, f"The cube takes: {words}."


# ---- small areas of England and Wales ------------------------------------------------------------------


def small_areas(folder: Path) -> tuple[Any, Any]:
    """Invented counts of every small area, and its nearest neighbours by their real middles; kept for the other side."""
    from csplan.evidence.areas import tables
    from csplan.statistics.hotspots import nearest

    at = np.radians([(area.lon, area.lat) for area in tables.country().small.values()])
    metres = EARTH * np.column_stack([at[:, 0] * np.cos(at[:, 1].mean()), at[:, 1]])
    print("  neighbours", file=sys.stderr, flush=True)
    w = nearest(metres, NEIGHBOURS)
    chance = np.random.default_rng(2)
    values = chance.poisson(chance.gamma(2, 4, (len(at), 1)), (len(at), MONTHS)).astype(float)
    np.savez(folder / "areas.npz", values=values, neighbours=w.indices.reshape(len(at), NEIGHBOURS))
    return values, w


def hot_spots(folder: Path) -> list[str]:
    """Gi* of all months in one product, and by draws, against esda month by month."""
    from csplan.statistics.hotspots import gi_star, permuted

    values, w = small_areas(folder)
    ours, drawn = seconds(lambda: gi_star(values, w)), seconds(lambda: permuted(values, w, draws=DRAWS))
    theirs, theirs_drawn = beside(folder, "gi_star"), beside(folder, "permuted")
    apart = float(np.abs(gi_star(values, w).z - np.load(folder / "gi_star.npy")).max())
    what = f"Gi* of {len(values):,} areas in {MONTHS} months"
    ratio, lean = theirs["seconds"] / ours, theirs["lean"] / ours
    faster = theirs_drawn["seconds"] / drawn
    found = f"{ratio:.0f} x ({lean:.0f} x its leanest use); {apart:.0e} apart at most"
    return [
        row(
            what,
            f"{1000 * ours:.0f} ms",
            f"esda.G_Local(permutations=0) {theirs['seconds']:.1f} s (its leanest use {theirs['lean']:.1f} s)",
            found,
            "at least 300 x, equal to 1e-9",
            ratio >= 300 and apart <= 1e-9,
        ),
        row(
            f"the same by {DRAWS} draws",
            f"{1000 * drawn:.0f} ms",
            f"esda.G_Local(permutations={DRAWS}), compiled and warm, {theirs_drawn['seconds']:.1f} s",
            f"{faster:.0f} x",
            "at least 5 x",
            faster >= 5,
        ),
    ]


# ---- a surface ---------------------------------------------------------------------------------------


def town() -> tuple[Any, Any]:
    """Points of a town, and the middles of the columns (and rows) of its map, in metres."""
    chance = np.random.default_rng(3)
    middles = chance.random((200, 2)) * SIDE
    points = np.clip(middles[chance.integers(0, 200, POINTS)] + chance.normal(0, 800, (POINTS, 2)), 0, SIDE) + 400_000
    return points, 400_000 + SIDE / CELLS * (np.arange(CELLS) + 0.5)


def surface(folder: Path) -> str:
    """The quartic kernel against the kernel density of scikit-learn, and against a direct sum at some cells."""
    from csplan.statistics.kernel_density import quartic

    points, x = town()
    ours = seconds(lambda: quartic(points, x, x, bandwidth=BANDWIDTH), 7)
    theirs = beside(folder, "surface")
    found = quartic(points, x, x, bandwidth=BANDWIDTH).density
    cells = np.random.default_rng(4).integers(0, CELLS, (300, 2))
    d2 = ((x[cells[:, 1], None] - points[:, 0]) ** 2 + (x[cells[:, 0], None] - points[:, 1]) ** 2) / BANDWIDTH**2
    direct = 3 / (np.pi * BANDWIDTH**2) * (np.maximum(1 - d2, 0) ** 2).sum(axis=1)
    apart = float(np.abs(found[cells[:, 0], cells[:, 1]] - direct).max() / direct.max())
    ratio = theirs["seconds"] / ours
    return row(
        f"quartic kernel of {BANDWIDTH:.0f} m, {POINTS:,} points on {CELLS**2:,} cells of {SIDE / CELLS:.0f} m",
        f"{1000 * ours:.0f} ms",
        f"sklearn KernelDensity(kernel='epanechnikov') {theirs['seconds']:.1f} s",
        f"{ratio:.0f} x; {apart:.0e} from a direct sum",
        "at least 20 x, equal to 1e-12",
        ratio >= 20 and apart <= 1e-12,
    )


def importing(folder: Path) -> str:
    """What importing every module of the statistics adds to importing numpy, each in a process of its own, compiled before."""
    import csplan.statistics

    names = ", ".join(f"csplan.statistics.{module.name}" for module in pkgutil.iter_modules(csplan.statistics.__path__))
    # Compiled files are kept, as wherever csplan is installed.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(folder)

    def run(code: str) -> float:
        return seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=kept), 9)

    added = 1000 * (run(f"import numpy, {names}") - run("import numpy"))
    what = f"importing all {names.count(',') + 1} modules of csplan.statistics, beyond numpy"
    return row(what, f"{added:.0f} ms", "", f"{added:.0f} ms", "under 100 ms", added < 100)


# ---- the other side ------------------------------------------------------------------------------------


def _months(folder: Path) -> tuple[Any, Any, Any]:
    """Values; neighbours as libpysal's W, which is usual; and as its Graph with each place its own already, which is leanest."""
    from libpysal.graph import Graph
    from libpysal.weights import W

    held = np.load(folder / "areas.npz")
    lists = dict(enumerate(held["neighbours"].tolist()))
    with_itself = W({i: [i, *others] for i, others in lists.items()}, silence_warnings=True)
    return held["values"], W(lists, silence_warnings=True), Graph.from_W(with_itself)


def _all_months(act: Callable[[int], Any], months: int, some: int) -> float:
    """How long every month would take, from turns over some of them, once all is compiled."""
    act(0)
    return months / some * seconds(lambda: [act(t) for t in range(some)], warm=False)


def their_gi_star(folder: Path) -> dict[str, Any]:
    """esda month by month, with W and with Graph; z is kept to be set beside ours."""
    from esda import G_Local

    values, w, graph = _months(folder)

    def month(weights: Any, t: int) -> Any:
        return G_Local(values[:, t], weights, transform="B", star=True, permutations=0).Zs

    np.save(folder / "gi_star.npy", np.column_stack([month(graph, t) for t in range(MONTHS)]))
    return {
        "seconds": _all_months(lambda t: month(w, t), MONTHS, SOME),
        "lean": _all_months(lambda t: month(graph, t), MONTHS, MONTHS),
    }


def their_permuted(folder: Path) -> dict[str, Any]:
    """esda's draws, month by month, by its compiled code on every core, which is faster than on one."""
    from esda import G_Local

    values, _, graph = _months(folder)

    def month(t: int) -> None:
        G_Local(values[:, t], graph, transform="B", star=True, permutations=DRAWS, keep_simulations=False, n_jobs=-1, seed=1)

    return {"seconds": _all_months(month, MONTHS, SOME)}


def their_surface(folder: Path) -> dict[str, Any]:
    """scikit-learn's kernel density on a tree; it has no quartic kernel, its epanechnikov is felt as far."""
    from sklearn.neighbors import KernelDensity

    points, x = town()
    cells = np.column_stack([part.ravel() for part in np.meshgrid(x, x)])
    turn = seconds(lambda: KernelDensity(kernel="epanechnikov", bandwidth=BANDWIDTH).fit(points).score_samples(cells))
    return {"seconds": turn}


def machine() -> str:
    """The machine in words, as in bench_national."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{os.cpu_count()} cores and {pages / 2**30:.0f} GiB"


def versions() -> str:
    """Both sides' versions, in words."""
    ours = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "scipy"))
    names = ("esda", "libpysal", "numba", "scikit-learn")
    asked = f"from importlib.metadata import version as v; print(', '.join(f'{{n}} {{v(n)}}' for n in {names}))"
    return f"{ours}; {subprocess.check_output([THEIRS, '-c', asked], text=True).strip()}"


def measure() -> str:
    """Everything, as the part of the page."""
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="csplan-bench-") as name:
        folder = Path(name)
        cube, said = core()
        lines = [cube, *hot_spots(folder), surface(folder), importing(folder)]
    day = datetime.now(UTC).date()
    return "\n".join(
        [
            f"{day.day} {day:%B %Y}, {machine()}; load average {before:.1f} as it began and {os.getloadavg()[0]:.1f} as it ended. {versions()}.",
            "",
            "| | csplan | beside it | found | goal | |",
            "| --- | --- | --- | --- | --- | --- |",
            *lines,
            "",
            f"Medians of {TURNS} turns or more after one that is not counted, each side in a process of its own. {said}",
            "",
            "Counts and points are invented; small areas are those of England and Wales, each with the eight nearest by their middles. esda is called once for each month, "
            f"with libpysal's `W` and `star=True` as its pages show, {SOME} months in a turn and the others reckoned alike; its leanest use gives it a `Graph` in which each place is its own neighbour already, "
            "and so do the draws, which keep no simulated values and run on every core, where csplan runs on one. "
            "scikit-learn has no quartic kernel: its epanechnikov kernel is felt as far, so the same pairs of point and cell count.",
        ]
    )


def write(part: str) -> None:
    """Put what was found in its place on the page; the first time, after the section on the nation's set."""
    text = PAGE.read_text(encoding="utf-8")
    if BEGIN not in text:
        place = text.index("## Answers before a consultation closes")
        text = f"{text[:place]}{HEADING}\n\n{BEGIN}\n{END}\n\n{text[place:]}"
    before, rest = text.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{part}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--print", action="store_true", help="write nothing to docs/benchmarks.md")
    parser.add_argument("--theirs", nargs=2, metavar=("TASK", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.theirs:
        tasks = {"gi_star": their_gi_star, "permuted": their_permuted, "surface": their_surface}
        print(json.dumps(tasks[given.theirs[0]](Path(given.theirs[1]))))
    elif not Path(THEIRS).exists():
        raise SystemExit("The other side is not installed. Run `make bench`.")
    else:
        part = measure()
        print(part)
        if not given.print:
            write(part)
