"""Lists, numbers and months as sentences say them."""

from collections.abc import Iterable
from datetime import date

from csplan.cycle import calendar

_SMALL = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
)


def listed(items: Iterable[str]) -> str:
    """a, b and c; items in the order given."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def number(n: int) -> str:
    """A whole number in words up to eighteen, in figures above."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def count(n: int, noun: str, plural: str = "") -> str:
    """One body, two bodies."""
    return f"{number(n)} {noun if n == 1 else plural or noun + 's'}"


def capital(text: str) -> str:
    """With its first letter large."""
    return text[:1].upper() + text[1:]


def month(text: str) -> str:
    """2018-11 as November 2018."""
    year, number_of_month = text.split("-")
    return f"{calendar.MONTHS[int(number_of_month) - 1]} {year}"


def months_between(earlier: str, on: date) -> int:
    """Whole months from a month such as 2018-11 to the month that a day is in."""
    year, number_of_month = (int(part) for part in earlier.split("-"))
    return (on.year - year) * 12 + on.month - number_of_month
