"""The checker says what the law, the Gunning principles and the Cabinet Office’s principles would, each thing for its own reason."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import consultation as rules
from csplan.cycle.consultation import Question
from csplan.cycle.consultation_checks import (
    CABINET,
    EQUALITY,
    GUNNING_1,
    GUNNING_2,
    GUNNING_3,
    HOUSE,
    REGULATION_12,
    Facts,
    notes,
)


def q(ref, family="priorities", kind="text", options=(), words="What should come first?", **more):
    return Question(ref, kind, words, family, tuple(options), **more)


def about(ref, *answers, **more):
    return q(f"about-{ref}", "about", "single", [*answers, rules.RATHER_NOT], **more)


WELL = Facts(
    opens_on=date(2026, 9, 14),
    closes_on=date(2026, 11, 6),
    questions=(
        q("seen", "levels"),
        q("first"),
        about("age", "Under 25", "25 or over"),
        about("sex", "Female", "Male"),
        about("ethnicity", "White", "Another"),
        about("disability", "Yes", "No"),
    ),
    documents=frozenset(rules.DOCUMENTS_WANTED),
    why="The board decides in December.",
    can_change="What comes first.",
    is_frozen=True,
    is_example=False,
    equality_started=True,
    is_checked=True,
    has_alerts=True,
    languages=frozenset({"easy-read"}),
)


def unmet(**changed):
    return {(n.severity, n.source): n.words for n in notes(replace(WELL, **changed)) if not n.is_met}


def test_a_consultation_that_is_as_it_ought_to_be_has_nothing_to_mend():
    assert unmet() == {}
    assert {n.source for n in notes(WELL)} >= {HOUSE, REGULATION_12, EQUALITY, GUNNING_1, GUNNING_2, CABINET}


@pytest.mark.parametrize(
    ("changed", "severity", "source", "words"),
    [
        ({"is_frozen": False}, "must", HOUSE, "still a draft"),
        ({"questions": (q("first"),)}, "must", REGULATION_12, "levels and patterns of crime"),
        ({"questions": (q("seen", "levels"),)}, "must", REGULATION_12, "what the partnership should put first"),
        ({"equality_started": False}, "must", EQUALITY, "Begin it"),
        ({"is_checked": False}, "must", HOUSE, "No second person has read"),
        ({"priorities_agreed_in": "2018-11"}, "should", GUNNING_1, "agreed in November 2018"),
        ({"can_change": " "}, "should", GUNNING_1, "what answers can still change"),
        ({"why": ""}, "should", CABINET, "why people are asked"),
        ({"documents": frozenset({"draft"})}, "should", GUNNING_2, "the equality impact assessment; the indicators"),
        ({"has_alerts": False}, "should", HOUSE, "suggests danger"),
        ({"languages": frozenset()}, "note", EQUALITY, "no easy-read version"),
    ],
)
def test_each_thing_that_is_missing_is_said_with_its_source(changed, severity, source, words):
    assert words in unmet(**changed)[severity, source]


@pytest.mark.parametrize(
    ("days", "severity", "source"),
    [(27, "should", GUNNING_3), (28, "note", CABINET), (41, "note", CABINET), (42, None, None)],
)
def test_a_window_is_short_below_four_weeks_and_brief_below_six(days, severity, source):
    found = unmet(closes_on=date.fromordinal(WELL.opens_on.toordinal() + days - 1))
    assert set(found) == ({(severity, source)} if severity else set())


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (date(2024, 6, 1), date(2024, 7, 20), "general election of 4 July 2024"),
        (date(2019, 11, 20), date(2020, 1, 10), "general election of 12 December 2019"),
        (date(2026, 4, 10), date(2026, 5, 29), "ordinary day of local elections, 7 May 2026"),
        (date(2019, 12, 17), date(2020, 2, 14), "Christmas 2019"),
        (date(2026, 6, 29), date(2026, 8, 21), "the summer holidays of 2026"),
    ],
)
def test_elections_and_holidays_that_the_window_meets_are_named(opens, closes, words):
    found = [n.words for n in notes(replace(WELL, opens_on=opens, closes_on=closes)) if not n.is_met]
    assert any(words in said for said in found), found


def test_no_election_is_named_in_a_window_that_meets_none():
    said = " ".join(n.words for n in notes(WELL))
    assert "election" not in said and "Christmas" not in said and "summer" not in said


def test_days_working_days_and_bank_holidays_are_counted():
    said = " ".join(n.words for n in notes(replace(WELL, opens_on=date(2019, 12, 17), closes_on=date(2020, 2, 14))))
    assert "60 days, of which 41 are working days." in said and "Christmas Day (25 December 2019)" in said


def test_questions_about_the_person_may_be_left():
    pressed = q("about-age", "about", "single", ["Under 25", "25 or over"])
    found = unmet(questions=(*WELL.questions[:2], pressed, *WELL.questions[3:]))
    assert "about-age" in found["should", EQUALITY]
    needed = (*WELL.questions[:2], about("age", "Under 25", is_needed=True), *WELL.questions[3:])
    assert "Let people leave it out" in unmet(questions=needed)["should", EQUALITY]


def test_what_tires_people_is_said():
    many = tuple(q(f"more-{n}") for n in range(26))
    assert "Few people finish" in unmet(questions=(*WELL.questions, *many))["should", CABINET]
    long = q("long", words="word " * 36)
    assert "Long to read: long" in unmet(questions=(*WELL.questions, long))["note", CABINET]
    closed = tuple(replace(x, kind="agree") if x.kind == "text" else x for x in WELL.questions)
    assert "in their own words" in unmet(questions=closed)["should", GUNNING_2]


def test_what_refuses_opening_comes_first_and_what_is_well_last():
    found = notes(replace(WELL, is_frozen=False, why="", languages=frozenset()))
    assert [n.severity for n in found[:3]] == ["must", "should", "note"] and not any(n.is_met for n in found[:3])
    assert all(n.is_met for n in found[3:])
