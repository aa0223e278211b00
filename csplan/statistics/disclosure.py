"""What may be shown of small counts: the tiers, the one mark for few, and rounding.

A small count can tell who somebody is. Few are therefore shown as one mark, none among them, and all else to the nearest 5. The
rules look at one table alone; what several tables tell together is sought by `attack`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.statistics.inputs import Array, Many, amounts, exposures

COUNTED, SUPPRESSED, MISSING = "counted", "suppressed", "missing"
#: A rate to one decimal place needs so many people below the line.
ONE_PLACE_FROM = 4_000


@dataclass(frozen=True)
class Tier:
    """What is shown of a kind of count, and of how small an area and how short a period.

    name : str              O open, S shared, V vulnerable, X never
    hidden : int or None    counts up to this are one mark; -1 hides none, None hides all
    base : int              other counts are rounded to the nearest multiple of it
    smallest_area : str     in words; empty where nothing is shown
    shortest_period : str   in words; empty where nothing is shown
    narrowest : int         a highest less a lowest possible value below this tells too much of a hidden count
    shows_zero : bool       whether none is told apart from few
    least_residents : int   fewer people than this may not live in an area that is shown
    """

    name: str
    hidden: int | None
    base: int
    smallest_area: str
    shortest_period: str
    narrowest: int
    shows_zero: bool = False
    least_residents: int = 0

    def __post_init__(self) -> None:
        if self.base < 1:
            raise ValueError(f"base is {self.base}: it must be a whole number of one at least")
        if self.hidden is None:
            return
        if self.hidden < -1:
            raise ValueError(f"hidden is {self.hidden}: it must be zero or more, or -1 to hide none")
        first = self.hidden + 1
        if (first + self.base // 2) % self.base:
            shown = rounded(first, self.base)
            last = shown + (self.base - 1) // 2
            raise ValueError(
                f"hidden is {self.hidden}, which is no edge of rounding to the nearest {self.base}: "
                f"a published {shown} would mean {first} to {last} only"
            )


OPEN = Tier("O", -1, 1, "small area (LSOA)", "month", 0, shows_zero=True)
SHARED = Tier("S", 7, 5, "small area (LSOA)", "quarter", 4)
#: Tier S for whole local authorities: none is shown as none.
SHARED_AUTHORITY = Tier("S", 7, 5, "local authority", "month", 4, shows_zero=True)
VULNERABLE = Tier("V", 12, 5, "electoral division, or neighbourhood (MSOA)", "financial year", 7, least_residents=5_000)
#: Tier V for whole local authorities: shorter periods, and the same mark.
VULNERABLE_AUTHORITY = Tier("V", 12, 5, "local authority", "quarter", 7, least_residents=5_000)
NEVER = Tier("X", None, 1, "", "", 0)


@dataclass(frozen=True)
class Released:
    """Counts as they may be shown.

    values : array              NaN where nothing is shown
    status : array, same shape  counted, suppressed or missing
    tier : Tier                 by whose rules
    """

    values: Array
    status: NDArray[np.str_]
    tier: Tier


@dataclass(frozen=True)
class Totals:
    """Sums of what is shown.

    values : array     NaN where no sum is shown
    status : array     counted, suppressed or missing
    left_out : array   how many hidden counts each sum goes without
    """

    values: Array
    status: NDArray[np.str_]
    left_out: NDArray[np.int_]


@dataclass(frozen=True)
class ReleasedRates:
    """Rates as they may be shown.

    values : array   NaN where the count is hidden or missing, or the people are
    places : array   with how many decimal places each is printed
    per : int        for so many people
    """

    values: Array
    places: NDArray[np.int_]
    per: int


def rounded(count: int, base: int) -> int:
    """A whole number to the nearest multiple of another; half-way goes up.

    count : int      zero or more
    base : int       one at least
    Returns int      a multiple of `base`

    base * floor((count + base // 2) / base). With a base of 5 the counts 8 to 12 become 10.

    Source: as for the release of counts.

    >>> [rounded(n, 5) for n in (0, 2, 3, 7, 8, 12, 13)]
    [0, 0, 5, 5, 10, 10, 15]
    """
    return base * ((count + base // 2) // base)


def released(counts: Many, tier: Tier, *, suppressed: Any = None) -> Released:
    """Counts as they may be shown: few as one mark, all else rounded.

    counts : array               whole numbers, zero or more; NaN where missing
    tier : Tier                  OPEN, SHARED, VULNERABLE, NEVER, or one of your own
    suppressed : array or None   True where whoever sent the count hid it already
    Returns Released(values, status, tier)

    A count from 0 to `tier.hidden` is suppressed. None is hidden with few, for a table that shows none apart tells that every mark
    means one at least; only a tier that `shows_zero` prints it. Every other count is rounded to the nearest `tier.base`. The last
    hidden count is the last that rounds the way it does, so that every printed number stands for as many counts as any other.

    A missing count stays missing. One that was sent hidden stays hidden in every tier, whatever stands beside it, and is never 0.

    Raises ValueError naming the first count that is negative, endless or no whole number, or when the shapes do not fit.

    Source: The Bennett Institute's rules for OpenSAFELY (hide 7 and fewer, then the nearest 5) and NHS Digital's for hospital
    statistics since 2018 (hide 1 to 7, then the nearest 5), which here hide none as well.

    >>> shown = released([0, 3, 7, 8, 12, 13, float("nan")], SHARED)
    >>> shown.values.tolist()
    [nan, nan, nan, 10.0, 10.0, 15.0, nan]
    >>> shown.status.tolist()
    ['suppressed', 'suppressed', 'suppressed', 'counted', 'counted', 'counted', 'missing']
    """
    x = _whole(counts)
    sent_hidden = np.zeros(x.shape, bool) if suppressed is None else np.asarray(suppressed, dtype=bool)
    if sent_hidden.shape != x.shape:
        raise ValueError(f"suppressed has shape {sent_hidden.shape} and counts have {x.shape}: they must be alike")
    if tier.hidden is None:
        hidden = ~np.isnan(x) | sent_hidden
    else:
        hidden = (x <= tier.hidden) & ~((x == 0) & tier.shows_zero) | sent_hidden
    status = np.where(hidden, SUPPRESSED, np.where(np.isnan(x), MISSING, COUNTED))
    near = tier.base * np.floor((x + tier.base // 2) / tier.base)
    return Released(np.where(status == COUNTED, near, np.nan), status, tier)


def totals(shown: Released, axis: int = 0) -> Totals:
    """Sums of counts as they are shown.

    shown : Released    of one table
    axis : int          along which is summed, 0 for the first
    Returns Totals(values, status, left_out)

    A sum adds the rounded counts that are shown, and nothing of a hidden one: whoever has the table can work it out, so it tells
    nothing more. It is printed as a sum of what is shown, with how many are left out. Where all are hidden the sum is hidden; where
    any is missing it is missing. The sum of shown counts is above what the tier hides, as each of them is.

    A sum that is counted by itself and then rounded would tell more, and would differ. It is not made here; where one is published
    it belongs into the ledger that `attack` is given.

    Source: The Bennett Institute's rules for OpenSAFELY: sums are made of rounded counts.

    >>> found = totals(released([[12, 3], [21, 2]], SHARED))
    >>> found.values.tolist(), found.status.tolist(), found.left_out.tolist()
    ([30.0, nan], ['counted', 'suppressed'], [0, 2])
    """
    hidden, missing = shown.status == SUPPRESSED, shown.status == MISSING
    none_shown = ~(shown.status == COUNTED).any(axis=axis)
    status = np.where(missing.any(axis=axis), MISSING, np.where(none_shown, SUPPRESSED, COUNTED))
    values = np.where(status == COUNTED, np.nansum(shown.values, axis=axis), np.nan)
    return Totals(values, status, hidden.sum(axis=axis))


def released_rates(shown: Released, population: Many, *, per: int = 1000) -> ReleasedRates:
    """Rates worked out from counts as they are shown, with no more decimal places than they bear.

    shown : Released                   counts of areas
    population : array, same shape     people or households, more than zero; NaN where missing
    per : int                          the rate is events for each `per`
    Returns ReleasedRates(values, places, per)

    Rate = per * rounded count / population, to a whole number; to one decimal place where the population is 4,000 or more. Half-way
    goes up. No rate is worked out from the count behind: it would give the rounding away.

    Raises ValueError naming the first population that is not more than zero, or when the shapes do not fit.

    Source: NHS Digital's rules for hospital statistics: a percentage to one decimal place needs a denominator of 4,000.

    >>> found = released_rates(released([12, 12, 3], SHARED), [3999, 4000, 4000])
    >>> found.values.tolist(), found.places.tolist()
    ([3.0, 2.5, nan], [0, 1, 1])
    """
    people = exposures(population, "population")
    if people.shape != shown.values.shape:
        raise ValueError(f"population has shape {people.shape} and counts have {shown.values.shape}: they must be alike")
    if per < 1:
        raise ValueError(f"per is {per}: it must be one at least")
    places = np.where(people >= ONE_PLACE_FROM, 1, 0)
    parts = 10.0**places
    # Twice the rate over twice the population, so that half-way is a whole number and exact.
    values = np.floor((2 * parts * per * shown.values + people) / (2 * people)) / parts
    return ReleasedRates(values, places, per)


def words(shown: Released) -> str:
    """What was done to a table, in a sentence.

    shown : Released   of one table
    Returns str        one sentence, or two

    Source: the rules of the tier.

    >>> words(released([0, 3, 12, 40], SHARED))
    'Of 4 counts 2 are hidden, as 7 or fewer (none among them) or as sent hidden; the others are to the nearest 5.'
    """
    tier, n, hidden = shown.tier, shown.status.size, int((shown.status == SUPPRESSED).sum())
    if tier.hidden is None:
        return "Nothing of this kind is published."
    if tier.hidden < 0:
        return "The counts are shown as they are."
    few = f"1 to {tier.hidden}" if tier.shows_zero else f"{tier.hidden} or fewer (none among them)"
    is_or_are = "is" if hidden == 1 else "are"
    return (
        f"Of {n:,} counts {hidden:,} {is_or_are} hidden, as {few} or as sent hidden; the others are to the nearest {tier.base}."
    )


def _whole(counts: Many) -> Array:
    x = amounts(counts, "counts")
    bad = ~np.isnan(x) & (x != np.floor(x))
    if bad.any():
        at = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f"[{', '.join(map(str, at))}]" if at else ""
        raise ValueError(f"counts{place} is {x[at]:g}: a count is a whole number")
    return x
