"""Observations: one figure of one indicator in one area and period, with a name that every sentence, chart and file uses.

The name is `recorded-burglary.rate/E06000047/2025`: indicator, measure, area, period. A figure that cannot be given is an
observation too: it has no value, and says why.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any

from csplan.cycle import periods
from csplan.cycle.kpi import VERDICTS
from csplan.cycle.periods import Period
from csplan.errors import CsplanError
from csplan.evidence import areas, catalogue, changes, series_events
from csplan.evidence.catalogue import MEASURES, Indicator
from csplan.evidence.findings import no_rate, not_held
from csplan.evidence.findings_shapes import Release, short
from csplan.evidence.plain_words import capital
from csplan.evidence.series_events import SeriesEvent
from csplan.evidence.view import View
from csplan.statistics.change import LEAST_COUNT, LEAST_MONTHS
from csplan.statistics.rates import crude_rate, proportion

_NAME = re.compile(r"(?P<indicator>[A-Za-z0-9-]+)\.(?P<measure>[a-z]+)/(?P<area>[EW]\d{8}|local-[a-z0-9-]+)/(?P<period>.+)")
#: Events needed on both sides before a change is given in percent: see `statistics.change`.
TOO_FEW = f"Fewer than {LEAST_MONTHS} months or fewer than {LEAST_COUNT} events are held to compare: {VERDICTS['too_few']}."


def across(events: tuple[SeriesEvent, ...]) -> str:
    """Why no change is given between months that an event parts."""
    return f"Recording changed between the two: {VERDICTS['break']}. {events[0].words}"


#: A denominator of a year further from the count than this says why it is used all the same.
NEAR_ENOUGH = 1
#: What a share is a share of: every type, anti-social behaviour included.
EVERYTHING = "everything recorded"


@dataclass(frozen=True)
class Observation:
    """One figure, or the reason why there is none.

    measure : count; rate per `per` of the denominator; share of everything recorded, in percent; change in percent
    status : a key of `cycle.kpi.STATUSES`;  why : why there is no value, else empty
    value, low, high : with 95% limits; a count has none
    numerator, denominator : what the value was worked out from; of a change, the events after and before
    base : what the denominator is, as households-2021; empty when there is none
    releases : what it rests on, each a dict of key and sha256; empty when nothing was counted
    """

    id: str
    indicator: str
    measure: str
    area: str
    period: str
    status: str
    value: float | None
    low: float | None
    high: float | None
    numerator: int | None
    denominator: int | None
    per: int
    base: str
    why: str
    releases: tuple[Release, ...]

    @property
    def base_why(self) -> str:
        """Why people or homes of another year stand under the count; empty where they fit the period within a year."""
        what, _, year = self.base.rpartition("-")
        period = periods.parse(self.period)
        nearest = [abs(int(month[:4]) - int(year)) for month in (period.from_month, period.to_month)] if year.isdigit() else [0]
        if max(nearest) <= NEAR_ENOUGH:
            return ""
        return f"{capital(what)} are those of the census of {year}, the last published by the day of reading, whatever the year of the count."

    def as_json(self) -> dict[str, Any]:
        """The observation as JSON gives it: its name as `observation`, its period with first and last month."""
        facts = asdict(self)
        period = periods.parse(self.period)
        return {
            "observation": facts.pop("id"),
            **{name: short(value) for name, value in facts.items()},
            "period": {"id": period.id, "from": period.from_month, "to": period.to_month},
            "base": self.base or None,
            "base_why": self.base_why or None,
            "why": self.why or None,
            "releases": list(self.releases),
        }


@dataclass(frozen=True)
class Reference:
    """The parts of an observation's name."""

    indicator: str
    measure: str
    area: str
    period: Period


@dataclass(frozen=True)
class _Figure:
    """What is known of one figure before it has a name."""

    status: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    base: str = ""
    why: str = ""


def observation_id(indicator: str, measure: str, area: str, period: Period | str) -> str:
    """The name of an observation.

    >>> observation_id("recorded-burglary", "rate", "E06000047", "2025")
    'recorded-burglary.rate/E06000047/2025'
    """
    return f"{indicator}.{measure}/{area}/{period if isinstance(period, str) else period.id}"


def parse_id(id: str) -> Reference:
    """The parts of a name, its indicator and period known. A name that is none is refused with the form of one.

    >>> parse_id("K101.rate/E06000047/2024/25 Q1").period.title
    'April to June 2024'
    """
    found = _NAME.fullmatch(id.strip())
    if found is None or found["measure"] not in MEASURES:
        raise CsplanError(f"“{id}” does not name a figure. Write it as recorded-burglary.rate/E06000047/2025.")
    indicator = catalogue.get(found["indicator"])
    return Reference(indicator.id, found["measure"], found["area"], periods.parse(found["period"]))


def observe(view: View, indicator: str, measure: str, area: str, period: Period | str) -> Observation:
    """One figure as it could be known on the day of the view.

    Raises CsplanError for an indicator, area or period that is none, and for a measure the indicator does not have.
    """
    held = catalogue.get(indicator)
    when = periods.parse(period) if isinstance(period, str) else period
    if measure not in held.measures:
        raise CsplanError(f"{held.title} has no {measure}. Choose one of: {', '.join(held.measures)}.")
    figure = _figure(view, held, measure, areas.get(area).code, when)
    return Observation(
        id=observation_id(held.id, measure, area, when),
        indicator=held.id,
        measure=measure,
        area=area,
        period=when.id,
        per=held.per if measure == "rate" else 1 if measure == "count" else 100,
        releases=() if figure.numerator is None else tuple(view.releases(area, _rests_on(view, measure, area, when))),
        **vars(figure),
    )


def _rests_on(view: View, measure: str, area: str, period: Period) -> tuple[str, ...]:
    held = view.months_of(area)
    return changes.shown(period, held[-1]) if measure == "change" and held else period.months


def _figure(view: View, indicator: Indicator, measure: str, area: str, period: Period) -> _Figure:
    if not indicator.topic:
        return _Figure("not_collected", why=f"Its figures are kept with the indicator’s readings. Source: {indicator.source}.")
    missing = view.missing(area, period)
    if missing:
        return _Figure(view.status(area, missing[0], indicator.topic), why=not_held(missing, period))
    series = view.series(area, indicator.topic)
    count = sum(series[month] for month in period.months)
    if measure == "rate":
        return _rate(view, indicator, area, count)
    if measure == "share":
        return _share(count, sum(view.series(area)[month] for month in period.months))
    if measure == "change":
        return _change(view, indicator, area, period)
    return _Figure(_status(count), float(count), numerator=count)


def _status(count: int) -> str:
    return "counted" if count else "zero"


def _rate(view: View, indicator: Indicator, area: str, count: int) -> _Figure:
    base = areas.denominator(area, indicator.denominator_id, view.day)
    if base is None:
        return _Figure("missing", numerator=count, why=no_rate(indicator.denominator_id))
    rate = crude_rate(count, base.value, per=indicator.per)
    return _Figure(_status(count), rate.value, rate.low, rate.high, count, base.value, base.id)


def _share(count: int, whole: int) -> _Figure:
    if not whole:
        return _Figure("zero", numerator=0, denominator=0, why="Nothing was recorded, so there is nothing to have a share of.")
    share = proportion(count, whole)
    return _Figure(_status(count), 100 * share.value, 100 * share.low, 100 * share.high, count, whole, EVERYTHING)


def _change(view: View, indicator: Indicator, area: str, period: Period) -> _Figure:
    series = view.series(area, indicator.topic)
    events = series_events.touching(area, indicator.topic, day=view.day)
    examined = changes.examine(series, period, view.months_of(area)[-1], events)
    [found] = changes.findings([examined])
    if found.before is None or found.after is None:
        return _Figure("missing", why="The same months a year earlier are not held, so nothing can be said of a change.")
    if examined.broken_by:
        return _Figure("missing", numerator=found.after, denominator=found.before, why=across(examined.broken_by))
    if found.percent is None:
        return _Figure("missing", numerator=found.after, denominator=found.before, why=TOO_FEW)
    return _Figure("counted", found.percent, found.low, found.high, found.after, found.before)
