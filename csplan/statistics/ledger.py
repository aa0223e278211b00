"""What each kind of published figure tells of the counts behind it.

Counts are sums of atoms, the smallest counts that all that was ever published cuts out: an area, a stretch of time and a category
that nothing cuts further. Every figure says that a weighted sum of atoms lies between two whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from csplan.statistics.disclosure import Tier

#: atom -> how often it counts
Weights = Mapping[int, int]
#: No count is higher. A range that reaches up to it has no limit above.
MOST = 10_000_000


@dataclass(frozen=True)
class Published:
    """What one published figure tells: its weighted sum of atoms lies between two whole numbers.

    name : str             as a person would call the figure
    weights : dict         atom: how often it counts, 1 in a plain sum
    low : int or None      the least the sum can be; None for no limit
    high : int or None     the most
    is_out : bool          True where it is published already and cannot be withdrawn
    use : int              how useful it is; of several the least useful is withdrawn first
    """

    name: str
    weights: Weights
    low: int | None
    high: int | None
    is_out: bool = False
    use: int = 1


def exact(name: str, weights: Weights, value: int) -> Published:
    """A figure as counted.

    name, weights   as of Published
    value : int     as printed
    Returns Published

    low = high = value.

    Source: arithmetic.

    >>> exact("all", {0: 1, 1: 1}, 9).high
    9
    """
    return Published(name, weights, value, value)


def nearest(name: str, weights: Weights, value: int, base: int = 5) -> Published:
    """A figure rounded to the nearest multiple of a base.

    name, weights   as of Published
    value : int     as printed
    base : int      a multiple of which was printed; half-way goes up
    Returns Published

    From value - base // 2 to value + (base - 1) // 2: two to each side for 5.

    Raises ValueError when the value is no multiple of the base.

    Source: arithmetic.

    >>> found = nearest("all", {0: 1}, 10)
    >>> found.low, found.high
    (8, 12)
    """
    if base < 1 or value % base:
        raise ValueError(f"{name} is {value}: it is not rounded to the nearest {base}")
    return Published(name, weights, value - base // 2, value + (base - 1) // 2)


def mark(name: str, weights: Weights, tier: Tier) -> Published:
    """A mark in place of few.

    name, weights   as of Published
    tier : Tier     by whose rules it was hidden
    Returns Published

    From 0 to the last count that the tier hides; from 1 where it tells none apart. Of a tier that hides all, no limit above.

    Source: the rules of the tier.

    >>> from csplan.statistics.disclosure import SHARED
    >>> found = mark("few", {0: 1}, SHARED)
    >>> found.low, found.high
    (0, 7)
    """
    return Published(name, weights, 1 if tier.shows_zero else 0, tier.hidden)


def rate(name: str, weights: Weights, value: str, population: int, *, per: int = 1000) -> Published:
    """A rate as printed, worked out from the count behind it.

    name, weights      as of Published
    value : str        as printed, so that its decimal places are known: "2.50" has two
    population : int   people below the line
    per : int          the rate is for each `per`
    Returns Published

    With r places: P (p - 10^-r / 2) / per <= count < P (p + 10^-r / 2) / per, worked out in fractions.

    Raises ValueError when the value is no number, or the population or `per` is not more than zero.

    Source: arithmetic.

    >>> found = rate("fires", {0: 1}, "2.5", 4000)
    >>> found.low, found.high
    (10, 10)
    """
    if population < 1 or per < 1:
        raise ValueError(f"{name} is for each {per:,} of {population:,}: both must be more than zero")
    digits = value.replace(",", "").strip()
    if not digits.replace(".", "", 1).isascii() or not digits.replace(".", "", 1).isdigit():
        raise ValueError(f"{name} is “{value}”: a rate is a number such as 2.5")
    half = Fraction(1, 2 * 10 ** len(digits.partition(".")[2]))
    people = Fraction(population, per)
    low, above = people * (Fraction(digits) - half), people * (Fraction(digits) + half)
    return Published(name, weights, max(0, ceil(low)), ceil(above) - 1)


def not_lower(name: str, weights: Weights, than: Weights) -> Published:
    """A rank, or "A is higher than B"; and "B is part of A".

    name : str       as of Published
    weights : dict   of A
    than : dict      of B
    Returns Published

    A - B is zero or more: two counts that are alike may stand either way round.

    Raises ValueError when both are the same sum.

    Source: arithmetic.

    >>> not_lower("A leads B", {0: 1}, {1: 1}).weights
    {0: 1, 1: -1}
    """
    if not (left := _less(weights, than)):
        raise ValueError(f"{name} compares a sum with itself")
    return Published(name, left, 0, None)


def controlled(name: str, weights: Weights, value: int, base: int = 5) -> Published:
    """A figure moved to the multiple of a base below it or above it, as controlled and random rounding do.

    name, weights   as of Published
    value : int     as printed
    base : int      a multiple of which was printed
    Returns Published

    From value - (base - 1) to value + (base - 1): four to each side for 5.

    Raises ValueError when the value is no multiple of the base.

    Source: arithmetic.

    >>> found = controlled("all", {0: 1}, 10)
    >>> found.low, found.high
    (6, 14)
    """
    nearest(name, weights, value, base)
    return Published(name, weights, value - (base - 1), value + (base - 1))


def within(name: str, weights: Weights, value: int, reach: int) -> Published:
    """A figure with noise of known reach, such as a cell key's.

    name, weights   as of Published
    value : int     as printed
    reach : int     the most that was added or taken away, zero or more
    Returns Published

    From value - reach to value + reach.

    Source: arithmetic.

    >>> found = within("all", {0: 1}, 10, 2)
    >>> found.low, found.high
    (8, 12)
    """
    if reach < 0:
        raise ValueError(f"{name} has a reach of {reach}: it must be zero or more")
    return Published(name, weights, value - reach, value + reach)


def restated(figure: Published, changes: Mapping[int, tuple[int, int]]) -> tuple[Published, ...]:
    """A figure of a later version of the data, beside its first.

    figure : Published   of the later version, in atoms of the first
    changes : dict       atom of the first version: (atom of what was added to it, atom of what was removed)
    Returns tuple of Published: the figure, and for each atom that no more was removed than was there

    later = first + added - removed, with removed <= first.

    Source: arithmetic.

    >>> [part.weights for part in restated(exact("later", {0: 1}, 9), {0: (1, 2)})]
    [{0: 1, 1: 1, 2: -1}, {0: 1, 2: -1}]
    """
    weights = dict(figure.weights)
    limits = []
    for atom, (added, removed) in changes.items():
        if atom in figure.weights:
            weights[added] = weights.get(added, 0) + figure.weights[atom]
            weights[removed] = weights.get(removed, 0) - figure.weights[atom]
            limits.append(Published(f"{figure.name}: no more removed than there was", {atom: 1, removed: -1}, 0, None, True))
    return (replace(figure, weights=weights), *limits)


def _less(first: Weights, second: Weights) -> dict[int, int]:
    found = {atom: first.get(atom, 0) - second.get(atom, 0) for atom in [*first, *(a for a in second if a not in first)]}
    return {atom: n for atom, n in found.items() if n}
