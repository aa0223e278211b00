"""A plan brought in from a file: what the file says beside what it becomes, the choices for its columns, and what was left."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import plan_import, plan_text
from csplan.cycle.outline import Left, Outline, grouped
from csplan.cycle.plan_import import signals as sign
from csplan.cycle.plan_import.columns import FIELDS, key, propose_columns
from csplan.evidence.plain_words import capital
from csplan.records.reading import plan_import as reading
from csplan.website.typed import Said, Typed, day_parts, nothing

#: Where a part that has no number of its own goes.
PARTS = {"title": "The plan’s title and years", "vision": "The vision", "priorities": "Says that priorities follow"}
LEVELS = ("Priority", "Work area", "Deliverable")
NOT_USED = "Leave this column out"
#: Keys of a deliverable that are said beside its title.
BESIDE = {name: words for name, words in reading.SAID.items() if name not in ("why", "work_areas")}


def page(proposal: plan_import.Proposal, outline: Outline, chosen: Mapping[str, str]) -> dict[str, Any]:
    """Everything that the preview prints."""
    n = plan_import.counts(proposal.plan)
    return {
        "headline": headline(proposal),
        "can_draft": bool(n["priorities"]),
        "columns": columns(outline, proposal.columns, chosen),
        "vision": proposal.plan["version"]["vision"],
        "rows": rows(proposal),
        "priorities": [_priority(p) for p in proposal.plan["priorities"]],
        "left": left(proposal.not_understood),
        "left_count": len(proposal.not_understood),
        "states": [(ref, state) for ref, state in reading.not_in_draft(proposal)],
    }


def headline(proposal: plan_import.Proposal) -> str:
    """What was found, as the page's name."""
    n = plan_import.counts(proposal.plan)
    if not n["priorities"]:
        return "No priority was found in this file"
    return f"{reading.counts_words(proposal)} were found"


def rows(proposal: plan_import.Proposal) -> list[tuple[str, str, str]]:
    """(where, what the file says, what it becomes) of everything that was taken, in the order of the file."""
    titles = dict(_titles(proposal.plan))
    return [(t.place, t.words, becomes(t, titles)) for t in proposal.taken]


def becomes(taken: plan_import.Taken, titles: Mapping[str, str]) -> str:
    """ "Work area 1.2: Safer Homes"; of a cell beside the levels what it says of which: "Due on (1.2.1)"."""
    if taken.field and taken.field not in sign.LEVELS:
        return f"{FIELDS[taken.field]} ({taken.ref})"
    return PARTS.get(taken.ref) or f"{LEVELS[taken.ref.count('.')]} {taken.ref}: {titles[taken.ref]}"


def _titles(plan: Mapping[str, Any]) -> Any:
    for p in plan["priorities"]:
        yield p["ref"], p["title"]
        yield from ((part["ref"], part["title"]) for part in (*p["work_areas"], *p["deliverables"]))


def _priority(p: Mapping[str, Any]) -> dict[str, Any]:
    deliverables = [
        {"ref": d["ref"], "title": d["title"], "words": beside(d), "why": d.get("why", "")} for d in p["deliverables"]
    ]
    return {"ref": p["ref"], "title": p["title"], "work_areas": p["work_areas"], "deliverables": deliverables}


def beside(deliverable: Mapping[str, Any]) -> str:
    """What is told of a deliverable beside its title: "For work area 1.2; lead Housing; due 31 March 2021"."""
    said = [f"for work area {', '.join(deliverable['work_areas'])}"] if deliverable["work_areas"] else ["for no one work area"]
    for name, words in BESIDE.items():
        value = deliverable.get(name)
        if value and name != plan_import.STATE:
            said.append(f"{words} {plan_text.EVIDENCE[value].lower() if name == 'evidence' else reading.value_words(value)}")
    joined = "; ".join(said)
    return capital(joined)


def left(not_understood: Sequence[Left]) -> list[dict[str, Any]]:
    """What was not understood, under the headings of the file."""
    return [
        {"under": under, "lines": [(one.place, one.words or "No words", one.why) for one in some]}
        for under, some in grouped(tuple(not_understood))
    ]


# ---- the form ---------------------------------------------------------------------------------------


def headings(outline: Outline) -> list[str]:
    """Every heading of a column of the file, once, in order; those that differ in signs only are one."""
    seen: dict[str, str] = {}
    for table in outline.tables:
        for head in table.heads:
            seen.setdefault(key(head) or head, head)
    return list(seen.values())


def columns(outline: Outline, read: Mapping[str, Mapping[str, str]], chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """A choice for each heading: its name in the form, its label, what it means now, and what it may mean."""
    now = {key(head): field for fields in read.values() for head, field in fields.items()} | {
        key(h): f for h, f in chosen.items()
    }
    options = [("", NOT_USED), *FIELDS.items()]
    return [
        {"name": f"column-{i}", "label": head, "value": now.get(key(head), ""), "options": options}
        for i, head in enumerate(headings(outline))
    ]


def chosen(typed: Typed, outline: Outline) -> dict[str, str]:
    """{heading: field} as the person chose; a problem stands at a column that is matched to a field already matched."""
    heads = headings(outline)
    out = {head: typed.choice(f"column-{i}", ["", *FIELDS], "Choose what this column means") for i, head in enumerate(heads)}
    for table in outline.tables:
        used: dict[str, str] = {}
        for head in table.heads:
            field = next((f for h, f in out.items() if key(h) == key(head)), "")
            if field and field in used:
                name = f"column-{next(i for i, h in enumerate(heads) if key(h) == key(head))}"
                typed.problems[name] = (
                    f"“{head}” and “{used[field]}” cannot both be “{FIELDS[field]}”. Choose another for one of them"
                )
            elif field:
                used[field] = head
    return out


def changed(
    chosen_now: Mapping[str, str], outline: Outline, words: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, str]:
    """The choices that differ from what the headings themselves tell, and those remembered that were chosen otherwise."""
    told = {head: field for table in outline.tables for head, field in propose_columns(table.heads, {}, words).items()}
    held = {key(head) for head in before}
    return {head: field for head, field in chosen_now.items() if key(head) in held or told.get(head, "") != field}


def filled(proposal: plan_import.Proposal) -> Said:
    """The form of the plan itself as the file fills it in beforehand."""
    about = proposal.plan["plan"]
    days = {**day_parts("starts", about["starts_on"]), **day_parts("ends", about["ends_on"])}
    return nothing(title=about["title"], slug=about["slug"], **days)


def about(typed: Typed) -> dict[str, Any]:
    """The plan itself as it was typed, as `actions.plan_import.confirm` takes it."""
    return {
        "title": typed.text("title", "Write the plan’s title", longest=200),
        "slug": typed.text("slug", "Write a short name, such as 2020-25", longest=50),
        "starts_on": typed.day("starts", "Write the plan’s first day"),
        "ends_on": typed.day("ends", "Write the plan’s last day"),
    }
