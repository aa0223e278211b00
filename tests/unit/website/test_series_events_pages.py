"""Dated events in words and as flags: what stands beneath a chart, and what the list of all says."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import periods
from csplan.documents import charts
from csplan.evidence.series_events import SeriesEvent
from csplan.website.pages import events, indicator_list

HELD = periods.between("2024-01", "2025-12")


def event(month: str, **changed: object) -> SeriesEvent:
    made = SeriesEvent(
        f"e{month}",
        "recording",
        periods.parse(month),
        None,
        f"Of {month}.",
        "A report",
        "https://www.example.org/",
        topics=("burglary",),
    )
    return replace(made, **changed)


def test_flags_are_the_months_that_are_drawn_and_their_words_stand_in_the_same_order():
    some = [event("2023-05"), event("2024-03"), event("2024-06..2024-08"), event("2025-02")]
    told = events.beneath(some, HELD)
    assert told["flags"] == ("2024-03", "2025-02")
    assert told["flagged"] == [events.sentence(some[1]), events.sentence(some[3])]
    assert told["others"] == [events.sentence(some[0]), events.sentence(some[2])]


def test_a_drawing_has_four_flags_at_most_and_no_event_is_left_out():
    some = [event(f"2024-{n:02d}") for n in range(1, 7)]
    told = events.beneath(some, HELD)
    assert told["flags"] == ("2024-01", "2024-02", "2024-03", "2024-04")
    assert [*told["flagged"], *told["others"]] == [events.sentence(one) for one in some]


def test_missing_months_are_told_last():
    gap = event("2024-05", while_not_held=True, spans=(periods.parse("2024-05"),))
    told = events.beneath([gap, event("2023-01")], HELD)
    assert told["others"][-1] == events.sentence(gap) and told["flags"] == ()


def test_the_drawing_carries_the_flags():
    counts = dict.fromkeys(HELD, 5.0)
    plain, flagged = (charts.control_chart(counts, title="T", desc="D", events=months) for months in ((), ("2024-03", "2025-02")))
    assert flagged.count("<circle") == plain.count("<circle") + 2


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (event("2024-03"), "Burglary"),
        (event("2024-03", topics=()), "Every figure"),
        (event("2024-03", topics=(), area_types=("division",)), "Electoral divisions"),
        (event("2024-03", area_types=("lsoa",), changed_small_areas=True), "Small areas whose limits changed; burglary"),
    ],
)
def test_what_an_event_touches_in_words(made: SeriesEvent, words: str):
    assert events.touches_words(made) == words


def test_the_list_of_a_county_holds_what_touches_its_parts_and_nothing_later():
    told = {row["id"]: row for row in events.listing("E06000047", HELD, date(2026, 4, 1))}
    assert {"lsoa-2021", "durham-divisions-2025"} <= told.keys() and "greater-manchester-2019" not in told
    assert told["course-of-conduct-2018"]["comparing"] == "No comparison is made across it."
    assert told["durham-101-calls-2023"]["comparing"] == "Figures may be compared across it."
    assert "lsoa-2021" not in {row["id"] for row in events.listing("E06000047", HELD, date(2020, 1, 9))}


# ---- the lists of indicators --------------------------------------------------------------------------------


def test_groups_follow_the_order_of_the_plan_and_name_what_they_know():
    rows = [
        {"id": "a", "work_areas": ["10.1"]},
        {"id": "b", "work_areas": ["2.1", "1.2"]},
        {"id": "c", "work_areas": ["all"]},
        {"id": "d", "work_areas": []},
    ]
    found = indicator_list.groups(rows, {"1": "Safe", "1.2": "Homes"})
    assert [g["title"] for g in found] == [
        indicator_list.WHOLE,
        "Priority 1: Safe",
        "Priority 2",
        "Priority 10",
        indicator_list.OTHER,
    ]
    assert found[1]["parts"][0]["title"] == "Work area 1.2: Homes"
    anchors = [row["anchor"] for g in found for part in g["parts"] for row in part["rows"]]
    assert anchors == ["c", "b", None, "a", "d"], "a name stands once on a page"


def test_a_long_name_is_cut_in_the_list_to_choose_from():
    [(_, every), *some] = indicator_list.choices({"3.2": "Support " * 20})
    assert every == "Every work area" and len(some) == 17
    assert max(len(words) for _, words in some) <= indicator_list.LONGEST_CHOICE and dict(some)["3.2"].endswith(" …")
