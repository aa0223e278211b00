"""Numbers about `rates` that others printed."""

from scipy.sparse import csr_array

from csplan.statistics import rates
from tests.verification.published.case import Published


def _share(part: int, whole: int, confidence: float) -> tuple[float, ...]:
    found = rates.proportion(part, whole, confidence=confidence)
    return found.low, found.high


def _in_a_row() -> tuple[float, ...]:
    row = csr_array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
    return tuple(rates.locally_shrunk([0, 10, 2, 30], [500, 1000, 400, 1500], row).tolist())


CASES = (
    Published(
        "Upper limit of no events",
        ("3.689",),
        "epitools for R, help page of pois.exact",
        lambda: (rates.count_interval(0)[1],),
    ),
    Published(
        "6 of 52, 95% limits",
        ("0.05396969", "0.22971664"),
        "R, prop.test without correction, in bug report 2794",
        lambda: _share(6, 52, 0.95),
    ),
    Published(
        "319 of 1,100, 99% limits",
        ("0.2561", "0.3264"),
        "R, prop.test without correction, on Cross Validated, question 183225",
        lambda: _share(319, 1100, 0.99),
    ),
    Published(
        "0, 10, 2 and 30 of 500, 1,000, 400 and 1,500, shrunk",
        ("4.59614382", "10.53777209", "8.12872467", "18.73873874"),
        "esda 2.9.0 for Python: 1000 * Empirical_Bayes(array([0, 10, 2, 30]), array([500, 1000, 400, 1500])).r",
        lambda: tuple(rates.shrunk([0, 10, 2, 30], [500, 1000, 400, 1500]).tolist()),
    ),
    Published(
        "0, 10, 2 and 30 of 500, 1,000, 400 and 1,500 in a row, each shrunk to its neighbours",
        ("3.33333333", "8.37837838", "11.09820486", "18.85236103"),
        "esda 2.9.0 for Python: 1000 * Spatial_Empirical_Bayes(array([0, 10, 2, 30]), array([500, 1000, 400, 1500]), w).r",
        _in_a_row,
    ),
)
