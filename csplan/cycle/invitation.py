"""An invitation to take a role: what it may offer, how it stands, and for how long it holds. It keeps the machine's time, as sign-in does."""

from datetime import datetime, timedelta

from csplan.cycle import set_up

#: How long a code holds: long enough for a letter and a holiday.
HOLDS_FOR = timedelta(days=21)

#: state -> what a person who brings the code reads; None where it can be taken
STATES: dict[str, str | None] = {
    "open": None,
    "taken": "This invitation has been used. If it was not you, tell the partnership’s manager; if it was, sign in.",
    "cancelled": "This invitation was cancelled. Ask the partnership’s manager for a new one.",
    "expired": "This invitation is too old. Ask the partnership’s manager for a new one.",
}


def state(*, taken_at: datetime | None, cancelled_at: datetime | None, expires_at: datetime, now: datetime) -> str:
    """How an invitation stands at an instant of the machine's clock: one of STATES."""
    if taken_at is not None:
        return "taken"
    if cancelled_at is not None:
        return "cancelled"
    return "open" if now < expires_at else "expired"


def wrong_offer(role: str, person: str, *, has_body: bool) -> dict[str, str]:
    """{field: what to mend} of a role offered to a person, who is named by office. has_body : whether a body is named"""
    problems = {}
    if role not in set_up.OFFERED:
        problems["role"] = "Choose the role that the person is to hold"
    if not person:
        problems["person"] = "Write the office that the person holds, such as Community safety manager"
    elif len(person) > set_up.LONGEST_NAME:
        problems["person"] = f"Write the office in {set_up.LONGEST_NAME} characters or fewer"
    if role == "partner" and not has_body:
        problems["body"] = "Choose the body for which the partner returns figures"
    return problems
