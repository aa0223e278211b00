"""How far two people who read the same comments agree, beyond what chance would give.

Two people who put one comment in ten under a theme, each at random, leave it out alike four times in five. So bare agreement
flatters. Kappa counts only the agreement that goes beyond chance: 1 is all of it, 0 is what chance gives, less is worse.

Kappa depends on how common a theme is. A theme that nearly nobody raised can have a low kappa although the two readers
differed once; read it with its range and with the number of comments on which they differed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, amounts, upper_tail

NO_COMMENT = "No comment was read by two people, so there is nothing to compare."
NO_CHOICE = "Both put every comment in the same place, so agreement cannot be told from chance."
NO_RANGE = "They agree on every comment, and then the formula gives no range."
ONE_SIDED = "One of the two put every comment in the same place, so kappa is nought whatever the other did, and has no range."
TOO_FEW = "One comment was read by two people. That is too few for a range."


@dataclass(frozen=True)
class Kappa:
    """Agreement of two readers beyond chance, with its limits and what it was worked out from.

    value : float         1 for all agreement beyond chance, 0 for none; NaN where undefined, and `why` says why
    error : float         standard error; NaN where undefined
    low, high : float     limits, from -1 to 1; NaN where undefined
    agreement : float     share of the decisions that were alike, 0 to 1; NaN where there are none
    n : int               comments read by both
    confidence : float    0.95 for 95% limits
    why : str             why the value or its limits are not given, in words; empty where they are
    """

    value: float
    error: float
    low: float
    high: float
    agreement: float
    n: int
    confidence: float
    why: str = ""


def cohen(table: Sequence[Sequence[float]] | NDArray[Any], *, confidence: float = 0.95) -> Kappa:
    """Cohen's kappa of two readers who each put every comment in one of several classes.

    table : array (classes, classes)   comments that the first reader put in the class of the row, the second in that of the column
    confidence : float                 0.95 for 95% limits
    Returns Kappa(value, error, low, high, agreement, n, confidence, why)

    With p the shares of the table, r and c the sums of its rows and columns: agreement o = sum p[i,i]; by chance e = sum
    r[i] c[i]; kappa k = (o - e) / (1 - e). The standard error is the root of

    (sum p[i,i] (1 - (r[i] + c[i])(1 - k))^2 + (1 - k)^2 sum p[i,j] (c[i] + r[j])^2 over i not j - (k - e (1 - k))^2) / (n (1 - e)^2)

    and the limits are k -/+ z times that, cut at -1 and 1. They hold for many comments; below about fifty they are rough.

    Undefined, with the reason in words: no comment; both put all comments in one class, the same; and, for the limits alone,
    agreement on every comment, or one reader putting all in one class, where the formula gives an error of zero.

    Raises ValueError for a table that is not square, or naming the first count that is negative, missing or endless.

    Source: Cohen (1960) for kappa; Fleiss, Cohen and Everitt (1969) for the standard error. The printed numbers below, of
    three classes and of four, and their limits were worked out again from the formula as it stands here.

    >>> skin = cohen([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
    >>> round(skin.value, 4), round(skin.error, 4), round(skin.low, 4), round(skin.high, 4)
    (0.3449, 0.0724, 0.203, 0.4868)
    >>> cohen([[0, 0], [0, 12]]).why
    'Both put every comment in the same place, so agreement cannot be told from chance.'
    """
    counts = _square(table)
    n = float(counts.sum())
    if n == 0:
        return _undefined(0, float("nan"), confidence, NO_COMMENT)
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    # From the table itself, so that full agreement is exactly 1 and not a rounding away from it.
    observed, chance = float(np.trace(counts)) / n, float(rows @ columns)
    if np.isclose(chance, 1.0, atol=1e-12):
        return _undefined(int(n), observed, confidence, NO_CHOICE)
    kappa = (observed - chance) / (1 - chance)
    if observed == 1.0:
        return Kappa(1.0, float("nan"), float("nan"), float("nan"), 1.0, int(n), confidence, NO_RANGE)
    if kappa == 0 and (rows.max() == 1 or columns.max() == 1):
        # One reader put all in one class: the formula gives an error of zero, which would read as certainty.
        return Kappa(0.0, float("nan"), float("nan"), float("nan"), observed, int(n), confidence, ONE_SIDED)
    apart = p * (columns[:, None] + rows[None, :]) ** 2
    alike = np.diag(p) * (1 - (rows + columns) * (1 - kappa)) ** 2
    spread = alike.sum() + (1 - kappa) ** 2 * (apart.sum() - np.trace(apart)) - (kappa - chance * (1 - kappa)) ** 2
    error = float(np.sqrt(max(spread, 0.0) / n)) / (1 - chance)
    return _with_limits(kappa, error, observed, int(n), confidence)


def of_theme(
    first: Sequence[Collection[str]], second: Sequence[Collection[str]], theme: str, *, confidence: float = 0.95
) -> Kappa:
    """Cohen's kappa for one theme, where a comment may stand under any number: it has the theme or has not.

    first, second : lists (comments,)   the themes that each reader gave each comment, in the same order
    theme : str                         the theme that is looked at
    Returns Kappa(value, error, low, high, agreement, n, confidence, why)

    The table has two classes, with the theme and without.

    Raises ValueError where the two lists are not of the same length.

    Source: as for the table.

    >>> of_theme([{"lights"}, {"lights", "bus"}, set(), set()], [{"lights"}, {"bus"}, set(), set()], "lights").value
    0.5
    """
    return cohen(_table(*_has(first, second, [theme])[:, :, 0]), confidence=confidence)


def pooled(
    first: Sequence[Collection[str]], second: Sequence[Collection[str]], themes: Sequence[str], *, confidence: float = 0.95
) -> Kappa:
    """One kappa over all themes, where a comment may stand under any number.

    first, second : lists (comments,)   the themes that each reader gave each comment, in the same order
    themes : list (themes,)             every theme that could be given, also those that nobody gave
    Returns Kappa(value, error, low, high, agreement, n, confidence, why)

    The agreement and the agreement by chance of the themes are added up before they are compared: k = sum (o - e) / sum (1 - e).
    A theme that neither gave adds nothing. The share of agreement is the mean of the themes' own, so it does rise with themes
    that nobody gave: read kappa, not the share.

    The themes of one comment belong together, so the error is that of the jackknife over comments: k is worked out with each
    comment left out in turn, and error^2 = (n - 1)/n times the sum of squares around their mean.

    Raises ValueError where the two lists are not of the same length.

    Source: De Vries, Elliott, Kanouse and Teleki (2008) for pooling; Efron and Tibshirani (1993), chapter 11, for the
    jackknife. Checked: with one theme it is the kappa of that theme; a theme that nobody gave changes nothing; over 400
    invented comments the jackknife's error lies within a tenth of the spread that 2,000 repeats show.

    >>> pooled([{"a"}, {"a", "b"}, set(), {"b"}], [{"a"}, {"b"}, set(), {"b"}], ["a", "b"]).value
    0.75
    """
    has = _has(first, second, list(themes))
    n = has.shape[1]
    if n == 0 or not themes:
        return _undefined(n, float("nan"), confidence, NO_COMMENT)
    # both, the first alone, the second alone: counts of each theme, from which a comment is easily left out
    one, two = has[0].astype(np.float64), has[1].astype(np.float64)
    both, by_first, by_second = (one * two).sum(axis=0), one.sum(axis=0), two.sum(axis=0)
    observed = float((has[0] == has[1]).mean())
    kappa = float(_of_sums(both, by_first, by_second, n))
    if np.isnan(kappa):
        return _undefined(n, observed, confidence, NO_CHOICE)
    if observed == 1.0:
        return Kappa(1.0, float("nan"), float("nan"), float("nan"), 1.0, n, confidence, NO_RANGE)
    without = _of_sums(both - one * two, by_first - one, by_second - two, n - 1) if n > 1 else np.array([np.nan])
    if np.isnan(without).any():
        return Kappa(kappa, float("nan"), float("nan"), float("nan"), observed, n, confidence, TOO_FEW if n == 1 else NO_CHOICE)
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    return _with_limits(kappa, error, observed, n, confidence)


def in_words(found: Kappa) -> str:
    """What a kappa says, in a sentence.

    found : Kappa   as the functions here give it
    Returns str     one sentence, or the reason where kappa is undefined

    Below 0 less than chance, at 0 no more than chance, to 0.20 slight, to 0.40 fair, to 0.60 moderate, to 0.80 substantial, above that almost perfect.
    The words are a habit and no law.

    Source: Landis and Koch (1977).

    >>> in_words(cohen([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))
    'Substantial agreement beyond chance.'
    """
    if np.isnan(found.value):
        return found.why
    if found.value < 0:
        return "Less agreement than chance would give."
    if found.value == 0:
        return "No more agreement than chance would give."
    steps = ((0.2, "Slight"), (0.4, "Fair"), (0.6, "Moderate"), (0.8, "Substantial"), (1.0, "Almost perfect"))
    # 0.8000000001 is 0.8 for a reader.
    word = next(word for most, word in steps if found.value <= most + 1e-9)
    return f"{word} agreement beyond chance."


def _square(table: Sequence[Sequence[float]] | NDArray[Any]) -> Array:
    counts = amounts(np.asarray(table, dtype=np.float64), "table")
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.size == 0:
        raise ValueError(f"table has shape {counts.shape}: it must be square, with a row and a column for each class")
    if np.isnan(counts).any():
        raise ValueError("table has a missing count: a comment that one reader did not read is left out of it")
    return counts


def _has(first: Sequence[Collection[str]], second: Sequence[Collection[str]], themes: Sequence[str]) -> NDArray[np.bool_]:
    """Array (2, comments, themes): who gave which theme to which comment."""
    if len(first) != len(second):
        raise ValueError(f"first has {len(first)} comments and second {len(second)}: both must have read the same ones")
    given = [[[theme in themes_of for theme in themes] for themes_of in reader] for reader in (first, second)]
    return np.array(given, dtype=np.bool_).reshape(2, len(first), len(themes))


def _table(one: NDArray[np.bool_], two: NDArray[np.bool_]) -> Array:
    """With and without a theme, by the first reader and by the second."""
    cells = [[(a & b).sum() for b in (two, ~two)] for a in (one, ~one)]
    return np.array(cells, dtype=np.float64)


def _of_sums(both: Array, by_first: Array, by_second: Array, n: int) -> Array:
    """Pooled kappa from counts of each theme, which stand along the last axis; NaN where chance alone agrees on all."""
    observed = 1 - (by_first + by_second - 2 * both) / n
    chance = (by_first * by_second + (n - by_first) * (n - by_second)) / n**2
    beyond = (1 - chance).sum(axis=-1)
    is_told = beyond > 1e-12
    found = (observed - chance).sum(axis=-1) / np.where(is_told, beyond, 1.0)
    return np.asarray(np.where(is_told, found, np.nan), dtype=np.float64)


def _with_limits(kappa: float, error: float, observed: float, n: int, confidence: float) -> Kappa:
    from scipy.special import ndtri

    reach = float(ndtri(1 - upper_tail(confidence))) * error
    return Kappa(kappa, error, max(kappa - reach, -1.0), min(kappa + reach, 1.0), observed, n, confidence)


def _undefined(n: int, observed: float, confidence: float, why: str) -> Kappa:
    nothing = float("nan")
    return Kappa(nothing, nothing, nothing, nothing, observed, n, confidence, why)
