"""The ways in which an answer is written: all on one page, question by question, kept and gone on with, and on the draft itself."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from csplan.cycle import clock, plan_text
from csplan.records import plan_rows, receipts
from csplan.records.models import Consultation, EarlierConsultation, KeptAnswer, Response
from csplan.website import rate
from tests.journeys.asking import LIGHTS, PATROLS, YOUTH, ask_everything


def answers_held():
    """Answers but the invented ones of the example that has closed."""
    return Response.objects.exclude(consultation__slug="yearly-views")


pytestmark = pytest.mark.django_db
HUB = "/county-durham/consultations/"
U = f"{HUB}every-kind/"
#: Words that would run if a page took them for more than words.
NASTY = "<script>alert(1)</script> javascript:alert(1) {{7*7}} {% raw %}"
FULL = {
    "answer-plan": "Agree",
    "answer-safe": "No",
    "answer-why-not": NASTY,
    "answer-seen": ["Litter", "Fires"],
    "answer-order-place-1": "2",
    "answer-order-place-2": "1",
    "answer-where": "Teesdale",
}
KEPT = {
    "plan": "Agree",
    "safe": "No",
    "why-not": NASTY,
    "seen": ["Litter", "Fires"],
    "order": [PATROLS, LIGHTS],
    "where": "Teesdale",
}


@pytest.fixture
def asked(demonstration: Client) -> Consultation:
    return ask_everything()


@pytest.fixture
def resident(asked: Consultation) -> Client:
    return Client()


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def fields(page: str) -> dict[str, list[str]]:
    """What the first form of a page would send besides what is typed: its hidden fields."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def post(client: Client, to: str, sent: dict[str, Any], **headers: Any) -> Any:
    return client.post(f"{U}respond/{to}", {"form_key": receipts.new_form_key(), **sent}, **headers)


def test_every_kind_of_question_is_answered_on_one_page(resident: Client) -> None:
    page = words(resident.get(f"{U}respond/"))
    assert "If you answered “No” to “Do you feel safe where you live?” above:" in page
    assert all(f'name="{name}"' in page for name in FULL)
    answer = post(resident, "send/", FULL)
    assert answer.status_code == 200 and answers_held().get().answers == KEPT
    assert NASTY in words(answer) and b"<script>alert" not in answer.content and b"{{7*7}}" in answer.content


def test_a_follow_on_question_that_is_not_asked_is_not_kept(resident: Client) -> None:
    post(resident, "send/", {**FULL, "answer-safe": "Yes"})
    assert "why-not" not in answers_held().get().answers


def test_two_answers_in_one_place_are_refused_and_stand_as_they_were_chosen(resident: Client) -> None:
    answer = post(resident, "send/", {**FULL, "answer-order-place-2": "2", "answer-order-place-3": "1"})
    page = words(answer)
    assert answer.status_code == 422 and not answers_held().exists()
    assert '<a href="#answer-order">Give each place once.' in page and page.count('<option value="2" selected>') == 2
    assert re.search(r'value="Fires" checked', page) and NASTY in page


def test_question_by_question_without_cookies_or_scripts(resident: Client) -> None:
    page = words(resident.get(f"{U}respond/steps/"))
    assert "Question 1 of 6" in page and 'name="answer-plan"' in page and 'name="answer-safe"' not in page
    key = fields(page)["form_key"]
    for typed in (
        {"answer-plan": "Agree"},
        {"answer-safe": "No"},
        {"answer-why-not": NASTY},
        {"answer-seen": ["Litter", "Fires"]},
        {"answer-order-place-1": "2", "answer-order-place-2": "1"},
        {"answer-where": "Teesdale"},
        {},
    ):
        page = resident.post(f"{U}respond/steps/", {**fields(page), **typed, "do": "next"}).content.decode()
    assert "Check your answers before you send them" in page and not resident.cookies
    assert "Not answered" in page and "&lt;script&gt;" in page and "<script>alert" not in page
    assert fields(page)["form_key"] == key
    resident.post(f"{U}respond/send/", fields(page))
    assert answers_held().get().answers == KEPT


def test_a_question_that_follows_on_another_answer_is_passed_over(resident: Client) -> None:
    page = resident.post(f"{U}respond/steps/", {"page": "safe", "do": "next", "answer-safe": "Yes"}).content.decode()
    assert 'name="answer-seen"' in page and "Question 3 of 6" in page
    page = resident.post(f"{U}respond/steps/", {"page": "safe", "do": "next", "answer-safe": "No"}).content.decode()
    assert 'name="answer-why-not"' in page and "Question 3 of 7" in page
    back = resident.post(f"{U}respond/steps/", {**fields(page), "do": "back", "answer-why-not": "half a"}).content.decode()
    assert re.search(r'value="No" checked', back) and fields(back)["answer-why-not"] == ["half a"]


def test_a_step_with_a_mistake_stays_and_a_change_leads_back_to_the_answers(resident: Client) -> None:
    answer = resident.post(f"{U}respond/steps/", {"page": "plan", "do": "next", "answer-safe": "No"})
    page = answer.content.decode()
    assert answer.status_code == 422 and '<a href="#answer-plan">Choose an answer</a>' in page
    assert fields(page)["answer-safe"] == ["No"]
    page = resident.post(f"{U}respond/steps/", {**FULL, "do": "to-seen"}).content.decode()
    page = resident.post(f"{U}respond/steps/", {**fields(page), "answer-seen": "Graffiti", "do": "next"}).content.decode()
    assert "Check your answers" in page and fields(page)["answer-seen"] == ["Graffiti"]


def test_what_is_to_be_mended_is_told_on_the_page_of_answers(resident: Client) -> None:
    answer = post(resident, "send/", {"way": "steps"})
    assert answer.status_code == 422 and '<a href="#answer-plan">Choose an answer</a>' in words(answer)
    assert "Check your answers" in words(answer) and words(answer).count('id="answer-plan"') == 1


def keep(client: Client, sent: dict[str, Any]) -> tuple[str, Any]:
    answer = post(client, "keep/", sent)
    found = re.search(r'csp-private"><a href="http://testserver([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1], answer


def test_words_are_kept_behind_a_private_link_until_they_are_sent(resident: Client, asked: Consultation) -> None:
    link, answer = keep(resident, {**FULL, "answer-order-place-3": "2"})
    kept = KeptAnswer.objects.get()
    assert link.split("/")[-2] not in repr(kept.__dict__) and not answers_held().exists()
    page = Client().get(link)
    for one in (answer, page):
        assert "no-store" in one["Cache-Control"] and one["X-Robots-Tag"] == "noindex"
        assert one["Referrer-Policy"] == "strict-origin"
    held = words(page)
    assert NASTY in held and held.count('<option value="2" selected>') == 2, "a mistake is kept as it was typed too"
    assert fields(held)["form_key"] == [kept.words["form_key"]]
    again, _ = keep(resident, {**fields(held), **FULL})
    assert again == link and KeptAnswer.objects.count() == 1
    sent = resident.post(f"{U}respond/send/", {**fields(held), **FULL})
    assert sent.status_code == 200 and not KeptAnswer.objects.exists()
    assert resident.get(link).status_code == 404 and "Nothing is kept behind this link" in words(resident.get(link))
    repeated = resident.post(f"{U}respond/send/", {**fields(held), **FULL})
    assert "This form had been sent before" in words(repeated) and answers_held().count() == 1


def test_what_was_begun_question_by_question_goes_on_with_the_answers(resident: Client) -> None:
    link, _ = keep(resident, {**FULL, "way": "steps"})
    page = resident.get(link).content.decode()
    assert "Check your answers" in page and fields(page)["answer-order-place-2"] == ["1"]


@pytest.mark.parametrize("to", ["keep/", "steps/", "whole/", "draft/", "send/"])
def test_after_closing_every_page_gives_the_words_back(resident: Client, asked: Consultation, to: str) -> None:
    with clock.at(asked.closes_at + timedelta(minutes=1)):
        answer = post(resident, to, FULL)
        assert answer.status_code == 409 and NASTY in words(answer) and "the Community Safety Team" in words(answer)
        assert resident.get(f"{U}respond/steps/").status_code == 302


def test_more_words_than_can_be_kept_are_given_back(resident: Client) -> None:
    answer = post(resident, "keep/", {"answer-why-not": "x" * 210_000, "answer-safe": "No"})
    assert answer.status_code == 409 and "too many words to keep" in words(answer) and "x" * 210_000 in words(answer)
    assert not KeptAnswer.objects.exists()


def test_a_passage_of_the_draft_is_commented_on_and_travels_with_the_answer(resident: Client, asked: Consultation) -> None:
    draft = plan_text.clauses(plan_rows.document(asked.version))
    page = resident.post(f"{U}respond/draft/", {**FULL, "form_key": receipts.new_form_key(), "way": "steps", "do": "open"})
    for address in draft:
        assert f'data-clause="{address}"' in page.content.decode()
    vision = draft["vision"]["words"]
    typed = {"new-words-vision": NASTY, "new-quote-vision": vision[:20], "new-words-section-foreword": "Shorter", "do": "add"}
    page = resident.post(f"{U}respond/draft/", {**fields(page.content.decode()), **typed}).content.decode()
    assert "Check your answers" in page and "Foreword" in page and "<script>alert" not in page
    resident.post(f"{U}respond/send/", fields(page))
    kept = answers_held().get()
    assert kept.passages == [
        {"clause": "vision", "quote": vision[:20].strip(), "words": NASTY},
        {"clause": "section/foreword", "quote": "", "words": "Shorter"},
    ]
    assert kept.answers == KEPT


def test_words_that_the_draft_does_not_have_are_no_quotation(resident: Client) -> None:
    passage = {"passage-clause": "vision", "passage-quote": "We shall do nothing at all", "passage-words": "Why?"}
    post(resident, "send/", {**FULL, **passage})
    assert answers_held().get().passages == [{"clause": "vision", "quote": "", "words": "Why?"}]


def test_a_comment_on_what_is_not_in_the_draft_is_given_back(resident: Client) -> None:
    passage = {"passage-clause": "section/none", "passage-quote": "", "passage-words": "Why ever not?"}
    answer = post(resident, "send/", {**FULL, **passage})
    assert answer.status_code == 409 and "Why ever not?" in words(answer) and not answers_held().exists()


def test_a_comment_that_is_too_long_stays_where_it_was_written(resident: Client) -> None:
    answer = post(resident, "draft/", {"do": "add", "new-words-vision": "y" * 2001, "answer-plan": "Agree"})
    page = words(answer)
    assert answer.status_code == 422 and '<a href="#new-words-vision">Your words are 1 characters too long' in page
    assert "y" * 2001 in page and fields(page)["answer-plan"] == ["Agree"]


def test_a_copy_to_keep_is_made_of_what_was_sent(resident: Client) -> None:
    page = post(resident, "send/", FULL).content.decode()
    copy = resident.post(f"{U}respond/copy/", fields(page))
    assert copy["Content-Type"] == "text/plain; charset=utf-8" and "attachment" in copy["Content-Disposition"]
    code = re.search(r"csp-call__code\">([^<]+)<", page)
    assert code and f"Receipt: {code[1]}" in copy.content.decode() and NASTY in copy.content.decode()
    unsent = post(resident, "copy/", FULL)
    assert unsent.status_code == 400 and "no copy to keep" in words(unsent)


def test_answers_in_another_language_are_kept_in_the_words_of_the_first(resident: Client) -> None:
    page = words(resident.get(f"{U}respond/?language=cy"))
    assert "Ydych chi’n teimlo’n ddiogel?" in page and 'value="No"' in page and "Nac ydw" in page and 'lang="cy"' in page
    assert f'action="{U}respond/send/?language=cy"' in page
    sent = words(post(resident, "send/?language=cy", FULL))
    assert answers_held().get().answers["safe"] == "No" and "Nac ydw" in sent
    easy = words(resident.get(f"{U}?language=easy-read"))
    assert "We want to know what you think." in easy and 'lang="easy-read"' not in easy
    assert "Do you feel safe" in words(resident.get(f"{U}respond/?language=none"))


ELSEWHERE = {"HTTP_X_FORWARDED_FOR": "203.0.113.5"}


@pytest.mark.parametrize("extra", [{"website": "http://example.org"}, {"made": ""}])
def test_what_a_program_would_send_is_given_back_with_a_button(
    resident: Client, monkeypatch: pytest.MonkeyPatch, extra: dict[str, str]
) -> None:
    monkeypatch.setattr(rate, "LEAST_SECONDS", 0)
    monkeypatch.setattr(rate, "_counter", rate.Counter())
    sent = {**FULL, "made": rate.made_now(), **extra}
    answer = post(resident, "send/", sent, **ELSEWHERE)
    page = answer.content.decode()
    assert answer.status_code == 422 and not answers_held().exists() and "once more" in page
    assert resident.post(f"{U}respond/send/", fields(page), **ELSEWHERE).status_code == 200
    assert answers_held().get().answers == KEPT


def test_too_many_from_one_computer_are_given_back_with_the_office(resident: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "LEAST_SECONDS", 0)
    monkeypatch.setattr(rate, "_counter", rate.Counter())
    monkeypatch.setenv(rate.LIMIT, "2")
    sent = {**FULL, "made": rate.made_now()}
    first = {**sent, "form_key": receipts.new_form_key()}
    states = [post(resident, "send/", {**sent, **one}, **ELSEWHERE).status_code for one in (first, first, {})]
    assert states == [200, 200, 200], "a form that is sent twice is counted once"
    refused = post(resident, "send/", sent, **ELSEWHERE)
    assert refused.status_code == 429 and NASTY in words(refused) and "the Community Safety Team" in words(refused)
    assert fields(refused.content.decode())["answer-seen"] == ["Litter", "Fires"] and answers_held().count() == 2
    assert post(resident, "send/", first, **ELSEWHERE).status_code == 200, "one that is in gets its receipt all the same"
    monkeypatch.setenv(rate.LIMIT, "0")
    assert post(resident, "send/", sent, **ELSEWHERE).status_code == 200


def test_the_page_says_what_it_is_about_and_links_to_nothing_that_runs(resident: Client) -> None:
    page = words(resident.get(U))
    for said in (
        "Why you are asked",
        "The order of the priorities",
        "A hall was flooded.",
        "A notice on every page.",
        "The hall",
    ):
        assert said in page
    assert "The draft" in page and "A trap" not in page and "javascript:" not in page
    told = resident.get(f"{U[:-1]}.json").json()
    assert told["consultation"]["why"] and told["extensions"][0]["reason"] == "A hall was flooded."
    assert [t["language"] for t in told["languages"]] == ["cy", "easy-read"] and [d["title"] for d in told["documents"]] == [
        "The draft"
    ]
    assert [q["kind"] for q in told["questions"]][4] == "rank" and told["questions"][4]["choices"] == [LIGHTS, PATROLS, YOUTH]


def test_the_hub_groups_what_is_open_and_what_is_decided_and_shows_earlier_results(resident: Client, asked: Consultation) -> None:
    EarlierConsultation.objects.update_or_create(
        partnership=asked.partnership,
        slug="asked-before",
        defaults={
            "title": "Asked before",
            "received": 55,
            "figures": [{"words": "Agreed", "low": 76, "high": 76, "unit": "percent"}],
            "source": "A published report",
            "source_url": "https://example.org/report",
            "recorded_at": clock.now(),
            "recorded_by": asked.planned_by,
        },
    )
    page = words(resident.get(HUB))
    order = [
        "Open for answers",
        "Example of every kind",
        "Decided",
        "Draft Safe Durham Partnership Plan",
        "Earlier results",
        "76%",
    ]
    assert [page.index(said) for said in order] == sorted(page.index(said) for said in order)
    on_the_day = words(resident.get(f"{HUB}?as_at=2020-02-20"))
    assert "Closed, not decided yet" in on_the_day and ">Decided<" not in on_the_day
