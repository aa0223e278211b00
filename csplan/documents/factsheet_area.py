"""The pages of a factsheet on every topic of an area."""

from collections.abc import Sequence

from csplan.cycle import kpi, periods
from csplan.documents import bars, charts, sentences, signals
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
from csplan.evidence.findings_words import FEWEST_FOR_RATE
from csplan.evidence.plain_words import capital, how_many, listed, months_said, number

Topics = Sequence[TopicFinding]


def blocks(findings: AreaFindings, facts: Sequence[KeyFigure], place: tuple[Block, ...]) -> tuple[Block, ...]:
    """Both pages."""
    changed = [t for t in findings.topics if t.change.verdict in ("up", "down")]
    apart = [t for t in findings.topics if t.comparison.verdict in ("above", "below")]
    told: tuple[Block, ...] = (
        Heading(2, "What stands out"),
        Bullets(_what_stands_out(findings, changed, apart, most=1 if place else 2)),
    )
    return (
        Paragraph(_lead(findings, changed, apart), "lead"),
        KeyFigures((*_figures(findings, changed, apart), *facts)[:4]),
        *((Columns(told, place, 0.66),) if place else told),
        *_beside(findings),
        Heading(2, "Each topic month by month"),
        *_small_lines(findings),
        _table(findings),
    )


# ---- the first page -----------------------------------------------------------------------------------------


def _lead(findings: AreaFindings, changed: Topics, apart: Topics) -> str:
    """What changed and what lies apart, each as its test says."""
    ways = (
        ("more", [t for t in changed if t.change.verdict == "up"]),
        ("fewer", [t for t in changed if t.change.verdict == "down"]),
    )
    told = " and ".join(f"{word} {_many(topics)}" for word, topics in ways if topics)
    said = [f"Police recorded {told} than a year before." if told else _no_change(findings.topics)]
    for side in ("above", "below"):
        topics = [t for t in apart if t.comparison.verdict == side]
        if topics:
            rates = f"rate of {_names(topics)} lies" if len(topics) == 1 else f"rates of {_names(topics)} lie"
            said.append(f"The {rates} {side} the range of {topics[0].comparison.group}.")
    return escape(" ".join(said))


def _no_change(topics: Topics) -> str:
    """That no change is clear, or that none could be tested."""
    if topics and all(t.change.verdict == "not_held" for t in topics):
        return "The same months a year earlier are not held, so no change is told."
    return "No topic shows a clear change from a year before."


def _many(topics: Topics) -> str:
    return listed(types.get(t.topic).noun_plural for t in topics)


def _names(topics: Topics) -> str:
    return listed(sentences.uncapital(t.title) for t in topics)


def _figures(f: AreaFindings, changed: Topics, apart: Topics) -> tuple[KeyFigure, ...]:
    """How much, how many changed, how many lie above their group."""
    if f.recorded is None:
        out = [KeyFigure("No total", "of crimes and incidents recorded", f"not held: {months_said(f.missing_months)}")]
    else:
        out = [KeyFigure(f"{f.recorded:,}", "crimes and incidents recorded", f.period.title)]
    months = max((t.change.after_months for t in f.topics), key=len, default=())
    if months:
        note = f"{months_said(months)} beside a year before"
        out.append(KeyFigure(f"{len(changed)} of {len(f.topics)}", "topics with a clear change", note))
    compared = sum(t.comparison.verdict != "not_compared" for t in f.topics)
    if compared:
        above = sum(t.comparison.verdict == "above" for t in apart)
        note = f"and {how_many(len(apart) - above)} below it"
        out.append(KeyFigure(f"{above} of {compared}", "topics above the range of their group", note))
    return tuple(out)


def _what_stands_out(f: AreaFindings, changed: Topics, apart: Topics, *, most: int) -> tuple[str, ...]:
    """Up to seven sentences, each the finding's own. most : of topics that only lie apart, as lead and picture name them all"""
    counted = [t for t in f.topics if t.count]
    out = [max(counted, key=lambda t: t.count or 0).words] if counted else []
    out += [t.change.words for t in changed[:3]]
    out += [f"{t.title}. {t.comparison.words}" for t in apart if t not in changed][:most]
    few = [t for t in f.topics if t.count is not None and t.count < FEWEST_FOR_RATE]
    if few:
        out.append(f"Fewer than {number(FEWEST_FOR_RATE)} were recorded of {_names(few)}: too few for a rate.")
    if f.missing_months:
        out.append(f"Not held, and so in no number here: {months_said(f.missing_months)}.")
    return tuple(escape(words) for words in out)


def _beside(f: AreaFindings) -> tuple[Block, ...]:
    """Every compared topic as so many times the rate of its group."""
    rows = sorted((row for t in f.topics for row in _row(t)), key=lambda r: -r.value / r.reference)
    if not rows:
        return ()
    above = [r for r in rows if r.verdict == "above"]
    told = "; ".join(f"{r.name} {r.value / r.reference:.1f} times, {kpi.COMPARISONS[r.verdict]}" for r in rows)
    wide, narrow = (
        bars.times_dots(rows, reference_words="all together", title="Rates beside the group", desc=f"{told}.", width=width)
        for width in (WIDE, NARROW)
    )
    groups = [t.comparison.group for t in f.topics if t.comparison.verdict != "not_compared"]
    return (
        Figure(
            wide,
            f"{capital(number(len(above)))} of {number(len(rows))} topics {'lies' if len(above) == 1 else 'lie'} above the range"
            if above
            else "No topic lies above the range of its group",
            f"Rates beside the group. {told}.",
            narrow=narrow,
            subtitle=f"Rate as a multiple of the rate of all of {escape(max(groups, key=groups.count))} together, "
            f"{f.period.title}, with 95% interval. Diamonds lie outside the range that chance and the differences between areas "
            f"give; rings lie inside it. Topics with fewer than {number(FEWEST_FOR_RATE)} are left out.",
            source="The figures are in {every-topic}.",
            id="beside",
        ),
    )


def _row(t: TopicFinding) -> tuple[bars.Beside, ...]:
    """A topic beside its group, where both have a rate that can be said."""
    there = t.comparison.group_rate
    if t.comparison.verdict == "not_compared" or not there or not has_rate(t):
        return ()
    assert t.rate is not None and t.low is not None and t.high is not None
    return (bars.Beside(t.title, t.rate, t.low, t.high, there, t.comparison.verdict),)


def has_rate(t: TopicFinding) -> bool:
    """Whether a rate may be printed: there is one, and enough events to carry it."""
    return t.rate is not None and (t.count or 0) >= FEWEST_FOR_RATE


# ---- the second page ----------------------------------------------------------------------------------------


def _small_lines(f: AreaFindings) -> tuple[Block, ...]:
    """One small line for each topic that has a chart."""
    shown = sorted((t for t in f.topics if t.chart and t.series), key=lambda t: -(t.count or 0))
    if not shown:
        return ()
    rows = [_small_line(t) for t in shown]
    told = "; ".join(f"{row.name} {row.words}" for row in rows)
    wide, narrow = (
        charts.small_lines(rows, title="Each topic month by month", desc=f"{told}.", width=width) for width in (WIDE, NARROW)
    )
    return (
        Figure(
            wide,
            "",
            f"Each topic month by month. {told}.",
            narrow=narrow,
            subtitle=f"{months_said(shown[0].chart_months)}, each on its own scale and not from zero. Band: the usual range; line: "
            "the average. A space in a line is months not held. Marked months are worth asking about.",
        ),
    )


def _small_line(t: TopicFinding) -> charts.SmallLine:
    assert t.chart is not None
    last = max(t.series)
    marked = signals.marks(signals.found(t.chart_months, t.chart), types.get(t.topic).polarity)
    return charts.SmallLine(
        t.title,
        [t.series.get(month) for month in t.chart_months],
        f"{t.series[last]:,} in {periods.month_in_words(last)}",
        t.chart if t.chart.method == "xmr" else None,  # below an average of five a band says little
        {t.chart_months.index(month): meaning for month, meaning in marked.items()},
    )


def _table(f: AreaFindings) -> Table:
    """Every topic in a row."""
    rows = tuple(
        (
            t.title,
            capital(kpi.STATUSES[t.status]) if t.count is None else f"{t.count:,}",
            f"{t.rate:.1f}" if has_rate(t) else "–",
            f"{t.low:.1f} to {t.high:.1f}" if has_rate(t) else "too few" if t.rate is not None else "not given",
            capital(t.change.brief),
            capital(kpi.COMPARISONS[t.comparison.verdict].removesuffix(" the range of its group")),
        )
        for t in sorted(f.topics, key=lambda t: -(t.count or 0))
    )
    return Table(
        f"{capital(number(len(rows)))} topics, {f.period.title}",
        ("Topic", "Count", "Rate", "95% interval", "Change from a year before", "Range of its group"),
        rows,
        "lrrrll",
        (26.2, 6.9, 5.9, 13, 35.5, 12.5),
        id="every-topic",
        subtitle=f"Recorded by police. {_what_rates_are_of(f)}",
        small=True,
    )


def _what_rates_are_of(f: AreaFindings) -> str:
    """What the rates are of, with the topics that differ."""
    bases = [t.denominator.label for t in f.topics if t.denominator]
    if not bases:
        return "No rate is given: how many people there were is not held here for areas of this size on this day."
    usual, per = max(bases, key=bases.count), f.topics[0].per
    others = [t for t in f.topics if t.denominator and t.denominator.label != usual]
    labels = {t.denominator.label for t in others if t.denominator}
    return escape(f"Rates are per {per:,} {usual}" + (f"; {_names(others)} per {per:,} {listed(labels)}." if others else "."))
