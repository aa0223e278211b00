"""Numbers about `funnel` and `funnel_limits` that others printed.

The tables of PHEindicatormethods name, for so many events, how many expected would put an area just on a limit. So at that many
expected the limit is that many events. They were found by trial to seven digits or so; one or two less are
given here.
"""

from csplan.statistics.funnel_limits import limits
from tests.verification.published.case import Published

BY = "PHEindicatormethods for R, tests/testthat/testdata_funnel_{}_outputs.csv"

#: Events, then how many are expected where they lie on the lower 95%, upper 95%, lower 99.8% and upper 99.8% limit.
RATIOS = (
    (3, 8.767273828, 0.618671905, 13.06224507, 0.190533306),
    (10, 18.39035799, 4.795387629, 24.13397235, 2.960519925),
    (100, 121.6268111, 81.36400699, 134.9243187, 71.92139974),
)
#: Events in three years, then the population on the same four limits; the baseline is 116.1720835 per 100,000.
RATES = ((5, 3348.002593, 465.8280129, 4721.370883, 212.14848), (104, 36157.10817, 24382.08903, 40036.31685, 21608.75072))
BASELINE = 116.1720835 / 100_000


def _ratio(expected: tuple[float, ...]) -> tuple[float, ...]:
    """The ratio at the limit that each number expected lies on."""
    found = limits(expected, centre=1, kind="ratio")
    return found.low_95[0], found.high_95[1], found.low_998[2], found.high_998[3]


def _rate(populations: tuple[float, ...]) -> tuple[float, ...]:
    found = limits([3 * n for n in populations], centre=BASELINE, kind="rate")
    return tuple(100_000 * limit for limit in (found.low_95[0], found.high_95[1], found.low_998[2], found.high_998[3]))


def _proportion(n: int) -> tuple[float, ...]:
    found = limits([n], centre=0.80642448, kind="proportion", method="normal")
    return tuple(float(100 * limit[0]) for limit in (found.low_95, found.high_95, found.low_998, found.high_998))


CASES = (
    Published(
        "Share of 80.642448% of all: limits at 3 people",
        ("35.9335", "100", "10.1508", "100"),
        BY.format("prop"),
        lambda: _proportion(3),
    ),
    Published(
        "The same at 50 people",
        ("69.6910", "91.5939", "63.3756", "97.9093"),
        BY.format("prop"),
        lambda: _proportion(50),
    ),
    Published(
        "The same at 110,000 people",
        ("80.4090", "80.8759", "80.2743", "81.0106"),
        BY.format("prop"),
        lambda: _proportion(110_000),
    ),
    Published(
        "Ratios in per cent on the limits of 3 events",
        ("34.218", "484.910", "22.967", "1574.53"),
        BY.format("ratio"),
        lambda: tuple(100 * r for r in _ratio(RATIOS[0][1:])),
    ),
    Published(
        "Ratios in per cent on the limits of 10 events",
        ("54.3763", "208.5337", "41.4354", "337.778"),
        BY.format("ratio"),
        lambda: tuple(100 * r for r in _ratio(RATIOS[1][1:])),
    ),
    Published(
        "Ratios in per cent on the limits of 100 events",
        ("82.2187", "122.9045", "74.1156", "139.0407"),
        BY.format("ratio"),
        lambda: tuple(100 * r for r in _ratio(RATIOS[2][1:])),
    ),
    Published(
        "Rates per 100,000 on the limits of 5 events in three years",
        ("49.7809", "357.786", "35.3005", "785.613"),
        BY.format("rate"),
        lambda: _rate(RATES[0][1:]),
    ),
    Published(
        "Rates per 100,000 on the limits of 104 events in three years",
        ("95.8779", "142.1809", "86.5881", "160.4288"),
        BY.format("rate"),
        lambda: _rate(RATES[1][1:]),
    ),
)
