"""Questions that a councillor may put to the partnership about one area, drawn from its figures; and three of them on one page.

It takes findings and adds no test of its own: a question rests on a sentence of theirs and judges nothing. Each topic gives one
question at most, the one that its figures raise most: a clear rise, a rate above the range of the area's group, months worth asking
about, a clear fall, or that it is the largest; what is not held is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from csplan.cycle import calendar
from csplan.documents import charts, signals
from csplan.documents.paper import Block, Callout, Figure, Heading, Masthead, Paper, Paragraph, escape
from csplan.documents.sentences import uncapital
from csplan.documents.svg import NARROW, WIDE
from csplan.evidence import types
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding
from csplan.evidence.plain_words import months_said

#: How many a councillor takes to a meeting.
THREE = 3
#: Of the drawing, so that the paper stays on one page.
HEIGHT = 240
#: kind -> its place when the questions are put in order.
ORDER = ("rise", "above", "months", "fall", "largest", "not held")
#: Topics on which others than the police answer too.
WITH_THE_COUNCIL = {"anti-social-behaviour", "criminal-damage-and-arson", "public-order"}
WITH_HEALTH = {"drugs"}


@dataclass(frozen=True)
class AreaQuestion:
    """A question, the sentence of the figures that it rests on, what to listen for, and who can answer."""

    kind: str
    topic: str
    title: str
    asked: str
    because: str
    listen_for: str
    who: str


def questions(findings: AreaFindings) -> tuple[AreaQuestion, ...]:
    """Every question that the figures of an area raise, those that they raise most first."""
    found = [q for t in findings.topics if (q := _of_topic(findings, t))]
    asked_about = {q.topic for q in found}
    largest = sorted((t for t in findings.topics if t.count), key=lambda t: -(t.count or 0))
    # The largest, and further ones where too little else stands out for a page.
    wanted = max(1, THREE - len(found))
    found += [_largest(findings, t) for t in largest if t.topic not in asked_about][:wanted]
    found += _not_held(findings)
    return tuple(sorted(found, key=lambda q: (ORDER.index(q.kind), -_weight(findings, q.topic))))


def three(findings: AreaFindings) -> tuple[AreaQuestion, ...]:
    """The three to take to a meeting: of different kinds where the figures raise different kinds."""
    every = questions(findings)
    first_of_kind = [q for i, q in enumerate(every) if q.kind not in {o.kind for o in every[:i]}]
    rest = [q for q in every if q not in first_of_kind]
    chosen = [*first_of_kind, *rest][:THREE]
    return tuple(sorted(chosen, key=every.index))


def _weight(findings: AreaFindings, topic: str) -> int:
    return next((t.count or 0 for t in findings.topics if t.topic == topic), 0)


def _of_topic(findings: AreaFindings, t: TopicFinding) -> AreaQuestion | None:
    place, what = findings.area.name, types.get(t.topic).noun_plural
    if t.change.verdict == "up":
        return _question(
            "rise",
            t,
            f"What is behind the rise in {what} in {place}, what is being done about it here, and by when should it show?",
            t.change.words,
            "A cause that can be checked, a named deliverable of the plan, and a date.",
        )
    if t.comparison.verdict == "above":
        return _question(
            "above",
            t,
            f"What do places like {place} with fewer {what} do that is not done here, and what would it take?",
            t.comparison.words,
            "An example from another place, and why it would or would not work here.",
        )
    if t.signal is not None and t.signal.direction == "up":
        return _question(
            "months",
            t,
            f"What happened in {months_said(t.signal.months)}, when more {what} than usual were recorded in {place}?",
            t.signal.words,
            "Whether it was known at the time, what was done, and whether it is over.",
        )
    if t.change.verdict == "down":
        return _question(
            "fall",
            t,
            f"What brought the fall in {what} in {place}, and what will keep it?",
            t.change.words,
            "What was done before the fall began, and whether fewer are reported rather than fewer happen.",
        )
    return None


def _largest(findings: AreaFindings, t: TopicFinding) -> AreaQuestion:
    return _question(
        "largest",
        t,
        f"Which deliverables of the plan are about {uncapital(t.title)} in {findings.area.name}, and how will they be known to work?",
        t.words,
        "Deliverables by name, and an indicator with a figure to start from.",
    )


def _not_held(findings: AreaFindings) -> Iterator[AreaQuestion]:
    if findings.missing_months:
        months = months_said(findings.missing_months)
        yield AreaQuestion(
            "not held",
            "",
            "What is not held",
            f"When will the figures for {months} be there, and what is known meanwhile of {findings.area.name}?",
            f"Police figures for {months} are not held.",
            "A date, and another source such as incidents that the council took itself.",
            "the police",
        )


def _question(kind: str, t: TopicFinding, asked: str, because: str, listen_for: str) -> AreaQuestion:
    return AreaQuestion(kind, t.topic, t.title, asked, because, listen_for, _who(t.topic))


def _who(topic: str) -> str:
    if topic in WITH_THE_COUNCIL:
        return "the police and the council"
    return "the police and the council’s public health team" if topic in WITH_HEALTH else "the police"


# ---- the paper ------------------------------------------------------------------------------------------------


def three_questions(
    findings: AreaFindings, *, line: str, made_on: date, partnership: str, office: str, sources: Sequence[str]
) -> Paper:
    """Three questions on one page, for a councillor.

    line : the place in one line;  office : who answers for the paper;  sources : a sentence for each source with its licence
    """
    name, period = findings.area.name, findings.period.title
    asked = three(findings)
    blocks: list[Block] = [Paragraph(_lead(asked, name), "lead")]
    for n, q in enumerate(asked, start=1):
        blocks += [
            Heading(2, f"{n}. {q.title}"),
            Paragraph(f"**{escape(q.asked)}**"),
            Paragraph(escape(f"{q.because} To be answered by {q.who}. Listen for: {uncapital(q.listen_for)}")),
        ]
    blocks += _picture(findings, asked)
    return Paper(
        title=f"Three questions about {name}, {period}",
        subject=f"Questions that the figures of {name} raise",
        author=office,
        date=made_on,
        header=partnership,
        footer=f"Made on {calendar.in_words(made_on)} from open data",
        size=10.5,
        head=Masthead(f"For a councillor · {period}", f"Three questions about {name}", escape(line)),
        blocks=(
            *blocks,
            Callout(
                "What these are",
                (
                    "Questions, not findings of fault. They rest on what the police recorded, which is not all that happened. "
                    "Ask for the answer in writing: the clerk records it beside the question on the partnership’s site.",
                ),
                "limit",
            ),
            Paragraph(f"**Sources.** {escape(' '.join(sources))}", "small"),
        ),
    )


def _lead(asked: Sequence[AreaQuestion], name: str) -> str:
    if not asked:
        return escape(f"The figures held of {name} raise no question by themselves. Ask what residents say that figures do not.")
    return escape(f"What the figures of {name} raise most, with the sentence each question rests on and who can answer.")


def _picture(findings: AreaFindings, asked: Sequence[AreaQuestion]) -> tuple[Block, ...]:
    """The months of the first topic asked about that has a chart."""
    shown = next((t for q in asked for t in findings.topics if t.topic == q.topic and signals.known(t.chart)), None)
    if shown is None or shown.chart is None or not any(m in shown.series for m in shown.chart_months):
        return ()
    months = {m: n for m, n in shown.series.items() if m in shown.chart_months}
    marked = signals.found(shown.chart_months, shown.chart)
    limits = signals.known(shown.chart)
    alt = signals.describe(months, limits=limits, signals=marked)
    title = f"{shown.title} in {findings.area.name}, month by month"
    wide, narrow = (
        charts.control_chart(
            months,
            title=title,
            desc=alt,
            limits=limits,
            marked=signals.marks(marked, types.get(shown.topic).polarity),
            width=width,
            height=HEIGHT,
        )
        for width in (WIDE, NARROW)
    )
    return (
        Figure(
            wide,
            escape(f"{title}: {uncapital(signals.headline(marked, len(months)))}"),
            f"{title}. {alt}",
            narrow=narrow,
            subtitle="Recorded each month. Band: the usual range. Hatched: months not held.",
        ),
    )
