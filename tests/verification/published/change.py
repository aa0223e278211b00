"""Numbers about `change` that others printed."""

import numpy as np

from csplan.statistics import change
from csplan.statistics.dispersion import fitted_means
from tests.verification.published.case import Published


def _dobson() -> tuple[float, ...]:
    """The randomised trial of Dobson (1990) on R's help page of glm: three outcomes by three treatments."""
    counts = np.array([18, 17, 15, 20, 10, 20, 25, 13, 12], dtype=float)
    outcome, treatment = np.tile([0, 1, 2], 3), np.repeat([0, 1, 2], 3)
    terms = [np.ones(9), outcome == 1, outcome == 2, treatment == 1, treatment == 2]
    means = fitted_means(counts, np.ones(9), np.column_stack(terms).astype(float))
    assert means is not None
    return (float(((counts - means) ** 2 / means).sum() / 4),)


def _exact(before: int, after: int, days_before: float, days_after: float) -> tuple[float, ...]:
    found = change.exact(before, after, exposure_before=days_before, exposure_after=days_after)
    return found.ratio, found.low, found.high, found.p_value


CASES = (
    Published(
        "21 in 3,011 before, 11 in 800 after: ratio, limits, p",
        ("1.971488", "0.8584264", "4.2772659", "0.07967"),
        "R, output of the example on the help page of poisson.test",
        lambda: _exact(21, 11, 3011, 800),
    ),
    Published(
        "q-values of 0.008, 0.03, 0.123, 0.6, 0.2",
        ("0.04", "0.075", "0.205", "0.6", "0.25"),
        "stdlib for JavaScript, help page of padjust",
        lambda: tuple(change.false_discovery([0.008, 0.03, 0.123, 0.6, 0.2]).tolist()),
    ),
    Published(
        "Dispersion of nine counts by outcome and treatment",
        ("1.2933",),
        "R, the example on the help page of glm (data of Dobson 1990) fitted as quasipoisson",
        _dobson,
    ),
)
