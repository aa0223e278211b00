"""Consultations from the terminal: counted once they have closed."""

from argparse import Namespace

from csplan.commands.common import keeper, website
from csplan.terminal import command, options, takes


@command(
    "consultation",
    takes("do", choices=("close",), help="close: count the answers, and publish their number and one fingerprint over all"),
    takes("slug", help="the short name of the consultation"),
)
def consultation(said: Namespace) -> None:
    """Count the answers to a consultation that has closed. The desk does the same; a timer may do it here."""
    website()
    from csplan.cycle import clock
    from csplan.records.actions import consultation as actions
    from csplan.records.reading import consultation as reading
    from csplan.records.reading import people

    where = people.the_partnership(options.partnership)
    held = reading.find(where, said.slug, viewer=None, at=clock.now())
    made = actions.close(consultation=held, by=keeper())
    words = f"{made.received:,} answers were counted. Fingerprint: {made.root_sha256}"
    options.answer({"received": made.received, "root_sha256": made.root_sha256}, words)
