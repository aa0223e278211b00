"""The golden thread at the desk: the forms that record a finding, link it, set it aside and cut a link."""

from collections.abc import Mapping
from typing import Any

from csplan.cycle.thread import KINDS, NOBODY, Key
from csplan.website.typed import Typed

CHOOSE = "Choose one"
#: Between the parts of a link's name in a form; no kind and no reference holds it.
BETWEEN = "|"


def page(offered: Mapping[str, Any], at: str) -> dict[str, Any]:
    """What the forms offer. offered : of `reading.thread.to_link`;  at : the partnership's address"""
    findings = offered["findings"]
    return {
        "headline": headline(findings),
        "finding_rows": [_row(f, at) for f in findings],
        "finding_options": _options([(f["ref"], f"{f['ref']} {f['title']}") for f in findings]),
        "priority_options": _options([(ref, f"{ref} {title}") for ref, title in offered["priorities"].items()]),
        "link_options": _options([(_value(one), _words(one)) for one in offered["links"]]),
    }


def headline(findings: list[dict[str, Any]]) -> str:
    """How many findings wait."""
    waiting = sum(not f["taken_up"] and not f["not_taken_up"] for f in findings)
    if not findings:
        return "No finding is recorded yet"
    if not waiting:
        return "Every finding is taken up, or it is said why not"
    return "One finding is not taken up yet" if waiting == 1 else f"{waiting} findings are not taken up yet"


def _row(f: Mapping[str, Any], at: str) -> tuple[Any, ...]:
    to = "; ".join(f"Priority {t['ref']}: {t['title']} ({t['plan']})" for t in f["taken_up"])
    aside = f"Not taken up: {f['not_taken_up']}" if f["not_taken_up"] else "Nothing yet"
    return (f"{f['ref']} {f['title']}", f"{at}thread/findings/{f['ref']}/"), to or aside


def _options(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", CHOOSE), *rows]


def _value(one: Mapping[str, Any]) -> str:
    return BETWEEN.join((*one["above"], *one["below"]))


def _words(one: Mapping[str, Any]) -> str:
    (kind, ref), below = one["above"], one["below"]
    to = "not taken up" if below == NOBODY else f"{KINDS[below[0]].title.lower()} {below[1]}"
    return f"{KINDS[kind].title} {ref}: {to}"


# ---- what was typed -----------------------------------------------------------------------------------------


def recorded(typed: Typed) -> dict[str, Any]:
    """A finding to record, as `actions.finding.record` takes it."""
    told = {
        "title": typed.text("title", "Say what was found, in one sentence", longest=400),
        "words": typed.text("words", longest=4_000),
        "observation": typed.text("observation", longest=200),
        "source": typed.text("source", longest=300),
    }
    if not told["observation"] and not told["source"]:
        typed.problems["observation"] = "Name the figure that it rests on, or write its source below"
    return told


def linked(typed: Typed, offered: Mapping[str, Any]) -> tuple[Key, Key]:
    """The two ends of a new link."""
    finding = typed.choice("link_finding", _refs(offered), "Choose a finding")
    priority = typed.choice("link_to", list(offered["priorities"]), "Choose the priority that takes it up")
    return ("finding", finding), ("priority", priority)


def set_aside(typed: Typed, offered: Mapping[str, Any]) -> tuple[str, str]:
    """The reference of a finding, and why no priority takes it up."""
    finding = typed.choice("aside_finding", _refs(offered), "Choose a finding")
    return finding, typed.text("aside_why", "Say why no priority takes it up", longest=2_000)


def to_cut(typed: Typed, offered: Mapping[str, Any]) -> dict[str, Any]:
    """The link to cut, as `actions.thread.cut` takes it."""
    held = {_value(one): one for one in offered["links"]}
    chosen = typed.choice("cut_link", list(held), "Choose the link to cut")
    why = typed.text("cut_why", "Say why it is cut", longest=2_000)
    one = held.get(chosen, {"above": ("", ""), "below": ("", "")})
    return {"above": one["above"], "below": one["below"], "why": why}


def _refs(offered: Mapping[str, Any]) -> list[str]:
    return [f["ref"] for f in offered["findings"]]
