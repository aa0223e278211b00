"""What the law asks, read as at any day."""

import csv
import html
import io
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

DUTIES = "/county-durham/duties/"
RULES = ("A5-1", "A5A-1", "A6-1", "A17A-1", "F3-2", "F6-1", "F9-1", "F10-1", "F12-1", "F14-1")


def statuses(client: Client, day: str) -> dict[str, str]:
    told = client.get(f"{DUTIES[:-1]}.json?as_at={day}").json()
    return {rule["id"]: rule["status"] for rule in told["rules"]}


def test_the_checklist_as_data(demonstration: Client) -> None:
    told = demonstration.get(f"{DUTIES[:-1]}.json?as_at=2020-01-09").json()
    assert (told["as_at"], told["partnership"]) == ("2020-01-09", "county-durham")
    assert tuple(rule["id"] for rule in told["rules"]) == RULES
    for rule in told["rules"]:
        assert {"id", "clause", "title", "status", "advisory", "reason", "evidence"} <= rule.keys()
        assert rule["status"] in told["summary"] and rule["reason"]
    assert sum(told["summary"].values()) == len(RULES)


def test_each_day_finds_what_was_held_by_then(demonstration: Client) -> None:
    assert statuses(demonstration, "2019-12-16")["F12-1"] != "met"
    assert statuses(demonstration, "2020-01-09")["F12-1"] == "met"
    assert statuses(demonstration, "2020-03-08")["F14-1"] == "not applicable"
    assert statuses(demonstration, "2020-03-09")["F14-1"] == "met"
    assert statuses(demonstration, "2020-04-01")["A6-1"] == "met"
    assert statuses(demonstration, "2025-04-01")["A6-1"] == "not met", "the plan has run out"


def test_what_shows_it_leads_there(demonstration: Client) -> None:
    for day in ("2020-01-09", "2020-03-09", "2026-11-23"):
        for rule in demonstration.get(f"{DUTIES[:-1]}.json?as_at={day}").json()["rules"]:
            for shown in rule["evidence"]:
                path, _, place = shown["url"].partition("#")
                page = demonstration.get(f"{path}?as_at={day}")
                assert page.status_code == 200, shown
                assert not place or f'id="{place}"' in page.content.decode(), shown


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
    assert tuple(r["id"] for r in rows) == RULES
    assert {r["id"]: r["status"] for r in rows} == statuses(demonstration, "2020-01-09")


def test_the_page_says_first_what_is_not_met(demonstration: Client) -> None:
    assert b"Two duties are not met on this day" in demonstration.get(DUTIES).content
