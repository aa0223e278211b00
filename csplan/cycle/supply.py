"""What the authorities owe each other each quarter under section 17A of the Act: by when, how a supply stands, and how one asks for it.

A quarter is one of the calendar, such as 2025-Q2; what it is about is to come by the end of the quarter after it (SI 2007/1831).
"""

from collections.abc import Sequence
from datetime import date, timedelta

from csplan.cycle import calendar, periods
from csplan.cycle.law import information_2007
from csplan.errors import CsplanError

#: state -> in words
STATES: dict[str, str] = {
    "received": "Received",
    "received_late": "Received late",
    "overdue": "Overdue",
    "awaited": "Awaited",
}
#: how a supply came -> in words
WAYS: dict[str, str] = {
    "return": "a return that was loaded here",
    "nil": "nothing to report",
    "elsewhere": "kept elsewhere",
}


def begins(quarter: str) -> date:
    """The first day of a quarter. Raises CsplanError for what is none, or lies before the law."""
    period = periods.parse(quarter)
    if "-Q" not in period.id or period.starts_on < information_2007.FIRST_PERIOD:
        raise CsplanError(f"“{quarter}” is not a quarter for which information is owed. Write it as 2025-Q2.")
    return period.starts_on


def due_on(quarter: str) -> date:
    """The last day on which what a quarter is about may come.

    >>> due_on("2025-Q2")
    datetime.date(2025, 9, 30)
    """
    return information_2007.due_on(begins(quarter))


def of(day: date) -> str:
    """The quarter that a day is in.

    >>> of(date(2025, 6, 30))
    '2025-Q2'
    """
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def newest(on: date) -> str:
    """The newest quarter that was over by a day: the one that is being collected."""
    return of(date(on.year, 3 * ((on.month - 1) // 3) + 1, 1) - timedelta(days=1))


def between(first: str, last: str) -> list[str]:
    """The quarters from one to another, in order.

    >>> between("2024-Q4", "2025-Q2")
    ['2024-Q4', '2025-Q1', '2025-Q2']
    """
    months = periods.between(periods.parse(first).from_month, periods.parse(last).to_month)
    return [of(date.fromisoformat(f"{month}-01")) for month in months[::3]]


def state(due: date, received_on: date | None, on: date) -> str:
    """How a supply stands on a day."""
    if received_on is not None and received_on <= on:
        return "received" if received_on <= due else "received_late"
    return "overdue" if due < on else "awaited"


def chase(name: str, contact: str, lacking: Sequence[tuple[str, int, str]], on: date) -> str:
    """A letter that asks a body for what it owes. lacking : (title of the set, paragraph, quarter), in order"""
    wanted = [
        f"- {title}, {periods.parse(quarter).title} (paragraph {paragraph}): {_when(quarter, on)}"
        for title, paragraph, quarter in lacking
    ]
    return "\n".join(
        [
            f"To {name}",
            "",
            "Section 17A of the Crime and Disorder Act 1998 asks each authority of the partnership to share information without "
            "personal details every quarter, by the end of the quarter that follows. We have not yet received:",
            "",
            *wanted,
            "",
            "Please send each as a return; the form to fill in comes with this letter. Leave out names, addresses and anything else "
            "that tells who a person is. Where there was nothing to report, tell us so, and we will note it.",
            "",
            contact,
        ]
    )


def _when(quarter: str, on: date) -> str:
    due = due_on(quarter)
    return f"it was due by {calendar.in_words(due)}" if due < on else f"it is due by {calendar.in_words(due)}"
