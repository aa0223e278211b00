"""The ledger of what each authority owes for each quarter, and what came."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from csplan.cycle import clock, periods, supply
from csplan.cycle import duty_facts as facts
from csplan.evidence import returns
from csplan.evidence.returns import data_set
from csplan.records.actions.supply import owing
from csplan.records.models import Body, Partnership, Supply
from csplan.records.models.record import Viewer


def quarters(partnership: Partnership, on: date) -> list[str]:
    """The quarters that the ledger covers, the newest first: those since it was begun, and earlier ones that something came of."""
    newest = supply.newest(on)
    came = Supply.objects.filter(partnership=partnership, quarter__lte=newest).values_list("quarter", flat=True)
    return sorted({*supply.between(min(_begun(partnership) or newest, newest), newest), *came}, reverse=True)


def _begun(partnership: Partnership) -> str | None:
    """The quarter that was being collected when the ledger was begun: what is older was never asked for here."""
    first = Supply.objects.filter(partnership=partnership).order_by("recorded_at").first()
    return supply.newest(clock.day_of(first.recorded_at)) if first else None


def ledger(partnership: Partnership, quarter: str, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """A row for each set that a body owes for a quarter, in the order of the Schedule, as it stands at an instant.

    Of a quarter before the ledger was begun only what came has a row.

    Keys: data_set, title, paragraph, body (code), body_name, quarter, due_on, received_on, state, way, rows, aside, note,
    is_example. The newest supply tells rows and way, the first the day on which it came.
    """
    held = Supply.objects.visible_to(viewer, at).filter(partnership=partnership, quarter=quarter).order_by("received_at")
    return _rows(partnership, quarter, list(held), clock.day_of(at))


def whole(partnership: Partnership, quarter: str) -> list[dict[str, Any]]:
    """The same as it stands now, for the terminal, whose keeper sees everything."""
    held = Supply.objects.filter(partnership=partnership, quarter=quarter).order_by("received_at")
    return _rows(partnership, quarter, list(held), clock.today())


def _rows(
    partnership: Partnership, quarter: str, held: list[Supply], on: date, every: list[Body] | None = None
) -> list[dict[str, Any]]:
    every = list(Body.objects.filter(partnership=partnership)) if every is None else every
    rows = [
        _row(asked, body, quarter, [s for s in held if (s.data_set, s.body_id) == (asked.name, body.pk)], on)
        for asked in data_set.scheduled()
        for body in owing(partnership, asked.body, quarter, every)
    ]
    begun = _begun(partnership)
    return rows if begun is None or quarter >= begun else [row for row in rows if row["received_on"]]


def _row(asked: returns.DataSet, body: Any, quarter: str, came: list[Supply], on: date) -> dict[str, Any]:
    due, last = supply.due_on(quarter), came[-1] if came else None
    received_on = clock.day_of(came[0].received_at) if came else None
    return {
        "data_set": asked.name,
        "title": asked.title,
        "paragraph": asked.paragraph,
        "body": body.code,
        "body_name": body.name,
        "quarter": quarter,
        "due_on": due,
        "received_on": received_on,
        "state": supply.state(due, received_on, on),
        "way": last.way if last else None,
        "rows": last.rows if last else None,
        "aside": last.aside if last else None,
        "note": last.note if last else "",
        "is_example": bool(last and last.is_example),
    }


def chase(rows: Iterable[Mapping[str, Any]], body: str, contact: str, on: date) -> str:
    """The letter that asks a body for everything that it owes and has not supplied, oldest first; empty where it owes nothing.

    rows : of the ledgers of all quarters
    """
    owed = (row for row in rows if row["body"] == body and row["received_on"] is None)
    lacking = sorted(owed, key=lambda row: (row["quarter"], row["paragraph"]))
    told = [(row["title"], row["paragraph"], row["quarter"]) for row in lacking]
    return supply.chase(lacking[0]["body_name"], contact, told, on) if lacking else ""


def duties(partnership: Partnership, home: str) -> tuple[facts.Supply, ...]:
    """The ledger as the law's questions read it: everything that is due by now. Nothing where nothing was ever recorded."""
    held = list(Supply.objects.filter(partnership=partnership).order_by("received_at"))
    if not held:
        return ()
    on, every = clock.today(), list(Body.objects.filter(partnership=partnership))
    rows = [
        row
        for quarter in quarters(partnership, on)
        for row in _rows(partnership, quarter, [s for s in held if s.quarter == quarter], on, every)
    ]
    return tuple(
        facts.Supply(row["body_name"], row["due_on"], row["received_on"], _evidence(row, home), row["paragraph"]) for row in rows
    )


def _evidence(row: dict[str, Any], home: str) -> facts.Evidence:
    return facts.Evidence(f"{row['title']}, {periods.parse(row['quarter']).title}", f"{home}about/#bodies")
