"""A plan is written at the desk, by those who may: its clauses, their references, its figures, and what is done with words."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from csplan.cycle import plan_text
from csplan.records import plan_rows
from csplan.records.models import AuditEvent, Edit, UnsentWords

pytestmark = pytest.mark.django_db

Desk = Any  # the fixture of conftest.py
PLANS = "/county-durham/desk/plans/"
DRAFT = f"{PLANS}2021-25/1/"
FIGURE = "recorded-burglary.rate/E06000047/2025"
NONE = "recorded-burglry.rate/E06000047/2025"


# ---- pages and roles ----------------------------------------------------------------------------------


def test_the_list_has_every_version_with_its_state_and_what_it_lacks(desk: Desk) -> None:
    page = desk.read(desk.at("manager"), PLANS)
    for words in (
        "Being written",
        "Frozen for consultation",
        "17 of 17 deliverables name no lead.",
        "Freeze it for consultation",
    ):
        assert words in page
    assert "Freeze it" not in desk.read(desk.at("analyst"), PLANS)
    assert "Your role writes in no plan" in desk.read(desk.at("auditor"), PLANS)
    assert f"{DRAFT}edit" not in desk.read(desk.at("auditor"), DRAFT)


def test_each_deliverable_stands_under_its_work_area(desk: Desk) -> None:
    """Under the first that it names; one that names none comes after the work areas."""
    client = desk.at("manager")
    desk.post(client, "deliverable/1.1.2", desk.opened(client, "deliverable/1.1.2") | {"title": "Adrift", "work_areas": ""})
    page = desk.read(client, DRAFT)
    refs = re.findall(r'csp-clauses__title"><b>([\d.]+)</b>', page)
    assert refs[: refs.index("2")] == ["1", "1.1", "1.1.1", "1.2", "1.2.1", "1.3", "1.3.1", "1.1.2"]
    assert set(re.findall(r'href="#(part-\d+)"', page)) == set(re.findall(r'<h2 class="csp-h2" id="(part-\d+)"', page))


def test_contents_speak_the_words_of_the_partnership(desk: Desk) -> None:
    page = desk.read(desk.at("lead"), DRAFT)
    for words in (
        "Strategic priority 1",
        "Add a key deliverable under 1.2",
        "Write “Foreword”",
        "Add a risk",
        "Add an alignment",
    ):
        assert words in page
    assert page.count("edit/?clause=deliverable/") == 17 and page.count("edit/?clause=work-area/") == 17


@pytest.mark.parametrize("role", ["manager", "analyst", "lead"])
def test_those_who_write_save_a_clause(desk: Desk, role: str) -> None:
    client = desk.at(role)
    fields = desk.opened(client, "deliverable/1.2.1") | {"lead": "Head of housing", "due": "31 March 2022", "why": ""}
    assert "Saved: Deliverable 1.2.1." in desk.post(client, "deliverable/1.2.1", fields)
    held = desk.clause("deliverable/1.2.1")
    assert held and held["lead"] == "Head of housing" and held["due"].isoformat() == "2022-03-31"
    assert held["work_areas"] == ["1.2"] and held["title"].startswith("Make sure that the most vulnerable")
    assert Edit.objects.get(version=desk.draft()).edited_by.username == role
    assert AuditEvent.objects.order_by("-number").first().action == "plan.write"


@pytest.mark.parametrize("role", ["equality", "performance", "auditor", "board", "chair", "scrutiny", "partner-police"])
def test_others_are_refused_in_words(desk: Desk, role: str) -> None:
    client = desk.at(role)
    for address in (desk.edit("vision"), f"{DRAFT}take-out/?clause=risk/R1", f"{DRAFT}keep/?clause=vision"):
        page = client.post(address, {"words": "Mine", "began_from": "new"})
        assert page.status_code == 403
        assert "You may not write in a draft of the plan here" in html.unescape(page.content.decode())
    assert client.get(desk.edit("vision")).status_code == 403
    assert client.get(DRAFT).status_code == (200 if role in ("equality", "performance", "auditor") else 404)
    assert not UnsentWords.objects.exists() and not Edit.objects.filter(version=desk.draft()).exists()


def test_only_the_manager_freezes(desk: Desk) -> None:
    for role in ("analyst", "lead", "board"):
        answer = desk.at(role).post(f"{DRAFT}freeze/", {})
        assert answer.status_code == 403 and "You may not freeze a version" in html.unescape(answer.content.decode())


def test_a_frozen_version_is_not_written_in(desk: Desk) -> None:
    page = desk.read(desk.at("manager"), desk.edit("vision", f"{PLANS}2020-25/2/"), 400)
    assert "its words no longer change. Begin a revised version" in page


def test_saving_what_is_there_already_changes_nothing(desk: Desk) -> None:
    client = desk.at("manager")
    assert "says that already" in desk.post(client, "vision", desk.opened(client, "vision"))
    assert not Edit.objects.filter(version=desk.draft()).exists()


# ---- new clauses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "ref", "fields"),
    [
        ("new=deliverable&under=1.2", "1.2.2", {"title": "Fit locks"}),
        ("new=work-area&under=3", "3.3", {"title": "Talk about it"}),
        ("new=priority", "7", {"title": "Another"}),
        ("new=risk", "R1", {"title": "Money ends"}),
        ("new=dependency", "N1", {"title": "Data from others"}),
        ("new=resource", "M1", {"title": "Grant", "amount_gbp": "£12,000"}),
        ("new=assurance-area", "A1", {"title": "Modern slavery", "led_by": "Safeguarding partnership"}),
    ],
)
def test_the_next_free_reference_is_proposed(desk: Desk, query: str, ref: str, fields: dict[str, str]) -> None:
    client = desk.at("manager")
    address = f"{DRAFT}edit/?{query}"
    form = desk.fields_of(client.get(address).content.decode())
    assert (form["ref"], form["began_from"]) == (ref, "new")
    saved = client.post(address, {**form, **fields, "do": "save"}, follow=True)
    assert saved.status_code == 200 and "Saved: " in saved.content.decode()
    held = desk.clause(f"{query.split('&')[0].removeprefix('new=')}/{ref}")
    assert held and held["title"] == fields["title"]


def test_a_standard_section_comes_with_its_title(desk: Desk) -> None:
    client = desk.at("lead")
    assert desk.opened(client, "section/foreword")["title"] == "Foreword"
    desk.post(client, "section/foreword", {**desk.opened(client, "section/foreword"), "words": "We *ask*."})
    assert "Foreword" in desk.read(client, DRAFT) and "Write “Foreword”" not in desk.read(client, DRAFT)


def test_a_reference_taken_meanwhile_is_not_overwritten(desk: Desk) -> None:
    one, other = desk.at("manager"), desk.at("lead")
    address = f"{DRAFT}edit/?new=risk"
    forms = [desk.fields_of(c.get(address).content.decode()) for c in (one, other)]
    one.post(address, {**forms[0], "title": "First", "do": "save"})
    answer = other.post(address, {**forms[1], "title": "Second", "do": "save"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and "Risk R1 is there already: “First”. The next free one is R2" in page
    assert desk.fields_of(answer.content.decode())["title"] == "Second"
    other.post(address, {**forms[1], "ref": "R2", "title": "Second", "do": "save"})
    assert [desk.clause(f"risk/{r}")["title"] for r in ("R1", "R2")] == ["First", "Second"]


def test_a_reference_that_stood_for_something_else_is_refused_at_its_field(desk: Desk) -> None:
    client = desk.at("manager")
    going = desk.fields_of(client.get(f"{DRAFT}take-out/?clause=deliverable/1.2.1").content.decode())
    client.post(f"{DRAFT}take-out/?clause=deliverable/1.2.1", going)
    assert desk.clause("deliverable/1.2.1") is None
    assert desk.fields_of(client.get(f"{DRAFT}edit/?new=deliverable&under=1.2").content.decode())["ref"] == "1.2.2"
    fields = {"began_from": "new", "ref": "1.2.1", "title": "Something else"}
    page = desk.post(client, "deliverable/1.2.1", fields, 422)
    assert "once stood for" in page and 'id="ref-error"' in page and "Something else" in page


# ---- live figures -------------------------------------------------------------------------------------


def test_seeing_first_shows_figures_and_saves_nothing(desk: Desk) -> None:
    client = desk.at("analyst")
    text = f"Homes had **{{{FIGURE}}}** burglaries for every 1,000.\n\n{{chart recorded-burglary.count/E06000047/2025}}"
    page = desk.post(client, "section/evidence", {**desk.opened(client, "section/evidence"), "words": text, "do": "see"})
    assert '<span class="csp-live">9.6</span>' in page and "9.6 for every 1,000 households (95% interval 9.2 to 10.0)" in page
    assert "Nothing is saved yet" in page and "<svg" in page and "2,248 in all" in page
    mapped = {**desk.opened(client, "section/evidence"), "words": "{map recorded-burglary.rate/E06000047/2025}", "do": "see"}
    assert "<svg" in desk.post(client, "section/evidence", mapped)
    assert desk.clause("section/evidence") is None and not UnsentWords.objects.exists()


def test_a_figure_that_cannot_be_found_is_said_at_once_and_refuses_freezing(desk: Desk) -> None:
    client = desk.at("manager")
    fields = {**desk.opened(client, "section/evidence"), "words": f"So {{{NONE}}} and {{{FIGURE}}}."}
    page = desk.post(client, "section/evidence", {**fields, "do": "see"})
    assert "figure not found" in page and "There is no indicator “recorded-burglry” in the catalogue" in page
    desk.post(client, "section/evidence", fields)
    page = desk.read(client, f"{DRAFT}freeze/")
    assert "What stands in the way" in page and NONE in page and "Freeze these words" not in page
    refused = client.post(f"{DRAFT}freeze/", {"fingerprint": plan_text.digest(plan_rows.document(desk.draft()))})
    assert refused.status_code == 422 and f"The figure {{{NONE}}} is not found" in html.unescape(refused.content.decode())
    assert not hasattr(desk.draft(), "seal")


def test_a_month_that_is_not_held_has_no_value_and_says_so(desk: Desk) -> None:
    client = desk.at("manager")
    text = "In 2026: {recorded-burglary.count/E06000047/2026}."
    page = desk.post(client, "section/evidence", {**desk.opened(client, "section/evidence"), "words": text, "do": "see"})
    assert '<span class="csp-live">not held</span>' in page and "The last month held is December 2025." in page


#: what, where, when; a part of the page; its state
SOUGHT = [
    ("q=burglary", "{recorded-burglary.rate/E06000047/2025}", 200),
    ("q=burglary&period=2025-06", "{recorded-burglary.count/E06000047/2025-06}", 200),
    ("q=burglary&area=burnopfield", "{recorded-burglary.count/E02004297/2025}", 200),
    ("q=burglary&area=E02004297&period=2026", "not held", 200),
    ("q=nothing+like+it", "Nothing that is worked out here is called so", 200),
    ("area=atlantis", "No place here is called “atlantis”", 422),
    ("period=soon", "“soon” is not a period", 422),
]


@pytest.mark.parametrize(("query", "part", "status"), SOUGHT)
def test_a_figure_is_found_by_what_where_and_when(desk: Desk, query: str, part: str, status: int) -> None:
    assert part in desk.read(desk.at("lead"), f"{PLANS}figures/?{query}", status)


def test_every_figure_offered_is_found(desk: Desk) -> None:
    page = desk.read(desk.at("lead"), f"{PLANS}figures/")
    offered = re.findall(r"<code>\{(.*?)\}</code>", page)
    assert len(offered) > 50 and "not found" not in page
    assert not any(ref.startswith("K105") for ref in offered), "what the fire service returns is not worked out here"
