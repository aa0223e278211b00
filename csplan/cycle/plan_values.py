"""What may be written in the fields of a clause: read from a form as words, checked, and each mistake said at its field."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from csplan.cycle import calendar, plan
from csplan.cycle.plan_text import Field, Kind, empty, is_empty
from csplan.errors import CsplanError


class Refused(CsplanError):
    """Values that cannot be taken. `problems` : {field: what to do about it}"""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(f"{words}." for words in self.problems.values()))


class Mistake(ValueError):
    """One value that cannot be taken; its words say what to do."""


_REF = re.compile(r"[1-9]\d?(\.[1-9]\d?){0,2}")
#: Digits of the largest amount.
MOST_DIGITS = 9
_DAY = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")


def from_form(kind: Kind, said: Mapping[str, str]) -> dict[str, Any]:
    """The values of the fields that a form sent, as words. Fields that it did not send are left out. Raises Refused."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in kind.fields:
        if field.name not in said:
            continue
        try:
            values[field.name] = READ[field.form](field, said[field.name].replace("\r\n", "\n").strip())
        except Mistake as mistake:
            problems[field.name] = str(mistake)
    if problems:
        raise Refused(problems)
    return checked(kind, values)


def checked(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, once every one may be written. Raises Refused with a sentence for each field that may not."""
    problems: dict[str, str] = {}
    for name, value in values.items():
        field = next((f for f in kind.fields if f.name == name), None)
        wrong = "There is no such field" if field is None else _wrong(field, value)
        if wrong:
            problems[name] = wrong
    starts, due = values.get("starts"), values.get("due")
    if starts and due and not problems and _as_day(starts) > _as_day(due):
        problems["due"] = "It is due before it starts. Correct one of the two days"
    if problems:
        raise Refused(problems)
    return dict(values)


def _as_day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _wrong(field: Field, value: Any) -> str | None:
    if is_empty(value):
        return f"Write {field.label.lower()}" if field.is_needed else None
    written = value if isinstance(value, str) else ""
    if _CONTROL.search(written or "\n".join(map(str, value) if isinstance(value, list | dict) else ())):
        return "It holds a sign that cannot be printed. Take it out, or type the words again"
    if len(written) > field.longest:
        return f"It is {len(written) - field.longest:,} characters too long. Cut it to {field.longest:,}"
    if field.form == "line" and "\n" in written:
        return "Write it on one line"
    if field.choices is not None and value not in field.choices:
        return "Choose one of the answers shown"
    if field.form == "refs" and (bad := [r for r in value if not _REF.fullmatch(str(r))]):
        return f"“{bad[0]}” is no reference. Write references such as 1, 1.2 or 1.2.1, each on a line of its own"
    if field.form == "limbs" and (bad := [x for x in value if x not in _LIMBS]):
        return f"“{bad[0]}” is no purpose of section 6(1). Choose from a to d"
    if field.form == "pairs":
        return next((w for w in (_wrong_refs(refs) for refs in value.values()) if w), None)
    return None


#: Signs that no keyboard writes and no paper prints; a tab and a new line may stand.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LIMBS = frozenset(letter for letter, _, _ in plan.LIMBS)


def _wrong_refs(refs: list[str]) -> str | None:
    bad = [r for r in refs if not _REF.fullmatch(r)]
    return f"“{bad[0]}” is no reference. Write references such as 1 or 2.3, with commas between" if bad else None


def _line(field: Field, words: str) -> Any:
    return words or empty(field)


def _lines(field: Field, words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]


def _refs(field: Field, words: str) -> list[str]:
    return [ref for ref in re.split(r"[\s,;]+", words) if ref]


def _day(field: Field, words: str) -> date | None:
    if not words:
        return None
    for form in _DAY:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    raise Mistake("Write a day such as 31 March 2021 or 31/03/2021")


def _number(field: Field, words: str) -> int | None:
    if not words:
        return None
    digits = words.replace(",", "").replace("£", "").strip()
    if not (digits.isascii() and digits.isdigit()):
        raise Mistake("Write a whole number of pounds, such as 12,000")
    if len(digits) > MOST_DIGITS:
        raise Mistake("Write an amount under one thousand million pounds")
    return int(digits)


def _pairs(field: Field, words: str) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for line in _lines(field, words):
        name, sign, refs = line.rpartition("=")
        if not sign or not name.strip():
            raise Mistake(f"Write “{line}” as an ambition, an equals sign and references, such as Connected communities = 1, 2.3")
        pairs[name.strip()] = _refs(field, refs)
    return pairs


READ: dict[str, Callable[[Field, str], Any]] = {
    "line": _line,
    "words": _line,
    "lines": _lines,
    "refs": _refs,
    "limbs": _refs,
    "day": _day,
    "group": _line,
    "choice": _line,
    "number": _number,
    "pairs": _pairs,
}


def to_form(field: Field, value: Any) -> str:
    """A value as it stands in a form, from which `from_form` reads the same value."""
    if is_empty(value):
        return ""
    if field.form == "day":
        return calendar.in_words(_as_day(value))
    if field.form == "number":
        return f"{value:,}"
    if field.form == "pairs":
        return "\n".join(f"{name} = {', '.join(refs)}" for name, refs in value.items())
    return "\n".join(value) if isinstance(value, list | tuple) else str(value)
