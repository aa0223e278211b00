"""What the figures of an area say: how much, whether it changed, what stands out, and how it lies among others.

`area_findings` is the one road to every verdict word: each page, paper and document repeats what it gives. The fourteen
types of an area are tested together, so that of all changes called real about one in twenty at most is expected to be none.
`topic_findings` turns the table round: one type in all areas of one kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np

from csplan.cycle.kpi import SIGNALS
from csplan.cycle.periods import Period
from csplan.errors import CsplanError
from csplan.evidence import areas, catalogue, changes, comparisons, series_events
from csplan.evidence import findings_words as words
from csplan.evidence.areas import Area, Denominator
from csplan.evidence.comparisons import Group
from csplan.evidence.findings_shapes import (
    AreaFindings,
    AreaValue,
    ChangeFinding,
    ComparisonFinding,
    SignalFinding,
    TopicFinding,
    TopicFindings,
)
from csplan.evidence.plain_words import are, capital, months_said
from csplan.evidence.series_events import SeriesEvent
from csplan.evidence.types import TYPES, Type
from csplan.evidence.types import get as get_type
from csplan.evidence.view import View
from csplan.statistics.change import LEAST_MONTHS
from csplan.statistics.control_chart import ControlChart, xmr
from csplan.statistics.rates import crude_rate

__all__ = [
    "AreaFindings",
    "AreaValue",
    "ChangeFinding",
    "ComparisonFinding",
    "SignalFinding",
    "TopicFinding",
    "TopicFindings",
    "area_findings",
    "control_chart",
    "signal",
    "topic_findings",
]

#: Groups compared, kept while their view is: every area of a kind is set beside the same one.
_groups: WeakKeyDictionary[View, dict[tuple[str, str, str, str], Group]] = WeakKeyDictionary()


def area_findings(view: View, code: str, period: Period | None = None) -> AreaFindings:
    """Every type in an area, tested together.

    period : None for the one shown unless another is asked for
    Raises CsplanError for an unknown area, and when nothing is held of it or of the district it lies in.
    """
    area = areas.get(code)
    district = areas.district_of(code)
    wide = district or code
    held = view.months_of(wide)
    period = period or view.period_of(wide)
    if period is None or not held:
        raise CsplanError(f"No recorded crime is held for {area.name}. Load its police force’s files, or read as at a later day.")
    asked = _Asked(view, area, district, period, view.missing(code, period), held[-1])
    series = {slug: view.series(code, slug) for slug in TYPES}
    tested = changes.findings([changes.examine(of, period, held[-1], events(view, code, slug)) for slug, of in series.items()])
    topics = tuple(_topic(asked, TYPES[slug], series[slug], change) for slug, change in zip(TYPES, tested, strict=True))
    whole = sum(topic.count for topic in topics if topic.count is not None)
    used = sorted({*period.months, *changes.shown(period, held[-1])})
    said = tuple(_in_words(asked, replace(topic, share=_share(topic.count, whole))) for topic in topics)
    return AreaFindings(area, period, said, asked.missing, tuple(view.releases(code, used)), held[-1])


def events(view: View, code: str, topic: str) -> tuple[SeriesEvent, ...]:
    """The dated events that touch one type in one area and were known on the day of the view."""
    return series_events.touching(code, topic, day=view.day)


@dataclass(frozen=True)
class _Asked:
    """What is asked of one area. missing : months of the period not held;  last_month : the last held at all"""

    view: View
    area: Area
    district: str | None
    period: Period
    missing: tuple[str, ...]
    last_month: str


def _topic(asked: _Asked, of: Type, series: dict[str, int], change: ChangeFinding) -> TopicFinding:
    """One type, as numbers and verdicts."""
    per = catalogue.of_topic(of.slug).per
    base = areas.denominator(asked.area.code, of.denominator, asked.view.day)
    count = None if asked.missing else sum(series[month] for month in asked.period.months)
    rate = crude_rate(count, base.value, per=per) if count is not None and base is not None else None
    months = changes.unbroken(changes.shown(asked.period, asked.last_month), events(asked.view, asked.area.code, of.slug))
    chart = control_chart(series, months)
    return TopicFinding(
        topic=of.slug,
        title=of.title,
        count=count,
        rate=rate.value if rate else None,
        low=rate.low if rate else None,
        high=rate.high if rate else None,
        per=per,
        denominator=base,
        status=_status(asked.view, asked.area.code, count, asked.missing),
        why=_why(count, base, asked.missing, asked.period, of),
        share=None,
        change=change,
        comparison=_comparison(asked, of, count, per),
        signal=signal(chart, months, within=asked.period.months) if chart else None,
        series=series,
        chart=chart,
        chart_months=months,
        events=series_events.shown(asked.area.code, of.slug, tuple(series), day=asked.view.day),
    )


def _share(count: int | None, whole: int) -> float | None:
    return count / whole if count is not None and whole else None


def _in_words(asked: _Asked, topic: TopicFinding) -> TopicFinding:
    """The same with its sentences."""
    of, change = TYPES[topic.topic], topic.change
    return replace(
        topic,
        change=replace(change, words=words.change_words(change, of), brief=words.change_brief(change)),
        comparison=replace(topic.comparison, words=words.comparison_words(topic.comparison, topic, of)),
        words=words.volume_words(topic, of, asked.period),
        headline=words.headline(topic, of, asked.period),
    )


def _status(view: View, code: str, count: int | None, missing: Sequence[str]) -> str:
    if count is None:
        return view.status(code, missing[0])
    return "counted" if count else "zero"


def _why(count: int | None, base: Denominator | None, missing: tuple[str, ...], period: Period, of: Type) -> str:
    if count is None:
        return not_held(missing, period)
    if base is None:
        return no_rate(of.denominator)
    return ""


def no_rate(base: str) -> str:
    """Why there is no rate where residents or households are not known."""
    return f"{comparisons.not_known(base)}, so there is no rate."


def not_held(missing: tuple[str, ...], period: Period) -> str:
    """Why a period with missing months has no total."""
    if missing == period.months:
        return f"{period.title} {are(missing)} not held."
    return f"{months_said(missing)} {are(missing)} not held, so there is no total for {period.title}."


# ---- comparison -------------------------------------------------------------------------------------


#: Areas that are not compared themselves, as the sentence names them.
_LARGE = {"csp": "A partnership", "force": "A police force", "region": "A region"}


def _comparison(asked: _Asked, of: Type, count: int | None, per: int) -> ComparisonFinding:
    kind, why = asked.area.type, ""
    if kind in _LARGE or asked.district is None:
        why = f"{_LARGE[kind]} is not compared here: its districts are."
    elif count is None:
        why = "Not every month is held, so no comparison is made."
    if why or asked.district is None:
        return ComparisonFinding("", 0, "not_compared", why, None, None)
    return _group(asked.view, of, kind, asked.district, asked.period).finding(asked.area.code, per, count)


def _group(view: View, of: Type, kind: str, district: str, period: Period) -> Group:
    """The group of a kind of area, made once for each view."""
    made = _groups.setdefault(view, {})
    key = (of.slug, kind, district, period.id)
    if key not in made:
        home = areas.get(district)
        is_district = kind == "district"
        made[key] = (
            comparisons.of_districts(view, of, home, period) if is_district else comparisons.inside(view, of, home, kind, period)
        )
    return made[key]


# ---- control chart ----------------------------------------------------------------------------------


def control_chart(series: Mapping[str, int], months: tuple[str, ...]) -> ControlChart | None:
    """The control chart of a series over some months (normally 24, see `changes.shown`); None with fewer than 12 held.

    Limits and mean are made from those months alone: older ones are drawn without.
    """
    points = changes.values(series, months)
    return xmr(points) if int((~np.isnan(points)).sum()) >= LEAST_MONTHS else None


def signal(chart: ControlChart, months: tuple[str, ...], *, within: Sequence[str]) -> SignalFinding | None:
    """What a chart marks among the months of `within`: the strongest kind, the way of its last month, and its months.

    A run is told with all its months, also those that a stronger rule marks.
    """
    marked = [(i, kind) for i, kind in enumerate(chart.signals) if kind and months[i] in within]
    for strongest in SIGNALS:
        places = [i for i, kind in marked if kind == strongest]
        if places:
            way = _direction(chart, places[-1], strongest)
            same = [i for i in places if _direction(chart, i, strongest) == way]
            if strongest == "run":
                same = _whole_run(chart, [i for i, _ in marked], same)
            found = SignalFinding(strongest, way, tuple(months[i] for i in same))
            return replace(found, words=words.signal_words(found))
    return None


def _direction(chart: ControlChart, at: int, kind: str) -> str:
    if kind == "trend":
        beside = at - 1 if at and chart.signals[at - 1] == kind else at + 1
        rises = (chart.values[at] > chart.values[beside]) == (beside < at)
        return "up" if rises else "down"
    return "up" if chart.values[at] > chart.mean else "down"


def _whole_run(chart: ControlChart, marked: list[int], run: list[int]) -> list[int]:
    """A run with its marked neighbours on the same side of the mean."""
    way, whole = _direction(chart, run[-1], "run"), set(run)
    for step in (1, -1):
        for start in run:
            at = start + step
            while at in marked and _direction(chart, at, "run") == way:
                whole.add(at)
                at += step
    return sorted(whole)


# ---- one type in all areas --------------------------------------------------------------------------


def topic_findings(
    view: View, topic: str, area_type: str, period: Period | None = None, *, district: str | None = None
) -> TopicFindings:
    """One type in every area of a kind inside a district: values, limits and where each stands among them.

    area_type : lsoa, msoa or division;  district : its code, None for the area whose months the view is about
    Raises CsplanError when the kind is none of these or nothing is held.
    """
    of, home = get_type(topic), areas.get(district or view.area or "")
    if area_type not in comparisons.KINDS or area_type == "district":
        raise CsplanError(f"Areas of the type “{area_type}” do not lie in a district. Choose lsoa, msoa or division.")
    held = view.months_of(home.code)
    period = period or view.period_of(home.code)
    if period is None or not held:
        raise CsplanError(f"No recorded crime is held for {home.name}. Load its police force’s files, or read as at a later day.")
    per = catalogue.of_topic(of.slug).per
    group = _group(view, of, area_type, home.code, period)
    counts = view.counts(area_type, of.slug, period, within=home.code)
    inside = areas.within(home.code, area_type, view.day)
    return TopicFindings(
        topic=of.slug,
        title=of.title,
        area_type=area_type,
        district=home,
        period=period,
        areas=tuple(_value(view, area, of, period, counts.get(area.code), group, per) for area in inside),
        per=per,
        base=of.denominator,
        group=group.words,
        group_rate=None if group.rate is None else per * group.rate,
        why=group.why,
        missing_months=view.missing(home.code, period),
        releases=tuple(view.releases(home.code, period.months)),
        last_month=held[-1],
    )


def _value(view: View, area: Area, of: Type, period: Period, count: int | None, group: Group, per: int) -> AreaValue:
    base = areas.denominator(area.code, of.denominator, view.day)
    rate = crude_rate(count, base.value, per=per) if count is not None and base is not None else None
    missing = view.missing(area.code, period) if count is None else ()
    stands = group.finding(area.code, per, count)
    return AreaValue(
        area=area,
        count=count,
        rate=rate.value if rate else None,
        low=rate.low if rate else None,
        high=rate.high if rate else None,
        population=base.value if base else None,
        status=_status(view, area.code, count, missing),
        why=capital(_why(count, base, missing, period, of)),
        verdict=stands.verdict,
        q=stands.q,
    )
