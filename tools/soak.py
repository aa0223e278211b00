"""What the consultation must stand: the server killed without warning, the burst before closing, a campaign, and masking.

    make soak SOAK_MINUTES=60

Each part runs on a folder of its own, on this machine alone, and stops by itself; SOAK_MINUTES shortens every part in proportion, and
the share that was run is printed. Exits with 1 where an answer was lost or doubled, a record does not prove itself, or a goal was missed.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS))

from keeping import burst, postgres, residents  # noqa: E402

from csplan.records import receipts  # noqa: E402

WHOLE_MINUTES = 60
KILLS = 200
#: Seconds, of the burst.
P95, P99 = 0.8, 2.0

#: (what, what was found, whether the goal was met)
Line = tuple[str, str, bool]


def main() -> int:
    """Every part in turn. Gives the exit code."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--minutes", type=float, default=WHOLE_MINUTES)
    ask.add_argument("--only", choices=PARTS, help="one part alone")
    said = ask.parse_args()
    share = min(1.0, said.minutes / WHOLE_MINUTES)
    print(f"share of the whole run: {share:.0%} ({said.minutes:g} of {WHOLE_MINUTES} minutes)", flush=True)
    missed = 0
    for name, part in PARTS.items():
        if said.only not in (None, name):
            continue
        print(f"\n{name}", flush=True)
        for what, found, met in part(share):
            print(f"  {'met   ' if met else 'MISSED'}  {what}: {found}", flush=True)
            missed += not met
    return 1 if missed else 0


def kills(share: float, database_url: str = "") -> Iterator[Line]:
    """Killed again and again while answers arrive."""
    n = max(1, round(KILLS * share))
    with tempfile.TemporaryDirectory() as folder, residents.Server(Path(folder) / "data", database_url=database_url) as server:
        codes = residents.kill_while_answers_arrive(server, n)
        yield from kept(server, codes, f"{n} kills, {len(codes):,} receipts")


def closing(share: float, database_url: str = "") -> Iterator[Line]:
    """25 answers a second for 15 minutes, then 60 for one, beside 100 readers a second."""
    with tempfile.TemporaryDirectory() as folder, residents.Server(Path(folder) / "data", database_url=database_url) as server:
        told = burst.burst(server, share)
        both = [*told.seconds["answer"], *told.seconds["read"]]
        yield (
            "every answer was taken",
            f"{len(told.codes):,} of {told.sent:,}; errors: {len(told.errors)} {told.errors[:2]}",
            not told.errors,
        )
        for share_of, goal in ((0.95, P95), (0.99, P99)):
            found = burst.percentile(both, share_of)
            apart = ", ".join(f"{what}s {burst.percentile(s, share_of):.2f} s" for what, s in told.seconds.items())
            yield f"p{share_of * 100:.0f} at most {goal} s", f"{found:.2f} s ({apart})", found <= goal
        yield from kept(server, told.codes, f"{len(told.codes):,} receipts")


def kept(server: residents.Server, codes: list[str], told: str) -> Iterator[Line]:
    """That every acknowledged answer is held once and proves itself."""
    held = Counter(server.held())
    lost = {receipts.fingerprint(code) for code in codes} - held.keys()
    yield "no acknowledged answer is missing", f"{told}; missing: {len(lost)}", not lost
    yield (
        "none is held twice",
        f"{len(held):,} held; twice: {sum(n > 1 for n in held.values())}",
        max(held.values(), default=1) == 1,
    )
    server.kill()
    proved = server.verify()
    yield "every record proves itself", "yes" if proved else "no", proved


def postgresql(share: float) -> Iterator[Line]:
    """The kills and the burst once more, with the records in PostgreSQL."""
    if postgres.programs() is None:
        yield "the same on PostgreSQL", "not run: its programs are not on this machine", False
        return
    for part in (kills, closing):
        with postgres.server() as url:
            yield from part(share, url)


def care(share: float) -> Iterator[Line]:
    """A campaign of five thousand, and what masking finds."""
    import care_numbers

    for line in care_numbers.report():
        yield line["what"], line["found"], line["met"]


PARTS: dict[str, Callable[[float], Iterator[Line]]] = {
    "Killed without warning": kills,
    "The burst before closing": closing,
    "PostgreSQL": postgresql,
    "Campaigns and masking": care,
}

if __name__ == "__main__":
    sys.exit(main())
