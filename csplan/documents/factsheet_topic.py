"""The pages of a factsheet on one topic of an area."""

from collections.abc import Sequence

from csplan.cycle import kpi, periods
from csplan.documents import charts, signals
from csplan.documents.factsheet_area import has_rate
from csplan.documents.paper import (
    Block,
    Bullets,
    Columns,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
    escape,
)
from csplan.documents.svg import NARROW, WIDE
from csplan.evidence import types
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding
from csplan.evidence.plain_words import capital, months_said


def blocks(f: AreaFindings, t: TopicFinding, facts: Sequence[KeyFigure], place: tuple[Block, ...]) -> tuple[Block, ...]:
    """Both pages."""
    told: tuple[Block, ...] = (Heading(2, "What the figures say"), Bullets(_points(f, t)))
    return (
        Paragraph(escape(f"{t.headline}."), "lead"),
        KeyFigures((*_figures(f, t), *facts)[:4]),
        *((Columns(told, place, 0.56),) if place else told),
        *_chart(f, t),
        *_months(f, t),
    )


def _figures(f: AreaFindings, t: TopicFinding) -> tuple[KeyFigure, ...]:
    """How many, how often, and how that lies."""
    many = escape(types.get(t.topic).noun_plural)
    if t.count is None:
        return (KeyFigure("No total", f"of {many} recorded", escape(t.why)),)
    out = [KeyFigure(f"{t.count:,}", f"{many} recorded", f.period.title)]
    if has_rate(t) and t.denominator:
        note = f"95% interval {t.low:.1f} to {t.high:.1f}"
        out.append(KeyFigure(f"{t.rate:.1f}", f"for every {t.per:,} {escape(t.denominator.label)}", note))
        if t.comparison.group_rate is not None:
            note = f"{escape(t.comparison.group)}; this place is {kpi.COMPARISONS[t.comparison.verdict]}"
            out.append(KeyFigure(f"{t.comparison.group_rate:.1f}", "in its whole group", note))
    return tuple(out)


def _points(f: AreaFindings, t: TopicFinding) -> tuple[str, ...]:
    """The finding's own sentences, and why no direction is better where none is."""
    reason = types.get(t.topic).polarity_reason
    said = [t.words, t.change.words, t.comparison.words or t.comparison.why]
    said += [signals.in_words(signals.found(t.chart_months, t.chart))] if t.chart and signals.known(t.chart) else []
    said += [reason] if reason and reason not in t.change.words else []
    said += [f"Not held, and so in no number here: {months_said(f.missing_months)}."] if f.missing_months else []
    return tuple(escape(words) for words in said if words)


def _chart(f: AreaFindings, t: TopicFinding) -> tuple[Block, ...]:
    """The months as a control chart; older stretches in grey without a range. A sentence where none of its months is held."""
    if not any(month in t.series for month in t.chart_months):
        return (Paragraph(escape(_nothing_to_draw(f, t))),)
    found = signals.found(t.chart_months, t.chart) if t.chart else ()
    limits = signals.known(t.chart)
    desc = signals.describe(t.series, limits=limits, signals=found)
    title, since = f"{t.title} in {f.area.name}, month by month", t.chart_months[0] if t.chart_months else ""
    marked = signals.marks(found, types.get(t.topic).polarity)
    wide, narrow = (
        charts.control_chart(
            t.series,
            title=title,
            desc=desc,
            limits=limits,
            baseline_from=since,
            marked=marked,
            since="" if width == WIDE else since,
            width=width,
            height=320,
        )
        for width in (WIDE, NARROW)
    )
    return (
        Figure(
            wide,
            signals.headline(found, sum(m in t.series for m in t.chart_months)) if limits else "Each month that is held",
            f"{title}. {desc}",
            narrow=narrow,
            subtitle=f"{escape(capital(types.get(t.topic).noun_plural))} recorded each month in {escape(f.area.name)}. "
            + ("Band: the usual range, made from the months it covers. " if limits else "")
            + "Hatched: months not held.",
            source="The figures are in {by-month}.",
            id="chart",
        ),
        *(Paragraph(escape(f"{event.words} {event.source_words}")) for event in t.events),
    )


def _nothing_to_draw(f: AreaFindings, t: TopicFinding) -> str:
    """Why there is no chart."""
    if any(month in t.series for month in f.period.months):  # a period longer than a chart
        return f"No month of {months_said(t.chart_months)} is held, so no chart is drawn."
    return f"No month of {f.period.title} is held, so no chart is drawn."


def _months(f: AreaFindings, t: TopicFinding) -> tuple[Block, ...]:
    """Every month held, a year to a row."""
    if not t.series:
        return ()
    years = sorted({month[:4] for month in t.series})
    rows = tuple(
        (year, *(f"{t.series[m]:,}" if (m := f"{year}-{n:02d}") in t.series else "–" for n in range(1, 13))) for year in years
    )
    return (
        Heading(2, "Month by month"),
        Table(
            f"{escape(t.title)} in each month held",
            ("Year", *(name[:3] for name in periods.MONTH_NAMES)),
            rows,
            "l" + "r" * 12,
            (9, *(7.5,) * 12),
            id="by-month",
            subtitle=f"Recorded by police in {escape(f.area.name)}. –: not held, which is not a zero.",
            small=True,
        ),
    )
