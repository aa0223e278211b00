"""What may stand in a cell of a return: read to one form, or refused with a sentence that says what to write."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from typing import NoReturn

from csplan.cycle import kpi_import, period_words, periods
from csplan.errors import CsplanError
from csplan.evidence import areas
from csplan.evidence.areas.gazetteer import POSTCODE
from csplan.evidence.returns.data_set import Column, key
from csplan.evidence.returns.wards import Wards

LONGEST_WORDS = 80
LONGEST_REMARK = 2_000
OLDEST_PUPIL = 20
MOST_PEOPLE = 10_000
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})")
_TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})(?:[:.]\d{2}(?:\.\d+)?)?")
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
#: What identifies a person: pattern -> what it looks like.
PERSONAL: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "an e-mail address"),
    (re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b"), "a whole postcode"),
    (re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]\b"), "a National Insurance number"),
    (re.compile(r"(?<!\d)(?:\+44|0)(?: ?\d){9,10}(?!\d)"), "a telephone number"),
    (re.compile(r"(?<![\d.])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d.])"), "an NHS number"),
)


class Wrong(Exception):
    """A cell that cannot be taken. Its text says why, and what to write."""


@dataclass(frozen=True)
class Asked:
    """What a value is read against. today : days after it have not been;  day : of the row, where it is known"""

    wards: Wards
    district: str | None
    today: date
    day: date | None = None


def read(words: str, column: Column, asked: Asked) -> str:
    """The value in its one form; "" for a blank that may be one. Raises Wrong."""
    if not words:
        if column.is_needed:
            raise Wrong(f"it is blank. Write {column.holds}.")
        return ""
    return READERS[column.kind](words, column, asked)


def personal(words: str, column: Column) -> str:
    """What a cell holds that tells who a person is; "" for nothing."""
    if column.kind in ("postcode", "figure", "lsoa", "area"):
        return ""
    return next((what for pattern, what in PERSONAL if pattern.search(words)), "")


def day_of(words: str) -> date | None:
    """The day that words are; None where they are none.

    >>> day_of("30/06/2025"), day_of("2025-06-30"), day_of("31/06/2025")
    (datetime.date(2025, 6, 30), datetime.date(2025, 6, 30), None)
    """
    if found := _ISO.fullmatch(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _BRITISH.fullmatch(words):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(words: str, _: Column, asked: Asked) -> str:
    found = day_of(words)
    if found is None:
        raise Wrong(f"“{words[:40]}” is not a day. Write it as 2025-06-30 or 30/06/2025.")
    if found > asked.today:
        raise Wrong(f"“{words[:40]}” has not been yet. Correct the day.")
    return found.isoformat()


def _time(words: str, _: Column, __: Asked) -> str:
    found = _TIME.fullmatch(words)
    try:
        return time(int(found[1]), int(found[2])).strftime("%H:%M") if found else _not(words, "a time of day", "21:30")
    except ValueError:
        _not(words, "a time of day", "21:30")


def _choice(words: str, column: Column, _: Asked) -> str:
    offered = {key(choice): choice for choice in column.choices}
    if key(words) in offered:
        return offered[key(words)]
    near = get_close_matches(key(words), list(offered), n=1, cutoff=0.6)
    meant = f"Did you mean “{offered[near[0]]}”?" if near else f"Write one of: {'; '.join(column.choices)}."
    raise Wrong(f"“{words[:60]}” is not in the list. {meant}")


def _ward(words: str, _: Column, asked: Asked) -> str:
    if not asked.wards.every:
        return words
    code = asked.wards.code(words, asked.day)
    if code is None:
        raise Wrong(asked.wards.mistake(words, asked.day))
    return code


def _lsoa(words: str, _: Column, asked: Asked) -> str:
    found = areas.find(words.upper())
    if found is None or found.type != "lsoa":
        raise Wrong(f"“{words[:40]}” is not the code of a small area of 2021. Write it as E01020590, or leave it blank.")
    if asked.district and areas.district_of(found.code) != asked.district:
        raise Wrong(f"“{words[:40]}” is in {found.name}, which is not in this area. Correct the code, or leave it blank.")
    return found.code


def _outward(words: str, _: Column, __: Asked) -> str:
    found = words.upper().replace(" ", "")
    return found if _OUTWARD.fullmatch(found) else _not(words, "the first part of a postcode", "DH1")


def _postcode(words: str, _: Column, __: Asked) -> str:
    found = words.upper().replace(" ", "")
    return f"{found[:-3]} {found[-3:]}" if POSTCODE.fullmatch(found) else _not(words, "a postcode", "DH1 5UL")


def _whole(words: str, _: Column, __: Asked) -> str:
    found = words.replace(",", "")
    if not (found.isascii() and found.isdigit() and int(found[:9]) <= MOST_PEOPLE and len(found) < 9):
        _not(words, "a whole number", "0 or 2")
    return str(int(found))


def _age(words: str, _: Column, __: Asked) -> str:
    if not (words.isascii() and words.isdigit() and len(words) < 3 and int(words) <= OLDEST_PUPIL):
        _not(words, "the age of a pupil", "14")
    return str(int(words))


def _words(words: str, column: Column, _: Asked) -> str:
    longest = LONGEST_REMARK if column.kind == "remark" else LONGEST_WORDS
    if len(words) > longest:
        raise Wrong(f"it has {len(words):,} letters. Write at most {longest:,}, and nothing about a person.")
    return words


def _period(words: str, _: Column, __: Asked) -> str:
    try:
        return periods.parse(words).id
    except CsplanError:
        found = period_words.period(words)
        return found.id if found else _not(words, "a period", "2024/25 Q1")


def _figure(words: str, _: Column, __: Asked) -> str:
    if kpi_import.figure(words) is None:
        raise Wrong(f"“{words[:40]}” is neither a number nor a mark. Write a number, or [c], [x] or [z].")
    return words


def _area(words: str, _: Column, __: Asked) -> str:
    found = words.upper()
    return found if areas.find(found) else _not(words, "the code of an area that is held", "E06000047")


def _not(words: str, what: str, example: str) -> NoReturn:
    raise Wrong(f"“{words[:40]}” is not {what}. Write it as {example}.")


READERS: dict[str, Callable[[str, Column, Asked], str]] = {
    "day": _day,
    "time": _time,
    "choice": _choice,
    "ward": _ward,
    "lsoa": _lsoa,
    "outward": _outward,
    "postcode": _postcode,
    "whole": _whole,
    "age": _age,
    "words": _words,
    "remark": _words,
    "period": _period,
    "figure": _figure,
    "area": _area,
}
