"""The committee recommends to bodies, each answers within 28 days or is shown as overdue, and questions are answered in writing."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records.actions import recommendation, scrutiny_question
from csplan.records.models import Body, Recommendation, ScrutinyQuestion

DAY = "2020-01-09T13:00:00"
PAGE = "/county-durham/desk/scrutiny/recommendations/"


@pytest.fixture
def durham(tell):
    return tell(DAY)


@pytest.fixture
def made(durham, person):
    bodies = list(Body.objects.filter(partnership=durham, code__in=("police", "council")))
    with clock.at(clock.parse(DAY)):
        return recommendation.make(
            partnership=durham,
            words="Say who leads each deliverable.",
            bodies=bodies,
            made_on=clock.today(),
            by=person("scrutiny"),
        )


def read(at=DAY):
    with clock.at(clock.parse(at)):
        return Client().get("/county-durham/scrutiny/").content.decode(), json.loads(
            Client().get("/county-durham/scrutiny.json").content
        )


def test_each_body_has_a_recommendation_and_28_days_of_its_own(made, person):
    assert [r.ref for r in made] == ["R1", "R2"] and {r.respond_by.isoformat() for r in made} == {"2020-02-06"}
    page, told = read()
    assert "An answer is due by 6 February 2020" in page and "No answer is overdue." in page
    page, told = read("2020-02-10")
    assert "Two answers are overdue." in page and all(r["is_overdue"] for r in told["recommendations"])
    with clock.at(clock.parse("2020-02-10")):
        recommendation.respond(
            recommendation=made[0],
            standing="partly",
            words="We lead two of three.",
            came_on=clock.today(),
            by=person("manager"),
        )
    page, told = read("2020-02-11")
    assert "Answered on 10 February 2020, 4 days late." in page and "One answer is overdue." in page
    assert [r["is_overdue"] for r in told["recommendations"]] == [True, False]


def test_an_answer_comes_before_progress_and_only_once(made, person):
    said = {"words": "Begun.", "came_on": clock.parse(DAY).date(), "by": person("manager")}
    with clock.at(clock.parse(DAY)):
        with pytest.raises(CsplanError, match="has not answered R1 yet"):
            recommendation.follow(recommendation=made[0], standing="under way", **said)
        recommendation.respond(recommendation=made[0], standing="accepted", **said)
        with pytest.raises(CsplanError, match="already recorded"):
            recommendation.respond(recommendation=made[0], standing="accepted", **said)
        recommendation.follow(recommendation=made[0], standing="done", **said)
    assert "Done, 9 January 2020" in read()[0]


def test_a_recommendation_never_changes(made):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Recommendation.objects.filter(pk=made[0].pk).update(words="Other words")


def test_the_clerk_records_and_the_manager_answers_at_the_desk(durham, signed_in):
    with clock.at(clock.parse(DAY)):
        clerk, manager = signed_in("scrutiny"), signed_in("manager")
        sent = {"do": "make", "words": "<script>alert(1)</script> =1+1", "bodies": ["police"], "item": ""}
        nothing = clerk.post(PAGE, {**sent, "bodies": []})
        assert nothing.status_code == 422 and "Choose the bodies" in nothing.content.decode()
        assert "&lt;script&gt;" in nothing.content.decode(), "what was typed is given back, and does nothing"
        day = {"made_on-day": "9", "made_on-month": "1", "made_on-year": "2020"}
        assert clerk.post(PAGE, {**sent, **day}).status_code == 302
        refused = manager.post(PAGE, {**sent, **day})
        assert refused.status_code == 422 and "You may not record a recommendation" in refused.content.decode()
        answered = {"do": "respond", "recommendation": "R1", "standing-R1": "accepted", "words-R1": "We will."}
        came = {"came-R1-day": "9", "came-R1-month": "1", "came-R1-year": "2020"}
        assert manager.post(PAGE, {**answered, **came}).status_code == 302
    page, _ = read()
    assert "<script>alert" not in page and "We will." in page


def test_a_question_is_answered_and_only_a_request_is_refused(durham, person, signed_in):
    with clock.at(clock.parse(DAY)):
        asked = scrutiny_question.ask(partnership=durham, kind="question", words="Why?", by=person("scrutiny"))
        wanted = scrutiny_question.ask(partnership=durham, kind="request", words="The counts?", by=person("scrutiny"))
        with pytest.raises(CsplanError, match="Only a request for information may be refused"):
            scrutiny_question.answer(question=asked, outcome="refused", words="No.", by=person("manager"))
        scrutiny_question.answer(question=wanted, outcome="refused", words="A trial is on.", by=person("manager"))
        sent = {"do": "answer", "question": "Q1", "outcome-Q1": "answered", "answer-Q1": "Because."}
        assert signed_in("manager").post("/county-durham/desk/scrutiny/questions/", sent).status_code == 302
    page, told = read()
    assert "Because." in page and "A trial is on." in page
    assert {q["ref"]: q["outcome"] for q in told["questions"]} == {"Q1": "answered", "Q2": "refused"}
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ScrutinyQuestion.objects.update(answer="Other")


def test_what_comes_later_is_not_on_an_earlier_day(made, person):
    with clock.at(clock.parse("2020-02-10")):
        recommendation.respond(
            recommendation=made[0], standing="accepted", words="Yes.", came_on=clock.today(), by=person("manager")
        )
        told = json.loads(Client().get("/county-durham/scrutiny.json?as_at=2020-01-20").content)
    assert [r["response"] for r in told["recommendations"]] == [None, None]
