"""Times at which people are met: their kinds, and what the yearly public meeting needs.

Regulation 12(4) of SI 2007/1830, as made, wanted a public meeting each year with senior people of each responsible authority, told of
beforehand and afterwards. What the changes of 2011 left of it is not checked, so it stands as good practice (`cycle.law`, F12-4).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csplan.cycle import calendar
from csplan.cycle.words import listed
from csplan.errors import CsplanError

KINDS: dict[str, str] = {
    "public-meeting": "Public meeting",
    "briefing": "Briefing",
    "stall": "Stall",
    "forum": "Forum",
    "focus-group": "Focus group",
    "other": "Other",
}
SOURCE = "Regulation 12(4) of SI 2007/1830, as made; the changes of 2011 are not checked, so it is taken as good practice."
#: More than this never came to one event: it is a slip of the key.
MOST = 100_000


@dataclass(frozen=True)
class Held:
    """A public meeting that was held. senior : codes of the bodies whose senior people came;  has_notice, has_note : told before, after"""

    title: str
    on: date
    senior: frozenset[str]
    has_notice: bool
    has_note: bool


def check_announced(kind: str, title: str, place: str, notice: str) -> None:
    """Refuse what cannot be announced, in words."""
    if kind not in KINDS:
        raise CsplanError(f"Choose what it is: {listed([words.lower() for words in KINDS.values()])}.")
    if not title.strip() or not place.strip():
        raise CsplanError("Write what it is called and where it takes place.")
    if kind == "public-meeting" and not notice.strip():
        raise CsplanError("Write how people are told of the public meeting: notice of it is given beforehand.")


def check_came(came: Mapping[str, int], others: int) -> None:
    """Refuse numbers that cannot be of people who came."""
    if any(not 0 <= n <= MOST for n in (*came.values(), others)):
        raise CsplanError(f"Write how many people came as a whole number from 0 to {MOST:,}.")


def this_year(held: Sequence[Held], authorities: Mapping[str, str], on: date) -> tuple[bool, str]:
    """(whether a public meeting of the twelve months up to a day had all that it needs, a sentence that says so).

    authorities : code -> name of every responsible authority
    """
    lately = [h for h in held if calendar.add_years(on, -1) < h.on <= on]
    if not lately:
        return False, "No public meeting is recorded in the twelve months before this day."
    newest = max(lately, key=lambda h: (not lacks(h, authorities), h.on))
    told = f"{newest.title} was held on {calendar.in_words(newest.on)}"
    lacking = lacks(newest, authorities)
    return (False, f"{told}, but it lacks {listed(lacking)}.") if lacking else (True, f"{told}, with all that it needs.")


def lacks(held: Held, authorities: Mapping[str, str]) -> list[str]:
    """What a public meeting lacks, as parts of a sentence."""
    away = [name for code, name in authorities.items() if code not in held.senior]
    return [
        *([f"senior people of {listed(away)}"] if away else []),
        *([] if held.has_notice else ["notice beforehand"]),
        *([] if held.has_note else ["a note of what was said"]),
    ]


def split(invited: Mapping[str, Collection[str]], came: Mapping[str, Mapping[str, int]]) -> tuple[set[str], set[str]]:
    """(groups of whom someone came, groups that were invited and of whom nobody came), over the engagements given by reference."""
    reached = {slug for numbers in came.values() for slug, n in numbers.items() if n > 0}
    return reached, {slug for slugs in invited.values() for slug in slugs} - reached
