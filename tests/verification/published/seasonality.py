"""Numbers about `seasonality` and `stl` that others printed."""

import calendar

import numpy as np

from csplan.statistics import seasonality, stl
from tests.verification.published.case import Published

#: Passengers of airlines in thousands, each month from January 1949 to December 1960: `AirPassengers` of R.
PASSENGERS = [
    *(112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118),
    *(115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140),
    *(145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166),
    *(171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194),
    *(196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201),
    *(204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229),
    *(242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278),
    *(284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306),
    *(315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336),
    *(340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337),
    *(360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405),
    *(417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432),
]
#: Days in each of those months, and in the three after them.
DAYS = [calendar.monthrange(1949 + i // 12, i % 12 + 1)[1] for i in range(147)]
TWICE = [2 * count for count in PASSENGERS]


def _season(test: seasonality.SeasonTest) -> tuple[float, ...]:
    return test.f, test.phi, test.degrees_of_freedom


def _stl(window: int | None) -> tuple[float, ...]:
    parts = stl.stl(PASSENGERS, window=window)
    return *parts.season[:6].tolist(), *parts.trend[[0, 50, 143]].tolist()


STL = "STL(y, period=12, seasonal={q}, trend={t}, low_pass=13, seasonal_deg=0, seasonal_jump={j}, trend_jump={k}, low_pass_jump=2, robust=True)"

CASES = (
    Published(
        "Month index of the airline passengers, months taken as equally long",
        ("0.9102304", "0.8836253", "1.0073663", "0.9759060", "0.9813780", "1.1127758"),
        "statsmodels 0.15.0: seasonal_decompose(y, model='multiplicative', period=12).seasonal[:6]",
        lambda: tuple(seasonality.month_index(PASSENGERS, [30] * 144).index[:6].tolist()),
    ),
    Published(
        "Month index of the airline passengers by day",
        ("0.89396725", "0.95180968", "0.98958932", "0.99066890", "0.96411822", "1.12968382"),
        "statsmodels 0.15.0: seasonal_decompose(y / days, model='multiplicative', period=12).seasonal[:6]",
        lambda: tuple(seasonality.month_index(PASSENGERS, DAYS[:144]).index[:6].tolist()),
    ),
    Published(
        "F, phi and degrees of freedom of the season in twice the airline passengers",
        ("69.0303539", "1.77160256", "131"),
        "statsmodels 0.15.0: GLM(y, X, Poisson(), offset=log(days)).fit(scale='X2') with and without months, "
        "(a.deviance - b.deviance) / (11 * b.scale)",
        lambda: _season(seasonality.season_test(TWICE, DAYS[:144])),
    ),
    Published(
        "STL of the airline passengers, a season that changes over seven years: season of six months, trend of three",
        ("-13.290133", "-7.854376", "8.973628", "-1.329364", "-4.599889", "12.939428", "122.87607", "216.071082", "500.309376"),
        "statsmodels 0.15.0: " + STL.format(q=7, t=23, j=1, k=3) + ".fit(inner_iter=1, outer_iter=15)",
        lambda: _stl(7),
    ),
    Published(
        "STL of the airline passengers, one season for all years: season of six months, trend of three",
        ("-16.462188", "-27.313471", "9.102333", "1.066981", "3.141669", "19.875254", "123.11425", "221.309894", "476.070301"),
        "statsmodels 0.15.0: " + STL.format(q=1441, t=19, j=145, k=2) + ".fit(inner_iter=1, outer_iter=15), seasons averaged",
        lambda: _stl(None),
    ),
    Published(
        "Weights of the first four airline passengers",
        ("0.975521", "0.978369", "0.993281", "0.883457"),
        "statsmodels 0.15.0: the same with seasonal=7, .weights[:4]",
        lambda: tuple(np.asarray(stl.stl(PASSENGERS, window=7).weights)[:4].tolist()),
    ),
)
