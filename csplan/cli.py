"""The same verbs as the website, for the terminal.

Each command reads like its story: find the folder, do the thing, say the outcome in words or, with --json, as one JSON
document on standard output. A person's mistake is one sentence and an exit code, never a traceback. What a command
needs is imported inside it, so that `csplan` answers at once.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.terminal import command, options, parser, takes

FAULT_OF_OURS = 70


def keeper() -> str:
    """Who acts when no account is named: the login of the terminal."""
    import getpass

    return f"terminal:{getpass.getuser()}"


def store() -> Any:
    """The evidence in the data folder."""
    from csplan.evidence.store import Store

    return Store(options.data)


def website() -> None:
    """Start the records and the website on the data folder, which must hold records."""
    from csplan.website import RECORDS, start

    if not (options.data / RECORDS).is_file():
        raise CsplanError(f"There are no records in {options.data}. Build some with csplan demo, or name the folder with --data.")
    start(options.data, as_at=options.as_at, partnership=options.partnership)


def thousands(n: int) -> str:
    """12,345."""
    return f"{n:,}"


AREA = takes("--area", required=True, help="a code such as E06000047")
BY = takes("--by", metavar="USERNAME", help="your user name")


# ---- evidence ------------------------------------------------------------------------------------


@command(
    "evidence load",
    takes("paths", nargs="+", type=Path, metavar="PATH", help="files, folders and archives of any known source"),
    takes("--edition", metavar="MONTH", help="the month of the archive that the files came from, as 2025-12"),
    takes("--dry-run", action="store_true", help="check everything and store nothing"),
)
def evidence_load(said: Namespace) -> int:
    """Take releases in. The same file twice changes nothing; a bad file changes nothing and is refused with a sentence."""
    from csplan.evidence.load import load

    report = load(store(), said.paths, edition=said.edition, dry_run=said.dry_run, by=keeper(), progress=options.progress)
    words = [f"{u.outcome.replace('_', ' ')}: {u.path}" + "".join(f"\n    {r.message}" for r in u.reasons) for u in report.units]
    totals = report.totals
    tally = ", ".join(f"{thousands(n)} {name.replace('_', ' ')}" for name, n in totals.items() if n and name != "rows_loaded")
    rows = f"{thousands(totals['rows_loaded'])} rows {'would be ' if said.dry_run else ''}loaded"
    options.answer(report.as_json(), "\n".join([*words, f"{tally}; {rows}." if tally else "Nothing was found there to load."]))
    return report.exit_code


@command("evidence status")
def evidence_status(_: Namespace) -> None:
    """Releases, months held and missing, row counts, held items, fingerprints."""
    from csplan.evidence.status import status

    document = status(store())
    held = [f"{who}: {len(months)} months, {months[0]} to {months[-1]}" for who, months in document["months"].items() if months]
    waiting = [f"waits for a person: {h['key']} ({h['why']})" for h in document["held"]]
    lacking = [f"missing: {m['force']} {m['month']}" for m in document["missing"]]
    words = [*held, *lacking, *waiting, f"{thousands(document['rows'])} rows in {len(document['releases'])} releases."]
    options.answer(document, "\n".join(words))


@command(
    "evidence count",
    AREA,
    takes("--from", dest="from_month", required=True, metavar="MONTH", help="first month, as 2025-01"),
    takes("--to", dest="to_month", required=True, metavar="MONTH", help="last month, as 2025-12"),
    takes("--type", help="a type such as burglary"),
    takes("--by", choices=("month", "type", "area"), help="one row for each"),
)
def evidence_count(said: Namespace) -> None:
    """Counts straight from the cube."""
    from csplan.evidence.count import count

    document = count(store(), area=said.area, from_month=said.from_month, to_month=said.to_month, type=said.type, by=said.by)
    rows = [f"{thousands(r['count']) if r['count'] is not None else 'not held':>9}  {r['key']}" for r in document["rows"]]
    gaps = [f"Months not held: {', '.join(document['missing_months'])}."] if document["missing_months"] else []
    total = "nothing held" if document["count"] is None else thousands(document["count"])
    options.answer(
        document, "\n".join([*rows, *gaps, f"{document['area']['name']}, {said.from_month} to {said.to_month}: {total}"])
    )


@command("evidence build")
def evidence_build(_: Namespace) -> None:
    """Cube and observations from the events held."""
    from csplan.evidence.build import build

    document = build(store())
    options.answer(document, f"Built. Fingerprint of the cube: {document['cube']['sha256']}")


@command("evidence rebuild")
def evidence_rebuild(_: Namespace) -> int:
    """Everything again from the files as received; it must equal what is there. Exit code 1 when it does not."""
    from csplan.evidence.build import rebuild

    document = rebuild(store(), progress=options.progress)
    problems = [f"    {p['key']}: {p['what']}" for p in document["problems"]]
    words = "Equal to what was there." if document["equal"] else "It was not equal to what was there:"
    options.answer(document, "\n".join([f"Rebuilt. {words}", *problems]))
    return 0 if document["equal"] else 1


@command(
    "evidence trace",
    takes("indicator", help="an indicator, with its measure if you like: recorded-burglary.rate"),
    AREA,
    takes("--period", required=True, help="a period such as 2025 or 2024/25 Q1"),
)
def evidence_trace(said: Namespace) -> None:
    """One figure with its releases and the fingerprints of their files."""
    from csplan.evidence.trace import trace

    document = trace(store(), said.indicator, said.area, said.period)
    figure = document["observation"]
    value = figure["value"] if figure["value"] is not None else figure["why"] or figure["status"]
    lines = [f"{figure['observation']}: {value}"]
    for release in document["releases"]:
        lines += [f"  {release['key']}", *(f"    {u['sha256']}  {u['path']}" for u in release["units"])]
    options.answer(document, "\n".join(lines))


@command("evidence approve", takes("key", help="as csplan evidence status prints it"), BY)
def evidence_approve(said: Namespace) -> None:
    """Accept a held release."""
    from csplan.evidence.decide import approve

    document = decide(said.by, lambda held, person: approve(held, said.key, by=person))
    options.answer(document, f"Approved: {said.key}")


@command(
    "evidence reject",
    takes("key", help="as csplan evidence status prints it"),
    takes("--why", required=True, help="the reason, in words"),
    BY,
)
def evidence_reject(said: Namespace) -> None:
    """Refuse a held release, with a reason."""
    from csplan.evidence.decide import reject

    document = decide(said.by, lambda held, person: reject(held, said.key, why=said.why, by=person))
    options.answer(document, f"Rejected: {said.key}")


def decide(username: str | None, act: Callable[[Any, str], dict[str, Any]]) -> dict[str, Any]:
    """A named person's decision, in the store and then in the audit chain: the terminal alone may not decide."""
    if username is None:
        raise CsplanError("A held release needs a person's decision. Say who you are with --by and your user name.")
    website()
    from csplan.records.actions import evidence
    from csplan.records.reading import people

    person, held = people.check_may_decide_on_evidence(username, options.partnership), store()
    document = act(held, person.get_username())
    evidence.copy_decisions(store=held, partnership=people.the_partnership(options.partnership), by=person)
    return document


# ---- papers --------------------------------------------------------------------------------------


@command(
    "factsheet",
    takes("area", help="a code such as E06000047"),
    takes("--topic", help="one topic, such as burglary"),
    takes("--period", help="a period such as 2025"),
    takes("--to", required=True, type=Path, metavar="FILE", help="FILE.html, .pdf, .docx, .csv, .json or .svg"),
)
def factsheet(said: Namespace) -> None:
    """A factsheet of one area, from the evidence held; no database is needed."""
    from csplan.cycle import periods
    from csplan.evidence import areas
    from csplan.evidence.view import View
    from csplan.website.factsheet_file import write_factsheet

    view = View(store(), clock.today(), areas.district_of(areas.get(said.area.upper()).code))
    period = periods.parse(said.period) if said.period else None
    write_factsheet(view, said.area, topic=said.topic, period=period, to=said.to, made_on=clock.today())
    written(said.to)


@command(
    "paper",
    takes("kind", help="the kind of paper: committee-report"),
    takes("ref", help="the reference of the paper, as listed at /P/papers.json"),
    takes("--to", required=True, type=Path, metavar="FILE", help="FILE.html, .pdf or .docx"),
)
def paper(said: Namespace) -> None:
    """Any paper of the records."""
    website()
    from csplan.documents.write import write
    from csplan.records import papers

    write(papers.build(said.kind, said.ref, partnership=options.partnership, at=clock.now()), said.to)
    written(said.to)


def written(file: Path) -> None:
    """Say that a file is there."""
    options.answer({"file": str(file), "bytes": file.stat().st_size}, f"Written: {file}")


# ---- the partnership -----------------------------------------------------------------------------


@command("duties")
def duties(_: Namespace) -> int:
    """The statutory checklist as at a day (--as-at). Exit code 1 when a duty is not met."""
    if clock.now() > datetime.now(UTC):
        raise CsplanError(f"{options.as_at} has not come yet. Choose a day up to today.")
    website()
    from csplan.records.reading import duties as reading
    from csplan.records.reading import people
    from csplan.website.answers import plain

    document = plain(reading.findings(people.the_partnership(options.partnership), clock.today()))
    words = [f"{r['status']:>14}  {r['id']:<7} {r['title']}\n{'':>24}{r['reason']}" for r in document["rules"]]
    tally = ", ".join(f"{n} {status}" for status, n in document["summary"].items())
    options.answer(document, "\n".join([*words, f"As at {document['as_at']}: {tally}."]))
    return 1 if document["summary"]["not met"] else 0


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


# ---- start ---------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> None:
    """Run a command. Refusals leave by their own exit code; what we did not foresee by 70, with its trace kept whole."""
    said = parser().parse_args(arguments)
    options.data = Path(getattr(said, "data", None) or os.environ.get("CSPLAN_DATA") or "var").resolve()
    options.partnership = getattr(said, "partnership", None)
    options.as_at = getattr(said, "as_at", None) or os.environ.get("CSPLAN_AS_AT")
    options.as_json, options.quiet = getattr(said, "json", False), getattr(said, "quiet", False)
    try:
        clock.start(options.as_at)
        sys.exit(said.act(said) or 0)
    except CsplanError as e:
        print(e, file=sys.stderr)
        sys.exit(e.exit_code)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(2)
    except Exception:
        import traceback

        traceback.print_exc()
        print("This is a fault of csplan's, not yours. Please report it with the lines above.", file=sys.stderr)
        sys.exit(FAULT_OF_OURS)
