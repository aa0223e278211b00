"""From a figure back to the files it was counted from."""

from collections.abc import Iterable, Mapping
from typing import Any

from csplan.cycle import clock, periods
from csplan.evidence import observations
from csplan.evidence.manifest import Manifest
from csplan.evidence.store import Store
from csplan.evidence.view import View


def trace(store: Store, indicator: str, area: str, period: str, *, as_first: bool = False) -> dict[str, Any]:
    """The observation of an indicator in an area and period, with its releases and the files in each.

    as_first : as first published, instead of as restated since; the answer then has `published` (first)
    indicator : an id such as recorded-burglary, with its measure after a point (recorded-burglary.rate); count unless said
    """
    name, _, measure = indicator.partition(".")
    view, asked = View(store, clock.today(), as_first=as_first), periods.parse(period)
    observation = observations.observe(view, name, measure or "count", area, asked)
    years = (0, -12) if observation.measure == "change" else (0,)
    months = [periods.add_months(month, back) for back in years for month in asked.months]
    return {
        "observation": observation.as_json(),
        "releases": with_units(store.manifest(), view, area, observation.releases, months),
        **({"published": "first"} if as_first else {}),
    }


def with_units(
    held: Manifest, view: View, area: str, releases: Iterable[Mapping[str, str]], months: Iterable[str]
) -> list[dict[str, Any]]:
    """Each release with the files in it: {key, sha256, units: [{path, sha256}]}."""
    origins = view.origins(area)
    carried = [month for month in months if origins.get(month) == "carried"]
    return [{**release, "units": _units(held, release["sha256"], carried)} for release in releases]


def _units(held: Manifest, sha256: str, carried: list[str]) -> list[dict[str, str]]:
    """The files of one release; of a carried table, the publisher's files of the months it fills."""
    for unit in held.units:
        if unit.sha256 == sha256:
            return [{"path": unit.path, "sha256": unit.sha256}]
    release = next(release for release in held.carried if release.sha256 == sha256)
    return [{"path": file["path"], "sha256": file["sha256"]} for file in release.publisher if file["month"] in carried]
