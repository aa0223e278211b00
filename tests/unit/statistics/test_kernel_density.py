"""How thickly points lie around each spot."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.statistics import kernel_density
from csplan.statistics.kernel_density import quartic


def directly(points, x, y, h, counts=None):
    """Every point beside every cell, one cell at a time."""
    points, counts = np.asarray(points, float), np.ones(len(points)) if counts is None else counts
    found = np.zeros((len(y), len(x)))
    for row, north in enumerate(y):
        for column, east in enumerate(x):
            d = np.hypot(points[:, 0] - east, points[:, 1] - north)
            near = d < h
            found[row, column] = 3 / (np.pi * h**2) * (counts[near] * (1 - d[near] ** 2 / h**2) ** 2).sum()
    return found


@pytest.fixture(scope="module")
def town():
    """Points in clusters, some beyond the map, and a map of 40 by 30 cells."""
    chance = np.random.default_rng(12)
    middles = 400_000 + chance.random((8, 2)) * 4000
    points = middles[chance.integers(0, 8, 3000)] + chance.normal(0, 500, (3000, 2))
    return points, 400_050 + 100.0 * np.arange(40), 400_050 + 100.0 * np.arange(30)


@pytest.mark.parametrize("h", [30, 250, 1000, 9000])
def test_as_a_direct_sum(town, h, monkeypatch):
    monkeypatch.setattr(kernel_density, "_POINTS", 700)
    points, x, y = town
    found = quartic(points, x, y, bandwidth=h)
    peak = 3 / (np.pi * h**2)
    np.testing.assert_allclose(found.density, directly(points, x, y, h), rtol=1e-12, atol=1e-12 * peak)
    assert (found.events, found.bandwidth, found.density.shape) == (3000, h, (30, 40))


def test_counts_are_as_many_points(town):
    points, x, y = town
    counts = np.arange(3000) % 3
    found = quartic(points, x, y, bandwidth=300, counts=counts)
    np.testing.assert_allclose(
        found.density, quartic(np.repeat(points, counts, axis=0), x, y, bandwidth=300).density, rtol=1e-12, atol=1e-18
    )
    assert found.events == counts.sum()


def test_steps_need_not_be_even():
    x, y = np.array([0, 90, 500, 520, 1900.0]), np.array([-700, 10, 15.0])
    points = [[480, 0], [510, 20], [100, 10], [1200, -650]]
    np.testing.assert_allclose(quartic(points, x, y, bandwidth=450).density, directly(points, x, y, 450), rtol=1e-12)


def test_by_hand():
    # At the point 3 / (pi h^2); half of h away (1 - 1/4)^2 = 9/16 of it; h away nothing.
    found = 1e4 * quartic([[5000, 5000]], [4900, 5000, 5050, 5100], [5000], bandwidth=100).density[0]
    assert found.tolist() == pytest.approx([0, 3 / np.pi, 27 / 16 / np.pi, 0])


@settings(max_examples=30)
@given(st.floats(100, 600), st.floats(-5e5, 5e5), st.integers(1, 4))
def test_all_the_hill_is_one_event_and_moving_the_map_changes_nothing(h, east, many):
    points = np.array([[2000.0, 2100.0]] * many)
    x = 25.0 + 50 * np.arange(80)
    found = quartic(points, x, x, bandwidth=h)
    assert found.density.sum() * 2500 == pytest.approx(many, rel=0.02)
    moved = quartic(points + east, x + east, x + east, bandwidth=h)
    np.testing.assert_allclose(moved.density, found.density, rtol=1e-6, atol=1e-12)


def test_no_point_is_no_density():
    assert not quartic(np.zeros((0, 2)), [1000, 2000], [1000], bandwidth=300).density.any()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: quartic([[-1.5, 54.7]], [-1.6, -1.5], [54.7], bandwidth=0.1), "look like degrees of longitude and latitude"),
        (lambda: quartic([[1, 2, 3]], [1000], [1000], bandwidth=300), "points have shape"),
        (lambda: quartic([[1, 2000], [1, np.nan]], [1000], [1000], bandwidth=300), r"points\[1\] is not known"),
        (lambda: quartic([[1, 2000]], [1000, 1000], [1000], bandwidth=300), "x must be one list of metres, each more"),
        (lambda: quartic([[1, 2000]], [1000], [], bandwidth=300), "y must be one list of metres, each more"),
        (lambda: quartic([[1, 2000]], [1000], [1000], bandwidth=0), "bandwidth is 0: it must be more than zero"),
        (lambda: quartic([[1, 2000]], [1000], [1000], bandwidth=300, counts=[1, 2]), "one for each of the 1 points"),
        (lambda: quartic([[1, 2000]], [1000], [1000], bandwidth=300, counts=[-1]), r"counts\[0\] is -1"),
        (lambda: quartic([[1, 2000]], [1000], [1000], bandwidth=300, counts=[np.nan]), r"counts\[0\] is missing"),
    ],
)
def test_what_does_not_fit_is_refused(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
