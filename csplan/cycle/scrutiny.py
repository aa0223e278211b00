"""The crime and disorder committee: how long a body has to answer, and what may be asked and answered.

Police and Justice Act 2006 sections 19 and 20 and the Crime and Disorder (Overview and Scrutiny) Regulations 2009 (SI 2009/942):
a body answers a report or recommendation in writing within 28 days of its date or, if that is not reasonably possible, as soon as
it is; information is given as soon as reasonably possible, without anything that leads to a person, and may be refused where it would
prejudice proceedings or the work of the body.
"""

from datetime import date, timedelta

from csplan.cycle import calendar
from csplan.errors import CsplanError

RESPONSE_DAYS = 28

#: What the committee may put to the partnership or to a body.
KINDS: dict[str, str] = {"question": "a question", "request": "a request for information"}
#: How a question or request ends.
OUTCOMES: dict[str, str] = {"answered": "Answered", "refused": "Refused"}
#: What a body answers to a recommendation, and how it stands later.
RESPONSES: dict[str, str] = {"accepted": "accepted", "partly": "accepted in part", "not accepted": "not accepted"}
PROGRESS: dict[str, str] = {"under way": "under way", "done": "done", "stopped": "stopped"}


def respond_by(made_on: date) -> date:
    """The last day of the 28, counted from the day after the report's date."""
    return made_on + timedelta(days=RESPONSE_DAYS)


def clock_in_words(due: date, came_on: date | None, today: date) -> str:
    """Where the 28 days stand: answered in time or late, still to come, or overdue."""
    day = calendar.in_words(due)
    if came_on is not None:
        late = (came_on - due).days
        when = calendar.in_words(came_on)
        return f"Answered on {when}, {_days(late)} late." if late > 0 else f"Answered on {when}, within the {RESPONSE_DAYS} days."
    left = (due - today).days
    if left < 0:
        return f"Overdue: an answer was due by {day}, {_days(-left)} ago."
    return f"An answer is due by {day}, {'today' if left == 0 else f'in {_days(left)}'}."


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n} days"


def is_overdue(due: date, came_on: date | None, today: date) -> bool:
    """Whether the answer has not come and its day has gone."""
    return came_on is None and today > due


def check_made_on(made_on: date, today: date) -> None:
    """Refuse a report dated on a day to come."""
    if made_on > today:
        raise CsplanError(f"The report is dated {calendar.in_words(made_on)}, which is still to come. Correct its date.")
