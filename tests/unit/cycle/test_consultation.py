"""When an answer counts, and what is an answer."""

from datetime import date, timedelta

import pytest

from csplan.cycle import consultation
from csplan.errors import CsplanError

OPENS, CLOSES = consultation.opens_at(date(2019, 12, 17)), consultation.closes_at(date(2020, 2, 14))
SECOND = timedelta(seconds=1)
ASKED = (
    consultation.Question("1", "agree", "How far do you agree with the plan?", "priorities", is_needed=True),
    consultation.Question("2", "single", "What is worst where you live?", "levels", options=("Noise", "Litter")),
    consultation.Question("3", "text", "What would you change?", "priorities"),
    consultation.Question("4", "single", "How old are you?", "about", options=("Under 25", consultation.RATHER_NOT)),
)


@pytest.mark.parametrize(
    ("instant", "state"),
    [(OPENS - SECOND, "planned"), (OPENS, "open"), (CLOSES - SECOND, "open"), (CLOSES, "closed"), (CLOSES + SECOND, "closed")],
)
def test_it_is_open_from_the_first_second_of_one_day_to_the_last_of_another(instant, state):
    assert consultation.state(OPENS, CLOSES, instant) == state


def test_an_answer_one_second_late_is_refused_with_the_office_to_write_to():
    consultation.check_is_open(OPENS, CLOSES, CLOSES - SECOND, write_to="the team")
    with pytest.raises(CsplanError, match=r"closed at the end of Friday 14 February 2020, .* send them to the team"):
        consultation.check_is_open(OPENS, CLOSES, CLOSES, write_to="the team")


def test_an_early_answer_is_asked_to_come_back():
    with pytest.raises(CsplanError, match="opens on Tuesday 17 December 2019"):
        consultation.check_is_open(OPENS, CLOSES, OPENS - SECOND, write_to="the team")


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (OPENS - SECOND, "Opens on Tuesday 17 December 2019 and closes at the end of Friday 14 February 2020."),
        (OPENS, "Open until 23:59 on Friday 14 February 2020."),
        (CLOSES, "Closed at the end of Friday 14 February 2020."),
    ],
)
def test_the_window_is_said_in_words(instant, words):
    assert consultation.window_in_words(OPENS, CLOSES, instant) == words


@pytest.mark.parametrize(
    ("answers", "refs"),
    [
        ({"1": "Agree"}, []),  # only what is needed
        ({}, ["1"]),  # nothing at all
        ({"1": "agree"}, ["1"]),  # not one of the choices
        ({"1": "Agree", "2": "Ghosts"}, ["2"]),
        ({"1": "Agree", "3": "x" * consultation.LONGEST_TEXT}, []),  # on the limit
        ({"1": "Agree", "3": "x" * (consultation.LONGEST_TEXT + 1)}, ["3"]),  # above it
    ],
)
def test_problems_name_the_question_and_what_to_do(answers, refs):
    assert list(consultation.problems(ASKED, answers)) == refs


def test_saying_only_who_you_are_is_not_an_answer():
    assert consultation.problems(ASKED[1:], {"4": "Under 25"}) == {"2": "Answer at least one question before you send"}


def test_both_families_of_the_regulations_are_known():
    assert consultation.FAMILIES_IN_LAW <= consultation.families_asked(ASKED)
    assert consultation.FAMILIES_IN_LAW <= set(consultation.FAMILIES)
