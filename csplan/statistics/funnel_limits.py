"""How far from the common rate an area may lie by chance: the curves of a funnel plot, and where each area lies among them.

Two pairs of limits are drawn. By chance alone 25 areas in 1,000 lie beyond the 95% limit on each side, and 1 in 1,000 beyond the
99.8% limit. So among forty areas about two lie beyond the 95% limits without cause.

Areas with many events differ by more than chance, for many reasons of place and people. Limits by chance alone then leave many of
them outside. Two ways to widen them are given: to multiply them, or to add the spread between areas to the chance of each.
`funnel.position` uses the second, with a word for each area that allows for how many are compared.
"""

from dataclasses import dataclass
from math import isnan, nan
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.funnel import _between
from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal

#: The chance left beyond each limit, on each side: those of the 95% and of the 99.8% limits.
BEYOND_95, BEYOND_998 = 0.025, 0.001

Kind = Literal["proportion", "rate", "ratio"]
Method = Literal["exact", "normal", "multiplicative", "additive"]
Band = Literal["below_998", "below_95", "within", "above_95", "above_998", "not_compared"]


@dataclass(frozen=True, eq=False)
class FunnelLimits:
    """The curves of a funnel plot.

    sizes : float array (points,)                 as given
    low_998, low_95 : float array (points,)       the lower limits, 0 at least; NaN where the size is missing
    high_95, high_998 : float array (points,)     the upper limits, of a proportion 1 at most
    centre : float                                the common value, as given
    kind, method : str                            as given
    phi, tau2 : float                             as given; used by "multiplicative" and "additive" alone
    """

    sizes: Array
    low_998: Array
    low_95: Array
    high_95: Array
    high_998: Array
    centre: float
    kind: Kind
    method: Method
    phi: float
    tau2: float


@dataclass(frozen=True, eq=False)
class FunnelBands:
    """Where each area lies among the limits.

    value : float array (areas,)           count over size; NaN where missing
    band : array of str (areas,)           "below_998", "below_95", "within", "above_95", "above_998" or "not_compared"
    z : float array (areas,)               standard deviations from the centre; by chance alone unless the method widens
    centre : float                         the value of all areas together, or as given
    phi : float                            how many times more areas vary than chance; about 1 when chance explains all
    tau2 : float                           variance between the true values of areas; 0 when chance explains all
    counts, sizes : float array (areas,)   as given
    kind, method : str                     as given
    """

    value: Array
    band: NDArray[np.str_]
    z: Array
    centre: float
    phi: float
    tau2: float
    counts: Array
    sizes: Array
    kind: Kind
    method: Method


def limits(
    sizes: Many, *, centre: float, kind: Kind, method: Method = "exact", phi: float = nan, tau2: float = nan
) -> FunnelLimits:
    """The limits of a funnel plot at each of many sizes.

    sizes : float array (points,)   wholes of a proportion, populations of a rate, expected events of a ratio; NaN is missing
    centre : number                 the common proportion (0 to 1), events for each one of population, or ratio (most often 1)
    kind : str                      "proportion", "rate" or "ratio"
    method : str                    "exact", "normal", "multiplicative" or "additive"
    phi : number                    needed by "multiplicative": from `bands`
    tau2 : number                   needed by "additive": from `bands`
    Returns FunnelLimits(sizes, low_998, low_95, high_95, high_998, centre, kind, method, phi, tau2)

    With c the centre and n the size, chance gives a proportion the variance s^2 = c(1 - c)/n, and a rate or a ratio c/n. z is
    1.96 for the 95% limits and 3.09 for those of 99.8%.

    1. "normal": c -/+ z s. For a proportion these are the values whose Wilson limit is c.
    2. "exact": the upper limit is the count, as if it need not be whole, of which so many or more come by chance with probability
       0.025 (or 0.001), divided by n; the lower the count of which so many or fewer do. A proportion has the binomial
       distribution, a rate and a ratio the Poisson. The lower limit is 0 where even no events at all would be no surprise.
    3. "multiplicative": c -/+ z s sqrt(phi), with phi at least 1.
    4. "additive": c -/+ z sqrt(s^2 + tau2).

    Raises ValueError naming the first size that is not more than zero; when the centre cannot be; when the size of a proportion
    is not a whole number and the method is exact; or when phi or tau2 is missing where it is needed.

    Source: Spiegelhalter (2005), "Funnel plots for comparing institutional performance", for the funnel and both ways to widen
    it. England's public health indicators draw the exact limits in the same way.

    >>> drawn = limits([50, 1000], centre=0.2, kind="proportion", method="normal")
    >>> drawn.low_95.round(3).tolist(), drawn.high_998.round(3).tolist()
    ([0.089, 0.175], [0.375, 0.239])
    >>> limits([2.0, 20.0], centre=1, kind="ratio").high_95.round(2).tolist()
    [2.83, 1.49]
    """
    n = exposures(sizes, "sizes")
    _refuse(kind, method, centre)
    if method == "exact":
        _refuse_parts(n, kind, "sizes")
        curves = [_exact(n, centre, kind, beyond) for beyond in (BEYOND_998, BEYOND_95)]
    else:
        spread = _spread(n, centre, kind, method, phi, tau2)
        curves = [(centre - _z(beyond) * spread, centre + _z(beyond) * spread) for beyond in (BEYOND_998, BEYOND_95)]
    most = 1.0 if kind == "proportion" else np.inf
    (low_998, high_998), (low_95, high_95) = [(np.maximum(low, 0.0), np.minimum(high, most)) for low, high in curves]
    return FunnelLimits(n, low_998, low_95, high_95, high_998, centre, kind, method, phi, tau2)


def bands(counts: Many, sizes: Many, *, kind: Kind, method: Method = "exact", centre: float | None = None) -> FunnelBands:
    """The band of the funnel in which each area lies.

    counts : float array (areas,)   events, or how many of a whole; NaN where missing
    sizes : float array (areas,)    denominators, populations or expected events, more than zero; NaN where missing
    kind : str                      "proportion", "rate" or "ratio"
    method : str                    "exact", "normal", "multiplicative" or "additive"
    centre : number or None         what to compare with; None for all areas together (for a ratio 1)
    Returns FunnelBands(value, band, z, centre, phi, tau2, counts, sizes, kind, method)

    With s the standard deviation that chance gives an area (as in `limits`), z = (value - centre) / s. phi is the mean of z^2,
    with each z below the 10% point or above the 90% point brought in to it. With I areas and w = 1/s^2: tau2 = max(0,
    (I phi - (I - 1)) / (sum w - sum w^2 / sum w)). "multiplicative" divides z by sqrt(phi), phi at least 1; "additive" has
    sqrt(s^2 + tau2) in place of s.

    An area lies above the 95% limit when z >= 1.96 and above that of 99.8% when z >= 3.09; below likewise. "exact" asks instead
    whether so many events or more (or so few or fewer) have a probability of at most 0.025 and 0.001.

    phi and tau2 need two areas; with fewer, or with no spread that chance could give, nothing is compared.

    Raises ValueError naming the first count that is negative, or more than its whole, or size that is not more than zero; also
    when the centre given cannot be, or when an exact proportion is asked of what are not whole numbers.

    Source: Spiegelhalter (2005), "Funnel plots for comparing institutional performance" and "Handling over-dispersion of
    performance indicators".

    >>> found = bands([20, 35, 51, 5], [100, 100, 200, 100], kind="proportion", centre=0.25)
    >>> found.band.tolist()
    ['within', 'above_95', 'within', 'below_998']
    """
    y, n = amounts(counts, "counts"), exposures(sizes, "sizes")
    refuse_unequal(y, n, "counts and sizes")
    _refuse_more_than_whole(y, n, kind)
    known = ~np.isnan(y) & ~np.isnan(n)
    middle = _middle(y[known], n[known], kind) if centre is None else centre
    value, band = y / n, np.full(y.shape, "not_compared", dtype="<U12")
    z, phi, tau2 = np.full(y.shape, nan), nan, nan
    _refuse(kind, method, centre)
    if method == "exact":
        _refuse_parts(y, kind, "counts")
        _refuse_parts(n, kind, "sizes")
    if known.sum() >= 2 and 0 < middle < (1 if kind == "proportion" else np.inf):
        chance = _spread(n, middle, kind, "normal", nan, nan)
        z = (value - middle) / chance
        tau2, phi = _between(z[known], chance[known] ** -2)
        z = (value - middle) / _spread(n, middle, kind, "normal" if method == "exact" else method, phi, tau2)
        band = _by_tails(*_tails(y, n, middle, kind)) if method == "exact" else _by_tails(*_normal_tails(z))
    return FunnelBands(value, band, z, middle, phi, tau2, y, n, kind, method)


def band_words(band: str, method: Method = "exact") -> str:
    """What the band of an area means, in one plain sentence.

    band : str     one of `FunnelBands.band`
    method : str   how the bands were made: whether they allow for differences between areas as well as for chance
    Returns a sentence

    Raises ValueError when the band or the method is another word.

    Source: Spiegelhalter (2005) for the bands; the sentences are this program's own.

    >>> band_words("above_998")
    'Its figure is far above the common one: by chance alone only about 1 such area in 1,000 would lie so high.'
    >>> band_words("within", "additive")
    'Its figure is in the range where, by chance and the usual differences between areas, 95 such areas in 100 would lie.'
    """
    if method not in get_args(Method):
        raise ValueError(f"method is {method!r}: it must be one of {', '.join(get_args(Method))}")
    by = "by chance alone" if method in ("exact", "normal") else "by chance and the usual differences between areas"
    sentences = {
        "above_998": f"Its figure is far above the common one: {by} only about 1 such area in 1,000 would lie so high.",
        "above_95": f"Its figure is above the common one: {by} only about 25 such areas in 1,000 would lie so high.",
        "within": f"Its figure is in the range where, {by}, 95 such areas in 100 would lie.",
        "below_95": f"Its figure is below the common one: {by} only about 25 such areas in 1,000 would lie so low.",
        "below_998": f"Its figure is far below the common one: {by} only about 1 such area in 1,000 would lie so low.",
        "not_compared": "It is not compared: a figure is missing, or there is nothing to compare it with.",
    }
    if band not in sentences:
        raise ValueError(f"band is {band!r}: it must be one of {', '.join(sentences)}")
    return sentences[band]


def _refuse(kind: str, method: str, centre: float | None) -> None:
    if kind not in get_args(Kind):
        raise ValueError(f"kind is {kind!r}: it must be one of {', '.join(get_args(Kind))}")
    if method not in get_args(Method):
        raise ValueError(f"method is {method!r}: it must be one of {', '.join(get_args(Method))}")
    most = 1 if kind == "proportion" else np.inf
    if centre is not None and not 0 < centre < most:
        needed = "lie between 0 and 1" if kind == "proportion" else "be more than zero and have an end"
        raise ValueError(f"centre is {centre}: it must {needed}")


def _refuse_parts(values: Array, kind: Kind, name: str) -> None:
    """Refuse what is no whole number, where each is asked of the binomial distribution."""
    parts = (values % 1 != 0) & ~np.isnan(values)
    if kind == "proportion" and parts.any():
        at = int(np.argmax(parts))
        raise ValueError(f"{name}[{at}] is {values.flat[at]:g}: an exact proportion needs whole numbers")


def _refuse_more_than_whole(counts: Array, sizes: Array, kind: Kind) -> None:
    over = counts > sizes
    if kind == "proportion" and over.any():
        at = int(np.argmax(over))
        raise ValueError(f"counts[{at}] is {counts[at]:g}: it cannot be more than its whole, {sizes[at]:g}")


def _middle(counts: Array, sizes: Array, kind: Kind) -> float:
    """The value of all areas together; a ratio is compared with 1."""
    if kind == "ratio":
        return 1.0
    return float(counts.sum() / sizes.sum()) if sizes.size else nan


def _spread(n: Array, centre: float, kind: Kind, method: Method, phi: float, tau2: float) -> Array:
    """The standard deviation of each area, widened where the method says so."""
    variance = centre * (1 - centre if kind == "proportion" else 1) / n
    if method == "multiplicative":
        if isnan(phi):
            raise ValueError("phi is missing: the multiplicative limits need it, from bands over the areas")
        variance = max(1.0, phi) * variance
    if method == "additive":
        if isnan(tau2):
            raise ValueError("tau2 is missing: the additive limits need it, from bands over the areas")
        variance = variance + max(0.0, tau2)
    return np.asarray(np.sqrt(variance), dtype=np.float64)


def _z(beyond: float) -> float:
    from scipy.special import ndtri

    return -float(ndtri(beyond))


def _exact(n: Array, centre: float, kind: Kind, beyond: float) -> tuple[Array, Array]:
    from scipy.special import bdtrik, pdtrik

    def count(share: float) -> Array:
        """The count, as if it need not be whole, up to which this share of areas lie."""
        size = np.where(np.isnan(n), 1.0, n)
        found = bdtrik(share, size, centre) if kind == "proportion" else pdtrik(share, centre * size)
        return np.where(np.isnan(n), nan, found)

    # So many or more is all but so many less one, hence one more on the upper side.
    return count(beyond) / n, (count(1 - beyond) + 1) / n


def _tails(y: Array, n: Array, centre: float, kind: Kind) -> tuple[Array, Array]:
    """The probability of so few or fewer, and of so many or more."""
    from scipy.special import bdtr, bdtrc, pdtr, pdtrc

    known = ~np.isnan(y) & ~np.isnan(n)
    events, size = np.where(known, y, 0.0), np.where(known, n, 1.0)
    # So many or more is "more than one fewer", which for none is certain.
    one_fewer = np.maximum(np.ceil(events) - 1, 0)
    if kind == "proportion":
        of = size.astype(np.int64)  # scipy asks for the whole as an integer
        fewer, more = bdtr(events, of, centre), bdtrc(one_fewer, of, centre)
    else:
        fewer, more = pdtr(np.floor(events), centre * size), pdtrc(one_fewer, centre * size)
    return np.where(known, fewer, nan), np.where(known, np.where(events > 0, more, 1.0), nan)


def _normal_tails(z: Array) -> tuple[Array, Array]:
    from scipy.special import ndtr

    return np.asarray(ndtr(z)), np.asarray(ndtr(-z))


def _by_tails(fewer: Array, more: Array) -> NDArray[np.str_]:
    """The band of each area from the probability of lying so low, and of lying so high."""
    conditions = [
        np.isnan(fewer) | np.isnan(more),
        fewer <= BEYOND_998,
        more <= BEYOND_998,
        fewer <= BEYOND_95,
        more <= BEYOND_95,
    ]
    return np.select(conditions, ["not_compared", "below_998", "above_998", "below_95", "above_95"], "within")
