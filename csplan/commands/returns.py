"""Returns of partners: empty ones out, and a copy of one that came back, marked with what to mend."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from csplan.commands.common import keeper, person, store, website
from csplan.errors import CsplanError
from csplan.terminal import command, options, takes


@command(
    "evidence template",
    takes("name", nargs="?", help="as the command prints them without a name"),
    takes("--to", type=Path, metavar="FILE", help="a new .xlsx, .ods or .csv file"),
)
def evidence_template(said: Namespace) -> None:
    """An empty return for a partner to fill in; without a name, the returns there are."""
    from csplan.evidence import places, returns
    from csplan.evidence.returns import template, wards, workbook

    if said.name is None:
        rows = [{"name": r.name, "title": r.title, "from": r.body, "paragraph": r.paragraph or None} for r in returns.every()]
        options.answer({"returns": rows}, "\n".join(f"{row['name']}: {row['title']}" for row in rows))
        return
    asked = returns.named(said.name)
    if said.to is None:
        raise CsplanError("Say where it is written: --to and the name of a new .xlsx, .ods or .csv file.")
    sheets = template.sheets(asked, wards.held(store(), places.district_of(options.partnership)))
    workbook.write(sheets, said.to)
    options.answer({"name": asked.name, "file": str(said.to)}, f"Written to {said.to}: {asked.title.lower()}.")


def mark(paths: Sequence[Path], to: Path, district: str | None, *, username: str | None) -> None:
    """Write a copy of the one return given, marked with what to mend; of indicators with what the records find too, for a person."""
    from csplan.evidence.returns import read, wards, workbook

    if len(paths) != 1 or not paths[0].is_file():
        raise CsplanError("A marked copy is made of one return. Give one file.")
    data, name = paths[0].read_bytes(), paths[0].name
    found = read.read(name, read.outline_of(data, name), wards.held(store(), district), district)
    marks = _receive(username, found, name, dry_run=True)[1] if username and not found.quarter else found.marks
    workbook.write([read.marked_sheet(found, marks)], to)


def receiver(username: str, *, dry_run: bool) -> Any:
    """What hands a return of indicators to the records in a person's name."""
    return lambda found, path, sha256: _receive(username, found, path, sha256, dry_run=dry_run)[0]


def _receive(username: str, found: Any, path: str, sha256: str = "", *, dry_run: bool) -> Any:
    """(what became of the return, what is to mend in its rows)."""
    website()
    from csplan.records.actions import reading
    from csplan.records.reading import people

    partnership, by = people.the_partnership(options.partnership), person(username, "Values are returned")
    return reading.receive(partnership=partnership, found=found, path=path, sha256=sha256, dry_run=dry_run, by=by)


def note(username: str | None) -> list[str]:
    """Record the returns that are held in the ledger, where there are records. Gives what a person must say of some."""
    from csplan.website import RECORDS, database

    if not database.is_elsewhere() and not (options.data / RECORDS).is_file():
        return []
    website()
    from csplan.records.actions import supply
    from csplan.records.reading import people

    by = people.account(username) if username else keeper()
    return supply.copy_returns(store=store(), partnership=people.the_partnership(options.partnership), by=by)
