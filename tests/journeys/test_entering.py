"""Answers that did not come by the site: a letter is brought in, typed beside the form, checked by another, and stays private."""

from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from csplan.cycle import clock
from csplan.records.models import AuditEvent, Consultation, EntryCheck, Letter, Response
from csplan.records.reading import understanding

DAY = "2020-01-20T15:42:10"
DESK = "/county-durham/desk/consultations/plan-2020-25/"
NASTY = "More lights <script>alert(1)</script> {{ 7*7 }}"


@pytest.fixture
def asked(tell):
    tell("2020-01-09")
    with clock.at(clock.parse(DAY)):
        yield Consultation.objects.get(slug="plan-2020-25")


def mail(words=NASTY, sent="Fri, 17 Jan 2020 23:30:00 +0000"):
    made = EmailMessage()
    made["From"], made["To"], made["Date"], made["Subject"] = "a@example.org", "b@example.org", sent, "The plan"
    made.set_content(words)
    return made.as_bytes()


def bring(client, content=None, name="the plan.eml"):
    return client.post(f"{DESK}letters/", {"do": "keep", "file": SimpleUploadedFile(name, content or mail())})


def typed(page, **said):
    """The form of a page, filled in."""
    key = page.content.decode().split('name="form_key" value="')[1].split('"')[0]
    day = {"received-day": "17", "received-month": "1", "received-year": "2020"}
    return {"do": "enter", "form_key": key, "source": "email", **day, "answer-what-to-change": "More lights", **said}


def test_an_email_is_kept_shown_beside_the_form_and_linked_to_its_answer(asked, signed_in):
    lead = signed_in("lead")
    sent = bring(lead)
    letter = Letter.objects.get()
    assert sent["Location"] == f"{DESK}answers/new/?letter={letter.pk}" and letter.kind == "eml"
    page = lead.get(sent["Location"])
    shown = page.content.decode()
    assert "More lights &lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in shown and "<script>alert(1)" not in shown
    assert 'value="email" checked' in shown and 'name="received-day" type="text" inputmode="numeric" value="17"' in shown
    form = typed(page, letter=str(letter.pk))
    taken = lead.post(f"{DESK}answers/new/", form)
    held = Response.objects.get()
    assert (held.letter, held.source, held.entered_by.username) == (letter, "email", "lead")
    assert held.received_on.isoformat() == "2020-01-17" and "Its receipt:" in taken.content.decode()
    again = lead.post(f"{DESK}answers/new/", form)
    assert "entered already" in again.content.decode() and Response.objects.count() == 1
    assert "no-store" in again["Cache-Control"]


def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_lost(asked, signed_in):
    lead = signed_in("lead")
    page = lead.get(f"{DESK}answers/new/")
    wrong = typed(page, **{"source": "", "received-day": "32"})
    shown = lead.post(f"{DESK}answers/new/", wrong)
    words = shown.content.decode()
    assert shown.status_code == 422 and "Say how the answer came" in words and "Write a day, a month" in words
    assert "More lights</textarea>" in words, "what was typed comes back"
    early = lead.post(f"{DESK}answers/new/", typed(page, **{"received-month": "11", "received-year": "2019"}))
    assert early.status_code == 422 and "An answer counts when it came from 17 December 2019" in early.content.decode()
    empty = lead.post(f"{DESK}answers/new/", typed(page, **{"answer-what-to-change": ""}))
    assert empty.status_code == 422 and not Response.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.pdf", b"%PDF-1.7", "is no e-mail"), ("a.eml", b"\x01", "is no e-mail"), ("", b"", "Choose a file")],
)
def test_a_file_that_is_no_letter_is_refused_in_words_and_not_kept(asked, signed_in, name, content, said):
    lead = signed_in("lead")
    answered = bring(lead, content, name) if name else lead.post(f"{DESK}letters/", {"do": "keep"})
    assert answered.status_code == 422 and said in answered.content.decode() and not Letter.objects.exists()


def test_the_same_file_is_kept_once(asked, signed_in):
    lead, content = signed_in("lead"), mail()
    bring(lead, content)
    again = bring(lead, content, "other name.eml")
    assert again.status_code == 422 and "held already" in again.content.decode() and Letter.objects.count() == 1


def test_a_letter_is_read_by_who_may_and_the_reading_is_recorded(asked, signed_in):
    lead = signed_in("lead")
    bring(lead)
    key = str(Letter.objects.get().pk)
    before = AuditEvent.objects.count()
    file = lead.post(f"{DESK}letters/", {"do": "file", "letter": key})
    assert file.content.startswith(b"From: a@example.org") and AuditEvent.objects.count() == before
    assert file["Content-Disposition"] == "attachment; filename*=UTF-8''the%20plan.eml"
    assert file["X-Content-Type-Options"] == "nosniff" and "sandbox" in file["Content-Security-Policy"]
    assert file["Content-Type"] == "application/octet-stream"

    analyst = signed_in("analyst")
    assert analyst.get(f"{DESK}answers/new/?letter={key}")["Location"] == f"{DESK}letters/"
    assert AuditEvent.objects.count() == before
    opened = analyst.post(f"{DESK}answers/new/", {"do": "open", "letter": key})
    assert "More lights" in opened.content.decode()
    read = AuditEvent.objects.order_by("-number").first()
    assert (read.action, read.by, read.detail["why"]) == ("answer.read", "analyst", "A letter")

    for name in ("performance", "equality", "board"):
        other = signed_in(name)
        assert "the plan.eml" not in other.get(f"{DESK}letters/").content.decode()
        assert other.post(f"{DESK}letters/", {"do": "file", "letter": key}).status_code in (403, 404)
    assert Client().post(f"{DESK}letters/", {"do": "file", "letter": key}).status_code == 302


def test_another_lead_reads_no_letter_that_is_not_theirs(asked, signed_in):
    bring(signed_in("analyst"))
    key = str(Letter.objects.get().pk)
    lead = signed_in("lead")
    assert "the plan.eml" not in lead.get(f"{DESK}letters/").content.decode()
    assert lead.post(f"{DESK}answers/new/", {"do": "open", "letter": key}).status_code == 404
    assert lead.post(f"{DESK}answers/new/", typed(lead.get(f"{DESK}answers/new/"), letter=key)).status_code == 404


def test_a_second_person_checks_it_beside_what_came(asked, signed_in):
    analyst, manager, lead = signed_in("analyst"), signed_in("manager"), signed_in("lead")
    bring(analyst)
    letter = str(Letter.objects.get().pk)
    analyst.post(f"{DESK}answers/new/", typed(analyst.get(f"{DESK}answers/new/?letter={letter}"), letter=letter))
    key = str(Response.objects.get().pk)
    assert understanding.account(asked)["unchecked"] == 1
    assert "You entered it" in analyst.get(f"{DESK}answers/check/").content.decode()
    assert "You entered it" not in manager.get(f"{DESK}answers/check/").content.decode()
    own = analyst.post(f"{DESK}answers/check/", {"do": "same", "answer": key})
    assert own.status_code == 422 and not EntryCheck.objects.exists()
    assert lead.post(f"{DESK}answers/check/", {"do": "open", "answer": key}).status_code in (400, 403)

    before = AuditEvent.objects.count()
    opened = manager.post(f"{DESK}answers/check/", {"do": "open", "answer": key}).content.decode()
    assert opened.count("More lights") == 2, "the letter and the answer stand beside each other"
    assert AuditEvent.objects.count() == before + 1
    manager.post(f"{DESK}answers/check/", {"do": "same", "answer": key})
    assert EntryCheck.objects.get().checked_by.username == "manager" and understanding.account(asked)["unchecked"] == 0


def test_what_was_entered_wrongly_is_set_aside_with_its_reason(asked, signed_in):
    lead, manager = signed_in("lead"), signed_in("manager")
    lead.post(f"{DESK}answers/new/", typed(lead.get(f"{DESK}answers/new/"), source="paper"))
    key = str(Response.objects.get().pk)
    before = AuditEvent.objects.count()
    bare = manager.post(f"{DESK}answers/check/", {"do": "differs", "answer": key})
    assert bare.status_code == 422 and "Write what differs" in bare.content.decode()
    assert AuditEvent.objects.count() == before + 1, "it is shown again, and that reading is recorded too"
    manager.post(f"{DESK}answers/check/", {"do": "differs", "answer": key, "reason": "Another box was ticked."})
    assert Response.objects.get().set_asides.get().reason == "Entered wrongly: Another box was ticked."
    assert "No answer waits" in manager.get(f"{DESK}answers/check/").content.decode()
