"""The shapes of what is found: frozen values that keep what they were made from. `findings` makes them.

`as_json` gives the keys other programs rely on, and more where a person would ask. Numbers there have four decimals at most.
"""

from dataclasses import asdict, dataclass
from typing import Any

from csplan.cycle.periods import Period
from csplan.evidence.areas import Area, Denominator
from csplan.evidence.series_events import SeriesEvent
from csplan.statistics.control_chart import ControlChart

Release = dict[str, Any]


@dataclass(frozen=True)
class ChangeFinding:
    """What the same months of two years tell of a change: the one verdict that every page and paper repeats.

    percent, low, high : change of the daily count in percent with its 95% limits, a fall negative; None when it cannot be said
    p_value, q : of the test, and put right for the tests of all types in the area; None when no test was made
    verdict : a key of `cycle.kpi.VERDICTS`
    before, after : events in the months compared; None when they are not held
    held : months held of the 24 that the test knows the series by
    words, brief : the verdict as a sentence, and as a few words for a table or a small space
    broken_by : the ids of the series events between the months compared; empty unless the verdict is break
    """

    percent: float | None
    low: float | None
    high: float | None
    p_value: float | None
    q: float | None
    verdict: str
    before: int | None
    after: int | None
    held: int
    before_months: tuple[str, ...]
    after_months: tuple[str, ...]
    words: str = ""
    brief: str = ""
    broken_by: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """percent, low, high, p_value, verdict, words, and the rest."""
        return {name: short(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class SignalFinding:
    """Months that the control chart marks as worth asking about.

    kind : a key of `cycle.kpi.SIGNALS`;  direction : up (above the average, or rising) or down
    """

    kind: str
    direction: str
    months: tuple[str, ...]
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        """kind, direction, months, words."""
        return asdict(self)


@dataclass(frozen=True)
class ComparisonFinding:
    """How an area's rate stands among the areas of its kind.

    group : which areas, in words;  areas : how many of them were compared, this one among them
    verdict : a key of `cycle.kpi.COMPARISONS`;  why : a sentence when not compared, else empty
    group_rate : the rate of all of them together, per the topic's `per`; None when none of them is compared
    q : of this area's place; None when it is not compared itself
    """

    group: str
    areas: int
    verdict: str
    why: str
    group_rate: float | None
    q: float | None
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        """group, verdict, and the rest."""
        return {name: short(value) for name, value in asdict(self).items()} | {
            "group": self.group or None,
            "why": self.why or None,
        }


@dataclass(frozen=True)
class TopicFinding:
    """One type in one area and period.

    count : None unless every month of the period is held;  rate, low, high : per `per` of the denominator, None with `why`
    status : a key of `cycle.kpi.STATUSES`;  why : why count or rate is missing, else empty
    share : of everything recorded there in the period, 0 to 1; None when it is not known
    series : month -> count, held months only, however far back
    chart, chart_months : the control chart of the last 24 months and the month of each of its points; None with under 12 held
    words, headline : how much was recorded, as a sentence; what a picture of it shows, as a sentence without its full stop
    events : the dated events on the series within the months held, that a reader must know of
    """

    topic: str
    title: str
    count: int | None
    rate: float | None
    low: float | None
    high: float | None
    per: int
    denominator: Denominator | None
    status: str
    why: str
    share: float | None
    change: ChangeFinding
    comparison: ComparisonFinding
    signal: SignalFinding | None
    series: dict[str, int]
    chart: ControlChart | None
    chart_months: tuple[str, ...]
    words: str = ""
    headline: str = ""
    events: tuple[SeriesEvent, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """One of `topics` of an area."""
        plain = ("topic", "title", "count", "rate", "low", "high", "per")
        d = self.denominator
        return {
            **{name: short(getattr(self, name)) for name in plain},
            "denominator": d and {"id": d.id, "label": d.label, "year": d.year, "value": d.value},
            "status": self.status,
            "why": self.why or None,
            "share": short(self.share),
            "words": self.words,
            "headline": self.headline,
            "change": self.change.as_json(),
            "comparison": self.comparison.as_json(),
            "signal": self.signal and self.signal.as_json(),
            "series": self.series,
            "events": [event.as_json() for event in self.events],
        }


@dataclass(frozen=True)
class AreaFindings:
    """Every type in one area and period, tested together.

    missing_months : months of the period that are not held;  last_month : the last month held on the day of reading
    releases : what the counts rest on, each a dict of key and sha256
    """

    area: Area
    period: Period
    topics: tuple[TopicFinding, ...]
    missing_months: tuple[str, ...]
    releases: tuple[Release, ...]
    last_month: str | None

    def topic(self, slug: str) -> TopicFinding:
        """The finding of one type. Raises KeyError for one that police.uk does not publish."""
        return {finding.topic: finding for finding in self.topics}[slug]

    @property
    def events(self) -> tuple[SeriesEvent, ...]:
        """The dated events on the series of any type, each once."""
        return tuple({event.id: event for topic in self.topics for event in topic.events}.values())

    @property
    def recorded(self) -> int | None:
        """Everything recorded in the period, anti-social behaviour included; None when a month is missing."""
        counts = [finding.count for finding in self.topics if finding.count is not None]
        return sum(counts) if len(counts) == len(self.topics) else None

    def as_json(self) -> dict[str, Any]:
        """area, period, topics, releases, missing_months."""
        return {
            "area": _area(self.area),
            "period": _period(self.period),
            "topics": [finding.as_json() for finding in self.topics],
            "releases": list(self.releases),
            "missing_months": list(self.missing_months),
            "recorded": self.recorded,
            "last_month": self.last_month,
            "events": [event.as_json() for event in self.events],
        }


@dataclass(frozen=True)
class AreaValue:
    """One area among those of its type, for a map, a table or a funnel. As in `TopicFinding`; `verdict` is of the comparison.

    population : residents or households, whichever the rate is of; None when not published by the day
    """

    area: Area
    count: int | None
    rate: float | None
    low: float | None
    high: float | None
    population: int | None
    status: str
    why: str
    verdict: str
    q: float | None

    def as_json(self) -> dict[str, Any]:
        """The area's code, name and type, and its values."""
        values = {name: short(value) for name, value in asdict(self).items() if name != "area"}
        return {**_area(self.area), **values, "why": self.why or None}


@dataclass(frozen=True)
class TopicFindings:
    """One type in all areas of one type of area inside a district, in order of name.

    base : what the rates are of, residents or households
    group, group_rate, why : as in `ComparisonFinding`
    """

    topic: str
    title: str
    area_type: str
    district: Area
    period: Period
    areas: tuple[AreaValue, ...]
    per: int
    base: str
    group: str
    group_rate: float | None
    why: str
    missing_months: tuple[str, ...]
    releases: tuple[Release, ...]
    last_month: str | None

    def standing(self, verdict: str) -> tuple[AreaValue, ...]:
        """The areas of one comparison verdict, highest rate first."""
        found = [value for value in self.areas if value.verdict == verdict]
        return tuple(sorted(found, key=lambda value: (-(value.rate or 0.0), value.area.name)))

    def as_json(self) -> dict[str, Any]:
        """topic, title, area_type, period, areas, comparison, releases, missing_months."""
        return {
            "topic": self.topic,
            "title": self.title,
            "area_type": self.area_type,
            "district": _area(self.district),
            "period": _period(self.period),
            "per": self.per,
            "base": self.base,
            "areas": [value.as_json() for value in self.areas],
            "comparison": {"group": self.group, "group_rate": short(self.group_rate), "why": self.why or None},
            "releases": list(self.releases),
            "missing_months": list(self.missing_months),
            "last_month": self.last_month,
        }


def short(value: Any) -> Any:
    """A number with four decimals at most, or in three figures when it is smaller than that; anything else as it is."""
    if not isinstance(value, float):
        return value
    return round(value, 4) if abs(value) >= 0.001 else float(f"{value:.3g}")


def _area(area: Area) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "type": area.type}


def _period(period: Period) -> dict[str, str]:
    return {"id": period.id, "from": period.from_month, "to": period.to_month}
