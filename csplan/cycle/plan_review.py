"""The yearly review of a plan: its years, what it must say of each deliverable, and what it may decide."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from csplan.cycle import deliverable
from csplan.errors import CsplanError

#: What a review decides.
DECISIONS: dict[str, str] = {
    "continue": "the plan goes on as it is",
    "amend": "the plan is amended",
    "replace": "another plan takes its place",
}


def check_year(year: str, starts_on: date, ends_on: date) -> None:
    """Refuse what is no year of the plan: years run from 1 April (SI 2007/1830 reg 2)."""
    found = re.fullmatch(r"(\d{4})/(\d{2})", year)
    if not found or int(found[2]) != (int(found[1]) + 1) % 100:
        raise CsplanError(f"“{year}” is not a year. Write it as 2020/21.")
    begins = date(int(found[1]), 4, 1)
    if begins > ends_on or date(begins.year + 1, 3, 31) < starts_on:
        raise CsplanError(f"{year} is not a year of this plan. Choose one that is.")


def check_complete(
    wanted: Collection[str], implementation: Mapping[str, Mapping[str, str]], what_changed: str, decision: str
) -> None:
    """Refuse a review that leaves a deliverable out, says nothing of what changed, or decides nothing."""
    lacking = [ref for ref in wanted if ref not in implementation]
    if lacking:
        raise CsplanError(f"Nothing is said of deliverable {', '.join(lacking)}. Say how far each was carried out.")
    for ref, said in implementation.items():
        if said.get("state") not in deliverable.STATES:
            raise CsplanError(
                f"Deliverable {ref}: “{said.get('state')}” is no state. Choose one of: {', '.join(deliverable.STATES)}."
            )
    if not what_changed.strip():
        raise CsplanError("Say what changed around the plan in the year, or that nothing did.")
    if decision not in DECISIONS:
        raise CsplanError(f"Decide whether the plan goes on: {', '.join(DECISIONS)}.")
