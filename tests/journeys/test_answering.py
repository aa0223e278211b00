"""A resident answers: a receipt once the answer is kept, one answer for one form, and refusals that give the words back."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from csplan.cycle import clock
from csplan.records import audit, receipts
from csplan.records.models import AuditEvent, Consultation, Response


def answers_held():
    """Answers but the invented ones of the example that has closed."""
    return Response.objects.exclude(consultation__slug="yearly-views")


pytestmark = pytest.mark.django_db

HUB = "/county-durham/consultations/"
ASKED, CLOSED = f"{HUB}example-refresh/", f"{HUB}plan-2020-25/"
WORDS = "The footpath behind the shops has had no lighting since the summer"
CODE = re.compile(r"csp-call__code\">([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})<")


@pytest.fixture
def resident(demonstration: Client) -> Client:
    """A browser that has never been here."""
    return Client()


def form_key(resident: Client) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', read(resident, f"{ASKED}respond/"))
    assert found
    return found[1]


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.content.decode())


def send(client: Client, key: str, **answers: str) -> tuple[int, str]:
    """Send the form: question refs with `_` for `-`; gives the status and the page."""
    fields = {f"answer-{ref.replace('_', '-')}": words for ref, words in answers.items()}
    answer = client.post(f"{ASKED}respond/", {"form_key": key, **fields})
    return answer.status_code, html.unescape(answer.content.decode())


def test_a_resident_answers_and_is_given_a_receipt(resident: Client) -> None:
    status, page = send(resident, form_key(resident), plan="Agree", what_you_see=WORDS)
    code = CODE.search(page)
    assert (status, bool(code)) == (200, True)
    assert "Your answer is in" in page and WORDS in page
    kept = answers_held().get()
    assert kept.answers == {"plan": "Agree", "what-you-see": WORDS} and kept.source == "web"
    assert code and kept.receipt_sha256 == receipts.fingerprint(code[1])
    assert AuditEvent.objects.order_by("-number")[0].action == "consultation.respond" and audit.verify() == []
    told = resident.get(f"{ASKED[:-1]}.json").json()
    assert told["responses"] == {"received": 1, "web": 1, "paper": 0, "email": 0, "meeting": 0, "briefing": 0}


def test_answering_sets_no_cookie_and_the_receipt_is_kept_by_no_browser(resident: Client) -> None:
    form = resident.get(f"{ASKED}respond/")
    sent = resident.post(f"{ASKED}respond/", {"form_key": receipts.new_form_key(), "answer-plan": "Agree"})
    assert not resident.cookies
    assert "Set-Cookie" not in form.headers and "Set-Cookie" not in sent.headers
    assert form["Cache-Control"] == "private, no-cache"  # the browser may go back to it: the same form, the same key
    assert "no-store" in sent["Cache-Control"]


def test_a_browser_without_cookies_is_not_refused(demonstration: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, receipts.new_form_key(), plan="Agree")[0] == 200


def test_the_same_form_sent_twice_is_one_answer_with_one_receipt(resident: Client) -> None:
    key = form_key(resident)
    first, again = (send(resident, key, plan="Agree", what_to_change=words) for words in ("First words", "Second words"))
    assert [CODE.search(page)[1] for _, page in (first, again)] == [CODE.search(first[1])[1]] * 2  # type: ignore[index]
    assert "This form had been sent before" in again[1] and "Second words" not in again[1]
    assert answers_held().get().answers["what-to-change"] == "First words"


def test_every_form_has_a_key_of_its_own(resident: Client) -> None:
    assert form_key(resident) != form_key(resident)


def test_no_receipt_is_shown_when_the_answer_could_not_be_kept(resident: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Response, "save", full)
    resident.raise_request_exception = False
    status, page = send(resident, form_key(resident), plan="Agree")
    assert status == 500 and not CODE.search(page)
    assert "it was kept only if you saw a receipt" in page
    assert not answers_held().exists()


def test_an_answer_counts_until_the_last_second_of_the_closing_day(resident: Client) -> None:
    closes = Consultation.objects.get(slug="example-refresh").closes_at
    key, late = form_key(resident), form_key(resident)
    with clock.at(closes - timedelta(seconds=1)):
        assert send(resident, key, plan="Agree")[0] == 200
    with clock.at(closes):
        status, page = send(resident, late, plan="Disagree", what_to_change=WORDS)
    assert status == 409 and not CODE.search(page)
    assert "This consultation closed at the end of Monday 4 January 2027, so your answer was not taken." in page
    assert WORDS in page and "How far do you agree with the draft plan as a whole?" in page
    assert "the Community Safety Team, Durham County Council" in page
    assert answers_held().count() == 1


def test_the_receipt_of_a_form_that_was_in_time_is_shown_again_after_closing(resident: Client) -> None:
    key = form_key(resident)
    _, first = send(resident, key, plan="Agree")
    with clock.at(Consultation.objects.get(slug="example-refresh").closes_at + timedelta(days=1)):
        status, page = send(resident, key, plan="Agree")
    assert status == 200 and CODE.findall(page) == CODE.findall(first)


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({}, "answer-safe-after-dark", "Answer at least one question before you send"),
        # About oneself alone is no answer to what is asked.
        ({"connection": "None of these"}, "answer-safe-after-dark", "Answer at least one question before you send"),
        ({"plan": "Perhaps"}, "answer-plan", "Choose one of the answers shown"),
        ({"what_to_change": "x" * 2109}, "answer-what-to-change", "Your words are 109 characters too long. Cut them to 2,000"),
    ],
)
def test_a_problem_is_told_first_and_beside_its_field(
    resident: Client, answers: dict[str, str], field: str, sentence: str
) -> None:
    key = form_key(resident)
    status, page = send(resident, key, **answers)
    assert status == 422 and "<title>Error: " in page
    assert f'<a href="#{field}">{sentence}</a>' in page
    assert page.count(f'id="{field}"') == 1 and page.count(f'id="{field}-error"') == 1
    assert f'name="form_key" value="{key}"' in page, "the form mended is the form that counts"
    assert not answers_held().exists()


def test_words_written_are_still_there_when_something_is_to_be_mended(resident: Client) -> None:
    _, page = send(resident, form_key(resident), plan="Agree", what_you_see=WORDS, what_to_change="x" * 2001)
    assert WORDS in page and re.search(r'value="Agree" checked', page)


def test_a_form_without_its_key_gives_the_words_back(resident: Client) -> None:
    status, page = send(resident, "", what_you_see=WORDS)
    assert status == 409 and "This form has lost its key" in page and WORDS in page


@pytest.mark.parametrize(
    ("origin", "status"), [("http://testserver", 200), ("https://testserver", 200), ("https://evil.example", 409), ("null", 409)]
)
def test_a_form_sent_from_another_site_is_not_taken(resident: Client, origin: str, status: int) -> None:
    fields = {"form_key": receipts.new_form_key(), "answer-plan": "Agree"}
    answer = resident.post(f"{ASKED}respond/", fields, headers={"Origin": origin})
    assert answer.status_code == status
    assert answers_held().exists() is (status == 200)


def test_words_of_a_resident_are_shown_as_words_only(resident: Client) -> None:
    answer = resident.post(
        f"{ASKED}respond/", {"form_key": receipts.new_form_key(), "answer-what-you-see": "<script>alert(1)</script>"}
    )
    assert b"<script>alert" not in answer.content and b"&lt;script&gt;alert(1)" in answer.content


def test_a_closed_form_leads_to_what_was_asked(resident: Client) -> None:
    assert resident.get(f"{CLOSED}respond/")["Location"] == CLOSED
    assert "Closed at the end of Friday 14 February 2020." in read(resident, CLOSED)


def test_on_an_earlier_day_the_form_is_read_and_not_sent(resident: Client) -> None:
    page = read(resident, f"{CLOSED}?as_at=2020-01-09")
    assert "make demo DAY=2020-01-09" in page and "respond/" not in page
    assert resident.get(f"{CLOSED}respond/?as_at=2020-01-09")["Location"] == f"{CLOSED}?as_at=2020-01-09"
    answer = resident.post(f"{CLOSED}respond/?as_at=2020-01-09", {"form_key": receipts.new_form_key(), "answer-plan": "Agree"})
    assert answer.status_code == 400 and not answers_held().exists()


@pytest.mark.parametrize("spelt", [str, str.lower, lambda code: code.replace("-", " ")])
def test_a_receipt_shows_that_the_answer_is_in(resident: Client, spelt: Any) -> None:
    _, page = send(resident, form_key(resident), plan="Agree")
    code = CODE.search(page)
    assert code
    checked = resident.post(f"{ASKED}receipt/", {"code": spelt(code[1])})
    assert checked.status_code == 200 and b"Your answer is held, once and whole." in checked.content


@pytest.mark.parametrize(("code", "sentence"), [("", "Write the code of your receipt"), ("AAAA-AAAA", "Check the letters")])
def test_a_receipt_that_is_not_held_says_what_to_do(resident: Client, code: str, sentence: str) -> None:
    checked = resident.post(f"{ASKED}receipt/", {"code": code})
    page = checked.content.decode()
    assert checked.status_code == 422 and page.count(sentence) == 2 and '<a href="#code">' in page


def test_a_consultation_as_data(resident: Client) -> None:
    told = resident.get(f"{CLOSED[:-1]}.json").json()
    assert {"slug", "title", "state", "opens_at", "closes_at", "plan_version_sha256"} <= told["consultation"].keys()
    assert told["consultation"]["state"] == "closed" and len(told["root_sha256"]) == 64
    asked_about = resident.get("/county-durham/plans/2020-25/versions/1.json").json()["plan"]["sha256"]
    assert told["consultation"]["plan_version_sha256"] == asked_about
    assert resident.get(f"{ASKED[:-1]}.json").json()["root_sha256"] is None


def test_what_was_said_is_told_once_it_has_closed(resident: Client) -> None:
    assert "What people said is shown once the consultation has closed." in read(resident, f"{ASKED}results/")
    page = read(resident, f"{CLOSED}results/")
    assert "No answers are held here." in page and "Report on the answers, approved on 24 February 2020." in page
    assert "24 February" not in read(resident, f"{CLOSED}results/?as_at=2020-02-14")
    closed = read(resident, CLOSED)
    assert "No answers are held here." in closed and "No answers received" not in closed
    assert "The invitation, while it was open" in closed and "The invitation, while it was open" not in read(resident, ASKED)


def test_each_day_lists_what_had_opened_by_then(resident: Client) -> None:
    assert "Nothing had been opened by this day." in read(resident, f"{HUB}?as_at=2019-12-16")
    assert "One consultation is open for answers" in read(resident, f"{HUB}?as_at=2020-02-14")
    assert "Example refresh" not in read(resident, f"{HUB}?as_at=2020-03-09")
    today = read(resident, HUB)
    assert today.index("Example refresh") < today.index("Draft Safe Durham Partnership Plan 2020-25")
