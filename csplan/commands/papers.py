"""Factsheets from the evidence, and papers from the records."""

from argparse import Namespace
from pathlib import Path

from csplan.commands.common import store, website
from csplan.cycle import clock
from csplan.terminal import command, options, takes

#: The kind of paper whose reference is the code of an area.
QUESTIONS = "questions"


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
    takes(
        "kind",
        help="the kind of paper: committee-report, plan, plan-summary, easy-read, poster, notice-large-print or briefing-script (of a consultation), or questions (of an area)",
    ),
    takes(
        "ref", help="the reference of the paper, as listed at /P/papers.json; of a plan also slug/number for one of its versions"
    ),
    takes("--to", required=True, type=Path, metavar="FILE", help="FILE.html, .pdf or .docx"),
)
def paper(said: Namespace) -> None:
    """Any paper of the records, and three questions about an area from the evidence alone."""
    if said.kind == QUESTIONS:
        questions(said.ref, said.to)
        return
    website()
    from csplan.documents.write import write
    from csplan.records import papers

    write(papers.build(said.kind, said.ref, partnership=options.partnership, at=clock.now()), said.to)
    written(said.to)


def questions(code: str, to: Path) -> None:
    """Three questions about an area on one page, for a councillor; no database is needed."""
    from csplan.evidence import areas
    from csplan.evidence.view import View
    from csplan.website.factsheet_file import write_questions

    view = View(store(), clock.today(), areas.district_of(areas.get(code.upper()).code))
    write_questions(view, code, to=to, made_on=clock.today())
    written(to)


def written(file: Path) -> None:
    """Say that a file is there."""
    options.answer({"file": str(file), "bytes": file.stat().st_size}, f"Written: {file}")
