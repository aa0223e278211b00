"""A resident answers without an account; the answer is kept whole and once, until the last second, and leads to nobody."""

import pytest
from django.db import IntegrityError, connection, transaction

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import receipts, seal, triggers, verify
from csplan.records.actions import answer
from csplan.records.actions import consultation as actions
from csplan.records.actions.answer import AnswersRefused
from csplan.records.lookup import NotHere
from csplan.records.models import AuditEvent, Consultation, Question, Response
from csplan.records.reading import consultation as reading
from csplan.records.reading import results

OPEN = "2020-01-20T15:42:10"


@pytest.fixture
def asked(tell):
    """The consultation of the report while it is open."""
    tell("2020-01-09")
    return Consultation.objects.get(slug="plan-2020-25")


def respond(asked, when=OPEN, *, key=None, **answers):
    said = {"plan": "Agree"} | {ref.replace("_", "-"): words for ref, words in answers.items()}
    key = key or receipts.new_form_key()
    return answer.respond(consultation=asked, answers=said, form_key=key, received_at=clock.parse(when))


def test_an_answer_is_kept_and_its_receipt_finds_it(asked):
    with clock.at(clock.parse(OPEN)):
        receipt = respond(asked, what_to_change="More lights.\r\nPlease.", not_asked="left out")
    kept = Response.objects.get()
    assert kept.answers == {"plan": "Agree", "what-to-change": "More lights.\nPlease."}
    found = reading.receipt(
        asked.partnership, asked.slug, receipt.code.lower().replace("-", " "), viewer=None, at=clock.parse(OPEN)
    )
    assert found["is_held"] and not found["is_counted"]
    other = reading.receipt(asked.partnership, asked.slug, "AAAA-AAAA-AAAA-AAAA", viewer=None, at=clock.parse(OPEN))
    assert not other["is_held"]


@pytest.mark.parametrize(
    ("when", "is_taken"),
    [
        ("2019-12-17T08:29:59", False),  # the second before it opened
        ("2019-12-17T08:30:00", True),
        ("2020-02-14T23:59:59.999999", True),
        ("2020-02-15T00:00:00", False),
        ("2020-02-15T00:00:01", False),
    ],
)
def test_an_answer_counts_until_the_last_second_of_the_closing_day(asked, when, is_taken):
    with clock.at(max(clock.parse(when), clock.parse("2020-01-09"))):
        if is_taken and clock.parse(when) > clock.parse("2020-01-09"):
            assert respond(asked, when).code
        elif is_taken:
            asked.opening.opened_at = clock.parse(when)
            assert asked.state(clock.parse(when)) == "open"
        else:
            with pytest.raises(CsplanError, match="Your answer was not taken|so your answer was not taken"):
                respond(asked, when)


def test_the_refusal_after_closing_names_the_day_and_the_office(asked):
    with clock.at(clock.parse("2020-02-15T00:00:01")), pytest.raises(CsplanError) as refused:
        respond(asked, "2020-02-15T00:00:01", what_to_change="My words")
    assert "closed at the end of Friday 14 February 2020" in str(refused.value)
    assert "the Community Safety Team, Durham County Council" in str(refused.value)
    assert not Response.objects.exists()


def test_the_same_form_sent_twice_makes_one_answer_and_one_receipt(asked):
    key = receipts.new_form_key()
    with clock.at(clock.parse(OPEN)):
        first = respond(asked, key=key, what_to_change="First")
        second = respond(asked, key=key, what_to_change="Second")
    assert (first.code, first.was_held) == (second.code, False) and second.was_held
    assert Response.objects.get().answers["what-to-change"] == "First"
    # After closing the person who pressed the button again still gets the receipt.
    assert respond(asked, "2020-02-16T09:00:00", key=key).code == first.code


def test_the_database_keeps_a_form_to_one_answer(asked):
    with clock.at(clock.parse(OPEN)):
        respond(asked)
    kept = Response.objects.get()
    with pytest.raises(IntegrityError, match="receipt_sha256"), transaction.atomic():
        Response.objects.create(
            consultation=asked, source="web", answers={}, hour=kept.hour, salt="", receipt_sha256=kept.receipt_sha256
        )


@pytest.mark.parametrize(
    ("answers", "ref", "what_to_do"),
    [
        ({"plan": ""}, "safe-after-dark", "Answer at least one question before you send"),
        ({"plan": "Perhaps"}, "plan", "Choose one of the answers shown"),
        ({"plan": "Agree", "what-to-change": "x" * 2001}, "what-to-change", "1 characters too long"),
    ],
)
def test_what_cannot_be_taken_is_refused_question_by_question(asked, answers, ref, what_to_do):
    with clock.at(clock.parse(OPEN)), pytest.raises(AnswersRefused) as refused:
        answer.respond(consultation=asked, answers=answers, form_key=receipts.new_form_key())
    assert what_to_do in refused.value.problems[ref]
    assert not Response.objects.exists()


def test_a_form_without_its_key_is_refused(asked):
    with clock.at(clock.parse(OPEN)), pytest.raises(CsplanError, match="This form has lost its key"):
        answer.respond(consultation=asked, answers={"plan": "Agree"}, form_key="")


def test_signs_that_cannot_be_printed_are_left_out(asked):
    with clock.at(clock.parse(OPEN)):
        respond(asked, what_to_change="a\x00b\ud800c\u202ed")
    assert Response.objects.get().answers["what-to-change"] == "abcd"


def test_an_answer_row_leads_to_nobody(asked):
    with clock.at(clock.parse(OPEN)):
        receipt = respond(asked)
    columns = {f.column for f in Response._meta.concrete_fields}
    of_officers = {"entered_by_id", "received_on", "letter_id"}
    assert columns - of_officers == {"id", "consultation_id", "source", "answers", "passages", "hour", "salt", "receipt_sha256"}
    kept = Response.objects.get()
    assert kept.entered_by_id is None and kept.received_on is None and kept.letter_id is None
    assert kept.hour == clock.parse("2020-01-20T15:00:00")
    event = AuditEvent.objects.get(action="consultation.respond")
    assert event.detail == {"hour": "2020-01-20T15:00:00Z", "commitment": seal.commitment_of(kept)}
    assert (event.by, event.subject_ref, event.at) == ("public", "plan-2020-25", kept.hour)
    told = str(event.__dict__)
    assert str(kept.id) not in told and receipt.code not in told and kept.receipt_sha256 not in told and kept.salt not in told


def test_rows_lie_in_no_order_of_arrival(asked):
    with clock.at(clock.parse(OPEN)):
        for n in range(12):
            respond(asked, what_to_change=str(n))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid, id FROM records_response")
        stored = cursor.fetchall()
    assert all(row == id for row, id in stored) and [id for _, id in stored] == sorted(id for _, id in stored)
    order = [r.answers["what-to-change"] for r in Response.objects.order_by("id")]
    assert order != [str(n) for n in range(12)]


def test_opening_waits_for_a_frozen_version(tell, person):
    tell("2019-12-16")
    asked = Consultation.objects.get()
    with clock.at(clock.parse("2019-12-17T08:10:00")), pytest.raises(CsplanError, match="is still a draft. Freeze it first"):
        actions.open(consultation=asked, by=person("manager"))


def test_opening_waits_for_both_families_of_questions(tell, person):
    tell("2019-12-17T08:00:00")
    Question.objects.filter(family="levels").delete()
    with clock.at(clock.parse("2019-12-17T08:10:00")), pytest.raises(CsplanError, match="levels and patterns"):
        actions.open(consultation=Consultation.objects.get(), by=person("manager"))


def test_a_consultation_is_not_seen_before_it_opens_nor_elsewhere(tell, elsewhere):
    partnership = tell("2020-01-09")
    assert reading.consultations(partnership, viewer=None, at=clock.parse("2019-12-16")) == []
    with pytest.raises(NotHere):
        reading.consultation(elsewhere, "plan-2020-25", viewer=None, at=clock.parse("2020-01-09"))
    told = reading.consultation(partnership, "plan-2020-25", viewer=None, at=clock.parse("2020-01-09"))
    assert told["consultation"]["state"] == "open" and told["root_sha256"] is None
    assert told["consultation"]["closes_at"] == clock.parse("2020-02-14T23:59:59")
    assert "60 days, of which 41 are working days." in told["consultation"]["notes"]


def test_counting_waits_until_the_last_answers_are_in(asked, person):
    for when in ("2020-02-14T23:59:59", "2020-02-15T00:04:59"):
        with clock.at(clock.parse(when)), pytest.raises(CsplanError, match="takes answers until the end of 14 February 2020"):
            actions.close(consultation=asked, by=person("manager"))


def closed(asked, person, answers):
    """The consultation with so many answers, counted."""
    with clock.at(clock.parse(OPEN)):
        for n in range(answers):
            respond(asked, plan="Agree" if n % 3 else "Disagree", connection="None of these")
    with clock.at(clock.parse("2020-02-15T00:05:00")):
        return actions.close(consultation=asked, by=person("manager"))


def test_at_closing_the_count_and_one_fingerprint_are_public(asked, person):
    closing = closed(asked, person, 12)
    at = clock.parse("2020-02-16")
    told = results.results(asked.partnership, asked.slug, viewer=None, at=at)
    assert told["responses"] == {"received": 12, "web": 12, "paper": 0, "email": 0, "meeting": 0, "briefing": 0}
    assert told["root_sha256"] == closing.root_sha256
    plan = next(t for t in told["tallies"] if t["ref"] == "plan")
    assert {c["choice"]: c["count"] for c in plan["choices"] if c["count"]} == {"Agree": 8, "Disagree": 4}
    assert not [t for t in told["tallies"] if t["family"] == "about"]


def test_what_few_people_said_is_not_shown(asked, person):
    closed(asked, person, 9)
    told = results.results(asked.partnership, asked.slug, viewer=None, at=clock.parse("2020-02-16"))
    assert told["tallies"] == [] and "Fewer than 10 people answered" in told["why"]


def test_what_was_said_is_not_shown_before_closing(asked):
    told = results.results(asked.partnership, asked.slug, viewer=None, at=clock.parse(OPEN))
    assert told["tallies"] == [] and "once the consultation has closed" in told["why"]


def test_considering_waits_for_the_count(asked, person):
    with clock.at(clock.parse("2020-02-16")), pytest.raises(CsplanError, match="is not closed yet"):
        actions.consider(consultation=asked, summary="Heard.", by=person("manager"))


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE records_response SET answers = replace(answers, 'Disagree', 'Agree')", "missing or was altered"),
        ("DELETE FROM records_response WHERE id = (SELECT min(id) FROM records_response)", "missing or was altered"),
        (
            "INSERT INTO records_response (id, source, answers, passages, hour, salt, receipt_sha256, consultation_id) "
            "SELECT id + 1, source, answers, passages, hour, '00', receipt_sha256 || 'x', consultation_id FROM records_response LIMIT 1",
            "the audit knows nothing of",
        ),
    ],
)
def test_answers_altered_behind_our_back_are_found(asked, person, statement, problem, tmp_path):
    from csplan.evidence.store import Store

    closed(asked, person, 3)
    assert verify.verify(Store(tmp_path))["ok"]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    triggers.take_away()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    checks = {c["id"]: c for c in verify.verify(Store(tmp_path))["checks"]}
    assert problem in " ".join(checks["I1"]["problems"])
    assert not checks["I1-closing"]["ok"] and not checks["triggers"]["ok"]


def test_no_answer_is_added_once_they_are_counted(asked, person):
    closed(asked, person, 1)
    with clock.at(clock.parse("2020-02-15T00:06:00")), pytest.raises(CsplanError, match="are already counted"):
        respond(asked, "2020-02-14T23:59:59")
    assert Response.objects.count() == 1
