"""Two people write one clause, a session ends, a browser is closed: nobody’s words are lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from csplan.records.models import AuditEvent, Edit, UnsentWords

pytestmark = pytest.mark.django_db

Desk = Any  # the fixture of conftest.py
PLANS = "/county-durham/desk/plans/"
DRAFT = f"{PLANS}2021-25/1/"
FIGURE = "recorded-burglary.rate/E06000047/2025"
NONE = "recorded-burglry.rate/E06000047/2025"


# ---- two people, one clause ---------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), [("manager", "lead"), ("lead", "manager")])
def test_two_people_on_one_clause_lose_nothing_in_either_order(desk: Desk, first: str, second: str) -> None:
    one, other = desk.at(first), desk.at(second)
    forms = [desk.opened(c, "section/foreword") | {"words": f"Words of {n}"} for c, n in ((one, first), (other, second))]
    for form in forms:
        form["title"] = "Foreword"
    desk.post(one, "section/foreword", forms[0])
    answer = other.post(desk.edit("section/foreword"), {"do": "save", **forms[1]})
    # new to both: the form has no reference to choose, so the two texts meet and either may stand
    met = html.unescape(answer.content.decode())
    assert answer.status_code == 409 and f"Words of {first}" in met and desk.fields_of(met)["words"] == f"Words of {second}"
    desk.post(other, "section/foreword", desk.fields_of(met) | {"do": "merge", "take-words": "both"})
    assert desk.clause("section/foreword")["words"] == f"Words of {first}\n\nWords of {second}"

    begun = [desk.opened(c, "section/foreword") for c in (one, other)]
    desk.post(one, "section/foreword", begun[0] | {"words": f"Second words of {first}"})
    page = desk.post(other, "section/foreword", begun[1] | {"words": f"Second words of {second}"}, 409)
    assert f"Second words of {first}" in page and f"Second words of {second}" in page and "<ins>" in page and "<del>" in page
    assert UnsentWords.objects.get(user__username=second).values["words"] == f"Second words of {second}"
    met = other.post(desk.edit("section/foreword"), {"do": "save", **begun[1], "words": f"Second words of {second}"})
    form = desk.fields_of(met.content.decode())
    put = desk.post(other, "section/foreword", {**form, "do": "merge", "take-words": "both"})
    assert "Saved: Foreword." in put
    assert desk.clause("section/foreword")["words"] == f"Second words of {first}\n\nSecond words of {second}"
    assert not UnsentWords.objects.exists()
    said = [e.after["words"] for e in Edit.objects.filter(version=desk.draft(), clause="section/foreword")]
    assert said[:3] == [f"Words of {first}", f"Words of {first}\n\nWords of {second}", f"Second words of {first}"]


#: what the first changes, what the second changes, which words are chosen unless said, what stands at the end
MEETINGS = [
    # different fields: each keeps its own change without a choice
    ({"lead": "Police"}, {"resource": "A van"}, {}, {"lead": "Police", "resource": "A van"}),
    # the same field: a person decides
    ({"lead": "Police"}, {"lead": "Fire"}, {"take-lead": "yours"}, {"lead": "Fire"}),
    ({"lead": "Police"}, {"lead": "Fire"}, {"take-lead": "theirs"}, {"lead": "Police"}),
    ({"contributors": "Police\nHealth"}, {"contributors": "Fire\nHealth"}, {"take-contributors": "both"},
     {"contributors": ["Police", "Health", "Fire"]}),
    ({"mechanism": "Theirs"}, {"mechanism": "Mine"}, {"take-mechanism": "both"}, {"mechanism": "Theirs\n\nMine"}),
    # the merged words may be written anew
    ({"lead": "Police"}, {"lead": "Fire"}, {"take-lead": "yours", "lead": "Police and fire"}, {"lead": "Police and fire"}),
]  # fmt: skip


@pytest.mark.parametrize(("theirs", "mine", "chosen", "end"), MEETINGS)
def test_two_texts_are_put_together_field_by_field(desk, theirs, mine, chosen, end) -> None:
    one, other = desk.at("manager"), desk.at("lead")
    begun = [desk.opened(c, "deliverable/1.2.1") for c in (one, other)]
    desk.post(one, "deliverable/1.2.1", begun[0] | theirs)
    met = other.post(desk.edit("deliverable/1.2.1"), {"do": "save", **begun[1], **mine})
    assert met.status_code == 409
    desk.post(other, "deliverable/1.2.1", desk.fields_of(met.content.decode()) | {"do": "merge"} | chosen)
    held = desk.clause("deliverable/1.2.1")
    assert {name: held[name] for name in end} == end


def test_a_choice_that_is_not_made_is_asked_for_at_its_field(desk: Desk) -> None:
    one, other = desk.at("manager"), desk.at("lead")
    begun = [desk.opened(c, "deliverable/1.2.1") for c in (one, other)]
    desk.post(one, "deliverable/1.2.1", begun[0] | {"lead": "Police"})
    met = other.post(desk.edit("deliverable/1.2.1"), {"do": "save", **begun[1], "lead": "Fire"})
    page = desk.post(other, "deliverable/1.2.1", desk.fields_of(met.content.decode()) | {"do": "merge"}, 422)
    assert 'id="take-lead-error"' in page and "Choose which words stand for: Who answers for it" in page and "Fire" in page
    assert desk.clause("deliverable/1.2.1")["lead"] == "Police"


def test_changed_once_more_while_putting_together_they_meet_again(desk: Desk) -> None:
    one, other = desk.at("manager"), desk.at("lead")
    begun = [desk.opened(c, "vision") for c in (one, other)]
    desk.post(one, "vision", begun[0] | {"words": "First"})
    met = other.post(desk.edit("vision"), {"do": "save", **begun[1], "words": "Mine"})
    desk.post(one, "vision", desk.opened(one, "vision") | {"words": "Third"})
    page = desk.post(other, "vision", desk.fields_of(met.content.decode()) | {"do": "merge", "take-words": "yours"}, 409)
    assert "Third" in page and "Mine" in page and desk.clause("vision")["words"] == "Third"


def test_taken_out_while_someone_writes_it_may_be_put_back(desk: Desk) -> None:
    one, other = desk.at("manager"), desk.at("lead")
    begun = desk.opened(other, "deliverable/1.2.1")
    one.post(
        f"{DRAFT}take-out/?clause=deliverable/1.2.1",
        desk.fields_of(one.get(f"{DRAFT}take-out/?clause=deliverable/1.2.1").content.decode()),
    )
    answer = other.post(desk.edit("deliverable/1.2.1"), {"do": "save", **begun, "lead": "Fire"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "took this out while you were writing" in page and "Fire" in page
    form = re.findall(r"<form.*?</form>", page[page.index("<main") :], re.S)[0]
    fields = {n: html.unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)}
    desk.post(other, "deliverable/1.2.1", fields)
    assert desk.clause("deliverable/1.2.1")["lead"] == "Fire"


def test_taking_out_what_was_changed_meanwhile_is_asked_once_more(desk: Desk) -> None:
    one, other = desk.at("manager"), desk.at("lead")
    going = desk.fields_of(one.get(f"{DRAFT}take-out/?clause=deliverable/1.2.1").content.decode())
    desk.post(other, "deliverable/1.2.1", desk.opened(other, "deliverable/1.2.1") | {"lead": "Fire"})
    answer = one.post(f"{DRAFT}take-out/?clause=deliverable/1.2.1", going)
    assert answer.status_code == 409 and "Work area lead changed it while you were looking" in answer.content.decode()
    assert desk.clause("deliverable/1.2.1")["lead"] == "Fire"


def test_a_priority_with_work_areas_is_not_taken_out(desk: Desk) -> None:
    client = desk.at("manager")
    going = desk.fields_of(client.get(f"{DRAFT}take-out/?clause=priority/1").content.decode())
    answer = client.post(f"{DRAFT}take-out/?clause=priority/1", going)
    assert answer.status_code == 422 and "still has work areas or deliverables" in answer.content.decode()


# ---- words that are kept and not sent ------------------------------------------------------------------


def test_kept_words_are_the_writers_alone_and_are_offered_beside_the_plans(desk: Desk) -> None:
    client, other = desk.at("lead"), desk.at("manager")
    events = AuditEvent.objects.count()
    page = desk.post(client, "vision", desk.opened(client, "vision") | {"words": "Half a thought", "do": "keep"})
    assert "not sent" in page and "Half a thought" in page
    assert desk.clause("vision")["words"] != "Half a thought" and AuditEvent.objects.count() == events
    page = desk.read(client, desk.edit("vision"))
    assert "You kept words here" in page and "Half a thought" in page and "Durham is a county where" in page
    assert desk.fields_of(client.get(desk.edit("vision")).content.decode())["words"].startswith("Durham is a county where")
    assert desk.fields_of(client.get(f"{desk.edit('vision')}&kept=1").content.decode())["words"] == "Half a thought"
    assert "Half a thought" not in desk.read(other, desk.edit("vision")) + desk.read(other, DRAFT)
    assert "Your words, kept and not sent" in desk.read(client, DRAFT)


def test_kept_words_are_forgotten_when_asked_and_when_saved(desk: Desk) -> None:
    client = desk.at("lead")
    for last in ({"do": "discard"}, {"do": "save"}):
        form = desk.opened(client, "vision") | {"words": "Half a thought"}
        desk.post(client, "vision", form | {"do": "keep"})
        desk.post(client, "vision", form | last)
        assert not UnsentWords.objects.exists()
    assert desk.clause("vision")["words"] == "Half a thought"


def test_kept_words_begun_before_anothers_change_meet_it(desk: Desk) -> None:
    client, other = desk.at("lead"), desk.at("manager")
    desk.post(client, "vision", desk.opened(client, "vision") | {"words": "Half a thought", "do": "keep"})
    desk.post(other, "vision", desk.opened(other, "vision") | {"words": "A whole one"})
    form = client.get(f"{desk.edit('vision')}&kept=1").content.decode()
    assert "Community safety manager has changed this since you began" in form
    page = desk.post(client, "vision", desk.fields_of(form), 409)
    assert "A whole one" in page and "Half a thought" in page


def test_the_script_keeps_words_and_is_answered_in_a_sentence(desk: Desk) -> None:
    client = desk.at("lead")
    form = desk.opened(client, "vision") | {"words": "Typing"}
    answer = client.post(f"{DRAFT}keep/?clause=vision", form)
    assert re.fullmatch(r"Kept at \d\d:\d\d, not sent", answer.json()["words"])
    assert UnsentWords.objects.get().values["words"] == "Typing"
    missing = client.post(f"{DRAFT}keep/?clause=risk/R1", {"ref": "", "title": "Typing", "began_from": "new"})
    assert missing.status_code == 422 and "reference is missing" in missing.json()["words"]


def test_unfinished_words_may_be_wrong(desk: Desk) -> None:
    client = desk.at("lead")
    page = desk.post(client, "deliverable/1.2.1", desk.opened(client, "deliverable/1.2.1") | {"due": "soon", "do": "keep"})
    assert 'value="soon"' in page


# ---- a session that ends ------------------------------------------------------------------------------


def test_words_sent_after_the_session_ended_are_given_back_and_sent_again(desk: Desk) -> None:
    client = desk.at("lead")
    form = desk.opened(client, "vision") | {"words": "Long thought\nover two lines"}
    client.logout()
    answer = client.post(desk.edit("vision"), {"do": "save", **form})
    page = answer.content.decode()
    assert answer.status_code == 403 and "Your words were not sent, and they are all here" in page
    assert "Long thought\nover two lines" in page and "/accounts/login/?next=" in page
    assert desk.clause("vision")["words"] != form["words"]
    desk.sign_in(client, "lead")
    again = client.post(desk.edit("vision"), desk.fields_of(page), follow=True)
    assert "Saved: Vision." in again.content.decode() and desk.clause("vision")["words"] == form["words"]


def test_a_form_older_than_the_signing_in_gives_the_words_back(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    desk.sign_in(client, "lead")
    form = desk.opened(client, "vision") | {"words": "Long thought", "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(desk.edit("vision"), {"do": "save", **form})
    page = answer.content.decode()
    assert answer.status_code == 403 and "Send them once more" in page and "Long thought" in page
    token = re.search(
        r'action="[^"]*edit/[^"]*" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="(\w+)"', page
    )
    assert token
    client.post(desk.edit("vision"), {**desk.fields_of(page), "csrfmiddlewaretoken": token[1]})
    assert desk.clause("vision")["words"] == "Long thought"


def test_words_of_another_site_are_not_sent_on(desk: Desk) -> None:
    answer = Client(enforce_csrf_checks=True).post(
        desk.edit("vision"), {"words": "Theirs"}, headers={"Origin": "https://elsewhere.example"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403 and "Send my words again" not in page and "another site" in page


def test_reading_a_form_signed_out_leads_to_signing_in(demonstration: Client) -> None:
    assert Client().get(DRAFT)["Location"].startswith("/accounts/login/?next=")


def test_words_sent_to_a_version_frozen_meanwhile_are_given_back(desk: Desk) -> None:
    manager, lead = desk.at("manager"), desk.at("lead")
    desk.post(lead, "vision", desk.opened(lead, "vision") | {"words": "Half a thought", "do": "keep"})
    form = desk.opened(lead, "section/foreword") | {"words": "A whole one"}
    manager.post(f"{DRAFT}freeze/", desk.fields_of(manager.get(f"{DRAFT}freeze/").content.decode()))
    page = desk.post(lead, "section/foreword", form, 400)
    assert "its words no longer change. Begin a revised version" in page and "A whole one" in page
    assert "Send my words again" not in page
    page = desk.read(lead, DRAFT)
    assert "Your words, kept and not sent" in page and "Half a thought" in page
    assert "Half a thought" not in desk.read(manager, DRAFT)


def test_words_of_a_person_whose_role_ended_are_given_back(desk: Desk) -> None:
    lead = desk.at("lead")
    form = desk.opened(lead, "vision") | {"words": "A whole thought"}
    desk.person("lead").memberships.update(role="auditor")
    page = desk.post(lead, "vision", form, 403)
    assert "You may not write in a draft of the plan here" in page and "A whole thought" in page
