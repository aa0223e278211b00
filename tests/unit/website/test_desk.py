"""What waits for an officer: only what they may do, did not write themselves, and can reach."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from csplan.cycle import clock
from csplan.website import desk

SUBMITTED = clock.london(date(2026, 4, 20))
AFTER = clock.london(date(2026, 5, 1))


@pytest.fixture(autouse=True)
def every_page_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "leads_somewhere", lambda path: True)


@pytest.fixture
def reading(durham: Any) -> Any:
    """One reading returned by a lead, not approved yet."""
    from csplan.records.models import Body, Kpi, Office, Reading

    body = Body.objects.create(
        partnership=durham, code="council", name="Council", kind="council", category="responsible", from_on=date(2009, 4, 1)
    )
    office = Office.objects.create(
        partnership=durham, slug="manager", title="Community safety manager", body=body, from_on=date(2009, 4, 1)
    )
    kpi = Kpi.objects.create(
        partnership=durham, ref="K122", title="Referrals", definition="Referrals received", kind="returned", priority_ref="1",
        polarity="no_judgement", unit="referrals", frequency="quarter", owner=office, body=body, source="Council",
        monitor_only_reason="new", adopted_at=clock.london(date(2020, 4, 1)),
    )  # fmt: skip
    lead = User.objects.create_user("lead")
    return Reading.objects.create(
        kpi=kpi, period="2025/26 Q4", value=12, source="submitted", recorded_at=SUBMITTED, recorded_by=lead
    )


def test_a_returned_reading_waits_for_whoever_approves(durham, reading):
    keeper = User.objects.create_user("performance")
    (task,) = desk.waiting(durham, keeper, ["performance"], at=AFTER)
    assert (task.tag, task.title, task.path) == ("Approve", "1 reading to approve", "/county-durham/desk/readings/")


@pytest.mark.parametrize("role", ["lead", "board", "administrator"])
def test_it_waits_for_no_other_role(durham, reading, role):
    assert desk.waiting(durham, User.objects.create_user(role + "2"), [role], at=AFTER) == []


def test_what_is_late_waits_for_whoever_returns_it(durham, reading):
    later = clock.london(date(2026, 8, 2))  # April to June was due by 31 July
    (task,) = desk.waiting(durham, reading.recorded_by, ["lead"], at=later)
    assert (task.tag, task.title, task.path) == ("Late", "1 reading is late", "/county-durham/desk/readings/")
    assert desk.waiting(durham, reading.recorded_by, ["lead"], at=clock.london(date(2026, 7, 31))) == []
    assert desk.waiting(durham, reading.recorded_by, ["partner"], at=later) == [], "a partner of no body"
    assert desk.waiting(durham, reading.recorded_by, ["board"], at=later) == []


def test_nobody_is_asked_to_approve_their_own(durham, reading):
    assert desk.waiting(durham, reading.recorded_by, ["performance"], at=AFTER) == []


def test_nothing_waits_before_it_came_or_after_it_was_approved(durham, reading):
    from csplan.records.models import ReadingApproval

    keeper = User.objects.create_user("performance")
    assert desk.waiting(durham, keeper, ["performance"], at=clock.london(date(2026, 4, 19))) == []
    ReadingApproval.objects.create(reading=reading, approved_at=AFTER, approved_by=keeper)
    assert desk.waiting(durham, keeper, ["performance"], at=AFTER) == []
    assert len(desk.waiting(durham, keeper, ["performance"], at=SUBMITTED)) == 1


def test_only_what_has_a_page_is_offered(durham, monkeypatch):
    assert ("Readings", "/county-durham/desk/readings/", ["return a reading", "approve a reading"]) in desk.may_start(
        durham, ["performance"]
    )
    assert desk.may_start(durham, ["auditor"]) == []
    monkeypatch.setattr(desk, "leads_somewhere", lambda path: False)
    assert desk.may_start(durham, ["performance"]) == []
