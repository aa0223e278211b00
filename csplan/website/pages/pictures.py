"""The pictures of findings: values to `csplan.documents`, back a drawing twice, its message, its measure and its table.

Each function gives the keywords of the `figure` macro, or a drawing where the page words it itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from csplan.cycle import kpi, periods
from csplan.cycle.periods import Period
from csplan.documents import charts, signals
from csplan.documents.bars import Beside, times_dots
from csplan.documents.svg import NARROW, WIDE
from csplan.evidence import types
from csplan.evidence.findings_shapes import AreaFindings, AreaValue, TopicFinding
from csplan.evidence.findings_words import FEWEST_FOR_RATE, LONGEST_HEADLINE
from csplan.evidence.plain_words import capital, how_many, listed, number
from csplan.statistics.change import LEAST_MONTHS
from csplan.website.pages import events

POLICE = "Source: data.police.uk."
TALL, TALL_NARROW = 380, 330
NO_VALUE, TOO_FEW = "–", "too few for a rate"


def asked_about(finding: TopicFinding) -> tuple[signals.Signal, ...]:
    """The months that the control chart marks; none where there is no chart."""
    return signals.found(finding.chart_months, finding.chart) if finding.chart else ()


def small_line(finding: TopicFinding, period: Period, place: str) -> str:
    """A word-sized line of the months of the period."""
    months = period.months
    marked = signals.marks(asked_about(finding), types.get(finding.topic).polarity)
    held = {m: finding.series[m] for m in months if m in finding.series}
    return charts.sparkline(
        [held.get(m) for m in months],
        title=f"{finding.title} in {place}, month by month",
        desc=signals.describe(held, limits=None) if held else "No month is held.",
        limits=finding.chart if finding.chart and finding.chart.method == "xmr" else None,
        marked={i: marked[m] for i, m in enumerate(months) if m in marked},
    )


def control(finding: TopicFinding, place: str) -> dict[str, Any] | None:
    """The control chart of one type in one area, over every month held; None where there is no month."""
    if not finding.series:
        return None
    chart, found = signals.known(finding.chart), asked_about(finding)
    marked = signals.marks(found, types.get(finding.topic).polarity)
    desc = signals.describe(finding.series, limits=chart, signals=found)
    since = finding.chart_months[0] if finding.chart_months else ""
    told = events.beneath(finding.events, finding.series)

    def draw(width: int, height: int, since_month: str) -> str:
        return charts.control_chart(
            finding.series,
            title=f"Control chart: {finding.title.lower()} in {place}, month by month",
            desc=desc,
            limits=chart,
            baseline_from=since,
            marked=marked,
            events=told["flags"],
            since=since_month,
            width=width,
            height=height,
        )

    narrow_from = since if any(m >= since for m in finding.series) else ""
    many = types.get(finding.topic).noun_plural
    return {
        "head": _message(found) if chart else f"{capital(many)} recorded in {place}, month by month",
        "sub": f"{capital(many)} recorded each month, {place}. {_band_words(finding)}",
        "wide": draw(WIDE, TALL, ""),
        "narrow": draw(NARROW, TALL_NARROW, narrow_from),
        "source": f"{POLICE} Hatched: months not held, which are not zero.",
        "events": told["flagged"],
        "known": told["others"],
        "table": months_table(finding, place, marked_in(found)),
    }


def _message(found: Sequence[signals.Signal]) -> str:
    """Which months are worth asking about; how many, where the sentence would be too long for a headline."""
    words = signals.in_words(found).rstrip(".")
    if len(words) <= LONGEST_HEADLINE:
        return words
    marked = len({month for signal in found for month in signal.months})
    return f"{capital(number(marked))} months are worth asking about"


def signals_words(finding: TopicFinding) -> list[str]:
    """What the chart marks, for the note beside it: every month marked, and what the strongest rule saw."""
    found = asked_about(finding)
    told = [signals.in_words(found)] if len(signals.in_words(found)) > LONGEST_HEADLINE else []
    return [*told, *([finding.signal.words] if finding.signal else [])]


def _band_words(finding: TopicFinding) -> str:
    """What the band is made from, or why there is none."""
    if finding.chart is None:
        return f"No usual range is drawn: fewer than {LEAST_MONTHS} of the last 24 months are held."
    if signals.known(finding.chart) is None:
        return "No usual range is drawn: there is too little to tell one."
    held = sum(1 for m in finding.chart_months if m in finding.series)
    return f"Band: the usual range, from the {held} months held since {periods.month_in_words(finding.chart_months[0])}."


def marked_in(found: Iterable[signals.Signal]) -> dict[str, str]:
    """{month: why it is worth asking about}."""
    return {month: kpi.SIGNALS[signal.kind] for signal in found for month in signal.months}


def months_table(finding: TopicFinding, place: str, marked: dict[str, str]) -> dict[str, Any]:
    """Every month held, with a row for each stretch that is not."""
    rows: list[tuple[str, ...]] = []
    months = sorted(finding.series)
    for i, month in enumerate(months):
        gap = periods.between(periods.add_months(months[i - 1], 1), periods.add_months(month, -1)) if i else ()
        if gap:
            rows.append((periods.in_words(periods.run(gap[0], gap[-1])), "not held", NO_VALUE))
        rows.append((periods.month_in_words(month), f"{finding.series[month]:,}", marked.get(month, NO_VALUE)))
    return {
        "caption": f"{finding.title} in {place}, month by month",
        "heads": ["Month", "Recorded", "Worth asking about"],
        "rows": rows,
        "numeric": (1,),
    }


# ---- beside other areas -----------------------------------------------------------------------------


def beside_others(findings: AreaFindings) -> dict[str, Any] | None:
    """Each rate as so many times that of all areas of the kind together; None where no type is compared."""
    compared = [t for t in findings.topics if t.comparison.verdict != "not_compared" and is_rated(t)]
    rows = [_row(t) for t in sorted(compared, key=lambda t: -(t.count or 0)) if t.comparison.group_rate]
    if not rows:
        return None
    group = compared[0].comparison.group
    pictures = {
        width: times_dots(
            rows,
            reference_words="the same" if width == NARROW else "the same rate",
            title=f"Rates in {findings.area.name} beside those of {group} together",
            desc=" ".join(
                f"{r.name}: {r.value:.1f}, all together {r.reference:.1f}, {kpi.COMPARISONS[r.verdict]}." for r in rows
            ),
            width=width,
        )
        for width in (WIDE, NARROW)
    }
    return {
        "head": standing_words(compared, group),
        "sub": f"How many times the rate of {group} together, {findings.period.title}, with 95% intervals. "
        f"Filled diamonds lie outside the range of the group. Types with fewer than {number(FEWEST_FOR_RATE)} are left out.",
        "wide": pictures[WIDE],
        "narrow": pictures[NARROW],
        "source": f"{POLICE} {_denominators(compared)}. The range allows for chance, for how much areas differ, and for how many "
        "are compared.",
        "table": rates_table(findings),
    }


def _row(t: TopicFinding) -> Beside:
    assert t.rate is not None and t.low is not None and t.high is not None and t.comparison.group_rate is not None
    return Beside(t.title, t.rate, t.low, t.high, t.comparison.group_rate, t.comparison.verdict)


def standing_words(compared: Sequence[TopicFinding], group: str) -> str:
    """How many types lie above and below the range of the group."""
    above, below = ([t for t in compared if t.comparison.verdict == side] for side in ("above", "below"))
    if not above and not below:
        return f"Every rate that is compared lies within the range of {group}"
    told = [
        f"{how_many(len(some))} {'lies' if len(some) == 1 else 'lie'} {side} the range of {group}"
        for some, side in ((above, "above"), (below, "below"))
        if some
    ]
    return capital(f"of {len(compared)} types compared, {listed(told)}")


def _denominators(some: Iterable[TopicFinding]) -> str:
    labels = sorted({t.denominator.label for t in some if t.denominator}, reverse=True)
    return capital("; ".join(labels)) if labels else "No population is held here on this day"


def rates_table(findings: AreaFindings) -> dict[str, Any]:
    """Every type: count, rate with interval, and how it stands; counts alone while no population was published."""
    ordered = sorted(findings.topics, key=lambda t: -(t.count or 0))
    caption = f"Recorded in {findings.area.name}, {findings.period.title}"
    if all(t.rate is None for t in ordered):
        rows = [(t.title, _count(t)) for t in ordered]
        return {"caption": caption, "heads": ["Type", "Recorded"], "rows": rows, "numeric": (1,)}
    return {
        "caption": caption,
        "sub": "Rates with 95% intervals. “All together” is the rate of all areas compared.",
        "heads": ["Type", "Recorded", "Rate", "Between", "Of", "All together", "Beside the others"],
        "rows": [_rates_row(t) for t in ordered],
        "numeric": (1, 2, 3, 5),
    }


def _rates_row(t: TopicFinding) -> tuple[str, ...]:
    group = t.comparison.group_rate
    return (
        t.title,
        _count(t),
        *rate_cells(t),
        f"{t.per:,} {t.denominator.id.split('-')[0]}" if t.denominator else NO_VALUE,
        NO_VALUE if group is None else f"{group:.1f}",
        kpi.COMPARISONS[t.comparison.verdict],
    )


def _count(t: TopicFinding | AreaValue) -> str:
    return kpi.STATUSES[t.status] if t.count is None else f"{t.count:,}"


def is_rated(t: TopicFinding | AreaValue) -> bool:
    """Whether a rate may be printed: there is one, and enough events to carry it."""
    return t.rate is not None and (t.count or 0) >= FEWEST_FOR_RATE


def rate_cells(t: TopicFinding | AreaValue) -> tuple[str, str]:
    """The rate and its interval as two cells."""
    if is_rated(t):
        return f"{t.rate:.1f}", f"{t.low:.1f} to {t.high:.1f}"
    return NO_VALUE, NO_VALUE if t.rate is None else TOO_FEW
