"""Histories of indicators in."""

from argparse import Namespace
from pathlib import Path

from csplan.commands.common import person, website
from csplan.cycle import clock
from csplan.terminal import command, options, takes

NOT_UNDERSTOOD = 3


@command(
    "performance import",
    takes("file", type=Path, help="an .xlsx, .ods, .csv or .docx with indicators down and periods across"),
    takes(
        "--match",
        action="append",
        default=[],
        metavar="WORDS=MEANING",
        help="a line and its indicator, such as Burglaries=K101, or a heading and its period, such as Q1 2019=2019/20 Q1; nothing after the sign leaves it out",
    ),
    takes("--by", metavar="USERNAME", help="your user name; needed with --yes"),
    takes("--yes", action="store_true", help="return what is matched; without it, it is read and nothing is kept"),
)
def performance_import(said: Namespace) -> int:
    """A history of indicators in wide form, returned for another person to approve. Exit code 3 when something was not understood or not taken."""
    website()
    from csplan.evidence.incoming import file
    from csplan.records.actions import kpi_import as actions
    from csplan.records.reading import kpi_import as reading
    from csplan.records.reading import people
    from csplan.records.reading.plan_import import said_matches

    partnership, chosen = people.the_partnership(options.partnership), said_matches(said.match)
    history = reading.propose(partnership, file.read_path(said.file), chosen=chosen)
    kpis = reading.indicators(partnership, viewer=None, at=clock.now())
    refs = reading.refs(partnership, history, kpis, reading.said_refs(chosen, history, kpis))
    document, words = reading.as_json(history, refs), reading.preview_words(history, refs)
    if not said.yes:
        options.answer(
            {**document, "outcomes": None}, f"{words}\nNothing was kept. Say --yes and --by to return what is matched."
        )
        return NOT_UNDERSTOOD if history.not_understood else 0
    columns = {heading: field for heading, field in chosen.items() if heading not in refs}
    outcomes = actions.confirm(
        partnership=partnership, history=history, refs=refs, matches=columns, by=person(said.by, "Readings are returned")
    )
    words = "\n".join([reading.outcome_words(outcomes), *reading.left_words(history.not_understood)])
    options.answer({**document, "outcomes": reading.outcomes_json(outcomes)}, words)
    return NOT_UNDERSTOOD if history.not_understood or any(o.outcome == "refused" for o in outcomes) else 0
