"""Numbers about `control_chart` that others printed."""

from csplan.statistics.control_chart import xmr
from csplan.statistics.control_chart_rebasing import rebased
from csplan.statistics.u_chart import u_chart
from tests.verification.published.case import Published


def _chart(values: list[float]) -> tuple[float, ...]:
    found = xmr(values)
    return found.mean, found.low, found.high


def _u_chart() -> tuple[float, ...]:
    found = u_chart([3, 8, 10, 6, 2, 11, 9, 5, 20], [15, 9, 15, 15, 15, 20, 15, 15, 15])
    return found.mean, found.low[0], found.high[0], found.low[5], found.high[5]


def _second_part() -> tuple[float, ...]:
    found = rebased([20, 30, 20, 30, *NIST_FLOW], [(4, "A new pump")]).parts[1].chart
    return found.mean, found.low, found.high


#: NIST prints 45.8159 and 55.8041, with 3 / 1.128 where the rule here says 2.66; the first two places agree.
NIST_FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

CASES = (
    Published(
        "Ten batches of flow: mean and limits",
        ("50.81", "45.82", "55.80"),
        "NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2",
        lambda: _chart(NIST_FLOW),
    ),
    Published(
        "The same as the second part of a longer series",
        ("50.81", "45.82", "55.80"),
        "NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2",
        _second_part,
    ),
    Published(
        "Defects per unit: mean, limits of 15 units and of 20",
        ("0.552239", "0", "1.127863", "0.053734", "1.050744"),
        "AVEVA Manufacturing Execution System 7.0, u Chart: nine samples of 15, 9, 15, 15, 15, 20, 15, 15 and 15 units",
        _u_chart,
    ),
)
