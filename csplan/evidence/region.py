"""A district beside the other districts of its region: their rates as they are, without a verdict.

Whether a district stands apart is told by one test alone, among the districts of all England (`comparisons.of_districts`).
Here the districts that readers know stand side by side, under the same conditions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from csplan.cycle.periods import Period
from csplan.evidence import areas, catalogue, comparisons
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import short
from csplan.evidence.findings_words import FEWEST_FOR_RATE, LONGEST_HEADLINE
from csplan.evidence.plain_words import number
from csplan.evidence.types import Type
from csplan.evidence.view import View
from csplan.statistics.rates import crude_rate

#: With fewer districts there is nothing to lie between.
LEAST_DISTRICTS = 3
#: Regions that are said without "the".
WITHOUT_ARTICLE = ("London", "Yorkshire and The Humber")


@dataclass(frozen=True)
class DistrictRate:
    """One district. population : residents or households;  rate, low, high : per `per` of them, with the 95% limits"""

    area: Area
    force: str
    count: int
    population: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class RegionFindings:
    """One type in a district and in the other districts of its region.

    districts : highest rate first, the district itself among them; empty when none may stand beside it, and `why` says why
    left_out : districts of the region that are not among them, each with the reason
    base, base_label : what the rates are of ("households"), and which of them ("households, Census 2021")
    """

    topic: str
    district: Area
    region: Area
    period: Period
    per: int
    base: str
    base_label: str
    districts: tuple[DistrictRate, ...]
    left_out: tuple[tuple[Area, str], ...]
    why: str

    @property
    def own(self) -> DistrictRate | None:
        """The district itself; None when none may stand beside it."""
        return next((one for one in self.districts if one.area == self.district), None)

    @property
    def median(self) -> float | None:
        """The rate with half of the districts above it and half below."""
        return float(median(one.rate for one in self.districts)) if self.districts else None

    @property
    def region_words(self) -> str:
        """ "the North East", "London"."""
        return self.region.name if self.region.name in WITHOUT_ARTICLE else f"the {self.region.name}"

    @property
    def words(self) -> str:
        """What lies between what, as a sentence; why there is nothing to say, else."""
        if self.own is None:
            return self.why
        others = len(self.districts) - 1
        those = f"{number(others)} other districts" if self.left_out else f"the other {number(others)} districts"
        return (
            f"{self.district.name} recorded {self.own.rate:.1f} for every {self.per:,} {self.base}; "
            f"{those} of {self.region_words} recorded {self._between()}."
        )

    @property
    def headline(self) -> str:
        """The same in under 90 characters, without its full stop."""
        if self.own is None:
            return self.why.rstrip(".")
        ours = f"{self.district.name} had {self.own.rate:.1f} per {self.per:,} {self.base}"
        told = (
            f"{ours}; the rest of {self.region_words} {self._between()}",
            f"{ours}; the rest of its region {self._between()}",
            ours,
        )
        return next((text for text in told if len(text) <= LONGEST_HEADLINE), ours)

    def _between(self) -> str:
        rates = [one.rate for one in self.districts if one is not self.own]
        return f"from {min(rates):.1f} to {max(rates):.1f}"

    def as_json(self) -> dict[str, Any]:
        """region, districts, median, words, why, and the rest."""
        return {
            "region": _area(self.region),
            "period": {"id": self.period.id, "from": self.period.from_month, "to": self.period.to_month},
            "per": self.per,
            "base": self.base,
            "districts": [
                {
                    **_area(one.area),
                    **{name: short(getattr(one, name)) for name in ("force", "count", "population", "rate", "low", "high")},
                }
                for one in self.districts
            ],
            "median": short(self.median),
            "words": self.words,
            "left_out": [{**_area(area), "why": why} for area, why in self.left_out],
            "why": self.why or None,
        }


def _area(area: Area) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "type": area.type}


def beside_region(view: View, of: Type, area: Area, period: Period) -> RegionFindings | None:
    """The districts of a district's region where they may stand beside it (`comparisons.english_districts`); None for a larger area."""
    if area.type != "district":
        return None
    held, region = comparisons.english_districts(view, of, area, period), areas.region_of(area.code)
    base, per = areas.denominator(area.code, of.denominator, view.day), catalogue.of_topic(of.slug).per
    found = RegionFindings(of.slug, area, region, period, per, of.denominator, base.label if base else "", (), (), held.why)
    if held.why:
        return found
    rates = [_rate(one, held.counts.get(one.code), of, per, view) for one in areas.within(region.code, "district")]
    shown = sorted((one for one in rates if isinstance(one, DistrictRate)), key=lambda one: (-one.rate, one.area.name))
    left = tuple(one for one in rates if not isinstance(one, DistrictRate))
    why = _why_none(area, shown, left)
    return replace(found, why=why) if why else replace(found, districts=tuple(shown), left_out=left)


def _rate(area: Area, count: int | None, of: Type, per: int, view: View) -> DistrictRate | tuple[Area, str]:
    """A district's rate, or why it has none that can be said."""
    base = areas.denominator(area.code, of.denominator, view.day)
    if count is None:
        return area, "its police force did not publish every month"
    if base is None:
        return area, f"how many {of.denominator} it had is not held here on this day"
    if count < FEWEST_FOR_RATE:
        return area, f"fewer than {number(FEWEST_FOR_RATE)} were recorded there"
    rate = crude_rate(count, base.value, per=per)
    return DistrictRate(area, areas.force_of(area.code).name, count, base.value, rate.value, rate.low, rate.high)


def _why_none(district: Area, shown: Sequence[DistrictRate], left: Sequence[tuple[Area, str]]) -> str:
    """Why the region cannot be shown, where the counts themselves could be; empty when it can."""
    own = next((why for area, why in left if area == district), "")
    if own:
        return f"{district.name} has no rate to set beside others: {own}."
    return "Too few districts of its region can be shown." if len(shown) < LEAST_DISTRICTS else ""
