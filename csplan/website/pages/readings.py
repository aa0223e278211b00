"""Readings at the desk: what waits to be approved, what is due, and the form that returns one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar, periods, roles
from csplan.documents.sentences import count
from csplan.errors import CsplanError
from csplan.evidence.plain_words import capital
from csplan.website.pages.performance import value_words

#: The fields of a return, as they are named in the form.
FIELDS = ("kpi", "period", "numerator", "denominator", "value", "commentary")
#: The heading for someone who returns readings and approves none.
HEADING_TO_RETURN = "Readings you can return"
NUMBERS = {"numerator": "the numerator", "denominator": "the denominator", "value": "the value"}


def page(
    waiting: Sequence[dict[str, Any]],
    due: Sequence[dict[str, Any]],
    kpis: Sequence[dict[str, Any]],
    *,
    held: Collection[str],
    bodies: Collection[str],
    today: date,
    may_write: bool,
) -> dict[str, Any]:
    """Everything the template prints beside the form.

    waiting, due, kpis : of `reading.kpi`;  held : the viewer's roles;  bodies : codes of the bodies a partner returns for
    """
    units = {k["id"]: k["unit"] for k in kpis}
    own = [k for k in kpis if not k["computed_from"] and may_return(k["body_code"], held, bodies)]
    lines = [_waiting(r, units[r["kpi"]], may_write and roles.may("reading.approve", held)) for r in waiting]
    return {
        "headline": headline(len(lines)) if roles.may("reading.approve", held) else HEADING_TO_RETURN,
        "waiting": lines,
        "may_submit": may_write and bool(own),
        "choices": [(k["id"], f"{k['title']} ({k['id']}), {k['unit']}") for k in own],
        "due": [_due(line, today) for line in due if line["kpi"] in {k["id"] for k in own}],
    }


def may_return(body: str | None, held: Collection[str], bodies: Collection[str]) -> bool:
    """Whether a reading of this body's indicator is the viewer's to return."""
    if not roles.may("reading.submit", held):
        return False
    return body in bodies or not {"lead", "performance"}.isdisjoint(held)


def headline(n: int) -> str:
    """How many wait."""
    if not n:
        return "No reading waits to be approved"
    return f"{capital(count(n, 'reading'))} {'waits' if n == 1 else 'wait'} to be approved"


def _waiting(r: dict[str, Any], unit: str, may_approve: bool) -> dict[str, Any]:
    parts = f" ({r['numerator']:g} of {r['denominator']:g})" if r["numerator"] is not None else ""
    return {
        "kpi": r["kpi"],
        "title": r["title"],
        "period": r["period"],
        "period_words": r["period_words"],
        "words": f"{value_words(r['value'], unit)} in {r['period_words']}{parts}.",
        "commentary": r["commentary"],
        "is_own": not r["may_approve"],
        "may_approve": may_approve and r["may_approve"],
    }


def _due(line: dict[str, Any], today: date) -> tuple[str, str, str]:
    late = " (late)" if line["due_on"] < today else ""
    return line["title"], line["period_words"], f"{calendar.in_words(line['due_on'])}{late}"


# ---- the form ---------------------------------------------------------------------------------------


def said(sent: Mapping[str, str]) -> dict[str, str]:
    """What was written in each field."""
    return {name: sent.get(name, "").strip() for name in FIELDS}


def problems(written: Mapping[str, str]) -> dict[str, str]:
    """{field: what to do about it}, of what can be told without the records."""
    found = {} if written["kpi"] else {"kpi": "Choose an indicator"}
    try:
        periods.parse(written["period"])
    except CsplanError as e:
        found["period"] = str(e) if written["period"] else "Write the period"
    for name, words in NUMBERS.items():
        if written[name] and _number(written[name]) is None:
            found[name] = f"Write {words} as a number, such as 87.3"
    if not written["value"]:
        found["value"] = "Write the value"
    return found


def values(written: Mapping[str, str]) -> dict[str, Any]:
    """The fields as `actions.reading.submit` takes them. Call it once there are no problems."""
    numbers = {name: _number(written[name]) for name in NUMBERS}
    return {**numbers, "period": written["period"], "commentary": written["commentary"]}


def _number(text: str) -> float | None:
    """1,234.5 or 87.3% as a number; None for empty or anything else."""
    try:
        return float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return None
