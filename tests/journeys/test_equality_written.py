"""A full assessment is written at the desk, a characteristic at a time, carried over to a revised version, and printed once it is signed."""

import io
import zipfile

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from csplan.cycle import clock
from csplan.documents.write import as_bytes
from csplan.errors import CsplanError
from csplan.records import papers
from csplan.records.actions import equality
from csplan.records.models import EqualityAction, EqualityAssessment, EqualityLine

ONE = "/county-durham/desk/equality/2020-25--1/"
EVIL = "<script>alert(1)</script> {=1+1} **x**"


@pytest.fixture
def durham(tell):
    partnership = tell("2020-01-09")
    with clock.at(clock.parse("2020-01-20")):
        yield partnership


def test_a_characteristic_is_written_with_evidence_impact_and_aims(durham, signed_in):
    manager = signed_in("manager")
    sent = {
        "impact": "negative",
        "why": EVIL,
        "aim-eliminate": "helps",
        "aim-advance": "hinders",
        "aim-foster": "neither",
        "evidence-1": "What the advocacy service hears.",
        "from-1": "services",
        "link-1": "https://example.org/report",
    }
    for wrong, words in (
        ({"impact": "bad"}, "Choose the impact"),
        ({"from-1": ""}, "Choose where it comes from"),
        ({"link-1": "javascript:alert(1)"}, "Give an address of this site"),
    ):
        page = manager.post(f"{ONE}disability/", {**sent, **wrong})
        assert page.status_code == 422 and words in page.content.decode() and not EqualityLine.objects.exists()
        assert "What the advocacy service hears." in page.content.decode(), "what was typed is given back"
    assert manager.post(f"{ONE}disability/", sent).status_code == 302
    held = EqualityLine.objects.get()
    assert held.aims == {"eliminate": "helps", "advance": "hinders", "foster": "neither"}
    page = manager.get(ONE).content.decode()
    assert "Disability: a harm has neither an action to lessen it" in page and "<script>alert" not in page
    again = manager.get(f"{ONE}disability/").content.decode()
    assert "What the advocacy service hears." in again and "<script>alert" not in again
    assert manager.get(f"{ONE}shoe-size/").status_code == 404
    assert signed_in("board").post(f"{ONE}age/", {"impact": "neutral"}).status_code == 422


def test_census_figures_are_offered_once_they_were_published(tell, signed_in):
    tell("2026-11-23")
    with clock.at(clock.parse("2026-11-24")):
        manager, address = signed_in("manager"), "/county-durham/desk/equality/example-refresh--1/sex/"
        page = manager.get(address).content.decode()
        assert "Of 522,069 people of County Durham: Female 51.1%; Male 48.9% (Census 2021" in page
        assert manager.post(address, {"impact": "neutral", "why": "Even.", "take": "0"}).status_code == 302
        assert "No data is held here." in manager.get(address.replace("/sex/", "/religion/")).content.decode()
    line = EqualityLine.objects.get(characteristic="sex", assessment__version__plan__slug="example-refresh")
    assert line.evidence[0]["from"] == "census" and line.evidence[0]["link"].startswith("/county-durham/insight/areas/")


def test_an_unfinished_full_assessment_is_not_signed(durham, person):
    held = EqualityAssessment.objects.get()
    with pytest.raises(
        CsplanError, match="Write what is assessed, and what is not. .*Religion or belief: say what the impact is"
    ):
        equality.sign(assessment=held, summary="Done.", by=person("equality"))
    assert EqualityAssessment.objects.get().completed_at is None


def test_a_screening_says_why_no_full_one_is_needed(durham, person, signed_in):
    held = EqualityAssessment.objects.get()
    equality.write(assessment=held, level="screening", by=person("manager"))
    equality.write_line(assessment=held, characteristic="age", impact="unknown", by=person("manager"))
    with pytest.raises(CsplanError, match="a full assessment is needed"):
        equality.sign(assessment=held, summary="None needed.", by=person("equality"))
    equality.write_line(assessment=held, characteristic="age", impact="neutral", by=person("manager"))
    equality.sign(assessment=held, summary="No full one is needed: it changes no service.", by=person("equality"))
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        EqualityLine.objects.update(impact="positive")
    with pytest.raises(CsplanError, match="is signed, so its words no longer change"):
        equality.write(assessment=EqualityAssessment.objects.get(), level="full", by=person("manager"))


def test_a_mitigation_becomes_part_of_the_plan(durham, person, signed_in):
    manager = signed_in("manager")
    sent = {"do": "act", "kind": "mitigation", "characteristic": "disability", "title": "Report by post", "owner": "The team"}
    assert manager.post(ONE, {**sent, "deliverable_ref": ""}).status_code == 302
    wrong = manager.post(ONE, {"do": "carry", "action": "E1", "deliverable-E1": "9.9.9"})
    assert wrong.status_code == 422 and "Choose the deliverable" in wrong.content.decode()
    assert manager.post(ONE, {"do": "carry", "action": "E1", "deliverable-E1": "2.1.1"}).status_code == 302
    assert EqualityAction.objects.get().deliverable_ref == "2.1.1"


def test_what_was_written_goes_on_with_a_revised_version(tell, person):
    tell("2020-02-24")
    from csplan.records.actions import plan

    held = EqualityAssessment.objects.get()
    with clock.at(clock.parse("2020-02-24T12:00:00")):
        equality.write_line(assessment=held, characteristic="age", impact="neutral", why="Even.", by=person("manager"))
        made = plan.revise(version=held.version, by=person("manager"))
    assert [(x.characteristic, x.why) for x in made.equality_assessment.lines.all()] == [("age", "Even.")]
    assert made.equality_assessment.level == "full"


def test_the_signed_assessment_is_a_page_and_a_paper(tell):
    tell("2020-03-31")
    with clock.at(clock.parse("2020-03-31")):
        page = Client().get("/county-durham/equality/2020-25--2/").content.decode()
        for said in ("Gender reassignment", "No data is held.", "To learn what is not known", "9 March 2021", "Example:"):
            assert said in page, said
        paper = papers.build("eia", "2020-25--2", partnership="county-durham", at=clock.now())
        with pikepdf.open(io.BytesIO(as_bytes(paper, ".pdf"))) as made:
            assert len(made.pages) >= 2
        assert "Religion or belief" in as_bytes(paper, ".html").decode()
        with zipfile.ZipFile(io.BytesIO(as_bytes(paper, ".docx"))) as made:
            assert "Religion or belief" in made.read("word/document.xml").decode()
        listed = Client().get("/county-durham/papers.json").json()["papers"]
        assert ("2020-25--2", "eia", "signed") in [(p["ref"], p["kind"], p["state"]) for p in listed]
        assert Client().get("/county-durham/papers/2020-25--2.pdf").status_code == 200


def test_an_assessment_under_way_shows_none_of_its_lines_in_public(tell, person):
    tell("2020-01-09")
    with clock.at(clock.parse("2020-01-20")):
        held = EqualityAssessment.objects.get()
        equality.write_line(assessment=held, characteristic="age", impact="negative", why="Secret so far.", by=person("manager"))
        page, told = (Client().get(f"/county-durham/equality/2020-25--1{end}") for end in ("/", ".json"))
        assert "Secret so far." not in page.content.decode() and told.json()["assessment"]["lines"] == []
        assert told.json()["assessment"]["lacks"] == [] and "say what the impact is" not in page.content.decode()
        with pytest.raises(CsplanError, match="not signed yet, so it has no paper"):
            papers.build("eia", "2020-25--1", partnership="county-durham", at=clock.now())
