"""Counting: how many rows an area has in a run of months, straight from the cube."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from csplan.cycle import clock, periods
from csplan.errors import CsplanError
from csplan.evidence import areas, counted, series_events, types
from csplan.evidence.counted import Counted
from csplan.evidence.series_events import SeriesEvent
from csplan.evidence.store import Store

BY = ("month", "type", "area")


def count(
    store: Store,
    *,
    area: str,
    from_month: str,
    to_month: str,
    type: str | None = None,
    by: str | None = None,
    as_first: bool = False,
) -> dict[str, Any]:
    """Rows of an area from one month to another, both included, as `csplan evidence count --json` prints them.

    type : a police.uk type, `all-crime` (all but anti-social behaviour), or None for every row
    as_first : as first published, instead of as restated since; the answer then has `published` (first) and `restated_months`
    by : month (unless another is asked for), type, or area: the LSOAs by the code in the files

    `count` adds the months held and is null when there are none; `missing_months` names the others, and `missing` which forces
    of the area did not publish them: {force, month}. `unplaced` counts the
    rows of the area's own police force that no area counts, in the months held as events; null where carried figures alone
    are held, which do not have them. `events` are the dated events on the series within the months asked about.
    """
    found = areas.get(area)
    asked = _months(from_month, to_month)
    kind = by or "month"
    if kind not in BY:
        raise CsplanError(f"Counts cannot be split by “{kind}”. Choose one of: {', '.join(BY)}.")
    if type is not None:
        types.get(type)
    held = counted.of(store, as_first=as_first)
    series = held.series(area)
    by_month = {month: n for month, n in series.of(type).items() if month in asked}
    answer: dict[str, Any] = {
        "area": {"code": found.code, "name": found.name, "type": found.type},
        "from": from_month,
        "to": to_month,
        "type": type,
        "count": sum(by_month.values()) if by_month else None,
        "rows": _rows(held, area, asked, type, kind),
        "missing_months": [month for month in asked if month not in by_month],
        "missing": held.lacking(area, asked),
        "events": [event.as_json() for event in _events(area, type, series.months, from_month, to_month)],
    }
    if as_first:
        answer |= {"published": "first", "restated_months": _restated(store, area, asked)}
    if not by_month:
        return answer | {"unplaced": None, "why": f"No month from {from_month} to {to_month} is held for {found.name}."}
    origins = dict(zip(series.months, series.origins, strict=True))
    of_events = [month for month in by_month if origins[month] == "events"]
    if not of_events:
        return answer | {"unplaced": None, "why": "These are carried figures, which leave out the rows without an area."}
    return answer | {"unplaced": held.unplaced(area, of_events, type)}


def _events(area: str, type: str | None, held: Sequence[str], first: str, last: str) -> tuple[SeriesEvent, ...]:
    """The dated events on the series within the months asked about."""
    return series_events.shown(area, type, held, day=clock.today(), within=(first, last))


def _restated(store: Store, area: str, asked: Sequence[str]) -> list[str]:
    """The months asked about of which a force of the area has published other figures since."""
    own = counted.forces_of(area)
    return sorted({month for force, month in counted.restated(store.manifest()) if force in own and month in asked})


def _months(from_month: str, to_month: str) -> tuple[str, ...]:
    for month in (from_month, to_month):
        periods.check_month(month)
    if from_month > to_month:
        raise CsplanError(f"The first month, {from_month}, is after the last, {to_month}. Give the earlier one first.")
    return periods.between(from_month, to_month)


def _rows(held: Counted, area: str, asked: Sequence[str], type: str | None, by: str) -> list[dict[str, Any]]:
    series = held.series(area)
    if by == "month":
        of_month = series.of(type)
        return [{"key": month, "count": of_month.get(month)} for month in asked]
    if by == "type":
        columns = [i for i, month in enumerate(series.months) if month in asked]
        summed = series.counts[:, columns].sum(axis=1)
        wanted = [i for i in types.rows_of(type) if types.COUNTED[i] in types.TYPES or summed[i]]
        return [{"key": types.COUNTED[i], "count": int(summed[i]) if columns else None} for i in wanted]
    by_code: dict[str, int] = {}
    for piece in held.pieces(area):
        columns = [i for i, month in enumerate(piece.months) if month in asked]
        if columns:
            summed = piece.counts[np.ix_(types.rows_of(type), range(len(piece.codes)), columns)].sum(axis=(0, 2))
            for code, n in zip(piece.codes, summed, strict=True):
                by_code[code] = by_code.get(code, 0) + int(n)
    return [{"key": code, "count": n} for code, n in sorted(by_code.items())]
