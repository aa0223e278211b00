"""Months and periods: the only way that anything is put into a stretch of time.

A month is the text "2025-06". A period is a run of whole months with the name that pages, files and addresses use:

    2025-06   2025-Q2   2025   2024/25   2024/25 Q1   12m-to-2025-06   2025-01..2025-04

A financial year runs from 1 April to 31 March. In addresses a slash becomes two hyphens: 2024--25.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from csplan.errors import CsplanError

MONTH_NAMES = tuple(calendar.month_name)[1:]
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Period:
    """A run of whole months. `id` is its name everywhere; both months are inside it."""

    id: str
    from_month: str
    to_month: str

    @property
    def months(self) -> tuple[str, ...]:
        """Every month inside, in order."""
        return between(self.from_month, self.to_month)

    @property
    def address(self) -> str:
        """The name as a part of an address."""
        return self.id.replace("/", "--").replace(" ", "-")

    @property
    def days(self) -> int:
        """How many days it has."""
        return sum(days(m) for m in self.months)

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date.fromisoformat(self.from_month + "-01")

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return date.fromisoformat(f"{self.to_month}-{days(self.to_month):02d}")

    @property
    def title(self) -> str:
        """The period in words."""
        return in_words(self)


def is_month(text: str) -> bool:
    """Whether the text is a month such as 2025-06."""
    return bool(_MONTH.fullmatch(text))


def check_month(text: str) -> str:
    """The month, or a refusal that says how one is written."""
    if not is_month(text):
        raise CsplanError(f"“{text}” is not a month. Write it as 2025-06.")
    return text


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def add_months(month: str, n: int) -> str:
    """The month `n` later (earlier when negative)."""
    year, zero_based = divmod(_index(month) + n, 12)
    return f"{year:04d}-{zero_based + 1:02d}"


def months_apart(first: str, last: str) -> int:
    """How many months from `first` to `last`; negative when `last` is earlier."""
    return _index(last) - _index(first)


def between(first: str, last: str) -> tuple[str, ...]:
    """Every month from `first` to `last`, both included; empty when `last` is earlier."""
    return tuple(add_months(first, i) for i in range(months_apart(first, last) + 1))


def days(month: str) -> int:
    """Days in the month."""
    return calendar.monthrange(int(month[:4]), int(month[5:7]))[1]


def month_of(day: date) -> str:
    """The month a day is in."""
    return f"{day:%Y-%m}"


def published_on(month: str) -> date:
    """The day from which a month of police.uk figures counts as published: the first of the third month after it.

    data.police.uk puts a month out some six to eight weeks after its end, on no fixed day; this never shows one early.
    """
    return date.fromisoformat(add_months(month, 3) + "-01")


def month_in_words(month: str) -> str:
    """ "2025-06" -> "June 2025"."""
    return f"{MONTH_NAMES[int(month[5:7]) - 1]} {month[:4]}"


def _calendar_year(m: re.Match[str]) -> tuple[str, str]:
    return f"{m[1]}-01", f"{m[1]}-12"


def _calendar_quarter(m: re.Match[str]) -> tuple[str, str]:
    last = int(m[2]) * 3
    return f"{m[1]}-{last - 2:02d}", f"{m[1]}-{last:02d}"


def _financial_year(m: re.Match[str]) -> tuple[str, str]:
    if (int(m[1]) + 1) % 100 != int(m[2]):
        raise ValueError
    return f"{m[1]}-04", f"{int(m[1]) + 1:04d}-03"


def _financial_quarter(m: re.Match[str]) -> tuple[str, str]:
    first = add_months(_financial_year(m)[0], 3 * (int(m[3]) - 1))
    return first, add_months(first, 2)


def _run(m: re.Match[str]) -> tuple[str, str]:
    if months_apart(m[1], m[2]) < 0:
        raise ValueError
    return m[1], m[2]


_ONE = r"(\d{4}-(?:0[1-9]|1[0-2]))"
#: How each name is written, and the months it stands for.
FORMS = (
    (re.compile(_ONE), lambda m: (m[1], m[1])),
    (re.compile(r"(\d{4})-Q([1-4])"), _calendar_quarter),
    (re.compile(r"(\d{4})"), _calendar_year),
    (re.compile(r"(\d{4})/(\d{2})"), _financial_year),
    (re.compile(r"(\d{4})/(\d{2}) Q([1-4])"), _financial_quarter),
    (re.compile(r"12m-to-" + _ONE), lambda m: (add_months(m[1], -11), m[1])),
    (re.compile(_ONE + r"\.\." + _ONE), _run),
)


def parse(text: str) -> Period:
    """The period of a name, as it is written or as it stands in an address."""
    name = re.sub(r"^(\d{4})--(\d{2})(?:[- ](Q[1-4]))?$", lambda m: f"{m[1]}/{m[2]}" + (f" {m[3]}" if m[3] else ""), text.strip())
    for form, months in FORMS:
        found = form.fullmatch(name)
        if found:
            try:
                return Period(name, *months(found))
            except ValueError:
                break
    raise CsplanError(f"“{text}” is not a period. Write it as 2025-06, 2025-Q2, 2025, 2024/25, 2024/25 Q1 or 2025-01..2025-04.")


def run(first: str, last: str) -> Period:
    """The period from one month to another, by its shortest name."""
    if first == last:
        return Period(first, first, last)
    if first[5:] == "01" and last == f"{first[:4]}-12":
        return Period(first[:4], first, last)
    return Period(f"{first}..{last}", first, last)


def in_words(period: Period) -> str:
    """ "January to December 2025", "June 2025", "April 2024 to March 2025"."""
    first, last = period.from_month, period.to_month
    if first == last:
        return month_in_words(first)
    if first[:4] == last[:4]:
        return f"{MONTH_NAMES[int(first[5:7]) - 1]} to {month_in_words(last)}"
    return f"{month_in_words(first)} to {month_in_words(last)}"
