"""What holds for every page: whose it is, its headers, its menu, the day it is read as at."""

import json
import re

import pytest
from django.urls import Resolver404, resolve

from csplan.website import desk_rooms
from csplan.website.context import FOOT, ROOMS
from csplan.website.views import errors

PAGES = [
    "/county-durham/",
    "/county-durham/report-it/",
    "/county-durham/about/",
    "/county-durham/accessibility/",
    "/county-durham/privacy/",
]


@pytest.mark.parametrize("address", PAGES)
def test_page_and_json_answer(client, durham, address):
    page = client.get(address)
    assert page.status_code == 200 and page["Content-Type"] == "text/html; charset=utf-8"
    html = page.content.decode()
    assert html.count("<h1") == 1 and "Safe Durham Partnership: worked example" in html
    assert json.loads(client.get(address.rstrip("/") + ".json").content)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_inline_may_run(client, durham, address):
    policy = dict(d.strip().split(" ", 1) for d in client.get(address)["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }


def test_other_headers_that_keep_a_page_safe(client, durham):
    headers = client.get("/county-durham/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_reading_sets_no_cookie(client, durham):
    for address in PAGES:
        client.get(address)
    assert not client.cookies


def test_every_address_in_menu_and_footer_answers(client, durham):
    html = client.get("/county-durham/about/").content.decode()
    for path in re.findall(r'href="(/county-durham/[^"#?]*)"', html):
        assert client.get(path).status_code == 200, path


def test_the_menu_names_no_room_that_does_not_answer(client, durham):
    html = client.get("/county-durham/privacy/").content.decode()
    for path, _title in (*ROOMS, *FOOT):
        try:
            resolve(f"/county-durham/{path}")
        except Resolver404:
            assert f'href="/county-durham/{path}"' not in html


def test_rooms_are_listed_once():
    within = [place for places in desk_rooms.WITHIN.values() for place in places]
    paths = [path for path, _title in (*ROOMS, *desk_rooms.ROOMS, *within, *FOOT)]
    assert len(paths) == len(set(paths))


def test_a_menu_stands_in_one_row():
    assert len(ROOMS) <= 5 and len(desk_rooms.ROOMS) <= 7


def test_the_knot_is_where_the_reader_is(client, durham):
    html = client.get("/county-durham/report-it/").content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', html) == ["/county-durham/report-it/"]


@pytest.mark.parametrize("address", ["/nowhere/", "/nowhere/plans/", "/county-durham/nothing-here/"])
def test_what_is_not_here_says_so_in_words(client, durham, address):
    page = client.get(address)
    assert page.status_code == 404 and "Page not found" in page.content.decode()


def test_an_unknown_partnership_is_named_in_json_too(client, durham):
    answer = client.get("/nowhere.json")
    assert answer.status_code == 404
    assert answer.json() == {"error": "There is no partnership called “nowhere” here."}


def test_the_front_door_leads_to_the_only_partnership(client, durham):
    assert client.get("/").headers["Location"] == "/county-durham/"
    assert client.get("/?as_at=2020-01-09").headers["Location"] == "/county-durham/?as_at=2020-01-09"
    assert client.get("/index.json").json()["partnerships"][0]["slug"] == "county-durham"


def test_the_front_door_lists_several(client, durham, plain):
    html = client.get("/").content.decode()
    assert 'href="/county-durham/"' in html and "Safer Plainshire Partnership" in html


def test_the_front_door_of_an_empty_installation(client, db):
    assert "None yet" in client.get("/").content.decode()


def test_a_fault_of_ours_asks_nothing_of_the_database():
    page = errors.broken(None)  # no database fixture here: a query would fail
    assert page.status_code == 500 and "A fault of ours" in page.content.decode()


def test_healthz(client, db):
    assert client.get("/healthz").json() == {"ok": True}


# The day a page is read as at


def test_the_strip_offers_the_days_of_the_story(client, durham):
    html = client.get("/county-durham/about/?x=1").content.decode()
    days = re.findall(r'href="/county-durham/about/\?x=1&amp;as_at=([0-9-]+)"', html)
    assert days == ["2019-12-17", "2020-01-09", "2020-02-14", "2020-03-09"]


def test_every_link_keeps_an_earlier_day(client, durham):
    html = client.get("/county-durham/about/?as_at=2020-01-09").content.decode()
    main = html[html.index("<header") :]
    links = re.findall(r'href="(/(?!static)[^"]*)"', main)
    assert links and all(link.endswith("?as_at=2020-01-09") for link in links), links
    assert "You are reading <strong>Thursday 9 January 2020</strong>" in html


@pytest.mark.parametrize(("text", "sentence"), [("2999-01-01", "has not come yet here"), ("tomorrow", "is not a day")])
def test_a_day_that_cannot_be_read_is_refused(client, durham, text, sentence):
    page = client.get(f"/county-durham/about/?as_at={text}")
    assert page.status_code == 400 and sentence in page.content.decode()
    assert sentence in client.get(f"/county-durham/about.json?as_at={text}").json()["error"]


def test_nothing_is_written_on_an_earlier_day(client, durham):
    page = client.post("/county-durham/about/?as_at=2020-01-09")
    assert page.status_code == 400 and "nothing can be written on an earlier day" in page.content.decode()


def test_a_partnership_without_files_shows_its_name(client, plain):
    html = client.get("/plainshire/about/").content.decode()
    assert "– Safer Plainshire Partnership</title>" in html
    assert "worked example" not in html and "csp-days" not in html
    page = client.get("/plainshire/report-it/")
    assert page.status_code == 404 and "In an emergency call 999" in page.content.decode()


# Report it


def test_report_it_says_first_that_it_takes_no_reports(client, durham):
    html = client.get("/county-durham/report-it/").content.decode()
    main = html[html.index("<main") :]
    assert main.index("This is not a reporting service") < main.index("What is it about?")


def test_report_it_has_every_door(client, durham):
    refs = {door["ref"] for door in client.get("/county-durham/report-it.json").json()["report_it"]["doors"]}
    asked = {"crime", "hate", "domestic-abuse", "radicalisation", "suspicious", "fraud", "drugs", "environment"}
    assert asked <= refs


def test_report_it_is_not_kept_by_a_browser(client, durham):
    assert client.get("/county-durham/report-it/")["Cache-Control"] == "private, no-store"


def test_report_it_numbers_can_be_dialled(client, durham):
    html = client.get("/county-durham/report-it/").content.decode()
    dialled = re.findall(r'href="tel:([^"]+)"', html)
    assert "999" in dialled and "101" in dialled and all(number.isdigit() for number in dialled)
    assert 'data-module="govuk-exit-this-page"' in html
