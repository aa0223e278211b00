"""Two versions side by side: each clause that differs with what it said and says, word by word, and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar, plan_changes, plan_text
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed
from csplan.records.reading.plan_clauses import LIMBS
from csplan.website.pages import plan as plan_page
from csplan.website.pages import plan_whole
from csplan.website.pages.plan_versions import chooser, trail

ACROSS = "Between two plans a reason is kept for each priority that was left out: its closing record."
#: kind of a difference -> how it is said of a clause
KINDS = {"changed": "changed", "added": "new", "removed": "left out"}


def page(found: Mapping[str, Any], versions: Mapping[str, Any], groups: Mapping[str, str], home: str) -> dict[str, Any]:
    """Everything the template prints.

    found : of `reading.plan_comparison.comparison`;  versions : of `reading.plan_versions.versions` of the later plan
    groups : {slug: name} of the partnership's groups
    """
    before, after = found["before"], found["after"]
    is_across = before["slug"] != after["slug"]
    return {
        "trail": trail(after, home, ("Versions", f"{home}plans/{after['slug']}/versions/"), ("Side by side", None)),
        "lede": lede(found["counts"]),
        "across_words": ACROSS if is_across else None,
        "columns": [column(p, side, is_across, home) for side, p in (("Before", before), ("After", after))],
        "groups": [
            {"title": title, "changes": [change(d, groups, home) for d in some]}
            for title, some in grouped(found["differences"], found)
        ],
        "unchanged_words": unchanged_words(found["counts"]["unchanged"]),
        "unchanged": [
            f"{u['title']}{': ' + u['words'] if u['words'] and u['words'] != u['title'] else ''}" for u in found["unchanged"]
        ],
        "chooser": chooser(versions, home, (value(before), value(after))),
    }


def value(plan: Mapping[str, Any]) -> str:
    """A version as the form of two lists names it."""
    return f"{plan['slug']}/{plan['version']}"


def lede(counts: Mapping[str, int]) -> str:
    """How much differs."""
    told = [f"{count(counts[kind], 'passage')} {words}" for kind, words in KINDS.items() if counts[kind]]
    return f"{capital(listed(told))}." if told else "The two say the same."


def unchanged_words(n: int) -> str:
    """What is folded away, counted."""
    return f"{capital(count(n, 'passage'))} {'says' if n == 1 else 'say'} the same in both"


def column(plan: Mapping[str, Any], side: str, is_across: bool, home: str) -> dict[str, Any]:
    """The head of one side. short : what stands over each passage on a phone"""
    name = f"{plan['title']}, version {plan['version']}" if is_across else f"Version {plan['version']}"
    return {
        "title": name,
        "short": side if is_across else name,
        "words": capital(plan_page.STATES[plan["state"]]),
        "url": f"{home}plans/{plan['slug']}/versions/{plan['version']}/",
    }


def grouped(differences: Sequence[Mapping[str, Any]], found: Mapping[str, Any]) -> Iterable[tuple[str, list[Mapping[str, Any]]]]:
    """The differences by what they belong to, each group with its title: priorities by number, everything else by its kind."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for d in differences:
        kind, ref = plan_text.part_of(d["clause"])
        if kind.name == "priority" or kind.under == "priority":
            title = f"Priority {ref.split('.')[0]}"
        else:
            title = "The vision" if kind.name == "vision" else PLURALS[kind.name]
        groups.setdefault(title, []).append(d)
    return groups.items()


#: kind of clause -> the heading of its group
PLURALS = {
    "section": "Sections",
    "alignment": "What it fits with",
    "assurance-area": "Led elsewhere",
    "risk": "Risks",
    "dependency": "What it depends on",
    "resource": "Resources",
}


def change(d: Mapping[str, Any], groups: Mapping[str, str], home: str) -> dict[str, Any]:
    """One clause that differs."""
    is_vision = d["clause"] == "vision"
    name = f"{d['title']}{': ' + d['words'] if d['kind'] != 'changed' and d['words'] and d['words'] != d['title'] else ''}"
    return {
        "id": d["clause"].replace("/", "-").replace(".", "-"),
        "title": None if is_vision else name,
        "about": d["words"] if d["kind"] == "changed" and d["words"] != d["title"] and not _is_named(d) else None,
        "kind": d["kind"],
        "kind_words": capital(KINDS[d["kind"]]),
        "fields": [field(f, groups) | ({"label": None} if is_vision else {}) for f in told_fields(d)],
        "reasons": [reason(r, home) for r in d["reasons"]],
        "closing": plan_whole.closing(d["closing"], home) if d["closing"] else None,
    }


def _is_named(d: Mapping[str, Any]) -> bool:
    """Whether its title is among what changed, so that it stands below already."""
    return any(f["name"] == "title" for f in d["fields"])


def told_fields(d: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The fields to set side by side: of a clause that is new or left out, its title stands in the heading already."""
    return [f for f in d["fields"] if d["kind"] == "changed" or f["name"] != "title"]


def field(told: Mapping[str, Any], groups: Mapping[str, str]) -> dict[str, Any]:
    """A field that differs: its name, the runs of words on either side."""
    before, after = (in_words(told["form"], told["name"], told[side], groups) for side in ("before", "after"))
    runs = plan_changes.compare(before, after)
    return {
        "label": told["label"],
        "before": [(r.kind, r.words) for r in runs if r.kind != "added"],
        "after": [(r.kind, r.words) for r in runs if r.kind != "removed"],
    }


def in_words(form: str, name: str, value: Any, groups: Mapping[str, str]) -> str:
    """A value as a reader takes it: days, groups, purposes and choices by their words."""
    if plan_text.is_empty(value):
        return ""
    if form == "day":
        return calendar.in_words(value if isinstance(value, date) else date.fromisoformat(value))
    if form == "group":
        return groups.get(value, value)
    if form == "limbs":
        return "\n".join(capital(LIMBS.get(letter, letter)) for letter in value)
    if form == "number":
        return f"£{value:,}"
    if form == "choice":
        return (
            {**plan_text.EVIDENCE, **plan_text.ALIGNMENTS}.get(value, str(value)) if name in ("evidence", "kind") else str(value)
        )
    return plan_changes.in_words(value)


def reason(told: Mapping[str, Any], home: str) -> dict[str, Any]:
    """Why, and where the reason comes from."""
    source = f"{told['kind_words']}{', ' + told['source'] if told['kind'] == 'comment' and told['source'] else ''}"
    return {
        "words": told["reason"],
        "from": capital(source),
        "url": f"{home}{told['address']}" if told["address"] else None,
    }
