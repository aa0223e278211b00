"""Every change leaves one event in a chain; an event altered, taken out or put in is named."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from csplan.cycle import clock, roles
from csplan.errors import CsplanError
from csplan.records import acting, audit, triggers
from csplan.records.actions import equality, membership
from csplan.records.actions import plan as plans
from csplan.records.models import AuditEvent, EqualityAssessment, PlanVersion, Seal

ALTERED = {
    "at": "'2019-12-09 10:00:01'",
    "by": "'someone'",
    "role": "'board'",
    "action": "'plan.publish'",
    "partnership": "'elsewhere'",
    "subject_kind": "'plan'",
    "subject_ref": "'2020-25/2'",
    "detail": '\'{"sha256": "0"}\'',
    "previous_hash": "'0'",
    "hash": "'0'",
}


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_chain_stands_and_tells_who_did_what(tell):
    tell("2020-03-31")
    assert audit.verify() == []
    freeze = AuditEvent.objects.filter(action="plan.freeze").first()
    assert (freeze.by, freeze.role, freeze.subject_ref) == ("manager", "manager", "2020-25/1")
    assert freeze.detail == {"sha256": Seal.objects.get(version__number=1).sha256}
    assert AuditEvent.objects.get(action="consultation.close").by == "terminal:demonstration"
    times = list(AuditEvent.objects.values_list("at", flat=True))
    assert times == sorted(times)


@pytest.mark.parametrize("column", ALTERED)
def test_an_altered_event_is_named(tell, column):
    tell("2020-01-09")
    event = AuditEvent.objects.get(action="plan.draft")
    triggers.take_away()
    run(f"UPDATE records_auditevent SET {column} = {ALTERED[column]} WHERE number = {event.number}")
    assert event.number in {problem.number for problem in audit.verify()}


def test_an_event_taken_out_is_named(tell):
    tell("2020-01-09")
    triggers.take_away()
    run("DELETE FROM records_auditevent WHERE number = 5")
    assert [p.words for p in audit.verify()] == ["Event 5 is missing: after 4 comes 6."]


def test_an_event_put_right_by_its_own_hash_alone_is_named_by_the_next(tell):
    tell("2020-01-09")
    triggers.take_away()
    event = AuditEvent.objects.get(number=5)
    event.by = "someone"
    event.hash = audit.fingerprint(event)
    event.save()
    assert [p.number for p in audit.verify()] == [6]


def test_the_database_refuses_to_change_the_chain(tell):
    tell("2019-12-09")
    for statement in ("UPDATE records_auditevent SET detail = '{}'", "DELETE FROM records_auditevent"):
        with pytest.raises(IntegrityError, match="An event of the audit chain never changes"), transaction.atomic():
            run(statement)


def test_an_action_and_its_event_stand_or_fall_together(tell, person, monkeypatch):
    tell("2019-12-16")

    def full_disk(**_):
        raise DatabaseError("disk is full")

    monkeypatch.setattr(audit, "append", full_disk)
    with clock.at(clock.parse("2019-12-17T08:00:00")), pytest.raises(DatabaseError):
        plans.freeze(version=PlanVersion.objects.get(), by=person("manager"))
    assert not Seal.objects.exists()


def test_an_action_that_leaves_no_event_is_undone(tell, person):
    partnership = tell("2019-12-16")
    with (
        clock.at(clock.parse("2019-12-17")),
        pytest.raises(RuntimeError, match="left no audit event"),
        acting.act("equality.start", partnership=partnership, by=person("manager")),
    ):
        EqualityAssessment.objects.all().delete()
    assert EqualityAssessment.objects.exists()


def test_nothing_is_written_on_a_day_before_the_last_event(tell, person):
    partnership = tell("2020-01-09")
    with (
        clock.at(clock.parse("2019-12-12")),
        pytest.raises(CsplanError) as refused,
        acting.act("plan.draft", partnership=partnership, by=person("manager")),
    ):
        pass
    assert "already holds something done on 30 December 2019" in str(refused.value)
    assert "csplan demo --as-at 2019-12-12 --data FOLDER" in str(refused.value)


def test_within_a_day_times_never_fall(tell, person):
    """Two processes' clocks differ a little, and a demonstration's clock starts again at nine each morning."""
    partnership = tell("2020-01-09T18:00:00")
    last = audit.last()
    with (
        clock.at(clock.parse("2020-01-09T09:00:00")),
        acting.act("plan.draft", partnership=partnership, by=person("manager")) as deed,
    ):
        deed.record("test", "later")
    assert audit.last().at == last.at and audit.verify() == []


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        ("lead", "You may not freeze a version of the plan here. Ask someone who may: manager"),
        ("administrator", "You may not freeze a version of the plan here"),
        ("auditor", "You may not freeze a version of the plan here"),
        (roles.PUBLIC, "You may not freeze a version of the plan here"),
        ("terminal:keeper", "You may not freeze a version of the plan here"),
        ("nobody:at-all", "Nobody here is called “nobody:at-all”"),
    ],
)
def test_who_may_not_act_is_told_who_may(tell, person, by, refusal):
    tell("2019-12-16")
    who = by if ":" in by or by == roles.PUBLIC else person(by)
    with clock.at(clock.parse("2019-12-17")), pytest.raises(CsplanError, match=refusal):
        plans.freeze(version=PlanVersion.objects.get(), by=who)


def test_a_role_held_in_one_partnership_counts_for_nothing_in_another(tell, elsewhere, person):
    tell("2019-12-16")
    with clock.at(clock.parse("2019-12-17")), pytest.raises(CsplanError, match="You may not write a draft of the plan here"):
        plans.draft(partnership=elsewhere, described={"plan": {}, "version": {}, "priorities": []}, by=person("manager"))


def test_the_terminal_may_not_do_what_a_person_must(tell):
    tell("2020-01-09")
    assessment = EqualityAssessment.objects.get()
    with pytest.raises(CsplanError, match="You may not sign an equality impact assessment here"):
        equality.sign(assessment=assessment, summary="None found.", by="terminal:keeper")


def test_nobody_signs_the_assessment_they_began(tell, person):
    partnership = tell("2020-01-09")
    with clock.at(clock.parse("2020-02-20")):
        membership.invite(
            partnership=partnership, username="manager", person="Both", role="equality", password_hash="", by="terminal:keeper"
        )
        with pytest.raises(CsplanError, match="You may not approve an equality impact assessment that you wrote"):
            equality.sign(assessment=EqualityAssessment.objects.get(), summary="None found.", by=person("manager"))


@pytest.mark.parametrize(("name", "sees"), [("auditor", True), ("manager", True), ("lead", False), ("administrator", False)])
def test_the_audit_is_read_by_those_who_may(tell, person, name, sees):
    tell("2020-01-09")
    with clock.at(clock.parse("2020-01-09")):
        held = AuditEvent.objects.visible_to(person(name), clock.now())
        assert held.exists() is sees
        assert not AuditEvent.objects.visible_to(None, clock.now()).exists()


def test_no_event_holds_a_password(tell, tmp_path):
    tell("2020-01-09")
    told = json.dumps(list(AuditEvent.objects.values("by", "subject_ref", "detail")))
    accounts = json.loads((tmp_path / "demo-accounts.json").read_text())
    assert not [a for a in accounts if a["password"] in told] and "pbkdf2" not in told
