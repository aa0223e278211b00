"""How it is going: the scorecard, one indicator, and a reading on its way from a lead to the public."""

import csv
import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from csplan.records.models import Reading, ReadingApproval

pytestmark = pytest.mark.django_db

SCORECARD, DESK = "/county-durham/performance/", "/county-durham/desk/readings/"
KEYS = {"id", "title", "latest", "signal", "verdict", "target_verdict"}
RETURN = {"do": "submit", "kpi": "K105", "period": "2025/26 Q4", "value": "201", "commentary": "Fewer bonfires"}
FIRES = "Deliberate secondary fires"


@pytest.fixture
def at_desk(demonstration: Client, person: Callable[[str], Any]) -> Callable[[str], Client]:
    """A browser in which someone is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def post(client: Client, fields: dict[str, str]) -> tuple[int, str]:
    answer = client.post(DESK, fields, follow=True)
    return answer.status_code, html.unescape(answer.content.decode())


def kpi(client: Client, ref: str) -> dict[str, Any]:
    return {k["id"]: k for k in client.get(f"{SCORECARD[:-1]}.json").json()["kpis"]}[ref]


# ---- the scorecard ----------------------------------------------------------------------------------


def test_the_scorecard_has_a_row_for_every_priority(demonstration: Client) -> None:
    told = demonstration.get(f"{SCORECARD[:-1]}.json").json()
    assert all(KEYS <= k.keys() for k in told["kpis"])
    assert [p["ref"] for p in told["priorities"]] == ["1", "2", "3", "4", "5", "6"]
    assert all(p["kpis"] for p in told["priorities"])
    returned = [k for k in told["kpis"] if k["latest"] and not k["computed_from"]]
    assert len({ref for k in returned for ref in k["work_areas"]}) >= 12
    page = read(demonstration, SCORECARD)
    assert page.count('id="priority-') == 6 and all(k["title"] in page for k in told["kpis"])


def test_a_single_return_is_too_few_to_judge(demonstration: Client) -> None:
    told = kpi(demonstration, "K122")
    assert (told["verdict"], told["signal"], told["target_verdict"]) == ("too_few", None, "may_meet")
    assert {"period", "value", "low", "high", "state"} <= told["latest"].keys() and told["latest"]["is_example"]


def test_an_indicator_without_a_target_says_why(demonstration: Client) -> None:
    told = kpi(demonstration, "recorded-anti-social-behaviour")
    assert told["target_verdict"] == "monitor_only" and told["monitor_only_reason"]
    assert "Watched, with no target: more incidents can mean more trouble" in read(demonstration, SCORECARD)


@pytest.mark.parametrize("topic", ["burglary", "anti-social-behaviour"])
def test_the_verdict_is_that_of_the_findings(demonstration: Client, topic: str) -> None:
    area = demonstration.get("/county-durham/insight/areas/E06000047.json").json()
    change = next(t["change"] for t in area["topics"] if t["topic"] == topic)
    assert kpi(demonstration, f"recorded-{topic}")["verdict"] == change["verdict"]
    for address in (SCORECARD, f"{SCORECARD}recorded-{topic}/", "/county-durham/plans/2020-25/1/"):
        assert change["words"] in read(demonstration, address)


def test_the_scorecard_as_a_table(demonstration: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(demonstration.get(f"{SCORECARD[:-1]}.csv").content.decode())))
    assert {r["id"] for r in rows} == {k["id"] for k in demonstration.get(f"{SCORECARD[:-1]}.json").json()["kpis"]}
    assert next(r for r in rows if r["id"] == "K122")["value"] == "87.3"


def test_before_an_indicator_was_adopted_nothing_of_it_shows(demonstration: Client) -> None:
    page = read(demonstration, f"{SCORECARD}?as_at=2020-03-09")
    assert page.count("No indicator had been adopted for this priority by this day.") == 6
    assert demonstration.get(f"{SCORECARD}recorded-burglary/?as_at=2020-03-09").status_code == 404
    assert "No plan was public on this day" in read(demonstration, f"{SCORECARD}?as_at=2019-12-10")


# ---- one indicator ----------------------------------------------------------------------------------


def test_a_computed_indicator_is_a_control_chart_with_one_sentence(demonstration: Client) -> None:
    page = read(demonstration, f"{SCORECARD}recorded-burglary/")
    assert "December 2025 lies within the usual range; the day of the target has gone" in page
    assert "The target of 170 was set for March 2026; " in page and "The target is an example" in page
    assert page.count("Control chart: burglaries recorded each month") == 2, "one for a page and one for a phone"
    assert "May to December 2024" in page and "not held" in page
    told = demonstration.get(f"{SCORECARD}recorded-burglary.json").json()
    assert KEYS <= told["kpis"][0].keys() and len(told["readings"]) == 32


def test_its_readings_are_the_counts_of_the_evidence(demonstration: Client) -> None:
    series = demonstration.get("/county-durham/insight/areas/E06000047/burglary.json").json()["topic"]["series"]
    rows = csv.DictReader(io.StringIO(demonstration.get(f"{SCORECARD}recorded-burglary.csv").content.decode()))
    assert {r["period"]: float(r["value"]) for r in rows} == series


def test_a_day_shows_the_readings_that_were_published_by_then(demonstration: Client) -> None:
    told = demonstration.get(f"{SCORECARD}recorded-burglary.json?as_at=2025-12-31").json()
    assert told["kpis"][0]["latest"]["period"] == "2025-09"
    assert demonstration.get(f"{SCORECARD}K122.json?as_at=2026-01-26").json()["kpis"][0]["latest"] is None
    assert "No reading yet" in read(demonstration, f"{SCORECARD}K122/?as_at=2026-01-26")


def test_an_unknown_indicator_is_not_found(demonstration: Client) -> None:
    assert demonstration.get(f"{SCORECARD}K999/").status_code == 404


# ---- a reading on its way ---------------------------------------------------------------------------


def test_a_lead_returns_performance_approves_and_only_then_the_public_sees_it(
    demonstration: Client, at_desk: Callable[[str], Client]
) -> None:
    status, page = post(at_desk("lead"), RETURN)
    assert status == 200 and f"Returned: {FIRES}, January to March 2026." in page
    assert kpi(demonstration, "K105")["latest"]["period"] == "2025/26 Q3"
    assert "Fewer bonfires" not in read(demonstration, f"{SCORECARD}K105/")
    officer = at_desk("performance")
    waiting = read(officer, DESK)
    assert "One reading waits to be approved" in waiting and "201 fires in January to March 2026." in waiting
    assert "1 reading to approve" in read(officer, "/county-durham/desk/")
    _, page = post(officer, {"do": "approve", "kpi": "K105", "period": "2025/26 Q4"})
    assert f"Approved: {FIRES}, January to March 2026. It is public now." in page
    assert kpi(demonstration, "K105")["latest"]["value"] == 201
    assert "Fewer bonfires" in read(demonstration, f"{SCORECARD}K105/")


def test_an_officer_sees_on_public_pages_what_the_public_sees(at_desk: Callable[[str], Client]) -> None:
    lead = at_desk("lead")
    post(lead, RETURN)
    assert kpi(lead, "K105")["latest"]["period"] == "2025/26 Q3"


@pytest.mark.parametrize(
    ("returned_by", "approved_by", "sentence"),
    [
        ("lead", "lead", "You may not approve a reading here. Ask someone who may: performance."),
        ("performance", "performance", "You may not approve a reading that you wrote. Ask another person to approve it."),
        ("lead", "auditor", "You may not approve a reading here."),
        ("lead", "administrator", "You may not approve a reading here."),
    ],
)
def test_nobody_approves_who_returned_it_or_may_not(
    at_desk: Callable[[str], Client], returned_by: str, approved_by: str, sentence: str
) -> None:
    post(at_desk(returned_by), RETURN)
    approver = at_desk(approved_by)
    assert 'value="approve"' not in read(approver, DESK)
    status, page = post(approver, {"do": "approve", "kpi": "K105", "period": "2025/26 Q4"})
    assert status == 422 and sentence in page
    assert not ReadingApproval.objects.filter(reading__period="2025/26 Q4").exists()


@pytest.mark.parametrize("name", ["auditor", "board", "scrutiny", "equality", "administrator", "manager"])
def test_roles_that_return_nothing_are_refused_in_words(at_desk: Callable[[str], Client], name: str) -> None:
    officer = at_desk(name)
    assert "Your role returns no readings." in read(officer, DESK)
    status, page = post(officer, RETURN)
    assert status == 422 and "You may not return a reading here." in page
    assert not Reading.objects.filter(period="2025/26 Q4").exists()


def test_a_partner_returns_what_is_asked_of_its_own_body_only(at_desk: Callable[[str], Client]) -> None:
    fire = at_desk("partner-fire")
    assert set(re.findall(r'<option value="([^"]+)"', read(fire, DESK))) == {"K105"}
    status, page = post(fire, {**RETURN, "kpi": "K122", "value": "80"})
    assert status == 422 and "Ask someone there to return it." in page
    assert post(fire, RETURN)[0] == 200 and Reading.objects.filter(period="2025/26 Q4").count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"kpi": ""}, "kpi", "Choose an indicator"),
        ({"period": ""}, "period", "Write the period"),
        ({"period": "spring"}, "period", "“spring” is not a period"),
        ({"value": ""}, "value", "Write the value"),
        ({"value": "many"}, "value", "Write the value as a number, such as 87.3"),
        ({"numerator": "x"}, "numerator", "Write the numerator as a number, such as 87.3"),
    ],
)
def test_a_problem_leads_to_its_field(
    at_desk: Callable[[str], Client], fields: dict[str, str], field: str, sentence: str
) -> None:
    status, page = post(at_desk("lead"), RETURN | fields)
    assert status == 422 and "<title>Error: " in page
    assert re.search(rf'<a href="#{field}">{re.escape(sentence)}', page) and page.count(f'id="{field}-error"') == 1
    assert "Fewer bonfires" in page, "what was written is still there"
    assert not Reading.objects.filter(period="2025/26 Q4").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"period": "2025/26 Q3"}, "already has a value for October to December 2025"),
        ({"period": "2026-03"}, "is read quarterly"),
        ({"period": "2026/27 Q4"}, "has not ended"),
        ({"kpi": "K122", "numerator": "41", "denominator": "60", "value": "90"}, "does not agree with 41 out of 60"),
        ({"kpi": "recorded-burglary", "period": "2026-03"}, "is computed from open figures"),
        ({"kpi": "K999"}, "There is no indicator “K999” here."),
    ],
)
def test_a_refusal_of_the_records_is_said_first(at_desk: Callable[[str], Client], fields: dict[str, str], sentence: str) -> None:
    held = Reading.objects.count()
    status, page = post(at_desk("lead"), RETURN | fields)
    assert status == 422 and sentence in page
    assert Reading.objects.count() == held


def test_numbers_are_read_as_people_write_them(at_desk: Callable[[str], Client]) -> None:
    post(at_desk("lead"), RETURN | {"kpi": "K122", "numerator": "1,158", "denominator": "1,326", "value": "87.3%"})
    kept = Reading.objects.get(period="2025/26 Q4")
    assert (kept.value, kept.numerator, kept.denominator) == (87.3, 1158, 1326)


def test_the_desk_is_shut_to_strangers_and_to_earlier_days(demonstration: Client, at_desk: Callable[[str], Client]) -> None:
    assert Client().get(DESK)["Location"] == f"/accounts/login/?next={DESK}"
    assert Client().post(DESK, RETURN).status_code == 302 and not Reading.objects.filter(period="2025/26 Q4").exists()
    lead = at_desk("lead")
    assert "nothing can be returned or approved" in read(lead, f"{DESK}?as_at=2026-01-22")
    assert "19 readings wait" not in read(lead, DESK)
    assert lead.post(f"{DESK}?as_at=2026-01-22", RETURN).status_code == 400


def test_the_desk_says_what_is_due(at_desk: Callable[[str], Client]) -> None:
    page = read(at_desk("partner-fire"), DESK)
    assert "July to September 2026" in page and "31 October 2026 (late)" in page
