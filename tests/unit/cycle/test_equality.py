"""When an equality assessment is complete: each thing that is missing is said, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import equality
from csplan.cycle.equality import Action, Assessment, Line

EVIDENCE = [{"from": "census", "words": "Half are.", "link": ""}]


def line(name, **more):
    aims = dict.fromkeys(equality.aims_of(name), "neither")
    return replace(Line(name, EVIDENCE, "neutral", "Nothing turns on it.", aims, ""), **more)


def complete(**more):
    lines = [line(name) for name in equality.PROTECTED]
    return replace(Assessment("full", "All.", "Everyone.", "Little.", "Yearly.", date(2021, 3, 9), lines, []), **more)


def with_line(name, **more):
    return complete(lines=[line(n, **more) if n == name else line(n) for n in equality.PROTECTED])


def test_a_complete_one_lacks_nothing():
    assert equality.lacks(complete()) == ()


@pytest.mark.parametrize("name", ["scope", "affected", "cumulative", "monitoring"])
def test_each_text_is_needed(name):
    assert len(equality.lacks(complete(**{name: " "}))) == 1


def test_a_review_day_is_needed():
    assert equality.lacks(complete(review_on=None)) == ("Give the day on which it is looked at again.",)


@pytest.mark.parametrize("name", list(equality.PROTECTED))
def test_each_protected_characteristic_is_looked_at(name):
    (words,) = equality.lacks(complete(lines=[line(n) for n in equality.PROTECTED if n != name]))
    assert words.startswith(equality.PROTECTED[name])


def test_no_data_opens_a_gap_with_an_owner_and_a_day():
    a = with_line("race", evidence=[])
    assert "Race: no data is held" in equality.lacks(a)[0]
    for kind, owner, due, is_enough in (
        ("gap", "Team", date(2020, 9, 1), True),
        ("gap", "Team", None, False),
        ("gap", "", date(2020, 9, 1), False),
        ("mitigation", "Team", date(2020, 9, 1), False),
    ):
        assert (equality.lacks(replace(a, actions=[Action(kind, "race", owner, due)])) == ()) is is_enough


def test_an_unknown_impact_opens_one_too():
    assert "Age: no data is held, or the impact is unknown." in equality.lacks(with_line("age", impact="unknown"))[0]


@pytest.mark.parametrize("impact", ["negative", "mixed"])
def test_a_harm_is_lessened_or_its_reason_is_recorded(impact):
    a = with_line("disability", impact=impact)
    assert "Disability: a harm has neither" in equality.lacks(a)[0]
    assert equality.lacks(with_line("disability", impact=impact, justification="The law asks it.")) == ()
    assert equality.lacks(replace(a, actions=[Action("mitigation", "disability", "Team", date(2020, 9, 1))])) == ()


def test_marriage_is_asked_of_the_first_aim_alone():
    assert equality.aims_of("marriage") == ("eliminate",)
    assert "advance equality" in equality.lacks(with_line("sex", aims={"eliminate": "helps", "foster": "helps"}))[0]


def test_a_screening_that_finds_a_harm_asks_for_a_full_one():
    screening = Assessment("screening", "", "", "", "", None, [], [])
    assert equality.lacks(screening) == ()
    harmed = replace(screening, lines=[line("age", impact="negative")])
    assert "a full assessment is needed" in equality.lacks(harmed)[0]
