"""Plans in and out: handed on and checked in the csplan plan format, and taken in from it or from a document or table."""

import json
from argparse import Namespace
from pathlib import Path

from csplan.commands.common import person, website
from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.terminal import command, day, options, takes

REJECTED, NOT_UNDERSTOOD = 4, 3


@command(
    "plan export",
    takes("slug", help="the plan by its name in addresses, such as 2020-25"),
    takes("--version", type=int, dest="number", metavar="N", help="one of its versions; the one that stands where none is given"),
    takes("--by", metavar="USERNAME", help="your user name, for a version that is not public"),
    takes("--to", required=True, type=Path, metavar="FILE", help="FILE.json"),
)
def plan_export(said: Namespace) -> None:
    """A plan as a file of the csplan plan format, for another partnership or another program."""
    website()
    from csplan.records import plan_exchange
    from csplan.records.reading import people, plan

    viewer, at = people.account(said.by) if said.by else None, clock.now()
    version = plan.find(people.the_partnership(options.partnership), said.slug, viewer=viewer, at=at, number=said.number)
    told = plan_exchange.export(version, viewer=viewer, at=at)
    _write(said.to, json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    options.answer({"file": str(said.to), "plan": told["plan"]}, f"Written: {said.to} ({version})")


@command("plan validate", takes("file", type=Path, help="FILE.json of the csplan plan format"))
def plan_validate(said: Namespace) -> int:
    """Whether a file is a plan of the csplan plan format. Exit code 4 when it is not, with a sentence for each problem."""
    from csplan.cycle import plan_format
    from csplan.documents import plan_exchange

    try:
        file = plan_exchange.read(said.file)
        problems = plan_exchange.problems(file)
    except plan_exchange.Refused as refused:
        file, problems = {}, list(refused.problems)
    unread = [] if problems else plan_format.unread(file)
    document = {"ok": not problems, "problems": problems, "not_read": unread}
    options.answer(
        document,
        "\n".join([*(problems or [f"{said.file.name} is a plan of the format {plan_format.FORMAT}."]), *_unread(unread)]),
    )
    return REJECTED if problems else 0


@command(
    "plan import",
    takes("file", type=Path, help="FILE.json of the csplan plan format, or a .docx, .xlsx, .ods or .csv to be read as a plan"),
    takes("--by", metavar="USERNAME", help="your user name; a document or table is drafted with --yes as well"),
    takes("--slug", help="the plan’s name in addresses here, where it is to be another than the file’s"),
    takes("--match", action="append", default=[], metavar="HEADING=FIELD", help="what a column of a table is"),
    takes("--title", help="the plan’s title, where the document does not tell it"),
    takes("--from", dest="starts_on", type=day, metavar="DAY", help="its first day, where it does not tell it"),
    takes("--to", dest="ends_on", type=day, metavar="DAY", help="its last day, where it does not tell it"),
    takes("--yes", action="store_true", help="make a document or table a draft; without it, it is read and nothing is kept"),
)
def plan_import(said: Namespace) -> int:
    """A plan brought in as a draft. Exit code 3 when something in a document was not understood, 4 when a file was refused."""
    website()
    return _from_format(said) if said.file.suffix.lower() == ".json" else _from_document(said)


def _from_format(said: Namespace) -> int:
    from csplan.cycle import plan_format
    from csplan.documents import plan_exchange as files
    from csplan.records import plan_exchange
    from csplan.records.reading import people

    by = person(said.by, "A plan is drafted")
    file = files.check(files.read(said.file))
    version = plan_exchange.draft(partnership=people.the_partnership(options.partnership), file=file, slug=said.slug, by=by)
    told = [f"{len(file[key])} {words} are told in the file and were not brought in." for key, words in TOLD if file.get(key)]
    unread = plan_format.unread(file)
    document = {"drafted": version.ref, "not_brought_in": [key for key, _ in TOLD if file.get(key)], "not_read": unread}
    options.answer(document, "\n".join([f"Drafted: {version}.", *told, *_unread(unread)]))
    return 0


#: What a file tells and a draft does not take.
TOLD = (("kpis", "indicators"), ("figures", "sealed figures"))


def _from_document(said: Namespace) -> int:
    from csplan.evidence.incoming import file
    from csplan.records.actions import plan_import as actions
    from csplan.records.reading import people
    from csplan.records.reading import plan_import as reading

    partnership, matches = people.the_partnership(options.partnership), reading.said_matches(said.match)
    proposal = reading.propose(partnership, file.read_path(said.file), chosen=matches)
    found, about = NOT_UNDERSTOOD if proposal.not_understood else 0, proposal.plan["plan"]
    if not said.yes:
        words = f"{reading.preview_words(proposal)}\nNothing was kept. Say --yes and --by to make it a draft."
        options.answer({**reading.as_json(proposal), "drafted": None}, words)
        return found
    version = actions.confirm(
        partnership=partnership,
        proposal=proposal,
        slug=said.slug or about["slug"],
        title=said.title or about["title"],
        starts_on=said.starts_on or about["starts_on"],
        ends_on=said.ends_on or about["ends_on"],
        matches=matches,
        by=person(said.by, "A plan is drafted"),
    )
    words = "\n".join([f"Drafted: {version}.", *reading.left_words(proposal.not_understood)])
    options.answer({**reading.as_json(proposal), "drafted": version.ref}, words)
    return found


def _unread(phrases: list[str]) -> list[str]:
    return [f"Not read, for the format does not know it: {', '.join(phrases)}."] if phrases else []


def _write(to: Path, words: str) -> None:
    if to.suffix.lower() != ".json":
        raise CsplanError(f"A plan is handed on as JSON. Give {to.name} the ending .json.")
    if not to.parent.is_dir():
        raise CsplanError(f"There is no folder {to.parent}. Make it first, or give another place for {to.name}.")
    half = to.with_name(f".{to.name}.part")
    half.write_text(words, encoding="utf-8")
    half.replace(to)
