"""Which issues come first in a matrix of scores, and how far that hangs on the weights and on who scored.

A matrix of issues by criteria gives one order, and hides two choices: how much each criterion counts, and whose scores are taken.
So the order is worked out again for many sets of weights and with each criterion left out, and the scorers are set beside
each other. The ranges show what the weights do. They do not show how sure the scores themselves are.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, Many, exposures, upper_tail
from csplan.statistics.ranks import EQUAL, concordance, places, tau_b

_COUNTED = tuple("none one two three four five six seven eight nine ten".split())


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix of scores with its totals and places.

    each : array (scorers, issues, criteria)   scores as each scorer gave them, from 0 lowest to 1 highest; NaN where not scored
    scores : array (issues, criteria)          their mean over those who scored the cell; NaN where nobody did
    weights : array (criteria,)                what each criterion counts; together 1
    total : array (issues,)                    weighted sum, 0 to 1; NaN where a criterion has no score
    place : array (issues,)                    1 for the highest total; equal totals share the better place; NaN without a total
    """

    each: Array
    scores: Array
    weights: Array
    total: Array
    place: Array


@dataclass(frozen=True, eq=False)
class Moved:
    """Where the issues stand when the weights move. A share of draws is about weights, and is no probability of being right.

    low, high : array (issues,)              the better and worse end of the places that the stated share of draws gives
    in_top : array (issues,)                 share of draws, 0 to 1, with a place of k or better; NaN without a total
    tau, tau_low, tau_high : float           tau-b between the given order and that of a draw: mean, and ends of the same share
    k, draws, seed : int                     as asked
    concentration : float or None            how close to the given weights; None when all weights are equally possible
    confidence : float                       0.95 for 95% of draws
    """

    low: Array
    high: Array
    in_top: Array
    tau: float
    tau_low: float
    tau_high: float
    k: int
    draws: int
    seed: int
    concentration: float | None
    confidence: float


@dataclass(frozen=True, eq=False)
class LeftOut:
    """The order with each criterion left out in turn.

    place : array (criteria, issues)   places without the criterion; NaN without a total, and all NaN where it is the only one
    tau : array (criteria,)            tau-b between the given order and the one without the criterion
    """

    place: Array
    tau: Array


@dataclass(frozen=True, eq=False)
class Dissent:
    """How far those who scored differ.

    scored_by : array (issues, criteria)   how many scored the cell
    spread : array (issues, criteria)      standard deviation between them on the scale of 0 to 1; NaN with fewer than two
    by_issue : array (issues,)             weighted mean of the spreads of its cells; NaN where no cell has one
    concordance : float                    Kendall's W of the scorers' totals; NaN where it cannot be told
    scorers, issues : int                  how many scorers, and how many issues that every one of them scored in full
    """

    scored_by: Array
    spread: Array
    by_issue: Array
    concordance: float
    scorers: int
    issues: int


def matrix(scores: NDArray[Any] | list[Any], weights: Many, scales: Any) -> Matrix:
    """Total and place of each issue by a weighted sum of its scores.

    scores : array (scorers, issues, criteria) or (issues, criteria)   NaN where not scored, which is never zero
    weights : array (criteria,)                                        each more than zero; only their proportions matter
    scales : array (criteria, 2) or (2,)                               lowest and highest score of each criterion, or of all
    Returns Matrix(each, scores, weights, total, place)

    Each score becomes (score - lowest) / (highest - lowest). A cell is the mean over those who scored it; the total is sum w_c
    cell_c with the weights brought to a sum of 1. An issue that nobody scored on some criterion has no total and no place: any
    number put there would be a guess. Who leaves cells out moves their mean, where one scores lower than others throughout.

    Raises ValueError naming the first score outside its scale, weight that is missing or not more than zero, or scale whose
    highest is not above its lowest; and when the shapes do not fit.

    Source: Keeney and Raiffa (1976) for the additive form, which holds that a loss on one criterion can be made good on another.

    >>> found = matrix([[5, 1], [3, 3], [1, np.nan]], [3, 1], [1, 5])
    >>> found.total.tolist(), found.place.tolist()
    ([0.75, 0.5, nan], [1.0, 2.0, nan])
    """
    given = np.asarray(scores, dtype=np.float64)
    each = given[None] if given.ndim == 2 else given
    if each.ndim != 3 or not each.size:
        raise ValueError(f"scores have shape {given.shape}: they must be issues by criteria, or scorers by issues by criteria")
    shares = _shares(weights, each.shape[2])
    low, high = _ends(scales, each.shape[2])
    outside = (each < low) | (each > high)
    if outside.any():
        at = tuple(int(i) for i in np.argwhere(outside.reshape(given.shape))[0])
        c = at[-1]
        raise ValueError(f"scores[{', '.join(map(str, at))}] is {given[at]:g}: it must lie between {low[c]:g} and {high[c]:g}")
    each = (each - low) / (high - low)
    cells = _mean(each)
    total = cells @ shares
    return Matrix(each, cells, shares, total, places(total))


def move_weights(
    given: Matrix,
    k: int,
    *,
    concentration: float | None = None,
    draws: int = 10_000,
    seed: int = 1,
    confidence: float = 0.95,
) -> Moved:
    """Where the issues stand under many sets of weights drawn at random.

    given : Matrix                  as `matrix` gives it
    k : int                         how many places at the top are asked about; fewer than the issues that have a place
    concentration : float or None   None: all sets of weights equally possible; else how closely they keep to the given ones
    draws, seed : int               how many sets, and where the random numbers start, so that they come out the same again
    confidence : float              0.95 for the places that 95% of draws give
    Returns Moved(low, high, in_top, tau, tau_low, tau_high, k, draws, seed, concentration, confidence)

    Weights come from a Dirichlet distribution. With all parameters 1 every set of weights that sums to 1 is equally possible. With
    parameters a w_c, a the concentration, each weight has the mean w_c and the variance w_c (1 - w_c) / (a + 1): at a = 50
    a weight of 0.2 lies between 0.10 and 0.32 in 95% of draws.

    `low` is the first place that the tail (2.5%) of draws or more give or better, `high` the last that leaves no more than the
    tail beyond; so at least 95% of draws lie between, both ends included. Issues that share place k are all in the first k.

    Raises ValueError when fewer than two issues have a place, or naming `k`, a concentration or a number of draws that does not fit.

    Source: Lahdelma and Salminen (2001), SMAA-2, for the share of all weights that gives an issue each place; Kendall (1948) for
    tau-b. Shares of two criteria were checked against the line they can be worked out on, and against the beta distribution.

    >>> found = move_weights(matrix([[5, 4], [4, 5], [1, 1]], [1, 1], [1, 5]), 1)
    >>> found.low.tolist(), found.high.tolist(), found.in_top.round(1).tolist()
    ([1.0, 1.0, 3.0], [2.0, 2.0, 3.0], [0.5, 0.5, 0.0])
    """
    tail = upper_tail(confidence)
    ranked = int((~np.isnan(given.place)).sum())
    if ranked < 2:
        raise ValueError("fewer than two issues have a place: there is nothing to rank")
    if not 1 <= k < ranked:
        raise ValueError(f"k is {k}: it must be one at least and less than the {ranked} issues that have a place")
    if draws < 1:
        raise ValueError(f"draws is {draws}: at least one is needed")
    if concentration is not None and not 0 < concentration < np.inf:
        raise ValueError(f"concentration is {concentration:g}: it must be more than zero and have an end")
    alpha = np.ones(given.weights.size) if concentration is None else concentration * given.weights
    drawn = places(np.random.default_rng(seed).dirichlet(alpha, draws) @ given.scores.T)
    # Of a list of whole places, the ends are places too: never 2.5th.
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0, method="inverted_cdf")
    in_top = np.where(np.isnan(given.place), np.nan, (drawn <= k).mean(axis=0))
    tau = tau_b(given.place, drawn)
    ends = np.quantile(tau, [tail, 1 - tail])
    return Moved(low, high, in_top, float(tau.mean()), float(ends[0]), float(ends[1]), k, draws, seed, concentration, confidence)


def leave_out(given: Matrix) -> LeftOut:
    """The order with each criterion left out in turn, the other weights keeping their proportions.

    given : Matrix   as `matrix` gives it
    Returns LeftOut(place, tau)

    An issue without a place stays without one, so that all orders are of the same issues.

    Source: the plainest test of sensitivity; tau-b as in Kendall (1948).

    >>> leave_out(matrix([[5, 1, 2], [3, 3, 3], [1, 4, 4]], [3, 1, 1], [1, 5])).tau.round(2).tolist()
    [-1.0, 1.0, 1.0]
    """
    size = given.weights.size
    if size == 1:
        return LeftOut(np.full((1, given.place.size), np.nan), np.full(1, np.nan))
    others = np.where(np.eye(size, dtype=np.bool_), 0.0, given.weights)
    found = places(others / others.sum(axis=1, keepdims=True) @ given.scores.T)
    return LeftOut(found, tau_b(given.place, found))


def sure_places(given: Matrix) -> tuple[Array, Array]:
    """The best and the worst place that an issue can have whatever the weights, so far as the scores alone prove it.

    given : Matrix   as `matrix` gives it
    Returns two arrays (issues,)   best and worst place; NaN without a place

    An issue that scores as high as another on every criterion is never below it; one that also scores higher on some is always
    above, every weight being more than zero. So an issue cannot come before those that are always above it, nor fall behind
    those that are never above it. The true range may be narrower, never wider.

    Source: own reasoning from dominance, as in Keeney and Raiffa (1976).

    >>> best, worst = sure_places(matrix([[5, 4], [4, 5], [1, 1]], [1, 1], [1, 5]))
    >>> best.tolist(), worst.tolist()
    ([1.0, 1.0, 3.0], [2.0, 2.0, 3.0])
    """
    ranked = ~np.isnan(given.place)
    cells = given.scores[ranked]
    # Means of several scorers carry rounding; what is closer than that is no proof that one is higher.
    as_high = (cells[:, None] >= cells[None] - EQUAL).all(axis=2)
    clearly = (cells[:, None] > cells[None] + EQUAL).any(axis=2)
    best, worst = np.full((2, ranked.size), np.nan)
    best[ranked] = 1 + ((cells[:, None] >= cells[None]).all(axis=2) & clearly).sum(axis=0)
    worst[ranked] = len(cells) + 1 - as_high.sum(axis=1)
    return best, worst


def dissent(given: Matrix) -> Dissent:
    """How far the scorers differ: on each cell, on each issue, and in the order that their own totals give.

    given : Matrix   as `matrix` gives it
    Returns Dissent(scored_by, spread, by_issue, concordance, scorers, issues)

    The spread of a cell is the standard deviation with one less than their number below the line. Half the scale apart, two
    scorers have a spread of 0.35. W is worked out on the issues that every scorer scored in full.

    Source: the standard deviation as usual; Kendall (1948) for W.

    >>> found = dissent(matrix([[[5, 3], [1, 2]], [[1, 3], [2, np.nan]]], [1, 1], [1, 5]))
    >>> found.spread.round(2).tolist(), found.by_issue.round(2).tolist()
    ([[0.71, 0.0], [0.18, nan]], [0.35, 0.18])
    """
    held = ~np.isnan(given.each)
    n = held.sum(axis=0)
    away = np.where(held, given.each - given.scores, 0.0)
    spread = np.sqrt(np.where(n > 1, (away**2).sum(axis=0), np.nan) / np.maximum(n - 1, 1))
    there = ~np.isnan(spread)
    weight = there @ given.weights
    summed = np.where(there, spread, 0.0) @ given.weights
    by_issue = np.where(weight > 0, summed / np.where(weight > 0, weight, 1.0), np.nan)
    totals = given.each @ given.weights
    whole = int((~np.isnan(totals).any(axis=0)).sum())
    return Dissent(n.astype(np.float64), spread, by_issue, concordance(totals), len(totals), whole)


def verdicts(given: Matrix, moved: Moved) -> list[str]:
    """What can be said of each issue, in a sentence: as much as the scores prove, and else what the draws showed.

    given : Matrix   as `matrix` gives it
    moved : Moved    as `move_weights` gives it for that matrix
    Returns list of str   one sentence for each issue

    “Whatever the weights” is said only where the scores prove it (`sure_places`). What merely held in every draw is said to have
    held in every set of weights tried.

    Source: own words.

    >>> wide = matrix([[5, 5], [4, 1], [1, 4], [1, 1]], [1, 1], [1, 5])
    >>> for sentence in verdicts(wide, move_weights(wide, 2))[:2]:
    ...     print(sentence)
    1st whatever the weights.
    Its place depends on the weights: between 2nd and 3rd in 95% of the sets of weights tried, and in 49% of them in the first two.
    """
    best, worst = sure_places(given)
    rows = zip(best.tolist(), worst.tolist(), moved.low.tolist(), moved.high.tolist(), moved.in_top.tolist(), strict=True)
    return [_sentence(moved, *row) for row in rows]


def _sentence(moved: Moved, best: float, worst: float, low: float, high: float, share: float) -> str:
    first = "first place" if moved.k == 1 else f"the first {_COUNTED[moved.k] if moved.k < len(_COUNTED) else moved.k}"
    tried = "sets of weights tried" + (" near the given ones" if moved.concentration else "")
    if np.isnan(best):
        return "It has no place, because it was not scored on every criterion."
    if best == worst:
        return f"{_ordinal(best)} whatever the weights."
    if worst <= moved.k or best > moved.k:
        return f"{'In' if worst <= moved.k else 'Not in'} {first} whatever the weights."
    if share in (0.0, 1.0):
        return f"{f'In {first} in every one' if share else f'Not in {first} in any'} of the {moved.draws:,} {tried}."
    among = f"in {_share(share)} of them in {first}"
    if low == high:
        return f"{_ordinal(low)} in at least {moved.confidence:.0%} of the {tried}, and {among}."
    span = f"between {_ordinal(low)} and {_ordinal(high)} in {moved.confidence:.0%} of the {tried}"
    return f"Its place depends on the weights: {span}, and {among}."


def _share(share: float) -> str:
    """A share that is neither none nor all, never printed as either."""
    if share < 0.01:
        return "fewer than 1%"
    return "more than 99%" if share > 0.99 else f"{100 * share:.0f}%"


def _ordinal(place: float) -> str:
    n = int(place)
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _shares(weights: Many, criteria: int) -> Array:
    w = exposures(weights, "weights")
    if w.shape != (criteria,):
        raise ValueError(f"weights have shape {w.shape}: there must be one for each of the {criteria} criteria")
    if np.isnan(w).any():
        raise ValueError(f"weights[{int(np.argmax(np.isnan(w)))}] is missing: every criterion needs one")
    return np.asarray(w / w.sum(), dtype=np.float64)


def _ends(scales: Any, criteria: int) -> tuple[Array, Array]:
    ends = np.asarray(scales, dtype=np.float64)
    if ends.shape not in ((2,), (criteria, 2)):
        raise ValueError(f"scales have shape {ends.shape}: give a lowest and a highest score, of all criteria or of each")
    ends = np.broadcast_to(ends, (criteria, 2))
    wrong = ~(np.isfinite(ends).all(axis=1) & (ends[:, 0] < ends[:, 1]))
    if wrong.any():
        c = int(np.argmax(wrong))
        raise ValueError(f"scales[{c}] is {ends[c, 0]:g} to {ends[c, 1]:g}: the highest must be above the lowest")
    return ends[:, 0], ends[:, 1]


def _mean(each: Array) -> Array:
    """The mean over scorers of what is held; NaN where nothing is."""
    held = ~np.isnan(each)
    n = held.sum(axis=0)
    return np.where(n > 0, np.where(held, each, 0.0).sum(axis=0) / np.maximum(n, 1), np.nan)
