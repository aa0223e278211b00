"""A consultation is built at the desk from a version, checked by a second person, opened, extended and counted; each refusal changes nothing."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from csplan.cycle import clock
from csplan.records.actions import consultation as actions
from csplan.records.models import AuditEvent, Consultation, Extension, Opening, PlanVersion
from csplan.records.reading import consultation_desk as reading

DAY = "2020-01-20"
DESK = "/county-durham/desk/consultations/"
ONE = f"{DESK}wider/"
BEGIN = {
    "version": "2020-25/1",
    "template": "whole",
    "title": "A wider question",
    "slug": "wider",
    "opens_on-day": "20",
    "opens_on-month": "1",
    "opens_on-year": "2020",
    "closes_on-day": "20",
    "closes_on-month": "3",
    "closes_on-year": "2020",
    "write_to": "the office",
}


@pytest.fixture
def durham(tell):
    partnership = tell("2020-01-09")
    with clock.at(clock.parse(DAY)):
        yield partnership


@pytest.fixture
def made(durham, signed_in):
    assert signed_in("manager").post(DESK, BEGIN).status_code == 302
    return Consultation.objects.get(slug="wider")


def test_it_begins_with_a_question_on_the_plan_and_on_each_priority(made):
    asked = {q.ref: q for q in made.questions.all()}
    assert [q.clause for r, q in asked.items() if r.startswith("priority-")] == [f"priority/{n}" for n in range(1, 7)]
    assert asked["put-first"].kind == "rank" and len(asked["put-first"].options) == 6
    assert {"plan", "what-to-change", "about-age", "about-sex", "about-ethnicity", "about-disability", "may-quote"} <= set(asked)


def test_it_begins_with_the_questions_of_another(durham, signed_in):
    other = Consultation.objects.get(slug="plan-2020-25")
    assert signed_in("manager").post(DESK, {**BEGIN, "template": "like-plan-2020-25"}).status_code == 302
    asked = list(Consultation.objects.get(slug="wider").questions.values_list("ref", "words", "options", "clause"))
    assert asked == list(other.questions.values_list("ref", "words", "options", "clause"))


def test_a_question_about_a_priority_that_is_called_otherwise_now_is_not_taken_over(tell):
    tell("2020-02-26")
    other, later = Consultation.objects.get(slug="plan-2020-25"), PlanVersion.objects.get(plan__slug="2020-25", number=2)
    later.priorities.filter(ref="2").update(title="Something else")
    taken = {q["ref"] for q in reading.template("like-plan-2020-25", later, [other])}
    assert "priority-2" not in taken and {"plan", "priority-1", "priority-3", "what-to-change"} <= taken


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"slug": "A plan!"}, "Use small letters, figures and hyphens only"),
        ({"slug": "plan-2020-25"}, "There is already a consultation"),
        ({"closes_on-year": "2019"}, "closes on or after the day it opens"),
        ({"version": "nothing/9"}, "Choose the version"),
        ({"template": ""}, "Choose what to begin from"),
        ({"title": ""}, "Write the title"),
    ],
)
def test_what_cannot_be_begun_is_said_and_given_back(durham, signed_in, wrong, words):
    page = signed_in("manager").post(DESK, {**BEGIN, **wrong})
    assert page.status_code == 422 and words in page.content.decode() and "the office" in page.content.decode()
    assert Consultation.objects.count() == 1


def words(**more):
    told = {k: v for k, v in BEGIN.items() if k not in ("version", "template", "slug")}
    return {
        **told,
        "introduction": "Tell us.",
        "why": "To know.",
        "can_change": "All of it.",
        "alerts_to": "manager",
        "alert_email": "duty@example.org",
        "document-kind-1": "draft",
        "document-title-1": "The draft",
        "document-url-1": "/county-durham/plans/2020-25/versions/1/",
        **more,
    }


def test_words_days_documents_and_alerts_are_written(made, signed_in):
    manager = signed_in("manager")
    for wrong, said in (
        ({"document-url-1": "javascript:alert(1)"}, "Give an address of this site"),
        ({"document-url-1": "//elsewhere"}, "Give an address of this site"),
        ({"alert_email": "nobody"}, "Write an e-mail address"),
        ({"alerts_to": "lead"}, "Choose who is told"),
    ):
        page = manager.post(f"{ONE}words/", words(**wrong))
        assert page.status_code == 422 and said in page.content.decode()
    assert manager.post(f"{ONE}words/", words()).status_code == 302
    held = Consultation.objects.get(slug="wider")
    assert (held.why, held.alert_email, held.alerts_to.username) == ("To know.", "duty@example.org", "manager")
    assert [d.url for d in held.documents.all()] == ["/county-durham/plans/2020-25/versions/1/"]
    assert len(held.questions.all()) > 10, "the questions stay as they were"


def test_a_question_follows_on_several_answers_to_one_question_and_is_about_a_clause(made, signed_in):
    manager, sent = signed_in("manager"), {"words": "Why more?", "kind": "text", "family": "levels", "clause": "priority/2"}
    two = {**sent, "only_if": "more-or-less/0", "only_if-2": "more-or-less/1"}
    assert manager.post(f"{ONE}questions/new/", two).status_code == 302
    asked = made.questions.get(words="Why more?")
    assert (
        asked.only_if == {"question": "more-or-less", "answers": ["Much more", "A little more"]} and asked.clause == "priority/2"
    )
    shown = manager.get(f"{ONE}questions/{asked.ref}/").content.decode()
    assert shown.count('value="more-or-less/1" selected') == 1 and 'value="priority/2" selected' in shown
    assert "“Much more” or “A little more”" in manager.get(f"{ONE}questions/").content.decode()
    for wrong, words in (
        ({"only_if-2": "plan/0"}, "Choose answers to one question"),
        ({"clause": "priority/9"}, "Choose a clause"),
    ):
        page = manager.post(f"{ONE}questions/{asked.ref}/", {**two, **wrong})
        assert page.status_code == 422 and words in page.content.decode()


def test_questions_are_added_moved_changed_and_taken_out(made, signed_in):
    manager = signed_in("manager")
    new = {
        "words": "Which is worst?",
        "kind": "multiple",
        "family": "levels",
        "options": "Noise\nLitter",
        "only_if": "more-or-less/0",
    }
    none = manager.post(f"{ONE}questions/new/", {**new, "options": "Noise"})
    assert none.status_code == 422 and "at least two answers" in none.content.decode()
    assert manager.post(f"{ONE}questions/new/", new).status_code == 302
    asked = Consultation.objects.get(slug="wider").questions.get(ref="which-is-worst")
    assert asked.only_if == {"question": "more-or-less", "answers": ["Much more"]} and asked.options == ["Noise", "Litter"]
    refused = manager.post(f"{ONE}questions/", {"do": "out", "question": "more-or-less"})
    assert refused.status_code == 422 and "follows on this one" in refused.content.decode()
    moved = manager.post(f"{ONE}questions/", {"do": "up", "question": "which-is-worst"})
    assert moved.status_code == 302
    assert manager.post(f"{ONE}questions/", {"do": "out", "question": "which-is-worst"}).status_code == 302
    area = {"words": "Where do you live?", "kind": "area", "family": "about", "options": "", "only_if": ""}
    assert manager.post(f"{ONE}questions/new/", area).status_code == 302
    asked = Consultation.objects.get(slug="wider").questions.get(ref="where-do-you-live")
    assert len(asked.options) > 60 and asked.options[-1] == "I would rather not say"


def upload(content, name="words.json"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else json.dumps(content).encode())


def test_a_language_comes_by_file_and_stands_in_the_preview(made, signed_in):
    manager = signed_in("manager")
    told = json.loads(manager.get(f"{ONE}words.json").content)
    told["title"] = "Cwestiwn ehangach"
    told["questions"]["plan"]["words"] = "I ba raddau ydych chi'n cytuno?"
    assert manager.post(f"{ONE}languages/", {"language": "cy", "file": upload(told)}).status_code == 302
    page = manager.get(f"{ONE}preview/?language=cy").content.decode()
    assert "Cwestiwn ehangach" in page and 'lang="cy"' in page
    assert manager.post(f"{ONE}questions/", {"do": "out", "question": "what-you-see"}).status_code == 302
    left = made.translations.get().words["questions"]
    assert "what-you-see" not in left and "plan" in left, "a question goes with its words in other languages"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe not words", "cannot be read as JSON or TOML"),
        ({"questions": []}, "another shape"),
        ({"questions": {"no-such": {"words": "?"}}}, "there is no question no-such"),
        ({"questions": {"put-first": {"options": ["one"]}}}, "has 6 answers. Give as many"),
        ({"questions": {"put-first": {"options": [1, 2]}}}, "are not all words"),
        (b"[" * 100_000, "cannot be read as JSON or TOML"),
        (b"x" * 300_001, "larger than"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_nothing_is_lost(made, signed_in, content, words):
    page = signed_in("manager").post(f"{ONE}languages/", {"language": "cy", "file": upload(content)})
    assert page.status_code == 422 and words in page.content.decode()
    assert not Consultation.objects.get(slug="wider").translations.exists()


def test_the_checker_says_what_the_law_and_the_principles_would(made, signed_in):
    page = signed_in("manager").get(ONE).content.decode()
    for said in (
        "The priorities were agreed in November 2018, before people are asked.",
        "Gunning 1: a formative stage",
        "It does not say what answers can still change.",
        "Not there to read: the draft plan;",
        "61 days, of which 45 are working days.",
        "No officer is named who is told at once",
        "No second person has read the words",
        "There is no easy-read version",
    ):
        assert said.replace("’", "’") in page, said


def test_a_second_person_checks_and_a_changed_word_ends_the_check(made, signed_in):
    manager, analyst = signed_in("manager"), signed_in("analyst")
    own = manager.post(ONE, {"do": "check"})
    assert own.status_code == 422 and "that you wrote" in own.content.decode()
    assert analyst.post(ONE, {"do": "check", "note": "Read whole."}).status_code == 302
    assert actions.is_checked(Consultation.objects.get(slug="wider"))
    manager.post(f"{ONE}words/", words())
    assert not actions.is_checked(Consultation.objects.get(slug="wider"))
    refused = manager.post(ONE, {"do": "open"})
    assert refused.status_code == 422 and "Ask a second person" in refused.content.decode()
    analyst.post(ONE, {"do": "check"})
    assert manager.post(ONE, {"do": "open"}).status_code == 302
    assert Opening.objects.filter(consultation__slug="wider").exists()
    assert manager.get(f"{ONE}words/").status_code == 404, "opened words no longer change"
    assert Client().get("/county-durham/consultations/wider/").status_code == 200


@pytest.fixture
def opened(made, signed_in):
    signed_in("manager").post(f"{ONE}words/", words())
    signed_in("analyst").post(ONE, {"do": "check"})
    signed_in("manager").post(ONE, {"do": "open"})
    return Consultation.objects.get(slug="wider")


def test_it_is_extended_with_a_reason_that_anyone_reads(opened, signed_in):
    manager = signed_in("manager")
    day = {"closes_on-day": "3", "closes_on-month": "4", "closes_on-year": "2020"}
    for wrong, said in (({"reason": ""}, "Write why it runs longer"), ({"closes_on-month": "2"}, "Choose a later day")):
        told = {"do": "extend", **day, "reason": "Snow.", "publicised": "On notices.", **wrong}
        page = manager.post(ONE, told)
        assert page.status_code == 422 and said in page.content.decode() and not Extension.objects.exists()
    assert manager.post(ONE, {"do": "extend", **day, "reason": "Snow.", "publicised": "On notices."}).status_code == 302
    public = Client().get("/county-durham/consultations/wider/").content.decode()
    assert "3 April 2020" in public and "Snow." in public


def test_it_is_counted_once_it_has_closed(opened, signed_in):
    with clock.at(clock.parse("2020-03-21T00:01:00")):
        early = signed_in("manager").post(ONE, {"do": "close"})
        assert early.status_code == 422 and "five minutes after" in early.content.decode()
    with clock.at(clock.parse("2020-03-21T09:00:00")):
        assert signed_in("manager").post(ONE, {"do": "close"}).status_code == 302
        assert "0 answers were counted" in signed_in("manager").get(ONE).content.decode()


@pytest.mark.parametrize("role", ["lead", "board", "scrutiny", "auditor", "partner-police"])
def test_others_look_and_change_nothing(made, signed_in, role):
    client, before = signed_in(role), AuditEvent.objects.count()
    assert client.get(ONE).status_code == 200
    for path, sent in ((DESK, {**BEGIN, "slug": "other"}), (f"{ONE}words/", words()), (ONE, {"do": "open"})):
        assert client.post(path, sent).status_code == 422
    assert AuditEvent.objects.count() == before


def test_scripts_in_its_words_do_nothing(made, signed_in):
    evil = "<script>alert(1)</script>{{7*7}}"
    signed_in("manager").post(f"{ONE}words/", words(title=evil, why=evil))
    for path in (DESK, ONE, f"{ONE}preview/", f"{ONE}words/"):
        page = signed_in("manager").get(path).content.decode()
        assert "<script>alert" not in page and ">49<" not in page


def test_the_draft_reads_back_as_it_was_written(made):
    told = reading.draft(made)
    again = actions.describe(consultation=made, described=told, by=made.planned_by)
    assert reading.draft(Consultation.objects.get(pk=again.pk)) == told
