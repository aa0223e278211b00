"""Returns are checked row by row, and nothing about a person is taken."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.evidence.archive import Refused
from csplan.evidence.returns import read, values
from csplan.evidence.returns.wards import Wards
from tests.unit.evidence.returns.conftest import GOOD, HEADINGS, outline

COUNCIL = ("Date", "Kind", "Age", "Gender", "School", "School postcode", "Reason")


def test_a_good_return_is_read_in_one_form(check):
    row = ("burglary", "Burglary in a dwelling", "03/05/2025", "2130", "belmont ward", "e01020634")
    found = check(row)
    assert found.quarter == "2025-Q2" and not found.marks and found.rows_read == 1
    cells = found.lines[0].cells
    assert (cells["Group"], cells["Date"], cells["Time"], cells["LSOA"]) == ("Burglary", "2025-05-03", "21:30", "E01020634")
    assert cells["Ward"].startswith("E05")


def test_headings_are_found_by_name_in_any_order_and_writing(check):
    found = check(GOOD[::-1], headings=["lsoa", "WARD", "Time *", "date", "sub category", "Group"])
    assert [line.row for line in found.lines] == [2]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Ward": "Belmnt"}, "Row 4, Ward: “Belmnt” is not a ward here. Did you mean Belmont?"),
        ({"Ward": "Gotham"}, "Row 4, Ward: “Gotham” is not a ward here."),
        ({"Ward": ""}, "Row 4, Ward: it is blank. Write the name or code of a ward or division."),
        ({"Group": "Robery"}, "Row 4, Group: “Robery” is not in the list. Did you mean “Robbery”?"),
        ({"Date": "31/06/2025"}, "Row 4, Date: “31/06/2025” is not a day. Write it as 2025-06-30 or 30/06/2025."),
        ({"Date": "2025-10-01"}, "Row 4, Date: “2025-10-01” has not been yet. Correct the day."),
        ({"Date": "2025-01-03"}, "Row 4, Date: 3 January 2025 is not in April to June 2025, as the others are."),
        ({"Time": "25:00"}, "Row 4, Time: “25:00” is not a time of day. Write it as 21:30."),
        (
            {"LSOA": "E01000001"},
            "Row 4, LSOA: “E01000001” is in City of London, part A, which is not in this area. Correct the code, or leave it blank.",
        ),
        ({"Sub_category": "a" * 81}, "Row 4, Sub-category: it has 81 letters. Write at most 80, and nothing about a person."),
    ],
)
def test_each_mistake_is_one_sentence_with_row_and_column(said, cells, sentence):
    assert said(**cells) == [sentence]


def test_a_ward_is_one_on_its_day(check):
    """The divisions of County Durham changed on 1 May 2025."""
    before, after = (("Burglary", "x", day, "", "Annfield Plain", "") for day in ("2025-04-30", "2025-05-02"))
    found = check(before, before, after)
    wrong = [mark.said for mark in found.marks]
    assert wrong == ["Row 4, Ward: “Annfield Plain” was not a ward here on 2 May 2025: it was one until 30 April 2025."]


def test_no_list_of_wards_is_said_and_stops_nothing():
    found = read.read("a.csv", outline([GOOD]), Wards(()), None)
    assert found.lines[0].cells["Ward"] == "Belmont"
    assert [reason.code for reason in found.reasons] == ["not_checked"]


@pytest.mark.parametrize(
    ("column", "cell", "what"),
    [
        ("Sub-category", "call 0191 496 0123", "a telephone number"),
        ("Ward", "DH1 5UL", "a whole postcode"),
        ("Sub-category", "someone@example.org", "an e-mail address"),
        ("Sub-category", "AB 12 34 56 C", "a National Insurance number"),
        ("Group", "943 476 5919", "an NHS number"),
    ],
)
def test_what_tells_who_a_person_is_refuses_the_file_and_is_not_repeated(check, column, cell, what):
    row = dict(zip(HEADINGS, GOOD, strict=True)) | {column: cell}
    with pytest.raises(Refused, match=f"Row 3, {column} of back.xlsx holds what looks like {what}") as refused:
        check(GOOD, tuple(row.values()))
    assert cell not in str(refused.value)


def test_a_column_that_nobody_asked_for_refuses_the_file(check):
    with pytest.raises(Refused, match="a column “Name of victim”, which no return of crimes recorded by the police has"):
        check((*GOOD, "A. Person"), headings=[*HEADINGS, "Name of victim"])


def test_the_postcode_of_a_school_is_no_persons(check):
    row = ("2025-05-03", "Permanent", "14", "Female", "An example school", "DH1 5UL", "Persistent disruption")
    assert check(row, headings=COUNCIL).lines[0].cells["School postcode"] == "DH1 5UL"


def test_health_gives_the_first_part_of_a_postcode_alone(check):
    assert check(("2025-05-03", "dh1"), headings=["Date", "Postcode"]).lines[0].cells["Postcode"] == "DH1"
    with pytest.raises(Refused, match="a whole postcode"):
        check(("2025-05-03", "DH1 5UL"), headings=["Date", "Postcode"])


def test_rows_of_several_quarters_are_refused(check):
    later = (*GOOD[:2], "2025-02-01", *GOOD[3:])
    with pytest.raises(Refused, match="Send one return for each quarter"):
        check(GOOD, later)


def test_a_return_without_a_good_row_is_refused_with_its_first_mistake(check):
    with pytest.raises(Refused, match="has no row that can be taken. Row 2, Group: “x” is not in the list"):
        check(("x", *GOOD[1:]))


def test_the_same_mistake_is_told_once(check):
    found = check(GOOD, *(["Robery", *GOOD[1:]] for _ in range(3)))
    (reason,) = found.reasons
    assert reason.message.endswith("The same in two other rows.") and (reason.rows, reason.first_row) == (3, 3)


def test_a_marked_copy_says_in_each_row_what_to_mend_and_can_be_sent_again(check, durham):
    found = check(GOOD, ("Robery", *GOOD[1:4], "Gotham", ""))
    sheet = read.marked_sheet(found, found.marks)
    assert sheet.rows[0][-1] == "What to mend" and sheet.rows[1][-1] == ""
    assert sheet.rows[2][-1] == "Group: “Robery” is not in the list. Did you mean “Robbery”? Ward: “Gotham” is not a ward here."
    assert sheet.wrong == {(2, 0), (2, 4)}
    again = read.read("marked.csv", outline(sheet.rows[1:], sheet.rows[0]), durham, None)
    assert again.marks == found.marks


CELLS = st.sampled_from([*GOOD, "", "x", "Robbery", "2025-05-31", "2025-06-31", "0:00", "Belmont"]) | st.text(
    string.ascii_letters + " ", max_size=9
)


@given(st.lists(st.tuples(*[CELLS] * len(HEADINGS)), max_size=6))
def test_every_row_is_taken_or_put_aside(rows):
    whole = read.read("a.csv", outline([GOOD] * 20 + rows), Wards(()), None)
    taken, aside = {line.row for line in whole.lines}, {mark.row for mark in whole.marks}
    assert not taken & aside and taken | aside == set(range(2, 22 + len(rows)))


def test_days_are_british():
    assert str(values.day_of("03/04/2025")) == "2025-04-03" and values.day_of("4/3") is None
