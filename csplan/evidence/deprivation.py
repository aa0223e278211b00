"""How often one type is recorded in the more and the less deprived small areas of a district."""

from dataclasses import dataclass
from typing import Any

from csplan.cycle.periods import Period
from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import short
from csplan.evidence.gathering import FEWEST
from csplan.evidence.types import Type
from csplan.evidence.view import View

TENTHS = 10


@dataclass(frozen=True)
class Tenth:
    """The small areas of one tenth of England by deprivation, 1 the most deprived. people : residents or households"""

    tenth: int
    places: int
    people: int
    count: int
    rate: float | None


@dataclass(frozen=True)
class Deprivation:
    """One type by deprivation. times, low, high : how often at the most deprived end beside the least; why : why that is not said"""

    tenths: tuple[Tenth, ...]
    per: int
    base: str
    times: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""

    @property
    def words(self) -> str:
        """The finding, or why there is none."""
        if self.times is None or self.low is None:
            return self.why
        ends = "the most deprived end of the small areas here", "the least deprived"
        limits = f"{self.low:.1f} to {self.high:.1f}" if self.high is not None else f"{self.low:.1f} and more"
        if self.low <= 1 and (self.high is None or self.high >= 1):
            return f"Rates at {ends[0]} and at {ends[1]} do not clearly differ: {self.times:.1f} times, with 95% limits {limits}."
        return f"At {ends[0]} the rate is {self.times:.1f} times that at {ends[1]} (95% limits {limits})."

    def as_json(self) -> dict[str, Any]:
        """Each tenth, the index and its limits, words."""
        rows = [{**vars(t), "rate": short(t.rate)} for t in self.tenths]
        numbers = {name: short(getattr(self, name)) for name in ("times", "low", "high")}
        return {"tenths": rows, "per": self.per, "base": self.base, **numbers, "words": self.words}


def of_small_areas(view: View, of: Type, district: Area, period: Period, *, per: int) -> Deprivation:
    """The rates of a type by tenth of deprivation, and the relative index of inequality over them."""
    counts = view.counts("lsoa", of.slug, period, within=district.code)
    places = {code: (areas.decile(code, view.day), areas.denominator(code, of.denominator, view.day)) for code in counts}
    if not counts or any(tenth is None or base is None for tenth, base in places.values()):
        return Deprivation((), per, of.denominator, why="How deprived the small areas here are is not held for this day.")
    held: dict[int, list[str]] = {tenth: [] for tenth in range(1, TENTHS + 1)}
    for code, (tenth, _) in places.items():
        held[tenth or 0].append(code)
    tenths = tuple(_tenth(tenth, codes, counts, places, per) for tenth, codes in held.items())
    return _index(tenths, per, of.denominator)


def _tenth(tenth: int, codes: list[str], counts: Any, places: Any, per: int) -> Tenth:
    people, count = sum(places[code][1].value for code in codes), sum(counts[code] for code in codes)
    return Tenth(tenth, len(codes), people, count, per * count / people if people else None)


def _index(tenths: tuple[Tenth, ...], per: int, base: str) -> Deprivation:
    from csplan.statistics.inequality import slope_index

    there = [t for t in tenths if t.people]
    if sum(t.count for t in there) < FEWEST:
        return Deprivation(tenths, per, base, why=f"Fewer than {FEWEST} were recorded: too few to set beside deprivation.")
    found = slope_index([t.count for t in there], [t.people for t in there], per=per)
    if found.relative != found.relative or found.relative_low != found.relative_low:
        return Deprivation(
            tenths,
            per,
            base,
            why="Too few tenths are held, or the least deprived have too few, for one end to be set beside the other.",
        )
    high = found.relative_high if found.relative_high == found.relative_high else None
    return Deprivation(tenths, per, base, found.relative, found.relative_low, high)
