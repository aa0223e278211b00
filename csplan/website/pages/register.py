"""The forms of the register: a body with its days, a group with its quorum, an office. Set-up and the desk share them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from csplan.cycle import authorities, calendar, set_up
from csplan.website.typed import parts, read_day, three

KINDS = [(kind, words) for kind, (words, _category) in authorities.KINDS.items()]
GROUP_KINDS = list(set_up.GROUP_KINDS.items())
MOST_IN_A_QUORUM = 200
#: The first year that a body may have: some are older than the Act.
EARLIEST = 1800

Said = dict[str, Any]
Problems = dict[str, str]


def body_said(sent: Mapping[str, str]) -> Said:
    """What was typed of a body: name, kind, and the three fields of `from` and `to`."""
    days = {name: parts(sent, name) for name in ("from", "to")}
    return {"name": " ".join(sent.get("name", "").split()), "kind": sent.get("kind", ""), **days}


def body_form(body: Mapping[str, Any] | None, kind: str = "") -> Said:
    """The form of a body as it stands; of a new one, with its kind where that is known."""
    if body is None:
        return {"name": "", "kind": kind, "from": three(None), "to": three(None)}
    days = {"from": three(body["from_on"]), "to": three(body.get("to_on"))}
    return {"name": body["name"], "kind": body["kind"], **days}


def body_values(said: Said) -> tuple[dict[str, Any], Problems]:
    """(name, kind, category, from_on and to_on as partnership.toml has them, what to mend)."""
    problems = _name_problem(said["name"], "the full name of the body")
    if said["kind"] not in authorities.KINDS:
        problems["kind"] = "Choose what kind of body it is"
    from_on = _day(said, "from", problems)
    to_on = _day(said, "to", problems)
    if from_on is None and "from" not in problems:
        problems["from"] = "Write the day from which it takes part"
    if from_on and to_on and to_on < from_on:
        problems["to"] = "Its last day is before its first. Correct one of the two"
    if problems:
        return {}, problems
    told = {"name": said["name"], "kind": said["kind"], "category": authorities.KINDS[said["kind"]][1], "from_on": from_on}
    return ({**told, "to_on": to_on} if to_on else told), {}


def _name_problem(name: str, what: str) -> Problems:
    if not name:
        return {"name": f"Write {what}"}
    if len(name) > set_up.LONGEST_NAME:
        return {"name": f"Write {what} in {set_up.LONGEST_NAME} characters or fewer"}
    return {}


def _day(said: Said, name: str, problems: Problems) -> date | None:
    try:
        return read_day(said[name], first=EARLIEST)
    except ValueError as mistake:
        problems[name] = str(mistake)
        return None


def group_said(sent: Mapping[str, str]) -> Said:
    """What was typed of a group."""
    return {name: " ".join(sent.get(name, "").split()) for name in ("name", "kind", "quorum")}


def group_form(group: Mapping[str, Any] | None) -> Said:
    """The form of a group as it stands."""
    if group is None:
        return {"name": "", "kind": "sub-group", "quorum": ""}
    return {"name": group["name"], "kind": group["kind"], "quorum": str(group.get("quorum") or "")}


def group_values(said: Said, *, other_boards: bool) -> tuple[dict[str, Any], Problems]:
    """(name, kind, quorum and is_strategy_group, what to mend). other_boards : whether another group is the board."""
    problems = _name_problem(said["name"], "the name of the group")
    if said["kind"] not in set_up.GROUP_KINDS:
        problems["kind"] = "Choose what kind of group it is"
    elif said["kind"] == "board" and other_boards:
        problems["kind"] = "There is a board already, and an area has one strategy group. Choose another kind"
    number = quorum(said["quorum"], problems)
    if problems:
        return {}, problems
    told: dict[str, Any] = {"name": said["name"], "kind": said["kind"]}
    if said["kind"] == "board":
        told["is_strategy_group"] = True
    return ({**told, "quorum": number} if number else told), {}


def quorum(typed: str, problems: Problems) -> int | None:
    """How many members can decide; None for none said. What is to be mended goes into `problems`."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed) <= MOST_IN_A_QUORUM):
        problems["quorum"] = "Write how many members can decide, as a number such as 4"
        return None
    return int(typed)


def office_said(sent: Mapping[str, str]) -> Said:
    """What was typed of an office."""
    words = {name: " ".join(sent.get(name, "").split()) for name in ("name", "body", "group")}
    return {**words, "from": parts(sent, "from")}


def office_form(today: date) -> Said:
    """The form of a new office, from today."""
    return {"name": "", "body": "", "group": "", "from": three(today)}


def office_values(said: Said, bodies: Collection[str], groups: Collection[str]) -> tuple[dict[str, Any], Problems]:
    """(title, body, group and from_on, what to mend). bodies, groups : the short names that there are."""
    problems = _name_problem(said["name"], "the title of the office")
    if said["body"] not in bodies:
        problems["body"] = "Choose the body that the office belongs to"
    if said["group"] and said["group"] not in groups:
        problems["group"] = "Choose a group from the list, or none"
    from_on = _day(said, "from", problems)
    if from_on is None and "from" not in problems:
        problems["from"] = "Write the day from which the office is there"
    return {"title": said["name"], "body": said["body"], "group": said["group"], "from_on": from_on}, problems


def days_in_words(from_on: date, to_on: date | None) -> str:
    """From 1 April 2009; or from 1 April 2013 to 30 June 2022."""
    first = f"From {calendar.in_words(from_on)}"
    return f"{first} to {calendar.in_words(to_on)}" if to_on else first
