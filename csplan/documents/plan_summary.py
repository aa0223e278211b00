"""The plan on one page: vision, priorities with a line each, how to have a say, how it will be known, and the fingerprint."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from csplan.documents.paper import Block, Callout, Heading, Masthead, Paper, Paragraph, Run, Words, verbatim
from csplan.documents.plan_paper import years
from csplan.documents.plan_paper_record import Recorded
from csplan.documents.printable import as_printed, without_controls
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed

#: Body sizes in points, the largest that fits is taken; and how many work areas are named at the most when none does: 0 tells how
#: many there are, -1 nothing of them. More than thirty priorities are no plan on one page.
SIZES = (12, 11, 10, 9)
NAMED = (99, 6, 4, 3, 2, 1, 0, -1)
#: Points of a page that the head, the margins and the two notes leave for words; and the width of the measure.
HIGH, WIDE = 520.0, 468.0


@dataclass(frozen=True)
class PriorityLine:
    """One priority in a line: its reference, its title, and what it works on."""

    ref: str
    title: str
    words: str


@dataclass(frozen=True)
class Summary:
    """What the page and the paper both print. say, known : (title, words);  size : of the paper, in points"""

    title: str
    partnership: str
    years: str
    state: str
    vision: str
    priorities: tuple[PriorityLine, ...]
    say: tuple[str, str]
    known: tuple[str, str]
    version: int
    sha256: str
    size: int
    is_agreed: bool
    is_example: bool


def summary(sealed: Mapping[str, Any], *, sha256: str, recorded: Recorded, say: tuple[str, str]) -> Summary:
    """The plan in short, from its sealed words. say : how people may have a say on the day, (title, words)"""
    sealed = without_controls(sealed)
    size, named = _room(sealed)
    return Summary(
        title=sealed["plan"]["title"],
        partnership=sealed["partnership"]["name"],
        years=years(sealed["plan"]),
        state=recorded.state,
        vision=sealed["vision"],
        priorities=tuple(PriorityLine(p["ref"], p["title"], _line(p["work_areas"], named)) for p in sealed["priorities"]),
        say=say,
        known=("How we will know", _known(recorded)),
        version=sealed["version"],
        sha256=sha256,
        size=size,
        is_agreed=recorded.is_agreed,
        is_example=bool(sealed["plan"].get("is_example")),
    )


def plan_summary(told: Summary, *, author: str, on: date) -> Paper:
    """The same as a paper of one page. author : an office;  on : the day the version was frozen"""
    mark = "" if told.is_agreed else "Draft. "
    return Paper(
        title=f"{told.title}: the plan on one page",
        subject=told.vision,
        author=author,
        date=on,
        header=told.partnership,
        footer=f"{mark}Version {told.version}. {told.state}",
        head=Masthead(f"{told.partnership}: the plan on one page", told.title, verbatim(f"{told.years}. {told.state}.")),
        blocks=tuple(_blocks(told)),
        size=told.size,
    )


def _blocks(told: Summary) -> Iterator[Block]:
    yield Paragraph(verbatim(told.vision), "lead")
    yield Heading(2, "What we will work on")
    for p in told.priorities:
        runs = [Run(f"{p.ref} {p.title}", strong=True)]
        yield Paragraph(Words((*runs, Run(f"\n{p.words}")) if p.words else tuple(runs)))
    yield Callout(told.say[0], (verbatim(told.say[1]),), "ask")
    yield Callout(told.known[0], (verbatim(told.known[1]),))
    example = "This plan is invented for the worked example. " if told.is_example else ""
    yield Paragraph(verbatim(f"{example}Fingerprint of version {told.version} (SHA-256): {told.sha256}"), "small")


def _line(work_areas: Sequence[Mapping[str, Any]], named: int) -> str:
    """The titles of the work areas, the first `named` of them."""
    titles = [w["title"].rstrip(".") for w in work_areas]
    if not titles or named < 0:
        return ""
    if named == 0:
        return f"{capital(count(len(titles), 'work area'))}."
    rest = len(titles) - named
    return "; ".join(titles[:named]) + (f"; and {count(rest, 'more', 'more')}." if rest > 0 else ".")


def _known(recorded: Recorded) -> str:
    if not recorded.indicators:
        return "No indicator has been adopted yet. Until one is, nobody can tell from figures whether the plan works."
    refs = list(dict.fromkeys(i.priority for i in recorded.indicators))
    noun = "priority" if len(refs) == 1 else "priorities"
    return f"{capital(count(len(recorded.indicators), 'indicator'))} measure {noun} {listed(refs)}. Their figures are on the partnership’s site."


def _room(sealed: Mapping[str, Any]) -> tuple[int, int]:
    """(body size, work areas named) with which everything stands on one page, by an estimate on the safe side."""
    return next(
        ((size, named) for named in NAMED for size in SIZES if _high(sealed, size, named) <= HIGH), (SIZES[-1], NAMED[-1])
    )


def _high(sealed: Mapping[str, Any], size: int, named: int) -> float:
    """Points that the priorities and the vision take. A sign is half as wide as the body is high, a line a third higher."""
    signs = WIDE / (0.53 * size)
    lines = 1.2 * ceil(1.2 * len(as_printed(sealed["vision"])) / signs)
    for p in sealed["priorities"]:
        title, line = as_printed(p["title"]), as_printed(_line(p["work_areas"], named))
        lines += ceil(1.08 * (len(title) + 3) / signs) + ceil(len(line) / signs) + 0.45
    return lines * 1.34 * size + (size - 9) * 22
