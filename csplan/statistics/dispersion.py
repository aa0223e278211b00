"""How many times more the months of a series vary than chance alone would make them.

Separate events that come at a steady pace give monthly counts that vary by about their square root. Recorded crime varies
more: one person may do many, one operation may find many, and a month's arrears may be recorded in a day. A test that knows
only the square root calls far too many changes real. So the excess is measured from the series itself, and the test is widened
by it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array

#: Turns of the fit; eight are usual, and a fit that needs more than fifty has no end.
_TURNS = 50


def dispersion(counts: Array, days: Array, group: NDArray[Any]) -> tuple[float, int]:
    """How many times more the months vary than chance, and on how many degrees of freedom that is known.

    counts : float array (months,)   events in each month; NaN where not held
    days : float array (months,)     days in each month, more than zero
    group : int array (months,)      months of one group share a level; a difference between groups is not counted as spread
    Returns phi, degrees_of_freedom: phi is at least 1; NaN and 0 when the months cannot tell

    The mean of a month is its days, times the level of its group, times a yearly wave: log mu = log days + level + a cos + b
    sin, the angle going once round in twelve months. phi = max(1, X / f), where X sums (count - mu)^2 / mu over the months held
    and f, the degrees of freedom, is the months held less the terms fitted.

    A group in which nothing happened is left out: a level of zero fits it exactly and tells nothing about spread. A wave that
    the months held cannot tell from the levels, or that would sink without end because nearly all events fall in one or two
    calendar months, is dropped; what it would have explained then counts as spread.

    Source: McCullagh and Nelder (1989), chapter 6, for log-linear models of counts and the estimate of phi.

    >>> months, days = np.arange(24), np.full(24, 30.0)
    >>> phi, freedom = dispersion(np.array([90.0, 110.0] * 12), days, months >= 12)
    >>> round(phi, 2), freedom
    (1.2, 20)
    """
    some = [g for g in np.unique(group) if np.nansum(counts[group == g]) > 0]
    if not some:
        return float("nan"), 0
    used = ~np.isnan(counts) & np.isin(group, some)
    y, t, month = counts[used], days[used], np.arange(counts.size)[used]
    levels = [(group[used] == g).astype(np.float64) for g in some]
    angle = 2 * np.pi * month / 12
    for waves in ([np.cos(angle), np.sin(angle)], []):
        columns = _independent([*levels, *waves])
        means = fitted_means(y, t, columns)
        if means is not None and y.size > columns.shape[1]:
            freedom = y.size - columns.shape[1]
            return max(1.0, float(((y - means) ** 2 / means).sum() / freedom)), freedom
    return float("nan"), 0


def fitted_means(counts: Array, exposure: Array, columns: Array) -> Array | None:
    """The means of a log-linear model of counts, fitted by repeated weighted least squares.

    counts, exposure : float array (months,)   events, and the days they are spread over
    columns : float array (months, terms)      independent columns, an intercept or levels among them
    Returns float array (months,)              or None when the fit does not settle, as when a term wants to fall without end

    >>> fitted_means(np.array([8.0, 12.0]), np.array([30.0, 30.0]), np.ones((2, 1))).round(6).tolist()
    [10.0, 10.0]
    """
    offset, predicted = np.log(exposure), np.log(counts + 0.5)
    for _ in range(_TURNS):
        means = np.exp(predicted)
        weight = np.sqrt(means)
        target = predicted - offset + (counts - means) / means
        terms = np.linalg.lstsq(weight[:, None] * columns, weight * target, rcond=None)[0]
        last, predicted = predicted, offset + columns @ terms
        # Beyond 30 either way a month would hold e^30 events or none: the fit is running away.
        if not (np.abs(predicted) < 30).all():
            return None
        if np.abs(predicted - last).max() < 1e-9:
            return np.asarray(np.exp(predicted), dtype=np.float64)
    return None


def _independent(columns: list[Array]) -> Array:
    """The columns side by side, leaving out each one that those before it already make."""
    kept: list[Array] = []
    for column in columns:
        if np.linalg.matrix_rank(np.column_stack([*kept, column]), tol=1e-8) > len(kept):
            kept.append(column)
    return np.column_stack(kept)
