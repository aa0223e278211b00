"""Numbers, months and lists as people say them, and the words that no sentence of ours holds.

The same value always gives the same words: variety comes from what was found, never from synonyms.
"""

from collections.abc import Sequence

from csplan.cycle import periods
from csplan.cycle.words import capital as capital
from csplan.cycle.words import listed as listed

#: Words that a reader could take for more than a test says, that say nothing, or that make people their trouble.
AVOID = (
    *("significant", "dramatic", "soar", "plummet", "spike", "alarming", "worrying", "only a", "just a", "unfortunately"),
    *("hotbed", "plague", "robust", "leverage", "stakeholder", "going forward", "key driver", "it is important to note"),
    *("victims of crime are", "offenders are", "vulnerable people are", "at risk youth", "hard to reach", "hard-to-reach"),
    *("proves", "caused by", "due to the fact", "trend shows"),
)

_SMALL = tuple("no one two three four five six seven eight nine ten".split())


def avoided(text: str) -> str:
    """The first word of `AVOID` that a text holds; empty when it holds none."""
    low = text.lower()
    return next((word for word in AVOID if word in low), "")


def number(n: float) -> str:
    """7081 -> 7,081; whole numbers below eleven as words, none as "no"."""
    return _SMALL[int(n)] if 0 <= n <= 10 and n == int(n) else f"{n:,.0f}"


def how_many(n: float) -> str:
    """A number that stands alone in a sentence: "none", "four", "7,081"."""
    return "none" if n == 0 else number(n)


def per_cent(x: float) -> str:
    """A percentage without decimals and without its sign: -30.6 -> 31%."""
    return f"{abs(x):.0f}%"


def runs(months: Sequence[str]) -> list[tuple[str, str]]:
    """The unbroken stretches of a list of months, each as its first and last; months in order."""
    found: list[tuple[str, str]] = []
    for month in months:
        if found and periods.add_months(found[-1][1], 1) == month:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def are(months: Sequence[str]) -> str:
    """ "is" for one month, "are" for more."""
    return "is" if len(months) == 1 else "are"


def months_said(months: Sequence[str]) -> str:
    """January to April 2025; March and May 2025; October 2018 to February 2019. Months in order, none left out."""
    stretches = runs(months)
    if len({month[:4] for month in months}) > 1:
        return listed(periods.in_words(periods.run(*stretch)) for stretch in stretches)
    return f"{listed(part for stretch in stretches for part in _names(*stretch))} {months[0][:4]}"


def same_months_said(months: Sequence[str]) -> str:
    """Months named a second time, a year apart: "the same month of 2025", "the same months of 2025", "… a year later"."""
    if len({month[:4] for month in months}) > 1:
        return "the same months a year later"
    return f"the same {'month' if len(months) == 1 else 'months'} of {months[0][:4]}"


def _names(first: str, last: str) -> tuple[str, ...]:
    """One stretch inside a year: one name, two names, or first and last with "to"."""
    start, end = (periods.MONTH_NAMES[int(month[5:7]) - 1] for month in (first, last))
    if first == last:
        return (start,)
    return (start, end) if periods.add_months(first, 1) == last else (f"{start} to {end}",)
