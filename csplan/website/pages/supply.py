"""The supply ledger at the desk: what each authority owes for a quarter, what came of it, and a return before it is taken in."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar, periods, supply
from csplan.cycle.words import capital, count
from csplan.evidence import returns
from csplan.evidence.returns.read import Mark, Return
from csplan.evidence.returns.workbook import FORMATS
from csplan.website.typed import Typed

#: So many sentences are shown of one return; the marked copy has all.
MOST_SHOWN = 100
HEADS = ("What is owed", "How it stands", "Came on", "What came", "From")
WAYS = {"nil": "There was nothing to report", "elsewhere": "It came another way, and is kept elsewhere"}


def ledger(
    rows: Sequence[Mapping[str, Any]], quarter: str, quarters: Sequence[str], overdue: Mapping[str, int]
) -> dict[str, Any]:
    """One quarter of the ledger as a table, and the other quarters with how much of each is overdue."""
    title = periods.parse(quarter).title
    return {
        "headline": headline(sum(overdue.values())),
        "quarter_title": title,
        "table": {"caption": f"What is owed for {title}", "heads": HEADS, "rows": [_line(row) for row in rows]},
        "has_examples": any(row["is_example"] for row in rows),
        "quarters": [(q, periods.parse(q).title, q == quarter, _overdue(overdue[q])) for q in quarters],
        "due": calendar.in_words(supply.due_on(quarter)),
    }


def headline(n: int) -> str:
    """How many are overdue, as the page's name."""
    return f"{capital(count(n, 'supply', 'supplies'))} {'is' if n == 1 else 'are'} overdue" if n else "No supply is overdue"


def _overdue(n: int) -> str:
    return f"{n} overdue" if n else "none overdue"


def _line(row: Mapping[str, Any]) -> tuple[str, ...]:
    came = calendar.in_words(row["received_on"]) if row["received_on"] else "Not yet"
    return (
        row["title"],
        supply.STATES[row["state"]],
        came,
        quality(row),
        row["body_name"],
    )


def quality(row: Mapping[str, Any]) -> str:
    """What came of a supply: its rows and how many could be taken, that there was nothing, or where it is kept."""
    if row["way"] == "return":
        aside = f"; {row['aside']:,} put aside" if row["aside"] else ", all of them good"
        return f"{count(row['rows'], 'row').capitalize()}{aside}"
    if row["way"] == "nil":
        return "Nothing to report"
    return row["note"] if row["way"] else ""


def owed(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What a form offers: each set of each body, as “police/police-crimes”."""
    return [("", "Choose one"), *((f"{row['body']}/{row['data_set']}", f"{row['title']}, {row['body_name']}") for row in rows)]


def told(typed: Typed, rows: Sequence[Mapping[str, Any]], quarters: Sequence[str]) -> dict[str, Any]:
    """A supply as the form tells it: {body (code), data_set, quarter, way, note, received_on}."""
    which = typed.choice("owed", {value for value, _ in owed(rows) if value}, "Choose what came, and from whom.")
    body, _, name = which.partition("/")
    way = typed.choice("way", WAYS, "Say how it came.")
    return {
        "body": body,
        "data_set": name,
        "quarter": typed.choice("quarter", quarters, "Choose a quarter."),
        "way": way,
        "note": typed.text("note", "Say where it is kept." if way == "elsewhere" else "", longest=300),
        "received_on": typed.day("received"),
    }


def templates() -> list[dict[str, Any]]:
    """Every return with the formats in which it can be had empty."""
    return [{"name": one.name, "title": one.title, "forms": [*FORMATS]} for one in returns.every()]


# ---- a return before it is taken in ------------------------------------------------------------------


def preview(found: Return, marks: Sequence[Mark], good: int, bodies: Sequence[Any]) -> dict[str, Any]:
    """What a file says: which return it is, of which quarter, what is good and what is to mend."""
    period = periods.parse(found.quarter).title if found.quarter else ""
    return {
        "headline": f"{found.data_set.title}{f', {period}' if period else ''}",
        "good": good,
        "good_words": f"Rows that can be taken: {good:,} of {found.rows_read:,}.",
        "marks": [(f"Row {mark.row}", mark.heading or "The row", mark.words) for mark in marks[:MOST_SHOWN]],
        "more": max(0, len(marks) - MOST_SHOWN),
        "unchecked": found.unchecked,
        "is_kpi": not found.quarter,
        "bodies": [("", "Choose one"), *((body.code, body.name) for body in bodies)] if len(bodies) != 1 else [],
        "forms": [*FORMATS],
    }
