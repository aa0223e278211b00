"""The stakeholder map, events and the kit in words: the public page, and the desk where they are named, announced and recorded."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from csplan.cycle import engagement as rules
from csplan.cycle import equality
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed
from csplan.website.pages.meetings import when
from csplan.website.pages.paper import FORMS
from csplan.website.typed import Typed


def index(events: Sequence[dict[str, Any]], at: datetime, home: str) -> dict[str, Any]:
    """Events to come, the nearest first, and those that were held, the newest first."""
    lines = [line(e, at, home) for e in events]
    return {
        "to_come": [e for e in lines if not e["begun"]],
        "held": [e for e in reversed(lines) if e["begun"]],
    }


def line(e: Mapping[str, Any], at: datetime, home: str) -> dict[str, Any]:
    """An event in words: what, when and where, whom it is for, and what came of it."""
    invited = f"Invited: {listed(e['invited'])}." if e["invited"] else ""
    return {
        **e,
        "words": f"{capital(when(e['starts_at']))}, {e['place']}.",
        "invited_words": invited,
        "came_words": came_in_words(e) if e["is_recorded"] else "",
        "bodies_words": f"Senior people came from {listed(e['bodies'])}." if e["bodies"] else "",
        "begun": e["starts_at"] <= at,
        "consultation_url": f"{home}consultations/{e['consultation']}/" if e["consultation"] else None,
        "desk_url": f"{home}desk/engagement/{e['ref']}/",
    }


def came_in_words(e: Mapping[str, Any]) -> str:
    """Who came, by group. A number of one to four is not given, for few people are easily told apart."""
    parts = [f"{few(n)} of {name}" for name, n in e["came"].items()]
    parts += [f"{few(e['others'])} others" if parts else f"{few(e['others'])} people"] if e["others"] else []
    return f"Who came: {listed(parts)}." if parts else "Nobody is recorded as having come."


def few(n: int) -> str:
    """A number of people, in words where it is small."""
    return "none" if n == 0 else "fewer than five" if n < 5 else f"{n:,}"


def map_headline(lines: Sequence[Mapping[str, Any]]) -> str:
    """How many groups are on the map, and how many are likely to be particularly affected."""
    if not lines:
        return "No group is on the map yet"
    affected = sum(s["is_affected"] for s in lines)
    told = f"{capital(count(len(lines), 'group'))} ought to be heard"
    return f"{told}, {count(affected, 'of them', 'of them')} likely to be particularly affected" if affected else told


def shared(s: Mapping[str, Any]) -> str:
    """What a group's members share."""
    return f"They share: {listed([c.lower() for c in s['characteristics']])}." if s["characteristics"] else ""


def stakeholders(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines of the map for a page."""
    return [{**s, "shared": shared(s)} for s in lines]


# ---- the desk ---------------------------------------------------------------------------------------


def characteristics() -> list[tuple[str, str]]:
    """What a group's members may share, to choose from."""
    return list(equality.CHARACTERISTICS.items())


def named(typed: Typed) -> dict[str, Any]:
    """What was typed to put a group on the map."""
    return {
        "name": typed.text("name", "Write what the group is called", longest=200),
        "why": typed.text("why", "Write why the group ought to be heard", longest=2_000),
        "characteristics": typed.choices("characteristics", equality.CHARACTERISTICS),
        "is_affected": bool(typed.choices("is_affected", ["yes"])),
    }


def announced(typed: Typed, groups: Mapping[str, Any], consultations: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed to announce an event."""
    kind = typed.choice("kind", rules.KINDS, "Choose what it is")
    title = typed.text("title", "Write what it is called", longest=200)
    place = typed.text("place", "Write where it takes place", longest=200)
    starts_at = typed.instant("on", "at", "Write the day")
    needed = "Write how people are told of the public meeting" if kind == "public-meeting" else ""
    notice = typed.text("notice", needed, longest=4_000)
    chosen = typed.choice("consultation", ["", *consultations], "Choose a consultation, or none")
    return {
        "kind": kind,
        "title": title,
        "place": place,
        "starts_at": starts_at,
        "notice": notice,
        "invited": [groups[slug] for slug in typed.choices("invited", groups)],
        "consultation": consultations.get(chosen),
    }


def recorded(typed: Typed, groups: Collection[str], bodies: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed of an event that was held. A field of people that is left empty is nobody."""
    came = {slug: _people(typed, f"came-{slug}") for slug in groups}
    return {
        "came": came,
        "others": _people(typed, "others"),
        "bodies": [bodies[code] for code in typed.choices("bodies", bodies)],
        "said": typed.text("said", "Write what was said, without names of people", longest=10_000),
    }


def _people(typed: Typed, name: str) -> int:
    if not typed.said[name].strip():
        return 0
    return typed.number(name, "Write how many people as a whole number, or leave it empty") or 0


# ---- the kit ----------------------------------------------------------------------------------------


def kit(papers: Mapping[str, str], at_desk: str, slug: str) -> dict[str, Any]:
    """The papers of a kit with their forms. papers : kind -> its title"""
    rows = [
        {
            "title": title,
            "forms": [{"url": f"{at_desk}kit/{kind}.{ending}", "words": form.words} for ending, form in FORMS.items()],
            "command": f"csplan paper {kind} {slug} --to {kind}.pdf",
        }
        for kind, title in papers.items()
    ]
    return {"rows": rows, "zip_url": f"{at_desk}kit.zip"}
