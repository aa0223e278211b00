"""Numbers about `harm` that others printed."""

import numpy as np

from csplan.statistics import harm
from tests.verification.published.case import Published

WEIGHTS = harm.Weights(
    ["theft", "burglary", "violence", "homicide"],
    [2, 10, 40, 5000],
    [3, 25, 400, 5475],
    [5, 90, 1200, 6000],
    "days",
    "1",
    "invented",
)
COUNTS = [[120, 30, 4, 0], [85, 12, 9, 2], [200, 0, 1, 5]]
AWK = "awk, with x, l, m and h read from the four lists: for (i = 1; i <= 4; i++) { L += x[i] * l[i]; M += x[i] * m[i]; H += x[i] * h[i] }"


def _sums() -> tuple[float, ...]:
    found = harm.harm(COUNTS, WEIGHTS)
    return tuple(np.stack([found.low, found.value, found.high], axis=1).ravel().tolist())


def _shares() -> tuple[float, ...]:
    found = harm.harm(COUNTS, WEIGHTS)
    return tuple(a[row, 1] for row in (0, 1) for a in (found.share, found.share_low, found.share_high))


CASES = (
    Published(
        "Lowest, middle and highest harm of three areas by invented weights",
        ("700", "2710", "8100", "10650", "15105", "24305", "25440", "28375", "32200"),
        AWK,
        _sums,
    ),
    Published(
        "Share of the second category in the first two, with its lowest and highest",
        ("0.276753", "0.052632", "0.870968", "0.019861", "0.005140", "0.093023"),
        AWK + "; x[2]*m[2]/M, x[2]*l[2]/(H - x[2]*(h[2]-l[2])), x[2]*h[2]/(L + x[2]*(h[2]-l[2]))",
        _shares,
    ),
)
