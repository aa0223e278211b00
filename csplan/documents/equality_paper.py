"""A signed equality impact assessment as a paper, for the board that decides and for anyone after."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.cycle import equality as rules
from csplan.documents.paper import Block, Bullets, Callout, Heading, Masthead, Paper, Paragraph, Table, escape, verbatim
from csplan.evidence.plain_words import capital

HEADS = {
    "scope": "What is assessed",
    "affected": "Who is affected",
    "cumulative": "What it comes to together",
    "monitoring": "How it will be watched",
}
NO_DATA = "No data is held."


def equality_paper(a: Mapping[str, Any], *, partnership: str, office: str, on: date) -> Paper:
    """The paper. a : of `reading.equality.assessment`, signed;  office : who answers for it;  on : the day it was signed"""
    blocks: list[Block] = [Paragraph(verbatim(a["summary"]), "lead")]
    for name, head in HEADS.items():
        if a[name]:
            blocks += [Heading(2, head), Paragraph(verbatim(a[name]))]
    if a["review_on"]:
        blocks.append(Paragraph(f"It is looked at again on {calendar.in_words(a['review_on'])}."))
    if a["lines"]:
        blocks += [Heading(2, "Every characteristic"), _table(a["lines"])]
        for line in a["lines"]:
            blocks += _line(line)
    blocks += _actions(a["actions"])
    if a["is_example"]:
        blocks.append(
            Callout("An example", ("The words of this assessment are invented. They show what a complete one says.",), "example")
        )
    return Paper(
        title=f"Equality impact assessment: {a['version_title']}",
        subject="What the plan may mean for people who share a protected characteristic",
        author=office,
        date=on,
        header=partnership,
        footer=f"Signed on {calendar.in_words(on)}",
        head=Masthead(
            f"Equality impact assessment · {a['level_words']}", a["version_title"], escape(f"{a['words']} Owner: {a['owner']}.")
        ),
        blocks=tuple(blocks),
    )


def _table(lines: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        "Impact by characteristic, and what it does for each aim",
        ("Characteristic", "Impact", *(capital(aim) for aim in rules.AIMS)),
        tuple((escape(x["name"]), x["impact_words"] or "Not said", *(_effect(x, aim) for aim in rules.AIMS)) for x in lines),
        "lllll",
        (0.28, 0.15, 0.19, 0.19, 0.19),
        id="impacts",
        subtitle=escape(f"The aims of section 149: {'; '.join(rules.AIMS.values())}."),
        small=True,
    )


def _effect(line: Mapping[str, Any], aim: str) -> str:
    if aim not in rules.aims_of(line["characteristic"]):
        return "Does not bear"
    return capital(rules.EFFECTS.get(line["aims"].get(aim, ""), "not said"))


def _line(x: Mapping[str, Any]) -> list[Block]:
    told: list[Block] = [Heading(3, x["name"])]
    if x["why"]:
        told.append(Paragraph(verbatim(x["why"])))
    if x["evidence"]:
        told.append(Bullets(tuple(verbatim(f"{capital(rules.EVIDENCE[e['from']])}: {e['words']}") for e in x["evidence"])))
    else:
        told.append(Paragraph(NO_DATA))
    if x["justification"]:
        told.append(Paragraph(verbatim(f"Why it is right: {x['justification']}")))
    return told


def _actions(actions: Sequence[Mapping[str, Any]]) -> list[Block]:
    if not actions:
        return [Heading(2, "Actions"), Paragraph("No action was set.")]
    rows = tuple(
        (
            e["ref"],
            verbatim(e["title"]),
            rules.ACTIONS[e["kind"]] + (f": {rules.CHARACTERISTICS[e['characteristic']]}" if e["characteristic"] else ""),
            verbatim(e["owner"]),
            calendar.in_words(e["due"]) if e["due"] else "No day is set",
            f"Deliverable {e['deliverable']}" if e["deliverable"] else "Not in the plan",
        )
        for e in actions
    )
    heads = ("Code", "What is done", "What for", "By whom", "By when", "Carried out by")
    return [
        Heading(2, "Actions"),
        Table("What is done", heads, rows, "llllll", (0.07, 0.33, 0.18, 0.16, 0.13, 0.13), id="actions", small=True),
    ]
