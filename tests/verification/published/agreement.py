"""Numbers about `agreement` that others printed."""

from csplan.statistics import agreement
from tests.verification.published.case import Published


def _kappa(table: list[list[int]]) -> tuple[float, ...]:
    found = agreement.cohen(table)
    return found.value, found.error, found.low, found.high


CASES = (
    Published(
        "Two dermatologists, four classes: kappa, error, limits",
        ("0.3449", "0.0724", "0.2030", "0.4868"),
        "SAS, the agreement study among the first examples of PROC FREQ",
        lambda: _kappa([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]),
    ),
    Published(
        "19 cases in three classes, one cell empty: kappa, error, limits",
        ("0.4842", "0.1380", "0.2137", "0.7547"),
        "SAS, output printed in the tests of statsmodels for Python",
        lambda: _kappa([[0, 4, 1], [0, 8, 0], [0, 1, 5]]),
    ),
)
