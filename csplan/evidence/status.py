"""What a store holds: releases, months, gaps, what waits for an officer, and fingerprints."""

from typing import Any

from csplan.cycle import clock, periods
from csplan.evidence import cube, editions, forces, series_events
from csplan.evidence.editions import Standing
from csplan.evidence.manifest import STREET, CarriedRelease, Manifest
from csplan.evidence.store import Store


def status(store: Store) -> dict[str, Any]:
    """As `csplan evidence status --json` prints it.

    rows : of the street files that are shown; carried figures and tables add none
    months : by police force, and by area for carried figures
    missing : the months between a force's first and last that are not held
    events : the dated events on the series that touch what is held, as `SeriesEvent.as_json`
    restated : months whose figures are not those first published (or carried): {key, first, rows_first, rows}
    """
    held = store.manifest()
    standings = editions.standings(held)
    every = [standing for files in standings.values() for standing in files]
    months = {force: list(block.months) for force, block in held.cube.items()}
    return {
        "releases": [_release(s) for s in every] + [_carried(r) for r in held.carried],
        "months": dict(sorted((months | {r.area: list(r.months) for r in held.carried}).items())),
        "missing": [{"force": force, "month": m} for force in sorted(months) for m in gaps(months[force])],
        "held": [{"key": s.unit.key, "sha256": s.unit.sha256, "why": s.why} for s in every if s.state == "held"],
        "restated": [*_restated(every), *_restated_from_carried(store, held)],
        "rows": sum(s.unit.rows_loaded for s in every if s.is_current and s.unit.source == STREET),
        "cube": {"sha256": cube.sha256(held)},
        "events": events(months | {r.area: list(r.months) for r in held.carried}),
    }


def events(months: dict[str, list[str]]) -> list[dict[str, Any]]:
    """The dated events on the series of each force and area held, within its months; each once, in order of date."""
    codes = forces.codes()
    found = {
        event.id: event.as_json()
        for who, held in months.items()
        for event in series_events.shown_of(codes.get(who, who), held, day=clock.today())
    }
    return [found[event.id] for event in series_events.all() if event.id in found]


def gaps(months: list[str]) -> list[str]:
    """The months between the first and the last that are not among them.

    >>> gaps(["2024-11", "2025-02"])
    ['2024-12', '2025-01']
    """
    return [month for month in periods.between(months[0], months[-1]) if month not in months] if months else []


def _release(standing: Standing) -> dict[str, Any]:
    unit = standing.unit
    return {
        "key": unit.key,
        "sha256": unit.sha256,
        "received_at": unit.received_at,
        "rows": unit.rows_loaded,
        "rows_quarantined": unit.rows_quarantined,
        "state": standing.state,
        "is_current": standing.is_current,
        "is_first": standing.is_first,
        "editions": list(unit.editions),
        "path": unit.path,
        "by": unit.by,
    }


def _carried(release: CarriedRelease) -> dict[str, Any]:
    return {
        "key": release.key,
        "sha256": release.sha256,
        "received_at": release.received_at,
        "rows": 0,
        "state": "accepted",
        "by": release.by,
    }


def _restated(every: list[Standing]) -> list[dict[str, Any]]:
    first = {s.unit.key: s.unit for s in every if s.is_first}
    shown = [s.unit for s in every if s.is_current and not s.is_first]
    return [
        {"key": unit.key, "first": first[unit.key].sha256, "rows_first": first[unit.key].rows_loaded, "rows": unit.rows_loaded}
        for unit in shown
    ]


def _restated_from_carried(store: Store, held: Manifest) -> list[dict[str, Any]]:
    if not {release.force for release in held.carried} & held.cube.keys():
        return []
    from csplan.evidence import counted

    carried = {release.area: release for release in held.carried}
    return [
        {"key": f"{carried[r.area].key} {r.month}", "first": carried[r.area].sha256, "rows_first": r.before, "rows": r.after}
        for r in counted.of(store).restated()
    ]
