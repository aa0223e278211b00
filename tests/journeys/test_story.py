"""The worked example is told by doing again what happened, up to the clock's instant and no further."""

import json
import stat
from datetime import date, timedelta

import pytest

from csplan.cycle import clock, duties, roles
from csplan.errors import CsplanError
from csplan.records import audit, seal, story, verify
from csplan.records.actions import answer as actions
from csplan.records.models import AuditEvent, Consultation, Kpi, Membership, Partnership, Plan, PlanVersion, Reading, Response
from csplan.records.reading import consultation, plan
from csplan.records.receipts import new_form_key
from tests.journeys.conftest import FOLDER

#: The days that the site offers for reading: (day, state of the plan, state of its consultation).
DAYS = (
    ("2019-12-17", "frozen", "open"),
    ("2020-01-09", "frozen", "open"),
    ("2020-02-14", "frozen", "open"),
    ("2020-03-09", "published", "closed"),
)
#: A day on which `make demo` is built, long after the story of the plan.
BUILT = "2026-11-23"


@pytest.fixture
def tell(db, tmp_path):
    """The story told anew each time, for it is the telling that is tried here."""

    def told(until, readings=lambda _: ()):
        story.tell(FOLDER, data=tmp_path, until=clock.parse(until), readings=readings)
        return Partnership.objects.get(slug="county-durham")

    return told


def end_of(day):
    return clock.end_of(date.fromisoformat(day)) - timedelta(microseconds=1)


@pytest.mark.parametrize(("day", "plan_state", "consultation_state"), DAYS)
def test_each_day_of_the_strip_reads_as_it_ended(tell, day, plan_state, consultation_state):
    partnership = tell(BUILT)
    told = plan.plan(partnership, "2020-25", viewer=None, at=end_of(day))
    assert told["plan"]["state"] == plan_state
    assert [(c["slug"], c["state"]) for c in told["consultations"]] == [("plan-2020-25", consultation_state)]
    assert [p["slug"] for p in plan.plans(partnership, viewer=None, at=end_of(day))] == ["2020-25"]


def test_a_day_built_live_is_open_for_answers(tell):
    tell("2020-01-09")
    asked = Consultation.objects.get()
    with clock.at(clock.parse("2020-01-09T09:30:00")):
        assert actions.respond(consultation=asked, answers={"plan": "Agree"}, form_key=new_form_key()).code
    assert audit.verify() == [] and not Plan.objects.filter(is_example=True).exists()


def test_today_the_example_refresh_is_open_and_the_last_agreed_plan_stands(tell):
    partnership = tell(BUILT)
    now = clock.parse(BUILT)
    states = {c["slug"]: c for c in consultation.consultations(partnership, viewer=None, at=now)}
    refresh = states["example-refresh"]
    assert refresh["state"] == "open" and refresh["is_example"]
    assert (refresh["opens_on"], refresh["closes_on"]) == (date(2026, 11, 9), date(2027, 1, 4))
    assert states["plan-2020-25"]["state"] == "closed"
    told = plan.plan(partnership, "example-refresh", viewer=None, at=now)
    agreed = plan.plan(partnership, "2020-25", viewer=None, at=now)
    assert [p["title"] for p in told["priorities"]] == [p["title"] for p in agreed["priorities"]]
    assert told["plan"]["from"] == date(2027, 4, 1) and told["plan"]["is_example"]
    every = [d for p in told["priorities"] for w in p["work_areas"] for d in w["deliverables"]]
    assert all(d["lead"] and d["due"] and d["is_example"] for d in every)


@pytest.mark.parametrize(("built", "is_told"), [("2025-03-31", False), ("2025-04-01", True)])
def test_the_refresh_is_told_only_once_the_plan_has_run_out(tell, built, is_told):
    tell(built)
    assert Plan.objects.filter(is_example=True).exists() is is_told


def test_a_day_before_the_story_is_refused(tell):
    with pytest.raises(CsplanError, match="begins on 2 December 2019. Choose a later day"):
        tell("2019-12-01")


def test_a_second_telling_keeps_what_is_there(tell, tmp_path):
    tell(BUILT)
    before = list(AuditEvent.objects.values_list("hash", flat=True))
    accounts = (tmp_path / "demo-accounts.json").read_text()
    tell(BUILT)
    assert list(AuditEvent.objects.values_list("hash", flat=True)) == before
    assert (tmp_path / "demo-accounts.json").read_text() == accounts


def test_a_later_telling_keeps_the_days_of_the_refresh_and_closes_it(tell):
    tell(BUILT)
    asked = Consultation.objects.get(slug="example-refresh")
    with clock.at(clock.parse("2026-12-24T12:00:00")):
        actions.respond(consultation=asked, answers={"plan": "Agree"}, form_key=new_form_key())
    tell("2026-12-25")
    tell("2027-01-10")
    asked.refresh_from_db()
    assert asked.closes_on == date(2027, 1, 4) and asked.closing.received == 1
    assert set(Plan.objects.values_list("slug", flat=True)) == {"2020-25", "2021-25", "example-refresh"}
    assert audit.verify() == []


def test_a_telling_cut_short_goes_on_where_it_stopped(tell, monkeypatch):
    from csplan.records.story import acts

    whole = dict(acts.ACTS)

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setitem(acts.ACTS, "close", killed)
    with pytest.raises(KeyboardInterrupt):
        tell(BUILT)
    reached = AuditEvent.objects.count()
    monkeypatch.setattr(acts, "ACTS", whole)
    tell(BUILT)
    assert AuditEvent.objects.count() > reached and audit.verify() == [] and seal.problems() == []
    assert PlanVersion.objects.get(plan__slug="2020-25", number=2).publication


def test_an_evidence_month_is_read_when_it_was_published(tell):
    def two_months(computed_from):
        for month in ("2019-02", "2025-12"):
            yield story.Computed(month, 200.0, 200, None, None, None, f"{computed_from}/E06000047/{month}")

    tell("2026-02-28", two_months)
    assert set(Reading.objects.filter(source="computed").values_list("period", flat=True)) == {"2019-02"}
    tell("2026-03-01", two_months)
    read = Reading.objects.get(kpi__ref="recorded-burglary", period="2025-12")
    assert read.recorded_at == clock.parse("2026-03-01T07:30:00")
    first = Reading.objects.get(kpi__ref="recorded-burglary", period="2019-02")
    assert clock.day_of(first.recorded_at) == date(2020, 6, 1)


def test_there_is_an_account_for_every_role_and_only_its_owner_reads_the_file(tell, tmp_path, client):
    tell("2020-01-09")
    file = tmp_path / "demo-accounts.json"
    accounts = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {a["role"] for a in accounts} == set(roles.ROLES) - {"resident"}
    assert {a["body"] for a in accounts if a["role"] == "partner"} == {"police", "fire"}
    keys = {"username", "role", "password", "partnership", "person", "body", "totp_secret"}
    assert all(set(a) == keys and a["totp_secret"] is None and a["partnership"] == "county-durham" for a in accounts)
    assert len({a["password"] for a in accounts}) == len(accounts)
    assert Membership.objects.count() == len(accounts)
    manager = next(a for a in accounts if a["username"] == "manager")
    user = Membership.objects.get(role="manager").user
    assert user.check_password(manager["password"]) and not user.check_password("manager")


def test_indicators_cover_every_priority_and_work_area(tell):
    tell("2026-04-20")
    areas = {w for k in Kpi.objects.all() for w in k.work_areas}
    assert areas == {w.ref for w in PlanVersion.objects.get(plan__slug="2020-25", number=2).work_areas.all()}
    returned = Reading.objects.filter(source="submitted")
    assert {r.period for r in returned} == {"2025/26 Q3"} and all(r.is_example and r.approval for r in returned)
    assert {r.kpi.priority_ref for r in returned} == set("123456")
    assert all(k.is_example or k.computed_from for k in Kpi.objects.all())


def test_everything_in_a_told_folder_proves_itself(tell, tmp_path):
    from csplan.evidence.store import Store

    tell(BUILT)
    document = verify.verify(Store(tmp_path))
    assert document["ok"], [c for c in document["checks"] if not c["ok"]]
    assert not Response.objects.exclude(consultation__is_example=True).exists()


def test_the_duties_of_the_report_are_found_on_its_day(tell):
    from csplan.records.reading import duties as reading

    partnership = tell(BUILT)
    status = {r["id"]: r["status"] for r in reading.findings(partnership, date(2020, 1, 9))["rules"]}
    assert status["F9-1"] == "not applicable" and status["F12-1"] == "met" and status["F14-1"] == "not applicable"
    assert status["A5-1"] == "met" and status["F3-2"] == "met" and status["F10-1"] == "unknown"
    later = {r["id"]: r["status"] for r in reading.findings(partnership, date(2020, 4, 1))["rules"]}
    assert (later["F10-1"], later["F14-1"], later["A6-1"]) == ("met", "met", "met")
    assert set(status) <= {rule.id for rule in duties.RULES}
