"""Groups are named, events announced and recorded, and the kit of a consultation is made with one click."""

import io
import json
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import papers
from csplan.records.actions import engagement, stakeholder
from csplan.records.models import Body, Consultation, Engagement, Stakeholder
from csplan.records.reading import engagement as reading

DAY = "2020-01-09T13:00:00"
DESK, KIT = "/county-durham/desk/engagement/", "/county-durham/desk/consultations/2020-25/kit"
SAID = {"name": "Example carers", "why": "They are seldom asked.", "characteristics": ["carers", "age"], "is_affected": ["yes"]}


@pytest.fixture
def durham(tell):
    found = tell(DAY)
    with clock.at(clock.parse(DAY)):
        yield found


def event(**more):
    day = {"on-day": "8", "on-month": "1", "on-year": "2020", "at": "18:00"}
    return {"kind": "briefing", "title": "A briefing", "place": "The hall", **day, "notice": "", "consultation": "", **more}


def public():
    page = Client().get("/county-durham/engagement/")
    assert page.status_code == 200
    return page.content.decode(), json.loads(Client().get("/county-durham/engagement.json").content)


def test_from_the_map_to_the_note(durham, signed_in):
    browser = signed_in("manager")
    asked = Consultation.objects.get(partnership=durham)
    assert browser.post(f"{DESK}stakeholders/", SAID).status_code == 302
    assert browser.post(f"{DESK}stakeholders/", {**SAID, "name": "Example tenants"}).status_code == 302
    told = event(kind="public-meeting", notice="In the library.", invited=["example-carers"], consultation=asked.slug)
    assert browser.post(DESK, told).status_code == 302
    page, held = public()
    assert "Example carers" in page and "In the library." in page and "Nothing is recorded of it yet." in page
    assert held["engagements"][0]["came"] is None and not held["public_meeting"]["is_held"]
    bodies = [b.code for b in reading.bodies(durham, at=clock.now())]
    came = {"came-example-carers": "12", "others": "3", "bodies": bodies, "said": "Buses matter."}
    assert browser.post(f"{DESK}E1/", came).status_code == 302
    page, held = public()
    assert "12 of Example carers and fewer than five others" in page and "Buses matter." in page
    assert held["public_meeting"]["is_held"] and held["engagements"][0]["others"] == "fewer than five"
    found = reading.reached(durham, asked, None, clock.now())
    assert [s["name"] for s in found["reached"]] == ["Example carers"]
    assert [s["name"] for s in found["not_reached"]] == ["Example tenants"]
    for wrong in ("Buses matter.", "In the library."):
        from csplan.records.models import AuditEvent

        assert not any(wrong in json.dumps(e.detail) for e in AuditEvent.objects.all())


def test_what_was_typed_comes_back_with_what_to_mend(durham, signed_in):
    browser = signed_in("manager")
    back = browser.post(DESK, event(kind="public-meeting"))
    assert back.status_code == 422 and b"how people are told" in back.content and b"A briefing" in back.content
    back = browser.post(f"{DESK}stakeholders/", {**SAID, "why": ""})
    assert back.status_code == 422 and b"Example carers" in back.content
    assert not Engagement.objects.exists() and not Stakeholder.objects.exists()


def test_a_record_is_made_once_and_after_the_event(durham, person):
    by = person("manager")
    said = {"partnership": durham, "kind": "stall", "title": "A stall", "place": "The market", "by": by}
    later = engagement.announce(**said, starts_at=clock.parse("2020-02-01T10:00:00"))
    with pytest.raises(CsplanError, match="has not begun"):
        engagement.record(engagement=later, came={}, said="Rain.", by=by)
    done = engagement.announce(**said, starts_at=clock.parse("2020-01-08T10:00:00"))
    with pytest.raises(CsplanError, match="not on the map"):
        engagement.record(engagement=done, came={"nobody": 1}, said="Rain.", by=by)
    engagement.record(engagement=done, came={}, bodies=list(Body.objects.filter(code="police")), said="Rain.", by=by)
    with pytest.raises(CsplanError, match="recorded already"):
        engagement.record(engagement=done, came={}, said="Sun.", by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(pk=done.pk).update(said="Sun.")


def test_a_group_stands_on_the_map_once(durham, person):
    by = person("equality")
    stakeholder.name(partnership=durham, name="Example carers", why="Seldom asked.", by=by)
    with pytest.raises(CsplanError, match="on the map already"):
        stakeholder.name(partnership=durham, name="Example Carers", why="Again.", by=by)
    with pytest.raises(CsplanError):
        stakeholder.name(partnership=durham, name="Others", why="Again.", by=person("scrutiny"))


def test_the_kit_is_one_click_and_the_same_bytes_each_time(durham, signed_in):
    asked = Consultation.objects.get(partnership=durham)
    kit = KIT.replace("2020-25", asked.slug)
    browser = signed_in("manager")
    page = browser.get(f"{kit}/").content.decode()
    assert f"{kit}.zip" in page and f"{kit}/poster.pdf" in page
    first, second = browser.get(f"{kit}.zip").content, browser.get(f"{kit}.zip").content
    assert first == second
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert {f"{asked.slug}-{n}" for n in ("poster.pdf", "notice-large-print.docx", "briefing-script.html")} <= set(names)
    assert browser.get(f"{kit}/poster.pdf").content.startswith(b"%PDF")
    assert browser.get(f"{kit}/banner.pdf").status_code == 404
    assert Client().get(f"{kit}/").status_code == 302
    assert papers.build("poster", asked.slug, partnership="county-durham", at=clock.now()).title.endswith("poster")
