"""Numbers about `prioritisation` that others printed."""

from csplan.statistics import ranks
from tests.verification.published.case import Published

ANXIETY = [
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
]
STRAWBERRIES = [
    [8, 4, 2, 3, 5, 1, 6, 7],
    [7, 3, 1, 4, 5, 2, 6, 8],
    [8, 2, 5, 6, 7, 1, 4, 3],
    [8, 3, 4, 2, 5, 1, 6, 7],
]

CASES = (
    Published(
        "20 people rated by three, many ties: Kendall's W",
        ("0.5396569",),
        "R, the example on the help page of KendallW in DescTools, data anxiety of irr: kendallW(anxiety, TRUE)",
        lambda: (ranks.concordance(ANXIETY),),
    ),
    Published(
        "Strawberries of eight farms ranked by four, no ties: Kendall's W",
        ("0.744",),
        "influentialpoints.com, the first worked example on the coefficient of concordance",
        lambda: (ranks.concordance(STRAWBERRIES),),
    ),
    Published(
        "Five pairs with ties: Kendall's tau-b",
        ("-0.47140452079103173",),
        "scipy for Python, the example on the help page of scipy.stats.kendalltau",
        lambda: (float(ranks.tau_b([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])),),
    ),
)
