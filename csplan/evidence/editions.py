"""Which file of a month is shown when more than one was published: first, current, waiting or refused.

A publisher issues the same month again in later releases. The release a file came in is its edition, such as 2025-12. The
earliest accepted is what was first published; the latest accepted is what is shown. What cannot be placed, or changes
much, waits for an officer and changes nothing meanwhile. Much is: a fifth of the rows lost, a type of crime gone, or a change out of
line with those that the same force has made to other months.
"""

import itertools
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csplan.evidence.manifest import STREET, Decision, Manifest, Unit

#: A file that loses more than a fifth of the rows of the one before it, or grows by as much again, waits for an officer.
LEAST_SHARE, MOST_SHARE = 0.8, 1.25
#: A type with fewer rows may be gone by chance.
LEAST_OF_TYPE = 10
#: A change is out of line above so many times the usual one and above 5%, once so many other months were published again.
TIMES_USUAL, LEAST_CHANGE, LEAST_KNOWN = 4, 0.05, 6


@dataclass(frozen=True)
class Standing:
    """How one file of a month stands. state : accepted, held (waiting) or rejected; `why` is empty when accepted."""

    unit: Unit
    state: str
    why: str = ""
    is_first: bool = False
    is_current: bool = False


def settle(units: Sequence[Unit], decisions: Sequence[Decision], usual: float | None = None) -> tuple[Standing, ...]:
    """How the files of one source, force and month stand, in the order given, which is the order they came in.

    usual : by what share the other months of the force change as a rule when they are published again; None where too few were
    With editions told, the order of coming does not matter. A file without one can only be accepted unasked when it is the
    first of its month: nothing says where among others it belongs.
    """
    decided = {d.sha256: d for d in decisions}
    verbs = {sha256: d.verb for sha256, d in decided.items()}
    refused = {
        u.sha256: f"refused by {decided[u.sha256].by}: {decided[u.sha256].why}" for u in units if verbs.get(u.sha256) == "reject"
    }
    standing = [u for u in units if u.sha256 not in refused]
    waiting: dict[str, str] = {}
    issues: list[tuple[tuple[str, int, str], Unit]] = []
    for i, unit in enumerate(standing):
        if unit.editions:
            issues += [((edition, 0, unit.sha256), unit) for edition in unit.editions]
        elif verbs.get(unit.sha256) == "approve":
            decision = decided[unit.sha256]
            issues.append(((decision.as_edition, 1, decision.at), unit))
        elif i == 0:
            issues.append((("", 0, ""), unit))
        else:
            waiting[unit.sha256] = "it differs from the file held, and nothing tells which of them was published later"
    chain: list[Unit] = []
    for _, unit in sorted(issues, key=lambda issue: issue[0]):
        words = (
            "" if unit in chain or verbs.get(unit.sha256) == "approve" else changes_much(chain[-1], unit, usual) if chain else ""
        )
        if words:
            waiting.setdefault(unit.sha256, words)
        else:
            waiting.pop(unit.sha256, None)
            chain.append(unit)
    return tuple(_standing(unit, chain, waiting, refused) for unit in units)


def _standing(unit: Unit, chain: Sequence[Unit], waiting: dict[str, str], refused: dict[str, str]) -> Standing:
    if unit.sha256 in refused:
        return Standing(unit, "rejected", refused[unit.sha256])
    if unit not in chain:
        return Standing(unit, "held", waiting[unit.sha256])
    return Standing(unit, "accepted", is_first=unit == chain[0], is_current=unit == chain[-1])


def changes_much(before: Unit, after: Unit, usual: float | None = None) -> str:
    """Why a file that follows another waits for an officer; empty when it changes little. usual : as `settle`"""
    if not LEAST_SHARE * before.rows_loaded <= after.rows_loaded <= MOST_SHARE * before.rows_loaded:
        return f"it has {after.rows_loaded:,} rows where the file before it has {before.rows_loaded:,}"
    gone = next((t for t, n in sorted(before.types.items()) if n >= LEAST_OF_TYPE and not after.types.get(t)), None)
    if gone is not None:
        return f"it has no rows of {gone.replace('-', ' ')} where the file before it has {before.types[gone]:,}"
    share = _changed(before, after)
    if usual is not None and share > max(LEAST_CHANGE, TIMES_USUAL * usual):
        return f"it changes {share:.0%} of the rows, where other months of this force changed {usual:.1%} as a rule"
    return ""


def _changed(before: Unit, after: Unit) -> float:
    """By what share the rows of a file differ in number from those of the one before it."""
    return abs(after.rows_loaded - before.rows_loaded) / before.rows_loaded if before.rows_loaded else 0.0


def _usual(files: Mapping[str, Sequence[Unit]]) -> dict[str, float | None]:
    """key -> the median change of the other months of its source and force that were published again; None for too few.

    Told by all files held, whatever became of them, so that the order in which they came does not matter.
    """
    changes: dict[tuple[str, str], dict[str, list[float]]] = {}
    for key, units in files.items():
        told = sorted((u for u in units if u.editions), key=lambda u: (u.editions, u.sha256))
        found = [_changed(before, after) for before, after in itertools.pairwise(told)]
        changes.setdefault((units[0].source, units[0].force), {})[key] = found
    return {key: _middle(others, key) for others in changes.values() for key in others}


def _middle(changes: Mapping[str, Sequence[float]], apart_from: str) -> float | None:
    known = [share for key, shares in changes.items() if key != apart_from for share in shares]
    return statistics.median(known) if len(known) >= LEAST_KNOWN else None


def standings(manifest: Manifest) -> dict[str, tuple[Standing, ...]]:
    """key -> how its files stand, in order of key."""
    units: dict[str, list[Unit]] = {}
    for unit in manifest.units:
        units.setdefault(unit.key, []).append(unit)
    decisions: dict[str, list[Decision]] = {}
    for decision in manifest.decisions:
        decisions.setdefault(decision.key, []).append(decision)
    usual = _usual(units)
    return {key: settle(units[key], decisions.get(key, []), usual[key]) for key in sorted(units)}


def current(manifest: Manifest) -> dict[tuple[str, str], Unit]:
    """(force, month) -> the street file that is shown."""
    found = (s.unit for files in standings(manifest).values() for s in files if s.is_current and s.unit.source == STREET)
    return {(unit.force, unit.month): unit for unit in found}


def first(manifest: Manifest) -> dict[tuple[str, str], Unit]:
    """(force, month) -> the street file that was first published."""
    found = (s.unit for files in standings(manifest).values() for s in files if s.is_first and s.unit.source == STREET)
    return {(unit.force, unit.month): unit for unit in found}


def tables(manifest: Manifest) -> tuple[Unit, ...]:
    """The tables that are shown, by key. Returns of partners are none: they are not published."""
    return tuple(unit for unit in _shown(manifest) if unit.source != STREET and not unit.is_return)


def returns(manifest: Manifest) -> tuple[Unit, ...]:
    """The returns of partners that count, by key."""
    return tuple(unit for unit in _shown(manifest) if unit.is_return)


def _shown(manifest: Manifest) -> list[Unit]:
    return [s.unit for files in standings(manifest).values() for s in files if s.is_current]
