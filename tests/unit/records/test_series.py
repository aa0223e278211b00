"""Which period a reading is due for."""

import pytest

from csplan.cycle import clock
from csplan.records.reading import kpi_series


@pytest.mark.parametrize(
    ("frequency", "day", "period"),
    [
        ("monthly", "2026-04-01", "2026-03"),
        ("monthly", "2026-01-31", "2025-12"),
        ("quarterly", "2026-03-31", "2025/26 Q3"),  # the last day of a quarter is not its end
        ("quarterly", "2026-04-01", "2025/26 Q4"),
        ("quarterly", "2026-05-31", "2025/26 Q4"),
        ("quarterly", "2026-07-01", "2026/27 Q1"),
        ("quarterly", "2026-12-31", "2026/27 Q2"),
        ("quarterly", "2000-01-01", "1999/00 Q3"),
        ("yearly", "2026-03-31", "2024/25"),
        ("yearly", "2026-04-01", "2025/26"),
        ("yearly", "2026-12-31", "2025/26"),
    ],
)
def test_the_last_period_that_ended(frequency, day, period):
    assert kpi_series.last_period(frequency, clock.parse(day)) == period
