"""The months a change is taken between, and the one test over them. Every verdict on a change comes from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from csplan.cycle import periods
from csplan.cycle.periods import Period
from csplan.evidence.findings_shapes import ChangeFinding
from csplan.evidence.series_events import SeriesEvent
from csplan.statistics.change import ChangeTest, false_discovery, verdict, verdict_test

#: How many months the test knows a series by: two years, so that a season is seen twice.
WINDOW = 24
#: Of a longer period the last year is compared with the year before it.
LONGEST = 12


@dataclass(frozen=True)
class Examined:
    """A test with the months it compared. broken_by : the events that leave those months on two sides; empty for none"""

    test: ChangeTest
    before_months: tuple[str, ...]
    after_months: tuple[str, ...]
    broken_by: tuple[SeriesEvent, ...] = ()

    @property
    def p_value(self) -> float:
        """Of the test; NaN where nothing can be tested because recording changed between the two."""
        return nan if self.broken_by else self.test.p_value


def window(last_month: str) -> tuple[str, ...]:
    """The months a series is known by: the last two years."""
    return periods.between(periods.add_months(last_month, 1 - WINDOW), last_month)


def shown(period: Period, last_month: str) -> tuple[str, ...]:
    """The two years a chart shows: up to the last month held, or up to the end of an older period."""
    latest = window(last_month)
    return latest if period.to_month in latest else window(period.to_month)


def unbroken(months: tuple[str, ...], events: Sequence[SeriesEvent]) -> tuple[str, ...]:
    """Of some months in order the last ones that no event parts: a usual range is made from these alone."""
    return next((months[i:] for i in range(len(months)) if not any(event.parts(months[i:]) for event in events)), months[-1:])


def values(series: Mapping[str, int], months: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A series as numbers, shape (months,): NaN where a month is not held."""
    return np.array([series.get(month, np.nan) for month in months], dtype=np.float64)


def compared(series: Mapping[str, int], period: Period) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The months of a period (of its last year, when longer) that are also held a year earlier: those earlier ones, and they."""
    pairs = [(periods.add_months(month, -12), month) for month in period.months[-LONGEST:]]
    held = [(before, after) for before, after in pairs if before in series and after in series]
    return tuple(before for before, _ in held), tuple(after for _, after in held)


def examine(series: Mapping[str, int], period: Period, last_month: str, events: Sequence[SeriesEvent] = ()) -> Examined:
    """What a series tells of a change in the period.

    series : month -> events, held months only;  last_month : the last month held, up to which the series is known
    events : those that touch the series, of `series_events.touching`: no test is read across one that breaks it
    The series is the two years up to the last month; for an older period, the two years up to its own end.
    """
    before, after = compared(series, period)
    months = window(last_month)
    if not set(before + after) <= set(months):
        months = window(period.to_month)
    place = {month: i for i, month in enumerate(months)}
    days = np.array([periods.days(month) for month in months], dtype=np.float64)
    at = [[place[month] for month in side] for side in (before, after)]
    broken_by = tuple(event for event in events if event.parts(before + after))
    return Examined(verdict_test(values(series, months), days, before=at[0], after=at[1]), before, after, broken_by)


def findings(tested: list[Examined]) -> list[ChangeFinding]:
    """The tests shown together as findings: each q allows for all of them, and none is made across a break."""
    q_values = false_discovery([one.p_value for one in tested])
    return [_finding(one, float(q)) for one, q in zip(tested, q_values, strict=True)]


def _finding(tested: Examined, q: float) -> ChangeFinding:
    t, is_broken = tested.test, bool(tested.broken_by)
    return ChangeFinding(
        percent=None if is_broken else _known(t.percent),
        low=None if is_broken else _known(t.low),
        high=None if is_broken else _known(t.high),
        p_value=_known(tested.p_value),
        q=_known(q),
        verdict="break" if is_broken else verdict(t, q),
        before=None if isnan(t.before) else int(t.before),
        after=None if isnan(t.after) else int(t.after),
        held=t.held,
        before_months=tested.before_months,
        after_months=tested.after_months,
        broken_by=tuple(event.id for event in tested.broken_by),
    )


def _known(value: float) -> float | None:
    return None if isnan(value) else value
