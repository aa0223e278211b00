"""A consultation on paper: every question with boxes to tick, places for an order, ruled lines for own words, and where to send it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.cycle.consultation import FAMILIES, RATHER_NOT
from csplan.documents.paper import Block, Bullets, Callout, Figure, Heading, Masthead, Paper, Paragraph, verbatim
from csplan.documents.svg import WIDE, el, picture

SIZE, LARGE_SIZE = 12.0, 18.0
#: Of the ruled lines: how many, and how far apart on the drawing.
LINES, APART = 5, 44
HEADINGS = {"levels": "Where you live or work", "priorities": "What the plan should put first", "about": "About you"}


@dataclass(frozen=True)
class Form:
    """What is printed. questions : under the keys of `reading.consultation.asked`, in order"""

    title: str
    partnership: str
    introduction: str
    questions: Sequence[Mapping[str, Any]]
    closes_on: date
    opens_on: date
    write_to: str
    is_example: bool = False


def paper_form(form: Form, *, size: float = SIZE) -> Paper:
    """The form to print. size : of the letters in points; LARGE_SIZE for large print"""
    by = calendar.with_weekday(form.closes_on)
    return Paper(
        title=f"{form.title}: paper form" + (", large print" if size >= LARGE_SIZE else ""),
        subject=f"Questions to answer by {by}",
        author=form.partnership,
        date=form.opens_on,
        header=form.partnership,
        footer=f"To reach us by {by}",
        head=Masthead(f"Have your say · {form.partnership}", form.title, verbatim(f"It must reach us by the end of {by}.")),
        blocks=tuple(_blocks(form, by)),
        size=size,
    )


def _blocks(form: Form, by: str) -> Iterator[Block]:
    if form.introduction:
        yield Paragraph(verbatim(form.introduction), "lead")
    yield Callout(
        "How to fill in this form",
        (
            "Tick the boxes with a pen. Answer what you like and leave out the rest.",
            "Do not write your name, and do not name anyone else. If someone is in danger now, call 999.",
            verbatim(f"Send it to {form.write_to}. It must reach us by the end of {by}."),
        ),
        "note",
    )
    family = ""
    by_ref = {q["ref"]: (n, q) for n, q in enumerate(form.questions, start=1)}
    for n, q in enumerate(form.questions, start=1):
        if q["family"] != family:
            family = q["family"]
            yield Heading(2, HEADINGS.get(family, FAMILIES[family].capitalize()))
            if family == "about":
                yield Paragraph("So that we can see whom we have heard from. You need not say.")
        yield from _question(n, q, by_ref)
    yield Heading(2, "When you have finished")
    yield Paragraph(verbatim(f"Send this form to {form.write_to}. It must reach us by the end of {by}."))
    yield Paragraph(
        "An officer types in what you wrote and a second one checks it. Ask for the receipt, to check that it counted."
    )
    if form.is_example:
        yield Paragraph("This consultation is invented for the worked example.", "small")


def _question(n: int, q: Mapping[str, Any], by_ref: Mapping[str, tuple[int, Mapping[str, Any]]]) -> Iterator[Block]:
    yield Heading(3, f"{n}. {q['words']}")
    if q["only_if"]:
        on = by_ref[q["only_if"]["question"]][0]
        answers = " or ".join(f"“{a}”" for a in q["only_if"]["answers"])
        yield Paragraph(verbatim(f"Answer this if you ticked {answers} at question {on}."))
    yield Paragraph(verbatim(f"{q['hint']} {_how(q)}".strip()))
    if not q["choices"]:
        yield Figure(_ruled(), "", "Lines to write on")
        return
    choices = list(q["choices"])
    if q["family"] == "about" and RATHER_NOT not in choices and q["kind"] != "rank":
        choices.append(RATHER_NOT)
    yield Bullets(tuple(verbatim(choice) for choice in choices), "place" if q["kind"] == "rank" else "box")


def _how(q: Mapping[str, Any]) -> str:
    """What to do with the pen."""
    if not q["choices"]:
        return "Write on the lines. Go on overleaf if you need more room."
    if q["kind"] == "rank":
        return "Write 1 beside what should come first, 2 beside the next, and so on."
    return "Tick all that apply." if q["kind"] == "multiple" else "Tick one."


def _ruled() -> str:
    high = LINES * APART + 8
    lines = "".join(f"M0 {n * APART}h{WIDE}" for n in range(1, LINES + 1))
    return picture(
        WIDE, high, el("path", d=lines, stroke="#505a5f", stroke_width=1.5, fill="none"), title="Lines", desc="Lines to write on"
    )
