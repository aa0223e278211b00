"""How it fits together, for the terminal."""

from argparse import Namespace
from datetime import UTC, datetime

from csplan.commands.common import website
from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.terminal import command, options, takes


@command(
    "thread", takes("--plan", metavar="SLUG", help="a plan by its name in addresses; the one that stands where none is given")
)
def thread(said: Namespace) -> int:
    """The missing links of the golden thread. Exit code 1 when there is one."""
    if clock.now() > datetime.now(UTC):
        raise CsplanError(f"{options.as_at} has not come yet. Choose a day up to today.")
    website()
    from csplan.records.reading import people, plan
    from csplan.records.reading import thread as reading
    from csplan.website.answers import plain
    from csplan.website.pages import thread as pages

    partnership, at = people.the_partnership(options.partnership), clock.now()
    slug = said.plan or reading.standing_slug(partnership, at=at)
    version = plan.find(partnership, slug, viewer=None, at=at) if slug else None
    graph = reading.graph(partnership, version, viewer=None, at=at)
    told = plain(pages.document(graph, plan.about(version, at) if version else None, f"/{partnership.slug}/"))
    options.answer(told, pages.in_words(told))
    return 1 if told["orphans"] else 0
