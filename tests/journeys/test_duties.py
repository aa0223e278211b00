"""What the law asks, read as at any day."""

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from csplan.cycle import duties
from csplan.records.reading import duties as reading

pytestmark = pytest.mark.django_db

DUTIES = "/county-durham/duties/"
#: What every rule of the data has, at least: the keys of the contract, and those added since.
KEYS = {
    *("id", "clause", "title", "status", "advisory", "reason", "evidence"),
    *("severity", "instrument", "summary", "applies_when", "verified_by", "would_meet", "in_force_from", "in_force_to"),
}


def statuses(client: Client, day: str) -> dict[str, str]:
    told = client.get(f"{DUTIES[:-1]}.json?as_at={day}").json()
    return {rule["id"]: rule["status"] for rule in told["rules"]}


def test_the_checklist_as_data(demonstration: Client) -> None:
    told = demonstration.get(f"{DUTIES[:-1]}.json?as_at=2020-01-09").json()
    assert (told["as_at"], told["partnership"]) == ("2020-01-09", "county-durham")
    in_order = [rule.id for rule in duties.RULES]
    ids = [rule["id"] for rule in told["rules"]]
    assert ids == [id for id in in_order if id in ids] and len(ids) > 60
    for rule in told["rules"]:
        assert rule.keys() >= KEYS
        assert rule["status"] in told["summary"] and rule["reason"]
        assert rule["status"] != "not met" or rule["would_meet"]
    assert sum(told["summary"].values()) == len(ids)


def test_each_day_finds_what_was_held_by_then(demonstration: Client) -> None:
    assert statuses(demonstration, "2019-12-16")["F12-1"] != "met"
    assert statuses(demonstration, "2020-01-09")["F12-1"] == "met"
    assert statuses(demonstration, "2020-03-08")["F14-1"] == "not applicable"
    assert statuses(demonstration, "2020-03-09")["F14-1"] == "met"
    assert statuses(demonstration, "2020-04-01")["A6-1"] == "met"
    assert statuses(demonstration, "2025-04-01")["A6-1"] == "not met", "the plan has run out"


def test_what_shows_it_leads_there(demonstration: Client) -> None:
    for day in ("2020-01-09", "2020-03-09", "2026-11-23"):
        rules = demonstration.get(f"{DUTIES[:-1]}.json?as_at={day}").json()["rules"]
        pages: dict[str, Any] = {}
        for url in {shown["url"] for rule in rules for shown in rule["evidence"]}:
            path, _, place = url.partition("#")
            page = pages[path] = pages.get(path) or demonstration.get(f"{path}?as_at={day}")
            assert page.status_code == 200, url
            assert not place or f'id="{place}"' in page.content.decode(), url


def test_three_fields_lead_to_the_day(demonstration: Client) -> None:
    answer = demonstration.get(DUTIES, {"day": "9", "month": "1", "year": "2020"})
    assert answer["Location"] == f"{DUTIES}?as_at=2020-01-09"
    page = html.unescape(demonstration.get(answer["Location"]).content.decode())
    assert "What the law asks, as at 9 January 2020" in page
    assert re.findall(r'name="(day|month|year)" type="text" inputmode="numeric" value="(\d+)"', page) == [
        ("day", "9"),
        ("month", "1"),
        ("year", "2020"),
    ]


@pytest.mark.parametrize("fields", [{"day": "31", "month": "2", "year": "2020"}, {"day": "", "month": "", "year": "soon"}])
def test_what_is_no_day_is_refused_in_words(demonstration: Client, fields: dict[str, str]) -> None:
    answer = demonstration.get(DUTIES, fields)
    assert answer.status_code == 400 and b"That is not a day of the calendar." in answer.content


def test_a_day_still_to_come_is_refused(demonstration: Client) -> None:
    answer = demonstration.get(DUTIES, {"day": "1", "month": "1", "year": "2031"}, follow=True)
    assert answer.status_code == 400 and b"has not come yet" in answer.content


def test_the_checklist_as_a_table(demonstration: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(demonstration.get(f"{DUTIES[:-1]}.csv?as_at=2020-01-09").content.decode())))
    assert {"severity", "would_meet", "in_force_from"} <= rows[0].keys()
    assert {r["id"]: r["status"] for r in rows} == statuses(demonstration, "2020-01-09")


def test_the_page_says_first_which_duties_are_not_met(demonstration: Client) -> None:
    told = demonstration.get(f"{DUTIES[:-1]}.json").json()["rules"]
    unmet = [r["id"] for r in told if r["status"] == "not met" and r["severity"] == "must"]
    assert unmet == ["A6-1", "A17A-1", "F10-1", "P7-10", "O2", "E3"]
    assert b"Six duties are not met on this day" in demonstration.get(DUTIES).content


@pytest.mark.parametrize(
    ("day", "rule", "status", "words"),
    [
        # the findings that the story must give on its days
        ("2020-01-09", "F9-1", "not applicable", "single council since 1 April 2009"),
        ("2020-01-09", "A6-1d", "not applicable", "it begins on 31 January 2023"),
        ("2023-06-01", "A6-1d", "not met", "names no strategy on serious violence"),
        ("2020-01-09", "C2-K", "not met", "No indicator had been adopted when it opened"),
        ("2020-01-09", "C3", "met", "60 days, of which 41 are working days. Bank holidays inside: Christmas Day"),
        ("2020-01-09", "G1", "not met", "agreed in November 2018, thirteen months before the consultation opened"),
        ("2020-01-09", "E1", "met", "begun on 9 December 2019"),
        ("2020-01-09", "E3", "not met", "not complete"),
        ("2020-03-09", "E3", "met", "Completed on 2 March 2020"),
        ("2020-03-09", "C7", "met", "the plan was agreed on 9 March 2020"),
        ("2020-01-09", "O2", "met", "9 January 2020"),
        ("2020-01-08", "O2", "unknown", "No meeting"),
        ("2020-01-09", "A17-1", "met", "One report"),
        ("2019-12-29", "A17-1", "unknown", "No report"),
    ],
)
def test_the_findings_of_the_story(demonstration: Client, day: str, rule: str, status: str, words: str) -> None:
    told = demonstration.get(f"{DUTIES[:-1]}.json?as_at={day}").json()["rules"]
    found = next(r for r in told if r["id"] == rule)
    assert (found["status"], words in found["reason"]) == (status, True), found["reason"]


def test_a_practice_rule_is_a_warning_and_an_untested_one_advisory(demonstration: Client) -> None:
    told = {r["id"]: r for r in demonstration.get(f"{DUTIES[:-1]}.json?as_at=2020-01-09").json()["rules"]}
    assert told["C2-K"]["severity"] == told["G1"]["severity"] == "practice" and told["G1"]["advisory"]
    page = html.unescape(demonstration.get(f"{DUTIES}?as_at=2020-01-09").content.decode())
    assert "points of good practice are not followed: a warning, not a breach." in page


@pytest.mark.parametrize("status", duties.STATUSES)
def test_one_answer_alone(demonstration: Client, status: str) -> None:
    told = demonstration.get(f"{DUTIES[:-1]}.json", {"as_at": "2020-01-09", "status": status}).json()
    whole = demonstration.get(f"{DUTIES[:-1]}.json?as_at=2020-01-09").json()
    assert told["rules"] == [r for r in whole["rules"] if r["status"] == status] and told["summary"] == whole["summary"]
    page = demonstration.get(DUTIES, {"as_at": "2020-01-09", "status": status}).content.decode()
    assert set(re.findall(r'<article class="csp-duty" id="([^"]+)"', page)) == {r["id"] for r in told["rules"]}
    assert f'<option value="{status}" selected>' in page


def test_the_answer_chosen_stays_with_the_day(demonstration: Client) -> None:
    sent = demonstration.get(DUTIES, {"day": "9", "month": "1", "year": "2020", "status": "not met"})
    assert sent["Location"] == f"{DUTIES}?status=not+met&as_at=2020-01-09"
    assert demonstration.get(sent["Location"]).status_code == 200


def test_an_answer_that_is_none_is_refused_in_words(demonstration: Client) -> None:
    answer = demonstration.get(DUTIES, {"status": "perhaps"})
    assert answer.status_code == 400 and "is not an answer of the checklist" in answer.content.decode()


def test_what_is_stated_elsewhere_shows_from_its_day(demonstration: Client, tmp_path: Path, monkeypatch: Any) -> None:
    folder = tmp_path / "county-durham"
    folder.mkdir()
    (folder / "kept.toml").write_text(
        '[[kept]]\nwhat = "channel-panel"\ntitle = "Channel panel"\nfrom_on = 2020-01-09\nurl = "https://example.org/panel"\n'
    )
    monkeypatch.setenv("CSPLAN_PARTNERSHIPS", str(tmp_path))
    assert statuses(demonstration, "2020-01-08")["PV-2"] == "unknown"
    assert statuses(demonstration, "2020-01-09")["PV-2"] == "met"
    assert 'href="https://example.org/panel"' in demonstration.get(f"{DUTIES}?as_at=2020-01-09").content.decode()


def test_an_officer_sees_what_would_show_an_unknown_duty(demonstration: Client, person: Callable[[str], User]) -> None:
    public = html.unescape(demonstration.get(DUTIES).content.decode())
    officer = Client()
    officer.force_login(person("manager"), backend="django.contrib.auth.backends.ModelBackend")
    seen = html.unescape(officer.get(DUTIES).content.decode())
    assert "What would show it:" not in public and "What would show it:" in seen
    assert "What would meet it:" in public
    earlier = html.unescape(officer.get(f"{DUTIES}?as_at=2020-01-09").content.decode())
    assert "What would show it:" not in earlier, "nothing can be done on an earlier day"


def test_a_frozen_version_that_is_not_public_is_seen_by_officers_alone(tell: Any, person: Callable[[str], User]) -> None:
    partnership = tell("2020-03-05")
    day = date(2020, 3, 5)
    labels = [
        {e["label"] for r in found["rules"] for e in r["evidence"]}
        for found in (
            reading.findings(partnership, day),
            reading.findings(partnership, day, viewer=person("manager")),
        )
    ]
    second = "Safe Durham Partnership Plan 2020-25, version 2"
    assert second not in labels[0] and second in labels[1]
    assert any(p.number == 2 for p in reading.facts(partnership).plans), "the signing reads everything"
