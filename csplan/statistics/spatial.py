"""Whether values of places near one another are alike.

The global I of Moran says it of a whole map in one number; the local I of each place. Both are read against chance: against
values dealt out over the same places in another order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.change import LARGEST_Q, false_discovery
from csplan.statistics.hotspots import Permuted, permuted
from csplan.statistics.inputs import Array, Many
from csplan.statistics.neighbours import ROUNDING, Places, among, held_together, row_standardised, values_at, weights_of_others


@dataclass(frozen=True)
class Moran:
    """How far values of neighbours are alike, over all places. Each is one number, or one for each time.

    i : float or array (times,)                       above `expected` where neighbours are alike; NaN when not known
    expected : float or array (times,)                what chance gives on average: -1 / (n - 1)
    z_normal, p_normal : float or array (times,)      if values were drawn from one normal distribution; p two-sided
    z_random, p_random : float or array (times,)      if the values seen were dealt out over the places; p two-sided
    p_permuted, one_sided : float or array (times,)   the same by drawing: two-sided, and on the side seen; NaN without draws
    draws : int                                       how many
    seed : int                                        of the random numbers
    """

    i: Any
    expected: Any
    z_normal: Any
    p_normal: Any
    z_random: Any
    p_random: Any
    p_permuted: Any
    one_sided: Any
    draws: int
    seed: int


@dataclass(frozen=True)
class LocalMoran:
    """How far each place is like its neighbours.

    i : array (places,) or (places, times)   above 0 where the place and its neighbours lie on one side of the mean
    expected : the same shape                what chance gives on average, the place held fast
    z, p_value : the same shape              i beside that chance by the normal distribution; p two-sided
    value, lag : the same shape              the place less the mean, and the average of its neighbours less the mean
    permuted : Permuted                      the same by drawing
    """

    i: Array
    expected: Array
    z: Array
    p_value: Array
    value: Array
    lag: Array
    permuted: Permuted


def moran(values: Many, neighbours: Any, *, draws: int = 999, seed: int = 1) -> Moran:
    """The I of Moran: whether neighbours are alike over the whole map, at one time or at many.

    values : array (places,) or (places, times)   rates, or counts of places of one size; NaN where missing: left out
    neighbours : scipy.sparse (places, places)    w above 0 where two places are neighbours; the place itself does not count
    draws : int                                   how often values are dealt out anew; 0 for none
    seed : int                                    the same seed gives the same draws
    Returns Moran(i, expected, z_normal, p_normal, z_random, p_random, p_permuted, one_sided, draws, seed)

    Weights of each place are made to add up to 1. With z the values less their mean, n of them, S0 = sum w_ij:
    I = (n / S0) sum w_ij z_i z_j / sum z_i^2, and E = -1 / (n - 1).

    With S1 = sum (w_ij + w_ji)^2 / 2, S2 = sum (w_i. + w_.i)^2 and k = n sum z^4 / (sum z^2)^2, the variance is

    for normal values, (n^2 S1 - n S2 + 3 S0^2) / ((n^2 - 1) S0^2) less E^2;

    for values dealt out, (n ((n^2 - 3n + 3) S1 - n S2 + 3 S0^2) - k ((n^2 - n) S1 - 2n S2 + 6 S0^2)) / ((n-1) (n-2) (n-3) S0^2),
    less E^2.

    By drawing, with g of R orders giving an I as high or higher and l one as low or lower: one_sided = (min(g, l) + 1) / (R + 1),
    p_permuted = min(1, 2 one_sided).

    With fewer than four places held, values all alike or no neighbours there is no I.

    Raises ValueError when the shapes do not fit, when a weight or `draws` is negative, or naming the first endless value.

    Source: Cliff and Ord (1981), chapters 1 and 2; Hope (1968) for the one added to draws.

    >>> from scipy.sparse import csr_array
    >>> line = csr_array([[0, 1, 0, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 1, 0, 1], [0, 0, 0, 1, 0]])
    >>> found = moran([9, 7, 5, 2, 1], line)
    >>> round(found.i, 3), round(found.p_random, 3)
    (0.663, 0.049)
    """
    x = values_at(values)
    w = weights_of_others(neighbours, x.shape[0])
    if draws < 0:
        raise ValueError(f"draws is {draws}: it cannot be less than zero")
    table = x.reshape(x.shape[0], -1)
    found = np.full((8, table.shape[1]), np.nan)
    for places, times in held_together(table):
        inner = row_standardised(among(w, places))
        if places.size > 3 and inner.nnz:
            found[:, times] = _whole_map(table[np.ix_(places, times)], inner, draws, seed)
    given: Any = found if x.ndim == 2 else [float(one[0]) for one in found]
    i, expected, z_normal, p_normal, z_random, p_random, p_permuted, one_sided = given
    return Moran(i, expected, z_normal, p_normal, z_random, p_random, p_permuted, one_sided, draws, seed)


def local_moran(values: Many, neighbours: Any, *, draws: int = 999, seed: int = 1) -> LocalMoran:
    """The local I of Moran: which places are like their neighbours, and which unlike.

    values : array (places,) or (places, times)   rates, or counts of places of one size; NaN where missing: left out
    neighbours : scipy.sparse (places, places)    w above 0 where two places are neighbours; the place itself does not count
    draws : int                                   how often the values of the others are dealt out anew
    seed : int                                    the same seed gives the same draws
    Returns LocalMoran(i, expected, z, p_value, value, lag, permuted)

    Weights of each place are made to add up to 1. With z the values less their mean, n of them and m2 = sum z^2 / n:
    I_i = (z_i / m2) sum w_ij z_j. Their sum is S0 times the I of the whole map. (Some programs have n - 1 below the line of m2.)

    With the place held fast and the others dealt out, W_i = sum w_ij and V_i = sum w_ij^2: the average is
    E_i = -(z_i^2 / m2) W_i / (n - 1), and the variance (z_i / m2)^2 (n / (n - 2)) (V_i - W_i^2 / (n - 1)) (m2 - z_i^2 / (n - 1)).
    z is beside that average on the normal curve. Few neighbours make the curve a poor one, so places are called by `permuted`,
    whose p-value is that of `hotspots.permuted`.

    A place without neighbours held, or on the mean, has no z.

    Raises ValueError as `hotspots.permuted` does.

    Source: Anselin (1995), equation 12; Sokal, Oden and Thomson (1998), equations A7 and A8, for average and variance.

    >>> from scipy.sparse import csr_array
    >>> line = csr_array([[0, 1, 0, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 1, 0, 1], [0, 0, 0, 1, 0]])
    >>> local_moran([9, 7, 5, 2, 1], line).i.round(2).tolist()
    [1.03, 0.54, -0.01, 0.56, 1.19]
    """
    chance = permuted(values, neighbours, draws=draws, seed=seed)
    x = values_at(values)
    w = weights_of_others(neighbours, x.shape[0])
    table = x.reshape(x.shape[0], -1)
    found = np.full((5, *table.shape), np.nan)
    for places, times in held_together(table):
        if places.size > 2:
            inner = row_standardised(among(w, places))
            rows, columns = np.ix_(places, times)
            found[:, rows, columns] = _each_place(table[rows, columns], inner)
    i, expected, z, value, lag = found.reshape(5, *x.shape)
    return LocalMoran(i, expected, z, _two_sided(z), value, lag, chance)


def verdicts(local: LocalMoran) -> NDArray[np.str_]:
    """One word for each place: is it like its neighbours, or unlike, beyond chance?

    "high_among_high"     it and its neighbours lie above the mean, with q below 5%
    "low_among_low"       it and its neighbours lie below
    "high_among_low"      it lies above and its neighbours below
    "low_among_high"      it lies below and its neighbours above
    "no_clear_pattern"    chance could have put such neighbours there
    "not_compared"        the place is missing, or all values are alike

    q comes from the two-sided p-values by drawing, put right for how many places are looked at together at one time. With R draws
    no p is below 2 / (R + 1), so among thousands of places a call may need more draws than 999.

    >>> from csplan.statistics.hotspots import nearest
    >>> line = nearest([[1000 * i, 0] for i in range(30)], 4)
    >>> verdicts(local_moran([9, 8] * 4 + [1, 2] * 11, line, draws=9999))[[1, 4, 8, 20]].tolist()
    ['high_among_high', 'high_among_high', 'no_clear_pattern', 'no_clear_pattern']
    """
    p = local.permuted.p_value
    q = np.apply_along_axis(false_discovery, 0, p)
    high, around = local.value > 0, local.lag > 0
    words = np.select(
        [high & around, high & ~around, ~high & around], ["high_among_high", "high_among_low", "low_among_high"], "low_among_low"
    )
    return np.select([np.isnan(q) | np.isnan(local.i), q < LARGEST_Q], ["not_compared", words], "no_clear_pattern")


def _each_place(x: Array, w: Any) -> Array:
    """i, expected, z, value and lag of places all held: (5, places, times)."""
    n = len(x)
    c = _centred(x)
    m2 = (c**2).mean(axis=0)
    total, squared = (np.asarray(part.sum(axis=1)).reshape(-1, 1) for part in (w, w.multiply(w)))
    with np.errstate(invalid="ignore", divide="ignore"):
        lag = np.where(total > 0, w @ c, np.nan)
        i, expected = c / m2 * lag, -(c**2) / m2 * total / (n - 1)
        variance = (c / m2) ** 2 * (n / (n - 2)) * (squared - total**2 / (n - 1)) * (m2 - c**2 / (n - 1))
        z = np.where(variance > 0, (i - expected) / np.sqrt(variance), np.nan)
    return np.stack([i, expected, z, np.where(m2 > 0, c, np.nan), lag])


def _whole_map(x: Array, w: Any, draws: int, seed: int) -> Array:
    """Everything in `Moran` but draws and seed, for places all held: (8, times)."""
    n = len(x)
    c = _centred(x)
    squares = (c**2).sum(axis=0)
    s0, both = w.sum(), w + w.T
    s1 = both.multiply(both).sum() / 2
    s2 = ((np.asarray(w.sum(axis=1)).ravel() + np.asarray(w.sum(axis=0)).ravel()) ** 2).sum()

    def product(z: Array) -> Array:
        found: Array = (z * (w @ z)).sum(axis=0)
        return found

    with np.errstate(invalid="ignore", divide="ignore"):
        i = np.where(squares > 0, n / s0 * product(c) / squares, np.nan)
        k = n * (c**4).sum(axis=0) / squares**2
        expected = np.where(squares > 0, -1 / (n - 1), np.nan)
        normal = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - expected**2
        dealt = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2) - k * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
        random = dealt / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
        z_normal, z_random = ((i - expected) / np.sqrt(variance) for variance in (normal, random))
    one_sided = np.where(np.isnan(i), np.nan, _by_drawing(c, product, draws, seed))
    return np.stack(
        [i, expected, z_normal, _two_sided(z_normal), z_random, _two_sided(z_random), np.minimum(1, 2 * one_sided), one_sided]
    )


def _by_drawing(c: Array, product: Callable[[Array], Array], draws: int, seed: int) -> Array:
    """The share of orders of the places with a product at least as far out, on the side seen."""
    if not draws:
        return np.full(c.shape[1], np.nan)
    seen = product(c)
    slack = ROUNDING * (c**2).sum(axis=0)
    at_least, at_most = np.zeros(c.shape[1]), np.zeros(c.shape[1])
    chance = np.random.default_rng(seed)
    for _ in range(draws):
        order: Places = chance.permutation(len(c))
        dealt = product(c[order])
        at_least += dealt >= seen - slack
        at_most += dealt <= seen + slack
    found: Array = (np.minimum(at_least, at_most) + 1) / (draws + 1)
    return found


def _centred(x: Array) -> Array:
    """Values less their mean; exactly 0 where all are alike but for rounding."""
    mean = x.mean(axis=0)
    c = x - mean
    found: Array = np.where(np.abs(c).max(axis=0) <= ROUNDING * np.abs(mean), 0.0, c)
    return found


def _two_sided(z: Array) -> Array:
    from scipy.special import ndtr

    found: Array = np.asarray(2 * ndtr(-np.abs(z)), float)
    return found
