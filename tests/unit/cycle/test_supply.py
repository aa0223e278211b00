"""What is owed for a quarter, and by when."""

from datetime import date

import pytest

from csplan.cycle import supply
from csplan.errors import CsplanError


@pytest.mark.parametrize(
    ("quarter", "due"),
    [
        ("2025-Q3", date(2025, 12, 31)),
        ("2025-Q4", date(2026, 3, 31)),
        ("2024-Q4", date(2025, 3, 31)),
        ("2023-Q3", date(2023, 12, 31)),
    ],
)
def test_a_quarter_is_due_by_the_end_of_the_next(quarter, due):
    assert supply.due_on(quarter) == due


@pytest.mark.parametrize("said", ["2025", "2025-06", "2024/25 Q1", "2007-Q2", "x"])
def test_what_is_no_quarter_of_the_law_is_refused(said):
    with pytest.raises(CsplanError):
        supply.due_on(said)


@pytest.mark.parametrize(
    ("on", "newest"), [(date(2026, 1, 1), "2025-Q4"), (date(2026, 3, 31), "2025-Q4"), (date(2026, 4, 1), "2026-Q1")]
)
def test_the_newest_quarter_is_the_last_that_is_over(on, newest):
    assert supply.newest(on) == newest


def test_a_supply_stands_by_its_day():
    due = date(2025, 9, 30)
    assert supply.state(due, None, due) == "awaited" and supply.state(due, None, date(2025, 10, 1)) == "overdue"
    assert supply.state(due, due, date(2026, 1, 1)) == "received"
    assert supply.state(due, date(2025, 10, 1), date(2026, 1, 1)) == "received_late"
    assert supply.state(due, date(2025, 10, 5), date(2025, 10, 1)) == "overdue"  # it came later than the day asked about


def test_a_letter_names_what_is_owed_and_its_paragraph():
    words = supply.chase(
        "An Example Board",
        "The community safety team",
        [("Admissions", 7, "2025-Q2"), ("Call-outs", 10, "2025-Q3")],
        date(2025, 10, 1),
    )
    assert words.startswith("To An Example Board\n") and words.endswith("The community safety team")
    assert "- Admissions, April to June 2025 (paragraph 7): it was due by 30 September 2025" in words
    assert "- Call-outs, July to September 2025 (paragraph 10): it is due by 31 December 2025" in words
