"""Each guard of a consultation beside its twin: with the guard the attack fails, with the guard off it succeeds.

A guard whose twin no longer succeeds guards nothing that a test would miss.
"""

import pytest
from django.db import connection
from django.test import Client

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import receipts, seal, triggers, verify
from csplan.records.actions import answer
from csplan.records.actions import consultation as actions
from csplan.records.models import Consultation, Response

OPEN, COUNTED = "2020-01-20T15:42:10", "2020-02-15T00:05:00"


@pytest.fixture
def asked(tell):
    """The consultation of the report, open."""
    tell("2020-01-09")
    return Consultation.objects.get(slug="plan-2020-25")


def respond(asked, when=OPEN, *, key="", **said):
    with clock.at(clock.parse(when)):
        answers = {"plan": "Agree", **said}
        return answer.respond(consultation=asked, answers=answers, form_key=key or receipts.new_form_key())


def twice(asked):
    """One form, sent twice."""
    key = receipts.new_form_key()
    respond(asked, key=key)
    respond(asked, key=key)
    return Response.objects.count()


def test_a_form_counts_once(asked):
    assert twice(asked) == 1


def test_twin_without_its_key_a_form_counts_twice(asked, monkeypatch):
    monkeypatch.setattr(receipts, "code", lambda _consultation, _key: receipts.new_form_key())
    assert twice(asked) == 2


def test_a_late_answer_is_refused(asked):
    with pytest.raises(CsplanError, match="so your answer was not taken"):
        respond(asked, "2020-02-15T00:00:00")
    assert not Response.objects.exists()


def test_twin_without_the_window_a_late_answer_is_taken(asked, monkeypatch):
    monkeypatch.setattr(answer, "_check_takes_answers", lambda *_: None)
    respond(asked, "2020-02-15T00:00:00")
    assert Response.objects.count() == 1


def unchecked(asked, person):
    """A consultation that nobody but its author has read, opened."""
    described = {
        "slug": "unchecked",
        "title": "Unchecked",
        "introduction": "",
        "opens_on": clock.parse(OPEN).date(),
        "closes_on": clock.parse("2020-02-20").date(),
        "write_to": "the office",
        "questions": [
            {"ref": q.ref, "kind": q.kind, "family": q.family, "words": q.words, "options": q.options}
            for q in asked.questions.all()
        ],
    }
    with clock.at(clock.parse(OPEN)):
        made = actions.plan(version=asked.version, described=described, by=person("manager"))
        return actions.open(consultation=made, by=person("manager"))


def test_what_no_second_person_has_read_does_not_open(asked, person):
    with pytest.raises(CsplanError, match="Ask a second person to check them"):
        unchecked(asked, person)


def test_twin_without_the_second_person_it_opens(asked, person, monkeypatch):
    monkeypatch.setattr(actions, "is_checked", lambda _: True)
    assert unchecked(asked, person)


# ---- after closing ----------------------------------------------------------------------------------

ATTACKS = {
    "altered": "UPDATE records_response SET answers = replace(answers, 'Disagree', 'Agree')",
    "removed": "DELETE FROM records_response WHERE id = (SELECT min(id) FROM records_response)",
    "added": (
        "INSERT INTO records_response (id, source, answers, passages, hour, salt, receipt_sha256, consultation_id) "
        "SELECT id + 1, source, answers, passages, hour, salt, 'another', consultation_id FROM records_response LIMIT 1"
    ),
}


@pytest.fixture
def counted(asked, person):
    for choice in ("Agree", "Disagree", "Agree"):
        respond(asked, plan=choice)
    with clock.at(clock.parse(COUNTED)):
        actions.close(consultation=asked, by="terminal:keeper")
    return asked


def attack(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ATTACKS.values(), ids=ATTACKS)
def test_the_root_notices_one_answer_added_removed_or_altered(counted, statement):
    assert not list(verify.closings())
    triggers.take_away()
    attack(statement)
    assert list(verify.closings()) == [
        "The answers to “Draft Safe Durham Partnership Plan 2020-25” are not those that were counted when it closed."
    ]


def test_twin_with_a_root_over_the_number_alone_an_altered_answer_passes(asked, person, monkeypatch):
    monkeypatch.setattr(seal, "root", lambda commitments: seal.digest(str(len(list(commitments))).encode()))
    respond(asked, plan="Disagree")
    with clock.at(clock.parse(COUNTED)):
        actions.close(consultation=asked, by="terminal:keeper")
    triggers.take_away()
    attack(ATTACKS["altered"])
    assert not list(verify.closings())


def test_every_receipt_still_checks_after_counting(asked):
    codes = [respond(asked).code for _ in range(5)]
    with clock.at(clock.parse(COUNTED)):
        actions.close(consultation=asked, by="terminal:keeper")
    address = "/county-durham/consultations/plan-2020-25/receipt/"
    with clock.at(clock.parse("2020-02-16")):
        pages = [Client().post(address, {"code": code}).content.decode() for code in codes]
        wrong = Client().post(address, {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert all("was counted when the consultation closed" in page for page in pages)
    assert wrong.status_code == 422 and "No answer to this consultation has that receipt" in wrong.content.decode()
