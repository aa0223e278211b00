"""Releases in; counts, and where each number came from, out."""

from argparse import Namespace
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from csplan.commands import returns
from csplan.commands.common import keeper, store, thousands, website
from csplan.errors import CsplanError
from csplan.terminal import command, options, takes

AREA = takes("--area", required=True, help="a code such as E06000047")
FIRST = takes("--first-published", action="store_true", help="as first published, not as restated since")
ENGINE = takes("--engine", choices=("duckdb", "spark"), default="duckdb", help="what counts the events (duckdb)")
BY = takes("--by", metavar="USERNAME", help="your user name")


@command(
    "evidence load",
    takes("paths", nargs="+", type=Path, metavar="PATH", help="files, folders and archives of any known source"),
    takes("--edition", metavar="MONTH", help="the month of the archive that the files came from, as 2025-12"),
    takes("--dry-run", action="store_true", help="check everything and store nothing"),
    takes("--marked", type=Path, metavar="FILE", help="write a copy of a partner's return, marked with what to mend"),
    takes("--by", metavar="USERNAME", help="your user name; needed for a return of indicators"),
)
def evidence_load(said: Namespace) -> int:
    """Take releases in. The same file twice changes nothing; a bad file changes nothing and is refused with a sentence."""
    from csplan.evidence import places
    from csplan.evidence.load import load

    district = places.district_of(options.partnership)
    if said.marked:
        returns.mark(said.paths, said.marked, district, username=said.by)
    report = load(
        store(),
        said.paths,
        edition=said.edition,
        dry_run=said.dry_run,
        by=keeper(),
        district=district,
        receive=returns.receiver(said.by, dry_run=said.dry_run) if said.by else None,
        progress=options.progress,
    )
    left = returns.note(said.by) if not said.dry_run and any(u.period for u in report.units) else []
    words = [f"{u.outcome.replace('_', ' ')}: {u.path}" + "".join(f"\n    {r.message}" for r in u.reasons) for u in report.units]
    totals = report.totals
    tally = ", ".join(f"{thousands(n)} {name.replace('_', ' ')}" for name, n in totals.items() if n and name != "rows_loaded")
    rows = f"{thousands(totals['rows_loaded'])} rows {'would be ' if said.dry_run else ''}loaded"
    words += left
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
    words = [
        *held,
        *lacking,
        *waiting,
        *event_lines(document),
        f"{thousands(document['rows'])} rows in {len(document['releases'])} releases.",
    ]
    options.answer(document, "\n".join(words))


def event_lines(document: dict[str, Any]) -> list[str]:
    """The dated events on the series of a document, one line each."""
    return [f"known: {event['words']} Source: {event['source']}." for event in document["events"]]


@command(
    "evidence count",
    AREA,
    takes("--from", dest="from_month", required=True, metavar="MONTH", help="first month, as 2025-01"),
    takes("--to", dest="to_month", required=True, metavar="MONTH", help="last month, as 2025-12"),
    takes("--type", help="a type such as burglary"),
    takes("--by", choices=("month", "type", "area"), help="one row for each"),
    FIRST,
)
def evidence_count(said: Namespace) -> None:
    """Counts straight from the cube."""
    from csplan.evidence.count import count

    document = count(
        store(),
        area=said.area,
        from_month=said.from_month,
        to_month=said.to_month,
        type=said.type,
        by=said.by,
        as_first=said.first_published,
    )
    rows = [f"{thousands(r['count']) if r['count'] is not None else 'not held':>9}  {r['key']}" for r in document["rows"]]
    gaps = [f"Months not held: {', '.join(document['missing_months'])}."] if document["missing_months"] else []
    gaps += [f"Not published by {who}: {', '.join(months)}." for who, months in _by_force(document["missing"])]
    gaps += event_lines(document)
    if document.get("restated_months"):
        gaps.append(f"As first published. Restated since: {', '.join(document['restated_months'])}.")
    total = "nothing held" if document["count"] is None else thousands(document["count"])
    options.answer(
        document, "\n".join([*rows, *gaps, f"{document['area']['name']}, {said.from_month} to {said.to_month}: {total}"])
    )


def _by_force(missing: list[dict[str, str]]) -> list[tuple[str, list[str]]]:
    """(force, its months that are missing), in order of force."""
    return [(force, [m["month"] for m in rows]) for force, rows in groupby(missing, key=lambda m: m["force"])]


@command("evidence build", ENGINE)
def evidence_build(said: Namespace) -> None:
    """Cube and observations from the events held."""
    from csplan.evidence.build import build

    document = build(store(), engine=said.engine)
    options.answer(document, f"Built. Fingerprint of the cube: {document['cube']['sha256']}")


@command("evidence rebuild", ENGINE)
def evidence_rebuild(said: Namespace) -> int:
    """Everything again from the files as received; it must equal what is there. Exit code 1 when it does not."""
    from csplan.evidence.build import rebuild

    document = rebuild(store(), progress=options.progress, engine=said.engine)
    problems = [f"    {p['key']}: {p['what']}" for p in document["problems"]]
    words = "Equal to what was there." if document["equal"] else "It was not equal to what was there:"
    options.answer(document, "\n".join([f"Rebuilt. {words}", *problems]))
    return 0 if document["equal"] else 1


@command(
    "evidence trace",
    takes("indicator", help="an indicator, with its measure if you like: recorded-burglary.rate"),
    AREA,
    takes("--period", required=True, help="a period such as 2025 or 2024/25 Q1"),
    FIRST,
)
def evidence_trace(said: Namespace) -> None:
    """One figure with its releases and the fingerprints of their files."""
    from csplan.evidence.trace import trace

    document = trace(store(), said.indicator, said.area, said.period, as_first=said.first_published)
    figure = document["observation"]
    value = figure["value"] if figure["value"] is not None else figure["why"] or figure["status"]
    lines = [f"{figure['observation']}: {value}", *([f"  {figure['base_why']}"] if figure["base_why"] else [])]
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
