"""What a person typed in a form: given back as it was typed, and read field by field with a sentence for each that cannot be taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.http import QueryDict

from csplan.cycle import clock

#: No field of a form takes more than this, whatever a browser sends.
LONGEST = 20_000
#: The three fields of a day, as `date_input` of the forms names them.
PARTS = ("day", "month", "year")
#: Years between which a day of a plan or a meeting lies.
YEARS = (1998, 2100)
NOT_A_DAY = "Write a day, a month and a year in numbers, such as 9 3 2027."


class Said(dict[str, str]):
    """What stands in each field, "" where nothing does. `parts` gives a day back in its three fields."""

    def __missing__(self, name: str) -> str:
        return ""

    def parts(self, name: str) -> list[str]:
        """Day, month and year of a day as they were typed."""
        return parts(self, name)


def nothing(**filled: str) -> Said:
    """A form as it is before anyone has typed: what is filled in beforehand, and no more."""
    return Said(filled)


def day_parts(name: str, day: date | None) -> dict[str, str]:
    """A day filled in beforehand in its three fields."""
    return {f"{name}-{part}": typed for part, typed in zip(PARTS, three(day), strict=True)} if day else {}


def parts(sent: Mapping[str, str], name: str) -> list[str]:
    """[day, month, year] as they were typed, "" for what was not sent."""
    return [sent.get(f"{name}-{part}", "") for part in PARTS]


def three(day: date | None) -> list[str]:
    """The same three of a day that is known; three empty ones for none."""
    return [str(day.day), str(day.month), str(day.year)] if day else ["", "", ""]


def read_day(typed: Sequence[str], *, first: int = YEARS[0]) -> date | None:
    """The day of the three; None where all are empty. first : the earliest year. Raises ValueError where it is no day."""
    typed = [part.strip() for part in typed]
    if not any(typed):
        return None
    try:
        day, month, year = (int(part) if part.isascii() and part.isdigit() else 0 for part in typed)
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise ValueError(NOT_A_DAY) from None
    if not first <= found.year <= YEARS[1]:
        raise ValueError(NOT_A_DAY)
    return found


class Typed:
    """A form that was sent. Each method reads one field; `problems` holds {field: what to do about it}, in the order of reading."""

    def __init__(self, sent: QueryDict) -> None:
        self.sent = sent
        self.problems: dict[str, str] = {}
        self.said = Said({name: value for name, value in sent.items() if isinstance(value, str)})

    def text(self, name: str, needed: str = "", *, longest: int = LONGEST) -> str:
        """Words, without the blanks around them. needed : what to say where there are none; empty where they may be left out"""
        words = self.sent.get(name, "").replace("\r\n", "\n").strip()
        if needed and not words:
            self.problems[name] = needed
        if len(words) > longest:
            self.problems[name] = f"Write at most {longest:,} characters. There are {len(words):,}."
        return words

    def choice(self, name: str, allowed: Collection[str], needed: str) -> str:
        """One of several."""
        chosen = self.sent.get(name, "")
        if chosen not in allowed:
            self.problems[name] = needed
        return chosen

    def choices(self, name: str, allowed: Collection[str]) -> list[str]:
        """Any of several, in the order in which they are offered; what is not offered is left out."""
        chosen = set(self.sent.getlist(name))
        return [value for value in allowed if value in chosen]

    def day(self, name: str, needed: str = "") -> date | None:
        """A day typed in three fields; None where it is left empty or is no day."""
        try:
            found = read_day(self.said.parts(name))
        except ValueError as mistake:
            self.problems[name] = str(mistake)
            return None
        if needed and found is None:
            self.problems[name] = needed
        return found

    def instant(self, day: str, hour: str, needed: str) -> datetime | None:
        """A London day in three fields and a time of day such as 10:00."""
        on = self.day(day, needed)
        typed = self.sent.get(hour, "").strip().replace(".", ":")
        try:
            at = time.fromisoformat(typed.zfill(5))
        except ValueError:
            self.problems[hour] = "Write the time by the 24-hour clock, such as 14:30."
            return None
        return clock.london(on, at.replace(tzinfo=None)) if on else None

    def number(self, name: str, needed: str) -> int | None:
        """A whole number, zero or more."""
        typed = self.sent.get(name, "").strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) < 7):
            self.problems[name] = needed
            return None
        return int(typed)


def options(rows: Iterable[Any], value: str, label: str, first: str = "") -> list[tuple[str, str]]:
    """What a list offers: (value, words) of each row. first : words for having chosen nothing yet"""
    offered = [(str(_of(row, value)), str(_of(row, label))) for row in rows]
    return [("", first), *offered] if first else offered


def _of(row: Any, name: str) -> Any:
    if not name:
        return row
    return row[name] if isinstance(row, Mapping) else getattr(row, name)
