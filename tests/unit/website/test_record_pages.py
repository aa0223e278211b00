"""How plans, indicators and readings become words on their pages."""

from datetime import date
from typing import Any

import pytest

from csplan.website import report
from csplan.website.pages import kpi, paper, performance, plan, readings
from csplan.website.reading_day import hold, read

RUN = {"from": date(2020, 4, 1), "to": date(2025, 3, 31)}


def indicator(**other: Any) -> dict[str, Any]:
    """An indicator with one reading, as `records.reading.kpi` tells of it."""
    latest = {"value": 87.3, "low": 81.6, "high": 91.4, "period_words": "October to December 2025", "is_example": False}
    told = {"id": "K1", "title": "Homes made safe", "polarity": "higher_better", "unit": "% of referrals", "per": 100}
    told |= {"latest": latest, "signal": None, "chart": None, "chart_periods": [], "series": [{"period": "x", "value": 87.3}]}
    told |= {"verdict_words": "Too few readings to tell a change.", "why": None, "target": 90, "target_verdict": "may_meet"}
    return told | {"target_words": "The target is 90.", "target_on": None, "monitor_only_reason": None, "work_areas": []} | other


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [
        ("frozen", date(2020, 1, 9), "A draft, frozen, for 1 April 2020 to 31 March 2025."),
        # The day before, the first day, the last day, the day after.
        ("published", date(2020, 3, 31), "Agreed and published. It is to run from 1 April 2020 to 31 March 2025."),
        ("published", date(2020, 4, 1), "Agreed and published. It runs from 1 April 2020 to 31 March 2025."),
        ("agreed", date(2025, 3, 31), "Agreed. It runs from 1 April 2020 to 31 March 2025."),
        ("published", date(2025, 4, 1), "Agreed and published. It ran from 1 April 2020 to 31 March 2025."),
    ],
)
def test_what_a_plan_is_on_a_day(state: str, day: date, words: str) -> None:
    assert plan.standing({**RUN, "state": state}, day) == words


def test_what_a_plan_lacks_has_a_sentence_each() -> None:
    told = {"ref": "1.1.1", "title": "Do it", "lead": None, "due": date(2021, 1, 1), "why": "not said", "work_areas": ["1.1"]}
    areas = [{"ref": "1.1", "deliverables": [told]}, {"ref": "1.2", "deliverables": []}]
    found = {"priorities": [{"ref": "1", "work_areas": areas, "deliverables": []}], "kpis": [], "board": None}
    assert plan.missing_links(found) == [
        "No deliverable has a lead: not said.",
        "No deliverable names work area 1.2.",
        "No indicator has been adopted, so nothing measures any priority yet.",
    ]
    told |= {"lead": "An office", "work_areas": ["1.1", "1.2"]}
    assert plan.missing_links(found | {"kpis": [{"work_areas": ["1.1", "1.2"]}]}) == []


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ([], "No indicator had been adopted by this day"),
        (["unknown"], "Of one indicator nothing can be said yet"),
        (["none"], "Of one indicator, one is within the usual range"),
        (["concern", "none", "none"], "Of three indicators, one is worth asking about and two are within the usual range"),
        (["signal", "improvement", "unknown"], "Of three indicators, two are worth asking about; of the other one nothing can be said yet"),
    ],
)  # fmt: skip
def test_the_message_of_the_scorecard(marks: list[str], words: str) -> None:
    assert performance.headline([{"mark": mark} for mark in marks]) == words


@pytest.mark.parametrize(
    ("polarity", "direction", "mark"),
    [
        ("lower_better", "up", "concern"),
        ("lower_better", "down", "improvement"),
        ("higher_better", "up", "improvement"),
        ("higher_better", "down", "concern"),
        # Where neither way is better, nothing is judged.
        ("more_reporting", "up", "signal"),
        ("demand_only", "down", "signal"),
    ],
)
def test_a_mark_judges_only_where_there_is_a_good_way(polarity: str, direction: str, mark: str) -> None:
    assert performance.mark_of(indicator(polarity=polarity, signal={"direction": direction})) == mark


def test_a_row_says_value_interval_and_target() -> None:
    row = performance.row(indicator(), "/p/")
    assert row["sentence"] == (
        "87.3% of referrals in October to December 2025 (95% interval 81.6 to 91.4). Too few readings to tell a change."
    )
    assert (row["mark"], row["spark"], row["blank"]) == ("unknown", None, "One reading: too few for a line.")


def test_a_row_without_a_reading_says_so_once() -> None:
    row = performance.row(indicator(latest=None, why="No reading yet.", series=[]), "/p/")
    assert (row["sentence"], row["blank"]) == ("No reading yet.", "")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1234, "incidents", "1,234 incidents"),
        (87.3, "% of referrals", "87.3% of referrals"),
        (76.0, "% of victims", "76% of victims"),
    ],
)
def test_a_value_with_its_unit(value: float, unit: str, words: str) -> None:
    assert performance.value_words(value, unit) == words


def test_an_indicator_with_one_reading_claims_nothing_more() -> None:
    assert kpi.headline(indicator(), "unknown") == "One reading so far: too few to tell a change"
    assert kpi.target_fact(indicator(target=None, monitor_only_reason="Only watched.")) == "None. Only watched."
    assert kpi.target_fact(indicator(target_on=date(2026, 3, 31))) == "90% of referrals by 31 March 2026"


@pytest.mark.parametrize(
    ("body", "held", "bodies", "may"),
    [
        ("fire", ["lead"], [], True),
        ("fire", ["partner"], ["fire"], True),
        ("council", ["partner"], ["fire"], False),
        ("council", ["auditor"], [], False),
        ("council", ["performance", "auditor"], [], True),
    ],
)
def test_whose_readings_a_person_returns(body: str, held: list[str], bodies: list[str], may: bool) -> None:
    assert readings.may_return(body, held, bodies) is may


def test_a_paper_names_the_command_that_makes_it() -> None:
    told = {"ref": "r-1", "kind": "committee-report", "title": "A report", "meeting": "m-1", "state": "listed"}
    line = paper.line(told, "The committee, 9 January 2020", "/p/")
    assert line["command"] == "csplan paper committee-report r-1 --to r-1.pdf"
    assert line["words"] == "The committee, 9 January 2020: on the agenda."


@pytest.mark.parametrize(
    ("page", "day", "address"),
    [
        # A page that names its own day keeps it, once that day has come.
        ({"at": "duties/?as_at=2020-04-01"}, date(2020, 3, 31), None),
        ({"at": "duties/?as_at=2020-04-01"}, date(2020, 4, 1), "/p/duties/?as_at=2020-04-01"),
        ({"at": "performance/x/", "from": date(2020, 6, 1)}, date(2020, 5, 31), None),
        ({"at": "performance/x/", "from": date(2020, 6, 1)}, date(2020, 6, 1), "/p/performance/x/?as_at=2020-06-01"),
        # Any other is read as at the reader's day.
        ({"at": "plans/a/#history"}, date(2020, 1, 9), "/p/plans/a/?as_at=2020-01-09#history"),
    ],
)
def test_a_page_that_does_what_the_report_says(page: dict[str, Any], day: date, address: str | None) -> None:
    with hold(read(day.isoformat())):
        assert report.address(page, "/p/", day) == address


def test_what_the_board_accepted_is_told_as_it_was_then() -> None:
    told = {"leads": "2 deliverables name no lead.", "indicators": "No indicator measures priorities 1 and 2."}
    assert list(plan._accepted(told)) == [
        "2 deliverables name no lead.",
        "No indicator had been adopted for priorities 1 and 2 when the board agreed.",
    ]
