"""How much harm the events of an area or a month add up to, when a grave one counts for more than a slight one.

Each category of events has a weight. A category that holds slight and grave events alike has no one weight, but a lowest and a
highest that any mix of them could have. What is added up therefore has a range, and no figure is given without it. Where the weights
come from is for whoever brings them: none is held here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from csplan.statistics.inputs import Array, Many, amounts, exposures


@dataclass(frozen=True)
class Weights:
    """What one event of each category counts for.

    categories : tuple of str        their names
    low, middle, high : array        for each category; alike where all its events weigh the same
    unit : str                       what is counted, such as "days"
    version : str                    which edition of the weights
    source : str                     who made them, and where they stand
    """

    categories: Sequence[str]
    low: Many
    middle: Many
    high: Many
    unit: str
    version: str
    source: str


@dataclass(frozen=True)
class Harm:
    """Weighted sums, with the lowest and highest that the weights allow.

    value, low, high : array (...,)                           by middle, lowest and highest weights; NaN where a count is missing
    share, share_low, share_high : array (..., categories)    the part each category has, 0 to 1; NaN where the sum is 0 or missing
    rate, rate_low, rate_high : array (...,)                  the sums for each `per`; NaN without population
    counts : array (..., categories)                          as given
    population : array (...,)                                 as given; NaN where none was
    per : int                                                 people or households that a rate is for
    weights : Weights                                         as given, with version and source
    notes : tuple of str                                      what must be said beside it
    """

    value: Array
    low: Array
    high: Array
    share: Array
    share_low: Array
    share_high: Array
    rate: Array
    rate_low: Array
    rate_high: Array
    counts: Array
    population: Array
    per: int
    weights: Weights
    notes: tuple[str, ...]


def harm(counts: Many, weights: Weights, population: float | Many | None = None, *, per: int = 1000) -> Harm:
    """The events of each area or month, each counted for as much as its category weighs.

    counts : array (..., categories)     events; rows of areas or months; NaN where missing
    weights : Weights                    for the same categories, in the same order
    population : number or array (...)   people or households, more than zero; NaN where missing; None for no rate
    per : int                            a rate is harm for each `per`
    Returns Harm(value, low, high, share, …)

    value = sum over the categories of count x middle weight; low and high likewise with the lowest and the highest weight. These are
    the furthest ends: every category at its lowest at once, or at its highest. They are no 95% range, and allow nothing for chance.

    The share of a category is its own term over the sum. Its lowest is with its own lowest weight and the highest of all others, its
    highest the other way round.

    Where one category is missing there is no sum: taking it for none would say that nothing of it happened. A category whose weight
    is given as nothing but 0 adds nothing, and is still to be counted.

    Raises ValueError when the shapes do not fit, naming the first count or weight that cannot be, the first category whose weights
    are not in order, or when version, source or unit are empty.

    Source: Sherman, Neyroud and Neyroud (2016) for the Cambridge Crime Harm Index, days of imprisonment at the starting point of
    sentencing times the number of crimes; the Office for National Statistics (2016) for the Crime Severity Score, whose sum is set
    over the population. The lowest and highest are ours.

    >>> table = Weights(["theft", "violence"], [2, 10], [2, 40], [2, 400], "days", "made up", "an example")
    >>> found = harm([[100, 5], [50, 20]], table)
    >>> found.low.tolist(), found.value.tolist(), found.high.tolist()
    ([250.0, 300.0], [400.0, 900.0], [2200.0, 8100.0])
    """
    low, middle, high = _weights(weights)
    x = amounts(counts, "counts")
    if not x.ndim or x.shape[-1] != low.size:
        raise ValueError(f"counts have shape {x.shape} and there are {low.size} categories: the last side must be the categories")
    people = np.full(x.shape[:-1], np.nan) if population is None else exposures(population, "population")
    if people.shape not in ((), x.shape[:-1]):
        raise ValueError(
            f"population has shape {people.shape}: it must be one number or one for each row of counts, {x.shape[:-1]}"
        )
    people = np.broadcast_to(people, x.shape[:-1])
    least, value, most = (np.asarray((x * weight).sum(axis=-1)) for weight in (low, middle, high))
    share = _part(x * middle, value[..., None] - x * middle)
    share_low = _part(x * low, most[..., None] - x * high)
    share_high = _part(x * high, least[..., None] - x * low)
    rate, rate_low, rate_high = (per * total / people for total in (value, least, most))
    return Harm(
        value,
        least,
        most,
        share,
        share_low,
        share_high,
        rate,
        rate_low,
        rate_high,
        x,
        people,
        per,
        weights,
        _notes(weights, low, high),
    )


def harm_words(found: Harm, at: int | tuple[int, ...] = ()) -> str:
    """The harm of one area or month with its range, in two sentences.

    found : Harm                        of `harm`
    at : number or tuple of numbers     which row; nothing for the only one
    Returns str   never a figure without its lowest and highest

    Source: the words are ours.

    >>> table = Weights(["theft", "violence"], [2, 10], [2, 40], [2, 400], "days", "made up", "an example")
    >>> harm_words(harm([100, 5], table))
    'By the weights “made up” the harm lies between 250 and 2,200 days, 400 by the middle weights. By the middle weights the largest part is theft: from 9% to 80% of it.'
    """
    value, low, high = (float(a[at]) for a in (found.value, found.low, found.high))
    unit, by = found.weights.unit, f"the weights “{found.weights.version}”"
    if isnan(value):
        return "How much harm there was is not known: the count of a category is missing."
    if not high:
        return f"By {by} there was no harm to count."
    if low == high:
        total = f"By {by} the harm is {value:,.0f} {unit}, lowest and highest alike, as each category has one weight."
    else:
        total = f"By {by} the harm lies between {low:,.0f} and {high:,.0f} {unit}, {value:,.0f} by the middle weights."
    if isnan(float(found.share[at].max())):
        return total
    most = int(np.argmax(found.share[at]))
    least, top = (f"{float(a[at][most]):.0%}" for a in (found.share_low, found.share_high))
    between = f"{top} of it" if low == high else f"from {least} to {top} of it"
    return f"{total} By the middle weights the largest part is {found.weights.categories[most]}: {between}."


def _weights(given: Weights) -> tuple[Array, Array, Array]:
    sides = ("low", "middle", "high")
    low, middle, high = (amounts(getattr(given, side), f"weights.{side}") for side in sides)
    for side, weight in zip(sides, (low, middle, high), strict=True):
        if weight.shape != (len(given.categories),) or not weight.size:
            raise ValueError(
                f"weights.{side} has shape {weight.shape} and there are {len(given.categories)} categories: give one for each"
            )
        if np.isnan(weight).any():
            which = int(np.flatnonzero(np.isnan(weight))[0])
            raise ValueError(f"weights.{side}[{which}] is missing: {given.categories[which]} needs one")
    wrong = (low > middle) | (middle > high)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        told = f"{low[at]:g}, {middle[at]:g} and {high[at]:g}"
        raise ValueError(f"the weights of {given.categories[at]} are {told}: they must rise from low to high")
    lacking = next((part for part in ("unit", "version", "source") if not getattr(given, part).strip()), None)
    if lacking:
        raise ValueError(f"weights.{lacking} is empty: a figure of harm says what it was weighed by")
    return low, middle, high


def _part(own: Array, others: Array) -> Array:
    whole = own + np.maximum(others, 0)
    return np.where(whole > 0, own / np.where(whole > 0, whole, 1), np.nan)


def _notes(given: Weights, low: Array, high: Array) -> tuple[str, ...]:
    coarse = [name for name, spread in zip(given.categories, high > low, strict=True) if spread]
    told = [f"Weights: {given.version}, {given.source}."]
    if coarse:
        told.append(f"Coarse, so that their weight is a range: {', '.join(coarse)}.")
    return (*told, "The range is that of the weights; chance is not in it.")
