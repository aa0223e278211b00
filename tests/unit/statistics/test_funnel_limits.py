"""Curves of a funnel plot and the bands between them, by chance alone and widened."""

from dataclasses import FrozenInstanceError
from math import nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from csplan.statistics import funnel
from csplan.statistics.funnel_limits import BEYOND_95, BEYOND_998, FunnelLimits, band_words, bands, limits

BANDS = ("below_998", "below_95", "within", "above_95", "above_998", "not_compared")


def curves(found: FunnelLimits) -> list[list[float]]:
    return [line.tolist() for line in (found.low_998, found.low_95, found.high_95, found.high_998)]


@pytest.mark.parametrize(
    ("kind", "centre", "deviation"),
    [("proportion", 0.3, sqrt(0.3 * 0.7 / 200)), ("rate", 0.3, sqrt(0.3 / 200)), ("ratio", 1.1, sqrt(1.1 / 200))],
)
def test_normal_limits_lie_1_96_and_3_09_deviations_off(kind, centre, deviation):
    found = limits([200], centre=centre, kind=kind, method="normal")
    away = [(line[0] - centre) / deviation for line in curves(found)]
    assert away == pytest.approx([-3.090232, -1.959964, 1.959964, 3.090232], abs=1e-6)


def test_normal_limits_of_a_proportion_are_where_the_wilson_limit_is_the_centre():
    found = limits([40], centre=0.25, kind="proportion", method="normal")
    for share, end in ((found.low_95[0], "high"), (found.high_95[0], "low")):
        z, n = 1.959964, 40
        middle, reach = share + z**2 / (2 * n), z * sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
        wilson = (middle + reach if end == "high" else middle - reach) / (1 + z**2 / n)
        assert wilson == pytest.approx(0.25, abs=1e-6)


@pytest.mark.parametrize("expected", [4.0, 11.7, 60.0])
def test_exact_limits_of_a_ratio_are_chi_square_quantiles_the_other_way_round(expected):
    """Garwood's limit of the count on the curve is what was expected."""
    low_998, low_95, high_95, high_998 = (line[0] * expected for line in curves(limits([expected], centre=1, kind="ratio")))
    assert stats.chi2.ppf(0.975, 2 * low_95 + 2) / 2 == pytest.approx(expected)
    assert stats.chi2.ppf(0.025, 2 * high_95) / 2 == pytest.approx(expected)
    assert stats.chi2.ppf(0.001, 2 * high_998) / 2 == pytest.approx(expected)
    if expected > 7:
        assert stats.chi2.ppf(0.999, 2 * low_998 + 2) / 2 == pytest.approx(expected)
    else:
        assert low_998 == 0


def test_exact_limits_of_a_proportion_are_clopper_and_pearsons_the_other_way_round():
    low_998, low_95, high_95, high_998 = (80 * line[0] for line in curves(limits([80], centre=0.3, kind="proportion")))
    assert stats.beta.ppf(0.975, low_95 + 1, 80 - low_95) == pytest.approx(0.3)
    assert stats.beta.ppf(0.999, low_998 + 1, 80 - low_998) == pytest.approx(0.3)
    assert stats.beta.ppf(0.025, high_95, 81 - high_95) == pytest.approx(0.3)
    assert stats.beta.ppf(0.001, high_998, 81 - high_998) == pytest.approx(0.3)


def test_a_rate_is_a_ratio_to_what_is_expected():
    rate = limits([1000, 5000], centre=0.004, kind="rate")
    ratio = limits([4, 20], centre=1, kind="ratio")
    for ours, theirs in zip(curves(rate), curves(ratio), strict=True):
        assert ours == pytest.approx([0.004 * one for one in theirs])


def test_limits_never_leave_what_can_be():
    for method in ("normal", "exact"):
        found = limits([1, 2], centre=0.5, kind="proportion", method=method)
        assert curves(found)[0] == [0, 0] and curves(found)[3] == [1, 1]
    assert curves(limits([1.0], centre=1, kind="ratio", method="normal"))[0] == [0]
    assert curves(limits([1.0], centre=1, kind="ratio", method="normal"))[3] == [pytest.approx(4.090232)]


def test_multiplied_limits_are_root_phi_wider_and_never_narrower():
    plain = limits([300], centre=0.02, kind="rate", method="normal")
    wide = limits([300], centre=0.02, kind="rate", method="multiplicative", phi=4)
    assert wide.high_95[0] - 0.02 == pytest.approx(2 * (plain.high_95[0] - 0.02))
    assert curves(limits([300], centre=0.02, kind="rate", method="multiplicative", phi=0.5)) == curves(plain)
    assert (wide.phi, wide.method, wide.kind, wide.centre) == (4, "multiplicative", "rate", 0.02)


def test_added_spread_stays_however_large_the_area():
    found = limits([1e9], centre=0.02, kind="rate", method="additive", tau2=0.005**2)
    assert found.high_95[0] - 0.02 == pytest.approx(1.959964 * 0.005, rel=1e-4)
    small = limits([300], centre=0.02, kind="rate", method="additive", tau2=0.005**2)
    assert small.high_998[0] - 0.02 == pytest.approx(3.090232 * sqrt(0.02 / 300 + 0.005**2))


def test_a_missing_size_has_no_limits():
    for method in ("normal", "exact"):
        for kind in ("proportion", "rate"):
            found = limits([nan, 50], centre=0.2, kind=kind, method=method)
            assert np.isnan([line[0] for line in curves(found)]).all()
            assert not np.isnan([line[1] for line in curves(found)]).any()


# Expected 10: P(X <= 3) = 0.01034, P(X <= 4) = 0.02925; P(X <= 1) = 0.0005, P(X <= 2) = 0.00277;
# P(X >= 17) = 0.02704, P(X >= 18) = 0.01428; P(X >= 21) = 0.00159, P(X >= 22) = 0.0007.
@pytest.mark.parametrize(
    ("count", "band"),
    [
        (0, "below_998"),
        (1, "below_998"),
        (2, "below_95"),
        (3, "below_95"),
        (4, "within"),
        (17, "within"),
        (18, "above_95"),
        (21, "above_95"),
        (22, "above_998"),
    ],
)
def test_exact_bands_turn_where_the_poisson_tail_does(count, band):
    assert bands([count, 10], [10, 10], kind="ratio").band.tolist() == [band, "within"]
    assert bands([count, 10], [1000, 1000], kind="rate", centre=0.01).band[0] == band


def test_one_event_where_hardly_any_is_expected_is_high():
    # P(X >= 1) is 0.0198 with 0.02 expected, and 0.0005 with 0.0005.
    assert bands([1, 3], [0.02, 3], kind="ratio").band[0] == "above_95"
    assert bands([1, 3], [0.0005, 3], kind="ratio").band[0] == "above_998"
    assert bands([1, 20], [1, 50], kind="proportion", centre=0.02).band[0] == "above_95"


def test_results_cannot_be_changed_and_are_equal_to_themselves_alone():
    for found, again in [
        (bands([1, 3], [2, 3], kind="ratio") for _ in "ab"),
        (limits([2], centre=1, kind="ratio") for _ in "ab"),
    ]:
        assert found != again
        with pytest.raises(FrozenInstanceError):
            found.centre = 2.0


def test_no_events_where_few_are_expected_is_within():
    assert bands([0, 3], [3.0, 3.0], kind="ratio").band.tolist() == ["within", "within"]
    assert bands([0, 3], [3.7, 3.0], kind="ratio").band[0] == "below_95"


@pytest.mark.parametrize("count", range(31))
def test_exact_bands_of_a_proportion_follow_the_binomial_tails(count):
    fewer, more = stats.binom.cdf(count, 30, 0.4), stats.binom.sf(count - 1, 30, 0.4)
    word = "within"
    for beyond, name in ((0.025, "95"), (0.001, "998")):
        word = f"below_{name}" if fewer <= beyond else f"above_{name}" if more <= beyond else word
    assert bands([count, 12], [30, 30], kind="proportion", centre=0.4).band[0] == word


@pytest.mark.parametrize(
    ("z", "band"),
    [(-3.1, 0), (-3.08, 1), (-1.97, 1), (-1.95, 2), (0, 2), (1.95, 2), (1.97, 3), (3.08, 3), (3.1, 4)],
)
def test_normal_bands_turn_at_1_96_and_3_09(z, band):
    count = 10_000 + 100 * z
    assert bands([count, 10_000], [1e6, 1e6], kind="rate", method="normal", centre=0.01).band[0] == BANDS[band]


def test_all_areas_together_are_the_centre_but_for_a_ratio():
    assert bands([10, 30], [100, 300], kind="rate").centre == pytest.approx(0.1)
    assert bands([10, 50], [100, 300], kind="proportion").centre == pytest.approx(0.15)
    assert bands([10, 50], [20, 30], kind="ratio").centre == 1
    assert bands([10, 50], [20, 30], kind="ratio", centre=1.2).centre == 1.2
    assert bands([10, nan, 30], [100, 50, nan], kind="rate").centre == pytest.approx(0.1)


COUNTS = [31, 55, 82, 30, 118, 47, 120, 29, 71, 66, 34, 58]
PEOPLE = [5100, 6000, 7200, 4800, 8100, 5600, 9000, 5000, 6100, 7000, 5200, 6400]


def test_phi_and_tau2_are_those_of_position():
    theirs, ours = funnel.position(COUNTS, PEOPLE), bands(COUNTS, PEOPLE, kind="rate", method="additive")
    assert (ours.phi, ours.tau2) == (pytest.approx(theirs.phi), pytest.approx(theirs.tau2))
    np.testing.assert_allclose(ours.z, theirs.z)
    assert ours.tau2 > 0


def test_phi_and_tau2_of_a_proportion_by_plain_arithmetic():
    common = sum(COUNTS) / sum(PEOPLE)
    s = [sqrt(common * (1 - common) / n) for n in PEOPLE]
    z = sorted((y / n - common) / one for y, n, one in zip(COUNTS, PEOPLE, s, strict=True))
    low, high = z[1] + 0.1 * (z[2] - z[1]), z[9] + 0.9 * (z[10] - z[9])
    phi = sum(min(max(v, low), high) ** 2 for v in z) / 12
    w = [1 / one**2 for one in s]
    tau2 = (12 * phi - 11) / (sum(w) - sum(v * v for v in w) / sum(w))
    found = bands(COUNTS, PEOPLE, kind="proportion", method="normal")
    assert (found.phi, found.tau2) == (pytest.approx(phi), pytest.approx(tau2))
    assert sorted(found.z.tolist()) == pytest.approx(z)
    many = bands(COUNTS, PEOPLE, kind="proportion", method="multiplicative")
    assert sorted(many.z.tolist()) == pytest.approx([v / sqrt(phi) for v in z])


def test_each_widening_brings_areas_in():
    alone = bands(COUNTS, PEOPLE, kind="rate", method="normal")
    many, added = (bands(COUNTS, PEOPLE, kind="rate", method=method) for method in ("multiplicative", "additive"))
    np.testing.assert_allclose(many.z, alone.z / sqrt(alone.phi))
    assert (np.abs(added.z) < np.abs(alone.z)).all()
    assert [(found.band == "within").sum() for found in (alone, many, added)] == [6, 11, 12]
    assert (alone.band[4], many.band[4], added.band[4]) == ("above_998", "above_95", "within")


@pytest.mark.parametrize("method", ["exact", "normal", "multiplicative", "additive"])
@pytest.mark.parametrize("kind", ["rate", "proportion", "ratio"])
def test_an_area_drawn_outside_a_limit_is_in_the_band_outside_it(kind, method):
    chance = np.random.default_rng(8)
    sizes = chance.integers(20, 400, 60).astype(float)
    centre = 1 if kind == "ratio" else 0.2
    counts = np.minimum(chance.poisson(centre * sizes * chance.gamma(12, 1 / 12, 60)), sizes)
    found = bands(counts, sizes, kind=kind, method=method)
    drawn = limits(sizes, centre=found.centre, kind=kind, method=method, phi=found.phi, tau2=found.tau2)
    far, high = found.value >= drawn.high_998 - 1e-9, found.value >= drawn.high_95 - 1e-9
    np.testing.assert_array_equal(far, found.band == "above_998")
    np.testing.assert_array_equal(high & ~far, found.band == "above_95")
    low = (found.value <= drawn.low_95 + 1e-9) & (drawn.low_95 > 0)
    np.testing.assert_array_equal(low, np.isin(found.band, ("below_95", "below_998")))


def test_missing_areas_are_not_compared():
    for method in ("exact", "additive"):
        found = bands([10, nan, 20, 15], [100, 100, nan, 100], kind="proportion", method=method)
        assert found.band.tolist() == ["within", "not_compared", "not_compared", "within"]
        assert np.isnan(found.value[1:3]).all() and np.isnan(found.z[1:3]).all()


@pytest.mark.parametrize(
    ("counts", "sizes", "kind"),
    [
        ([], [], "rate"),
        ([5], [10], "ratio"),
        ([0, 0], [10, 10], "rate"),
        ([10, 10], [10, 10], "proportion"),
        ([nan], [nan], "rate"),
    ],
)
def test_nothing_to_compare_with(counts, sizes, kind):
    found = bands(counts, sizes, kind=kind)
    assert set(found.band.tolist()) <= {"not_compared"}
    assert np.isnan(found.phi) and np.isnan(found.tau2)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: limits([1, 0], centre=1, kind="ratio"), r"sizes\[1\] is 0: it must be more than zero"),
        (lambda: limits([10], centre=1, kind="proportion"), "centre is 1: it must lie between 0 and 1"),
        (lambda: limits([10], centre=0, kind="rate"), "centre is 0: it must be more than zero and have an end"),
        (lambda: limits([10], centre=np.inf, kind="rate"), "centre is inf: it must be more than zero and have an end"),
        (lambda: limits([10], centre=nan, kind="ratio"), "centre is nan"),
        (lambda: limits([10], centre=1, kind="odds"), "kind is 'odds': it must be one of proportion, rate, ratio"),
        (lambda: limits([10], centre=1, kind="rate", method="best"), "method is 'best': it must be one of exact, normal, multi"),
        (lambda: limits([10, 2.5], centre=0.1, kind="proportion"), r"sizes\[1\] is 2.5: an exact proportion needs whole numbers"),
        (lambda: limits([10], centre=1, kind="rate", method="multiplicative"), "phi is missing"),
        (lambda: limits([10], centre=1, kind="rate", method="additive"), "tau2 is missing"),
        (lambda: bands([1, -2], [5, 5], kind="rate"), r"counts\[1\] is -2"),
        (lambda: bands([1, 6], [5, 5], kind="proportion"), r"counts\[1\] is 6: it cannot be more than its whole, 5"),
        (lambda: bands([1, 0.5], [5, 5], kind="proportion"), r"counts\[1\] is 0.5: an exact proportion needs whole"),
        (lambda: bands([1, 2], [5], kind="rate"), "counts and sizes have shapes"),
        (lambda: bands([1, 2], [5, 5], kind="proportion", centre=1.5), "centre is 1.5: it must lie between 0 and 1"),
        (lambda: bands([1, 2], [5, 5], kind="rates"), "kind is 'rates'"),
        (lambda: bands([1, 2], [5, 5], kind="rate", method="bad"), "method is 'bad'"),
        (lambda: band_words("high"), "band is 'high': it must be one of above_998, above_95, within"),
        (lambda: band_words("within", "own"), "method is 'own'"),
    ],
)
def test_what_cannot_be_is_refused(call, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        call()


def test_what_is_whole_is_asked_of_an_exact_proportion_alone():
    assert bands([1, 0.5], [5, 5.5], kind="proportion", method="normal").band.tolist() == ["within", "within"]
    assert bands([7.5, 0.5], [5, 5.5], kind="rate").band[0] != "not_compared"
    assert limits([2.5], centre=0.1, kind="proportion", method="normal").high_95[0] < 1


@pytest.mark.parametrize(
    ("band", "words"),
    [
        (
            "above_998",
            "Its figure is far above the common one: by chance alone only about 1 such area in 1,000 would lie so high.",
        ),
        ("above_95", "Its figure is above the common one: by chance alone only about 25 such areas in 1,000 would lie so high."),
        ("within", "Its figure is in the range where, by chance alone, 95 such areas in 100 would lie."),
        ("below_95", "Its figure is below the common one: by chance alone only about 25 such areas in 1,000 would lie so low."),
        (
            "below_998",
            "Its figure is far below the common one: by chance alone only about 1 such area in 1,000 would lie so low.",
        ),
        ("not_compared", "It is not compared: a figure is missing, or there is nothing to compare it with."),
    ],
)
def test_each_band_in_words(band, words):
    assert band_words(band) == band_words(band, "normal") == words
    wider = words.replace("by chance alone", "by chance and the usual differences between areas")
    assert band_words(band, "additive") == band_words(band, "multiplicative") == wider


def test_by_chance_alone_few_areas_lie_outside():
    counts = np.arange(200)
    found, chance = bands(counts, [50] * 200, kind="ratio"), stats.poisson.pmf(counts, 50)
    assert 0.03 < chance[found.band != "within"].sum() < 0.05
    assert 0.001 < chance[np.isin(found.band, ("below_998", "above_998"))].sum() < 0.002
    assert (BEYOND_95, BEYOND_998) == (0.025, 0.001)


SIZES = st.lists(st.integers(1, 5000), min_size=1, max_size=20)


@settings(max_examples=30)
@given(SIZES, st.floats(0.02, 0.98), st.sampled_from(["exact", "normal"]), st.sampled_from(["proportion", "rate", "ratio"]))
def test_curves_are_in_order_and_close_in_on_the_centre(sizes, centre, method, kind):
    found = limits(sorted(sizes), centre=centre, kind=kind, method=method)
    low_998, low_95, high_95, high_998 = (np.array(line) for line in curves(found))
    assert (low_998 <= low_95).all() and (low_95 <= centre).all()
    assert (high_998 >= high_95).all() and (high_95 >= centre).all()
    if method == "normal":
        assert (np.diff(high_95) <= 1e-12).all() and (np.diff(low_95) >= -1e-12).all()


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 900)), min_size=2, max_size=15), st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(areas, random):
    mixed = random.sample(range(len(areas)), len(areas))
    counts, sizes = np.array(areas).T
    for method in ("exact", "additive"):
        straight, shuffled = (
            bands(y, n, kind="proportion", method=method) for y, n in ((counts, sizes), (counts[mixed], sizes[mixed]))
        )
        assert straight.band[mixed].tolist() == shuffled.band.tolist()
