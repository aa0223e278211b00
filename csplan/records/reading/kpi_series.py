"""The readings of an indicator in order of time, with the control chart of the last two years."""

from dataclasses import dataclass
from datetime import datetime
from math import isnan, nan

from csplan.cycle import clock, periods
from csplan.documents.signals import Signal, found
from csplan.records.models import Kpi, Reading
from csplan.records.models.record import Viewer
from csplan.statistics import control_chart
from csplan.statistics.control_chart import ControlChart

#: A chart shows two years of months, and is made from at least this many of them.
MONTHS_SHOWN, LEAST_MONTHS = 24, 12


@dataclass(frozen=True)
class Series:
    """readings : in order of time;  chart, chart_periods, signals : of monthly readings, 12 or more in the last 24 months;
    chart is None and the others empty otherwise.
    """

    readings: tuple[Reading, ...]
    chart: ControlChart | None = None
    chart_periods: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()


def series(kpi: Kpi, *, viewer: Viewer, at: datetime) -> Series:
    """The readings that may be seen. Months without one are gaps of the chart, never zeros."""
    held = Reading.objects.visible_to(viewer, at).filter(kpi=kpi).select_related("approval")
    readings = tuple(sorted(held, key=lambda r: periods.parse(r.period).to_month))
    if kpi.frequency != "monthly" or not readings:
        return Series(readings)
    last = readings[-1].period
    months = periods.between(periods.add_months(last, 1 - MONTHS_SHOWN), last)
    values = {r.period: r.value for r in readings}
    shown = [values.get(month, nan) for month in months]
    if sum(not isnan(v) for v in shown) < LEAST_MONTHS:
        return Series(readings)
    chart = control_chart.xmr(shown)
    return Series(readings, chart, months, found(months, chart))


def last_period(frequency: str, at: datetime) -> str:
    """The last period that has ended, by the name that readings use."""
    month = periods.add_months(periods.month_of(clock.day_of(at)), -1)
    if frequency == "monthly":
        return month
    year, ended = int(month[:4]), int(month[5:])
    begins = year if ended >= 4 else year - 1
    # How many quarters of the financial year have ended by the end of that month.
    quarters = ((ended - 4) % 12 + 1) // 3
    if frequency == "yearly":
        begins -= quarters < 4
        return f"{begins}/{(begins + 1) % 100:02d}"
    if quarters == 0:
        begins, quarters = begins - 1, 4
    return f"{begins}/{(begins + 1) % 100:02d} Q{quarters}"
