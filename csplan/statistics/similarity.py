"""Which areas are most like one another in what is known of their people and places, and what sets them apart.

An area is fairly set beside others of its kind. Which are of its kind depends on the figures chosen to tell, so those are named, and
how far off the chosen areas are is shown: the most similar of few may still be very different.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, Many

Whole = NDArray[np.int64]
#: So many distances are held at once, so that many areas do not fill the memory.
AT_ONCE = 20_000_000
#: A spread so small beside the values themselves is rounding.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Similar:
    """The areas most like each area.

    nearest : array (areas, k)             the rows of the k most similar, the most similar first; -1 where the area is left out
    distance : array (areas, k)            how far off each is; NaN where the area is left out
    share : array (areas, k, variables)    the part of that distance each variable makes; NaN where two areas are alike in all
    z : array (areas, variables)           the variables in standard deviations from their mean; NaN where the area is left out
    left_out : tuple of int                rows of areas with a missing variable
    variables : tuple of str               their names
    notes : tuple of str                   what must be said beside it
    """

    nearest: Whole
    distance: Array
    share: Array
    z: Array
    left_out: tuple[int, ...]
    variables: tuple[str, ...]
    notes: tuple[str, ...]


def most_similar(variables: Many, k: int, names: Sequence[str]) -> Similar:
    """The areas most like each area in what is known of them, with the part each variable has in the difference.

    variables : array (areas, variables)   shares, densities or other figures of one kind a column; NaN where missing
    k : int                                how many are wanted, one at least and fewer than there are whole areas
    names : list of text                   one for each variable
    Returns Similar(nearest, distance, share, z, left_out, variables, notes)

    Each variable is set on one scale, z = (x - mean) / s, with s its standard deviation over the areas (n below the line). The
    distance of two areas is the sum over the variables of (z_a - z_b)^2, and the share of a variable is its own term over that
    sum. The k nearest are the most similar. Of areas equally far the one that stands first is taken.

    An area with a missing variable is left out of everything, the means too, and is listed in `left_out`: a distance over
    fewer variables would be too short. All variables weigh alike; two that say nearly the same count for it twice.

    Being similar goes one way: the area most like A may itself be more like another one than like A.

    Raises ValueError when the shapes or `k` do not fit, naming the first endless value, or naming the first variable that is the
    same in every area.

    Source: plain arithmetic; scipy's cdist(x, x, "seuclidean", V=x.var(axis=0)) squared is met. The Home Office's families of areas
    were clusters of such figures. Its most similar groups are lists of their own, which this does not reproduce.

    >>> found = most_similar([[10, 1], [12, 1], [30, 9], [28, 5]], 1, ["young", "moved"])
    >>> found.nearest.tolist(), found.distance.round(2).tolist()
    ([[1], [0], [3], [2]], [[0.05], [0.05], [1.5], [1.5]])
    """
    x = np.asarray(variables, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != len(names) or not len(names):
        raise ValueError(
            f"variables have shape {x.shape} and there are {len(names)} names: they must be areas by named variables"
        )
    if np.isinf(x).any():
        row, column = (int(i) for i in np.argwhere(np.isinf(x))[0])
        raise ValueError(f"variables[{row}, {column}] is endless: it must have an end")
    whole = ~np.isnan(x).any(axis=1)
    held = np.flatnonzero(whole)
    if not 1 <= k < held.size:
        raise ValueError(f"k is {k}: it must be one at least and less than the {held.size} areas with every variable")
    z = np.full(x.shape, np.nan)
    z[held] = _standardised(x[held], names)
    nearest, distance = np.full((len(x), k), -1), np.full((len(x), k), np.nan)
    nearest[held], distance[held] = _nearest(z[held], k)
    share = np.full((len(x), k, len(names)), np.nan)
    apart = (z[held, None, :] - z[held][nearest[held]]) ** 2
    far = distance[held][:, :, None]
    share[held] = np.where(far > 0, apart / np.where(far > 0, far, 1.0), np.nan)
    nearest[held] = held[nearest[held]]
    left_out = tuple(int(i) for i in np.flatnonzero(~whole))
    notes = (f"{len(left_out)} of {len(x)} areas lack a figure and are left out.",) if left_out else ()
    return Similar(nearest, distance, share, z, left_out, tuple(names), notes)


def similar_words(found: Similar, row: int, place: int, areas: Sequence[str]) -> str:
    """How like two areas are, and what sets them apart, in a sentence.

    found : Similar          of `most_similar`
    row : int                the area looked at
    place : int              1 for the one most like it
    areas : list of text     the names of all areas
    Returns str   one sentence

    Raises ValueError when the place is not among those found.

    Source: the words are ours.

    >>> found = most_similar([[10, 1], [12, 1], [30, 9], [28, 5]], 1, ["young people", "people who moved"])
    >>> similar_words(found, 2, 1, ["Ash", "Elm", "Oak", "Yew"])
    'Of the other 3 areas compared, Yew is the most like Oak; 97% of what sets the two apart is people who moved.'
    """
    if not 1 <= place <= found.nearest.shape[1]:
        raise ValueError(f"place is {place}: it must lie between 1 and {found.nearest.shape[1]}")
    if found.nearest[row, 0] < 0:
        return f"{areas[row]} lacks a figure, so no area can be called like it."
    other, parts = areas[int(found.nearest[row, place - 1])], found.share[row, place - 1]
    compared = len(areas) - len(found.left_out)
    begins = f"Of the other {compared - 1} areas compared, {other} is {_place(place)} like {areas[row]}"
    if np.isnan(parts).any():
        return f"{begins}: the two are alike in every figure."
    most = int(np.argmax(parts))
    return f"{begins}; {parts[most]:.0%} of what sets the two apart is {found.variables[most]}."


def _standardised(x: Array, names: Sequence[str]) -> Array:
    mean, spread = x.mean(axis=0), x.std(axis=0)
    alike = spread <= ROUNDING * np.abs(x).max(axis=0)
    if alike.any():
        which = names[int(np.flatnonzero(alike)[0])]
        raise ValueError(f"{which} is the same in every area: it cannot tell them apart, so leave it out")
    standard: Array = (x - mean) / spread
    return standard


def _nearest(z: Array, k: int) -> tuple[Whole, Array]:
    """The rows of the k nearest of each row, and how far they are; a part of the rows at a time."""
    step = max(1, AT_ONCE // len(z))
    rows, far = [], []
    for begin in range(0, len(z), step):
        part = z[begin : begin + step]
        distance = np.zeros((len(part), len(z)))
        for i in range(z.shape[1]):
            distance += (part[:, None, i] - z[None, :, i]) ** 2
        distance[np.arange(len(part)), np.arange(begin, begin + len(part))] = np.inf
        chosen = np.argsort(distance, axis=1, kind="stable")[:, :k]
        rows.append(chosen)
        far.append(np.take_along_axis(distance, chosen, axis=1))
    return np.concatenate(rows), np.concatenate(far)


def _place(place: int) -> str:
    """Which of the most similar: the most, the 2nd most, the 11th most."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return "the most" if place == 1 else f"the {place}{ending} most"
