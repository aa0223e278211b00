"""What a rule of the law is, what it finds on a day, and how a finding is made."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from csplan.cycle.duty_facts import Evidence, Facts

STATUSES = ("met", "not met", "not applicable", "unknown")

#: severity -> what it means
SEVERITIES: dict[str, str] = {
    "must": "a duty in law",
    "practice": "good practice: not following it is a warning, not a breach",
}
JURISDICTIONS: dict[str, str] = {"england": "England", "wales": "Wales", "both": "England and Wales"}

#: Said of a rule that rests on law recalled, or on a page that no lawyer has read for us.
NOT_READ = "not yet read by a lawyer"


@dataclass(frozen=True)
class Finding:
    """What a rule finds on a day. would_meet : what would meet it, in one sentence; always given when it is not met"""

    status: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    would_meet: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"“{self.status}” is no status of a finding")
        if self.status == "not met" and not self.would_meet:
            raise ValueError(f"a duty that is not met says what would meet it: {self.reason}")


def met(reason: str, *evidence: Evidence) -> Finding:
    """The duty is met."""
    return Finding("met", reason, evidence)


def not_met(reason: str, *evidence: Evidence, would_meet: str) -> Finding:
    """The duty is not met, and what would meet it."""
    return Finding("not met", reason, evidence, would_meet)


def not_applicable(reason: str, *evidence: Evidence) -> Finding:
    """The duty does not apply, and why."""
    return Finding("not applicable", reason, evidence)


def unknown(reason: str, *evidence: Evidence, would_meet: str = "") -> Finding:
    """Nothing held here shows it. would_meet : what would show it, where that can be said"""
    return Finding("unknown", reason, evidence, would_meet)


Ask = Callable[[Facts, date], Finding]


@dataclass(frozen=True)
class InWales:
    """Where the same rule stands in the law of Wales."""

    instrument: str
    clause: str
    from_on: date
    verified_by: str = NOT_READ
    advisory: bool = True


@dataclass(frozen=True)
class Rule:
    """One duty: where it stands, what it asks, when it applies, the days it is in force, and the question that tests it.

    severity      of SEVERITIES
    advisory      the rule rests on law recalled and not checked: it never says “unlawful”
    verified_by   the page or office that checked it, or NOT_READ
    listed_from   a day from which it is listed although it is not in force yet: it then says that it does not apply
    wales         where it stands in the law of Wales, when that is elsewhere
    """

    id: str
    instrument: str
    clause: str
    title: str
    summary: str
    ask: Ask
    from_on: date
    to_on: date | None = None
    jurisdictions: str = "both"
    applies_when: str = "always"
    severity: str = "must"
    advisory: bool = True
    verified_by: str = NOT_READ
    listed_from: date | None = None
    wales: InWales | None = None

    def as_in(self, jurisdiction: str) -> "Rule":
        """The rule with the clause and days of one jurisdiction."""
        if jurisdiction != "wales" or self.wales is None:
            return self
        there = self.wales
        return replace(
            self,
            instrument=there.instrument,
            clause=there.clause,
            from_on=there.from_on,
            verified_by=there.verified_by,
            advisory=there.advisory,
        )

    def is_listed(self, on: date) -> bool:
        """Whether it belongs to the checklist of a day."""
        return (self.listed_from or self.from_on) <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True)
class Outcome:
    """A rule with what it found."""

    rule: Rule
    finding: Finding
