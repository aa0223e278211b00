"""An indicator is read: computed from open figures, or returned by one person and approved by another. A reading never changes."""

import pytest
from django.db import IntegrityError, connection, transaction

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records.actions import kpi as kpis
from csplan.records.actions import membership, reading
from csplan.records.lookup import NotHere
from csplan.records.models import Kpi
from csplan.records.reading import kpi

NOW = "2026-04-20T10:00:00"


@pytest.fixture(scope="module")
def told(told_once):
    return told_once("2026-04-20")


@pytest.fixture
def partnership(told, db):
    return told


@pytest.fixture
def k122(partnership):
    """Homes target hardened in time: returned by the council, in percent, each quarter."""
    return Kpi.objects.get(ref="K122")


def submit(row, by, *, period="2025/26 Q4", value=90.0, when=NOW, **more):
    with clock.at(clock.parse(when)):
        return reading.submit(kpi=row, period=period, value=value, by=by, **more)


def approve(row, by):
    with clock.at(clock.parse(NOW)):
        return reading.approve(reading=row, by=by)


def latest(partnership, ref, *, when=NOW, viewer=None):
    return kpi.kpi(partnership, ref, viewer=viewer, at=clock.parse(when))["kpi"]["latest"]


def test_a_reading_is_public_once_another_person_approved_it(partnership, k122, person):
    row = submit(k122, person("lead"), numerator=180, denominator=200, commentary="All on time but twenty.")
    assert latest(partnership, "K122")["period"] == "2025/26 Q3"
    with clock.at(clock.parse(NOW)):
        seen = latest(partnership, "K122", viewer=person("manager"))
        waiting = kpi.waiting(partnership, viewer=person("performance"), at=clock.now())
        own = kpi.waiting(partnership, viewer=person("lead"), at=clock.now())
    assert (seen["period"], seen["state"]) == ("2025/26 Q4", "provisional")
    assert waiting[0]["may_approve"] and not own[0]["may_approve"]
    approve(row, person("performance"))
    told = latest(partnership, "K122")
    assert (told["period"], told["value"], told["state"]) == ("2025/26 Q4", 90.0, "final")
    assert told["low"] < 90 < told["high"]


def test_nobody_approves_their_own_reading(k122, person):
    row = submit(k122, person("performance"))
    with pytest.raises(CsplanError, match="You may not approve a reading that you wrote"):
        approve(row, person("performance"))


@pytest.mark.parametrize("name", ["lead", "partner-police", "manager", "administrator", "auditor", "board"])
def test_only_who_keeps_the_indicators_approves(k122, person, name):
    row = submit(k122, person("lead"))
    with pytest.raises(CsplanError, match="You may not approve a reading here"):
        approve(row, person(name))


@pytest.mark.parametrize("period", ["2025/26 Q3", "2025--26-Q3", "2025-10..2025-12", "2025-Q4"])
def test_a_second_value_for_a_period_is_refused_however_it_is_named(k122, person, period):
    with pytest.raises(CsplanError, match="K122 already has a value for October to December 2025, which is approved and closed"):
        submit(k122, person("lead"), period=period)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"period": "2026/27 Q1"}, "April to June 2026 has not ended"),
        ({"period": "2026-01"}, "K122 is read quarterly, and January 2026 is not such a period"),
        ({"period": "2025-11..2026-01"}, "is not a quarter"),
        ({"period": "spring"}, "is not a period"),
        ({"value": 95.0, "numerator": 180, "denominator": 200}, "does not agree with 180 out of 200, which gives 90.0"),
        ({"value": 115.4, "numerator": 300, "denominator": 260}, "300 of 260 is more than the whole"),
        ({"value": 101.0}, "The value 101 is no percentage"),
        ({"value": float("nan")}, "The value must be a number of zero or more"),
        ({"value": -1.0}, "The value must be a number of zero or more"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(k122, person, more, refusal):
    with pytest.raises(CsplanError, match=refusal):
        submit(k122, person("lead"), **more)


def test_a_partner_returns_for_their_own_body_only(partnership, k122, person):
    with pytest.raises(CsplanError, match="K122 is returned by Durham County Council. Ask someone there"):
        submit(k122, person("partner-fire"))
    fires = Kpi.objects.get(ref="K105")
    assert submit(fires, person("partner-fire"), value=180).low is not None


def test_a_computed_indicator_is_returned_by_nobody(partnership, person):
    row = Kpi.objects.get(ref="recorded-burglary")
    with pytest.raises(CsplanError, match="computed from open figures, so nobody returns it"):
        submit(row, person("lead"), period="2026-01", value=200)


def test_the_scorecard_has_a_row_for_every_priority(partnership):
    told = kpi.scorecard(partnership, viewer=None, at=clock.parse(NOW))
    assert [p["ref"] for p in told["priorities"]] == list("123456")
    assert all(p["title"] for p in told["priorities"])
    by_id = {k["id"]: k for k in told["kpis"]}
    read = {p["ref"]: [k for k in p["kpis"] if by_id[k]["latest"]] for p in told["priorities"]}
    assert all(read.values())
    areas = {w for k in told["kpis"] if k["latest"] for w in k["work_areas"]}
    assert len(areas) >= 12
    assert by_id["K122"]["verdict"] == "too_few" and by_id["K132"]["target_verdict"] == "monitor_only"
    assert by_id["recorded-burglary"]["latest"] is None and by_id["recorded-burglary"]["why"]


def test_what_is_due_is_the_last_quarter_that_ended(partnership, k122, person):
    due = {line["kpi"]: line for line in kpi.due(partnership, viewer=person("lead"), at=clock.parse(NOW))}
    assert due["K122"]["period"] == "2025/26 Q4" and "recorded-burglary" not in due
    submit(k122, person("lead"))
    assert "K122" not in {line["kpi"] for line in kpi.due(partnership, viewer=person("lead"), at=clock.parse(NOW))}


def test_a_reading_refuses_raw_statements(partnership):
    for statement in (
        "UPDATE records_reading SET value = 99",
        "DELETE FROM records_readingapproval",
        "DELETE FROM records_reading",
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_another_partnership_does_not_find_it(partnership, elsewhere, k122, person):
    with pytest.raises(NotHere, match="There is no indicator “K122” here"):
        kpi.kpi(elsewhere, "K122", viewer=None, at=clock.parse(NOW))
    with clock.at(clock.parse(NOW)):
        membership.invite(
            partnership=elsewhere, username="stranger", person="Stranger", role="lead", password_hash="!", by="terminal:keeper"
        )
    with pytest.raises(CsplanError, match="You may not return a reading here"):
        submit(k122, person("stranger"))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"polarity": "good"}, "“good” is no polarity"),
        ({"target": None}, "give a target, or the reason"),
        ({"monitor_only_reason": "No target yet."}, "give a target, or the reason"),
        ({"polarity": "demand_only"}, "so it can have no target"),
        ({"computed_from": "recorded-burglary.count"}, "computed from evidence or returned by a body"),
        ({"work_areas": ["2.1"]}, "2.1 is no work area of priority 1"),
        ({"owner": "nobody"}, "There is no office “nobody”"),
        ({"ref": "K122"}, "K122 is already adopted here"),
    ],
)
def test_an_indicator_that_nobody_could_read_is_not_adopted(partnership, person, change, refusal):
    described = {
        "ref": "K199", "title": "A test", "definition": "Of a test.", "kind": "output", "priority_ref": "1", "work_areas": ["1.2"],
        "polarity": "higher_better", "unit": "%", "per": 100, "frequency": "quarterly", "owner": "chair-1", "body": "council",
        "source": "A test", "target": 90,
    }  # fmt: skip
    with clock.at(clock.parse(NOW)), pytest.raises(CsplanError, match=refusal):
        kpis.adopt(partnership=partnership, described=described | change, by=person("performance"))
