"""The pre-release list of a version at the desk: who reads it before it is public, until when, and why."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from csplan.cycle import calendar, clock
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.website.typed import Typed

#: state of a name -> the look of its tag
TAGS = {"reads it now": "met", "to come": "", "over": "na"}


def page(readers: Sequence[Mapping[str, Any]], persons: Mapping[str, str]) -> dict[str, Any]:
    """The list in lines, and those whose time can be ended."""
    now = sum(r["state"] == "reads it now" for r in readers)
    return {
        "readers": [_line(r, persons) for r in readers],
        "headline": f"{capital(count(now, 'person', 'people'))} may read it before it is public",
    }


def _line(r: Mapping[str, Any], persons: Mapping[str, str]) -> dict[str, Any]:
    from_on, last = clock.day_of(r["from_at"]), _last_day(r["until_at"])
    return {
        "id": r["id"],
        "tag": r["state"].capitalize(),
        "look": TAGS[r["state"]],
        "title": persons.get(r["username"], r["username"]),
        "username": r["username"],
        "words": f"From {calendar.in_words(from_on)} until {last}. {r['reason']}",
        "may_end": r["state"] != "over",
    }


def _last_day(until: datetime) -> str:
    """The end as people say it: midnight at the end of a day is that day."""
    local = until.astimezone(clock.LONDON)
    if (local.hour, local.minute) == (0, 0):
        return f"the end of {calendar.in_words(local.date() - timedelta(days=1))}"
    return f"{local:%H:%M} on {calendar.in_words(local.date())}"


def typed_name(typed: Typed, usernames: Mapping[str, str], today: date, now: datetime) -> dict[str, Any]:
    """What was typed to name a reader: from the start of one day to the end of another; from now where that day is today."""
    username = typed.choice("username", usernames, "Choose the person")
    reason = typed.text("reason", "Write why this person reads it before it is public", longest=300)
    from_on, until_on = typed.day("from", "Write the first day"), typed.day("until", "Write the last day")
    if from_on and from_on < today:
        typed.problems["from"] = "Choose today or a later day: nobody is named for the past."
    if from_on and until_on and until_on < from_on:
        typed.problems["until"] = "The last day is before the first. Correct one of them."
    if typed.problems or from_on is None or until_on is None:
        return {}
    from_at = now if from_on == today else clock.start_of(from_on)
    return {"username": username, "reason": reason, "from_at": from_at, "until_at": clock.end_of(until_on)}
