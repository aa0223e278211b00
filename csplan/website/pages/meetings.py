"""Meetings: the list, one meeting with what it decided, and the desk where they are announced and recorded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from csplan.cycle import calendar, clock
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.typed import Typed

#: kind of decision -> what it did, for a heading
KINDS = {
    "agree": "Agreed",
    "approve": "Approved",
    "lock": "Locked",
    "vary": "Let priorities change",
    "close": "Closed",
}
QUORUM = {"yes": "Yes", "no": "No"}


def index(meetings: Sequence[dict[str, Any]], home: str) -> dict[str, Any]:
    """Every meeting as a line: those to come first, then those that were held."""
    lines = [line(m, home) for m in meetings]
    return {
        "to_come": [one for one in reversed(lines) if one["state"] == "announced"],
        "held": [one for one in lines if one["state"] == "held"],
    }


def line(m: dict[str, Any], home: str) -> dict[str, Any]:
    """A meeting in a line: who met and when, and whether it is recorded."""
    return {
        "ref": m["ref"],
        "title": m["title"],
        "url": f"{home}meetings/{m['ref']}/",
        "state": m["state"],
        "words": f"{m['group']}, {when(m['starts_at'])}. {quorum_words(m)}",
        "is_example": m["is_example"],
    }


def when(starts_at: datetime) -> str:
    """ "Monday 9 March 2020 at 10:00"."""
    local = starts_at.astimezone(clock.LONDON)
    return f"{calendar.with_weekday(local.date())} at {local:%H:%M}"


def quorum_words(m: dict[str, Any]) -> str:
    """What is known of the quorum, or that the meeting is not recorded yet."""
    if m["state"] == "announced":
        return "Announced; nothing is recorded of it yet."
    told = "It had a quorum" if m["was_quorate"] else "It had no quorum"
    if m["present"] is None:
        return f"{told}."
    needed = f"; {m['quorum']} are needed" if m["quorum"] else ""
    return f"{told}: {count(m['present'], 'member')} present{needed}."


def show(found: dict[str, Any], home: str) -> dict[str, Any]:
    """A meeting with its papers and what it decided."""
    m = found["meeting"]
    return {
        "trail": [("Meetings", f"{home}meetings/"), (m["title"], None)],
        "when": when(m["starts_at"]),
        "quorum": quorum_words(m),
        "agenda": [{"title": p["title"], "url": f"{home}papers/{p['ref']}/"} for p in found["papers"]],
        "decided": [_decided(d, home) for d in found["decisions"]],
        "headline": headline(m, len(found["decisions"])),
    }


def headline(m: dict[str, Any], decisions: int) -> str:
    """What came of it, in a sentence."""
    if m["state"] == "announced":
        return "It is announced. What it decides will stand here once it is recorded."
    if not decisions:
        return "It was held, and no decision on a plan is recorded of it."
    return f"{capital(count(decisions, 'decision'))} {'is' if decisions == 1 else 'are'} recorded of it."


def _decided(d: dict[str, Any], home: str) -> dict[str, Any]:
    at = f"{home}plans/{d['plan']}/versions/{d['version']}/" if d["plan"] else None
    on = calendar.in_words(clock.day_of(d["decided_at"]))
    return {
        "number": d["number"],
        "kind": KINDS.get(d["kind"], capital(d["kind"])),
        "words": d["words"],
        "sha256": d["sha256"],
        "url": at,
        "recorded": f"Recorded on {on}.",
    }


# ---- the desk ---------------------------------------------------------------------------------------


def desk(meetings: Sequence[dict[str, Any]], groups: Sequence[Any], now: datetime, home: str) -> dict[str, Any]:
    """Meetings that wait to be recorded, those to come and those held, and the form that announces one."""
    lines = [line(m, home) | {"record_url": f"{home}desk/meetings/{m['ref']}/", "begun": m["starts_at"] <= now} for m in meetings]
    waiting = [one for one in lines if one["state"] == "announced" and one["begun"]]
    return {
        "to_record": waiting,
        "to_come": [one for one in reversed(lines) if one["state"] == "announced" and not one["begun"]],
        "held": [one for one in lines if one["state"] == "held"],
        "groups": [("", "Choose a group"), *((g.slug, g.name) for g in groups)],
        "headline": desk_headline(len(waiting)),
    }


def desk_headline(n: int) -> str:
    """How many wait to be recorded."""
    return (
        f"{capital(count(n, 'meeting'))} {'waits' if n == 1 else 'wait'} to be recorded"
        if n
        else "No meeting waits to be recorded"
    )


def announcement(typed: Typed, groups: Sequence[Any]) -> dict[str, Any]:
    """What was typed to announce a meeting; what cannot be taken is in `typed.problems`."""
    by_slug = {g.slug: g for g in groups}
    group = typed.choice("group", by_slug, "Choose the group that meets")
    title = typed.text("title", "Write a title that names the group and the day", longest=200)
    starts_at = typed.instant("on", "at", "Write the day of the meeting")
    return {"group": by_slug.get(group), "title": title, "starts_at": starts_at}


def reference(group: str, starts_at: datetime, taken: Sequence[str]) -> str:
    """How a meeting is named in addresses: the group and the day; of several on a day, the second has a 2."""
    plain = f"{group[:36]}-{clock.day_of(starts_at).isoformat()}"
    number, ref = 1, plain
    while ref in taken:
        number += 1
        ref = f"{plain}-{number}"
    return ref


def record(typed: Typed, quorum: int | None) -> dict[str, Any]:
    """What was typed to record a meeting: members counted where a quorum is set, else yes or no."""
    told: dict[str, Any] = {}
    if quorum is None:
        told["was_quorate"] = typed.choice("was_quorate", QUORUM, "Say whether the meeting had a quorum") == "yes"
    else:
        told["present"] = typed.number("present", "Write how many members were present, as a number")
    return {**told, "minute": typed.text("minute", "Write what was noted")}
