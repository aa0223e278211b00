"""The plan as a reader meets it: whole, in parts, sealed, and as it stood on any day."""

import hashlib
import html
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PLAN = "/county-durham/plans/2020-25/"
FILE = Path(__file__).resolve().parents[2] / "partnerships" / "county-durham" / "plan-2020-25.toml"
TOLD = tomllib.loads(FILE.read_text(encoding="utf-8"))
DELIVERABLES = {d["ref"]: d["title"] for p in TOLD["priorities"] for d in p["deliverables"]}


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def data(client: Client, address: str, day: str = "") -> dict[str, Any]:
    answer = client.get(f"{address.rstrip('/')}.json{day}")
    assert answer.status_code == 200, address
    return answer.json()


def test_the_plan_as_data_has_the_keys_that_others_rely_on(demonstration: Client) -> None:
    told = data(demonstration, PLAN)
    assert {"slug", "title", "from", "to", "state", "version", "sha256", "vision"} <= told["plan"].keys()
    assert (told["plan"]["from"], told["plan"]["to"], told["plan"]["state"]) == ("2020-04-01", "2025-03-31", "ended")
    for priority in told["priorities"]:
        assert {"ref", "title", "work_areas", "deliverables"} <= priority.keys()
        for deliverable in (d for w in [*priority["work_areas"], priority] for d in w["deliverables"]):
            assert {"ref", "title", "lead", "due", "status"} <= deliverable.keys()
            assert deliverable["lead"] is None and deliverable["why"] == "not stated in the report of 9 January 2020"
    for kpi in told["kpis"]:
        assert {"id", "title", "priority", "polarity", "baseline", "target", "monitor_only_reason"} <= kpi.keys()
        assert (kpi["target"] is None) == bool(kpi["monitor_only_reason"])


def test_titles_stand_word_for_word_and_each_deliverable_once(demonstration: Client) -> None:
    told = data(demonstration, PLAN)
    assert [p["title"] for p in told["priorities"]] == [p["title"] for p in TOLD["priorities"]]
    areas = [w for p in told["priorities"] for w in p["work_areas"]]
    assert [w["title"] for w in areas] == [w["title"] for p in TOLD["priorities"] for w in p["work_areas"]]
    assert (len(told["priorities"]), len(areas)) == (6, 17)
    every = [d["ref"] for w in [*areas, *told["priorities"]] for d in w["deliverables"]]
    assert Counter(every) == Counter(DELIVERABLES.keys())


def test_a_deliverable_of_one_work_area_stands_under_it_and_any_other_beside(demonstration: Client) -> None:
    for priority in data(demonstration, PLAN)["priorities"]:
        assert all(d["work_areas"] == [w["ref"]] for w in priority["work_areas"] for d in w["deliverables"])
        assert all(len(d["work_areas"]) != 1 for d in priority["deliverables"])


def test_every_part_has_a_page_of_its_own(demonstration: Client) -> None:
    for priority in TOLD["priorities"]:
        for part in (priority, *priority["work_areas"], *priority["deliverables"]):
            page = read(demonstration, f"{PLAN}{part['ref']}/")
            assert page.count("<h1") == 1 and part["title"] in page
            assert data(demonstration, f"{PLAN}{part['ref']}/")["title"] == part["title"]


@pytest.mark.parametrize("ref", ["1", "2", "3", "4", "5", "6"])
def test_the_page_of_a_priority_holds_each_of_its_deliverables_once(demonstration: Client, ref: str) -> None:
    links = re.findall(rf'class="csp-do"><a href="{PLAN}([\d.]+)/"', read(demonstration, f"{PLAN}{ref}/"))
    assert Counter(links) == Counter(r for r in DELIVERABLES if r.startswith(f"{ref}."))


@pytest.mark.parametrize("address", ["7/", "1.9/", "1.1.9/", "nothing/", "versions/9/", "versions/9.sealed.json"])
def test_a_part_that_is_not_there_is_not_found(demonstration: Client, address: str) -> None:
    assert demonstration.get(PLAN + address).status_code == 404


@pytest.mark.parametrize("slug", ["2020-25", "example-refresh"])
def test_the_fingerprint_is_of_exactly_the_sealed_bytes(demonstration: Client, slug: str) -> None:
    plan = data(demonstration, f"/county-durham/plans/{slug}/")["plan"]
    at = f"/county-durham/plans/{slug}/versions/{plan['version']}"
    sealed = demonstration.get(f"{at}.sealed.json")
    assert hashlib.sha256(sealed.content).hexdigest() == plan["sha256"]
    assert json.loads(sealed.content)["vision"] == plan["vision"]
    page = read(demonstration, f"{at}/")
    assert plan["sha256"] in page and all(title in page for title in DELIVERABLES.values())


def test_the_sealed_bytes_are_the_same_on_every_day(demonstration: Client) -> None:
    address = f"{PLAN}versions/1.sealed.json"
    days = ("2019-12-17", "2020-01-09", "2020-03-09")
    assert len({demonstration.get(address).content, *(demonstration.get(f"{address}?as_at={day}").content for day in days)}) == 1


def test_a_draft_is_hidden_from_everyone_but_officers(demonstration: Client, person: Callable[[str], Any]) -> None:
    before = "?as_at=2019-12-10"
    for address in (PLAN, f"{PLAN}1/", f"{PLAN}alignment/", f"{PLAN}versions/1/", f"{PLAN}versions/1.sealed.json"):
        assert demonstration.get(address + before).status_code == 404, address
    assert data(demonstration, "/county-durham/plans/", before) == {"plans": []}
    officer = Client()
    officer.force_login(person("auditor"), backend="django.contrib.auth.backends.ModelBackend")
    page = read(officer, PLAN + before)
    assert "Only officers of the partnership see this page" in page and "Version 1: a draft" in page
    assert officer.get(f"{PLAN}versions/1.sealed.json{before}").status_code == 404, "a draft has no seal"


@pytest.mark.parametrize(
    ("day", "told", "later"),
    [
        (
            "2019-12-17",
            (
                "Version 1: a draft, frozen",
                "Consultation: open until 23:59 on Friday 14 February 2020.",
                "The board is to decide",
            ),
            ("The board agreed it", "considered the draft", "completed and signed", "locked", "adopted an"),
        ),
        ("2020-01-09", ("considered the draft", "begun on 9 December 2019 and not complete yet"), ("24 February", "locked")),
        ("2020-02-14", ("Consultation: open until", "None adopted yet"), ("24 February", "2 March", "The board agreed it")),
        (
            "2020-03-09",
            (
                "Version 2: agreed and published",
                "The board agreed it on 9 March 2020.",
                "The priorities are locked until 9 March 2021 while the strategic governance review takes place.",
                "It is to run from 1 April 2020",
            ),
            ("Five adopted", "2025 incidents"),
        ),
        ("", ("It ran from 1 April 2020 to 31 March 2025.", "Five adopted"), ("Only officers",)),
    ],
)
def test_a_day_shows_what_stood_then_and_nothing_later(
    demonstration: Client, day: str, told: tuple[str, ...], later: tuple[str, ...]
) -> None:
    page = read(demonstration, f"{PLAN}?as_at={day}" if day else PLAN)
    assert [words for words in told if words not in page] == []
    assert [words for words in later if words in page] == []


def test_what_the_plan_lacks_is_said(demonstration: Client) -> None:
    page = read(demonstration, PLAN)
    assert "No deliverable has a lead: not stated in the report of 9 January 2020." in page
    assert "No indicator had been adopted for priorities 1" in page, "what the board accepted when it agreed the plan"
    assert "Every work area has its deliverables" in read(demonstration, "/county-durham/plans/example-refresh/")


def test_what_the_plan_fits_with(demonstration: Client) -> None:
    page = read(demonstration, f"{PLAN}alignment/")
    for words in ("County Durham Vision 2035", "More and better jobs", "agreed by the County Durham Partnership"):
        assert words in page
    assert len(data(demonstration, f"{PLAN}alignment/")["alignments"]) == 2


def test_the_list_says_which_plan_is_an_example(demonstration: Client) -> None:
    page = read(demonstration, "/county-durham/plans/")
    assert page.count("csp-example") == 1 and "A draft, frozen, for 1 April 2027" in page
