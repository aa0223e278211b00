"""The partnership plan as a paper, from the bytes of a frozen version: what stands in the paper stands in the seal.

What the records say beside the seal (who agreed it, what changed and why, how it is measured) comes as `Recorded`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar, periods, plan_text
from csplan.documents import markdown
from csplan.documents import plan_paper_clauses as clauses
from csplan.documents import plan_paper_record as record
from csplan.documents.paper import Block, Contents, Cover, Fact, Heading, Paper, Paragraph, Run, Table, Words, verbatim
from csplan.documents.plan_paper_cover import ornament_of
from csplan.documents.plan_paper_record import Recorded
from csplan.documents.printable import without_controls
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital

Sealed = Mapping[str, Any]
Sections = Mapping[str, tuple[Block, ...]]
#: Sections that stand before the priorities, and those whose table or figures stand with them further on.
FIRST = ("foreword", "who-we-are", "evidence", "strategy")
WITH_A_TABLE = ("resources", "measuring")
#: With more sections than this the list of what is in the plan has a page to itself.
FEW = 3
#: A section that is a paper of its own.
APART = ("easy-read",)


def plan_paper(sealed: Sealed, *, sha256: str, author: str, on: date, recorded: Recorded | None = None) -> Paper:
    """The whole plan, from its cover to its fingerprint.

    sealed : the parsed bytes of a version;  sha256 : their fingerprint;  author : an office;  on : the day it was frozen
    recorded : what the records say of the version beside its words; without it the paper is that of a draft
    """
    sealed, told = without_controls(sealed), recorded or Recorded()
    plan, partnership = sealed["plan"], sealed["partnership"]
    mark = "" if told.is_agreed else " (draft)"
    return Paper(
        title=plan["title"],
        subject=sealed["vision"],
        author=author,
        date=on,
        header=partnership["name"],
        footer=f"Version {sealed['version']}{mark}. {told.state}",
        head=_cover(sealed, author, told),
        blocks=tuple(_blocks(sealed, sha256, on, told)),
    )


def figures_of(sealed: Sealed) -> dict[str, str]:
    """{reference: words} of the live figures of a text, as they were sealed."""
    return {str(f["ref"]).strip("{}"): str(f["words"]) for f in sealed.get("figures", ())}


def rows_of(sealed: Sealed) -> dict[str, list[tuple[str, str]]]:
    """{reference: rows} of the drawings of a text, as they were sealed."""
    return {
        str(f["ref"]): [(str(name), str(said)) for name, said in f["rows"]] for f in sealed.get("figures", ()) if f.get("rows")
    }


def _cover(sealed: Sealed, author: str, told: Recorded) -> Cover:
    plan = sealed["plan"]
    facts = (
        Fact("For the years", verbatim(years(plan))),
        Fact("This version", f"Version {sealed['version']}"),
        Fact("How it stands", verbatim(told.state)),
        Fact("Answered for by", verbatim(author)),
    )
    ornament = ornament_of([len(p["work_areas"]) for p in sealed["priorities"]])
    return Cover(sealed["partnership"]["name"], plan["title"], verbatim(sealed["vision"]), facts, ornament)


def years(plan: Mapping[str, Any]) -> str:
    """ "1 April 2020 to 31 March 2025"."""
    first, last = (calendar.in_words(date.fromisoformat(plan[key])) for key in ("from", "to"))
    return f"{first} to {last}"


def _blocks(sealed: Sealed, sha256: str, on: date, told: Recorded) -> Iterator[Block]:
    figures = figures_of(sealed)
    sections = _sections(sealed, figures)
    yield Contents("What is in this plan")
    yield from record.standing(told, bool(sealed["plan"].get("is_example")))
    yield from _at_a_glance(sealed)
    for ref in FIRST:
        yield from sections.get(ref, ())
        if ref == "who-we-are" and told.authorities:
            if ref not in sections:
                yield Heading(2, plan_text.SECTIONS[ref][0], f"section-{ref}")
            yield from record.authorities(told)
    for priority in sealed["priorities"]:
        yield from clauses.priority(priority, figures, told.groups)
    yield from _around(sealed, sections, figures, told)
    yield from record.changes(told)
    yield from record.deeds(told)
    yield from record.figures(sealed.get("figures", ()))
    yield from record.fingerprint(sealed, sha256=sha256, on=on, recorded=told)


def _around(sealed: Sealed, sections: Sections, figures: Mapping[str, str], told: Recorded) -> Iterator[Block]:
    """What stands around the priorities, in the order in which a reader asks for it."""
    if sealed["alignments"]:
        yield Heading(2, "What the plan fits with", "alignments")
        for row in sealed["alignments"]:
            yield from clauses.alignment(row, sealed["priorities"], figures)
    lists = (
        ("assurance_areas", "What others lead, and we are assured of", clauses.assurance_areas),
        ("risks", "What may stand in the way", clauses.risks),
        ("dependencies", "What we need from others", clauses.dependencies),
    )
    for key, title, made in lists:
        if sealed.get(key):
            yield Heading(2, title, key.replace("_", "-"))
            yield made(sealed[key], figures)
    yield from _headed("resources", sections, bool(sealed.get("resources")))
    if sealed.get("resources"):
        yield clauses.resources(sealed["resources"], figures)
    yield from _headed("measuring", sections, True)
    yield from record.indicators(told)
    known = {*FIRST, *WITH_A_TABLE, *APART}
    for ref in [*(r for r in plan_text.SECTIONS if r in sections), *(r for r in sections if r not in plan_text.SECTIONS)]:
        if ref not in known:
            yield from sections.get(ref, ())


def _headed(ref: str, sections: Sections, has_table: bool) -> Iterator[Block]:
    """A section, or its heading alone where a table stands under it."""
    if ref in sections:
        yield from sections[ref]
    elif has_table:
        yield Heading(2, plan_text.SECTIONS[ref][0], f"section-{ref}")


def _sections(sealed: Sealed, figures: Mapping[str, str]) -> dict[str, tuple[Block, ...]]:
    """{reference: blocks} of the sections of the text, each under its heading."""
    rows = rows_of(sealed)
    return {
        s["ref"]: (
            Heading(2, s["title"], f"section-{s['ref']}"),
            *markdown.to_blocks(s.get("words", ""), figures, rows=rows),
        )
        for s in sealed.get("sections", ())
    }


def _at_a_glance(sealed: Sealed) -> Iterator[Block]:
    """The vision, how much there is, and each priority with its work areas."""
    priorities: Sequence[Mapping[str, Any]] = sealed["priorities"]
    areas, named = (sum(len(p[key]) for p in priorities) for key in ("work_areas", "deliverables"))
    yield Heading(2, "The plan at a glance", "glance", new_page=len(sealed.get("sections", ())) > FEW)
    yield Paragraph(Words((Run(sealed["vision"], strong=True),)))
    yield Paragraph(
        f"{capital(count(len(priorities), 'priority', 'priorities'))}, {count(areas, 'work area')} and {count(named, 'deliverable')}."
    )
    if sealed["priorities_agreed_in"]:
        yield Paragraph(f"The priorities were agreed in {periods.month_in_words(sealed['priorities_agreed_in'])}.")
    if priorities:
        yield Table(
            "Priorities and their work areas",
            ("Ref", "Priority", "Work areas"),
            tuple(_glance(p) for p in priorities),
            "lll",
            (0.5, 3, 4),
            small=True,
        )
    if sealed["note"]:
        yield Paragraph(verbatim(sealed["note"]), "small")


def _glance(p: Mapping[str, Any]) -> tuple[Words, ...]:
    title = Words((Run(p["title"], link=f"#priority-{p['ref']}"),))
    areas = "\n".join(f"{w['ref']} {w['title']}" for w in p["work_areas"])
    return verbatim(p["ref"]), title, verbatim(areas or "–")
