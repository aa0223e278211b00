"""The plan in easy words: short sentences, one idea a line, hard words explained, large type.

A version that has the section `easy-read` brings its own words. For any other they are made from its titles by the rules below;
the text then says so, and that nobody has tested it with readers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.documents import markdown
from csplan.documents.easy_words import EXPLAINED
from csplan.documents.paper import Block, Bullets, Callout, Heading, Masthead, Paper, Paragraph, verbatim
from csplan.documents.plan_paper import figures_of
from csplan.documents.printable import without_controls

#: No sentence made by rule has more words than this.
LONGEST = 15
#: Where a long title is cut, the best places first.
JOINTS = (
    r"[;:.] ",
    r", ",
    r" (?=and )",
    r" (?=so that |who |that |which )",
    r" (?=to |of |for |in |against |through |from |with )",
)
SIZE = 16
SECTION = "easy-read"


@dataclass(frozen=True)
class Idea:
    """Something to be said: a heading, its lines, and a list under them."""

    heading: str
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class EasyRead:
    """What the page and the paper both print.

    ideas : made by rule;  own : the partnership's own words as Markdown, in their stead;  notes : how the text was made
    """

    title: str
    line: str
    ideas: tuple[Idea, ...]
    own: str
    figures: Mapping[str, str]
    notes: tuple[str, ...]
    is_by_rule: bool


def easy_read(sealed: Mapping[str, Any], *, is_agreed: bool, contact: str, say_until: date | None = None) -> EasyRead:
    """The easy words of a version from its sealed text. contact : an office;  say_until : last day of a consultation that is open"""
    sealed = without_controls(sealed)
    own = next((s.get("words", "") for s in sealed.get("sections", ()) if s["ref"] == SECTION), "")
    title, partnership = sealed["plan"]["title"], sealed["partnership"]["name"]
    if own.strip():
        return EasyRead(title, partnership, (), own, figures_of(sealed), ("The partnership wrote these words.",), False)
    ideas = tuple(_ideas(sealed, is_agreed=is_agreed, contact=contact, say_until=say_until))
    return EasyRead(title, partnership, ideas, "", {}, BY_RULE, True)


BY_RULE = (
    "A computer made these easy words from the plan.",
    "Nobody has tested them with readers yet.",
    "There are no pictures yet.",
    "The full plan says more.",
)


def easy_read_paper(told: EasyRead, *, author: str, on: date, footer: str) -> Paper:
    """The same as a paper in large type."""
    return Paper(
        title=f"{told.title}: easy read",
        subject="The plan in easy words",
        author=author,
        date=on,
        header=told.line,
        footer=footer,
        head=Masthead("Easy read", told.title, verbatim(told.line)),
        blocks=tuple(_blocks(told)),
        size=SIZE,
    )


def _blocks(told: EasyRead) -> Iterator[Block]:
    if told.own:
        yield from markdown.to_blocks(told.own, told.figures, top=2)
    for idea in told.ideas:
        yield Heading(2, idea.heading)
        yield from (Paragraph(verbatim(line)) for line in idea.lines)
        if idea.items:
            yield Bullets(tuple(verbatim(item) for item in idea.items))
    yield Callout("How these words were made", tuple(verbatim(note) for note in told.notes))


def sentences(told: EasyRead) -> Iterator[str]:
    """Every sentence and line that was made by rule."""
    for idea in told.ideas:
        yield from (idea.heading, *idea.lines, *(line for item in idea.items for line in item.split("\n")))


# ---- the rules -----------------------------------------------------------------------------------------------


def _ideas(sealed: Mapping[str, Any], *, is_agreed: bool, contact: str, say_until: date | None) -> Iterator[Idea]:
    plan = sealed["plan"]
    first, last = plan["from"][:4], plan["to"][:4]
    example = ("This plan is an example.", "It is not a real plan.") if plan.get("is_example") else ()
    yield Idea(
        "What this is about",
        (
            "This is about a plan to keep people safe.",
            *example,
            f"The plan is for the years {first} to {last}.",
            "A partnership made the plan." if is_agreed else "A partnership is making the plan.",
            "A partnership is groups that work together.",
            "The council and the police are two of the groups.",
            *([] if is_agreed else ["The plan is not agreed yet. It may change."]),
        ),
    )
    yield Idea("What we want", ("We want this:",), cut(sealed["vision"]))
    n = len(sealed["priorities"])
    things = "one thing that matters" if n == 1 else f"{_number(n)} things that matter"
    yield Idea("What we will work on", (f"The plan has {things} most.", "We call them priorities."))
    explained: set[str] = set()
    for priority in sealed["priorities"]:
        yield _priority(priority, explained)
    yield from _say(contact, say_until)
    yield Idea("If you need help", ("If you are in danger, call 999.", "For other things, call the police on 101."))


def _priority(priority: Mapping[str, Any], explained: set[str]) -> Idea:
    """One priority: its title, what its hard words mean, and its work areas as a list."""
    titles = [priority["title"], *(w["title"] for w in priority["work_areas"])]
    meant = tuple(_meant(titles, explained))
    areas = tuple("\n".join(cut(w["title"])) for w in priority["work_areas"])
    lead = ("We will work on:",) if areas else ()
    return Idea(f"Priority {priority['ref']}", (*cut(priority["title"], stop=True), *meant, *lead), areas)


def _meant(titles: Sequence[str], explained: set[str]) -> Iterator[str]:
    """What the hard words of some titles mean, each once in the whole text; a word within a longer one that is explained is not."""
    low = " ".join(titles).lower()
    for term, meaning in EXPLAINED.items():
        if term in low and not any(term in other for other in explained):
            explained.add(term)
            yield meaning


def _say(contact: str, until: date | None) -> Iterator[Idea]:
    write = cut(f"Write to: {contact}", stop=True)
    if until is None:
        yield Idea("Tell us what you think", ("You can tell us what you think.", "You can ask someone to help you.", *write))
        return
    yield Idea(
        "Tell us what you think",
        (
            "Is the plan good?",
            "What is missing?",
            f"Please tell us by {calendar.in_words(until)}.",
            "You can ask someone to help you.",
            *write,
        ),
    )


def cut(words: str, *, stop: bool = False) -> tuple[str, ...]:
    """Words in lines of at most `LONGEST` words, cut where a reader would draw breath. stop : with a full stop at the end

    >>> cut("Stop crime")
    ('Stop crime',)
    """
    lines = tuple(line.strip() for line in _cut(" ".join(words.split())) if line.strip())
    if stop and lines:
        lines = (*lines[:-1], lines[-1].rstrip(".") + ".")
    return lines


def _cut(words: str) -> list[str]:
    if len(words.split()) <= LONGEST:
        return [words]
    for joint in JOINTS:
        places = [m.end() for m in re.finditer(joint, words) if 0 < len(words[: m.end()].split()) < len(words.split())]
        if places:
            middle = min(places, key=lambda at: abs(at - len(words) / 2))
            return [*_cut(words[:middle].strip()), *_cut(words[middle:].strip())]
    every = words.split()
    return [" ".join(every[i : i + LONGEST]) for i in range(0, len(every), LONGEST)]


def _number(n: int) -> str:
    return ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")[n] if n < 10 else str(n)
