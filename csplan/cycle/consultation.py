"""Consultations: when they are open, what may be asked, and what is an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from csplan.cycle import calendar, clock
from csplan.errors import CsplanError

STATES: dict[str, str] = {"planned": "not open yet", "open": "open for answers", "closed": "closed"}

#: kind of question -> what a person does
KINDS: dict[str, str] = {
    "agree": "chooses how far they agree",
    "single": "chooses one answer",
    "multiple": "chooses any number of answers",
    "rank": "puts answers in order",
    "area": "chooses the area where they live",
    "text": "writes in their own words",
}
#: Kinds for which the answers to choose from are given with the question.
WITH_OPTIONS = frozenset({"single", "multiple", "rank", "area"})
#: Kinds that are answered with a list.
WITH_LISTS = frozenset({"multiple", "rank"})
AGREE_SCALE = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree", "I do not know")
RATHER_NOT = "I would rather not say"
LONGEST_TEXT = 2000
MOST_PASSAGES = 20

#: Both families that regulation 12(1) of SI 2007/1830 asks for, and what else a question may be about.
FAMILIES: dict[str, str] = {
    "levels": "the levels and patterns of crime, disorder and substance misuse",
    "priorities": "what the partnership should put first",
    "about": "the person who answers",
}
FAMILIES_IN_LAW = frozenset({"levels", "priorities"})

#: What people should be able to read before they answer.
DOCUMENTS: dict[str, str] = {
    "draft": "the draft plan",
    "assessment": "a summary of the strategic assessment",
    "equality": "the equality impact assessment",
    "indicators": "the indicators by which success will be measured",
    "other": "another document",
}
DOCUMENTS_WANTED = ("draft", "assessment", "equality", "indicators")

#: What was given to a question: words, or a list of the choices made.
Given: TypeAlias = str | list[str]
Answers: TypeAlias = Mapping[str, Given]


@dataclass(frozen=True)
class Question:
    """One question as it is asked. only_if : {"question": ref, "answers": [words]} where it is asked of some only"""

    ref: str
    kind: str
    words: str
    family: str
    options: tuple[str, ...] = ()
    is_needed: bool = False
    hint: str = ""
    only_if: Mapping[str, Any] = field(default_factory=dict)

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen; empty for a question in one's own words."""
        return AGREE_SCALE if self.kind == "agree" else self.options

    def is_asked(self, answers: Answers) -> bool:
        """Whether it is asked of someone who has answered so far as given."""
        if not self.only_if:
            return True
        return not set(self.only_if["answers"]).isdisjoint(listed(answers.get(self.only_if["question"], "")))


def listed(given: Given) -> list[str]:
    """What was given, as a list; empty where nothing was."""
    return [given] if isinstance(given, str) and given else list(given)


def opens_at(day: date) -> datetime:
    """The first instant of the opening day in London."""
    return clock.start_of(day)


def closes_at(day: date) -> datetime:
    """The first instant that is too late: 00:00:00 London of the day after the closing day."""
    return clock.end_of(day)


def state(opens: datetime, closes: datetime, at: datetime) -> str:
    """planned, open or closed at an instant."""
    if at < opens:
        return "planned"
    return "open" if at < closes else "closed"


def window_in_words(opens: datetime, closes: datetime, at: datetime) -> str:
    """When it is open, with the closing hour in words."""
    last = calendar.with_weekday(clock.day_of(closes - timedelta(seconds=1)))
    if at < opens:
        return f"Opens on {calendar.with_weekday(clock.day_of(opens))} and closes at the end of {last}."
    if at < closes:
        return f"Open until 23:59 on {last}."
    return f"Closed at the end of {last}."


def check_is_open(opens: datetime, closes: datetime, at: datetime, *, write_to: str) -> None:
    """Refuse an answer outside the window, in words, with the office to write to."""
    if at < opens:
        first = calendar.with_weekday(clock.day_of(opens))
        raise CsplanError(f"This consultation opens on {first}. Your answer was not taken; please come back then.")
    if at >= closes:
        last = calendar.with_weekday(clock.day_of(closes - timedelta(seconds=1)))
        raise CsplanError(
            f"This consultation closed at the end of {last}, so your answer was not taken. "
            f"Your words are below to copy: you may send them to {write_to}."
        )


def check_extension(closes: datetime, at: datetime, new_day: date) -> None:
    """Refuse an extension of what is closed already, or to a day that is no later."""
    last = clock.day_of(closes - timedelta(seconds=1))
    if at >= closes:
        raise CsplanError(f"It closed at the end of {calendar.in_words(last)}. Only an open consultation is extended.")
    if new_day <= last:
        raise CsplanError(f"It is open until {calendar.in_words(last)} already. Choose a later day.")


def problems(
    questions: Sequence[Question], answers: Answers, passages: Sequence[Mapping[str, str]] = (), *, may_be_empty: bool = False
) -> dict[str, str]:
    """{question ref: what to do about it} for every answer that cannot be taken; empty when all can.

    passages : comments on the draft, as `Response` keeps them;  may_be_empty : for one page of several
    Answers to questions that are not asked of this person are not looked at.
    """
    asked = [q for q in questions if q.is_asked(answers)]
    found = {q.ref: words for q in asked if (words := _problem(q, answers.get(q.ref, "")))}
    if len(passages) > MOST_PASSAGES or any(len(p["words"]) > LONGEST_TEXT for p in passages):
        found["passages"] = f"Comment on at most {MOST_PASSAGES} passages, in at most {LONGEST_TEXT:,} characters each"
    said_something = passages or any(listed(answers.get(q.ref, "")) for q in asked if q.family != "about")
    if not found and not said_something and not may_be_empty:
        found[questions[0].ref] = "Answer at least one question before you send"
    return found


def _problem(q: Question, given: Given) -> str:
    """What to do about what was given to one question; empty where it can be taken."""
    chosen = listed(given)
    if not any(words.strip() for words in chosen):
        return ("Choose an answer" if q.choices else "Write an answer") if q.is_needed else ""
    if isinstance(given, list) and q.kind not in WITH_LISTS:
        return "Choose one answer" if q.choices else "Write your answer in the one field"
    if q.choices and not set(chosen) <= set(q.choices):
        return "Choose from the answers shown" if q.kind in WITH_LISTS else "Choose one of the answers shown"
    if q.kind == "rank" and len(set(chosen)) < len(chosen):
        return "Give each place once"
    if q.kind == "multiple" and RATHER_NOT in chosen and len(chosen) > 1:
        return f"Choose “{RATHER_NOT}”, or the answers that apply, and not both"
    if not q.choices and len(chosen[0]) > LONGEST_TEXT:
        over = len(chosen[0]) - LONGEST_TEXT
        return f"Your words are {over:,} characters too long. Cut them to {LONGEST_TEXT:,}"
    return ""


def families_asked(questions: Sequence[Question]) -> frozenset[str]:
    """Which of the families the questions cover."""
    return frozenset(q.family for q in questions)


def check_questions(questions: Sequence[Question]) -> None:
    """Refuse questions that cannot be asked: of no known kind, without choices, named twice, or that follow on none before them."""
    before: dict[str, Question] = {}
    for q in questions:
        if q.kind not in KINDS or q.family not in FAMILIES:
            raise CsplanError(f"Question {q.ref}: no kind “{q.kind}” or no family “{q.family}” is known. Correct it.")
        if (q.kind in WITH_OPTIONS) != bool(q.options):
            raise CsplanError(f"Question {q.ref}: give the answers to choose from when, and only when, one is chosen.")
        if len(set(q.options)) < len(q.options) or (q.options and len(q.options) < 2):
            raise CsplanError(f"Question {q.ref}: give at least two answers to choose from, and each once.")
        if q.ref in before:
            raise CsplanError(f"Two questions are called {q.ref}. Give each a name of its own.")
        if q.only_if:
            _check_follows(q, before)
        before[q.ref] = q


def _check_follows(q: Question, before: Mapping[str, Question]) -> None:
    on = before.get(q.only_if.get("question", ""))
    if on is None or not on.choices:
        raise CsplanError(f"Question {q.ref} follows on a question that is not before it or has no choices. Correct it.")
    if not q.only_if.get("answers") or not set(q.only_if["answers"]) <= set(on.choices):
        raise CsplanError(f"Question {q.ref} follows on an answer that {on.ref} does not offer. Correct it.")


def notes_on_window(opened_on: date, closes_on: date) -> tuple[str, ...]:
    """What a checker notices about the days: how many, how many are working days, and the holidays inside."""
    every = (closes_on - opened_on).days + 1
    working = calendar.working_days(opened_on, closes_on)
    notes = [f"{every} days, of which {working} are working days."]
    holidays = calendar.holidays_between(opened_on, closes_on)
    if holidays:
        named = ", ".join(f"{name} ({calendar.in_words(day)})" for day, name in holidays.items())
        notes.append(f"Bank holidays inside: {named}.")
    return tuple(notes)
