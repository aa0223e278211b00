"""Periods and days as people write them in headings and cells, understood where they can mean one thing only.

“Q1 2019/20”, “Apr-Jun 2019”, “Jun-19” and “2019-20” become periods; “31/03/2021” and “end of March 2021” days. “Q1 2019” may be a
quarter of the calendar or of the financial year, so it is not understood.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from csplan.cycle import periods
from csplan.cycle.periods import Period
from csplan.errors import CsplanError

_MONTHS = {name.lower(): n for n, name in enumerate(periods.MONTH_NAMES, 1)}
_MONTHS |= {name[:3]: n for name, n in list(_MONTHS.items())} | {"sept": 9}
_NAME = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"['’]?(\d{4}|\d{2})"
_FINANCIAL = r"(?:fy\s*)?(\d{4}|\d{2})\s*[/-]\s*(\d{4}|\d{2})"
_TO = r"\s*(?:-|to)\s*"
#: Words that say "the whole of it" and change nothing.
_WHOLE = re.compile(r"\b(?:full year|whole year|annual|outturn|actual|total|performance|result|value|year)\b|[():,]")
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(name: str, year: str) -> str:
    return f"{_year(year)}-{_MONTHS[name]:02d}"


def _financial(first: str, last: str) -> str:
    begins = _year(first)
    if int(last) % 100 != (begins + 1) % 100 or (len(last) == 4 and int(last) != begins + 1):
        raise ValueError
    return f"{begins}/{(begins + 1) % 100:02d}"


def _run(first: str, last: str) -> str:
    """The shortest name of the months from one to another: a quarter or a financial year where they are one."""
    apart = periods.months_apart(first, last)
    if not 0 <= apart < 120:
        raise ValueError
    begins = int(first[:4]) if int(first[5:]) >= 4 else int(first[:4]) - 1
    if apart == 2 and int(first[5:]) % 3 == 1:
        return f"{begins}/{(begins + 1) % 100:02d} Q{(int(first[5:]) - 4) % 12 // 3 + 1}"
    if apart == 11 and first[5:] == "04":
        return f"{begins}/{(begins + 1) % 100:02d}"
    return periods.run(first, last).id


def _end_of_month(year: str, month: str, day: str) -> str:
    """A heading that Excel made a day: the first or the last of a month stands for the month."""
    on = date(int(year), int(month), int(day))
    if on.day not in (1, periods.days(periods.month_of(on))):
        raise ValueError
    return periods.month_of(on)


Groups = re.Match[str]
#: How a period may be written, in small letters and with plain dashes -> its name.
FORMS: tuple[tuple[re.Pattern[str], Callable[[Groups], str]], ...] = tuple(
    (re.compile(form), name)
    for form, name in (
        (r"(\d{4})-(\d\d)-(\d\d)", lambda m: _end_of_month(m[1], m[2], m[3])),
        (r"(\d{4}-\d\d|\d{4}|\d{4}-q[1-4]|12m-to-.*|.*\.\..*)", lambda m: m[1].upper().replace("12M-TO", "12m-to")),
        (rf"{_FINANCIAL}", lambda m: _financial(m[1], m[2])),
        (rf"(?:q|quarter)\s*([1-4])\s*-?\s*{_FINANCIAL}", lambda m: f"{_financial(m[2], m[3])} Q{m[1]}"),
        (rf"{_FINANCIAL}\s*-?\s*(?:q|quarter|qtr)\s*([1-4])", lambda m: f"{_financial(m[1], m[2])} Q{m[3]}"),
        (rf"{_NAME}[\s-]*{_YEAR}", lambda m: _month(m[1], m[2])),
        (r"(0?[1-9]|1[0-2])/(\d{4})", lambda m: f"{m[2]}-{int(m[1]):02d}"),
        (rf"{_NAME}{_TO}{_NAME}[\s-]*{_YEAR}", lambda m: _run(_month(m[1], m[3]), _month(m[2], m[3]))),
        (rf"{_NAME}[\s-]*{_YEAR}{_TO}{_NAME}[\s-]*{_YEAR}", lambda m: _run(_month(m[1], m[2]), _month(m[3], m[4]))),
        (
            rf"(?:rolling\s+)?(?:12|twelve)\s+months\s+(?:to|ending)\s+{_NAME}\s*{_YEAR}",
            lambda m: f"12m-to-{_month(m[1], m[2])}",
        ),
        (rf"(?:ending|ended|to|y/e)\s+{_NAME}\s*{_YEAR}", lambda m: f"12m-to-{_month(m[1], m[2])}"),
    )
)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[–—−]", "-", text).lower().split())


def period(text: str) -> Period | None:
    """The period that a heading names; None where it names none, or could mean two.

    >>> [p.id if (p := period(t)) else None for t in ("Q1 2019/20", "Apr-Jun 2019", "Jun-19", "2019-20", "Q1 2019")]
    ['2019/20 Q1', '2019/20 Q1', '2019-06', '2019/20', None]
    """
    plain = _plain(text)
    for written in (plain, " ".join(_WHOLE.sub(" ", plain).split())):
        for form, name in FORMS:
            found = form.fullmatch(written)
            if found:
                try:
                    return periods.parse(name(found))
                except (ValueError, CsplanError):
                    continue
    return None


def choices(text: str) -> tuple[Period, ...]:
    """The periods that a heading may name, for a person to choose from: both quarters that “Q1 2019” can mean.

    >>> [p.id for p in choices("Q1 2019")], [p.id for p in choices("Jun-19")], choices("Target")
    (['2019/20 Q1', '2019-Q1'], ['2019-06'], ())
    """
    named = period(text)
    if named is not None:
        return (named,)
    plain = _plain(text)
    found = re.fullmatch(
        r"(?:q|quarter)\s*(?P<q>[1-4])\s*-?\s*(?P<y>\d{4})|(?P<y2>\d{4})\s*-?\s*(?:q|quarter)\s*(?P<q2>[1-4])", plain
    )
    if found is None:
        return ()
    quarter, year = found["q"] or found["q2"], int(found["y"] or found["y2"])
    return periods.parse(f"{year}/{(year + 1) % 100:02d} Q{quarter}"), periods.parse(f"{year}-Q{quarter}")


def together(texts: Sequence[str]) -> list[Period | None]:
    """The periods of the headings of one table, which tell together what one alone does not.

    “2009-10” alone is October 2009. Beside “2010-11” or “2012-13” it is a financial year.
    """
    plain = [_plain(t) for t in texts]
    hyphened = [m for t in plain if (m := re.fullmatch(r"(\d{4})-(\d\d)", t))]
    years = {int(m[1]) for m in hyphened if (int(m[1]) + 1) % 100 == int(m[2])}
    all_years = len(years) == len(hyphened) > 1 and max(years) - min(years) == len(years) - 1
    return [period(t.replace("-", "/") if all_years and re.fullmatch(r"\d{4}-\d\d", t) else t) for t in plain]


#: How a day may be written -> year, month, day.
DAYS: tuple[tuple[re.Pattern[str], Callable[[Groups], date]], ...] = tuple(
    (re.compile(form), on)
    for form, on in (
        (r"(\d{4})-(\d\d)-(\d\d)(?:[ t]\d\d:\d\d.*)?", lambda m: date(int(m[1]), int(m[2]), int(m[3]))),
        (r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", lambda m: date(_year(m[3]), int(m[2]), int(m[1]))),
        (
            rf"(?:[a-z]+day,?\s+)?{_DAY}[\s-]+(?:of\s+)?{_NAME}[\s,-]*{_YEAR}",
            lambda m: date(_year(m[3]), _MONTHS[m[2]], int(m[1])),
        ),
        (rf"{_NAME}\s+{_DAY},?\s+(\d{{4}})", lambda m: date(_year(m[3]), _MONTHS[m[1]], int(m[2]))),
    )
)
_LEADS_ON = re.compile(r"^(?:by|from|on|before)?\s*(?:the\s+)?(?:(?:end|start|beginning)(?:\s+of)?\s+)?")


def day(text: str, *, last: bool) -> date | None:
    """The day that a cell names; of a month, quarter or financial year its last day, or its first where `last` is false.

    None where it names none. Days are written as in Britain, the day before the month. A year alone names none.

    >>> day("Q2 2020/21", last=True), day("31/03/2021", last=True), day("end of March 2021", last=True), day("ongoing", last=True)
    (datetime.date(2020, 9, 30), datetime.date(2021, 3, 31), datetime.date(2021, 3, 31), None)
    """
    plain = _LEADS_ON.sub("", _plain(text)).strip(" .")
    for form, on in DAYS:
        found = form.fullmatch(plain)
        if found:
            try:
                return on(found)
            except ValueError:
                return None
    if re.fullmatch(r"\d{4}", plain):
        return None
    named = period(plain)
    return None if named is None else named.ends_on if last else named.starts_on
