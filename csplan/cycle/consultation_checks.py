"""What the law, the Gunning principles and the Cabinet Office’s consultation principles would say of a consultation before it opens.

Gunning: R v Brent London Borough Council, ex parte Gunning (1985): proposals at a formative stage; enough reasons for an intelligent
answer; enough time; conscientious consideration. Cabinet Office: Consultation Principles 2018, which are guidance. What refuses opening
is “must”; the rest is for the people who decide to weigh.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from csplan.cycle import consultation as rules
from csplan.cycle import periods
from csplan.cycle.calendar import in_words
from csplan.cycle.consultation import Question
from csplan.cycle.law import elections

GUNNING_1 = "Gunning 1: a formative stage"
GUNNING_2 = "Gunning 2: enough to answer by"
GUNNING_3 = "Gunning 3: enough time"
CABINET = "Cabinet Office consultation principles 2018"
REGULATION_12 = "SI 2007/1830, regulation 12"
EQUALITY = "Equality Act 2010, section 149"
HOUSE = "How csplan keeps consultations"
#: Below four weeks the law's own check calls a window short; six are usual for a partnership's plan.
SHORT, USUAL = 28, 42
#: More questions than this are seldom finished.
MANY = 25
#: Words in a question that are too many to take in at once.
LONG_QUESTION = 35


@dataclass(frozen=True)
class Facts:
    """What is asked about. priorities_agreed_in : a month such as 2018-11, or empty;  documents : kinds that are attached"""

    opens_on: date
    closes_on: date
    questions: Sequence[Question]
    documents: frozenset[str]
    why: str
    can_change: str
    is_frozen: bool
    is_example: bool
    equality_started: bool
    is_checked: bool
    has_alerts: bool
    languages: frozenset[str]
    priorities_agreed_in: str = ""


@dataclass(frozen=True)
class Note:
    """severity : must, should or note;  is_met : whether it is as it ought to be;  source : where it comes from"""

    severity: str
    is_met: bool
    words: str
    source: str


def notes(f: Facts) -> tuple[Note, ...]:
    """Everything the checker says: first what refuses opening, then what should be mended, then what is as it ought to be."""
    found = [*_must(f), *_formative(f), *_documents(f), *_time(f), *_questions(f), *_people(f)]
    order = ("must", "should", "note")
    return tuple(sorted(found, key=lambda n: (n.is_met, order.index(n.severity))))


def _must(f: Facts) -> Iterator[Note]:
    yield _note(
        "must",
        f.is_frozen,
        "The version is frozen: everyone answers about the same words.",
        "The version is still a draft. Freeze it: everyone must answer about the same words.",
        HOUSE,
    )
    lacking = rules.FAMILIES_IN_LAW - rules.families_asked(f.questions)
    asked = " and ".join(rules.FAMILIES[family] for family in sorted(rules.FAMILIES_IN_LAW))
    missing = " and ".join(rules.FAMILIES[family] for family in sorted(lacking))
    yield _note(
        "must", not lacking, f"Questions ask about {asked}.", f"No question asks about {missing}. Add one.", REGULATION_12
    )
    yield _note(
        "must",
        f.equality_started,
        "The equality impact assessment of the version has begun.",
        "No equality impact assessment of the version has begun. Begin it: due regard comes before the decision, not after.",
        EQUALITY,
    )
    yield _note(
        "must",
        f.is_checked,
        "A second person has read these words.",
        "No second person has read the words as they now are. Ask one to check them.",
        HOUSE,
    )


def _formative(f: Facts) -> Iterator[Note]:
    if f.priorities_agreed_in:
        month = periods.month_in_words(f.priorities_agreed_in)
        yield Note(
            "should",
            False,
            f"The priorities were agreed in {month}, before people are asked. Say plainly what their answers can still change, or ask earlier next time.",
            GUNNING_1,
        )
    yield _note(
        "should",
        bool(f.can_change.strip()),
        "It says what answers can still change.",
        "It does not say what answers can still change. Write that.",
        GUNNING_1,
    )
    yield _note(
        "should",
        bool(f.why.strip()),
        "It says why people are asked.",
        "It does not say why people are asked. Write that.",
        CABINET,
    )


def _documents(f: Facts) -> Iterator[Note]:
    missing = [rules.DOCUMENTS[kind] for kind in rules.DOCUMENTS_WANTED if kind not in f.documents]
    yield _note(
        "should",
        not missing,
        "The draft, the assessment, the equality assessment and the indicators are there to read.",
        f"Not there to read: {'; '.join(missing)}. Add them, or say why they are not.",
        GUNNING_2,
    )


def _time(f: Facts) -> Iterator[Note]:
    days = (f.closes_on - f.opens_on).days + 1
    told = " ".join(rules.notes_on_window(f.opens_on, f.closes_on))
    if days < SHORT:
        yield Note("should", False, f"{told} Fewer than four weeks: give a longer window, or record why it is short.", GUNNING_3)
    elif days < USUAL:
        yield Note("note", False, f"{told} Six to eight weeks are usual for a partnership’s plan.", CABINET)
    else:
        yield Note("note", True, told, CABINET)
    for poll in elections.general_in(f.opens_on, f.closes_on):
        yield Note(
            "should",
            False,
            f"It overlaps the weeks before the general election of {in_words(poll)}. Consultations are not launched then.",
            CABINET,
        )
    for poll in elections.ordinary_in(f.opens_on, f.closes_on):
        yield Note(
            "note",
            False,
            f"It overlaps the weeks before the ordinary day of local elections, {in_words(poll)}. Ask your monitoring officer whether one is held here.",
            CABINET,
        )
    for first, last, name in _holidays(f):
        if f.opens_on <= last and first <= f.closes_on:
            yield Note(
                "note",
                False,
                f"It runs over {name}, when many are away. Allow for it in the days, and tell people twice.",
                CABINET,
            )


def _holidays(f: Facts) -> Iterator[tuple[date, date, str]]:
    for year in range(f.opens_on.year - 1, f.closes_on.year + 1):
        yield date(year, 12, 20), date(year + 1, 1, 3), f"Christmas {year}"
        yield date(year, 7, 24), date(year, 8, 31), f"the summer holidays of {year}"


def _questions(f: Facts) -> Iterator[Note]:
    n = len(f.questions)
    yield _note(
        "should",
        n <= MANY,
        f"It asks {n} questions.",
        f"It asks {n} questions. Few people finish more than {MANY}: leave some out, or ask them of some only.",
        CABINET,
    )
    long = [q.ref for q in f.questions if len(q.words.split()) > LONG_QUESTION]
    if long:
        yield Note("note", False, f"Long to read: {', '.join(long)}. Say it in fewer words.", CABINET)
    if not any(q.kind == "text" for q in f.questions):
        yield Note("should", False, "Nobody can answer in their own words. Add such a question.", GUNNING_2)
    pressed = [
        q.ref
        for q in f.questions
        if q.family == "about" and q.ref != "may-quote" and rules.RATHER_NOT not in q.choices and q.choices
    ]
    yield _note(
        "should",
        not pressed,
        "Each question about the person may be left with “I would rather not say”.",
        f"No “{rules.RATHER_NOT}” in: {', '.join(pressed)}. Add it as the last answer.",
        EQUALITY,
    )
    needed = [q.ref for q in f.questions if q.family == "about" and q.is_needed]
    if needed:
        yield Note(
            "should", False, f"An answer about the person is needed in: {', '.join(needed)}. Let people leave it out.", EQUALITY
        )


def _people(f: Facts) -> Iterator[Note]:
    asked = {q.ref.removeprefix("about-") for q in f.questions if q.family == "about"}
    missing = {"age", "sex", "ethnicity", "disability"} - asked
    yield _note(
        "note",
        not missing,
        "It can be told whom answers came from: age, sex, ethnic group, disability.",
        "It cannot be told whom answers came from: questions about age, sex, ethnic group and disability are not all there.",
        REGULATION_12,
    )
    yield _note(
        "note",
        "easy-read" in f.languages,
        "There is an easy-read version.",
        "There is no easy-read version. Add one under Languages.",
        EQUALITY,
    )
    yield _note(
        "should",
        f.has_alerts,
        "An officer is named who is told at once of danger.",
        "No officer is named who is told at once of an answer that suggests danger. Name one.",
        HOUSE,
    )


def _note(severity: str, is_met: bool, met: str, not_met: str, source: str) -> Note:
    return Note(severity, is_met, met if is_met else not_met, source)
