"""Numbers about `standardisation` that others printed."""

from csplan.statistics import standardisation
from tests.verification.published.case import Published

#: The European standard population of 2013: from 0 to 4 up to 90 and over.
ESP_2013 = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000]


def _small_area() -> tuple[float, ...]:
    deaths = [1, 1, 0, 0, 0, 1, 1, 3, 3, 3, 3, 10, 10, 10, 10, 8, 8, 8, 8]
    people = [30, 35, 35, 35, 40, 40, 45, 50, 50, 50, 60, 60, 70, 75, 70, 60, 20, 20, 15]
    rate = standardisation.directly_standardised(deaths, people, ESP_2013, per=100_000)
    return rate.value, rate.low, rate.high


def _two_regions() -> tuple[float, ...]:
    people = [[1000, 1000, 1100, 900], [1000, 900, 1100, 900]]
    counts = [[30, 25, 25, 15], [33, 21, 30, 20]]
    rate = standardisation.directly_standardised(counts, people, [1000, 900, 1000, 900], per=1)
    return tuple(rate.value.tolist())


def _ratio(observed: int, people: list[int], events: list[int]) -> standardisation.StandardisedRatio[float]:
    return standardisation.indirectly_standardised(observed, people, events, [1000, 900, 1000, 900], per=1)


FIRST = (95, [100, 100, 110, 90], [100, 45, 120, 100])
SECOND = (104, [100, 90, 110, 90], [50, 30, 200, 80])

CASES = (
    Published(
        "88 deaths of 19 age groups per 100,000, with limits",
        ("8283.016", "6570.819", "10289.65"),
        "PHEindicatormethods for R, DSR vignette: phe_dsr(df3, dths, pop)",
        _small_area,
    ),
    Published(
        "Two regions of four age groups, directly",
        ("0.0237", "0.0267"),
        "esda for Python, help of direct_age_standardization",
        _two_regions,
    ),
    Published(
        "Two regions of four age groups, observed over expected",
        ("2.4869", "2.7368"),
        "esda for Python, help of standardized_mortality_ratio",
        lambda: (_ratio(*FIRST).value, _ratio(*SECOND).value),
    ),
    Published(
        "Events expected of 136,000 people at the rates of a standard",
        ("13120",),
        "R. Najera, Epi 101: indirect age adjustment by hand and in R (2019)",
        lambda: (
            standardisation.indirectly_standardised(
                2550,
                [15_000, 20_000, 21_000, 30_000, 50_000],
                [200, 1500, 2450, 3700, 4200],
                [20_000, 30_000, 35_000, 37_000, 28_000],
            ).expected,
        ),
    ),
)
