"""Setting up a partnership: its address, the words and groups it begins with, and what is left to fill.

A set-up is a plain dict in the shape of `partnership.toml`: partnership, bodies, groups, offices.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from csplan.cycle import authorities, roles
from csplan.errors import CsplanError

#: Words that begin addresses of the program itself.
RESERVED = frozenset({"accounts", "api", "static", "healthz", "f", "setup"})
LONGEST_SLUG, LONGEST_NAME = 50, 200
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

#: What the levels of a plan are called until the partnership says otherwise.
WORDS = {"priority": "Priority", "work_area": "Work area", "deliverable": "Deliverable"}

#: kind of group -> what a person reads
GROUP_KINDS: dict[str, str] = {
    "board": "Board: the strategy group",
    "sub-group": "Sub-group",
    "scrutiny": "Scrutiny committee",
    "cabinet": "Cabinet: approves plans after the board",
    "council": "Full council: approves plans after the board",
}

#: The roles that an invitation may offer.
OFFERED: tuple[str, ...] = tuple(role for role in roles.ROLES if role != "resident")


@dataclass(frozen=True)
class Left:
    """Something still to fill. ref : its name for programs; words : what and why; step : where set-up asks it; desk : where later."""

    ref: str
    words: str
    step: str
    desk: str


def slug_of(name: str) -> str:
    """An address from a name: “Safer Môn Partnership” gives safer-mon-partnership."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_SLUG].rstrip("-")


def free_slug(name: str, taken: Collection[str]) -> str:
    """An address from a name that is not taken: a number follows where it is."""
    first = slug_of(name) or "one"
    numbered = (f"{first[: LONGEST_SLUG - 4]}-{n}" for n in range(2, 1000))
    return next(slug for slug in (first, *numbered) if slug not in taken)


def wrong_slug(slug: str) -> str | None:
    """What is wrong with an address, in one sentence; None where nothing is."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        return f"An address is small letters, figures and single hyphens, at most {LONGEST_SLUG}, such as safer-hartlepool."
    if slug in RESERVED:
        return f"“{slug}” begins addresses of the program itself. Give the partnership another slug."
    return None


def check_slug(slug: str) -> str:
    """The address, or a refusal that says what is wrong with it."""
    if wrong := wrong_slug(slug):
        raise CsplanError(wrong)
    return slug


def name_for(area: str) -> str:
    """What a partnership is called until somebody says otherwise."""
    return f"{area} Community Safety Partnership"


def groups_for(name: str, council: str) -> list[dict[str, Any]]:
    """The groups that every partnership has: the board, which is its strategy group, and the committee that examines it."""
    return [
        {"slug": "board", "name": f"{name} Board", "kind": "board", "is_strategy_group": True},
        {"slug": "scrutiny", "name": f"Crime and disorder committee, {council}", "kind": "scrutiny"},
    ]


def left(
    described: Mapping[str, Any],
    *,
    on: date,
    checked: Collection[str] = (),
    is_invited: bool = False,
    has_colours: bool = False,
    reports_checked: bool = False,
) -> list[Left]:
    """What is left to fill, in the order in which set-up asks it.

    on : the day whose law says which bodies are needed
    checked : steps whose proposals a person has looked at
    is_invited : whether a manager holds a role or an invitation
    reports_checked : whether somebody has tried every number of the page that says where to report what
    """
    return [
        *_words_left(checked, has_colours),
        *_bodies_left(described, on, checked),
        *_groups_left(described.get("groups", ()), described.get("offices", ())),
        *_people_left(is_invited),
        *_reports_left(reports_checked),
    ]


def _words_left(checked: Collection[str], has_colours: bool) -> list[Left]:
    found = []
    if "name" not in checked:
        found.append(Left("name", "Check the partnership’s name and the office that people write to.", "name", ""))
    if not has_colours:
        found.append(Left("colours", "Choose three colours, or keep the program’s own.", "colours", ""))
    return found


def _bodies_left(described: Mapping[str, Any], on: date, checked: Collection[str]) -> list[Left]:
    about, bodies = described["partnership"], described["bodies"]
    standing = [b for b in bodies if b["from_on"] <= on and (b.get("to_on") is None or on <= b["to_on"])]
    kinds = [b["kind"] for b in standing]
    lacking = authorities.lacking(kinds, tier=about["tier"], jurisdiction=about["jurisdiction"], on=on)
    found = [
        Left(min(n.kinds), f"Enter {n.words}, with the day from which it takes part.", "authorities", _add_body(min(n.kinds)))
        for n in lacking
    ]
    if "local policing body" not in kinds:
        words = "Enter the local policing body: the police and crime commissioner, or the mayor in their place."
        found.append(Left("local policing body", words, "authorities", _add_body("local policing body")))
    if "authorities" not in checked:
        found.insert(0, Left("authorities", "Check the full names and first days of the bodies proposed.", "authorities", ""))
    return found


def _add_body(kind: str) -> str:
    """The form at the desk that enters a body of a kind."""
    return f"partnership/add/body/?{urlencode({'kind': kind})}"


def _groups_left(groups: Sequence[Mapping[str, Any]], offices: Sequence[Mapping[str, Any]]) -> list[Left]:
    found = []
    board = next((g for g in groups if g.get("is_strategy_group")), None)
    if board is None:
        found.append(Left("board", "Name the board: the group that agrees the plan.", "groups", "partnership/add/group/"))
    elif not board.get("quorum"):
        form = f"partnership/groups/{board['slug']}/quorum/"
        found.append(Left("quorum", "Say how many members of the board make a quorum.", "groups", form))
    if not any(g["kind"] == "scrutiny" for g in groups):
        found.append(Left("scrutiny", "Name the committee that examines the partnership.", "groups", "partnership/add/group/"))
    if not any(g["kind"] == "sub-group" for g in groups):
        found.append(Left("sub-groups", "Add the sub-groups, if there are any.", "groups", "partnership/add/group/"))
    if not any(o.get("group") == "board" for o in offices):
        found.append(
            Left("offices", "Name the offices that the authorities appoint to the board.", "", "partnership/add/office/")
        )
    return found


def _people_left(is_invited: bool) -> list[Left]:
    words = "Invite a manager, who then invites everybody else. Without one, nobody can sign in."
    return [] if is_invited else [Left("manager", words, "people", "people/")]


def _reports_left(reports_checked: bool) -> list[Left]:
    words = (
        "In report-it.toml, add the council’s and the police’s own pages, try every number and address, and write the day after "
        "checked_on."
    )
    return [] if reports_checked else [Left("report-it", words, "", "")]
