"""Working days and bank holidays of England and Wales, and how days are said."""

from datetime import date, timedelta
from functools import lru_cache

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January February March April May June July August September October November December").split()

#: Days moved or added by proclamation. year -> (days taken away, {day: name} added)
PROCLAIMED: dict[int, tuple[tuple[date, ...], dict[date, str]]] = {
    2011: ((), {date(2011, 4, 29): "Royal wedding"}),
    2012: ((date(2012, 5, 28),), {date(2012, 6, 4): "Spring bank holiday", date(2012, 6, 5): "Diamond Jubilee"}),
    2020: ((date(2020, 5, 4),), {date(2020, 5, 8): "Early May bank holiday (VE day)"}),
    2022: (
        (date(2022, 5, 30),),
        {
            date(2022, 6, 2): "Spring bank holiday",
            date(2022, 6, 3): "Platinum Jubilee",
            date(2022, 9, 19): "State funeral of Queen Elizabeth II",
        },
    ),
    2023: ((), {date(2023, 5, 8): "Coronation of King Charles III"}),
}


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian rule, as printed by Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _monday_on_or_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


@lru_cache
def bank_holidays(year: int) -> dict[date, str]:
    """{day: name} for one year in England and Wales. A holiday that falls on a weekend is taken on the next free weekday."""
    sunday = easter(year)
    days = {
        sunday - timedelta(days=2): "Good Friday",
        sunday + timedelta(days=1): "Easter Monday",
        _monday_on_or_after(date(year, 5, 1)): "Early May bank holiday",
        _last_monday(year, 5): "Spring bank holiday",
        _last_monday(year, 8): "Summer bank holiday",
    }
    fixed = ((date(year, 1, 1), "New Year’s Day"), (date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day"))
    for day, name in sorted(fixed, key=lambda f: f[0].weekday() >= 5):  # those on a weekday keep it; the others find one
        while day.weekday() >= 5 or day in days:
            day += timedelta(days=1)
        days[day] = name
    taken, added = PROCLAIMED.get(year, ((), {}))
    kept = {d: n for d, n in days.items() if d not in taken}
    return dict(sorted((kept | added).items()))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days(first: date, last: date) -> int:
    """Working days from `first` to `last`, both included."""
    return sum(is_working_day(d) for d in days_between(first, last))


def holidays_between(first: date, last: date) -> dict[date, str]:
    """Bank holidays from `first` to `last`, both included."""
    return {d: n for year in range(first.year, last.year + 1) for d, n in bank_holidays(year).items() if first <= d <= last}


def days_between(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included."""
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def in_words(day: date) -> str:
    """14 February 2020."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    """Friday 14 February 2020."""
    return f"{WEEKDAYS[day.weekday()]} {in_words(day)}"
