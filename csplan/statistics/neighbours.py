"""Places and who is a neighbour of whom: what is read, and the draws that `hotspots` and `spatial` judge by."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, Many

Places = NDArray[np.intp]
Counts = NDArray[np.int64]
#: Sums that differ by less than this share of the largest value are alike but for rounding.
ROUNDING = 1e-12
#: As many draws as a count of eight bits can hold.
_EIGHT_BITS = 255


def values_at(values: Many) -> Array:
    """The values of places, at one time or at many, as floats. NaN is missing; an endless value is refused."""
    x = np.asarray(values, dtype=np.float64)
    if x.ndim not in (1, 2) or not x.size:
        raise ValueError(f"values have shape {x.shape}: they must be places, or places by times")
    if np.isinf(x).any():
        place = ", ".join(str(int(i)) for i in np.argwhere(np.isinf(x))[0])
        raise ValueError(f"values[{place}] is endless: it must have an end")
    return x


def weights_of_others(neighbours: Any, places: int) -> Any:
    """The weights of other places, as scipy.sparse: what the weights say of a place itself is left out."""
    from scipy.sparse import csr_array, diags_array

    w = csr_array(neighbours, dtype=np.float64)
    if w.shape != (places, places):
        raise ValueError(f"neighbours have shape {w.shape}: they must be {places} by {places}")
    if np.isnan(w.data).any():
        raise ValueError("neighbours hold a missing weight: each must be zero or more")
    if (w.data < 0).any():
        raise ValueError("neighbours hold a negative weight: each must be zero or more")
    if w.diagonal().any():
        w = csr_array(w - diags_array(w.diagonal(), format="csr"))
    w.eliminate_zeros()
    return w


def row_standardised(w: Any) -> Any:
    """The weights of each place made to add up to 1; a place without neighbours keeps none."""
    from scipy.sparse import diags_array

    total = np.asarray(w.sum(axis=1)).ravel()
    return (diags_array(1 / np.where(total > 0, total, 1.0), format="csr") @ w).tocsr()


def held_together(table: Array) -> Iterator[tuple[Places, Places]]:
    """Times at which the same places are held, with those places: one turn for each different set."""
    held = ~np.isnan(table)
    if held.all():
        yield np.arange(table.shape[0]), np.arange(table.shape[1])
        return
    sets, which = np.unique(held, axis=1, return_inverse=True)
    for k in range(sets.shape[1]):
        yield np.flatnonzero(sets[:, k]), np.flatnonzero(which.ravel() == k)


def among(w: Any, places: Places) -> Any:
    """The weights between some places only."""
    return w if places.size == w.shape[0] else w[places][:, places]


def others_drawn(w: Any, draws: int, seed: int) -> Places:
    """For each draw a list of other places, as long as the longest list of neighbours: (draws, most neighbours).

    A number from the place's own on stands for the next place, so that a place never draws itself.
    """
    chance = np.random.default_rng(seed)
    most = int(np.diff(w.indptr).max())
    return np.array([chance.choice(w.shape[0] - 1, most, replace=False) for _ in range(draws)], dtype=np.intp).reshape(
        draws, most
    )


def tally(x: Array, w: Any, order: Places) -> tuple[Counts, Counts]:
    """In how many draws the weighted sum of drawn values is at least, and at most, that of the neighbours.

    x : array (places, times), all held; w : weights of others; order : from `others_drawn`.
    """
    share, alike = _alike(w)
    # Weights that are alike within a row only scale its sum, so plain sums are compared: those of counts are then exact.
    seen = (share if alike else w) @ x
    slack = ROUNDING * np.abs(x).max(axis=0) * (share if alike else w).sum(axis=1).max()
    low, high = seen - slack, seen + slack
    many = np.diff(w.indptr)
    by_place = None if alike else _by_position(w, order.shape[1])
    at_least, at_most = (np.zeros(x.shape, dtype=np.int64) for _ in range(2))
    for first in range(0, len(order), _EIGHT_BITS):
        more, less = (np.zeros(x.shape, dtype=np.uint8) for _ in range(2))
        for others in order[first : first + _EIGHT_BITS]:
            for start, stop, values in _stretches(x, others):
                here = slice(start, stop)
                drawn = _sums(values, many[here]) if by_place is None else by_place[here] @ values
                more[here] += (drawn >= low[here]).view(np.uint8)
                less[here] += (drawn <= high[here]).view(np.uint8)
        at_least += more
        at_most += less
    return at_least, at_most


def _alike(w: Any) -> tuple[Any, bool]:
    """The weights as ones, and whether the weights within each row are alike."""
    ones = w.copy()
    ones.data[:] = 1.0
    first = w.data[np.minimum(w.indptr[:-1], max(w.nnz - 1, 0))] if w.nnz else np.zeros(w.shape[0])
    return ones, bool((w.data == np.repeat(first, np.diff(w.indptr))).all())


def _by_position(w: Any, most: int) -> Array:
    """The weights of each place from the left, zero where it has fewer neighbours than the one with most."""
    many = np.diff(w.indptr)
    found = np.zeros((w.shape[0], most))
    found[np.repeat(np.arange(w.shape[0]), many), np.arange(w.nnz) - np.repeat(w.indptr[:-1], many)] = w.data
    return found


def _stretches(x: Array, others: Places) -> Iterator[tuple[int, int, Array]]:
    """Stretches of places for which one draw means the same values: place i reads a number from its own on as the next place."""
    ends = np.unique(others) + 1
    for start, stop in zip([0, *ends.tolist()], [*ends.tolist(), x.shape[0]], strict=True):
        yield start, stop, x[others + (others >= start)]


def _sums(values: Array, many: Counts) -> Array:
    """The sum of the first so many drawn values, for each place."""
    if not many.size:
        return np.zeros((0, values.shape[1]))
    running = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    return running[many[:1]] if (many == many[0]).all() else running[many]
