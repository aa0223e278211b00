"""A table of a plan: what its columns mean, what its cells say, and how blank cells carry down."""

from datetime import date
from typing import Any

import pytest

from csplan.cycle import plan_import
from csplan.cycle.outline import Block, Outline, Row, Table
from csplan.cycle.plan_import.cells import READERS
from csplan.cycle.plan_import.columns import FIELDS, HEADINGS, key, propose_columns

WORDS = {"priority": "Strategic priority", "work_area": "Work area", "deliverable": "Key deliverable"}


def read(heads: list[str], *rows: list[str], above: tuple[Block, ...] = (), **asked: Any) -> plan_import.Proposal:
    table = Table(tuple(heads), tuple(Row(tuple(row), f"table 1, row {n}") for n, row in enumerate(rows, 2)), "table 1")
    return plan_import.propose(Outline((*above, Block("table", 0, "", "", "table 1")), (table,)), words=WORDS, **asked)


def shape(proposal: plan_import.Proposal) -> list[tuple[str, list[str], list[tuple[str, list[str]]]]]:
    return [
        (p["title"], [a["title"] for a in p["work_areas"]], [(d["title"], d["work_areas"]) for d in p["deliverables"]])
        for p in proposal.plan["priorities"]
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Lead Officer(s)", "lead"),
        ("Owner", "lead"),
        ("Responsible officer", "lead"),
        ("Lead agency", "lead"),
        ("Deadline:", "due"),
        ("By when?", "due"),
        ("Target date", "due"),
        ("RAG", "status"),
        ("Progress", "status"),
        ("Key deliverable", "deliverable"),
        ("Actions", "deliverable"),
        ("Proposed actions", "deliverable"),
        ("Strategic Priorities", "priority"),
        ("Work areas", "work_area"),
        ("Supporting partners", "contributors"),
        ("Ref.", "number"),
        ("Weather", None),
    ],
)
def test_a_heading_means_a_field(heading: str, field: str | None):
    assert propose_columns([heading], {}, WORDS).get(heading) == field


def test_every_field_has_headings_and_every_heading_one_meaning():
    assert set(HEADINGS) == set(FIELDS)
    every = [heading for headings in HEADINGS.values() for heading in headings]
    assert len(every) == len(set(every)) and all(heading == key(heading) for heading in every)
    assert set(READERS) == set(FIELDS) - {"priority", "work_area", "deliverable", "number", "group"}


def test_what_a_person_chose_wins_and_no_field_is_given_twice():
    heads = ["Who", "Owner", "When", "Weather"]
    assert propose_columns(heads, {}) == {"Who": "lead", "When": "due"}
    assert propose_columns(heads, {"owner": "lead", "When": "", "WEATHER": "resource"}) == {
        "Owner": "lead",
        "Weather": "resource",
    }
    assert propose_columns(["Priority", "Objective", "Action"], {}) == {
        "Priority": "priority", "Objective": "work_area", "Action": "deliverable",
    }  # fmt: skip


def test_blank_and_merged_cells_carry_down():
    found = read(
        ["Priority", "Work area", "Action", "Lead", "Due"],
        ["1. Safe homes", "Doors", "Fit locks", "Housing", "31/03/2021"],
        ["", "", "Ask people", "Police", "Q2 2020/21"],
        ["", "Windows", "Mend panes", "", ""],
        ["Streets", "", "Mend lamps", "Council", "March 2021"],
    )
    assert shape(found) == [
        ("Safe homes", ["Doors", "Windows"], [("Fit locks", ["1.1"]), ("Ask people", ["1.1"]), ("Mend panes", ["1.2"])]),
        ("Streets", [], [("Mend lamps", [])]),
    ]
    first, second, third = found.plan["priorities"][0]["deliverables"]
    assert (first["lead"], first["due"], first["why"]) == ("Housing", date(2021, 3, 31), "")
    assert second["due"] == date(2020, 9, 30)
    assert third["why"] == "no lead and no day in the file"
    assert found.plan["priorities"][1]["deliverables"][0]["ref"] == "2.1.1"
    assert found.not_understood == ()


def test_what_is_not_understood_stands_with_its_cell():
    found = read(
        ["Priority", "Action", "Due", "RAG", "Notes"],
        ["Safe homes", "Fit locks", "Ongoing", "Green", "see minutes"],
        ["", "", "31/03/2021", "Amber", ""],
    )
    assert [(one.place, one.words, one.why) for one in found.not_understood] == [
        ("table 1, row 2, column ‘Due’", "Ongoing", "no one day that is understood"),
        ("table 1, row 2, column ‘Notes’", "see minutes", "its column is matched to nothing"),
        ("table 1, row 3, column ‘Due’", "31/03/2021", "its row names nothing that will be done"),
        ("table 1, row 3, column ‘RAG’", "Amber", "its row names nothing that will be done"),
    ]
    assert found.plan["priorities"][0]["deliverables"][0]["state"] == "on track"
    assert found.columns == {"table 1": {"Priority": "priority", "Action": "deliverable", "Due": "due", "RAG": "status"}}


def test_a_row_across_the_table_names_the_priority_of_the_rows_below():
    found = read(
        ["Action", "Lead"], ["Strategic priority 1: Safe homes", ""], ["Fit locks", "Housing"], ["Priority 2 – Streets", ""],
        ["Mend lamps", "Council"],
    )  # fmt: skip
    assert shape(found) == [("Safe homes", [], [("Fit locks", [])]), ("Streets", [], [("Mend lamps", [])])]


def test_a_table_under_a_priority_belongs_to_it():
    above = (
        Block("heading", 1, "Priority 1: Safe homes", "", "paragraph 1"),
        Block("heading", 2, "Work area: Doors", "", "paragraph 2"),
    )
    found = read(["Action", "Lead"], ["Fit locks", "Housing"], above=above)
    assert shape(found) == [("Safe homes", ["Doors"], [("Fit locks", ["1.1"])])]


def test_actions_of_no_priority_are_left():
    found = read(["Action", "Lead"], ["Fit locks", "Housing"])
    assert found.plan["priorities"] == []
    assert [one.why for one in found.not_understood] == [
        "no priority stands above it or in its row", "its row names nothing that will be done",
    ]  # fmt: skip


def test_lines_with_numbers_in_a_cell_are_several():
    found = read(
        ["Priority", "Work area", "Action", "Lead"],
        ["Safe homes", "• Doors\n• Windows", "1. Fit locks\n2. Mend panes", "Housing"],
        ["", "Roofs", "Look at\nroofs", "Housing"],
    )
    assert shape(found) == [
        ("Safe homes", ["Doors", "Windows", "Roofs"], [
            ("Fit locks", ["1.1", "1.2"]), ("Mend panes", ["1.1", "1.2"]), ("Look at roofs", ["1.3"]),
        ])
    ]  # fmt: skip
    assert [d["lead"] for d in found.plan["priorities"][0]["deliverables"]] == ["Housing"] * 3


def test_a_table_of_something_else_is_left_row_by_row():
    found = read(["Meeting", "Place"], ["January", "Hall"], ["March", ""])
    assert [(one.place, one.words) for one in found.not_understood] == [
        ("table 1, row 2", "January | Hall"), ("table 1, row 3", "March"),
    ]  # fmt: skip


def test_a_column_that_a_person_leaves_is_listed():
    found = read(["Priority", "Action", "Lead"], ["Safe homes", "Fit locks", "Housing"], matches={"Lead": ""})
    assert [one.place for one in found.not_understood] == ["table 1, row 2, column ‘Lead’"]
    assert "lead" not in found.plan["priorities"][0]["deliverables"][0]


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("status", "Green", "on track"),
        ("status", "On Track", "on track"),
        ("status", "Green – on track", "on track"),
        ("status", "Amber", "at risk"),
        ("status", "RED", "off track"),
        ("status", "Completed", "complete"),
        ("status", "Not started", "committed"),
        ("status", "Green / Amber", None),  # two states
        ("status", "Ongoing", None),  # says no state
        ("status", "Completed in part", None),
        ("status", "Green, training is under way", None),  # more than a state: the words must stay
        ("contributors", "Police; Fire\n• Housing", ["Police", "Fire", "Housing"]),
        ("contributors", "Police, Fire", ["Police", "Fire"]),
        ("lead", "Head of\nHousing", "Head of Housing"),
        ("lead", "x" * 201, None),
        ("evidence", "Minutes", "minute"),
        ("evidence", "Fewer burglaries", None),
        ("starts", "March 2021", date(2021, 3, 1)),
        ("due", "March 2021", date(2021, 3, 31)),
        ("resource", "£5,000", "£5,000"),
    ],
)
def test_a_cell_says_a_value_or_is_left(field: str, words: str, value: Any):
    assert READERS[field][1](words) == value


def test_a_group_is_one_of_the_partnerships_own():
    found = read(
        ["Priority", "Action", "Sub group"], ["Homes", "Fit locks", "Safer Homes Group"], ["", "Ask", "Somebody else"],
        groups={"sub-group-1": "Safer Homes Group"},
    )  # fmt: skip
    assert [d.get("group") for d in found.plan["priorities"][0]["deliverables"]] == ["sub-group-1", None]
    assert [(one.words, one.why) for one in found.not_understood] == [
        ("Somebody else", "the partnership has no group of this name")
    ]


NUMBERED_ABOVE = (
    Block("heading", 1, "Priority 1: Safe homes", "", "paragraph 1"),
    Block("heading", 2, "Work area 1.1: Doors", "", "paragraph 2"),
    Block("heading", 2, "Work area 1.2: Windows", "", "paragraph 3"),
    Block("heading", 1, "Priority 2: Streets", "", "paragraph 4"),
)


def test_numbers_in_a_cell_name_what_the_file_numbers_so():
    found = read(
        ["Priority", "Work area", "Action"], ["1", "1.1, 1.2", "Ask"], ["2", "", "Mend lamps"], ["1", "1.9", "Look"], ["7", "", "Go"],
        above=NUMBERED_ABOVE,
    )  # fmt: skip
    assert shape(found) == [
        ("Safe homes", ["Doors", "Windows"], [("Ask", ["1.1", "1.2"]), ("Look", []), ("Go", [])]),
        ("Streets", [], [("Mend lamps", [])]),
    ]
    assert [(one.words, one.why) for one in found.not_understood] == [
        ("1.9", "numbers that nothing above it has"), ("7", "numbers that nothing above it has"),
    ]  # fmt: skip


def test_the_number_of_a_deliverable_tells_its_work_area():
    found = read(["Ref", "Action"], ["1.2.1", "Mend panes"], ["1.1.1", "Fit locks"], ["9.9.9", "Ask"], above=NUMBERED_ABOVE[:3])
    # The table stands under the last work area; a number says more than that, and 9.9.9 says nothing.
    assert shape(found)[0][2] == [("Mend panes", ["1.2"]), ("Fit locks", ["1.1"]), ("Ask", ["1.2"])]
