"""Numbers about `attack` that others printed."""

from collections.abc import Sequence

from csplan.statistics import attack, ledger
from csplan.statistics.disclosure import NEVER, SHARED
from tests.verification.published.case import Published

#: Fischetti and Salazar's table of three activities in three regions, four of its cells hidden.
INVESTED, HIDDEN = [20, 50, 10, 8, 19, 22, 17, 32, 12], (3, 5, 6, 8)
FEW = [3, 12, 0, 6, 21, 9, 2, 4, 33]
LINES = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8]]
BY = "OR-Tools 9.15.6755 for Python: CpModel with the same limits, minimize then maximize, CpSolver().objective_value"


def _ranges(published: Sequence[ledger.Published], atoms: Sequence[int], of: int) -> tuple[float, ...]:
    found = attack.attack(published, [attack.Target(str(i), {i: 1}, NEVER) for i in atoms], of)
    return tuple(float(limit) for f in found for limit in (f.low, f.high))


def _exact() -> tuple[float, ...]:
    shown = [ledger.exact("", {i: 1}, n) for i, n in enumerate(INVESTED) if i not in HIDDEN]
    sums = [ledger.exact("", dict.fromkeys(line, 1), sum(INVESTED[i] for i in line)) for line in LINES]
    return _ranges([*shown, *sums], HIDDEN, 9)


def _rounded() -> tuple[float, ...]:
    near = [5 * ((n + 2) // 5) for n in FEW]
    cells = [ledger.mark("", {i: 1}, SHARED) if n < 8 else ledger.nearest("", {i: 1}, near[i]) for i, n in enumerate(FEW)]
    totals = [5 * ((sum(FEW[i] for i in line) + 2) // 5) for line in LINES]
    sums = [ledger.nearest("", dict.fromkeys(line, 1), total) for line, total in zip(LINES, totals, strict=True)]
    return _ranges([*cells, *sums], (0, 2, 3, 6, 7), 9)


CASES = (
    Published(
        "Investment by region and activity with exact sums: the least and the most of four hidden cells",
        ("0", "25", "5", "30", "0", "25", "4", "29"),
        BY,
        _exact,
    ),
    Published(
        "Nine counts of which five are marks, all else and all sums to the nearest 5: the least and the most of the five",
        ("0", "7", "0", "1", "2", "7", "0", "7", "0", "7"),
        BY,
        _rounded,
    ),
)
