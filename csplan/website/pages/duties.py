"""The page of the law: its message, the duties under their instruments, and for officers what to do next."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from csplan.cycle import duties, roles
from csplan.documents.sentences import count
from csplan.errors import CsplanError
from csplan.evidence.plain_words import capital, listed, number
from csplan.website.context import leads_somewhere
from csplan.website.reading_day import link

#: status -> the look of its tag
TAGS = {"met": "met", "not met": "not", "not applicable": "na", "unknown": "na"}
#: Statuses that leave something to do.
OPEN = ("not met", "unknown")
#: The columns of the table as CSV.
HEADS = (
    *("id", "title", "status", "reason", "clause", "advisory", "severity", "instrument", "would_meet"),
    *("in_force_from", "in_force_to"),
)

#: Pages of the desk, under the partnership's address.
PLANS, SIGNING, MEETINGS = "desk/plans/", "desk/signing/", "desk/meetings/"
EQUALITY, COMMENTS, REGISTER = "desk/equality/", "desk/comments/", "desk/partnership/"

#: rule -> (act of `cycle.roles`, where it is done) that meets it, the most direct first
NEXT: dict[str, tuple[tuple[str, str], ...]] = {
    "A5-1": (("partnership.describe", REGISTER),),
    "A5-2": (("partnership.describe", REGISTER),),
    "A6-1": (("plan.write", PLANS), ("plan.agree", SIGNING)),
    "A6-1d": (("plan.write", PLANS),),
    "A6-3": (("plan.write", PLANS),),
    "A6-4": (("plan.review", PLANS),),
    "F3-1": (("partnership.describe", REGISTER),),
    "F3-2": (("partnership.describe", REGISTER),),
    "F10-1": (("plan.agree", SIGNING), ("plan.refresh", PLANS)),
    "F11-1": (("plan.write", PLANS),),
    "F13-1": (("plan.write", PLANS),),
    "F13A": (("plan.dispatch", SIGNING),),
    "F14-1": (("plan.publish", SIGNING),),
    "O1": (("partnership.describe", REGISTER),),
    "O2": (("meeting.record", MEETINGS),),
    "E1": (("equality.start", EQUALITY),),
    "E2": (("equality.sign", EQUALITY),),
    "E3": (("equality.sign", EQUALITY),),
    "E4": (("equality.act", EQUALITY),),
    "E5": (("equality.act", EQUALITY),),
    "C1": (("plan.freeze", PLANS),),
    "C6": (("comment.decide", COMMENTS),),
    "X-1": (("plan.write", PLANS),),
}


def status_asked(text: str) -> str:
    """The status that the page is limited to; empty for every one. Raises CsplanError for what is none."""
    if text and text not in duties.STATUSES:
        raise CsplanError(f"“{text}” is not an answer of the checklist. Choose one of: {', '.join(duties.STATUSES)}.")
    return text


def rows(rules: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """The rules as rows under HEADS."""
    return [[rule[head] for head in HEADS] for rule in rules]


def page(
    found: dict[str, Any], shown: Sequence[dict[str, Any]], status: str, *, path: str, held: Collection[str]
) -> dict[str, Any]:
    """Everything the page prints.

    found : the whole checklist;  shown : the rules of it that the status lets through
    held : the roles of an officer who may act now; empty for everyone else
    """
    home = f"/{found['partnership']}/"
    groups = [_group(i, name, shown, home, held) for i, name in enumerate(_instruments(shown), start=1)]
    return {
        "headline": headline(found["rules"]),
        "warnings": warnings(found["rules"]),
        "tally": [(name, n, link(filtered(path, name))) for name, n in found["summary"].items()],
        "every": link(path),
        "groups": groups,
        "status": status,
        "statuses": duties.STATUSES,
        "as_table": link(filtered(f"{path.rstrip('/')}.csv", status)),
    }


def filtered(path: str, status: str) -> str:
    """The address limited to one status."""
    return f"{path}?status={status.replace(' ', '+')}" if status else path


def headline(rules: Sequence[dict[str, Any]]) -> str:
    """The page's message: duties in law that are not met come first."""
    unmet = _how_many(rules, "not met", "must")
    unknown = _how_many(rules, "unknown", "must")
    if unmet:
        return f"{_duties(unmet)} not met on this day"
    if unknown:
        return f"No duty is known to be unmet on this day, and {_duties(unknown).lower()} not shown by anything held here"
    return "Every duty that applies is met on this day"


def warnings(rules: Sequence[dict[str, Any]]) -> str:
    """What good practice was not followed, as a sentence; empty where there is none."""
    n = _how_many(rules, "not met", "practice")
    if not n:
        return ""
    return f"{capital(count(n, 'point'))} of good practice {'is' if n == 1 else 'are'} not followed: a warning, not a breach."


def _how_many(rules: Sequence[dict[str, Any]], status: str, severity: str) -> int:
    return sum(r["status"] == status and r["severity"] == severity for r in rules)


def _duties(n: int) -> str:
    """“One duty is”, “Three duties are”."""
    return f"{capital(count(n, 'duty', 'duties'))} {'is' if n == 1 else 'are'}"


def _instruments(rules: Sequence[dict[str, Any]]) -> list[str]:
    """Each instrument once, in the order of the law."""
    return list(dict.fromkeys(rule["instrument"] for rule in rules))


def _group(i: int, instrument: str, rules: Sequence[dict[str, Any]], home: str, held: Collection[str]) -> dict[str, Any]:
    """An instrument with its rules: duties first, then good practice."""
    mine = [rule for rule in rules if rule["instrument"] == instrument]
    in_order = sorted(mine, key=lambda rule: list(duties.SEVERITIES).index(rule["severity"]))
    unmet = sum(rule["status"] == "not met" for rule in mine)
    words = f"{count(len(mine), 'rule')}, {number(unmet)} not met" if unmet else count(len(mine), "rule")
    return {"id": f"law-{i}", "title": instrument, "words": words, "rules": [_rule(r, home, held) for r in in_order]}


def _rule(rule: dict[str, Any], home: str, held: Collection[str]) -> dict[str, Any]:
    open_still = rule["status"] in OPEN
    return {
        **rule,
        "tag": TAGS[rule["status"]],
        "is_open": open_still,
        "severity_words": _("Good practice") if rule["severity"] == "practice" else "",
        "evidence": [{**e, "url": _address(e["url"]), "is_elsewhere": not e["url"].startswith("/")} for e in rule["evidence"]],
        "would_meet": rule["would_meet"] if rule["status"] == "not met" or held else None,
        "next": _next(rule["id"], home, held) if open_still and held else [],
    }


def _address(url: str) -> str:
    """A page of this site keeps the reading day; an address elsewhere stays as it is."""
    return link(url) if url.startswith("/") else url


def _next(rule: str, home: str, held: Collection[str]) -> list[dict[str, Any]]:
    """What an officer does about a rule: acts that have a page, each with who may do it when the reader may not."""
    return [_act(action, f"{home}{path}", held) for action, path in NEXT.get(rule, ()) if leads_somewhere(f"{home}{path}")]


def _act(action: str, path: str, held: Collection[str]) -> dict[str, Any]:
    may = roles.may(action, held)
    who = "" if may else listed(sorted(roles.ACTIONS[action] & set(roles.ROLES)))
    return {"words": capital(roles.WORDS[action]), "url": path if may else None, "who": who}
