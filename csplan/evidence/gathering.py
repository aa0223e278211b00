"""How far one type of a district gathers in few small areas, in numbers and a sentence."""

from dataclasses import dataclass
from typing import Any

from csplan.cycle.periods import Period
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import short
from csplan.evidence.types import Type
from csplan.evidence.view import View

#: With fewer events the places that hold half of them are mostly those that chance chose.
FEWEST = 100


@dataclass(frozen=True)
class Gathering:
    """The small areas of a district by how many of one type each holds in a period.

    half, quarter : how many of the places, those with most first, hold a half and a quarter of the events
    half_by_chance : how many would hold a half where every place had the same average
    why : why nothing is said; empty when it is
    """

    places: int
    events: int
    half: int | None = None
    quarter: int | None = None
    half_by_chance: int | None = None
    gini: float | None = None
    gini_by_chance: float | None = None
    why: str = ""

    @property
    def words(self) -> str:
        """The finding, or why there is none."""
        if self.half is None or self.half_by_chance is None:
            return self.why
        held = f"Half of the {self.events:,} were recorded in {self.half:,} of the {self.places:,} small areas ({self.half / self.places:.0%})."
        beside = f"Had every small area the same average, chance alone would leave half of them in about {self.half_by_chance:,}."
        return f"{held} {beside}"

    def as_json(self) -> dict[str, Any]:
        """Its numbers and words."""
        told = {name: getattr(self, name) for name in ("places", "events", "half", "quarter", "half_by_chance")}
        return told | {"gini": short(self.gini), "gini_by_chance": short(self.gini_by_chance), "words": self.words}


def of_small_areas(view: View, of: Type, district: Area, period: Period) -> Gathering:
    """How far the events of a type gather in few of a district's small areas."""
    from csplan.statistics.concentration import concentration

    counts = list(view.counts("lsoa", of.slug, period, within=district.code).values())
    total = sum(counts)
    if not counts:
        return Gathering(0, 0, why="The small areas here are not held for the whole period.")
    if total < FEWEST:
        return Gathering(len(counts), total, why=f"Fewer than {FEWEST} were recorded: too few to say where they gather.")
    found, n = concentration(counts), len(counts)
    return Gathering(
        places=n,
        events=total,
        half=round(float(found.half) * n),
        quarter=round(float(found.quarter) * n),
        half_by_chance=round(float(found.half_by_chance) * n),
        gini=float(found.gini),
        gini_by_chance=float(found.gini_by_chance),
    )
