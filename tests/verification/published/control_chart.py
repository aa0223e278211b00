"""Numbers about `control_chart` that others printed."""

from csplan.statistics import control_chart
from tests.verification.published.case import Published


def _chart(values: list[float]) -> tuple[float, ...]:
    found = control_chart.xmr(values)
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
)
