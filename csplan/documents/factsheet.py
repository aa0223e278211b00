"""The factsheet of an area on two pages: every topic, or one of them.

It takes findings and adds no test of its own: each verdict and each sentence about one is the finding's. Numbers stand with
their interval, small counts without a rate, and what is not held is named where the number would have stood.
"""

from collections.abc import Sequence
from datetime import date

from csplan.cycle import calendar
from csplan.documents import factsheet_area, factsheet_topic
from csplan.documents.paper import Block, Callout, Figure, KeyFigure, Masthead, Paper, Paragraph, escape
from csplan.evidence.findings_shapes import AreaFindings

BEFORE_YOU_QUOTE = (
    "These are what the police recorded: not all that happened, and not only to people who live here, so town centres look "
    "high. Events are published at a nearby map point, and some near an edge are counted next door. A 95% interval shows how far "
    "chance alone could move a rate. Months worth asking about are questions: two years cannot tell a season from a change.",
)


def area_factsheet(
    findings: AreaFindings,
    *,
    line: str,
    made_on: date,
    partnership: str,
    office: str,
    sources: Sequence[str],
    facts: Sequence[KeyFigure] = (),
    locator: str = "",
    locator_alt: str = "",
    topic: str | None = None,
) -> Paper:
    """The paper.

    line : the place in one line ("10,422 residents in 4,931 households, Census 2021")
    office : who answers for it; never a person
    sources : a sentence for each source, with its licence; figures and maps rest on these
    facts : more key figures, such as how many of its small areas are among England's most deprived; four are shown in all
    locator, locator_alt : a drawing of where the place is, about 320 wide, as `maps.locator` makes it, and its words
    topic : a slug of `evidence.types` for a paper on that topic alone
    """
    name, period = findings.area.name, findings.period.title
    place: tuple[Block, ...] = (Figure(locator, f"Where {escape(name)} is", locator_alt),) if locator else ()
    if topic is None:
        title, kicker = name, f"Area factsheet · {period}"
        blocks = factsheet_area.blocks(findings, facts, place)
    else:
        finding = findings.topic(topic)
        title, kicker = f"{finding.title} in {name}", f"Topic factsheet · {period}"
        blocks = factsheet_topic.blocks(findings, finding, facts, place)
    return Paper(
        title=f"{title}: factsheet, {period}",
        subject=f"What the police recorded in {name}, {period}",
        author=office,
        date=made_on,
        header=partnership,
        footer=f"Factsheet made on {calendar.in_words(made_on)} from open data",
        size=10.5,
        head=Masthead(kicker, title, escape(line)),
        blocks=(
            *blocks,
            Callout("Before you quote these figures", BEFORE_YOU_QUOTE, "limit"),
            Paragraph(f"**Sources.** {escape(' '.join(sources))}", "small"),
        ),
    )
