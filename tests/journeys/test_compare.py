"""Two versions side by side: clause by clause, word by word, each change with its reason, for whoever may read both."""

import html
import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

P = "/county-durham/"
PLAN = f"{P}plans/2020-25/"
ACROSS = f"{PLAN}versions/2/compare/example-refresh/1/"


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def data(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(f"{address.rstrip('/')}.json")
    assert answer.status_code == 200, address
    return answer.json()


def test_the_vision_worded_anew_is_shown_word_by_word_and_traced_to_scrutiny(demonstration: Client) -> None:
    told = data(demonstration, f"{PLAN}versions/1/compare/2/")
    [vision] = told["differences"]
    assert vision["clause"] == "vision" and vision["kind"] == "changed"
    assert [(r["kind"], r["words"]) for r in vision["fields"][0]["runs"]] == [
        ("removed", "A"),
        ("added", "Durham is a"),
        ("same", " county where every adult and child will feel and be safe"),
    ]
    [reason] = vision["reasons"]
    assert reason["kind"] == "scrutiny" and reason["address"] == "papers/committee-report-2020-01-09/"
    assert demonstration.get(P + reason["address"]).status_code == 200
    assert told["counts"] == {"changed": 1, "added": 0, "removed": 0, "unchanged": 42}
    page = read(demonstration, f"{PLAN}versions/1/compare/2/")
    assert "One passage changed." in page and "42 passages say the same in both" in page
    assert f'<a href="{P}papers/committee-report-2020-01-09/">The scrutiny committee</a>' in page


def test_the_runs_of_every_field_give_both_texts(demonstration: Client) -> None:
    for difference in data(demonstration, ACROSS)["differences"]:
        for field in difference["fields"]:
            told = [(r["kind"], r["words"]) for r in field["runs"]]
            before = "".join(words for kind, words in told if kind != "added")
            after = "".join(words for kind, words in told if kind != "removed")
            for value, words in ((field["before"], before), (field["after"], after)):
                if isinstance(value, str):
                    assert words == value, (difference["clause"], field["name"])
            assert before != after or not told, (difference["clause"], field["name"])


def test_turned_round_what_was_added_is_removed(demonstration: Client) -> None:
    kinds = {"added": "removed", "removed": "added", "changed": "changed"}
    there = {d["clause"]: d["kind"] for d in data(demonstration, ACROSS)["differences"]}
    back = {
        d["clause"]: kinds[d["kind"]]
        for d in data(demonstration, f"{P}plans/example-refresh/versions/1/compare/2020-25/2/")["differences"]
    }
    assert there == back and set(there.values()) == set(kinds)
    again = data(demonstration, f"{PLAN}versions/2/compare/1/")["differences"][0]
    assert [r["kind"] for r in again["reasons"]] == ["scrutiny"], "the reason stands whichever way they are set"


def test_a_plan_is_compared_with_the_one_that_it_follows(demonstration: Client) -> None:
    told = data(demonstration, ACROSS)
    assert (told["before"]["slug"], told["after"]["slug"]) == ("2020-25", "example-refresh")
    page = read(demonstration, ACROSS)
    assert "Safe Durham Partnership Plan 2020-25, version 2" in page
    assert "Between two plans a reason is kept for each priority that was left out" in page
    # What a reader reads is in words: a group by its name, a day, a purpose of the law.
    for words in ("1 July 2027", "A record of attendance or referrals", "Being Safe and Feeling Safe Sub Group"):
        assert words in page
    assert "sub-group-1" not in page and "2027-07-01" not in page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("versions/1/compare/1/", 400, "A version is compared with another, and this is twice the same. Choose two versions."),
        ("versions/1/compare/9/", 404, "There is no version 9"),
        ("versions/1/compare/nothing/1/", 404, "There is no plan “nothing” here."),
        ("versions/1/compare/2021-25/1/", 404, "There is no plan “2021-25” here."),  # a draft
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(demonstration: Client, address: str, status: int, words: str) -> None:
    assert words in read(demonstration, PLAN + address, status)


def test_plans_of_which_neither_follows_the_other_are_not_compared(demonstration: Client, person: Any) -> None:
    officer = Client()
    officer.force_login(person("auditor"), backend="django.contrib.auth.backends.ModelBackend")
    page = read(officer, f"{P}plans/2021-25/versions/1/compare/example-refresh/1/", 400)
    assert "Neither of Safe Durham Partnership Plan 2021-25 and Example refresh" in page
    assert officer.get(f"{PLAN}versions/2/compare/2021-25/1/").status_code == 200


def test_two_versions_are_chosen_by_a_form_that_needs_no_scripts(demonstration: Client) -> None:
    page = read(demonstration, f"{PLAN}versions/")
    assert f'action="{PLAN}compare/"' in page
    offered = re.findall(r'<option value="([^"]+)"', page[: page.index('id="after"')])
    assert offered == ["2020-25/1", "2020-25/2", "example-refresh/1"]
    for before in offered:
        for after in offered:
            answer = demonstration.get(f"{PLAN}compare/", {"before": before, "after": after})
            if before == after:
                assert answer.status_code == 422
                continue
            assert answer.status_code == 302
            assert demonstration.get(answer["Location"]).status_code == 200, answer["Location"]


@pytest.mark.parametrize(
    "query", ["", "before=2020-25/1", "before=2020-25/1&after=2021-25/1", "before=x&after=%2F%2Fexample.org"]
)
def test_a_wrong_choice_is_told_at_its_field(demonstration: Client, query: str) -> None:
    page = read(demonstration, f"{PLAN}compare/?{query}", 422)
    assert page.count("Choose two different versions from the lists.") == 2, "at the field and in the summary"
    assert 'aria-describedby="after-error"' in page and 'id="after-error"' in page and 'href="#after"' in page
    assert "<title>Error:" in page


def test_an_earlier_day_has_only_what_was_there(demonstration: Client) -> None:
    assert demonstration.get(f"{PLAN}versions/1/compare/2/?as_at=2020-03-01").status_code == 404
    answer = demonstration.get(f"{PLAN}compare/?before=2020-25/1&after=2020-25/2&as_at=2020-03-09")
    assert answer["Location"] == f"{PLAN}versions/1/compare/2/?as_at=2020-03-09"
    page = read(demonstration, answer["Location"])
    assert '<input type="hidden" name="as_at" value="2020-03-09">' in page
