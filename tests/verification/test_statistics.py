"""The statistics against numbers that others printed, against scipy.stats, and against real months of County Durham.

`published` is printed on the pages under docs/methods as well.
"""

import calendar
import csv
import io
import zipfile
from math import comb
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize, stats

from csplan.statistics import change, control_chart, funnel, rates
from csplan.statistics.dispersion import dispersion, fitted_means
from tests.verification.published import PUBLISHED


def _exact(before: int, after: int, days_before: float, days_after: float) -> tuple[float, ...]:
    found = change.exact(before, after, exposure_before=days_before, exposure_after=days_after)
    return found.ratio, found.low, found.high, found.p_value


def _share(part: int, whole: int, confidence: float) -> tuple[float, ...]:
    found = rates.proportion(part, whole, confidence=confidence)
    return found.low, found.high


@pytest.mark.parametrize("case", [case for cases in PUBLISHED.values() for case in cases], ids=lambda case: case.what)
def test_published_number(case):
    for printed, ours in zip(case.printed, case.ours(), strict=True):
        last_digit = 10.0 ** -len(printed.partition(".")[2])
        assert ours == pytest.approx(float(printed), abs=0.5001 * last_digit)


# PHEindicatormethods, tests/testthat/testdata_funnel_rate_outputs.csv: the population at which so many events in one of three
# years would just be below the baseline of 116.1720835 per 100,000. At that population the lower limit equals what is expected.
@pytest.mark.parametrize(
    ("events", "population"),
    [(1, 7.264481402), (2, 69.49732367), (3, 177.5159418), (5, 465.8280129), (8, 991.0100744), (9, 1180.827018)],
)
def test_exact_lower_limit_as_in_the_public_health_tables_of_england(events, population):
    expected = 3 * population * 116.1720835 / 100_000
    # The two agree to between five and seven digits.
    assert rates.count_interval(events)[0] == pytest.approx(expected, rel=1e-5)


def test_exact_limits_below_ten_are_chi_square_quantiles():
    count = np.arange(1, 10)
    low, high = rates.count_interval(count, confidence=0.998)
    np.testing.assert_allclose(low, stats.chi2.ppf(0.001, 2 * count) / 2)
    np.testing.assert_allclose(high, stats.chi2.ppf(0.999, 2 * count + 2) / 2)


def test_byar_is_within_a_fifth_of_a_per_cent_of_exact_from_ten_up():
    # As the technical guide of Public Health England, "Confidence Intervals" (2018), says of 95% limits.
    count = np.array([*range(10, 400), 1_000, 25_000])
    low, high = rates.count_interval(count)
    np.testing.assert_allclose(low, stats.chi2.ppf(0.025, 2 * count) / 2, rtol=0.002)
    np.testing.assert_allclose(high, stats.chi2.ppf(0.975, 2 * count + 2) / 2, rtol=0.002)


@pytest.mark.parametrize(("part", "whole"), [(0, 7), (3, 7), (7, 7), (120, 400)])
def test_wilson_as_in_scipy(part, whole):
    limits = stats.binomtest(part, whole).proportion_ci(0.9, method="wilson")
    assert _share(part, whole, 0.9) == pytest.approx((limits.low, limits.high))


@pytest.mark.parametrize(("before", "after"), [(0, 4), (4, 0), (11, 21), (40, 40), (791, 538), (6896, 6672)])
@pytest.mark.parametrize("days", [(121, 120), (30, 365)])
def test_exact_change_as_in_scipy(before, after, days):
    share = days[1] / sum(days)
    test = stats.binomtest(after, before + after, share)
    limits = test.proportion_ci(0.95, method="exact")
    found = change.exact(before, after, exposure_before=days[0], exposure_after=days[1])
    assert found.p_value == pytest.approx(test.pvalue, rel=1e-6)
    for ours, theirs in ((found.low, limits.low), (found.high, limits.high)):
        assert ours == pytest.approx(theirs / (1 - theirs) * days[0] / days[1] if theirs < 1 else np.inf, rel=1e-6)


def test_exact_p_value_by_adding_up_every_split():
    # 3 before and 9 after in equal times: splits of 12 at most as likely as 3 to 9.
    by_hand = 2 * sum(comb(12, k) for k in range(4)) / 2**12
    assert _exact(3, 9, 1, 1)[3] == pytest.approx(by_hand)


def test_false_discovery_as_in_scipy():
    p = np.random.default_rng(3).uniform(size=50) ** 3
    np.testing.assert_allclose(change.false_discovery(p), stats.false_discovery_control(p))


@pytest.mark.parametrize("seed", range(5))
def test_dispersion_as_by_maximum_likelihood(seed):
    """The same model with its terms found by scipy's minimiser of the Poisson likelihood in place of our least squares."""
    rng = np.random.default_rng(seed)
    month, days = np.arange(24), rng.integers(28, 32, size=24).astype(float)
    angle = 2 * np.pi * month / 12
    columns = np.column_stack([np.ones(24), month >= 12, np.cos(angle), np.sin(angle)]).astype(float)
    counts = rng.negative_binomial(20, 20 / (20 + 3 * days)).astype(float)
    counts[4:12] = np.nan
    held = ~np.isnan(counts)
    x, y, t = columns[held], counts[held], days[held]

    def misfit(terms):
        predicted = np.log(t) + x @ terms
        return np.exp(predicted).sum() - y @ predicted

    def slope(terms):
        return x.T @ (np.exp(np.log(t) + x @ terms) - y)

    best = optimize.minimize(misfit, [1.0, 0, 0, 0], jac=slope, method="BFGS", options={"gtol": 1e-9})
    means = np.exp(np.log(t) + x @ best.x)
    phi, freedom = dispersion(counts, days, month // 12)
    assert freedom == 12
    assert phi == pytest.approx(max(1, ((y - means) ** 2 / means).sum() / 12), rel=1e-6)


def test_verdict_limits_and_p_value_by_students_t():
    months = np.array([30, 45, 28, 50] + [np.nan] * 8 + [61, 40, 55, 38, 47, 70, 33, 52, 44, 60, 39, 58])
    test = change.verdict_test(months, np.full(24, 30), before=range(4), after=range(12, 16))
    error = np.sqrt(test.phi * (1 / 153 + 1 / 194))
    middle = np.log(194 / 153)
    assert test.phi > 1
    assert test.p_value == pytest.approx(2 * stats.t.sf(middle / error, 12))
    low, high = stats.t.interval(0.95, 12, loc=middle, scale=error)
    assert (test.low, test.high) == (pytest.approx(100 * (np.exp(low) - 1)), pytest.approx(100 * (np.exp(high) - 1)))


@pytest.mark.parametrize("mean", [0.5, 1.0, 2.25, 3.75, 4.9])
def test_limits_of_rare_events_are_poisson_quantiles(mean):
    values = [0] * 20
    for i in range(round(20 * mean)):
        values[i % 20] += 1
    chart = control_chart.xmr(values)
    assert chart.high == stats.poisson.ppf(stats.norm.cdf(3), np.mean(values))
    assert chart.low == stats.poisson.ppf(stats.norm.cdf(-3), np.mean(values)) == 0


def test_funnel_by_plain_arithmetic():
    """Each step of Spiegelhalter (2005) written out for lists, with no array."""
    counts = [31, 55, 82, 30, 118, 47, 120, 29, 71, 66, 34, 58]
    people = [5100, 6000, 7200, 4800, 8100, 5600, 9000, 5000, 6100, 7000, 5200, 6400]
    common = sum(counts) / sum(people)
    z = [(y / n - common) / (common / n) ** 0.5 for y, n in zip(counts, people, strict=True)]
    order = sorted(z)
    # The 10% and 90% points of twelve lie at places 1.1 and 9.9 of the sorted list.
    low, high = order[1] + 0.1 * (order[2] - order[1]), order[9] + 0.9 * (order[10] - order[9])
    phi = sum(min(max(v, low), high) ** 2 for v in z) / 12
    weights = [n / common for n in people]
    tau2 = (12 * phi - 11) / (sum(weights) - sum(w * w for w in weights) / sum(weights))
    found = funnel.position(counts, people)
    assert tau2 > 0
    assert (found.phi, found.tau2) == (pytest.approx(phi), pytest.approx(tau2))
    widened = [(y / n - common) / (common / n + tau2) ** 0.5 for y, n in zip(counts, people, strict=True)]
    assert found.z == pytest.approx(np.array(widened))
    # All expected counts are high, so that the normal is the larger of the two p-values wherever an area stands out.
    np.testing.assert_allclose(found.p_value, 2 * stats.norm.sf(np.abs(widened)), atol=0.05)
    assert (found.p_value >= 2 * stats.norm.sf(np.abs(widened)) * (1 - 1e-12)).all()


def test_funnel_of_rare_events_asks_the_exact_distribution():
    found = funnel.position([3, 2] + [1] * 7 + [0] * 21, [1000] * 30)
    exactly = 2 * stats.poisson.sf(2, 0.4)
    assert found.p_value[0] == pytest.approx(exactly)
    assert exactly > 2 * stats.norm.sf(found.z[0])


@pytest.mark.real_data
def test_vehicle_crime_in_county_durham_fell(shared_data):
    """January to April 2024 against 2025: 791 to 538, down by 31%."""
    counts = _county_durham(shared_data / "police")
    days = [calendar.monthrange(2024 + i // 12, i % 12 + 1)[1] for i in range(24)]
    tests = {type_: change.verdict_test(c, days, before=range(4), after=range(12, 16)) for type_, c in counts.items()}
    q = dict(zip(tests, change.false_discovery([t.p_value for t in tests.values()]), strict=True))
    vehicle, theft = tests["Vehicle crime"], tests["Shoplifting"]
    assert len(tests) == 14
    assert (vehicle.before, vehicle.after, vehicle.held, vehicle.degrees_of_freedom) == (791, 538, 16, 12)
    assert round(vehicle.percent) == -31
    assert change.verdict(vehicle, q["Vehicle crime"]) == "down"
    # Chance alone would call this fall real; the series' own unrest does not.
    alone = change.exact(int(theft.before), int(theft.after), exposure_before=121, exposure_after=120)
    assert alone.p_value < 0.001
    assert change.verdict(theft, q["Shoplifting"]) == "no_clear_change"


@pytest.mark.real_data
def test_recorded_months_have_little_memory(shared_data):
    """What `verdict_test` says of 2025: the correlation of a month with the one before lies between none and about 0.3.

    In twelve months with a wave taken out the estimate is far too low, so real series are set beside invented ones of known
    memory.
    """
    angle = 2 * np.pi * np.arange(12) / 12
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=float)
    columns = np.column_stack([np.ones(12), np.cos(angle), np.sin(angle)])

    def correlation(counts):
        means = fitted_means(counts, days, columns)
        left = (counts - means) / np.sqrt(means)
        return (left[1:] * left[:-1]).sum() / (left**2).sum()

    def invented(memory):
        rng = np.random.default_rng(7)
        unrest = rng.normal(size=(1500, 12))
        for i in range(1, 12):
            unrest[:, i] = memory * unrest[:, i - 1] + np.sqrt(1 - memory**2) * unrest[:, i]
        return np.mean([correlation(days * 1000 * np.exp(0.1 * u)) for u in unrest])

    by_type: dict[str, list[float]] = {}
    for type_, counts in _districts_of_2025(shared_data):
        by_type.setdefault(type_, []).append(correlation(counts))
    real = {type_: np.mean(values) for type_, values in by_type.items()}
    assert len(real) == 14
    assert invented(0) - 0.03 < min(real.values())
    assert max(real.values()) < invented(0.4)
    assert sorted(real, key=real.get)[-4:] == ["Anti-social behaviour", "Vehicle crime", "Shoplifting", "Robbery"]


def _districts_of_2025(folder: Path) -> list[tuple[str, np.ndarray]]:
    """Type and monthly counts of each district that published the whole year, with events in every month."""
    import duckdb

    crimes = folder / "police" / "street-crime-counts-by-lsoa-month-type-2025-england-wales.parquet"
    lookup = folder / "lookups" / "lsoa-2021-to-ward-2024-to-lad-2024-england-wales.csv.gz"
    rows = duckdb.sql(
        f"SELECT ltla24_code, crime_type, month, sum(n) FROM '{crimes}' "
        f"JOIN read_csv('{lookup}') ON lsoa_code = lsoa21_code GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    tables: dict[str, dict[str, np.ndarray]] = {}
    for district, type_, month, count in rows:
        tables.setdefault(district, {}).setdefault(type_, np.zeros(12))[int(month[-2:]) - 1] = count
    whole = [t for t in tables.values() if (total := sum(t.values())).min() > np.median(total) / 2]
    assert len(whole) == 252
    return [(type_, counts) for t in whole for type_, counts in t.items() if counts.sum() >= 60 and counts.min() > 0]


def _county_durham(folder: Path) -> dict[str, np.ndarray]:
    """Events of each type in County Durham, January 2024 to December 2025; NaN where no file is held."""
    counts: dict[str, np.ndarray] = {}
    held = np.zeros(24, dtype=bool)
    for archive in ("durham-street-2024-01-to-2024-04.zip", "durham-street-2025-01-to-2025-12.zip"):
        with zipfile.ZipFile(folder / archive) as files:
            for name in files.namelist():
                if name.endswith(".csv"):
                    for row in csv.DictReader(io.TextIOWrapper(files.open(name), "utf-8")):
                        if row["LSOA name"].startswith("County Durham"):
                            year, month = map(int, row["Month"].split("-"))
                            place = 12 * (year - 2024) + month - 1
                            held[place] = True
                            counts.setdefault(row["Crime type"], np.zeros(24))[place] += 1
    for series in counts.values():
        series[~held] = np.nan
    return counts
