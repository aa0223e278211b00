"""Consultations: when they are open, what may be asked, what is an answer, and what to notice about the window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from csplan.cycle import calendar, clock
from csplan.errors import CsplanError

STATES: dict[str, str] = {"planned": "not open yet", "open": "open for answers", "closed": "closed"}

#: kind of question -> what a person does
KINDS: dict[str, str] = {
    "agree": "chooses how far they agree",
    "single": "chooses one answer",
    "text": "writes in their own words",
}
AGREE_SCALE = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree", "I do not know")
RATHER_NOT = "I would rather not say"
LONGEST_TEXT = 2000

#: Both families that regulation 12(1) of SI 2007/1830 asks for, and what else a question may be about.
FAMILIES: dict[str, str] = {
    "levels": "the levels and patterns of crime, disorder and substance misuse",
    "priorities": "what the partnership should put first",
    "about": "the person who answers",
}
FAMILIES_IN_LAW = frozenset({"levels", "priorities"})


@dataclass(frozen=True)
class Question:
    """One question as it is asked."""

    ref: str
    kind: str
    words: str
    family: str
    options: tuple[str, ...] = ()
    is_needed: bool = False
    hint: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen; empty for a question in one's own words."""
        return AGREE_SCALE if self.kind == "agree" else self.options


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


def problems(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """{question ref: what to do about it} for every answer that cannot be taken; empty when all can."""
    found: dict[str, str] = {}
    for q in questions:
        given = answers.get(q.ref, "").strip()
        if not given:
            if q.is_needed:
                found[q.ref] = "Choose an answer" if q.choices else "Write an answer"
        elif q.choices and given not in q.choices:
            found[q.ref] = "Choose one of the answers shown"
        elif not q.choices and len(given) > LONGEST_TEXT:
            found[q.ref] = f"Your words are {len(given) - LONGEST_TEXT:,} characters too long. Cut them to {LONGEST_TEXT:,}"
    if not found and not any(answers.get(q.ref, "").strip() for q in questions if q.family != "about"):
        found[questions[0].ref] = "Answer at least one question before you send"
    return found


def families_asked(questions: Sequence[Question]) -> frozenset[str]:
    """Which of the families the questions cover."""
    return frozenset(q.family for q in questions)


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
