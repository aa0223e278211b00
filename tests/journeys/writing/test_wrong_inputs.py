"""Every mistake at the writing desk is said at its field and in the summary, and markup does nothing."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from csplan.cycle import plan_text
from csplan.records import plan_rows
from csplan.records.actions import plan_text as actions
from csplan.records.models import Group, Partnership, Plan, PlanVersion

pytestmark = pytest.mark.django_db

Desk = Any  # the fixture of conftest.py
PLANS = "/county-durham/desk/plans/"
DRAFT = f"{PLANS}2021-25/1/"
FIGURE = "recorded-burglary.rate/E06000047/2025"
NONE = "recorded-burglry.rate/E06000047/2025"


# ---- wrong inputs -------------------------------------------------------------------------------------

LONG = "a" * 20_001
#: clause, field, what is written, what is said at the field
WRONG = [
    ("vision", "words", "", "Write the vision"),
    ("vision", "words", "a" * 501, "It is 1 characters too long. Cut it to 500"),
    ("section/foreword", "title", "", "Write title"),
    ("section/foreword", "words", LONG, "It is 1 characters too long. Cut it to 20,000"),
    ("section/foreword", "words", "Bell \x07", "It holds a sign that cannot be printed"),
    ("priority/1", "title", "", "Write title"),
    ("priority/1", "title", "One\nTwo", "Write it on one line"),
    ("priority/1", "limbs", "z", "“z” is no purpose of section 6(1). Choose from a to d"),
    ("work-area/1.2", "title", "a" * 301, "Cut it to 300"),
    ("deliverable/1.2.1", "title", "", "Write what will be done"),
    ("deliverable/1.2.1", "work_areas", "one", "“one” is no reference. Write references such as 1, 1.2 or 1.2.1"),
    ("deliverable/1.2.1", "work_areas", "9.9", "There is no 9.9 in this version. Write it first, or correct the reference"),
    ("deliverable/1.2.1", "work_areas", "1", "1 is no work area. Write references such as 1.2, each on a line of its own"),
    ("deliverable/1.2.1", "group", "no-such-group", "Choose one of the groups shown"),
    ("deliverable/1.2.1", "lead", "a" * 201, "It is 1 characters too long. Cut it to 200"),
    ("deliverable/1.2.1", "starts", "soon", "Write a day such as 31 March 2021 or 31/03/2021"),
    ("deliverable/1.2.1", "due", "31 February 2021", "Write a day such as 31 March 2021 or 31/03/2021"),
    ("deliverable/1.2.1", "evidence", "hope", "Choose one of the answers shown"),
    ("deliverable/1.2.1", "mechanism", "a" * 2_001, "Cut it to 2,000"),
    ("alignment/vision-2035", "kind", "wish", "Choose one of the answers shown"),
    ("alignment/vision-2035", "delivers", "Connected communities", "as an ambition, an equals sign and references"),
    ("alignment/vision-2035", "delivers", "Connected communities = one", "“one” is no reference"),
    ("alignment/vision-2035", "delivers", "Connected communities = 9.9", "There is no 9.9 in this version"),
    ("assurance-area/A1", "led_by", "", "Write who leads it"),
    ("risk/R1", "refs", "7.7.7", "There is no 7.7.7 in this version"),
    ("resource/M1", "amount_gbp", "twelve", "Write a whole number of pounds, such as 12,000"),
    ("resource/M1", "amount_gbp", "9999999999", "Write an amount under one thousand million pounds"),
    ("resource/M1", "amount_gbp", "-5", "Write a whole number of pounds, such as 12,000"),
]
FILLED = {"title": "A title", "led_by": "A body", "words": "Words"}


@pytest.mark.parametrize(
    ("address", "field", "said", "message"), WRONG, ids=[f"{a} {f} {n}" for n, (a, f, _, _) in enumerate(WRONG)]
)
def test_a_wrong_input_is_said_at_its_field_and_in_the_summary(
    desk: Desk, address: str, field: str, said: str, message: str
) -> None:
    client = desk.at("manager")
    before = plan_rows.document(desk.draft())
    form = desk.opened(client, address)
    fields = {n: v if v else FILLED.get(n, v) for n, v in form.items()} | {field: said}
    answer = client.post(desk.edit(address), {"do": "save", **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    at_field = re.search(rf'<p id="{field}-error"[^>]*>.*?</span>(.*?)</p>', page, re.S)
    assert at_field and message in html.unescape(at_field[1])
    assert re.search(rf'aria-describedby="[^"]*{field}-error', page)
    summary = page[page.index("govuk-error-summary") : page.index("<h1")]
    assert f'href="#{field}"' in summary and message in html.unescape(summary)
    assert f'id="{field}"' in page and "<title>Error: " in page
    assert plan_rows.document(desk.draft()) == before


def test_two_wrong_inputs_are_said_at_once_and_what_was_written_stays(desk: Desk) -> None:
    client = desk.at("manager")
    fields = desk.opened(client, "deliverable/1.2.1") | {"starts": "soon", "evidence": "hope", "title": "My words"}
    page = desk.post(client, "deliverable/1.2.1", fields, 422)
    assert 'id="starts-error"' in page and 'id="evidence-error"' in page and "My words" in page and 'value="soon"' in page


def test_due_before_the_start_is_said_at_due(desk: Desk) -> None:
    client = desk.at("manager")
    fields = desk.opened(client, "deliverable/1.2.1") | {"starts": "1 May 2022", "due": "1 April 2022"}
    assert "It is due before it starts" in desk.post(client, "deliverable/1.2.1", fields, 422)


@pytest.mark.parametrize("query", ["clause=nothing/1", "clause=deliverable", "new=chapter", ""])
def test_an_address_that_names_no_clause_is_refused_in_words(desk: Desk, query: str) -> None:
    assert "That could not be done" in desk.read(desk.at("manager"), f"{DRAFT}edit/?{query}", 400)


@pytest.mark.parametrize("ref", ["", "Foreword!", "1.2", "R0"])
def test_a_wrong_reference_is_said_at_its_field(desk: Desk, ref: str) -> None:
    answer = desk.at("manager").post(f"{DRAFT}edit/?new=risk", {"do": "save", "began_from": "new", "ref": ref, "title": "A"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and 'id="ref-error"' in page and "Write a reference such as R1" in page


# ---- markup does nothing --------------------------------------------------------------------------------

EVIL = '<script>alert(1)</script><img src=x onerror=alert(1)>"><svg onload=alert(1)> [x](javascript:alert(1)) {{7*7}}'


EVIL_REFS = {"vision": "", "section": "evil", "priority": "7", "work-area": "1.9", "deliverable": "1.2.9", "alignment": "evil",
             "assurance-area": "A1", "risk": "R1", "dependency": "N1", "resource": "M1"}  # fmt: skip


def test_markup_typed_into_any_field_of_any_clause_stays_words(desk: Desk) -> None:
    assert EVIL_REFS.keys() == plan_text.KINDS.keys()
    client = desk.at("manager")
    for kind, ref in EVIL_REFS.items():
        address = plan_text.address(kind, ref)
        form = desk.opened(client, address)
        said = {f.name: EVIL for f in plan_text.KINDS[kind].fields if f.form in ("line", "words", "lines")}
        if kind == "alignment":
            said["delivers"] = f"{EVIL} = 1"
        does_nothing(client.post(desk.edit(address), {"do": "see", **form, **said}).content.decode(), f"preview of {kind}")
        desk.post(client, address, form | said)
        held = desk.clause(address)
        assert held and any(EVIL in json.dumps(v, default=str) or EVIL in str(v) for v in held.values()), kind
        does_nothing(client.get(desk.edit(address)).content.decode(), f"form of {kind}")
    public = [f"/county-durham/plans/2021-25/{EVIL_REFS[kind]}/" for kind in ("priority", "work-area", "deliverable")]
    for address in (DRAFT, f"{DRAFT}freeze/", f"{DRAFT}reasons/", "/county-durham/plans/2021-25/", *public):
        does_nothing(client.get(address).content.decode(), address)


def does_nothing(page: str, where: str) -> None:
    """What was typed stands in the main part of a page as words, and nothing of it as markup."""
    body = page[page.index("<main") : page.index("</main>")]
    assert "&lt;script&gt;alert(1)" in body or "freeze" in where or "reasons" in where, where
    for markup in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript', ">49<"):
        assert markup not in body, (where, markup)


def test_the_words_of_an_action_and_of_the_page_are_of_one_clause(desk: Desk) -> None:
    """A form that carries the fingerprint of nothing is met, not obeyed."""
    page = desk.post(desk.at("manager"), "vision", {"words": "Mine", "began_from": "0" * 16}, 409)
    assert "Mine" in page and desk.clause("vision")["words"] in page
    assert actions.based_on(desk.clause("vision")) in page


# ---- beginning a plan -----------------------------------------------------------------------------------

BEGUN = {
    "title": "Plan 2027-32",
    "slug": "2027-32",
    "starts_on": "1 April 2027",
    "ends_on": "31/03/2032",
    "vision": "A safe county",
}


@pytest.mark.parametrize(
    ("field", "said", "message"),
    [
        ("title", "", "Write title"),
        ("slug", "", "Write short name in addresses"),
        ("slug", "Plan 27", "Write small letters, digits and hyphens, such as 2026-31"),
        ("slug", "2020-25", "There is a plan called so already"),
        ("starts_on", "spring", "Write a day such as 31 March 2021"),
        ("ends_on", "", "Write last day"),
        ("ends_on", "1 April 2026", "It ends before it starts"),
        ("vision", " ", "Write the vision"),
        ("approving", "Cabinet", "There is no group called “Cabinet” here. Add it under The partnership first"),
    ],
)
def test_a_plan_is_not_begun_with_a_wrong_input(desk: Desk, field: str, said: str, message: str) -> None:
    answer = desk.at("lead").post(f"{PLANS}new/", BEGUN | {field: said})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and f'id="{field}-error"' in page and f'href="#{field}"' in page and message in page
    assert not PlanVersion.objects.filter(plan__slug="2027-32").exists()


def test_a_plan_is_begun_and_written_from_nothing(desk: Desk) -> None:
    client, at = desk.at("lead"), f"{PLANS}2027-32/1/"
    partnership = Partnership.objects.get(slug="county-durham")
    for slug, name in (("cabinet", "Cabinet"), ("council", "Full Council")):
        Group.objects.create(partnership=partnership, slug=slug, name=name, kind=slug)
    assert client.post(f"{PLANS}new/", BEGUN | {"approving": "Cabinet\nfull council"})["Location"] == at
    assert Plan.objects.get(slug="2027-32").approving == ["cabinet", "council"]
    for address, fields in {
        "priority/1": {"title": "Safer homes"},
        "work-area/1.1": {"title": "Burglary"},
        "deliverable/1.1.1": {"title": "Fit locks", "work_areas": "1.1"},
    }.items():
        desk.post(client, address, desk.opened(client, address, at) | fields, at=at)
    page = desk.read(client, at)
    assert all(words in page for words in ("Safer homes", "Burglary", "Fit locks", "A safe county"))
    assert "You may not write a draft of the plan" in desk.read(desk.at("auditor"), f"{PLANS}new/", 403)
