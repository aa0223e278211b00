"""What stands in a plan's paper beside its sealed words: who did what about it, how it is measured, what changed, how to check it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.documents.paper import Block, Bullets, Callout, Heading, Paragraph, Steps, Table, Text, escape, verbatim
from csplan.evidence.plain_words import listed

NONE = "–"


@dataclass(frozen=True)
class Indicator:
    """An indicator by which the plan is measured, in words that are ready to print. aim : its target, or why it has none"""

    ref: str
    title: str
    priority: str
    baseline: str
    aim: str
    is_example: bool = False


@dataclass(frozen=True)
class Changed:
    """One clause that differs from the version before.

    how : added, changed or removed;  said : what it said before, where it said something;  why : the reason and where it comes from
    """

    clause: str
    how: str
    said: str
    why: str


@dataclass(frozen=True)
class Recorded:
    """What the records say of a version at an instant, apart from its words. Everything is in words that are ready to print.

    state : such as “Agreed by the board on 9 March 2020”;  is_agreed : a version that is not is marked as a draft
    deeds : a sentence each: agreement, approvals, dispatch to the local policing body, lock, withdrawal
    authorities : (responsible authority, its part or "");  groups : {slug: name};  offices and bodies, never persons
    before : the version that the changes are from, such as “version 1”;  compared : what is not told here, and where it is
    address : where the sealed words are, under the site's own address
    """

    state: str = "Draft"
    is_agreed: bool = False
    is_withdrawn: bool = False
    deeds: tuple[str, ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    before: str = ""
    changes: tuple[Changed, ...] = ()
    compared: str = ""
    address: str = ""


def standing(recorded: Recorded, is_example: bool) -> Iterator[Block]:
    """What a reader must know before reading: that it is a draft, withdrawn, or an example."""
    if recorded.is_withdrawn:
        yield Callout("Withdrawn", ("This version was withdrawn. It is kept here so that its words can be checked.",), "limit")
    elif not recorded.is_agreed:
        words = "The board has not agreed this version. A later version may say something else."
        yield Callout("This is a draft", (words,), "limit")
    if is_example:
        words = "This plan is invented for the worked example. It is not a plan of the partnership."
        yield Callout("An example", (words,), "example")


def authorities(recorded: Recorded) -> Iterator[Block]:
    """Each responsible authority and its part in the version; one sentence where no part of any is recorded."""
    names = [name for name, _ in recorded.authorities]
    if names and not any(part for _, part in recorded.authorities):
        yield Paragraph(
            verbatim(f"The responsible authorities are {listed(names)}. No part of theirs in this version is recorded.")
        )
    elif names:
        yield Table(
            "What each responsible authority did about this version",
            ("Responsible authority", "Its part"),
            tuple((verbatim(name), verbatim(part or "Nothing is recorded.")) for name, part in recorded.authorities),
            "ll",
            (1, 1),
        )


def indicators(recorded: Recorded) -> Iterator[Block]:
    """What is measured, from where and towards what."""
    if not recorded.indicators:
        yield Paragraph("No indicator had been adopted for this plan when this paper was made.")
        return
    note = "Baselines and targets are examples." if any(i.is_example for i in recorded.indicators) else ""
    yield Table(
        "Indicators by which the plan is measured",
        ("Indicator", "Priority", "It begins from", "What is aimed at", "Code"),
        tuple(tuple(verbatim(w) for w in (i.title, i.priority, i.baseline, i.aim, i.ref)) for i in recorded.indicators),
        "lllll",
        (2.9, 0.9, 2.3, 2.6, 1.5),
        source=note,
        small=True,
    )


def changes(recorded: Recorded) -> Iterator[Block]:
    """Each clause that differs from the version before, with its reason; nothing for a first version."""
    if not recorded.before:
        return
    yield Heading(2, f"What changed since {recorded.before}", "changes")
    if recorded.compared:
        yield Paragraph(verbatim(recorded.compared))
    elif not recorded.changes:
        yield Paragraph(f"The words are those of {escape(recorded.before)}.")
    if not recorded.changes:
        return
    yield Table(
        "Each change with its reason",
        ("What", "Change", "What it said before", "Reason"),
        tuple((verbatim(c.clause), c.how, verbatim(c.said or "–"), verbatim(c.why)) for c in recorded.changes),
        "llll",
        (1.6, 0.9, 3, 3),
        small=True,
    )


def deeds(recorded: Recorded) -> Iterator[Block]:
    """How the version came to stand, a line each."""
    if recorded.deeds:
        yield Heading(2, "How it was agreed", "agreed")
        yield Bullets(tuple(verbatim(words) for words in recorded.deeds))


def figures(held: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """Every figure of the text with its reference and the release it came from, as they were sealed."""
    if not held:
        return
    yield Heading(2, "Where the figures come from", "figures")
    yield Paragraph(
        "Figures in the text stand as they were when this version was frozen. They do not move when a source is corrected."
    )
    yield Table(
        "Figures in this plan, as sealed",
        ("Figure", "What it is", "Source"),
        tuple((verbatim(_full(f)), verbatim(_about(f)), verbatim(_releases(f))) for f in held),
        "lll",
        (2.4, 2.6, 2.2),
        small=True,
    )


def _full(figure: Mapping[str, Any]) -> str:
    """Its words with unit and interval, where they were sealed; else as they stand in the text."""
    return str(figure.get("full") or figure.get("words") or NONE)


def _about(figure: Mapping[str, Any]) -> str:
    return "\n".join(str(figure[key]) for key in ("about", "ref") if figure.get(key))


def _releases(figure: Mapping[str, Any]) -> str:
    """The releases it was made from, a line each."""
    held = [*figure.get("releases", ()), *([figure["release"]] if figure.get("release") else ())]
    return "\n".join(str(release["key"]) for release in held) or NONE


def fingerprint(sealed: Mapping[str, Any], *, sha256: str, on: date, recorded: Recorded) -> Iterator[Block]:
    """The fingerprint of the version, and how anyone can check that the words are the ones that were frozen."""
    yield Heading(2, "Fingerprint of this version", "fingerprint")
    number, before = sealed["version"], sealed.get("previous_sha256")
    told: list[Text] = [f"Version {number} was frozen on {calendar.in_words(on)}. Its fingerprint (SHA-256) is", verbatim(sha256)]
    if before:
        told += ["The version before it has the fingerprint", verbatim(before)]
    yield Callout(f"Version {number}", tuple(told))
    yield Heading(3, "To check that nothing has changed since")
    where = escape(recorded.address or "the address of this version, with .sealed.json at its end")
    yield Steps(
        (
            f"Save the sealed words from the partnership’s site: {where}.",
            "Work out the SHA-256 of that file, such as with the command sha256sum or with shasum -a 256.",
            "Compare it with the fingerprint above. Every letter and number must be the same.",
        )
    )
