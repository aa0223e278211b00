"""Periods: one name for each, and no month lost or counted twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle import periods
from csplan.errors import CsplanError

MONTHS = st.builds(lambda y, m: f"{y}-{m:02d}", st.integers(1999, 2040), st.integers(1, 12))


@pytest.mark.parametrize(
    ("name", "first", "last", "words"),
    [
        ("2025-06", "2025-06", "2025-06", "June 2025"),
        ("2025-Q2", "2025-04", "2025-06", "April to June 2025"),
        ("2025", "2025-01", "2025-12", "January to December 2025"),
        ("2024/25", "2024-04", "2025-03", "April 2024 to March 2025"),
        ("1999/00", "1999-04", "2000-03", "April 1999 to March 2000"),
        ("2024/25 Q4", "2025-01", "2025-03", "January to March 2025"),
        ("12m-to-2025-06", "2024-07", "2025-06", "July 2024 to June 2025"),
        ("2025-01..2025-04", "2025-01", "2025-04", "January to April 2025"),
    ],
)
def test_a_period_is_read_from_its_name_and_from_its_address(name, first, last, words):
    period = periods.parse(name)
    assert (period.from_month, period.to_month, period.title) == (first, last, words)
    assert periods.parse(period.address) == period
    assert "/" not in period.address and " " not in period.address


@pytest.mark.parametrize("name", ["2024/26", "2025-13", "2025-Q5", "25", "2025-04..2025-01", "last year", "2024/25 Q0", ""])
def test_what_is_no_period_is_refused_in_words(name):
    with pytest.raises(CsplanError, match="is not a period. Write it as 2025-06"):
        periods.parse(name)


@given(MONTHS, st.integers(-300, 300))
def test_adding_and_taking_away_months_comes_back(month, n):
    assert periods.add_months(periods.add_months(month, n), -n) == month
    assert periods.months_apart(month, periods.add_months(month, n)) == n


@given(st.integers(1999, 2040))
def test_quarters_and_years_share_out_every_month_once(year):
    quarters = [m for q in range(1, 5) for m in periods.parse(f"{year}-Q{q}").months]
    assert quarters == list(periods.parse(f"{year}").months)
    financial = f"{year}/{(year + 1) % 100:02d}"
    parts = [m for q in range(1, 5) for m in periods.parse(f"{financial} Q{q}").months]
    assert parts == list(periods.parse(financial).months)
    assert periods.parse(financial).ends_on == date(year + 1, 3, 31)


@given(MONTHS, st.integers(0, 40))
def test_a_run_has_one_name_and_its_own_months(first, more):
    last = periods.add_months(first, more)
    period = periods.run(first, last)
    assert periods.parse(period.id) == period
    assert len(period.months) == more + 1


def test_a_month_counts_as_published_two_months_after_its_end():
    assert periods.published_on("2025-12") == date(2026, 3, 1)
