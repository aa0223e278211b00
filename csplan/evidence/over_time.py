"""One type of an area over the years: its season, its trend and what the next months are likely to hold, or why none can be told.

Only months that can be compared with the last one are read: never across an event that breaks the series. None of this is a
verdict on a change; that comes from `changes` alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from csplan.cycle import periods
from csplan.evidence import changes, series_events
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import short
from csplan.evidence.types import Type
from csplan.evidence.view import View
from csplan.statistics import forecast as forecasts
from csplan.statistics import seasonality, trend
from csplan.statistics.forecast import Forecast
from csplan.statistics.inputs import Array
from csplan.statistics.seasonality import MonthIndex, SeasonTest
from csplan.statistics.trend import MonthlyTrend

#: How many months ahead are told.
AHEAD = 3


@dataclass(frozen=True)
class OverTime:
    """What the months of one type in one area tell together, each part with its sentence.

    months : the months held that can be compared with the last, in order
    season, season_test, trend, forecast : the parts; None where a part cannot be told, and its sentence then says why
    ahead : the months the forecast is of; empty where there is none
    """

    months: tuple[str, ...]
    season_words: str
    trend_words: str
    forecast_words: str
    season: MonthIndex | None = None
    season_test: SeasonTest | None = None
    trend: MonthlyTrend | None = None
    forecast: Forecast | None = None
    ahead: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What can be told, or why nothing can: each sentence once."""
        return " ".join(dict.fromkeys([self.season_words, self.trend_words, self.forecast_words]))

    def as_json(self) -> dict[str, Any]:
        """Its numbers and words; a part that cannot be told is None."""
        return {
            "months": len(self.months),
            "from": self.months[0] if self.months else None,
            "to": self.months[-1] if self.months else None,
            "season": self._season_as_json(),
            "trend": self._trend_as_json(),
            "forecast": self._forecast_as_json(),
            "words": self.words,
        }

    def _season_as_json(self) -> dict[str, Any] | None:
        if self.season is None or self.season_test is None:
            return None
        first = int(self.months[0][-2:])
        index = {f"{(first - 1 + i) % 12 + 1:02d}": short(float(value)) for i, value in enumerate(self.season.index)}
        return {"index": dict(sorted(index.items())), "p_value": short(self.season_test.p_value), "words": self.season_words}

    def _trend_as_json(self) -> dict[str, Any] | None:
        if self.trend is None:
            return None
        told = {name: short(getattr(self.trend, name)) for name in ("percent", "low", "high", "p_value")}
        return told | {"words": self.trend_words}

    def _forecast_as_json(self) -> dict[str, Any] | None:
        if (found := self.forecast) is None:
            return None
        limits = ("mean", "low80", "high80", "low95", "high95")
        return {
            "months": [
                {"month": month} | {name: short(float(getattr(found, name)[i])) for name in limits}
                for i, month in enumerate(self.ahead)
            ],
            "method": found.method,
            "mase": {name: short(value) for name, value in found.mase},
            "trials": found.trials,
            "coverage80": short(found.coverage80),
            "coverage95": short(found.coverage95),
            "words": self.forecast_words,
        }


def of_months(view: View, of: Type, area: Area) -> OverTime:
    """Season, trend and forecast of a type in an area, from the months held that can be compared with the last."""
    return told(view.series(area.code, of.slug), series_events.touching(area.code, of.slug, day=view.day))


def told(series: Mapping[str, int], events: tuple[series_events.SeriesEvent, ...] = ()) -> OverTime:
    """The same of a series: month -> events, held months only, and the events that touch it."""
    held = tuple(sorted(series))
    months = changes.unbroken(held, [event for event in events if event.breaks]) if held else ()
    if len(months) < seasonality.LEAST_MONTHS:
        why = _too_short(months, held)
        return OverTime(months, why, why, why)
    every = periods.between(months[0], months[-1])
    counts, days = changes.values(series, every), _days(every)
    season, test, season_words = _season(counts, days, every)
    rising, trend_words = _trend(counts, days)
    ahead = tuple(periods.add_months(months[-1], i + 1) for i in range(AHEAD))
    coming, forecast_words = _forecast(series, months, ahead)
    return OverTime(
        months, season_words, trend_words, forecast_words, season, test, rising, coming, ahead if coming is not None else ()
    )


def _too_short(months: tuple[str, ...], held: tuple[str, ...]) -> str:
    if not held:
        return "No month is held, so no season, trend or forecast can be given."
    count = f"{len(months)} {'month' if len(months) == 1 else 'months'}"
    if len(months) < len(held):
        count += f", {periods.month_in_words(months[0])} and after, can be compared"
    else:
        count += f" {'is' if len(months) == 1 else 'are'} held"
    return (
        f"Only {count}: a season needs {seasonality.LEAST_MONTHS}, a trend over the years {trend.LEAST_MONTHS} and a forecast "
        f"{forecasts.LEAST_MONTHS} in a row, so none is given."
    )


def _days(months: tuple[str, ...]) -> Array:
    return np.array([periods.days(month) for month in months], dtype=np.float64)


def _season(counts: Array, days: Array, months: tuple[str, ...]) -> tuple[MonthIndex | None, SeasonTest | None, str]:
    try:
        test = seasonality.season_test(counts, days)
    except ValueError:
        return None, None, "Too few were recorded to tell a season from chance."
    try:
        found = seasonality.month_index(counts, days)
    except ValueError:
        return None, None, "The months held leave too many gaps to tell a season."
    names = [periods.month_in_words(month).split()[0] for month in months[:12]]
    return found, test, seasonality.words(found, test, names)


def _trend(counts: Array, days: Array) -> tuple[MonthlyTrend | None, str]:
    held = int((~np.isnan(counts)).sum())
    if held < trend.LEAST_MONTHS:
        return None, f"A trend over the years needs {trend.LEAST_MONTHS} months that can be compared, and {held} are held."
    try:
        found = trend.monthly_trend(counts, days)
    except ValueError:
        return None, "Too few were recorded to tell a trend over the years."
    return found, trend.words(found)


def _forecast(series: Mapping[str, int], months: tuple[str, ...], ahead: tuple[str, ...]) -> tuple[Forecast | None, str]:
    """From the last months held without a gap."""
    start = len(months) - 1
    while start > 0 and periods.add_months(months[start], -1) == months[start - 1]:
        start -= 1
    run = months[start:]
    if len(run) < forecasts.LEAST_MONTHS:
        return None, f"A forecast needs {forecasts.LEAST_MONTHS} months in a row that can be compared, and {len(run)} are held."
    try:
        found = forecasts.forecast(changes.values(series, run), _days(run), _days(ahead))
    except ValueError:
        return None, "The months are too much alike to say how far a forecast may miss."
    return found, forecasts.words(found, [periods.month_in_words(month) for month in ahead])
