"""Where neighbouring places are high together, beyond what chance alone would put side by side.

Each place is looked at with its neighbours. A place that is high alone is no hot spot; one among others that are high is. What is
found depends on which places count as neighbours, so that is said beside every result.
"""

from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal
from csplan.statistics.neighbours import among, held_together, others_drawn, tally, values_at, weights_of_others

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


@dataclass(frozen=True)
class Permuted:
    """How the neighbours of each place stand to neighbours drawn at random.

    p_value : array (places,) or (places, times)   two-sided: twice `one_sided`, 1 at most; NaN where the place is missing
    one_sided : the same shape                     the share of draws at least as far out on the side where the place lies
    at_least, at_most : the same shape             draws whose sum is as high or higher, as low or lower
    draws : int                                    how many were made for each place
    seed : int                                     of the random numbers
    """

    p_value: Array
    one_sided: Array
    at_least: Array
    at_most: Array
    draws: int
    seed: int


@dataclass(frozen=True)
class Accuracy:
    """How many of the later events lay in the hot spots that were named before.

    pai : float              how many times as many as if events lay evenly on the ground
    pei : float              the share of what the best choice of as much ground would have held, 0 to 1
    hit_rate : float         the share of later events inside
    area_share : float       the share of the ground inside
    inside, events : float   later events inside, and in all
    """

    pai: float
    pei: float
    hit_rate: float
    area_share: float
    inside: float
    events: float


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
    return _among_all(values, neighbours, with_itself=True)


def gi(values: Many, neighbours: Any) -> HotSpots:
    """The statistic Gi of Getis and Ord: whether the neighbours of a place, without the place itself, are high or low.

    values : array (places,) or (places, times)   rates, or counts of places of one size; NaN where missing
    neighbours : scipy.sparse (places, places)    w above 0 where two places are neighbours; the place itself never counts
    Returns HotSpots(z, p_value, neighbours)

    It is Gi* with the place taken out of everything: out of the sums W_i and S_i, and out of the mean and the standard deviation,
    which are then those of the n - 1 other places, m_i and s_i:
    z_i = (sum w_ij x_j - m_i W_i) / (s_i sqrt(((n - 1) S_i - W_i^2) / (n - 2))).

    It answers what lies around a place, whatever the place is like. A hot spot is told by `gi_star`.

    A place without neighbours, or where the others are all alike, has no z.

    Raises ValueError when the shapes do not fit, when a weight is negative, or naming the first endless value.

    Source: Ord and Getis (1995), the statistic without the place itself.

    >>> from scipy.sparse import csr_array
    >>> line = csr_array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
    >>> gi([9, 7, 1, 2], line).z.round(2).tolist()
    [1.4, 0.56, -1.02, -1.37]
    """
    return _among_all(values, neighbours, with_itself=False)


def permuted(values: Many, neighbours: Any, *, draws: int = 999, seed: int = 1) -> Permuted:
    """Whether the neighbours of a place are together higher or lower than as many places drawn at random.

    values : array (places,) or (places, times)   rates or counts; NaN where missing: neither drawn nor summed
    neighbours : scipy.sparse (places, places)    w above 0 where two places are neighbours; the place itself does not count
    draws : int                                   how many; no p_value is less than 2 / (draws + 1)
    seed : int                                    the same seed gives the same draws
    Returns Permuted(p_value, one_sided, at_least, at_most, draws, seed)

    The value of the place stays where it is and those of all others are dealt out anew. Only the sum of w x over its neighbours
    then varies, so this is the p-value of Gi, of Gi* and of the local I of Moran alike. No curve is assumed, so few events and
    lopsided rates are judged fairly.

    With R draws, g of which have a sum as high or higher and l as low or lower: one_sided = (min(g, l) + 1) / (R + 1), and
    p_value = min(1, 2 one_sided). A tie counts on both sides. (Where ties count on the high side only, as in some programs, a
    quiet place among quiet places is called cold.) A place without neighbours has p_value 1, since every draw ties.

    One list of places is drawn for all places and times; each place takes from it as many as it has neighbours, and never itself.
    So each p_value is right by itself, and those of two places are tied to one another as those of real neighbours are.

    Raises ValueError when the shapes do not fit, when a weight is negative, when `draws` is less than one, or naming the first
    endless value.

    Source: Anselin (1995) for draws around a place held fast; Hope (1968) for the one added to draws and to those as far out.

    >>> from scipy.sparse import csr_array
    >>> line = csr_array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
    >>> permuted([9, 7, 1, 2], line, draws=9999).one_sided.round(1).tolist()
    [0.3, 0.7, 0.3, 0.3]
    """
    x = values_at(values)
    w = weights_of_others(neighbours, x.shape[0])
    if draws < 1:
        raise ValueError(f"draws is {draws}: at least one is needed")
    table = x.reshape(x.shape[0], -1)
    at_least, at_most = (np.full(table.shape, np.nan) for _ in range(2))
    for places, times in held_together(table):
        if places.size > 1:
            here = np.ix_(places, times)
            inner = among(w, places)
            at_least[here], at_most[here] = tally(table[here], inner, others_drawn(inner, draws, seed))
    one_sided = (np.minimum(at_least, at_most) + 1) / (draws + 1)
    shape = x.shape
    return Permuted(
        np.minimum(1, 2 * one_sided).reshape(shape),
        one_sided.reshape(shape),
        at_least.reshape(shape),
        at_most.reshape(shape),
        draws,
        seed,
    )


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


def accuracy(named: Many, later: Many, area: Many) -> Accuracy:
    """How well places named as hot spots held the events that came later.

    named : bool array (places,)   the places that were named
    later : array (places,)        events after the map was made; NaN where missing: the place is left out
    area : array (places,)         ground of each place, in one unit, more than zero; NaN leaves the place out
    Returns Accuracy(pai, pei, hit_rate, area_share, inside, events)

    With n of N later events on a of A of the ground: PAI = (n / N) / (a / A). A PAI of 1 is no better than ground chosen blindly.
    PEI = n / n*, where n* is what the best choice of as much ground would have held: the places with most later events on their
    ground, the last of them in part if need be. Small ground gives a high PAI easily; PEI sets a map beside the best of its size.

    Events that the map was made from must not be among the later ones: every map is good at its own past.

    Where nothing came later, or no place is named, both are NaN.

    Raises ValueError when the lists differ in length, or naming the first value that cannot be.

    Source: Chainey, Tompson and Uhlig (2008) for PAI; Hunt (2016) for PEI.

    >>> found = accuracy([True, False, True, False], [6, 1, 2, 3], [1, 1, 1, 1])
    >>> round(found.pai, 3), round(found.pei, 3)
    (1.333, 0.889)
    """
    y, ground, chosen = amounts(later, "later"), exposures(area, "area"), np.asarray(named)
    refuse_unequal(y, ground, "later and area")
    if chosen.dtype != np.bool_ or chosen.shape != y.shape:
        raise ValueError(
            f"named has shape {chosen.shape} of {chosen.dtype}: it must say true or false of each of {y.size} places"
        )
    known = ~np.isnan(y) & ~np.isnan(ground)
    y, ground, chosen = y[known], ground[known], chosen[known]
    inside, events, used = float(y[chosen].sum()), float(y.sum()), float(ground[chosen].sum())
    if not events or not used:
        return Accuracy(nan, nan, nan, nan, inside, events)
    order = np.argsort(-y / ground, kind="stable")
    ends = np.cumsum(ground[order])
    best = float(np.interp(used, np.concatenate([[0.0], ends]), np.concatenate([[0.0], np.cumsum(y[order])])))
    hit_rate, share = inside / events, used / float(ground.sum())
    return Accuracy(hit_rate / share, inside / best, hit_rate, share, inside, events)


def _among_all(values: Many, neighbours: Any, *, with_itself: bool) -> HotSpots:
    from scipy.sparse import csr_array, eye_array

    x = values_at(values)
    others = weights_of_others(neighbours, x.shape[0])
    w = csr_array(others + eye_array(x.shape[0], format="csr")) if with_itself else others
    held = ~np.isnan(x)
    there = held.astype(np.float64)
    n = there.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        # Values are taken from their mean first: large levels with small differences then keep their digits.
        mean = np.where(held, x, 0.0).sum(axis=0) / n
        c = np.where(held, x - mean, 0.0)
        total, squared = _totals(w, held, there)
        lag, squares = w @ c, c**2
        all_squares = squares.sum(axis=0)
        used, level, spread2 = n, np.zeros_like(c[:1]), all_squares / n
        if not with_itself:
            used, level = n - 1, -c / (n - 1)
            spread2 = (all_squares - squares) / used - level**2
        spread = np.sqrt(np.maximum(spread2, 0.0))
        # Where every value is alike what is left of the difference is rounding, and says nothing.
        alike = (spread2 <= 1e-13 * all_squares / n) | (spread <= 1e-12 * np.abs(mean))
        z = (lag - level * total) / (spread * np.sqrt((used * squared - total**2) / (used - 1)))
    z = np.where(held & ~alike & (used > 1) & np.isfinite(z), z, np.nan)
    return HotSpots(z, _two_sided(z), np.diff(others.indptr).astype(np.float64))


def _totals(w: Any, held: NDArray[np.bool_], there: Array) -> tuple[Array, Array]:
    """The sum of the weights, and of their squares, over the places held; one column for all times where none is missing."""
    if held.all():
        there = np.ones((*held.shape[:1], *(1,) * (held.ndim - 1)))
    return w @ there, w.multiply(w) @ there


def _two_sided(z: Array) -> Array:
    from scipy.special import ndtr

    found: Array = np.asarray(2 * ndtr(-np.abs(z)), float)
    return found
