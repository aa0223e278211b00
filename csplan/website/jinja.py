"""What every template may use. Undefined names are errors; templates do no arithmetic and ask no question of the database."""

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from django.conf import settings
from django.utils.translation import gettext, ngettext

from csplan.cycle import calendar, clock, periods
from csplan.errors import CsplanError
from csplan.website import reading_day

BUILT = Path(__file__).parent / "static" / "built"


def environment(**options: Any) -> jinja2.Environment:
    """The one Jinja2 environment: strict, escaping, with fixed words through gettext."""
    env = jinja2.Environment(**options | {"undefined": jinja2.StrictUndefined}, extensions=["jinja2.ext.i18n"])
    env.trim_blocks = env.lstrip_blocks = True
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {"link": reading_day.link, "on_day": reading_day.on_day, "asset": asset}
    env.filters |= {
        "number": number,
        "decimal": decimal,
        "date": in_words,
        "weekday": with_weekday,
        "month": periods.month_in_words,
        "moment": moment,
        "until": until,
    }
    return env


def asset(name: str) -> str:
    """The address of a built file by its plain name: `asset("brand.css")`."""
    names = _names() if not settings.DEBUG else _names.__wrapped__()
    return f"{settings.STATIC_URL}built/{names[name]}"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    file = BUILT / "names.json"
    if not file.is_file():
        raise CsplanError("The style sheet and fonts have not been built. Run `make assets`.")
    found: dict[str, str] = json.loads(file.read_text())
    return found


def number(value: float | None) -> str:
    """12,345; “not held” for no value, which is not zero."""
    return decimal(value, 0)


def decimal(value: float | None, digits: int = 1) -> str:
    """1,234.5 with a true minus sign; “not held” for no value."""
    if value is None or value != value:
        return gettext("not held")
    return f"{value:,.{digits}f}".replace("-", "−")


def in_words(day: date | datetime) -> str:
    """14 February 2020; of an instant, its London day."""
    return calendar.in_words(clock.day_of(day) if isinstance(day, datetime) else day)


def with_weekday(day: date | datetime) -> str:
    """Friday 14 February 2020."""
    return calendar.with_weekday(clock.day_of(day) if isinstance(day, datetime) else day)


def moment(instant: datetime) -> str:
    """09:30 on Thursday 9 January 2020, London time."""
    local = instant.astimezone(clock.LONDON)
    return f"{local:%H:%M} on {calendar.with_weekday(local.date())}"


def until(instant: datetime) -> str:
    """A closing instant as people say it: midnight at the end of Friday is “23:59 on Friday 14 February 2020”."""
    local = instant.astimezone(clock.LONDON)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"23:59 on {calendar.with_weekday(local.date() - timedelta(days=1))}"
    return moment(instant)
