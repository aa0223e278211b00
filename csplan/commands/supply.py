"""The supply ledger: who owes which data for which quarter, what came, and letters that ask for the rest."""

from argparse import Namespace
from datetime import date

from csplan.commands.common import person, website
from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.terminal import command, options, takes

QUARTER = takes("--quarter", metavar="QUARTER", help="as 2025-Q2; else the newest that is over")
BODY = takes("--body", metavar="CODE", help="the short code of the body, where several could owe it")


@command("supply status", QUARTER)
def supply_status(said: Namespace) -> int:
    """What each authority owes for a quarter and what came. Exit code 1 when something is overdue."""
    website()
    from csplan.cycle import supply
    from csplan.records.reading import people
    from csplan.records.reading import supply as reading
    from csplan.website.pages import supply as pages

    partnership = people.the_partnership(options.partnership)
    quarter = said.quarter or supply.newest(clock.today())
    supply.begins(quarter)
    rows = reading.whole(partnership, quarter)
    lines = [f"{supply.STATES[row['state']]}: {row['title']}, {row['body_name']}. {pages.quality(row)}".strip() for row in rows]
    told = [{key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()} for row in rows]
    options.answer({"quarter": quarter, "supplies": told}, "\n".join(lines))
    return 1 if any(row["state"] == "overdue" for row in rows) else 0


@command("supply chase", takes("body", help="the short code of the body, as police"))
def supply_chase(said: Namespace) -> None:
    """A letter that asks a body for what it owes."""
    website()
    from csplan.records.reading import people
    from csplan.records.reading import supply as reading

    partnership, on = people.the_partnership(options.partnership), clock.today()
    rows = [row for quarter in reading.quarters(partnership, on) for row in reading.whole(partnership, quarter)]
    words = reading.chase(rows, said.body, partnership.contact, on)
    options.answer({"body": said.body, "letter": words or None}, words or f"Nothing is owed by {said.body}.")


@command(
    "supply receive",
    takes("data_set", metavar="NAME", help="as csplan evidence template prints it"),
    takes("--quarter", required=True, metavar="QUARTER", help="as 2025-Q2"),
    takes("--nil", action="store_true", help="there was nothing to report"),
    takes("--elsewhere", metavar="WHERE", help="it came another way, and is kept there"),
    BODY,
    takes("--by", metavar="USERNAME", help="your user name"),
)
def supply_receive(said: Namespace) -> None:
    """Note a supply that no return was loaded of. A return is given to csplan evidence load."""
    website()
    from csplan.evidence import returns
    from csplan.records import lookup
    from csplan.records.actions import supply as actions
    from csplan.records.models import Body
    from csplan.records.reading import people

    if said.nil == bool(said.elsewhere):
        raise CsplanError("Say --nil where there was nothing to report, or --elsewhere and where it is kept.")
    partnership, by = people.the_partnership(options.partnership), person(said.by, "A supply is noted")
    owing = actions.owing(partnership, returns.named(said.data_set).body, said.quarter)
    if said.body:
        body = lookup.one(Body.objects.filter(partnership=partnership), f"body “{said.body}”", code=said.body)
    elif len(owing) == 1:
        body = owing[0]
    else:
        raise CsplanError(f"Say with --body which it is from: {', '.join(b.code for b in owing) or 'none owes it then'}.")
    made = actions.receive(
        partnership=partnership,
        body=body,
        data_set=said.data_set,
        quarter=said.quarter,
        way="nil" if said.nil else "elsewhere",
        note=said.elsewhere or "",
        by=by,
    )
    options.answer({"supply": str(made), "body": body.code}, f"Noted: {made}, from {body}.")
