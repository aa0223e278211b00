"""What may be written of an indicator that is to be adopted: one sentence for each field that cannot be taken.

These refuse; the rules of `lint` only point out.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from csplan.cycle import kpi, lint, plan
from csplan.errors import CsplanError

Values: TypeAlias = Mapping[str, Any]

#: How long the period of one reading is, in words.
FREQUENCIES: dict[str, str] = {"monthly": "Each month", "quarterly": "Each quarter", "yearly": "Each year"}
#: Characters that each text may have.
LONGEST: dict[str, int] = {
    "ref": 50,
    "title": 200,
    "definition": 4_000,
    "numerator": 300,
    "denominator": 300,
    "polarity_reason": 2_000,
    "unit": 60,
    "source": 200,
    "computed_from": 80,
    "baseline_words": 200,
    "monitor_only_reason": 2_000,
    "caveat": 4_000,
}
#: Texts without which nobody could read it.
NEEDED: dict[str, str] = {
    "title": "Write its name",
    "definition": "Write what exactly is counted",
    "unit": "Write what one of it is, such as % of referrals",
    "source": "Say whose figures they are and how they come",
}
#: Values that it is judged by, in words.
NUMBERS: dict[str, str] = {
    "baseline": "the starting point",
    "target": "the target",
    "band_low": "the lowest wanted value",
    "band_high": "the highest wanted value",
}
#: Longest that a value may take to be known: ten years.
MOST_LAG_DAYS = 3_650
_REF = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
#: Signs that no keyboard writes and no paper prints; a tab and a new line may stand.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_COMPUTED = re.compile(r"[A-Za-z0-9-]+\.[a-z]+")


def problems(described: Values) -> dict[str, str]:
    """{field: what is wrong and what to do}, the first of each field, in the order of the form; empty where all may be taken."""
    found: dict[str, str] = {}
    for field, sentence in (*_names(described), *_serves(described), *_judged(described), *_returned(described)):
        found.setdefault(field, sentence)
    return found


def _names(described: Values) -> Iterator[tuple[str, str]]:
    if not _REF.fullmatch(str(described.get("ref") or "")):
        yield "ref", "write a reference of letters, digits and hyphens, such as K122"
    for field, most in LONGEST.items():
        words = str(described.get(field) or "")
        if len(words) > most:
            yield field, f"write at most {most:,} characters"
        if _CONTROL.search(words):
            yield field, "it holds a sign that cannot be printed. Take it out, or type the words again"
    for field, sentence in NEEDED.items():
        if not _words(described, field):
            yield field, sentence[0].lower() + sentence[1:]
    if described.get("kind") not in lint.INDICATOR_KINDS:
        yield "kind", f"choose what it counts: {', '.join(lint.INDICATOR_KINDS)}"


def _serves(described: Values) -> Iterator[tuple[str, str]]:
    priority = str(described.get("priority_ref") or "")
    if _level(priority) != "priority":
        yield "priority_ref", "choose the priority that it measures, such as 1"
    for ref in described.get("work_areas") or ():
        if _level(str(ref)) != "work area" or not str(ref).startswith(f"{priority}."):
            yield "work_areas", f"{ref} is no work area of priority {priority}. Correct one of them"


def _level(ref: str) -> str:
    try:
        return plan.level(ref)
    except CsplanError:
        return ""


def _judged(described: Values) -> Iterator[tuple[str, str]]:
    polarity, target = described.get("polarity"), described.get("target")
    if polarity not in kpi.POLARITIES:
        yield "polarity", f"“{polarity or ''}” is no polarity. Choose one of {', '.join(kpi.POLARITIES)}"
    if (target is None) == (not _words(described, "monitor_only_reason")):
        yield "target", "give a target, or the reason why the indicator is only watched. One of the two"
    if target is not None and polarity in kpi.POLARITIES and polarity not in kpi.JUDGED:
        yield "target", "more or less of it is neither good nor bad, so it can have no target. Say why it is watched"
    if described.get("target_on") is not None and target is None:
        yield "target_on", "there is no target for this day. Take the day out, or give the target"
    for field in NUMBERS:
        wrong = _number(described, field)
        if wrong:
            yield field, wrong
    yield from _band(described)


def _number(described: Values, field: str) -> str | None:
    value, words = described.get(field), NUMBERS[field]
    if value is None:
        return None
    if not _is_number(value):
        return f"write {words} as a number, such as 87.3"
    if value < 0 and not str(described.get("computed_from") or "").endswith(".change"):
        return f"{words} cannot be less than zero"
    if described.get("per") == 100 and str(described.get("unit") or "").startswith("%") and value > 100:
        return f"{words} is a percentage, so it cannot be more than 100"
    return None


def _band(described: Values) -> Iterator[tuple[str, str]]:
    low, high = described.get("band_low"), described.get("band_high")
    if low is None and high is None:
        return
    if described.get("polarity") != "band":
        yield "band_low" if low is not None else "band_high", "only what is best inside a band has one. Take it out"
    elif low is None or high is None:
        yield "band_low" if low is None else "band_high", "give both ends of the band"
    elif _is_number(low) and _is_number(high) and low >= high:
        yield "band_high", "the highest wanted value must be more than the lowest"


def _returned(described: Values) -> Iterator[tuple[str, str]]:
    per, lag, computed = described.get("per", 1), described.get("lag_days"), str(described.get("computed_from") or "")
    if not _is_number(per) or per < 1:
        yield "per", "write a number of 1 or more: 100 for a percentage, 1 for a plain count"
    if described.get("frequency") not in FREQUENCIES:
        yield "frequency", f"choose how often it comes: {', '.join(FREQUENCIES)}"
    if bool(computed) == bool(described.get("body")):
        yield "body", "an indicator is computed from evidence or returned by a body. Say one of the two"
    if computed and not _COMPUTED.fullmatch(computed):
        yield "computed_from", "name an indicator and a measure, such as recorded-burglary.count"
    if lag is not None and not (isinstance(lag, int) and 0 <= lag <= MOST_LAG_DAYS):
        yield "lag_days", f"write a whole number of days, from 0 to {MOST_LAG_DAYS:,}"
    if described.get("target_on") is not None and not isinstance(described["target_on"], date):
        yield "target_on", "write the day of the target as a day, such as 2028-03-31"


def _words(described: Values, field: str) -> str:
    return str(described.get(field) or "").strip()


def _is_number(value: Any) -> bool:
    """Whether it is a number that can be kept: a database keeps none that is endless or is not one."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
