"""The law, the proofs, the demonstration, and serving the site."""

from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from csplan.commands.common import store, website
from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.terminal import command, options, takes


@command("duties")
def duties(_: Namespace) -> int:
    """The statutory checklist as at a day (--as-at). Exit code 1 when a duty in law is not met; good practice does not count."""
    if clock.now() > datetime.now(UTC):
        raise CsplanError(f"{options.as_at} has not come yet. Choose a day up to today.")
    website()
    from csplan.records.reading import duties as reading
    from csplan.records.reading import people
    from csplan.website.answers import plain

    document = plain(reading.findings(people.the_partnership(options.partnership), clock.today()))
    rules = document["rules"]
    words = [line for instrument in dict.fromkeys(r["instrument"] for r in rules) for line in duties_under(instrument, rules)]
    tally = ", ".join(f"{n} {status}" for status, n in document["summary"].items())
    options.answer(document, "\n".join([*words, f"As at {document['as_at']}: {tally}."]))
    return 1 if any(r["status"] == "not met" and r["severity"] == "must" for r in rules) else 0


def duties_under(instrument: str, rules: list[dict[str, Any]]) -> list[str]:
    """An instrument as a heading, and its rules: duties in law first, then good practice."""
    mine = [r for r in rules if r["instrument"] == instrument]
    lines = [instrument]
    for r in sorted(mine, key=lambda r: r["severity"] != "must"):
        title = r["title"] if r["severity"] == "must" else f"{r['title']} (good practice)"
        lines.append(f"{r['status']:>14}  {r['id']:<7} {title}\n{'':>24}{r['reason']}")
        if r["status"] == "not met":
            lines.append(f"{'':>24}What would meet it: {r['would_meet']}")
    return [*lines, ""]


@command("verify")
def verify(_: Namespace) -> int:
    """Every record that can prove itself, proved; names what is damaged. Exit code 1 when anything is."""
    website()
    from csplan.records import verify as records
    from csplan.records.reading import people

    if options.partnership:
        people.the_partnership(options.partnership)

    document = records.verify(store())
    words = [f"{'holds' if c['ok'] else 'FAILS'}  {c['id']}: {c['title']} ({c['checked']} checked)" for c in document["checks"]]
    problems = [f"    {p}" for c in document["checks"] for p in c["problems"]]
    options.answer(document, "\n".join([*words, *problems]))
    return 0 if document["ok"] else 1


PORT = takes("--port", type=int, default=8000, help="where to serve it (8000)")


@command("demo", PORT, takes("--no-serve", action="store_true", help="build only"))
def demo(said: Namespace) -> None:
    """Build County Durham, the worked example, and serve it. A second run keeps what is there."""
    from csplan.website.demonstration import build

    build(options.data, as_at=options.as_at, say=options.say)
    accounts = options.data / "demo-accounts.json"
    options.say(f"Accounts for every role: {accounts}")
    if said.no_serve:
        options.answer({"data": str(options.data), "accounts": str(accounts)}, "Built.")
    else:
        serve(said)


@command("serve", PORT)
def serve(said: Namespace) -> None:
    """Serve the site from this machine."""
    from csplan.website.serving import serve as run

    run(options.data, port=said.port, as_at=options.as_at, partnership=options.partnership, say=options.say)


@command("doctor")
def doctor(_: Namespace) -> int:
    """Say what is wrong with this installation. Exit code 1 when something is."""
    from csplan.website.doctor import examine

    document = examine(options.data)
    words = [
        f"{'well' if c['ok'] else 'MEND'}  {c['title']}" + (f": {c['advice']}" if not c["ok"] else "") for c in document["checks"]
    ]
    options.answer(document, "\n".join(words))
    return 0 if document["ok"] else 1
