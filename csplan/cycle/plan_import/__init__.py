"""A plan that a partnership already has, proposed as a draft. Nothing here saves: a person reads the proposal and confirms it.

Every block and every filled cell of the file ends once in `taken` or in `not_understood`. References are ours: priorities 1, 2 …,
work areas 1.1, 1.2 …, deliverables 1.1.1 …
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from csplan.cycle.outline import Block, Left, Outline
from csplan.cycle.plan_import import signals as sign
from csplan.cycle.plan_import.parts import as_plan
from csplan.cycle.plan_import.table import Asked
from csplan.cycle.plan_import.tally import Taken
from csplan.cycle.plan_import.walk import walk

__all__ = ["STATE", "Proposal", "Taken", "about", "counts", "propose", "title_block"]

#: Key of a deliverable's state in a proposal. A draft holds none: how things stand is reported once the plan is agreed.
STATE = "state"
#: The title of a plan stands among its first blocks.
TITLE_WITHIN, TITLE_WORDS = 15, 20


@dataclass(frozen=True)
class Proposal:
    """What a file would become.

    plan : in the shape of a plan file: {plan: {slug, title, starts_on, ends_on}, version: {vision}, priorities: […]}; what the file
           does not tell of the plan itself is "" or None
    columns : {place of a table: {heading: field}} as its columns were read
    """

    plan: dict[str, Any]
    not_understood: tuple[Left, ...]
    taken: tuple[Taken, ...]
    columns: dict[str, dict[str, str]]


def propose(
    outline: Outline,
    *,
    words: Mapping[str, str],
    groups: Mapping[str, str] | None = None,
    matches: Mapping[str, str] | None = None,
) -> Proposal:
    """Read an outline as a plan.

    words : what the partnership calls each level: {"priority": "Strategic priority", "work_area": …, "deliverable": …}
    groups : {slug: name} of the partnership's groups
    matches : {heading of a column: field} that a person chose or that are remembered; "" leaves a column
    """
    title = title_block(outline)
    found = walk(outline, Asked(words, groups or {}, matches or {}), title.place if title else "")
    found.gathered.number()
    return Proposal(
        plan={
            "plan": about(title.words if title else outline.title),
            "version": {"vision": found.vision},
            "priorities": as_plan(found.gathered),
        },
        not_understood=(*found.tally.left, *outline.unread),
        taken=found.tally.all_taken(),
        columns=found.columns,
    )


def title_block(outline: Outline) -> Block | None:
    """The block that is the plan's title: as the file marks it, else an early line with “plan” or “strategy” and its years."""
    early = [
        b for b in outline.blocks[:TITLE_WITHIN] if b.kind in ("heading", "paragraph") and len(b.words.split()) <= TITLE_WORDS
    ]
    marked = next((b for b in early if outline.title and b.words == outline.title), None)
    named = (b for b in early if sign.years(b.words) and re.search(r"\b(plan|strategy)\b", b.words, re.IGNORECASE))
    return marked or next(named, None)


def about(title: str) -> dict[str, Any]:
    """{slug, title, starts_on, ends_on} as far as a title tells them; the word “draft” in front of it is left out.

    >>> about("Draft Safe Durham Partnership Plan 2020-25")["slug"]
    '2020-25'
    """
    text = re.sub(r"^draft\s+", "", " ".join(title.split()), flags=re.IGNORECASE)
    text = text[:1].upper() + text[1:]
    told = sign.years(text)
    if told is None:
        return {"slug": "", "title": text, "starts_on": None, "ends_on": None}
    starts_on, ends_on = told
    return {"slug": f"{starts_on.year}-{ends_on.year % 100:02d}", "title": text, "starts_on": starts_on, "ends_on": ends_on}


def counts(plan: Mapping[str, Any]) -> dict[str, int]:
    """How many priorities, work areas and deliverables a plan has."""
    priorities = plan["priorities"]
    return {
        "priorities": len(priorities),
        "work_areas": sum(len(p["work_areas"]) for p in priorities),
        "deliverables": sum(len(p["deliverables"]) for p in priorities),
    }
