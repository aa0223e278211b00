"""How many people and homes an area has, and how they live: what a rate is a rate of."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from csplan.errors import CsplanError
from csplan.evidence.areas import tables
from csplan.evidence.areas.area import SMALL, Area
from csplan.evidence.areas.membership import find, get, lsoas
from csplan.evidence.carried import file, lines
from csplan.evidence.places import COUNTRY_FIGURES, figures_folders

MEASURES = ("residents", "households")
#: The small areas of one census are those of its own edition; only this one is carried for them.
SMALL_AREA_YEAR = 2021
PUBLISHER = "Office for National Statistics"


@dataclass(frozen=True)
class Denominator:
    """What a rate is a rate of: {id: "households-2021", label: "households, Census 2021", value: 234,785, ...}."""

    id: str
    label: str
    value: int
    year: int
    published_on: date
    source: str


@dataclass(frozen=True)
class Profile:
    """Who lives in an area, as far as it was published by the day asked; None for what was not, or is not held.

    deciles : LSOAs in each tenth of England by deprivation, most deprived first; None outside England
    tenure : {how the home is held: households}, for partnerships that carry it
    """

    area: Area
    lsoas: int
    residents: Denominator | None
    households: Denominator | None
    deciles: tuple[int, ...] | None
    tenure: Mapping[str, int] | None


@lru_cache
def _by_district() -> Mapping[tuple[str, int], Mapping[str, tuple[int, date]]]:
    """{(measure, year): {district: (value, published on)}}."""
    found = lines(COUNTRY_FIGURES / "denominators.csv")
    next(found)
    out: dict[tuple[str, int], dict[str, tuple[int, date]]] = {}
    for area, measure, year, value, published in found:
        out.setdefault((measure, int(year)), {})[area] = (int(value), date.fromisoformat(published))
    return out


def _of(measure: str, year: int, value: int, published: date) -> Denominator:
    label = f"{measure}, Census {year}"
    return Denominator(f"{measure}-{year}", label, value, year, published, f"{PUBLISHER}, Census {year}")


def denominator(code: str, measure: str, day: date | None = None) -> Denominator | None:
    """Residents or households of an area, by the latest census published on or before `day` (None: the latest held).

    None where none was published yet. LSOAs, MSOAs and divisions have the census of 2021 alone.
    """
    if measure not in MEASURES:
        raise CsplanError(f"“{measure}” is not something a rate can be of. Write {' or '.join(MEASURES)}.")
    area = get(code)
    return _of_lsoas(area, measure, day) if area.type in SMALL else _of_districts(area, measure, day)


def _of_lsoas(area: Area, measure: str, day: date | None) -> Denominator | None:
    published = file(COUNTRY_FIGURES, "lsoa-2021.csv.gz").out_on(measure)
    if day is not None and day < published:
        return None
    value = sum(getattr(tables.country().small[code], measure) for code in lsoas(area.code))
    return _of(measure, SMALL_AREA_YEAR, value, published)


def _of_districts(area: Area, measure: str, day: date | None) -> Denominator | None:
    small = tables.country().small
    inside = {area.code} if area.type == "district" else {small[code].district for code in lsoas(area.code)}
    for (what, year), held in sorted(_by_district().items(), reverse=True):
        if what == measure and inside <= held.keys():
            published = max(held[code][1] for code in inside)
            if day is None or published <= day:
                return _of(measure, year, sum(held[code][0] for code in inside), published)
    return None


def decile(lsoa: str, day: date | None = None) -> int | None:
    """An LSOA's tenth of England by deprivation (1 most deprived), index of 2025; None before it was published, and in Wales."""
    area = find(lsoa)
    if area is None or area.type != "lsoa":
        raise CsplanError(f"Only a small area has a tenth of deprivation, and “{lsoa}” is none. Ask for an LSOA of 2021.")
    if day is not None and day < file(COUNTRY_FIGURES, "lsoa-2021.csv.gz").out_on("decile"):
        return None
    return tables.country().small[lsoa].decile


def profile(code: str, day: date | None = None) -> Profile:
    """Who lives in an area, of what was published on or before `day` (None: all that is held)."""
    held = lsoas(code)
    tenths = [decile(lsoa, day) for lsoa in held]
    counted = Counter(tenths)
    return Profile(
        area=get(code),
        lsoas=len(held),
        residents=denominator(code, "residents", day),
        households=denominator(code, "households", day),
        deciles=None if None in counted else tuple(counted[tenth] for tenth in range(1, 11)),
        tenure=_tenure(held, day),
    )


def _tenure(held: tuple[str, ...], day: date | None) -> Mapping[str, int] | None:
    """Households by tenure, from the first partnership that carries them for every one of the LSOAs."""
    for folder in figures_folders():
        known = tables.tenure(folder)
        if all(lsoa in known for lsoa in held):
            if day is not None and day < file(folder, "tenure.csv").published_on:
                return None
            total: Counter[str] = Counter()
            for lsoa in held:
                total.update(known[lsoa])
            return dict(total)
    return None
