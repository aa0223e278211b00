"""The partnership plan: its references, what must hold before it is agreed, and its lock. Its states are in `plan_states`."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from csplan.cycle import calendar
from csplan.errors import CsplanError

#: What each level of reference is. 1 is a priority, 1.2 a work area, 1.2.3 or D4 a deliverable.
_PRIORITY, _WORK_AREA, _DELIVERABLE = r"[1-9]\d?", r"[1-9]\d?\.[1-9]\d?", r"[1-9]\d?\.[1-9]\d?\.[1-9]\d?"
LEVELS = (("priority", _PRIORITY), ("work area", _WORK_AREA), ("deliverable", _DELIVERABLE))

#: The limbs of section 6(1): (letter, what, first day in force)
LIMBS: tuple[tuple[str, str, date], ...] = (
    ("a", "reducing crime and disorder, including behaviour that harms the local environment", date(1998, 9, 30)),
    ("b", "combating the misuse of drugs, alcohol and other substances", date(1998, 9, 30)),
    ("c", "reducing reoffending", date(2010, 4, 1)),
    ("d", "preventing people becoming involved in serious violence, and reducing it", date(2023, 1, 31)),
)


def level(ref: str) -> str:
    """ "1" is a priority, "1.2" a work area, "1.2.3" a deliverable."""
    for name, form in LEVELS:
        if re.fullmatch(form, ref):
            return name
    raise CsplanError(
        f"“{ref}” is not a reference of a plan. Write 1 for a priority, 1.2 for a work area, 1.2.3 for a deliverable."
    )


def limbs_in_force(on: date) -> tuple[tuple[str, str], ...]:
    """(letter, what) of each limb of section 6(1) in force on a day."""
    return tuple((letter, words) for letter, words, first in LIMBS if first <= on)


#: What a responsible authority does about a version: how it is said of a body.
PARTS: dict[str, str] = {
    "contributed": "contributed to it",
    "commented": "commented on it",
    "agreed": "agreed it",
    "reservation": "agreed it with a reservation",
    "no answer": "did not answer",
}


#: Who withdraws a version, by whether the board agreed it: what the board agreed, no officer takes back alone.
WITHDRAWN_BY: dict[bool, str] = {False: "manager", True: "board"}


def check_may_withdraw(*, is_agreed: bool, held: Collection[str]) -> None:
    """Refuse the withdrawal of what the board agreed by anyone but the board, and of a draft by anyone but the manager."""
    if WITHDRAWN_BY[is_agreed] in held:
        return
    if is_agreed:
        raise CsplanError("The board agreed this version, so only the board withdraws it. Ask its clerk to record that.")
    raise CsplanError("The board has not agreed this version, so the manager withdraws it. Ask the manager.")


@dataclass(frozen=True)
class Gates:
    """What the board's agreement waits for. Each is a fact at the instant of agreeing."""

    is_frozen: bool
    consultation_closed: bool
    consideration_approved: bool
    equality_complete: bool
    meeting_was_quorate: bool
    approver_is_author: bool


#: gate -> (the value that lets through, the sentence that refuses)
GATES: dict[str, tuple[bool, str]] = {
    "is_frozen": (True, "This version is still a draft. Freeze it first, so that what is agreed cannot change."),
    "consultation_closed": (True, "The consultation on this version has not closed. Agree the plan after the closing day."),
    "consideration_approved": (
        True,
        "No consideration report on the consultation is approved. Approve one that says what was made of the answers.",
    ),
    "equality_complete": (True, "The equality impact assessment of this version is not complete. Have it completed and signed."),
    "meeting_was_quorate": (True, "The meeting had no quorum. Agree the plan at a meeting that has one."),
    "approver_is_author": (False, "You may not agree a plan that you wrote. Ask another member of the board to record it."),
}


def refusals(gates: Gates) -> tuple[str, ...]:
    """A sentence for each gate that is shut."""
    return tuple(words for name, (wanted, words) in GATES.items() if getattr(gates, name) is not wanted)


def check_may_agree(gates: Gates) -> None:
    """Refuse agreement while any gate is shut, with every reason."""
    shut = refusals(gates)
    if shut:
        raise CsplanError(" ".join(shut))


@dataclass(frozen=True)
class Lock:
    """The time in which the priorities stay as they are. It ends on its date, whatever it waits for."""

    starts_on: date
    ends_on: date
    waits_for: str = ""
    review_done_on: date | None = None


def is_locked(lock: Lock, on: date) -> bool:
    """Whether the priorities are locked on a day; the end date is the first free day."""
    return lock.starts_on <= on < lock.ends_on


def lock_in_words(lock: Lock, on: date) -> str:
    """What to say of the lock on a day. An open review is late; it extends nothing unless the board minutes it."""
    last = calendar.in_words(lock.ends_on)
    if on < lock.starts_on:
        return f"The priorities will be locked from {calendar.in_words(lock.starts_on)} until {last}."
    review_is_open = lock.waits_for and (lock.review_done_on is None or lock.review_done_on > on)
    if is_locked(lock, on):
        wait = f" while the {lock.waits_for} takes place" if review_is_open else ""
        return f"The priorities are locked until {last}{wait}."
    late = f" No end of the {lock.waits_for} is recorded, so it is shown as late." if review_is_open else ""
    return f"The lock on the priorities ended on {last}.{late}"


def check_may_change_priorities(lock: Lock | None, on: date, *, changed: Collection[str], varied: Collection[str]) -> None:
    """Refuse changed priorities inside a lock that no minuted variation names.

    changed : references of priorities that are new, gone or say something else;  varied : those that a variation lets change
    """
    refused = sorted(set(changed) - set(varied), key=lambda ref: [int(n) for n in ref.split(".")])
    if lock is None or not is_locked(lock, on) or not refused:
        return
    raise CsplanError(
        f"Priority {', '.join(refused)} would change, and the priorities are locked until {calendar.in_words(lock.ends_on)}. "
        "Have the board minute a variation that names it, or wait for that day."
    )
