"""How it fits together, as a reader follows it and an officer mends it: missing links by name, and the way through every thing."""

import csv
import html
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from csplan import cli
from csplan.cycle import clock
from csplan.cycle.thread import orphans
from csplan.evidence import observations
from csplan.evidence.store import Store
from csplan.evidence.view import View
from csplan.records.models import Finding, Partnership
from csplan.records.reading import thread as reading

pytestmark = pytest.mark.django_db

P = "/county-durham/"
FINDINGS = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "partnerships/county-durham/findings.toml").read_text(encoding="utf-8")
)["findings"]


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.content.decode())


def told(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.json()


@pytest.fixture
def officer(demonstration: Client) -> Callable[[str], Client]:
    """A visitor to the demonstration, signed in under a role."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


# ---- the page, its data, and the terminal ------------------------------------------------------------


@pytest.mark.parametrize("asked", [(), ("--plan", "example-refresh")])
def test_the_terminal_says_what_the_page_says(
    demonstration: Client,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: tuple[str, ...],
) -> None:
    monkeypatch.setenv("CSPLAN_DATA", str(tmp_path))
    (tmp_path / "records.sqlite3").touch()
    with pytest.raises(SystemExit) as left:
        cli.main(["--data", str(tmp_path), "--json", "thread", *asked])
    document = json.loads(capsys.readouterr().out)
    assert left.value.code == 1 and document["orphans"]
    assert all({"kind", "ref", "title", "lacks", "url"} <= o.keys() for o in document["orphans"])
    query = f"?plan={asked[1]}" if asked else ""
    assert document == told(demonstration, f"{P}thread.json{query}")
    rows = list(csv.DictReader(io.StringIO(demonstration.get(f"{P}thread.csv{query}").content.decode())))
    assert [(r["kind"], r["ref"], r["lacks"], r["url"]) for r in rows] == [
        (o["kind"], o["ref"], o["lacks"], o["url"]) for o in document["orphans"]
    ]


ASKED = ["", "?plan=example-refresh", "?as_at=2020-01-09", "?as_at=2020-03-09"]


@pytest.mark.parametrize("query", ASKED)
def test_a_missing_link_of_every_kind_leads_to_a_page_and_all_stand_on_the_list(demonstration: Client, query: str) -> None:
    document = told(demonstration, f"{P}thread.json{query}")
    page = read(demonstration, f"{P}thread/{query}")
    lead_to_pages(demonstration, query, {o["kind"]: o["url"] for o in document["orphans"]}.values())
    lead_to_pages(demonstration, query, {n["url"] for n in document["not_taken_up"]})
    assert all(o["title"] in page for o in document["orphans"])
    assert f"{len(document['orphans'])} links are missing" in page or len(document["orphans"]) < 11


@pytest.mark.slow
@pytest.mark.parametrize("query", ASKED)
def test_every_missing_link_leads_to_a_page(demonstration: Client, query: str) -> None:
    lead_to_pages(demonstration, query, {o["url"] for o in told(demonstration, f"{P}thread.json{query}")["orphans"]})


def lead_to_pages(client: Client, query: str, addresses: Iterable[str]) -> None:
    """Each address answers, on the day that is asked about."""
    day = query if "as_at" in query else ""
    for address in addresses:
        assert client.get(address + day).status_code == 200, address


def test_on_the_day_of_scrutiny_no_finding_and_no_indicator_is_held(demonstration: Client) -> None:
    document = told(demonstration, f"{P}thread.json?as_at=2020-01-09")
    lacks = [(o["kind"], o["lacks"]) for o in document["orphans"]]
    assert {pair: lacks.count(pair) for pair in lacks} == {
        ("priority", "a finding of the evidence"): 6,
        ("work-area", "an indicator"): 17,
        ("deliverable", "an indicator"): 17,
        ("deliverable", "a lead"): 17,
    }
    assert document["not_taken_up"] == []
    page = read(demonstration, f"{P}thread/?as_at=2020-01-09")
    assert "Six priorities lack a finding of the evidence" in page and "Police recorded" not in page


def test_before_any_plan_is_public_the_page_says_so(demonstration: Client) -> None:
    document = told(demonstration, f"{P}thread.json?as_at=2019-12-10")
    assert document["plan"] is None and document["orphans"] == []
    assert "No plan had been made public by this day" in read(demonstration, f"{P}thread/?as_at=2019-12-10")


def test_a_draft_that_is_not_public_is_not_found(demonstration: Client, officer: Callable[[str], Client]) -> None:
    assert demonstration.get(f"{P}thread/?plan=2021-25").status_code == 404
    assert demonstration.get(f"{P}thread.json?plan=nothing").status_code == 404
    assert officer("manager").get(f"{P}thread/?plan=2021-25").status_code == 200


def test_the_change_of_the_vision_follows_from_what_scrutiny_said(demonstration: Client) -> None:
    partnership = Partnership.objects.get(slug="county-durham")
    version = partnership.plans.get(slug="2020-25").versions.get(number=2)
    graph = reading.graph(partnership, version, viewer=None, at=clock.now())
    assert [n.key for n in graph.below["comment", "1/C1"]] == [("change", "2/vision")]
    assert not [o for o in orphans(graph) if o.kind in ("comment", "change")]


# ---- findings ------------------------------------------------------------------------------------------


def test_each_finding_of_the_example_says_its_own_figure(demonstration: Client) -> None:
    from csplan.website import data_folder

    view = View(Store(data_folder()), date(2026, 3, 10), "E06000047")
    held = list(Finding.objects.order_by("id"))
    assert [f.title for f in held] == [f["title"] for f in FINDINGS] and all(f.is_example for f in held)
    for f in held:
        named = observations.parse_id(f.observation)
        value = observations.observe(view, named.indicator, named.measure, named.area, named.period).value
        assert value is not None
        said = f"{value:,.0f}" if named.measure == "count" else f"{value:.1f}"
        assert f"recorded {said} " in f.title, f.title


def test_a_finding_is_followed_to_the_review(demonstration: Client) -> None:
    page = read(demonstration, f"{P}thread/findings/F1/")
    for words in (
        "Police recorded 11,540 anti-social behaviour incidents in 2025",
        "Priority 1: Promote being safe and feeling safe in your community",
        "1.1 Anti-social Behaviour",
        "Deliberate secondary fires</a> <small>K105</small>",
        "Not reviewed yet.",
        "recorded-anti-social-behaviour.count/E06000047/2025",
    ):
        assert words in page, words
    assert told(demonstration, f"{P}thread/findings/F1.json")["finding"]["taken_up"][0]["ref"] == "1"


def test_a_finding_that_nobody_takes_up_says_why_or_is_a_missing_link(demonstration: Client) -> None:
    assert "Not taken up, because" in read(demonstration, f"{P}thread/findings/F6/")
    assert "Missing link: no priority takes it up, and nothing says why." in read(demonstration, f"{P}thread/findings/F8/")
    document = told(demonstration, f"{P}thread.json?plan=example-refresh")
    assert [n["ref"] for n in document["not_taken_up"]] == ["F6", "F7"]
    assert [o["ref"] for o in document["orphans"] if o["kind"] == "finding"] == ["F8"]


def test_a_finding_is_not_there_before_it_was_found(demonstration: Client) -> None:
    assert demonstration.get(f"{P}thread/findings/F1/?as_at=2026-03-09").status_code == 404
    assert demonstration.get(f"{P}thread/findings/F1/?as_at=2026-03-10").status_code == 200
    assert demonstration.get(f"{P}thread/findings/F99/").status_code == 404


# ---- every thing has a page that shows the thread through it ---------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("plans/example-refresh/1/", ("2 findings", "3 work areas", "3 deliverables", "5 indicators", "5 readings")),
        ("plans/example-refresh/6.2.1/", ("Nothing yet", "3 work areas", "3 indicators")),
        ("plans/example-refresh/1.2/", ("1.2 Safer Homes", "2 indicators")),
        ("plans/2020-25/1.1.1/", ("Missing link: a lead.",)),
        ("performance/K122/", ("1.2 Safer Homes", "Not reviewed yet.")),
    ],
)
def test_the_way_through_a_part_and_an_indicator(demonstration: Client, address: str, words: tuple[str, ...]) -> None:
    page = " ".join(read(demonstration, P + address).split())
    assert "How it fits together, from evidence to review" in page and page.count("<svg") > 1
    assert [w for w in words if w not in page and w.replace(" ", "</text>") not in page] == []


def test_how_an_indicator_is_written_is_for_officers(demonstration: Client, officer: Callable[[str], Client]) -> None:
    address = f"{P}performance/K511/"
    assert "A value is known 183 days after its period" in read(officer("performance"), address)
    assert "A value is known 183 days after its period" not in read(demonstration, address)


# ---- at the desk -----------------------------------------------------------------------------------------

DESK = f"{P}desk/thread/"


def test_a_finding_is_recorded_linked_set_aside_and_cut_at_the_desk(
    demonstration: Client, officer: Callable[[str], Client]
) -> None:
    analyst, observation = officer("analyst"), "recorded-robbery.count/E06000047/2025"
    sent = {"do": "record", "title": "Police recorded 254 robberies in 2025", "observation": observation}
    page = html.unescape(analyst.post(DESK, sent, follow=True).content.decode())
    assert "Recorded: finding F9." in page and "Police recorded 254 robberies in 2025" in page
    page = html.unescape(
        analyst.post(DESK, {"do": "link", "link_finding": "F9", "link_to": "example-refresh/4"}, follow=True).content.decode()
    )
    assert "Linked: finding F9 to priority example-refresh/4." in page
    assert "254 robberies" in read(demonstration, f"{P}plans/example-refresh/4/")
    link = "finding|F9|priority|example-refresh/4"
    analyst.post(DESK, {"do": "cut", "cut_link": link, "cut_why": "It says nothing of reoffending."})
    assert "254 robberies" not in read(demonstration, f"{P}plans/example-refresh/4/")
    analyst.post(DESK, {"do": "aside", "aside_finding": "F9", "aside_why": "Few, and no clear change."})
    assert "Few, and no clear change." in read(demonstration, f"{P}thread/findings/F9/")


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"do": "record", "source": "s"}, "title", "Say what was found, in one sentence"),
        ({"do": "record", "title": "x"}, "observation", "Name the figure that it rests on"),
        ({"do": "record", "title": "x", "observation": "robbery"}, "observation", "does not name a figure"),
        ({"do": "record", "title": "x", "observation": "recorded-robbery.count/E06000047/2023"}, "observation", "has no value here"),
        ({"do": "record", "title": "x" * 401, "source": "s"}, "title", "Write at most 400 characters"),
        ({"do": "link", "link_to": "example-refresh/1"}, "link_finding", "Choose a finding"),
        ({"do": "link", "link_finding": "F1"}, "link_to", "Choose the priority that takes it up"),
        ({"do": "link", "link_finding": "F1", "link_to": "example-refresh/9"}, "link_to", "Choose the priority that takes it up"),
        ({"do": "aside", "aside_finding": "F8"}, "aside_why", "Say why no priority takes it up"),
        ({"do": "cut", "cut_why": "No."}, "cut_link", "Choose the link to cut"),
    ],
)  # fmt: skip
def test_a_wrong_form_says_at_its_field_what_to_do(
    officer: Callable[[str], Client], sent: dict[str, str], field: str, words: str
) -> None:
    answer = officer("analyst").post(DESK, sent)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and "There is a problem" in page
    assert f'id="{field}-error"' in page and f'href="#{field}"' in page and words in page
    kept = {value for name, value in sent.items() if name not in ("do", field)}
    assert [value for value in kept if value not in page] == [], "what was written elsewhere is kept"


def test_the_desk_offers_each_role_what_it_may_do(demonstration: Client, officer: Callable[[str], Client]) -> None:
    assert demonstration.get(DESK).status_code == 302
    auditor, lead = read(officer("auditor"), DESK), read(officer("lead"), DESK)
    assert "<form" not in auditor.split("<main")[1] and "Record the finding" not in lead and "Link them" in lead
    answer = officer("lead").post(DESK, {"do": "record", "title": "x", "source": "s"})
    assert answer.status_code == 422 and "You may not record a finding of the evidence here" in answer.content.decode()
    earlier = read(officer("analyst"), f"{DESK}?as_at=2026-03-12")
    assert "You are reading an earlier day" in earlier and "Link them" not in earlier


def test_every_thing_beside_the_chain_has_a_page_with_the_way_through_it(demonstration: Client) -> None:
    page = read(demonstration, f"{P}thread/?plan=2020-25")
    there = dict.fromkeys(re.findall(r'href="(/county-durham/thread/through/[^"]+)"', page))
    kinds = {parse_qs(urlsplit(address).query)["kind"][0] for address in there}
    assert {"comment", "change", "ambition", "reading"} <= kinds
    for address in there:
        shown = read(demonstration, address)
        thing = told(demonstration, address.replace("through/?", "through.json?"))["thing"]
        assert thing["title"] in shown and "Read it as words" in shown and "<svg" in shown
    comment = read(demonstration, f"{P}thread/through/?plan=2020-25&kind=comment&ref=1/C1")
    assert "The way through it in Safe Durham Partnership Plan 2020-25" in comment and "#C1" in comment


@pytest.mark.parametrize("asked", ["", "plan=2020-25", "plan=2020-25&kind=comment&ref=9/C9", "plan=2021-25&kind=priority&ref=1"])
def test_what_is_not_on_the_thread_is_not_found(demonstration: Client, asked: str) -> None:
    assert demonstration.get(f"{P}thread/through/?{asked}").status_code == 404
