"""A load of street file, table and return is killed at each named point, or meets a full disk at each write: all in, or not in.

`make test` tries some points of each kind; `make test-all` every one.
"""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from csplan.errors import CsplanError
from csplan.evidence import build, cube, editions, status, store, whole
from csplan.evidence.load import load
from csplan.evidence.store import Draft, Store
from tests.unit.evidence.returns.conftest import DURHAM, GOOD, file

#: What a load does to the disk, by name.
POINTS: dict[str, tuple[Any, str]] = {
    "a file is made durable": (os, "fsync"),
    "a file takes its name": (Path, "replace"),
    "bytes are written": (Path, "write_bytes"),
    "the manifest is replaced": (Draft, "commit"),
}
#: Loads a folder; before or after the n-th time that it comes to a point it is killed. It tells how often it came to each.
LOADER = """
import json, os, signal, sys
from tests.unit.evidence import test_killed as here
from csplan.evidence import load as loading
folder, given, point, n, when = sys.argv[1:6]
loading.BATCH_UNITS = 1
came = dict.fromkeys(here.POINTS, 0)
def at(name, act):
    def acted(*args, **kwargs):
        came[name] += 1
        hit = name == point and came[name] == int(n)
        if hit and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = act(*args, **kwargs)
        if hit:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return acted
for name, (owner, attribute) in here.POINTS.items():
    setattr(owner, attribute, at(name, getattr(owner, attribute)))
loading.load(here.Store(folder), [given], by="terminal:test", district=here.DURHAM)
print(json.dumps(came))
"""


def run(folder: Path, given: Path, point: str = "", n: int = 0, when: str = "before") -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", LOADER, str(folder), str(given), point, str(n), when]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=os.getcwd())


@pytest.fixture(scope="module")
def given(draw: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a month of Durham, a look-up and a return of the police."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "2025-05-durham-street.csv").write_bytes(draw.street(12, month="2025-05"))
    lines = ["ward21_name,ward21_code,ltla21_name,ltla21_code", f"Belmont,E05009034,County Durham,{DURHAM}"]
    (folder / "wards.csv").write_text("\n".join(lines) + "\n")
    (folder / "crimes.csv").write_bytes(file("csv", [GOOD, ["Robery", *GOOD[1:]]]))
    return folder


def told(held: Store) -> Any:
    """What a folder holds, without the instant at which it came."""
    units = sorted(
        (u.source, u.force, u.month, u.sha256, u.rows_loaded, u.events, u.events_sha256) for u in held.manifest().units
    )
    return units, cube.sha256(held.manifest())


@pytest.fixture(scope="module")
def plainly(given: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, dict[str, int]]:
    """(what a load that nothing disturbs leaves, how often it came to each point)."""
    folder = tmp_path_factory.mktemp("plainly") / "data"
    done = run(folder, given)
    assert done.returncode == 0, done.stderr
    came = json.loads(done.stdout)
    assert all(n > 1 for n in came.values())
    return told(Store(folder)), came


def check_is_whole(held: Store, expected: Any) -> None:
    """Each unit is all in or not in, and nothing counts that is not there."""
    units, _ = told(held)
    assert set(units) <= set(expected[0]) and not list(whole.problems(held))
    months = status.status(held)["months"]
    assert months == ({"durham": ["2025-05"]} if any(unit[0] == "police.uk/street" for unit in units) else {})


SOME = [(1, "before"), (2, "after"), (-1, "before"), (-1, "after")]


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize(
    "which",
    [*SOME, pytest.param("every", marks=pytest.mark.slow)],
    ids=lambda which: which if isinstance(which, str) else f"{which[1]} {which[0]}",
)
def test_killed_at_a_named_point(given: Path, plainly: Any, tmp_path: Path, point: str, which: Any) -> None:
    expected, came = plainly
    tried = [(n, when) for n in range(1, came[point] + 1) for when in ("before", "after")] if which == "every" else [which]
    for at, when in tried:
        n = at if at > 0 else came[point] + 1 + at
        held = Store(tmp_path / f"{n}-{when}")
        assert run(held.folder, given, point, n, when).returncode == -9
        check_is_whole(held, expected)
        load(held, [given], by="terminal:test", district=DURHAM)
        assert told(held) == expected and not list(held.folder.rglob(f"{store._NEW}*"))
        assert {path.name for path in held.folder.glob("raw/*")} == {unit[3] for unit in expected[0]}
        assert build.rebuild(held)["equal"]


@pytest.mark.parametrize("point", ["a file is made durable", "a file takes its name", "bytes are written"])
def test_the_disk_is_full_at_a_write(
    given: Path, plainly: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    """At every such write in turn: one sentence, and what counted before counts still; with room again the load goes in."""
    expected, came = plainly
    owner, attribute = POINTS[point]
    act: Callable[..., Any] = getattr(owner, attribute)
    for n in range(1, came[point] + 1):
        held = Store(tmp_path / str(n))
        left = n

        def full(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return act(*args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(owner, attribute, full)
            patch.setattr("csplan.evidence.load.BATCH_UNITS", 1)
            with pytest.raises(CsplanError, match="is on a full disk. Make room"):
                load(held, [given], by="terminal:test", district=DURHAM)
        check_is_whole(held, expected)
        load(held, [given], by="terminal:test", district=DURHAM)
        assert told(held) == expected


#: Where a load is killed, if it is: a point, which time it comes there, before or after.
KILLS = st.none() | st.tuples(st.sampled_from(sorted(POINTS)), st.integers(1, 8), st.sampled_from(["before", "after"]))


@settings(max_examples=40 if os.environ.get("CSPLAN_TEST_ALL") else 4, deadline=None)
@drawn(loads=st.lists(st.tuples(st.integers(0, 2), KILLS), min_size=1, max_size=4))
def test_any_order_repetition_and_kill_ends_in_the_same_store(
    given: Path, plainly: Any, tmp_path_factory: pytest.TempPathFactory, loads: Any
) -> None:
    """Loads of one file after another, in any order, again, and killed anywhere; then all of them once more."""
    held, files = Store(tmp_path_factory.mktemp("any") / "data"), sorted(given.iterdir())
    for i, kill in loads:
        run(held.folder, files[i], *(kill or ()))
        check_is_whole(held, plainly[0])
    load(held, files, by="terminal:test", district=DURHAM)
    assert told(held) == plainly[0] and not list(held.folder.rglob(f"{store._NEW}*"))
    assert build.rebuild(held)["equal"]


def test_order_and_repetition_of_tables_and_returns_do_not_matter(given: Path, plainly: Any, tmp_path: Path) -> None:
    """Every order of the three files, and each of them twice."""
    from itertools import permutations

    files = sorted(given.iterdir())
    for n, order in enumerate(permutations(files)):
        held = Store(tmp_path / str(n))
        for path in (*order, order[0]):
            load(held, [path], by="terminal:test", district=DURHAM)
        assert told(held)[1] == plainly[0][1]
        assert [unit[:5] for unit in told(held)[0]] == [unit[:5] for unit in plainly[0][0]]
        assert len(editions.returns(held.manifest())) == 1
