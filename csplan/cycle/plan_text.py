"""What a plan is made of: its clauses, the fields of each, and how a clause is named. One table for forms, comparison, exchange and checks.

A plan's text is plain values in the shape of a plan file (`document`). Cut into clauses it is `{address: {field: value}}`, where an
address is the kind and the reference: `vision`, `section/foreword`, `priority/1`, `work-area/1.2`, `deliverable/1.2.1`, `risk/R1`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from csplan.errors import CsplanError

Document = Mapping[str, Any]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One thing that is written in a clause.

    form : how it is written: `line` (one line), `words` (Markdown), `lines` (one thing a line), `refs` (references of the plan),
           `day` (2020-03-31), `group` (slug of a group), `choice` (one of `choices`), `pairs` ({ambition: [references]})
    """

    name: str
    label: str
    form: str = "line"
    hint: str = ""
    is_needed: bool = False
    longest: int = 300
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of clause. plural : its key in a plan file; ref : a regular expression; under : the kind whose list it stands in"""

    name: str
    title: str
    plural: str
    ref: str
    fields: tuple[Field, ...]
    under: str | None = None
    key: str = "ref"

    def field(self, name: str) -> Field:
        """The field of a name."""
        return next(f for f in self.fields if f.name == name)


#: Sections that a plan may have, in order: reference -> (title, what belongs there)
SECTIONS: dict[str, tuple[str, str]] = {
    "foreword": ("Foreword", "Why this plan, and what it asks of people. Signed by an office."),
    "who-we-are": ("Who we are", "The authorities, the board and its groups, and how they work together."),
    "evidence": ("What the evidence says", "The findings that the priorities rest on, with live figures."),
    "strategy": ("Our strategy", "How crime and disorder are to be reduced and substance misuse and reoffending tackled."),
    "resources": ("How resources are used", "How the authorities allocate and deploy what they have."),
    "measuring": ("How we will know", "What each authority does to measure whether it worked."),
    "engagement": ("How people take part", "How people who live and work here were asked, and how they go on being heard."),
    "governance": ("How it is overseen", "Who decides, who is held to account, and when it is reviewed."),
    "easy-read": (
        "Easy read",
        "The plan in easy words, tested with readers: short sentences, one idea a line. A paper of its own.",
    ),
}

#: Kinds of strategy that a plan fits with.
ALIGNMENTS: dict[str, str] = {
    "vision": "The area’s vision",
    "policing": "The local policing body’s plan",
    "public-health": "The Director of Public Health’s report",
    "serious-violence": "The serious violence strategy",
    "drugs": "The drugs partnership’s plan",
    "domestic-abuse": "The domestic abuse strategy",
    "health-wellbeing": "The health and wellbeing strategy",
    "other": "Another strategy",
}

#: What shows that a deliverable is done.
EVIDENCE: dict[str, str] = {
    "document": "A document",
    "figure": "A figure or an indicator",
    "minute": "A minute of a meeting",
    "record": "A record of attendance or referrals",
    "feedback": "What people who used it say",
    "other": "Something else, said in the mechanism",
}

_TITLE = Field("title", "Title", is_needed=True)
_WORDS = Field("words", "Words", "words", "Markdown. A figure is written as a reference in braces.", longest=20_000)
_SERVES = Field("refs", "What it concerns", "refs", "References such as 1, 1.2 or 1.2.1, each on a line of its own.")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "vision",
            "Vision",
            "vision",
            "",
            (Field("words", "The vision", "words", "One sentence.", is_needed=True, longest=500),),
        ),
        Kind("section", "Section", "sections", r"[a-z][a-z-]{1,49}", (_TITLE, _WORDS)),
        Kind(
            "priority",
            "Priority",
            "priorities",
            r"[1-9]\d?",
            (
                _TITLE,
                Field("words", "Why it is a priority", "words", longest=5_000),
                Field("limbs", "Purposes of section 6(1) that it serves", "limbs"),
            ),
        ),
        Kind(
            "work-area",
            "Work area",
            "work_areas",
            r"[1-9]\d?\.[1-9]\d?",
            (_TITLE, Field("words", "What it covers", "words", longest=5_000)),
            under="priority",
        ),
        Kind(
            "deliverable",
            "Deliverable",
            "deliverables",
            r"[1-9]\d?\.[1-9]\d?\.[1-9]\d?",
            (
                Field("title", "What will be done", "line", is_needed=True, longest=600),
                Field("work_areas", "Work areas that it serves", "refs", "References such as 1.2, each on a line of its own."),
                Field("lead", "Who answers for it", "line", "One office or body.", longest=200),
                Field("group", "Group that owns it", "group"),
                Field("contributors", "Who else contributes", "lines", "Each on a line of its own."),
                Field("starts", "Starts on", "day"),
                Field("due", "Due on", "day"),
                Field("resource", "What it needs", "line", "Money, people, premises."),
                Field("mechanism", "How it is meant to work", "words", "Why this should bring the change.", longest=2_000),
                Field("evidence", "What will show that it is done", "choice", choices=EVIDENCE),
                Field("why", "Why lead or day is not given", "line", longest=200),
            ),
            under="priority",
        ),
        Kind(
            "alignment",
            "Alignment",
            "alignments",
            r"[a-z0-9][a-z0-9-]{0,49}",
            (
                _TITLE,
                Field("kind", "What it is", "choice", choices=ALIGNMENTS),
                Field("agreed_by", "Who agrees it", longest=200),
                Field("ambitions", "Its ambitions or objectives", "lines", "Each on a line of its own.", longest=2_000),
                Field("delivers", "What in this plan serves each", "pairs", "Ambition = 1, 2.3", longest=4_000),
                Field("note", "How they fit", "words", longest=4_000),
            ),
            key="slug",
        ),
        Kind(
            "assurance-area",
            "Assurance area",
            "assurance_areas",
            r"A[1-9]\d?",
            (
                _TITLE,
                Field("led_by", "Who leads it", is_needed=True, longest=200),
                Field("words", "What the partnership is assured of, and how", "words", longest=4_000),
            ),
        ),
        Kind(
            "risk",
            "Risk",
            "risks",
            r"R[1-9]\d?",
            (
                Field("title", "What may happen", "line", is_needed=True, longest=400),
                Field("owner", "Who watches it", longest=200),
                Field("words", "What is done about it", "words", longest=4_000),
                _SERVES,
            ),
        ),
        Kind(
            "dependency",
            "Dependency",
            "dependencies",
            r"N[1-9]\d?",
            (
                Field("title", "What is needed from others", "line", is_needed=True, longest=400),
                Field("on", "From whom", longest=200),
                Field("words", "What if it does not come", "words", longest=4_000),
                _SERVES,
            ),
        ),
        Kind(
            "resource",
            "Resource",
            "resources",
            r"M[1-9]\d?",
            (
                Field("title", "What it is", "line", is_needed=True, longest=300),
                Field("given_by", "Who gives it", longest=200),
                Field("amount_gbp", "Amount in pounds", "number"),
                Field("words", "What it is for", "words", longest=4_000),
                _SERVES,
            ),
        ),
    )
}

#: Kinds in which a plan's priorities are said: what a lock keeps as it is.
LOCKED = ("priority",)


def address(kind: str, ref: str) -> str:
    """How a clause is named: `deliverable/1.2.1`; the vision alone has no reference."""
    return f"{kind}/{ref}" if ref else kind


def part_of(clause: str) -> tuple[Kind, str]:
    """The kind and the reference of a clause's address."""
    name, _, ref = clause.partition("/")
    kind = KINDS.get(name)
    if kind is None or bool(ref) != bool(kind.ref):
        raise CsplanError(
            f"“{clause}” is no clause of a plan. A clause is named like vision, section/foreword or deliverable/1.2.1."
        )
    return kind, ref


def clauses(document: Document) -> dict[str, dict[str, Any]]:
    """The text cut into clauses, in the order in which they are read; every field is there, empty ones as "", [], {} or None."""
    return {address(kind.name, ref): values for kind, ref, values in _parts(document)}


def _parts(document: Document) -> Iterator[tuple[Kind, str, dict[str, Any]]]:
    yield KINDS["vision"], "", {"words": document.get("vision", "")}
    for name in ("section",):
        yield from _listed(KINDS[name], document)
    for row in document.get("priorities", ()):
        yield KINDS["priority"], row["ref"], _values(KINDS["priority"], row)
        yield from _listed(KINDS["work-area"], row)
        yield from _listed(KINDS["deliverable"], row)
    for name in ("alignment", "assurance-area", "risk", "dependency", "resource"):
        yield from _listed(KINDS[name], document)


def _listed(kind: Kind, inside: Mapping[str, Any]) -> Iterator[tuple[Kind, str, dict[str, Any]]]:
    for row in inside.get(kind.plural, ()):
        yield kind, row[kind.key], _values(kind, row)


def _values(kind: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    return {f.name: row.get(f.name, empty(f)) for f in kind.fields}


def empty(field: Field) -> Any:
    """What stands where nothing is written."""
    if field.form in ("lines", "refs", "limbs"):
        return []
    if field.form == "pairs":
        return {}
    return None if field.form in ("day", "number") or field.name == "lead" else ""


def is_empty(value: Any) -> bool:
    """Whether nothing is written."""
    return value is None or value == "" or value == [] or value == {}


def digest(values: Values) -> str:
    """A short fingerprint of what a clause says: a form carries it, so that a change made meanwhile is noticed."""
    written = {name: value for name, value in values.items() if not is_empty(value)}
    return hashlib.sha256(json.dumps(written, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()[:16]


def title_of(clause: str, values: Values) -> str:
    """How a clause is called on a page: “Deliverable 1.2.1”, “Foreword”, “Vision”."""
    kind, ref = part_of(clause)
    if kind.name == "section":
        return str(values.get("title") or SECTIONS.get(ref, (ref, ""))[0])
    if kind.name == "alignment":
        return str(values.get("title") or ref)
    return f"{kind.title} {ref}".strip()
