"""The plan's other pages as a reader meets them: versions, signatures, parts, what it fits with, comments, reviews, endings."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

P = "/county-durham/"
PLAN = f"{P}plans/2020-25/"
REFRESH = f"{P}plans/example-refresh/"
Person = Callable[[str], Any]


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def data(client: Client, address: str, day: str = "") -> dict[str, Any]:
    answer = client.get(f"{address.rstrip('/')}.json{day}")
    assert answer.status_code == 200, address
    return answer.json()


@pytest.mark.parametrize("slug", ["2020-25", "example-refresh"])
@pytest.mark.parametrize("page", ["", "versions/", "versions/1/", "alignment/", "comments/", "1/", "1.2/", "1.2.1/"])
def test_every_page_answers_as_html_and_as_data(demonstration: Client, slug: str, page: str) -> None:
    address = f"{P}plans/{slug}/{page}"
    told = read(demonstration, address)
    assert told.count("<h1") == 1 and "<script" in told
    assert not re.search(r"\sstyle=|\son[a-z]+=", told), "the policy of the site forbids it"
    assert data(demonstration, address)["plan"]["slug"] == slug


def test_the_thread_of_priorities_comes_before_what_the_plan_says_at_length(demonstration: Client) -> None:
    page = read(demonstration, REFRESH)
    order = [
        "The plan in full",
        "Led elsewhere",
        "Risks",
        "What it depends on",
        "Resources",
        "Who agreed it",
    ]
    places = [page.index("Tackle and prevent cyber enabled crime"), *(page.index(f">{words}</h2>") for words in order)]
    assert places == sorted(places)
    assert page.count('<details class="csp-opening"') == 8, "every section is folded, and opens where it stands"
    assert "<strong>what</strong> will be done" in page, "Markdown is read"
    assert "The lines of money come to £156,000, and one line that is not money." in page
    assert f'Follows <a href="{PLAN}">Safe Durham Partnership Plan 2020-25</a>' in page
    assert f'Followed by <a href="{REFRESH}">' in read(demonstration, PLAN)


def test_a_deliverable_says_who_when_with_what_and_how_it_is_meant_to_work(demonstration: Client) -> None:
    page = read(demonstration, f"{REFRESH}1.2.1/")
    for term, words in (
        ("Lead", "Chair, Being Safe and Feeling Safe Sub Group"),
        ("Owned by", "Being Safe and Feeling Safe Sub Group"),
        ("With", "Council: housing, Police and Health body"),
        ("Starts", "1 July 2027"),
        ("Due", "31 March 2028"),
        ("What will show it", "A record of attendance or referrals"),
        ("How it stands", "No progress has been recorded yet."),
    ):
        assert f"<dt>{term}</dt><dd>{words}</dd>" in page
    assert "Locks and lights make a break-in slower" in page
    assert "County Durham Vision 2035: People live long and independent lives" in page
    assert "Money that is given for one year ends before the work does" in page, "a risk that names it"
    told = data(demonstration, f"{REFRESH}1.2.1/")["part"]
    assert (told["starts"], told["group"], told["evidence"]) == ("2027-07-01", "sub-group-1", "record")


def test_why_a_lead_is_not_told_stands_in_its_place(demonstration: Client) -> None:
    page = read(demonstration, f"{PLAN}1.2.1/")
    assert "<dt>Lead</dt><dd>Not stated in the report of 9 January 2020</dd>" in page


def test_versions_tell_their_way_through_the_states(demonstration: Client) -> None:
    told = {v["number"]: v for v in data(demonstration, f"{PLAN}versions/")["versions"]}
    assert [s["words"] for s in told[1]["steps"]][:2] == ["begun", "frozen: its words no longer change"]
    assert told[1]["state"] == "superseded" and told[1]["may_follow"] == {}
    assert told[2]["revises"] == "2020-25/1"
    days = [s["on"] for s in told[2]["steps"]]
    assert days == sorted(days)
    page = read(demonstration, f"{PLAN}versions/")
    assert "Version 2</a>" in page and "What it changed in version 1" in page
    then = data(demonstration, f"{PLAN}versions/", "?as_at=2020-01-09")["versions"]
    assert [(v["number"], v["state"]) for v in then] == [(1, "frozen")]


def test_a_frozen_version_shows_what_was_signed(demonstration: Client) -> None:
    page = read(demonstration, f"{PLAN}versions/2/")
    told = data(demonstration, f"{PLAN}versions/2/")
    assert told["agreement"]["sha256"] == told["plan"]["sha256"] and told["agreement"]["is_same"] is True
    assert "Restated when it was signed, and the same as that of this version." in page
    assert "Decision 1: " in page and "The duties as at that day" in page
    assert {p["form"] for p in told["agreement"]["papers"]} == {"pdf", "docx"}
    for paper in told["agreement"]["papers"]:
        assert paper["sha256"] in page and f"{PLAN}versions/2/paper.{paper['form']}" in page
    assert "Sent to the Durham Police and Crime Commissioner on 16 March 2020." in page
    assert [d["to"] for d in told["dispatches"]] == ["Durham Police and Crime Commissioner"]
    assert 'Durham Tees Valley Community Rehabilitation Company</dt><dd class="csp-facts__none">Nothing recorded.' in page
    assert "The board has not agreed this version." in read(demonstration, f"{PLAN}versions/1/")


def test_the_page_of_a_version_is_made_from_its_sealed_bytes(demonstration: Client) -> None:
    sealed = json.loads(demonstration.get(f"{REFRESH}versions/1.sealed.json").content)
    page = read(demonstration, f"{REFRESH}versions/1/")
    assert data(demonstration, f"{REFRESH}versions/1/")["sealed"] == sealed
    for row in (*sealed["risks"], *sealed["assurance_areas"], *sealed["dependencies"], *sealed["resources"], *sealed["sections"]):
        assert row["title"] in page, row["ref"]


def test_sealed_figures_stand_in_the_words(demonstration: Client) -> None:
    figures = {f["ref"]: f["words"] for f in data(demonstration, REFRESH)["figures"]}
    assert figures
    page = read(demonstration, REFRESH)
    assert f"Burglaries recorded here in 2025: {figures['recorded-burglary.count/E06000047/2025']}" in page
    assert "{recorded-" not in page


def test_what_delivers_an_ambition_and_what_does_not(demonstration: Client) -> None:
    told = data(demonstration, f"{REFRESH}alignment/")
    assert {s["kind_words"] for s in told["strategies"]} >= {"The serious violence strategy", "The drugs partnership’s plan"}
    vision = {a["words"]: [p["ref"] for p in a["delivered_by"]] for a in told["strategies"][0]["ambitions"]}
    assert vision["More and better jobs"] == [] and vision["Connected communities"] == ["1.1", "1.3", "6.1"]
    parts = {p["ref"]: p for p in told["parts"]}
    assert {(s["ambition"], s["through"]) for s in parts["1.3.1"]["serves"]} >= {("Connected communities", "1.3")}
    assert parts["4.2"]["serves"] == []
    page = read(demonstration, f"{REFRESH}alignment/")
    assert page.count("Nothing in the plan is named as delivering it.") == sum(
        not a["delivered_by"] for s in told["strategies"] for a in s["ambitions"]
    )
    assert page.count("Serves none named.") == told["counts"]["parts"] - told["counts"]["parts_that_serve"]
    assert told["counts"]["parts"] == 40


def test_a_comment_shows_what_was_decided_and_the_passage_that_changed(demonstration: Client) -> None:
    [told] = data(demonstration, f"{PLAN}comments/")["comments"]
    assert told["decision"] == "accepted" and told["passages"][0]["clause"] == "vision"
    page = read(demonstration, f"{PLAN}comments/")
    assert 'id="C1"' in page and "What was decided" in page
    assert '<del><span class="govuk-visually-hidden">removed: </span>A<span' in page
    assert '<ins><span class="govuk-visually-hidden">added: </span>Durham is a<span' in page
    for day in ("2020-01-09", "2020-02-24"):
        assert data(demonstration, f"{PLAN}comments/", f"?as_at={day}")["comments"] == [], "not decided by then"
    [then] = data(demonstration, f"{PLAN}comments/", "?as_at=2020-03-01")["comments"]
    assert then["passages"] == [], "the version that carries the change was not public yet"
    assert "No version that can be read here carries the change yet." in read(demonstration, f"{PLAN}comments/?as_at=2020-03-01")


def test_the_history_tells_the_new_facts_in_order(demonstration: Client) -> None:
    told = [h["words"] for h in data(demonstration, PLAN)["history"]]
    wanted = [
        "Version 1 was frozen for consultation",
        "A comment on version 1 was decided: accepted",
        "Version 2 was begun, a revision of version 1",
        "Version 2 was frozen",
        "The board agreed version 2",
        "Version 2 was sent to the Durham Police and Crime Commissioner",
        "The review for 2020/21 began",
        "A refresh was begun: Example refresh of the Safe Durham Partnership Plan",
    ]
    assert [words for words in wanted if words not in told] == []
    assert ("2021-01-11", "A refresh was begun") in [(h["on"], h["words"]) for h in data(demonstration, PLAN)["history"]], (
        "a draft"
    )
    # The comment was decided at 10:20, the version it changed begun at 10:00 on the same day.
    order = [wanted[0], wanted[2], wanted[1], *wanted[3:]]
    assert [words for words in told if words in wanted] == order
    for line in data(demonstration, PLAN)["history"]:
        if line["address"]:
            assert demonstration.get(P + line["address"]).status_code == 200, line
