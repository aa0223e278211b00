"""The kit of a consultation on paper: a poster with a code to scan, a large-print notice, and a script for briefing community groups."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

import segno

from csplan.cycle import calendar
from csplan.documents.paper import (
    Block,
    Bullets,
    Callout,
    Columns,
    Figure,
    Heading,
    Masthead,
    Paper,
    Paragraph,
    Steps,
    escape,
    verbatim,
)
from csplan.documents.svg import el, picture, rect

#: Modules of white around a code (ISO/IEC 18004), and the drawn size of a module: enough to print sharp.
QUIET, MODULE = 4, 8
#: Black on white, whatever colours the partnership has: a code in its colours may not scan.
DARK, LIGHT = "#000000", "#ffffff"
LARGE_SIZE, SCRIPT_SIZE = 18, 12
#: Letters on a poster, at the most -> its body size in points, so that it fills one page and no more.
POSTER_SIZES = ((200, 22), (280, 20), (400, 18), (520, 16), (10_000, 14))


@dataclass(frozen=True)
class Asked:
    """What the kit says of a consultation. address : where people answer, whole;  priorities : their titles, in order"""

    title: str
    partnership: str
    why: str
    can_change: str
    priorities: tuple[str, ...]
    address: str
    opens_on: date
    closes_on: date
    write_to: str
    is_example: bool = False


def matrix(words: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a code, row by row, without the quiet zone. Level M: a seventh of it may be covered or torn."""
    made = segno.make_qr(words, error="m", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def qr(words: str, title: str) -> str:
    """A code as a picture: one path of black modules on white, with its quiet zone."""
    rows = matrix(words)
    side = (len(rows) + 2 * QUIET) * MODULE
    path = el("path", d="".join(_runs(row, y) for y, row in enumerate(rows)), fill=DARK, shape_rendering="crispEdges")
    return picture(side, side, rect(0, 0, side, side, LIGHT), path, title=title, desc=f"A code that leads to {words}")


def _runs(row: tuple[bool, ...], y: int) -> str:
    """The black stretches of a row, each one rectangle of the path."""
    drawn, x = "", 0
    for is_dark, run in groupby(row):
        n = len(list(run))
        if is_dark:
            left, top = (x + QUIET) * MODULE, (y + QUIET) * MODULE
            drawn += f"M{left} {top}h{n * MODULE}v{MODULE}h-{n * MODULE}z"
        x += n
    return drawn


def poster(told: Asked) -> Paper:
    """One A4 page for a wall: what is asked, until when, the code, and the office to write to."""
    letters = len(told.title) + len(_lead(told)) + len(told.address) + len(told.write_to)
    return _paper(told, "poster", next(size for most, size in POSTER_SIZES if letters <= most), _poster(told))


def _poster(told: Asked) -> tuple[Block, ...]:
    code = Figure(
        qr(told.address, "Scan to answer"), "Scan to answer", f"A code to scan with a phone. It leads to {told.address}"
    )
    words: tuple[Block, ...] = (
        Heading(2, "Answer by"),
        Paragraph(f"**{_by(told)}**"),
        Heading(2, "Online"),
        Paragraph(f"Scan the code, or go to {_link(told)}"),
        Heading(2, "On paper"),
        Paragraph(escape(f"Ask for a form or large print, or write to: {told.write_to}")),
    )
    return (
        Paragraph(verbatim(_lead(told)), "lead"),
        Columns(words, (code,), share=0.5),
        *_mark(told),
    )


def notice(told: Asked) -> Paper:
    """The same in large print."""
    change: list[Block] = [Heading(2, "What can change"), Paragraph(verbatim(told.can_change))] if told.can_change else []
    blocks: list[Block] = [
        Heading(2, "What we ask"),
        Paragraph(verbatim(told.why or f"We ask what you think of “{told.title}”.")),
        *change,
        Heading(2, "How to answer"),
        Bullets(
            (
                f"Online: {_link(told)}",
                escape(f"On paper or with help: {told.write_to}"),
                f"We must have your answer by **{_by(told)}**.",
            )
        ),
        *_mark(told),
    ]
    return _paper(told, "notice in large print", LARGE_SIZE, tuple(blocks))


def script(told: Asked) -> Paper:
    """What a person says who tells a community group of it, and what to bring back: fifteen minutes."""
    about: list[Block] = (
        [Heading(3, "What the draft is about"), Bullets(tuple(escape(p) for p in told.priorities))] if told.priorities else []
    )
    blocks: list[Block] = [
        Paragraph("For whoever speaks to a community group. It takes about fifteen minutes, most of it for listening.", "lead"),
        Heading(2, "Before you begin"),
        Bullets(
            ("Take paper forms and this address with you.", "Say who you are, and that nobody has to answer or give a name.")
        ),
        Heading(2, "What to say"),
        Paragraph(verbatim(told.why or f"We are asking people about “{told.title}”.")),
        *([Paragraph(verbatim(f"What can still change: {told.can_change}"))] if told.can_change else []),
        *about,
        Heading(2, "What to ask, and to listen to"),
        Steps(
            (
                "What worries you most where you live or work?",
                "Is that in the draft? What is missing?",
                "What should come first?",
                "Would anything in it work badly for people you know?",
            )
        ),
        Callout(
            "If someone tells you of danger",
            ("If anyone is in danger now, call 999. Do not write names or details on the form: tell your own manager at once.",),
            "limit",
        ),
        Heading(2, "How people answer"),
        Bullets((f"Online: {_link(told)}", escape(f"On paper: {told.write_to}"), f"By **{_by(told)}**.")),
        Heading(2, "What to bring back"),
        Paragraph(
            "How many people came and from which groups, and what was said, without names. It is published as a note of the meeting."
        ),
        *_mark(told),
    ]
    return _paper(told, "script for a briefing", SCRIPT_SIZE, tuple(blocks))


def _paper(told: Asked, what: str, size: float, blocks: tuple[Block, ...]) -> Paper:
    return Paper(
        title=f"{told.title}: {what}",
        subject=f"How to answer by {_by(told)}",
        author=told.partnership,
        date=told.opens_on,
        header=told.partnership,
        footer=f"Answer by {_by(told)}",
        head=Masthead(f"Have your say · {told.partnership}", told.title, verbatim(f"Open until the end of {_by(told)}.")),
        blocks=blocks,
        size=size,
    )


def _by(told: Asked) -> str:
    return calendar.with_weekday(told.closes_on)


def _link(told: Asked) -> str:
    """The address as it is typed, without the protocol where a browser adds it."""
    return f"[{escape(told.address.removeprefix('https://'))}]({told.address})"


def _lead(told: Asked) -> str:
    return _short(told.why) or f"We are asking people who live and work here about “{told.title}”."


def _short(words: str) -> str:
    """The first paragraph, of at most 400 letters: a poster is read standing."""
    first = words.strip().split("\n")[0]
    return first if len(first) <= 400 else first[:400].rsplit(" ", 1)[0] + " …"


def _mark(told: Asked) -> list[Block]:
    return [Paragraph("This consultation is invented for the worked example.", "small")] if told.is_example else []
