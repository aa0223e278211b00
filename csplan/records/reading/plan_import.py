"""What a file would become here: read with the partnership's own words, groups and remembered columns, and said in words."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from csplan.cycle import calendar, plan_import
from csplan.cycle.outline import Left, Outline, grouped
from csplan.cycle.plan_import.columns import FIELDS
from csplan.errors import CsplanError
from csplan.records.models import ColumnMatch, Group, Partnership

#: Words of the terminal for the fields of a deliverable, in the order in which they are said.
SAID = {
    "work_areas": "for work area", "lead": "lead", "group": "group", "contributors": "with", "starts": "starts", "due": "due",
    "state": "stands", "resource": "needs", "mechanism": "how", "evidence": "shown by", "why": "note",
}  # fmt: skip


def remembered(partnership: Partnership, kind: str) -> dict[str, str]:
    """{heading: field} that people of the partnership chose before. kind : plan or kpi"""
    return dict(ColumnMatch.objects.filter(partnership=partnership, kind=kind).values_list("heading", "field"))


def propose(partnership: Partnership, outline: Outline, *, chosen: Mapping[str, str] | None = None) -> plan_import.Proposal:
    """An outline read as a plan of the partnership. chosen : {heading: field} of now, which wins over what is remembered"""
    check_fields(chosen or {})
    groups = dict(Group.objects.filter(partnership=partnership).values_list("slug", "name"))
    matches = {**remembered(partnership, "plan"), **(chosen or {})}
    return plan_import.propose(outline, words=partnership.words, groups=groups, matches=matches)


def check_fields(chosen: Mapping[str, str]) -> None:
    """Refuse a choice of a field that a plan does not have; "" leaves a column."""
    wrong = next((field for field in chosen.values() if field and field not in FIELDS), None)
    if wrong is not None:
        raise CsplanError(f"“{wrong}” is no field of a plan. Choose one of: {', '.join(FIELDS)}.")


def said_matches(said: Iterable[str]) -> dict[str, str]:
    """{heading: field} of arguments such as "Who=lead". A heading with nothing after the sign is a column to be left: "Notes="."""
    out = {}
    for text in said:
        heading, sign, field = text.rpartition("=")
        if not sign or not heading.strip():
            raise CsplanError(f"“{text}” does not match a heading to a field. Write it as HEADING=FIELD, such as Who=lead.")
        out[heading.strip()] = field.strip()
    return out


def not_in_draft(proposal: plan_import.Proposal) -> list[tuple[str, str]]:
    """(reference, state) of each deliverable whose state was understood: a draft holds none, so it is reported after agreement."""
    deliverables = (d for p in proposal.plan["priorities"] for d in p["deliverables"])
    return [(d["ref"], d[plan_import.STATE]) for d in deliverables if d.get(plan_import.STATE)]


def as_json(proposal: plan_import.Proposal) -> dict[str, Any]:
    """The proposal as one JSON document: {plan, counts, taken, not_understood, columns, not_in_draft}."""
    return {
        "plan": _plain(proposal.plan),
        "counts": plan_import.counts(proposal.plan),
        "taken": [{"ref": t.ref, "place": t.place, "words": t.words, "field": t.field or None} for t in proposal.taken],
        "not_understood": [asdict(left) for left in proposal.not_understood],
        "columns": proposal.columns,
        "not_in_draft": [{"ref": ref, "state": state} for ref, state in not_in_draft(proposal)],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def preview_words(proposal: plan_import.Proposal) -> str:
    """The proposal in lines for a terminal: what the plan would be, then everything that was not understood, with its place."""
    about, lines = proposal.plan["plan"], []
    years = f" ({calendar.in_words(about['starts_on'])} to {calendar.in_words(about['ends_on'])})" if about["starts_on"] else ""
    lines.append(f"{about['title'] or 'No title was found'}{years}")
    lines.append(f"Vision: {proposal.plan['version']['vision'] or 'none was found'}")
    for p in proposal.plan["priorities"]:
        lines.append(f"{p['ref']:<6}  {p['title']}")
        lines += [f"  {a['ref']:<6}  {a['title']}" for a in p["work_areas"]]
        lines += [f"    {d['ref']:<6}  {d['title']}{_told(d)}" for d in p["deliverables"]]
    lines.append(f"{counts_words(proposal)}.")
    if states := not_in_draft(proposal):
        lines.append("Understood, and not part of a draft; report it once the plan is agreed:")
        lines += [f"  {ref}: {state}" for ref, state in states]
    return "\n".join([*lines, *left_words(proposal.not_understood)])


def counts_words(proposal: plan_import.Proposal) -> str:
    """ "6 priorities, 17 work areas and 17 deliverables"."""
    n = plan_import.counts(proposal.plan)
    one = {"priorities": "priority", "work_areas": "work area", "deliverables": "deliverable"}
    words = [f"{n[key]} {single if n[key] == 1 else key.replace('_', ' ')}" for key, single in one.items()]
    return f"{words[0]}, {words[1]} and {words[2]}"


def left_words(left: tuple[Left, ...]) -> list[str]:
    """What was not understood, in lines, under the headings that it stands under."""
    if not left:
        return ["Everything in the file was understood."]
    lines = [f"Not understood ({len(left)}):"]
    for under, some in grouped(left):
        lines += [f"  Under “{under}”:"] if under else []
        lines += [f"    {one.place}: {one.words.replace(chr(10), ' ') or '(no words)'} [{one.why}]" for one in some]
    return lines


def _told(deliverable: Mapping[str, Any]) -> str:
    said = [f"{words} {value_words(deliverable[key])}" for key, words in SAID.items() if deliverable.get(key)]
    return f" ({'; '.join(said)})" if said else ""


def value_words(value: Any) -> str:
    """A value of a deliverable as people read it."""
    if isinstance(value, date):
        return calendar.in_words(value)
    return ", ".join(value) if isinstance(value, list) else str(value)
