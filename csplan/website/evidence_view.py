"""What the evidence shows on the day a page is read as at, worked out once for each day and state of the store.

A view never changes, so everything found from it is kept: a page asks again and gets what is there. Loading new figures
replaces the store's manifest, and with it every view.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404

from csplan.cycle import calendar
from csplan.cycle.periods import Period
from csplan.evidence import areas, clusters, deprivation, findings, gathering, over_time, similar, types
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import AreaFindings, TopicFindings
from csplan.evidence.manifest import Manifest
from csplan.evidence.store import Store
from csplan.evidence.view import View
from csplan.website import data_folder

#: How many days a process keeps, and how many areas and topics over all of them.
DAYS_KEPT, FINDINGS_KEPT = 6, 1000


def view(partnership: Any, day: date) -> View:
    """What was held and published by the day, of the partnership's area. A later store is seen at once."""
    store = Store(data_folder())
    return _view(store.folder, partnership.area_code, day, _State(store.manifest()))


class _State:
    """One state of the store, told apart by the manifest read from it: the store reads it anew when it was replaced."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _State) and other.manifest is self.manifest

    def __hash__(self) -> int:
        return id(self.manifest)


@lru_cache(maxsize=DAYS_KEPT)
def _view(folder: Path, area: str, day: date, _state: _State) -> View:
    return View(Store(folder), day, area)


@lru_cache(maxsize=FINDINGS_KEPT)
def area_findings(view: View, code: str, period: Period | None = None) -> AreaFindings:
    """Every type in one area, tested together. 404 while nothing was published for the partnership's area."""
    if not view.months:
        raise Http404(nothing_held(view))
    return findings.area_findings(view, code, period)


@lru_cache(maxsize=FINDINGS_KEPT)
def topic_findings(view: View, topic: str, kind: str) -> TopicFindings:
    """One type in all areas of a kind."""
    return findings.topic_findings(view, topic, kind)


@dataclass(frozen=True)
class Within:
    """Where one type lies among the small areas of a district."""

    gathered: gathering.Gathering
    hot: clusters.Clusters
    deprived: deprivation.Deprivation

    def as_json(self) -> dict[str, Any]:
        """concentration, hot_spots, deprivation."""
        hot, deprived = self.hot.as_json(), self.deprived.as_json()
        return {"concentration": self.gathered.as_json(), "hot_spots": hot, "deprivation": deprived}


@lru_cache(maxsize=FINDINGS_KEPT)
def within(view: View, topic: str, district: Area, period: Period, per: int) -> Within:
    """How one type gathers, where it is hot, and how it goes with deprivation."""
    asked = view, types.get(topic), district, period
    hot, deprived = clusters.of_small_areas(*asked, per=per), deprivation.of_small_areas(*asked, per=per)
    return Within(gathering.of_small_areas(*asked), hot, deprived)


@lru_cache(maxsize=FINDINGS_KEPT)
def over_years(view: View, topic: str, area: Area) -> over_time.OverTime:
    """The season, the trend and the next months of one type, as far as the months held tell."""
    return over_time.of_months(view, types.get(topic), area)


def alike(area: Area, day: date) -> similar.SimilarDistricts:
    """The districts most like a district."""
    return similar.of_district(area, day)


def nothing_held(view: View) -> str:
    """The sentence for a day before the first month of figures was published."""
    return f"No police figures had been published by {calendar.in_words(view.day)}. Choose a later day."


def area(partnership: Any, code: str, day: date) -> Area:
    """An area of the partnership, as it stood on the day; 404 for any other, and for one that did not exist yet."""
    found = areas.find(code.upper())
    home = partnership.area_code
    if found is None or not _is_part(found, home):
        raise Http404(
            f"“{code}” is not the code of an area in {partnership.area_name}. Search by its name or a postcode instead."
        )
    if found.type in ("division", "local") and not began_by(found, day):
        what = "an electoral division" if found.type == "division" else "a local area"
        raise Http404(f"{found.name} was not {what} yet on {calendar.in_words(day)}. Choose a later day.")
    return found


def _is_part(found: Area, home: str) -> bool:
    """Whether an area is the partnership's own or lies in it; a partnership may act for several districts as one."""
    if found.code == home or found.type not in ("lsoa", "msoa", "division", "local", "district"):
        return found.code == home
    return areas.district_of(found.code) == home or _lsoas_of(home).issuperset(areas.lsoas(found.code))


@lru_cache(maxsize=16)
def _lsoas_of(home: str) -> frozenset[str]:
    return frozenset(areas.lsoas(home))


def began_by(found: Area, day: date) -> bool:
    """Whether a division or a local area was in force on the day, or had been."""
    if found.code in areas.members(found.type, day):
        return True
    return found.code not in areas.members(found.type)
