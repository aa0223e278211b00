"""One area beside others: in which band it lies, which place it has, and how far it is from the middle.

A place in a list looks exact and is not: chance alone moves areas about. So every place comes with the places that chance leaves open,
and every gap with its range.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, Many, amounts, exposures, refuse_unequal, upper_tail
from csplan.statistics.ranks import places

Whole = NDArray[np.int64]
#: So many rates are drawn at once.
AT_ONCE = 20_000_000


@dataclass(frozen=True)
class Bands:
    """The band of each area.

    band : array (areas,)          from 1 up; NaN where the value is missing, everywhere with fewer areas than bands
    rank : array (areas,)          the place of each; equal values share the better place
    sizes : tuple of int           how many areas each band holds
    astride : bool array (areas,)  True where equal values reach over the edge of a band: all were put into the first of the two
    highest_first : bool           whether band 1 holds the highest values
    notes : tuple of str           what must be said beside it
    """

    band: Array
    rank: Array
    sizes: tuple[int, ...]
    astride: NDArray[np.bool_]
    highest_first: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """The place of each area by its rate, and the places that chance leaves open.

    rank : array (areas,)        1 for the highest; NaN where count or population is missing
    low, high : array (areas,)   the best and the worst place within the range
    areas : int                  how many have a place
    confidence : float           0.95 for a range of 95%
    draws : int                  how many were made
    seed : int                   of the random numbers
    """

    rank: Array
    low: Array
    high: Array
    areas: int
    confidence: float
    draws: int
    seed: int


@dataclass(frozen=True)
class Gap:
    """How many events lie between each area and the middle of its group.

    gap : array (areas,)         above 0: so many fewer would bring the area to the middle; NaN where missing
    low, high : array (areas,)   its range by chance
    median : float               the rate in the middle of the group, for each `per`
    per : int                    people or households that a rate is for
    areas : int                  how many make the group
    confidence : float           0.95 for a range of 95%
    draws : int                  how many were made
    seed : int                   of the random numbers
    """

    gap: Array
    low: Array
    high: Array
    median: float
    per: int
    areas: int
    confidence: float
    draws: int
    seed: int


def bands(values: Many, count: int = 10, *, highest_first: bool = True) -> Bands:
    """Areas in bands of equal size by their values: tenths, fifths or quarters.

    values : array (areas,)   rates, scores or shares; NaN where missing
    count : int               how many bands; 10 for tenths
    highest_first : bool      True puts the highest values into band 1
    Returns Bands(band, rank, sizes, astride, highest_first, notes)

    With n areas known, q bands and rank 1 for the area that comes first, equal values sharing the better place:
    band = q + 1 - ceil((n + 1 - rank) q / n).

    Equal values always lie in one band, so bands may differ in size; those that reach over an edge are marked. With fewer areas
    than bands there are none.

    It is reckoned in whole numbers. The R function divides by n/q, which does not always come out even: now and then it puts an area
    one band nearer to the first. For quarters, fifths and tenths that never happens up to 1,500 areas; with 20 bands in 43 places.

    Raises ValueError when the values are not a list, when one is endless, or when `count` is less than two.

    Source: the method of England's public health indicators for deprivation categories; phe_quantile of PHEindicatormethods for R
    was read, and its printed tenths are met.

    >>> bands([3, 9, 9, 1, 5], 2).band.tolist()
    [2.0, 1.0, 1.0, 2.0, 1.0]
    """
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1:
        raise ValueError(f"values have shape {x.shape}: they must be a list")
    if np.isinf(x).any():
        raise ValueError(f"values[{int(np.flatnonzero(np.isinf(x))[0])}] is endless: it must have an end")
    if count < 2:
        raise ValueError(f"count is {count}: at least two bands are needed")
    rank = places(x if highest_first else -x)
    known = ~np.isnan(x)
    n = int(known.sum())
    band, astride = np.full(x.shape, np.nan), np.zeros(x.shape, dtype=np.bool_)
    if n < count:
        few = f"Only {n} values are known: too few for {count} bands."
        return Bands(band, rank, (0,) * count, astride, highest_first, (few,))
    own = rank[known].astype(np.int64)
    # The last place among equals: as many as are at least as high.
    last = n + 1 - places(-x if highest_first else x)[known].astype(np.int64)
    band[known] = _band(own, n, count)
    astride[known] = _band(last, n, count) > band[known]
    sizes = tuple(int(i) for i in np.bincount(band[known].astype(np.int64), minlength=count + 1)[1:])
    tied = int(astride.sum())
    notes = (f"{tied} areas with equal values reach over the edge of a band; all are put into the first.",) if tied else ()
    return Bands(band, rank, sizes, astride, highest_first, notes)


def rank_interval(counts: Many, population: Many, *, confidence: float = 0.95, draws: int = 10_000, seed: int = 1) -> Places:
    """The place of each area by its rate, with the best and the worst place that chance leaves open.

    counts : array (areas,)       events; NaN where missing
    population : array (areas,)   people or households, more than zero; NaN where missing
    confidence : float            0.95 for a range of 95%
    draws : int                   how many times all areas are drawn and put in order
    seed : int                    the same seed gives the same draws
    Returns Places(rank, low, high, areas, confidence, draws, seed)

    In each draw every area gets a rate that its count fits with: a gamma number of shape count + 1/2, over its population. The
    areas are put in order by those. Counted from place 1, `low` is the first place by which 2.5% of the draws are reached and `high`
    the first by which 97.5% are. The place as counted is held within the range. Equal rates as counted share the better place.

    It allows for chance in the counts alone, which for recorded events is less than there is: true ranges are wider. As
    many numbers are held as there are areas times draws, so ask fewer draws of many thousand areas.

    Raises ValueError when the shapes do not fit, when `draws` is less than 100, or naming the first value that cannot be.

    Source: Goldstein and Spiegelhalter (1996), who draw ranks from the distribution of each rate; the shape is that of Jeffreys
    (1946), halfway between the exact limits of Garwood (1936).

    >>> found = rank_interval([90, 60, 55, 20], [1000] * 4)
    >>> found.rank.tolist(), found.low.tolist(), found.high.tolist()
    ([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 2.0, 4.0], [1.0, 3.0, 3.0, 4.0])
    """
    x, n, known = _known(counts, population)
    tail = upper_tail(confidence)
    rank, low, high = places(np.where(known, x / n, np.nan)), np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    found = np.empty((_enough(draws), int(known.sum())), dtype=np.int32)
    begin = 0
    for rates in _drawn(x[known], n[known], draws, seed):
        order = np.argsort(-rates, axis=1)
        block = found[begin : begin + len(rates)]
        np.put_along_axis(block, order, np.arange(1, order.shape[1] + 1, dtype=np.int32)[None, :], axis=1)
        begin += len(rates)
    found.sort(axis=0)
    low[known], high[known] = found[_at(tail, draws)], found[_at(1 - tail, draws)]
    return Places(rank, np.fmin(low, rank), np.fmax(high, rank), int(known.sum()), confidence, draws, seed)


def gap_to_median(
    counts: Many, population: Many, *, per: int = 1000, confidence: float = 0.95, draws: int = 10_000, seed: int = 1
) -> Gap:
    """How many fewer events would bring each area to the rate in the middle of its group.

    counts : array (areas,)       events of every area of the group; NaN where missing
    population : array (areas,)   people or households, more than zero; NaN where missing
    per : int                     the median is events for each `per`
    confidence : float            0.95 for a range of 95%
    draws : int                   how many times all areas are drawn
    seed : int                    the same seed gives the same draws
    Returns Gap(gap, low, high, median, per, areas, confidence, draws, seed)

    With m the median of the rates x/n of all areas, the area itself among them: gap = x - n m. Below 0 the area lies under the
    middle already. The range is of n (r - M), where r is the area's rate in a draw, as in `rank_interval`, and M the median of
    all of them in that draw: so it allows for chance in the area and in the others alike.

    Half of any group lies above its middle, however good all of it is: the gap is a measure, and no target.

    Raises ValueError when the shapes do not fit, when `draws` is less than 100, or naming the first value that cannot be.

    Source: the gap is plain arithmetic; the draws as in `rank_interval`.

    >>> found = gap_to_median([120, 40, 60], [1000, 1000, 1000])
    >>> found.gap.tolist(), found.median
    ([60.0, -20.0, 0.0], 60.0)
    """
    x, n, known = _known(counts, population)
    tail = upper_tail(confidence)
    own, people = x[known], n[known]
    gap, low, high = (np.full(x.shape, np.nan) for _ in range(3))
    _enough(draws)
    if not known.any():
        return Gap(gap, low, high, float("nan"), per, 0, confidence, draws, seed)
    middle = float(np.median(own / people))
    gap[known] = own - people * middle
    blocks = [people * (rates - np.median(rates, axis=1, keepdims=True)) for rates in _drawn(own, people, draws, seed)]
    low[known], high[known] = np.quantile(np.concatenate(blocks), [tail, 1 - tail], axis=0)
    return Gap(gap, low, high, per * middle, per, own.size, confidence, draws, seed)


def rank_words(found: Places, row: int, area: str) -> str:
    """The place of one area and the places chance leaves open, in a sentence.

    found : Places   of `rank_interval`
    row : int        the area looked at
    area : str       its name
    Returns str   one sentence

    Source: the words are ours.

    >>> rank_words(rank_interval([90, 60, 55, 20], [1000] * 4), 1, "Elm")
    'Elm has the 2nd highest rate of 4; allowing for chance, its place may be anywhere from 2nd to 3rd.'
    """
    if np.isnan(found.rank[row]):
        return f"{area} has no place: its figure is not known."
    place, low, high = (int(a[row]) for a in (found.rank, found.low, found.high))
    begins = f"{area} has the {'' if place == 1 else _ordinal(place) + ' '}highest rate of {found.areas}"
    if low == high:
        return f"{begins}, and chance alone hardly moves it from there."
    return f"{begins}; allowing for chance, its place may be anywhere from {_ordinal(low)} to {_ordinal(high)}."


def gap_words(found: Gap, row: int, area: str, events: str = "events") -> str:
    """The gap of one area to the middle of its group, in a sentence.

    found : Gap     of `gap_to_median`
    row : int       the area looked at
    area : str      its name
    events : str    what was counted
    Returns str   one sentence

    Source: the words are ours.

    >>> gap_words(gap_to_median([120, 40, 60, 50, 65], [1000] * 5), 0, "Ash", "burglaries")
    'Ash would be at the rate in the middle of the 5 areas with about 60 fewer burglaries; allowing for chance, 37 to 86.'
    """
    if np.isnan(found.gap[row]):
        return f"How far {area} is from the middle of its group is not known: a figure is missing."
    gap, low, high = (float(a[row]) for a in (found.gap, found.low, found.high))
    middle = f"the rate in the middle of the {found.areas} areas"
    if low <= 0 <= high:
        return f"{area} is about where {middle} is: the difference is no more than chance alone could make."
    if gap > 0:
        return (
            f"{area} would be at {middle} with about {gap:,.0f} fewer {events}; allowing for chance, {low:,.0f} to {high:,.0f}."
        )
    return f"{area} has about {-gap:,.0f} fewer {events} than at {middle}; allowing for chance, {-high:,.0f} to {-low:,.0f}."


def _band(rank: Whole, n: int, count: int) -> Whole:
    """In whole numbers, so that nothing hangs on rounding; -(-a // b) is a / b rounded up."""
    return count + 1 + (-(n + 1 - rank) * count) // n


def _known(counts: Many, population: Many) -> tuple[Array, Array, NDArray[np.bool_]]:
    x, n = amounts(counts, "counts"), exposures(population, "population")
    refuse_unequal(x, n, "counts and population")
    return x, n, ~np.isnan(x) & ~np.isnan(n)


def _enough(draws: int) -> int:
    if draws < 100:
        raise ValueError(f"draws is {draws}: at least 100 are needed")
    return draws


def _at(share: float, draws: int) -> int:
    """Which of the draws in order is the first that the share is reached with; rounding must not push it one further."""
    return max(0, ceil(round(share * draws, 6)) - 1)


def _drawn(x: Array, n: Array, draws: int, seed: int) -> Iterator[Array]:
    """Rates of all areas that their counts fit with, (draws, areas), a part of the draws at a time."""
    chance = np.random.default_rng(seed)
    step = max(1, AT_ONCE // max(1, x.size))
    for begin in range(0, draws, step):
        rates: Array = chance.standard_gamma(x + 0.5, size=(min(step, draws - begin), x.size)) / n
        yield rates


def _ordinal(place: int) -> str:
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place:,}{ending}"
