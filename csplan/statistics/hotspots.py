"""Where neighbouring places are high together, beyond what chance alone would put side by side.

Each place is looked at with its neighbours. A place that is high alone is no hot spot; one among others that are high is. What is
found depends on which places count as neighbours, so that is said beside every result.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from csplan.statistics.inputs import Array, Many

#: Degrees lie between these; metres of the National Grid lie far beyond.
DEGREES = 400.0


@dataclass(frozen=True)
class HotSpots:
    """How each place and its neighbours stand to all places.

    z : array (places,) or (places, times)         above 0 where they are higher than all; NaN where the place is missing
    p_value : the same shape                        two-sided, of the normal distribution
    neighbours : array (places,)                    with how many others each place was looked at
    """

    z: Array
    p_value: Array
    neighbours: Array


def gi_star(values: Many, neighbours: Any) -> HotSpots:
    """The statistic Gi* of Getis and Ord: whether a place and its neighbours are together higher or lower than all places.

    values : array (places,) or (places, times)   rates, or counts of places of one size; NaN where missing
    neighbours : scipy.sparse (places, places)    w above 0 where two places are neighbours; the place itself always counts, with 1
    Returns HotSpots(z, p_value, neighbours)

    With x the values held at one time, n of them, m their mean and s their standard deviation (with n below the line):
    z_i = (sum w_ij x_j - m W_i) / (s sqrt((n S_i - W_i^2) / (n - 1))), W_i = sum w_ij and S_i = sum w_ij^2 over the places held.

    All times are worked out in one product of matrices. A time at which all values are alike, or fewer than two are held, has no z.

    Raises ValueError when the shapes do not fit, when a weight is negative, or naming the first endless value.

    Source: Ord and Getis (1995), equation 14.

    >>> from scipy.sparse import csr_array
    >>> line = csr_array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
    >>> gi_star([9, 7, 1, 2], line).z.round(2).tolist()
    [1.68, 0.82, -1.27, -1.68]
    """
    x = _values(values)
    w = _weights(neighbours, x.shape[0])
    squared = w.multiply(w)
    held = ~np.isnan(x)
    known, there = np.where(held, x, 0.0), held.astype(np.float64)
    n = there.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = known.sum(axis=0) / n
        spread = np.sqrt(np.maximum((known**2).sum(axis=0) / n - mean**2, 0.0))
        total, total_squared = w @ there, squared @ there
        # Where every value is alike what is left of the difference is rounding, and says nothing.
        alike = spread <= 1e-12 * np.abs(mean)
        z = (w @ known - mean * total) / (spread * np.sqrt((n * total_squared - total**2) / (n - 1)))
    z = np.where(held & ~alike & (n > 1) & np.isfinite(z), z, np.nan)
    return HotSpots(z, _two_sided(z), np.asarray((w > 0).sum(axis=1)).ravel() - 1.0)


def nearest(points: Many, k: int) -> Any:
    """Neighbours of each place: the k places nearest to it, as the crow flies.

    points : array (places, 2)   metres east and north
    k : int                      how many, one at least and fewer than there are places
    Returns scipy.sparse (places, places)   1 where the second place is one of the k nearest of the first

    Of places equally far the one that stands first is taken.

    Raises ValueError naming the first point that is not known; when `k` does not fit; or when the points look like degrees.

    Source: the k nearest neighbours as Getis and Aldstadt (2004) compare them with other ways to say who is a neighbour.

    >>> nearest([[0, 0], [0, 1000], [0, 3000]], 1).toarray().tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    from scipy.sparse import csr_array

    at = np.asarray(points, dtype=np.float64)
    if at.ndim != 2 or at.shape[1:] != (2,):
        raise ValueError(f"points have shape {at.shape}: each must be metres east and north")
    if not np.isfinite(at).all():
        first = int(np.argwhere(~np.isfinite(at).all(axis=1))[0, 0])
        raise ValueError(f"points[{first}] is not known: every place needs one")
    if not 1 <= k < len(at):
        raise ValueError(f"k is {k}: it must be one at least and less than the {len(at)} places")
    if np.abs(at).max() <= DEGREES and np.ptp(at, axis=0).max() < DEGREES:
        raise ValueError("points look like degrees of longitude and latitude: give metres, as of the National Grid")
    rows, columns = [], []
    for i, here in enumerate(at):
        far = ((at - here) ** 2).sum(axis=1)
        far[i] = np.inf
        columns.append(np.argsort(far, kind="stable")[:k])
        rows.append(np.full(k, i))
    ones = np.ones(k * len(at))
    return csr_array((ones, (np.concatenate(rows), np.concatenate(columns))), shape=(len(at), len(at)))


def _values(values: Many) -> Array:
    x = np.asarray(values, dtype=np.float64)
    if x.ndim not in (1, 2) or not x.size:
        raise ValueError(f"values have shape {x.shape}: they must be places, or places by times")
    if np.isinf(x).any():
        place = ", ".join(str(int(i)) for i in np.argwhere(np.isinf(x))[0])
        raise ValueError(f"values[{place}] is endless: it must have an end")
    return x


def _weights(neighbours: Any, places: int) -> Any:
    """The weights with each place its own neighbour."""
    from scipy.sparse import csr_array, diags_array, eye_array

    w = csr_array(neighbours, dtype=np.float64)
    if w.shape != (places, places):
        raise ValueError(f"neighbours have shape {w.shape}: they must be {places} by {places}")
    if w.nnz and w.data.min() < 0:
        raise ValueError("neighbours hold a negative weight: each must be zero or more")
    return csr_array(w - diags_array(w.diagonal(), format="csr") + eye_array(places, format="csr"))


def _two_sided(z: Array) -> Array:
    from scipy.special import ndtr

    found: Array = np.asarray(2 * ndtr(-np.abs(z)), float)
    return found
