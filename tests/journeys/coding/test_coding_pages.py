"""The pages of the desk on which answers are understood."""

import re

from csplan.cycle import clock
from csplan.records import receipts
from csplan.records.actions import answer, theme
from csplan.records.actions import plan as plans
from csplan.records.models import Coding, Comment, Consultation, Masking

HOME = "/county-durham/desk/consultations/plan-2020-25/"


def text(response):
    return " ".join(response.content.decode().split())


def field(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1]


def test_an_officer_codes_one_comment_after_the_other(coders, signed_in):
    client = signed_in("lead")
    page = client.get(HOME + "coding/")
    assert "Three comments wait for you to code" in text(page)
    assert "One comment cannot be coded yet" in text(page) and f'href="{HOME}masking/"' in text(page)
    assert "Example Road" not in text(page) and coders.said[3] not in text(page)
    sent = {"do": "code", "answer": field(page, "answer"), "part": field(page, "part")}
    refused = client.post(HOME + "coding/", {**sent, "clause": "priority/1"})
    assert refused.status_code == 422 and "Tick each theme that the comment speaks of" in text(refused)
    assert 'value="priority/1" selected' in text(refused)
    both = client.post(HOME + "coding/", {**sent, "themes": ["T1", "none"], "clause": ""})
    assert both.status_code == 422 and "and not both" in text(both)
    kept = client.post(HOME + "coding/", {**sent, "themes": ["T1"], "clause": ""}, follow=True)
    assert "Kept. Here is the next one." in text(kept) and "autofocus" in text(kept)
    assert Coding.objects.get().themes == ["T1"]
    twice_sent = client.post(HOME + "coding/", {**sent, "themes": ["T2"], "clause": ""})
    assert twice_sent.status_code == 422 and "a coding never changes" in text(twice_sent)


def test_a_suggestion_says_that_it_is_one_and_is_not_ticked(asked, signed_in):
    shown = [text(signed_in("lead").get(f"{HOME}coding/?skip={n}")) for n in range(3)]
    bus = next(page for page in shown if "More buses after ten" in page)
    assert "Suggested, from words alone: buses" in bus and " checked" not in bus


def test_roles_that_do_not_code_read_no_answers(person, signed_in, coders):
    coders.code(coders.said[0], ["T1"], person("lead"))
    for name in ("scrutiny", "board", "auditor", "administrator"):
        for page in ("coding/", "coding/agreement/", "coding/comment/", "themes/", "themes/T1/", "consider/"):
            shown = signed_in(name).get(HOME + page)
            assert shown.status_code == 200
            assert all(words not in text(shown) for words in (*coders.said[1:], "The street lights on [place]")), (name, page)


def test_disagreements_are_settled_one_by_one(person, signed_in, coders):
    for words, first, second in zip(coders.said[:3], (["T1"], ["T2"], ["T1"]), (["T1"], [], ["T2"]), strict=True):
        coders.code(words, first, person("lead"))
        coders.code(words, second, person("analyst"))
    client = signed_in("manager")
    page = client.get(HOME + "coding/agreement/")
    assert "Two comments wait to be settled" in text(page) and "95% range" in text(page)
    assert "All themes together" in text(page) and "beyond chance" in text(page)
    sent = {"do": "settle", "answer": field(page, "answer"), "part": field(page, "part")}
    assert client.post(HOME + "coding/agreement/", {**sent, "clause": ""}).status_code == 422
    settled = client.post(HOME + "coding/agreement/", {**sent, "themes": ["T2"], "clause": ""}, follow=True)
    assert "Settled." in text(settled) and "One comment waits to be settled" in text(settled)
    assert "A manager or an analyst settles" in text(signed_in("lead").get(HOME + "coding/agreement/"))


def test_a_theme_is_named_and_decided_with_the_passages_before_and_after(revised, signed_in):
    client = signed_in("manager")
    empty = client.post(HOME + "themes/", {"title": "", "words": "Kept words", "clause": "priority/1"})
    assert empty.status_code == 422 and "Kept words" in text(empty)
    named = client.post(HOME + "themes/", {"title": "Schools", "words": "Cars speed past.", "clause": "priority/1"}, follow=True)
    assert "Named: T3, Schools." in text(named)
    sent = {"do": "decide", "disposition": "accepted", "reason": "", "changes-2": ["vision"]}
    refused = client.post(HOME + "themes/T3/", sent)
    assert refused.status_code == 422 and "Write why" in text(refused) and 'value="vision" checked' in text(refused)
    shown = client.post(HOME + "themes/T3/", {**sent, "reason": "The vision says after dark."}, follow=True)
    assert "Decided: T3." in text(shown) and "The vision, before and after" in text(shown)
    assert "<del>" in text(shown) and "<ins>" in text(shown) and "dark" in text(shown).split("before and after")[1]
    wrong = client.post(HOME + "themes/T3/", {**sent, "reason": "Why.", "disposition": "noted"})
    assert wrong.status_code == 422 and "changes no clause" in text(wrong)


def test_a_coded_comment_is_entered_on_the_plan_from_its_page(asked, person, signed_in, coders):
    coders.code(coders.said[0], ["T1"], person("manager"), clause="priority/1")
    client = signed_in("manager")
    link = re.search(r'href="([^"]+coding/comment/\?answer=[^"]+)"', client.get(HOME + "coding/").content.decode())[1]
    page = client.get(link.replace("&amp;", "&"))
    assert "did not agree to be quoted" in text(page) and 'value="priority/1" selected' in text(page)
    sent = {"answer": field(page, "answer"), "part": field(page, "part"), "clause": "priority/1"}
    refused = client.post(HOME + "coding/comment/", {**sent, "words": "the street lights on [place] have been out"})
    assert refused.status_code == 422 and "Say it in your own words" in text(refused)
    done = client.post(HOME + "coding/comment/", {**sent, "words": "Lights are out on a road"}, follow=True)
    assert "Entered: comment C" in text(done)
    made = Comment.objects.get(response__isnull=False)
    assert (made.came_by, made.came_with, made.clause) == ("consultation", asked.slug, "priority/1")


def test_the_report_page_adds_up_leads_on_and_approves(revised, person, signed_in, coders):
    client = signed_in("manager")
    page = text(client.get(HOME + "consider/"))
    assert "One comment waits for masking" in page and f'href="{HOME}coding/">Four answers are not coded yet' in page
    assert "<textarea" not in page
    coders.account_for_all()
    coders.decide("T1", changes=["vision"], changed_in=revised)
    plans.freeze(version=revised, by=person("manager"))
    answer.set_aside(response=coders.of(coders.said[3]), kind="withdrawn", reason="Asked for by letter.", by=person("manager"))
    page = text(client.get(HOME + "consider/"))
    assert "Every answer is accounted for" in page
    assert "Two comments spoke of this" in page and "One passage of the plan changed for it." in page
    assert client.post(HOME + "consider/", {"summary": ""}).status_code == 422
    done = client.post(HOME + "consider/", {"summary": "We read all of it."}, follow=True)
    assert "The consideration report is approved" in text(done)
    assert "its themes no longer change" in text(client.get(HOME + "themes/"))


def test_pages_of_a_day_before_refuse_in_words(asked, signed_in):
    client = signed_in("manager")
    for page in ("coding/", "themes/", "coding/agreement/", "consider/"):
        shown = client.get(f"{HOME}{page}?as_at=2020-02-10")
        assert shown.status_code == 200 and "<form action" not in shown.content.decode().split("<main")[1]


def test_the_account_is_that_of_the_day_read(coders, signed_in):
    coders.account_for_all()
    coders.decide("T1", "noted", "Passed on.")
    client = signed_in("manager")
    assert client.post(HOME + "consider/", {"summary": "We read all of it."}).status_code == 302
    before, now = (text(client.get(f"{HOME}consider/{day}")) for day in ("?as_at=2020-02-16", ""))
    assert '<th scope="row">Not coded yet</th><td class="n">4</td>' in before and "consideration report is approved" not in before
    assert '<th scope="row">Not coded yet</th><td class="n">0</td>' in now and "consideration report is approved" in now


def waits(client):
    shown = client.get("/county-durham/desk/").content.decode()
    mine = {"coding/", "coding/agreement/", "themes/", "consider/"}
    return set(re.findall(rf'href="{HOME}([a-z/]+)"', shown)) & mine


def test_what_waits_stands_on_the_first_page_of_the_desk(coders, person, signed_in):
    assert waits(signed_in("lead")) == {"coding/"}
    assert waits(signed_in("manager")) == {"coding/", "themes/"}
    coders.code(coders.said[0], ["T1"], person("lead"))
    coders.code(coders.said[0], ["T2"], person("analyst"))
    assert waits(signed_in("manager")) == {"coding/", "coding/agreement/", "themes/"}
    assert waits(signed_in("scrutiny")) == set()


def test_the_report_waits_once_every_answer_is_accounted_for(coders, signed_in):
    coders.account_for_all()
    coders.decide("T1", "noted", "Passed on.")
    assert waits(signed_in("manager")) == {"consider/"}


def test_what_is_said_of_a_passage_is_coded_with_the_passage_in_view(told, db, person, signed_in):
    held = Consultation.objects.get(slug="plan-2020-25")
    passage = {"clause": "priority/1", "quote": "being safe and feeling safe", "words": "Say how you will know."}
    with clock.at(clock.parse("2020-01-20T15:42:10")):
        answer.respond(consultation=held, answers={}, passages=[passage], form_key=receipts.new_form_key())
        masked = {"part": "passage-1", "words": passage["words"], "confirmed_at": clock.now()}
        Masking.objects.create(response=held.responses.get(), confirmed_by=person("manager"), **masked)
        theme.name(consultation=held, title="Measuring", by=person("manager"))
        page = signed_in("lead").get(HOME + "coding/")
        assert "Said of a passage of the draft, Priority 1" in text(page) and passage["quote"] in text(page)
        assert 'value="priority/1" selected' in text(page) and "in the very same words" not in text(page)
        sent = {"do": "code", "answer": field(page, "answer"), "part": "passage-1", "themes": ["T1"], "clause": "priority/1"}
        signed_in("lead").post(HOME + "coding/", sent)
    assert Coding.objects.get().clause == "priority/1"
