"""What was typed in a form: taken where it can be, said at its field where it cannot, and always given back as it was typed."""

from datetime import date

import pytest
from django.http import QueryDict

from csplan.cycle import clock
from csplan.website.typed import Said, Typed, day_parts, nothing, options

WRONG_DAY = "Write a day, a month and a year in numbers, such as 9 3 2027."


def typed(**fields: str) -> Typed:
    sent = QueryDict(mutable=True)
    for name, value in fields.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return Typed(sent)


def on(day: str, month: str, year: str) -> Typed:
    return typed(**{"on-day": day, "on-month": month, "on-year": year})


@pytest.mark.parametrize(
    ("parts", "found", "problem"),
    [
        (("9", "3", "2027"), date(2027, 3, 9), None),
        ((" 09 ", "03", "2027"), date(2027, 3, 9), None),
        (("29", "2", "2028"), date(2028, 2, 29), None),
        (("29", "2", "2027"), None, WRONG_DAY),  # no leap year
        (("31", "4", "2027"), None, WRONG_DAY),
        (("0", "1", "2027"), None, WRONG_DAY),
        (("1", "13", "2027"), None, WRONG_DAY),
        (("1", "", "2027"), None, WRONG_DAY),
        (("one", "1", "2027"), None, WRONG_DAY),
        (("1", "1", "27"), None, WRONG_DAY),  # a year in two figures
        (("31", "12", "1997"), None, WRONG_DAY),  # before the Act, on its year, and far ahead
        (("1", "1", "1998"), date(1998, 1, 1), None),
        (("31", "12", "2100"), date(2100, 12, 31), None),
        (("1", "1", "2101"), None, WRONG_DAY),
        (("1", "1", "9" * 40), None, WRONG_DAY),
    ],
)
def test_a_day_in_three_fields(parts, found, problem):
    form = on(*parts)
    assert form.day("on") == found
    assert form.problems == ({"on": problem} if problem else {})
    assert form.said.parts("on") == list(parts), "given back as it was typed"


def test_a_day_that_is_left_empty_is_asked_for_only_where_it_is_needed():
    form = on("", " ", "")
    assert form.day("on") is None and form.problems == {}
    assert form.day("on", "Write the day") is None and form.problems == {"on": "Write the day"}


@pytest.mark.parametrize(
    ("hour", "found"),
    [("10:00", "2027-03-09T10:00"), ("9.30", "2027-03-09T09:30"), ("23:59", "2027-03-09T23:59"), ("24:01", None), ("", None), ("noon", None)],
)  # fmt: skip
def test_an_hour_of_a_london_day(hour, found):
    form = typed(**{"on-day": "9", "on-month": "3", "on-year": "2027", "at": hour})
    made = form.instant("on", "at", "Write the day")
    assert (made.astimezone(clock.LONDON).strftime("%Y-%m-%dT%H:%M") if made else None) == found
    assert ("at" in form.problems) is (found is None)


@pytest.mark.parametrize(
    ("words", "found", "problem"),
    [
        (" said \r\n twice ", "said \n twice", None),
        ("   ", "", "Write it"),
        ("x" * 13, "x" * 13, None),  # on the longest
        ("x" * 14, "x" * 14, "Write at most 13 characters. There are 14."),
    ],
)
def test_words_are_cut_of_their_blanks_and_counted(words, found, problem):
    form = typed(words=words)
    assert form.text("words", "Write it", longest=13) == found
    assert form.problems == ({"words": problem} if problem else {})


@pytest.mark.parametrize(
    ("number", "found"), [("0", 0), (" 12 ", 12), ("-1", None), ("1.5", None), ("١٢", None), ("1" * 7, None), ("", None)]
)
def test_a_whole_number(number, found):
    form = typed(n=number)
    assert form.number("n", "Write a number") == found and ("n" in form.problems) is (found is None)


def test_only_what_is_offered_is_taken():
    form = typed(one="c", several=["b", "x", "a"])
    assert form.choice("one", ["a", "b"], "Choose one") == "c" and form.problems == {"one": "Choose one"}
    assert form.choices("several", ["a", "b", "c"]) == ["a", "b"]
    assert form.choices("none", ["a"]) == []


def test_a_form_before_anyone_typed_holds_what_is_filled_in_and_nothing_else():
    assert nothing(at="10:00") == {"at": "10:00"} and nothing()["title"] == ""
    assert Said(day_parts("on", date(2027, 3, 9))).parts("on") == ["9", "3", "2027"]
    assert day_parts("on", None) == {} and Said().parts("on") == ["", "", ""]


def test_a_list_offers_rows_by_their_fields():
    assert options([{"code": "a", "name": "A"}], "code", "name", "Choose") == [("", "Choose"), ("a", "A")]
    assert options([date(2027, 3, 9)], "day", "month") == [("9", "3")]
