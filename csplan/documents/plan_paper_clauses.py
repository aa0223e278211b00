"""The clauses of a plan as blocks of its paper: priorities, what it fits with, what others lead, risks, dependencies, resources."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar, plan_text
from csplan.cycle import plan as rules
from csplan.documents import markdown
from csplan.documents.paper import Block, Bullets, Heading, Paragraph, Run, Table, Text, Words, escape, joined, verbatim
from csplan.evidence.plain_words import capital, listed

Row = Mapping[str, Any]
Figures = Mapping[str, str]
LIMBS = {letter: words for letter, words, _ in rules.LIMBS}
#: A matrix with more columns than this is too narrow to read; the references are listed instead.
WIDEST_MATRIX = 8
NONE = "–"
#: A priority with more words than this begins a page.
CHAPTER = 400


def priority(row: Row, figures: Figures, groups: Mapping[str, str]) -> Iterator[Block]:
    """One priority: why, what it covers, what will be done."""
    yield Heading(2, f"{row['ref']} {row['title']}", f"priority-{row['ref']}", new_page=len(row.get("words", "")) > CHAPTER)
    yield from markdown.to_blocks(row.get("words", ""), figures)
    if row["work_areas"]:
        yield Heading(3, "Work areas")
        yield Bullets(tuple(_named(area, figures) for area in row["work_areas"]))
    if row.get("limbs"):
        purposes = listed(LIMBS.get(letter, letter) for letter in row["limbs"])
        yield Paragraph(f"It serves section 6(1) of the Crime and Disorder Act 1998: {purposes}.", "small")
    yield Heading(3, "What will be done")
    if row["deliverables"]:
        yield deliverables(row["ref"], row["deliverables"], groups)
        yield from _workings(row["deliverables"], figures)
    else:
        yield Paragraph("This version names no deliverable for it.")


def _named(row: Row, figures: Figures) -> Words:
    """Reference and title, and the words under them."""
    runs = [Run(f"{row['ref']} ", strong=True), Run(row["title"])]
    if row.get("words"):
        runs += [Run("\n"), *markdown.to_words(row["words"], figures).runs]
    return Words(tuple(joined(runs)))


def deliverables(priority_ref: str, rows: Sequence[Row], groups: Mapping[str, str]) -> Table:
    """What, who leads, which group, when, what will show it. A column that would say nothing is not printed; a note says why."""
    columns: list[tuple[str, float, list[Text]]] = [
        ("Ref", 0.8, [verbatim(d["ref"]) for d in rows]),
        ("What", 5.4, [verbatim(d["title"]) for d in rows]),
    ]
    if any(len(d["work_areas"]) != 1 for d in rows):
        columns.append(("Work areas", 1.3, [verbatim(", ".join(d["work_areas"]) or NONE) for d in rows]))
    if any(d["lead"] or d.get("contributors") for d in rows):
        columns.append(("Lead", 2.4, [verbatim(_lead(d)) for d in rows]))
    if any(d.get("group") for d in rows):
        columns.append(("Group", 2.2, [verbatim(groups.get(d.get("group", ""), d.get("group", "")) or NONE) for d in rows]))
    if any(d["due"] for d in rows):
        columns.append(("Due", 2.0, [verbatim(_when(d)) for d in rows]))
    if any(d.get("evidence") for d in rows):
        shown = [plan_text.EVIDENCE.get(d.get("evidence", ""), NONE) for d in rows]
        columns.append(("What will show it", 1.8, [verbatim(words) for words in shown]))
    heads, widths, cells = zip(*columns, strict=True)
    return Table(
        f"Deliverables of priority {priority_ref}",
        heads,
        tuple(zip(*cells, strict=True)),
        "l" * len(columns),
        widths,
        source=verbatim(_notes(rows)),
        small=len(columns) > 4,
    )


def _lead(d: Row) -> str:
    lead = d["lead"] or NONE
    return f"{lead}\nwith {', '.join(d['contributors'])}" if d.get("contributors") else lead


def _when(d: Row) -> str:
    due = _day(d["due"]) if d["due"] else NONE
    return f"{due}\nfrom {_day(d['starts'])}" if d.get("starts") else due


def _day(written: str) -> str:
    return calendar.in_words(date.fromisoformat(written))


def _notes(rows: Sequence[Row]) -> str:
    """Why a lead or a day is not given, once for each reason; and what is an example."""
    reasons: dict[str, list[str]] = {}
    for d in rows:
        if d["why"] and not (d["lead"] and d["due"]):
            reasons.setdefault(d["why"], []).append(d["ref"])
    every = len(rows) == sum(len(refs) for refs in reasons.values())
    notes = [
        f"Lead and day{'' if every and len(reasons) == 1 else ' of ' + listed(refs)}: {why}." for why, refs in reasons.items()
    ]
    if any(d.get("is_example") for d in rows):
        notes.append("Leads and days are examples.")
    return " ".join(notes)


def _workings(rows: Sequence[Row], figures: Figures) -> Iterator[Block]:
    """How deliverables are meant to bring the change, and what they need."""
    items = []
    for d in rows:
        runs = [*markdown.to_words(d.get("mechanism", ""), figures).runs]
        if d.get("resource"):
            runs.append(Run(f"{' ' if runs else ''}It needs: {d['resource'].rstrip('.')}."))
        if runs:
            items.append(Words(tuple(joined([Run(f"{d['ref']} ", strong=True), *runs]))))
    if items:
        yield Heading(3, "How it is meant to work")
        yield Bullets(tuple(items))


# ---- what it fits with ------------------------------------------------------------------------------------


def alignment(row: Row, priorities: Sequence[Row], figures: Figures) -> Iterator[Block]:
    """Another strategy: what it is, who agrees it, and which part of the plan serves each of its ambitions."""
    yield Heading(3, row["title"])
    kind = plan_text.ALIGNMENTS.get(row.get("kind", ""), "")
    agreed = f"It is agreed by {row['agreed_by']}." if row["agreed_by"] else ""
    about = " ".join(words for words in (f"{kind}." if kind and row["kind"] != "other" else "", agreed) if words)
    if about:
        yield Paragraph(verbatim(about))
    yield from markdown.to_blocks(row["note"] or "", figures)
    if row["ambitions"] and row.get("delivers"):
        yield _matrix(row, priorities)
    elif row["ambitions"]:
        yield Paragraph("Its ambitions are these. The plan does not say which of its parts serves each.")
        yield Bullets(tuple(verbatim(ambition) for ambition in row["ambitions"]))


def _matrix(row: Row, priorities: Sequence[Row]) -> Table:
    """Ambitions down, priorities across; in each cell what serves it."""
    pairs = row["delivers"]
    ambitions = [*row["ambitions"], *(name for name in pairs if name not in row["ambitions"])]
    if len(priorities) > WIDEST_MATRIX:
        head: tuple[str, ...] = ("Ambition", "What in this plan serves it")
        rows: tuple[tuple[Text, ...], ...] = tuple(
            (verbatim(a), verbatim(", ".join(pairs.get(a, ())) or NONE)) for a in ambitions
        )
        widths: tuple[float, ...] = (1, 1)
    else:
        head = ("Ambition", *(f"Priority {p['ref']}" for p in priorities))
        rows = tuple((verbatim(a), *(verbatim(_serving(p["ref"], pairs.get(a, ()))) for p in priorities)) for a in ambitions)
        widths = (3, *(1 for _ in priorities))
    return Table(
        verbatim(f"{row['title']}: what in this plan serves each ambition"),
        head,
        rows,
        "l" * len(head),
        widths,
        source=f"{NONE} means that the plan names nothing there.",
        small=True,
    )


def _serving(priority_ref: str, refs: Sequence[str]) -> str:
    own = [ref for ref in refs if ref.split(".")[0] == priority_ref]
    return ", ".join("all of it" if ref == priority_ref else ref for ref in own) or NONE


# ---- what stands around it ----------------------------------------------------------------------------------


def assurance_areas(rows: Sequence[Row], figures: Figures) -> Table:
    """What others lead and the partnership is assured of."""
    return Table(
        "Areas that others lead",
        ("Ref", "Area", "Led by", "What the partnership is assured of, and how"),
        tuple((verbatim(r["ref"]), verbatim(r["title"]), verbatim(r.get("led_by") or NONE), _told(r, figures)) for r in rows),
        "llll",
        (0.6, 2, 2, 4),
        small=True,
    )


def risks(rows: Sequence[Row], figures: Figures) -> Table:
    """What may happen, who watches it, what is done."""
    heads = ("Ref", "What may happen", "Who watches it", "What is done about it", "Concerns")
    return _around("Risks to the plan", heads, "owner", rows, figures)


def dependencies(rows: Sequence[Row], figures: Figures) -> Table:
    """What is needed from others, and what if it does not come."""
    heads = ("Ref", "What is needed", "From whom", "What if it does not come", "Concerns")
    return _around("What the plan needs from others", heads, "on", rows, figures)


def _around(title: str, heads: tuple[str, ...], whose: str, rows: Sequence[Row], figures: Figures) -> Table:
    cells = tuple(
        (verbatim(r["ref"]), verbatim(r["title"]), verbatim(r.get(whose) or NONE), _told(r, figures), _concerns(r)) for r in rows
    )
    return Table(title, heads, cells, "lllll", (0.6, 2.6, 1.8, 3.6, 1.1), small=True)


def resources(rows: Sequence[Row], figures: Figures) -> Table:
    """What is given, by whom, how much; with the sum of the amounts that are given."""
    cells: list[tuple[Text, ...]] = [
        (
            verbatim(r["ref"]),
            verbatim(r["title"]),
            verbatim(r.get("given_by") or NONE),
            _told(r, figures),
            _concerns(r),
            _pounds(r),
        )
        for r in rows
    ]
    amounts = [r["amount_gbp"] for r in rows if r.get("amount_gbp") is not None]
    without = len(rows) - len(amounts)
    if amounts:
        cells.append(("Sum", "**All amounts given**", NONE, NONE, NONE, f"**£{sum(amounts):,}**"))
    said = "No amount is told." if not amounts else f"{capital(_count(without))} without an amount." if without else ""
    heads = ("Ref", "What it is", "Given by", "What it is for", "Concerns", "Amount")
    return Table(
        "What the plan has to work with", heads, tuple(cells), "lllllr", (0.6, 2.3, 1.8, 2.9, 1.0, 1.2), source=said, small=True
    )


def _count(n: int) -> str:
    return "one line is" if n == 1 else f"{n} lines are"


def _pounds(r: Row) -> Text:
    return NONE if r.get("amount_gbp") is None else f"£{r['amount_gbp']:,}"


def _told(r: Row, figures: Figures) -> Text:
    return markdown.to_words(r["words"], figures) if r.get("words") else NONE


def _concerns(r: Row) -> Text:
    return escape(", ".join(r.get("refs", ()))) or NONE
