"""Numbers about `trend` and `steps` that others printed."""

from csplan.statistics import steps, trend
from tests.verification.published.case import Published
from tests.verification.published.seasonality import DAYS, PASSENGERS, TWICE

SIXTEEN = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]
#: Explosions in British coal mines that killed ten or more, each year from 1851 to 1962 (Jarrett 1979).
COAL = [
    *(4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2),
    *(2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 2),
    *(3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1),
]


def _order(found: trend.MannKendall) -> tuple[float, ...]:
    return float(found.s), float(found.z), float(found.tau)


def _slope(values: list[int]) -> tuple[float, ...]:
    found = trend.theil_sen(values)
    return float(found.slope), float(found.low), float(found.high)


def _monthly(counts: list[float]) -> tuple[float, ...]:
    found = trend.monthly_trend(counts, DAYS[:144])
    return found.percent, found.low, found.high, found.b, found.error, found.phi


def _gap() -> list[float]:
    return [float("nan") if 60 <= i <= 70 else count for i, count in enumerate(TWICE)]


GLM = "statsmodels 0.15.0: GLM(y, [t, months], Poisson(), offset=log(days)).fit(scale='X2'), limits by scipy.stats.t"

CASES = (
    Published(
        "S, z and tau of sixteen values with ties",
        ("48", "2.142273367", "0.4"),
        "pymannkendall 1.4.3: original_test([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3])",
        lambda: _order(trend.mann_kendall(SIXTEEN)),
    ),
    Published(
        "S, z and tau of the airline passengers",
        ("8327", "14.381610026", "0.808760684"),
        "pymannkendall 1.4.3: original_test(y)",
        lambda: _order(trend.mann_kendall(PASSENGERS)),
    ),
    Published(
        "S, z and tau of the airline passengers, each month with its like",
        ("784", "15.505710523", "0.989898990"),
        "pymannkendall 1.4.3: seasonal_test(y, period=12)",
        lambda: _order(trend.seasonal_mann_kendall(PASSENGERS)),
    ),
    Published(
        "Slope of sixteen values with ties, and its limits",
        ("0.4", "0.0", "0.6153846154"),
        "scipy 1.17.1: stats.theilslopes([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3])",
        lambda: _slope(SIXTEEN),
    ),
    Published(
        "Slope of the airline passengers, and its limits",
        ("2.4512162877", "2.2941176471", "2.6216216216"),
        "scipy 1.17.1: stats.theilslopes(y)",
        lambda: _slope(PASSENGERS),
    ),
    Published(
        "Trend of twice the airline passengers: percent a year and limits, b, its error, phi",
        ("12.474773771", "12.158210174", "12.792230861", "0.00979656478", "0.000118729277", "1.77160256"),
        GLM,
        lambda: _monthly(TWICE),
    ),
    Published(
        "The same with eleven months missing",
        ("12.444708224", "12.113935125", "12.776457213", "0.00977428603", "0.000123993679", "1.89169450"),
        GLM + ", months 60 to 70 left out",
        lambda: _monthly(_gap()),
    ),
    Published(
        "Year in which explosions in coal mines became fewer, from 0, and their number in a year before and after",
        ("41", "3.0976", "0.9014"),
        "ruptures 1.1.10: Pelt(custom_cost=Poisson, min_size=6, jump=1).predict(pen=3 * log(112)); 127 / 41 and 64 / 71",
        lambda: (lambda found: (*found.places, *found.levels))(steps.step_changes(COAL, [1] * 112)),
    ),
)
