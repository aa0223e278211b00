"""What became of every file of a load, unit by unit, as CONTRACT 2.1 has it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from csplan.cycle.periods import is_month
from csplan.evidence import editions
from csplan.evidence.archive import Refused
from csplan.evidence.manifest import Manifest, Unit
from csplan.evidence.reasons import NOTES, Reason

OUTCOMES = ("accepted", "accepted_with_warnings", "quarantined", "held", "rejected", "unchanged")
_EXIT_CODES = {"rejected": 4, "held": 3, "quarantined": 3}


@dataclass(frozen=True)
class UnitReport:
    """What became of one file.

    rows_loaded : rows that this load let count; none when held, unchanged or rejected
    period : of a return of a partner, the quarter that it is of
    """

    path: str
    outcome: str
    source: str | None
    force: str | None
    month: str | None
    sha256: str | None
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    reasons: tuple[Reason, ...]
    period: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Its facts as they are printed. The period stands there of a return alone."""
        told = asdict(self)
        return told if self.period else {name: value for name, value in told.items() if name != "period"}


@dataclass(frozen=True)
class LoadReport:
    """What became of every file given."""

    units: tuple[UnitReport, ...]

    @property
    def totals(self) -> dict[str, int]:
        """How many units had each outcome, and the rows loaded."""
        counted = {outcome: sum(u.outcome == outcome for u in self.units) for outcome in OUTCOMES}
        return counted | {"rows_loaded": sum(u.rows_loaded for u in self.units)}

    @property
    def exit_code(self) -> int:
        """0 all in; 3 something put aside or waiting; 4 something refused."""
        return max((_EXIT_CODES.get(u.outcome, 0) for u in self.units), default=0)

    def as_json(self) -> dict[str, Any]:
        return {"units": [unit.as_json() for unit in self.units], "totals": self.totals}


@dataclass
class Taken:
    """A unit seen in this run. `unit` is None when it was refused; `is_new` when this run brought it in."""

    path: str
    unit: Unit | None
    is_new: bool = False
    refusal: Refused | None = None
    sha256: str | None = None
    extra: tuple[Reason, ...] = ()


def states(manifest: Manifest) -> dict[str, editions.Standing]:
    return {s.unit.sha256: s for files in editions.standings(manifest).values() for s in files}


def pushed_back(before: Mapping[str, editions.Standing], now: Mapping[str, editions.Standing]) -> dict[str, str]:
    """key -> why a file of it that was shown before this load now waits."""
    lost = [s for sha, s in now.items() if s.state == "held" and sha in before and before[sha].state == "accepted"]
    return {s.unit.key: s.why for s in lost}


def report_of(taken: Taken, states: Mapping[str, editions.Standing], pushed: Mapping[str, str]) -> UnitReport:
    if taken.unit is None:
        refusal = taken.refusal or Refused("unknown_file", f"{taken.path} could not be read. Download it again.")
        return UnitReport(taken.path, "rejected", None, None, None, taken.sha256, 0, 0, 0, (Reason(refusal.code, str(refusal)),))
    unit, standing = taken.unit, states[taken.unit.sha256]
    reasons = [*unit.reasons, *taken.extra]
    if not taken.is_new:
        outcome = "unchanged"
        if standing.state == "held":
            reasons.append(Reason("still_waiting", f"Held already, and still waits for an officer: {standing.why}."))
    elif standing.state == "held":
        outcome = "held"
        reasons.append(Reason("restatement", f"Waits for an officer: {standing.why}. Approve or reject “{unit.key}”."))
    else:
        if unit.key in pushed:
            reasons.append(Reason("earlier_edition", f"A later file of this month now waits for an officer: {pushed[unit.key]}."))
        doubts = [reason for reason in reasons if reason.code not in NOTES]
        outcome = "quarantined" if unit.rows_quarantined else "accepted_with_warnings" if doubts else "accepted"
    loaded = unit.rows_loaded if outcome in ("accepted", "accepted_with_warnings", "quarantined") else 0
    return UnitReport(
        path=taken.path,
        outcome=outcome,
        source=unit.source,
        force=unit.force if is_month(unit.month) and unit.force else None,
        month=unit.month if is_month(unit.month) else None,
        sha256=unit.sha256,
        rows_read=unit.rows_read,
        rows_loaded=loaded,
        rows_quarantined=unit.rows_quarantined,
        reasons=tuple(reasons),
        period=unit.month if unit.is_return else None,
    )
