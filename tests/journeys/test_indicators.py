"""A resident reads what each figure counts, which are defined and hold no figure, and what changed in the counting."""

from html import unescape

import pytest

from csplan.evidence import areas
from tests.journeys.insight_site import DURHAM, INSIGHT, SCRUTINY, SHILDON, facts, read

LIST = f"{INSIGHT}/indicators"


def listed(demo, **query: str) -> list[dict]:
    """The indicators of the list, or of a search in it."""
    return demo.get(f"{LIST}.json", query).json()["indicators"]


def ids(events: list[dict]) -> list[str]:
    return [event["id"] for event in events]


# ---- what each figure counts --------------------------------------------------------------------------------


def test_an_indicator_has_a_page_once_a_figure_of_it_is_held(demo):
    page, some = read(demo, f"{LIST}/"), listed(demo)
    assert len(some) == 93 + 15
    held = {one["id"] for one in some if one["has_figures"]}
    assert held == {"K101", *(one["id"] for one in some if one["id"].startswith("recorded-"))}
    assert all(page.count(f'id="{one["id"]}"') == 1 for one in some), "each has one place that a link can lead to"
    assert all(one["path"] == f"{LIST}/#{one['id']}" for one in some if not one["has_figures"])
    assert "16 indicators with figures" in page and "92 indicators with none yet" in page


def test_one_without_figures_has_its_whole_definition_in_the_list_and_says_so_elsewhere(demo):
    lacking = demo.get(f"{LIST}/K121/")
    assert lacking.status_code == 404
    assert "“Burglary of homes” (K121) is defined, and no figure of it is held yet" in unescape(lacking.content.decode())
    definition = read(demo, f"{LIST}/").partition('id="K121"')[2].partition("</details>")[0]
    assert "Burglaries of homes recorded by the police" in definition and "Whether sheds and garages count as homes" in definition
    kept = read(demo, f"{LIST}/recorded-burglary/", "2026-10-01")
    assert f'href="{LIST}/?as_at=2026-10-01#K121"' in kept, "the link keeps the day and leads to the place"


def test_before_any_figure_was_published_no_indicator_has_a_page(demo):
    some = listed(demo, as_at="2013-01-01")
    assert len(some) == 108 and not any(one["has_figures"] for one in some)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "county lines"}, ["K226"]),
        ({"q": "k121"}, ["K121"]),
        ({"work_area": "6.3"}, ["K606", "K607"]),
        ({"q": "deliberate", "work_area": "1.1"}, ["K105", "K106"]),
        ({"q": "fires", "work_area": "6.1"}, []),
    ],
)
def test_the_list_is_searched_without_scripts(demo, query, found):
    assert [one["id"] for one in listed(demo, **query)] == found
    page = unescape(demo.get(f"{LIST}/", query).content.decode())
    assert page.count('<details class="csp-data" id=') == len(found)
    assert ("No indicator" in page) == (not found)


def test_one_that_serves_two_work_areas_stands_under_each_and_leads_to_one_place(demo):
    page = read(demo, f"{LIST}/")
    assert page.count("Children who reoffend within a year") == 2 and page.count('id="K413"') == 1


def test_an_unknown_work_area_and_a_strange_search_are_no_errors(demo):
    assert len(listed(demo, work_area="9.9")) == 108
    sent = demo.get(f"{LIST}/", {"q": '<script>"x" ' + "y" * 500}).content.decode()
    assert '<script>"x"' not in sent and "&lt;script&gt;" in sent and "No indicator" in sent


# ---- what changed in the counting ---------------------------------------------------------------------------


def test_a_chart_says_what_changed_in_the_counting_and_who_says_so(demo):
    page, told = read(demo, f"{INSIGHT}/topics/anti-social-behaviour/"), facts(demo, f"{INSIGHT}/topics/anti-social-behaviour")
    events = told["topic"]["events"]
    assert ids(events) == [
        "carried-months",
        "durham-harassment-recorded-2017",
        "durham-restrictions-2020",
        "durham-101-calls-2023",
    ]
    for event in events:
        assert event["words"] in page and f"Source: {event['source']}." in page
    assert "No dated events are held" not in page
    place = read(demo, f"{INSIGHT}/areas/{SHILDON}/anti-social-behaviour/")
    assert "October to December 2023: About 30,000 calls to 101 were missed" in place


def test_an_event_of_another_type_is_not_told_and_no_verdict_changes(demo):
    told = facts(demo, f"{INSIGHT}/topics/burglary/")["topic"]
    assert ids(told["events"]) == ["carried-months"]
    assert (told["change"]["verdict"], told["change"]["broken_by"]) == ("no_clear_change", [])


def test_nothing_of_the_counting_is_told_before_its_day(demo):
    events = facts(demo, f"{INSIGHT}/topics/anti-social-behaviour/", SCRUTINY)["topic"]["events"]
    assert ids(events) == ["carried-months", "durham-harassment-recorded-2017"]
    assert [gap["id"] for gap in events[0]["months"]] == ["2014-12..2018-09"], "the gap known by then"
    assert "2020" not in "".join(event["words"] for event in events)


def test_the_page_of_data_lists_every_event_of_the_county_and_its_parts(demo):
    page, told = read(demo, f"{INSIGHT}/data/"), facts(demo, f"{INSIGHT}/data/")["events"]
    assert {"carried-months", "lsoa-2021", "durham-divisions-2025", "course-of-conduct-2018"} <= set(ids(told))
    assert not {"greater-manchester-2019", "devon-and-cornwall-2022"} & set(ids(told)), "those of other forces"
    assert all(event["what"] in page and f'href="{event["address"]}"' in page for event in told)
    assert "Electoral divisions" in page and "Small areas whose limits changed" in page


def test_a_division_says_that_its_limits_changed(demo):
    code = areas.within(DURHAM, "division")[0].code
    told = facts(demo, f"{INSIGHT}/areas/{code}/")["events"]
    [event] = [event for event in told if event["id"] == "durham-divisions-2025"]
    assert event["breaks"] is False and "counted anew" in event["words"]


def test_an_indicator_tells_the_events_of_its_series(demo):
    assert "durham-101-calls-2023" in ids(facts(demo, f"{LIST}/K101/")["events"])
    assert "About 30,000 calls to 101 were missed" in read(demo, f"{LIST}/K101/")
