"""Where small areas of a district that lie beside each other have high rates together."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos
from typing import Any

import numpy as np

from csplan.cycle.periods import Period
from csplan.evidence import areas
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import short
from csplan.evidence.gathering import FEWEST
from csplan.evidence.plain_words import capital, listed, number
from csplan.evidence.types import Type
from csplan.evidence.view import View

#: With how many of the nearest small areas each is looked at.
NEIGHBOURS = 6
#: q below this is no chance, as in every test here.
Q = 0.05
#: So many neighbourhoods are named in a sentence.
MOST_NAMED = 8
EARTH = 6_371_000.0


@dataclass(frozen=True)
class Hot:
    """A small area of a hot spot: its own count and rate, and how it and its neighbours stand (`z`)."""

    area: Area
    count: int
    rate: float
    z: float
    q: float


@dataclass(frozen=True)
class Clusters:
    """The small areas of a district that lie in a hot spot of one type, the strongest first.

    places : how many small areas were looked at;  per, base : what the rates are of;  why : why none was looked for; empty when they were
    """

    hot: tuple[Hot, ...]
    places: int
    per: int
    base: str
    why: str = ""

    @property
    def words(self) -> str:
        """The finding, or why there is none."""
        if self.why:
            return self.why
        nearest = f"the {number(NEIGHBOURS)} nearest to"
        if not self.hot:
            return (
                f"No small area lies in a hot spot: none has, with {nearest} it, a rate higher than chance alone would explain."
            )
        n = len(self.hot)
        lie = "small areas lies" if n == 1 else "small areas lie"
        it, is_in = ("it", "It is") if n == 1 else ("each of them", "They are")
        return (
            f"{capital(number(n))} of {self.places:,} {lie} in a hot spot: together with {nearest} {it}, the rate is higher than "
            f"chance alone would explain. {is_in} in {self._where()}."
        )

    def _where(self) -> str:
        """The neighbourhoods with most of them, by name."""
        held: dict[str, int] = {}
        for one in self.hot:
            name = areas.get(one.area.parent).name if one.area.parent else one.area.name
            held[name] = held.get(name, 0) + 1
        names = sorted(held, key=lambda name: (-held[name], name))
        more = len(names) - MOST_NAMED
        return listed([*names[:MOST_NAMED], f"{number(more)} other neighbourhoods"] if more > 1 else names[: MOST_NAMED + 1])

    def as_json(self) -> dict[str, Any]:
        """neighbours, areas with their numbers, words."""
        rows = [
            {"code": h.area.code, "name": h.area.name, "count": h.count, "rate": short(h.rate), "z": short(h.z), "q": short(h.q)}
            for h in self.hot
        ]
        return {"neighbours": NEIGHBOURS, "places": self.places, "areas": rows, "words": self.words}


def of_small_areas(view: View, of: Type, district: Area, period: Period, *, per: int) -> Clusters:
    """The hot spots of a type among the small areas of a district: Gi* of shrunk rates, q over all of them."""
    from csplan.statistics import hotspots, rates
    from csplan.statistics.change import false_discovery

    counts = view.counts("lsoa", of.slug, period, within=district.code)
    bases = {code: areas.denominator(code, of.denominator, view.day) for code in counts}
    people = {code: base.value for code, base in bases.items() if base is not None}
    none = Clusters((), len(counts), per, of.denominator)
    if len(counts) <= NEIGHBOURS or len(people) < len(counts):
        return _without(none, "Who lives in the small areas here is not held for this day, so no hot spots are looked for.")
    if sum(counts.values()) < FEWEST:
        return _without(none, f"Fewer than {FEWEST} were recorded: too few to look for hot spots.")
    codes = tuple(sorted(counts))
    asked, lived = [counts[code] for code in codes], [people[code] for code in codes]
    found = hotspots.gi_star(rates.shrunk(asked, lived, per=per), neighbours(codes))
    q = false_discovery(found.p_value)
    hot = [
        Hot(areas.get(code), n, per * n / base, float(z), float(chance))
        for code, n, base, z, chance in zip(codes, asked, lived, found.z, q, strict=True)
        if z > 0 and chance < Q
    ]
    return Clusters(tuple(sorted(hot, key=lambda h: (-h.z, h.area.code))), len(codes), per, of.denominator)


def _without(none: Clusters, why: str) -> Clusters:
    return Clusters((), none.places, none.per, none.base, why)


@lru_cache(maxsize=32)
def neighbours(codes: tuple[str, ...]) -> Any:
    """The nearest small areas of each, by the middles of their ground."""
    from csplan.statistics import hotspots

    return hotspots.nearest(_metres([areas.centroid(code) for code in codes]), NEIGHBOURS)


def _metres(places: Sequence[tuple[float, float]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Longitudes and latitudes as metres east and north of their own middle: within a district, right to one in a thousand."""
    at = np.radians(np.array(places, dtype=np.float64))
    middle = at.mean(axis=0)
    return EARTH * np.column_stack([(at[:, 0] - middle[0]) * cos(middle[1]), at[:, 1] - middle[1]])
