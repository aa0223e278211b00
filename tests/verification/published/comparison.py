"""Numbers about `comparison` that others printed."""

from csplan.statistics import comparison
from tests.verification.published.case import Published

#: Under 75 deaths from cancer, women, the twelve districts of the North East, lowest first.
NORTH_EAST = [118.7460481, 131.2778276, 137.109864, 137.7256526, 138.9005229, 143.263302]
NORTH_EAST += [145.5966707, 146.6971262, 153.6912833, 155.763081, 157.1222286, 171.2170455]
#: Life at birth, women, the fifteen districts of Yorkshire and the Humber, lowest first.
YORKSHIRE = [80.12789, 81.53433, 81.54834, 81.56481, 81.85089, 81.91188, 82.23396, 82.29398]
YORKSHIRE += [82.34826, 82.55837, 82.59956, 82.6424, 83.47444, 83.50889, 84.23204]
TIED = [4, 7, 7, 7, 1, 9, float("nan"), 2, 2, 5, 8, 6, 3]
COUNTS, PEOPLE = [90, 60, 55, 20, 3, 0], [1000, 800, 900, 1000, 40, 30]
BY_DRAWS = (
    "Python's random.gammavariate, 200,000 draws: r = [gammavariate(x + 0.5, 1) / n …]; of the sorted list of each area the "
    "entries 5,000 and 195,000"
)


def _places() -> tuple[float, ...]:
    found = comparison.rank_interval(COUNTS, PEOPLE, draws=200_000)
    return (*found.low, *found.high)


def _gaps() -> tuple[float, ...]:
    found = comparison.gap_to_median(COUNTS, PEOPLE, draws=200_000)
    return found.low[0], found.high[0], found.low[2], found.high[2], found.low[3]


CASES = (
    Published(
        "Tenths of the districts of the North East, the highest first",
        tuple("10 9 8 7 6 6 5 4 3 2 1 1".split()),
        "PHEindicatormethods for R, fd_quantiles.csv of its repository: Tool Output Decile, indicator 40501",
        lambda: tuple(comparison.bands(NORTH_EAST).band.tolist()),
    ),
    Published(
        "Tenths of the districts of Yorkshire and the Humber, the lowest first",
        tuple("1 1 2 3 3 4 5 5 6 7 7 8 9 9 10".split()),
        "PHEindicatormethods for R, fd_quantiles.csv of its repository: Tool Output Decile, indicator 90366",
        lambda: tuple(comparison.bands(YORKSHIRE, highest_first=False).band.tolist()),
    ),
    Published(
        "Quarters of values with ties, the highest first",
        tuple("3 1 1 1 4 1 4 4 3 1 2 3".split()),
        "PHStatsMethods 0.1.16 for Python: ph_quantile(df, 'v', nquantiles=4)",
        lambda: tuple(comparison.bands([v for v in TIED if v == v], 4).band.tolist()),
    ),
    Published(
        "Fifths of the same, the lowest first",
        tuple("2 3 3 3 1 5 1 1 3 5 3 2".split()),
        "PHStatsMethods 0.1.16 for Python: ph_quantile(df, 'v', nquantiles=5, invert=False)",
        lambda: tuple(comparison.bands([v for v in TIED if v == v], 5, highest_first=False).band.tolist()),
    ),
    Published(
        "Best, then worst places of six areas, 90, 60, 55, 20, 3 and 0 events among 1,000, 800, 900, 1,000, 40 and 30 people",
        tuple("1 1 2 5 1 2 3 4 5 6 5 6".split()),
        BY_DRAWS,
        _places,
    ),
    Published(
        "Gap to the median of the first and third of them, lowest and highest, and of the fourth, lowest",
        tuple("5 56 -16 19 -61".split()),
        BY_DRAWS + ", of n * (r - median)",
        _gaps,
    ),
)
