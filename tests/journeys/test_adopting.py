"""An indicator is adopted at the desk: looked at before it is kept, each mistake at its field, and shown wherever the plan is measured."""

import html
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.evidence import catalogue
from csplan.records import story
from csplan.records.actions import kpi as kpis
from csplan.records.models import AuditEvent, Kpi, Partnership
from csplan.website.pages.adopting import areas_of, begun_from

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).resolve().parents[2] / "partnerships" / "county-durham"
HOME = "/county-durham/"
LIST = f"{HOME}desk/indicators/"
NEW = f"{LIST}new/"
NOW = "2026-04-20T10:00:00"
RETURNED = {
    "do": "adopt",
    "ref": "K199",
    "title": "Alley gates mended in time",
    "definition": "Gates mended within ten working days, out of all gates reported broken in the quarter.",
    "numerator": "Gates mended within ten working days",
    "denominator": "Gates reported broken in the quarter",
    "kind": "output",
    "priority_ref": "1",
    "work_areas": ["1.1", "1.2"],
    "polarity": "higher_better",
    "unit": "% of gates",
    "per": "100",
    "frequency": "quarterly",
    "owner": "chair-1",
    "body": "council",
    "source": "Community safety team, quarterly return",
    "lag_days": "31",
    "baseline": "71.5%",
    "baseline_words": "October to December 2025",
    "target": "90",
    "target_on-day": "31",
    "target_on-month": "3",
    "target_on-year": "2028",
}
COMPUTED = {
    "do": "adopt",
    "ref": "K198",
    "title": "Robberies recorded each month",
    "definition": "Robberies that the police recorded in the month.",
    "kind": "outcome",
    "priority_ref": "1",
    "work_areas": ["1.2"],
    "polarity": "demand_only",
    "polarity_reason": "Few of them, so one more or less says little.",
    "unit": "robberies",
    "frequency": "monthly",
    "owner": "chair-1",
    "computed_from": "recorded-robbery.count",
    "source": "Police open data",
    "monitor_only_reason": "Too few to set a target.",
}


@pytest.fixture(scope="module", autouse=True)
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """The worked example up to one day, told once for all of this file: what a test writes is taken back after it."""
    folder = tmp_path_factory.mktemp("adopting")
    with django_db_blocker.unblock(), clock.at(clock.parse(NOW)):
        atomics = TestCase._enter_atomics()
        try:
            story.tell(FOLDER, data=folder, until=clock.now(), readings=lambda _computed_from: ())
            yield
        finally:
            TestCase._rollback_atomics(atomics)


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def kept() -> tuple[int, int]:
    return Kpi.objects.count(), AuditEvent.objects.count()


def test_an_indicator_that_a_body_returns_is_adopted_as_it_was_typed(signed_in):
    officer = signed_in("performance")
    answer = officer.post(NEW, RETURNED, follow=True)
    assert answer.redirect_chain == [(LIST, 302)] and "Adopted: K199 Alley gates mended in time. It is public now." in words(
        answer
    )
    row = Kpi.objects.get(ref="K199")
    assert (row.body.code, row.computed_from, row.owner.slug, row.priority_ref) == ("council", "", "chair-1", "1")
    assert (row.work_areas, row.kind, row.polarity, row.frequency) == (["1.1", "1.2"], "output", "higher_better", "quarterly")
    assert (row.unit, row.per, row.lag_days, row.baseline, row.target) == ("% of gates", 100, 31, 71.5, 90)
    assert (row.target_on, row.monitor_only_reason, row.is_example) == (date(2028, 3, 31), "", False)
    assert row.numerator == RETURNED["numerator"] and row.denominator == RETURNED["denominator"]
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.by, event.subject_ref) == ("kpi.adopt", "performance", "K199")


def test_an_indicator_that_is_computed_is_adopted_by_the_board(signed_in):
    answer = signed_in("board").post(NEW, COMPUTED)
    assert answer.status_code == 302
    row = Kpi.objects.get(ref="K198")
    assert (row.body, row.computed_from, row.per, row.target) == (None, "recorded-robbery.count", 1, None)
    assert row.monitor_only_reason == "Too few to set a target." and row.adopted_at == clock.parse(NOW)


def test_it_stands_on_the_scorecard_and_on_the_pages_of_the_plan(signed_in, client):
    signed_in("performance").post(NEW, RETURNED)
    for address in ("performance/", "performance/K199/", "plans/2020-25/1/", "plans/2020-25/1.2/", "thread/"):
        answer = client.get(f"{HOME}{address}")
        assert answer.status_code == 200 and "Alley gates mended in time" in words(answer), address
    assert "Alley gates" not in words(client.get(f"{HOME}plans/2020-25/2/"))
    then = client.get(f"{HOME}performance/?as_at=2026-04-19")
    assert then.status_code == 200 and "Alley gates" not in words(then)
    lead = signed_in("lead")
    assert 'value="K199"' in words(lead.get(f"{HOME}desk/readings/")), "a reading of it can be returned"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        # what it is
        ({"ref": "K122"}, "ref", "K122 is already adopted here, and no reference is used twice. K127 is free"),
        ({"ref": "k122"}, "ref", "k122 is already adopted here"),
        ({"ref": "a/b"}, "ref", "Write a reference of letters, digits and hyphens"),
        ({"ref": ""}, "ref", "Write its reference"),
        ({"title": " "}, "title", "Write its name"),
        ({"title": "x" * 201}, "title", "Write at most 200 characters. There are 201."),
        ({"definition": "A\x01B"}, "definition", "It holds a sign that cannot be printed"),
        ({"unit": "x" * 61}, "unit", "Write at most 60 characters"),
        ({"per": "nan"}, "per", "Write a number such as 87.3"),
        ({"per": "0"}, "per", "Write a number of 1 or more"),
        ({"kind": "impact"}, "kind", "Choose what it counts"),
        # what it serves
        ({"priority_ref": "77"}, "priority_ref", "Choose the priority that it measures"),
        ({"work_areas": ["2.1"]}, "work_areas", "2.1 is no work area of priority 1"),
        ({"work_areas": ["1.1", "99.9"]}, "work_areas", "Choose work areas from the list"),
        ({"polarity": "good"}, "polarity", "Choose what is wanted"),
        ({"band_low": "1", "band_high": "2"}, "band_low", "Only what is best inside a band has one"),
        # how it comes
        ({"owner": "nobody"}, "owner", "Choose the office that answers for it"),
        ({"body": "nobody"}, "body", "Choose a body from the list"),
        ({"body": ""}, "body", "An indicator is computed from evidence or returned by a body"),
        ({"computed_from": "recorded-burglary.count"}, "body", "An indicator is computed from evidence or returned by a body"),
        ({"body": "", "computed_from": "recorded-luck.count"}, "computed_from", "Choose a figure from the list"),
        ({"frequency": "weekly"}, "frequency", "Choose how often it comes"),
        ({"lag_days": "-3"}, "lag_days", "Write a whole number of days"),
        ({"lag_days": "999999"}, "lag_days", "Write a whole number of days, from 0 to 3,650"),
        # from where to where
        ({"baseline": "-1"}, "baseline", "The starting point cannot be less than zero"),
        ({"baseline_words": ""}, "baseline_words", "Say which period the starting point is of"),
        ({"target": "NaN"}, "target", "Write a number such as 87.3"),
        ({"target": "inf"}, "target", "Write a number such as 87.3"),
        ({"target": "1e400"}, "target", "Write a number such as 87.3"),
        ({"target": "101"}, "target", "The target is a percentage, so it cannot be more than 100"),
        ({"target": ""}, "target", "Give a target, or the reason why the indicator is only watched"),
        ({"monitor_only_reason": "We wait."}, "target", "Give a target, or the reason why the indicator is only watched"),
        ({"polarity": "demand_only"}, "target", "More or less of it is neither good nor bad, so it can have no target"),
        ({"target_on-day": "31", "target_on-month": "2"}, "target_on", "Write a day, a month and a year in numbers"),
        ({"target_on-day": "", "target_on-month": "", "target_on-year": ""}, "target_on", "Give the day by which the target"),
        ({"target": "", "monitor_only_reason": "We wait."}, "target_on", "There is no target for this day"),
    ],
)
def test_a_mistake_stands_at_its_field_and_nothing_is_changed(signed_in, change, field, sentence):
    officer, before = signed_in("performance"), kept()
    for do in ("adopt", "see"):
        answer = officer.post(NEW, RETURNED | change | {"do": do})
        page = words(answer)
        assert answer.status_code == 422 and "<title>Error: " in page
        assert f'<a href="#{field}">{sentence}' in page and f'id="{field}-error"' in page and f'id="{field}"' in page
        assert page.count("-error-message") == 1, "and no other field is told"
        assert "It can be adopted as it is." not in page
    assert kept() == before


def test_what_was_typed_stays_in_the_form_and_mistakes_stand_in_the_order_of_its_fields(signed_in):
    page = words(
        signed_in("performance").post(NEW, RETURNED | {"target": "many", "title": "", "owner": "", "caveat": "<b>Late</b>"})
    )
    assert 'value="many"' in page and 'value="K199"' in page and "<b>Late</b>" in page and '<option value="1" selected>' in page
    places = [page.index(f'<a href="#{field}">') for field in ("title", "owner", "target")]
    assert places == sorted(places)
    assert 'value="1.2" checked' in page and 'value="2.1" checked' not in page


@pytest.mark.parametrize(
    "name", ["manager", "analyst", "lead", "partner-police", "equality", "auditor", "scrutiny", "administrator"]
)
def test_other_roles_read_the_list_and_are_refused_the_form_in_words(signed_in, name):
    client, before = signed_in(name), kept()
    page = words(client.get(LIST))
    assert "Your role adopts no indicator. A performance officer or the board does." in page and NEW not in page
    for answer in (client.get(NEW), client.post(NEW, RETURNED)):
        assert answer.status_code == 403
        assert "You may not adopt an indicator here. Ask someone who may: board or performance." in words(answer)
    assert kept() == before


def test_without_a_session_the_words_come_back(client):
    before = kept()
    assert client.get(NEW).status_code == 302 and client.get(LIST).status_code == 302
    answer = client.post(NEW, RETURNED)
    assert answer.status_code == 403 and "Alley gates mended in time" in words(answer) and kept() == before


def test_see_it_first_shows_what_the_rules_find_and_saves_nothing(signed_in):
    officer, before = signed_in("performance"), kept()
    loose = RETURNED | {"title": "Fires", "numerator": "", "work_areas": [], "baseline": "", "baseline_words": "", "lag_days": ""}
    answer = officer.post(NEW, loose | {"do": "see"})
    page = words(answer)
    assert answer.status_code == 200 and kept() == before and "Nothing is saved yet." in page
    assert "It can be adopted as it is." in page
    assert "(K1, has to be mended)" in page and "its numerator is not said. Say in words what is divided by what." in page
    assert all(f"({rule}, is better mended)" in page for rule in ("K4", "K7", "K8", "K11"))
    whole = words(officer.post(NEW, RETURNED | {"do": "see"}))
    assert "It is written as it should be." in whole and "What the rules find in it" not in whole and kept() == before
    assert officer.post(NEW, loose).status_code == 302, "a finding refuses nothing"
    listed = words(officer.get(LIST))
    assert "(K1, has to be mended)" in listed.partition('<li id="K199">')[2].partition("</li>\n      <li id=")[0]


def test_the_form_begins_with_the_next_free_reference_and_what_it_may_serve(signed_in):
    page = words(signed_in("performance").get(NEW))
    highest = max(int(k.ref[1:]) for k in Kpi.objects.filter(ref__regex=r"^K\d+$"))
    assert f'value="K{highest + 1}"' in page and '<option value="council">' in page
    assert '<option value="recorded-robbery.count">' in page and ".change" not in page
    assert 'value="1.2"' in page and '<option value="6">' in page


def test_on_an_earlier_day_the_list_is_that_of_the_day_and_nothing_is_adopted(signed_in):
    officer = signed_in("performance")
    officer.post(NEW, RETURNED, follow=True)
    page = words(officer.get(f"{LIST}?as_at=2026-04-19"))
    assert "K199" not in page and "K122" in page and "so no indicator can be adopted" in page
    assert '<button class="govuk-button" type="submit" name="do"' not in words(officer.get(f"{NEW}?as_at=2026-04-19"))
    before = kept()
    assert officer.post(f"{NEW}?as_at=2026-04-19", RETURNED | {"ref": "K197"}).status_code == 400 and kept() == before


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        # each of these once came as far as the database, or past it
        ({"target": float("nan")}, "K199: write the target as a number"),
        ({"per": float("nan")}, "K199: write a number of 1 or more"),
        ({"baseline": float("inf")}, "K199: write the starting point as a number"),
        ({"lag_days": -1}, "K199: write a whole number of days"),
        ({"unit": "x" * 61}, "K199: write at most 60 characters"),
        ({"priority_ref": "x", "work_areas": []}, "K199: choose the priority"),
        ({"work_areas": ["x"]}, "K199: x is no work area of priority 1"),
        ({"frequency": "weekly"}, "K199: choose how often it comes"),
        ({"kind": "impact"}, "K199: choose what it counts"),
        ({"target": None, "monitor_only_reason": "  "}, "K199: give a target, or the reason"),
        ({"title": None}, "K199: write its name"),
    ],
)
def test_what_the_database_could_not_keep_is_refused_in_a_sentence(person, change, refusal):
    described = {
        "ref": "K199", "title": "A test", "definition": "Of a test.", "kind": "output", "priority_ref": "1", "work_areas": ["1.2"],
        "polarity": "higher_better", "unit": "%", "per": 100, "frequency": "quarterly", "owner": "chair-1", "body": "council",
        "source": "A test", "target": 90,
    }  # fmt: skip
    before = kept()
    with pytest.raises(CsplanError, match=refusal):
        kpis.adopt(partnership=Partnership.objects.get(), described=described | change, by=person("performance"))
    assert kept() == before


# ---- the catalogue at the desk ------------------------------------------------------------------------------

CATALOGUE = f"{LIST}catalogue/"


def test_the_catalogue_stands_under_priorities_and_says_which_are_adopted(signed_in):
    page = words(signed_in("performance").get(CATALOGUE))
    assert "108 indicators in all" in page and "Priority 1: Promote being safe" in page and "Work area 6.3: Build" in page
    assert f'href="{NEW}?from=K106"' in page and f"{NEW}?from=K122" not in page, "one that is adopted is not offered again"
    assert "Target hardening done within five working days" in page


def test_the_catalogue_and_the_list_are_searched_without_scripts(signed_in):
    officer = signed_in("performance")
    page = words(officer.get(CATALOGUE, {"q": "horses"}))
    assert "from=K113" in page and "from=K106" not in page and "One indicator holds the words “horses”" in page
    assert "No indicator holds the words" in words(officer.get(CATALOGUE, {"q": "no such thing"}))
    held = words(officer.get(LIST, {"work_area": "1.2"}))
    assert '<li id="K122">' in held and '<li id="K105">' not in held
    assert "None is found" in words(officer.get(LIST, {"q": "no such thing"}))


def test_other_roles_read_the_catalogue_and_are_offered_nothing(signed_in, client):
    page = words(signed_in("lead").get(CATALOGUE))
    assert "Deliberate primary fires" in page and "?from=" not in page
    client.logout()
    assert client.get(CATALOGUE).status_code == 302


@pytest.mark.parametrize(
    ("ref", "typed"),
    [
        (
            "K106",
            ['value="Deliberate primary fires, vehicles told apart"', 'value="fires per 10,000 residents"', 'value="10000"'],
        ),
        ("recorded-robbery", ['<option value="recorded-robbery.count" selected>', 'value="1"']),
        ("K202", ['value="28"', 'value="40"']),
        ("K413", ['value="4.1" checked', 'value="4.2" checked']),
        ("K001", ['value="K001"', "It adds very different things together"]),
    ],
)
def test_one_of_the_catalogue_fills_the_form_in(signed_in, ref, typed):
    before = kept()
    page = words(signed_in("performance").get(NEW, {"from": ref}))
    assert all(part in page for part in typed)
    assert kept() == before, "nothing is saved by looking"


def test_one_that_is_adopted_already_or_unknown_begins_with_a_free_reference(signed_in):
    officer = signed_in("performance")
    again, unknown = words(officer.get(NEW, {"from": "K122"})), words(officer.get(NEW, {"from": "K999"}))
    assert 'id="ref" name="ref" type="text" value="K122"' not in again and "Target hardening done" in again
    assert 'value="K608"' in again and 'value="K608"' in unknown


def test_one_of_the_catalogue_is_adopted_once_the_local_parts_are_added(signed_in):
    officer = signed_in("performance")
    sent = {**begun_from("K106"), "work_areas": areas_of("K106"), "do": "adopt", "owner": "chair-1", "body": "fire"}
    sent["monitor_only_reason"] = "First we learn its usual range."
    assert officer.post(NEW, sent).status_code == 302
    row = Kpi.objects.get(ref="K106")
    assert (row.title, row.per, row.frequency, row.work_areas, row.lag_days) == (
        "Deliberate primary fires, vehicles told apart",
        10_000,
        "quarterly",
        ["1.1"],
        31,
    )


@pytest.mark.parametrize("ref", [i.id for i in catalogue.all()])
def test_every_indicator_of_the_catalogue_can_be_adopted_as_it_is_defined(signed_in, ref):
    begun = begun_from(ref)
    sent = {**begun, "work_areas": areas_of(ref), "do": "see", "owner": "chair-1", "ref": "K9999"}
    sent |= {"priority_ref": begun["priority_ref"] or "1", "monitor_only_reason": "It is watched."}
    sent |= {"body": "" if begun["computed_from"] else "council"}
    answer = signed_in("performance").post(NEW, sent)
    assert answer.status_code == 200, words(answer).partition("error-summary")[2][:600]
