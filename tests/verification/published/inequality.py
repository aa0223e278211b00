"""Numbers about `inequality` that others printed."""

from csplan.statistics import inequality
from tests.verification.published.case import Published

CASES = (
    Published(
        "Five groups: slope of the rates per 1,000",
        ("6.6074055",),
        "statsmodels 0.15.0 for Python: WLS(1000 * y / n, add_constant(x), weights=n).fit().params[1], x the middles",
        lambda: (inequality.slope_index([120, 95, 60, 66, 20], [15000, 12000, 9000, 14000, 8000]).slope,),
    ),
)
