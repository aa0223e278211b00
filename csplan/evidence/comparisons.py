"""Each area beside all areas of its kind: those inside its district, and the district beside the districts of England.

A comparison allows for chance and for how much areas differ anyway (`statistics.funnel`). Where it cannot be fair it is not
made, and says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csplan.cycle.periods import Period
from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.carried import COUNTS_BY_DISTRICT, district_counts, file
from csplan.evidence.findings_shapes import ComparisonFinding
from csplan.evidence.findings_words import FEWEST_FOR_RATE
from csplan.evidence.places import COUNTRY_FIGURES
from csplan.evidence.types import ALL, Type
from csplan.evidence.view import View
from csplan.statistics import funnel

#: With fewer areas the spread between them is not known well enough to call one of them apart.
LEAST_AREAS = 10
KINDS = {
    "lsoa": "small areas",
    "msoa": "neighbourhoods",
    "division": "electoral divisions",
    "local": "local areas",
    "district": "districts",
}
#: Why an area stands nowhere among the others; it is read beside one type and in a list of reasons alike.
TOO_FEW = "Where fewer than ten were recorded, there are too few to compare."
ENGLISH_DISTRICTS = "English districts whose police force published every month"


@dataclass(frozen=True)
class Group:
    """The areas of one kind compared for one type and period, in order of code.

    words : which areas, for a sentence;  why : why none is compared; empty when they are
    rate : of all of them together, for each person or household
    """

    words: str
    areas: tuple[str, ...]
    why: str = ""
    rate: float | None = None
    verdicts: tuple[str, ...] = ()
    q: tuple[float, ...] = ()

    def finding(self, code: str, per: int, count: int | None) -> ComparisonFinding:
        """Where one area of the group stands; nowhere with too few events for a rate, though it belongs to the group."""
        if self.why or self.rate is None or code not in self.areas:
            why = self.why or f"It is not one of {self.words}."
            return ComparisonFinding(self.words, len(self.areas), "not_compared", why, None, None)
        if (count or 0) < FEWEST_FOR_RATE:
            return ComparisonFinding(self.words, len(self.areas), "not_compared", TOO_FEW, per * self.rate, None)
        at = self.areas.index(code)
        return ComparisonFinding(self.words, len(self.areas), self.verdicts[at], "", per * self.rate, self.q[at])


def inside(view: View, of: Type, district: Area, kind: str, period: Period) -> Group:
    """All areas of a kind inside a district. Types that forces count differently are compared here: one force counted them."""
    held = sorted(areas.within(district.code, kind, view.day), key=lambda area: area.code)
    words = f"the {len(held)} {KINDS[kind]} of {district.name}"
    if of.slug == ALL:
        return Group(words, (), of.why_not_compared)
    counts = view.counts(kind, of.slug, period, within=district.code)
    known = [area.code for area in held if area.code in counts]
    return _group(words, known, [counts[code] for code in known], of, view)


def of_districts(view: View, of: Type, district: Area, period: Period) -> Group:
    """A district beside the districts of England, for the year of which counts of other districts are carried."""
    held = english_districts(view, of, district, period)
    if held.why:
        return Group(held.words, (), held.why)
    return _group(held.words, tuple(held.counts), tuple(held.counts.values()), of, view)


@dataclass(frozen=True)
class EnglishDistricts:
    """The counts of one type in the districts of England that may stand beside one of them.

    words : which districts, for a sentence;  why : why none may; empty when they may
    counts : {district: count} in order of code; a district is left out when its force did not publish every month
    """

    words: str
    why: str
    counts: Mapping[str, int]


def english_districts(view: View, of: Type, district: Area, period: Period) -> EnglishDistricts:
    """The counts beside which a district's own may be set. Its own count is the view's, so it is the same everywhere."""
    table, published_on = district_counts(), file(COUNTRY_FIGURES, COUNTS_BY_DISTRICT).published_on
    chosen = [int(i) for i in np.flatnonzero(table.held.all(axis=1)) if table.districts[i].startswith("E")]
    words = f"the {len(chosen)} {ENGLISH_DISTRICTS} of {table.months[0][:4]}"
    own = view.counts("district", of.slug, period, within=district.code).get(district.code)
    why = ""
    if not of.compared:
        why = of.why_not_compared
    elif view.day < published_on:
        why = "Other districts’ figures were not published yet, so no comparison is made."
    elif not district.code.startswith("E"):
        why = "Districts are compared within England alone."
    elif period.months != table.months:
        why = f"Other districts’ figures are held for {table.months[0][:4]} alone, so no comparison is made for {period.title}."
    elif own is None or district.code not in {table.districts[i] for i in chosen}:
        why = "Not every month is held for this district, so no comparison is made."
    if why or own is None:
        return EnglishDistricts(words if view.day >= published_on else "English districts", why, {})
    counts = table.counts[table.types.index(of.slug), chosen].sum(axis=1)
    others = {table.districts[i]: int(n) for i, n in zip(chosen, counts, strict=True)}
    return EnglishDistricts(words, "", others | {district.code: own})


def not_known(base: str) -> str:
    """That residents or households are not known, as the beginning of a sentence."""
    return f"How many {base} there are is not held here for areas of this size on this day"


def _group(words: str, codes: Sequence[str], counts: Sequence[int], of: Type, view: View) -> Group:
    if len(codes) < LEAST_AREAS:
        return Group(words, tuple(codes), "There are too few areas of its kind to compare.")
    population = [areas.denominator(code, of.denominator, view.day) for code in codes]
    if any(base is None for base in population):
        return Group(words, tuple(codes), f"{not_known(of.denominator)}, so no comparison is made.")
    people: NDArray[np.float64] = np.array([base.value for base in population if base is not None], dtype=np.float64)
    if not sum(counts):
        return Group(words, tuple(codes), f"No {of.noun_plural} were recorded in any of them.")
    found = funnel.position(np.array(counts, dtype=np.float64), people)
    verdicts = tuple(str(word) for word in funnel.verdicts(found))
    return Group(words, tuple(codes), "", float(sum(counts) / people.sum()), verdicts, tuple(float(q) for q in found.q))
