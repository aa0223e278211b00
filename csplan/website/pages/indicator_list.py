"""The catalogue of indicators as lists: by priority and work area of the plan, searched without scripts."""

from collections.abc import Collection, Mapping, Sequence
from textwrap import shorten
from typing import Any

from csplan.documents.sentences import count
from csplan.evidence import catalogue
from csplan.evidence.catalogue import EVERY_WORK_AREA, Indicator
from csplan.evidence.plain_words import capital

#: What stands above indicators that serve the whole plan, and above those that serve no work area of their own.
WHOLE, OTHER = "The whole plan", "Police types outside the work areas"
#: A longer name of a work area is cut in the list to choose from.
LONGEST_CHOICE = 52
#: Words of a search are looked for in these.
SEARCHED = ("id", "title", "numerator", "source")


def has_page(i: Indicator, *, measured: Collection[str], is_held: bool) -> bool:
    """Whether an indicator has a page: it is counted from open figures that are held, or a reading of it is public.

    measured : ids with a public reading;  is_held : whether any month of police figures is held
    """
    return i.id in measured or bool(i.topic and is_held)


def address(base: str, id: str, *, with_page: bool) -> str:
    """Where an indicator is told: its page, or its place in the list while no figure of it is held."""
    return f"{base}indicators/{id}/" if with_page else f"{base}indicators/#{id}"


def found(asked: str, area: str) -> list[Indicator]:
    """The indicators that hold every word asked for and serve a work area; all of them where nothing is asked."""
    words = asked.lower().split()
    some = [i for i in catalogue.all() if not area or area in i.work_areas]
    return [i for i in some if all(word in " ".join(getattr(i, name) for name in SEARCHED).lower() for word in words)]


def titles(plan: Mapping[str, Any] | None) -> dict[str, str]:
    """{1.2: Safer Homes} of the plan that stands, priorities too; empty where there is none."""
    if plan is None:
        return {}
    out = {p["ref"]: p["title"] for p in plan["priorities"]}
    return out | {w["ref"]: w["title"] for p in plan["priorities"] for w in p["work_areas"]}


def choices(named: Mapping[str, str]) -> list[tuple[str, str]]:
    """Work areas to choose from: (1.2, in words)."""
    refs = sorted({ref for i in catalogue.all() for ref in i.work_areas if ref != EVERY_WORK_AREA}, key=in_order)
    return [
        ("", "Every work area"),
        *((ref, shorten(f"{ref} {named.get(ref, '')}".strip(), width=LONGEST_CHOICE, placeholder=" …")) for ref in refs),
    ]


def groups(rows: Sequence[Mapping[str, Any]], named: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows under what they serve: [{title, parts: [{title, rows}]}]; one that serves two work areas stands under each.

    rows : with `work_areas`
    """
    out = []
    whole = [row for row in rows if tuple(row["work_areas"]) == (EVERY_WORK_AREA,)]
    if whole:
        out.append({"title": WHOLE, "parts": [{"title": "", "rows": whole}]})
    refs = sorted({ref for row in rows for ref in row["work_areas"] if ref != EVERY_WORK_AREA}, key=in_order)
    for priority in sorted({ref.split(".")[0] for ref in refs}, key=int):
        under = [ref for ref in refs if ref.split(".")[0] == priority]
        parts = [
            {"title": _named("Work area", ref, named), "rows": [row for row in rows if ref in row["work_areas"]]} for ref in under
        ]
        out.append({"title": _named("Priority", priority, named), "parts": parts})
    other = [row for row in rows if not row["work_areas"]]
    if other:
        out.append({"title": OTHER, "parts": [{"title": "", "rows": other}]})
    return _first_places(out)


def _first_places(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with `anchor` on the first place of each row: a name stands once on a page."""
    seen: set[str] = set()
    for part in (part for group in some for part in group["parts"]):
        part["rows"] = [{**row, "anchor": None if row["id"] in seen else row["id"]} for row in part["rows"]]
        seen.update(row["id"] for row in part["rows"])
    return some


def _named(kind: str, ref: str, named: Mapping[str, str]) -> str:
    return f"{kind} {ref}: {named[ref]}" if ref in named else f"{kind} {ref}"


def in_order(ref: str) -> list[int]:
    """Puts 2 before 10 and 1.2 before 1.10."""
    return [int(n) for n in ref.split(".")]


def headline(shown: Sequence[Any], asked: str, area: str) -> str:
    """How many are found, as a sentence without its full stop."""
    told = capital(count(len(shown), "indicator")) if shown else "No indicator"
    is_one = len(shown) < 2
    if asked:
        return f"{told} {'holds' if is_one else 'hold'} the words “{asked}”"
    return f"{told} {'serves' if is_one else 'serve'} work area {area}" if area else f"{told} in all"
