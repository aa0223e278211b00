"""What the rules of `duties` read: facts that carry their own days, gathered from the records."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Evidence:
    """Where the thing that shows it can be seen."""

    label: str
    url: str


@dataclass(frozen=True)
class Authority:
    """A body that is a responsible authority, with the days between which it was one."""

    kind: str
    name: str
    from_on: date
    to_on: date | None
    evidence: Evidence


@dataclass(frozen=True)
class Appointment:
    """An office that a responsible authority appointed to the strategy group."""

    office: str
    from_on: date
    to_on: date | None
    evidence: Evidence


@dataclass(frozen=True)
class Assessment:
    """A strategic assessment held: its year begins on `year_from`; `blocks` are those of regulation 6 that it fills."""

    title: str
    year_from: date
    approved_on: date
    blocks: frozenset[str]
    evidence: Evidence


@dataclass(frozen=True)
class PlanHeld:
    """A version of a partnership plan, with its days. `limbs` are the letters of section 6(1) that its priorities cover."""

    title: str
    from_on: date
    to_on: date
    frozen_on: date
    agreed_on: date | None
    published_on: date | None
    board_meets_on: date | None
    limbs: dict[str, tuple[str, ...]]
    evidence: Evidence


@dataclass(frozen=True)
class ConsultationHeld:
    """A consultation with its days and the families of questions that it asks."""

    title: str
    opens_on: date
    closes_on: date
    families: frozenset[str]
    evidence: Evidence


@dataclass(frozen=True)
class Supply:
    """Depersonalised information supplied under section 17A: what was due, and when it came."""

    authority: str
    due_on: date
    received_on: date | None
    evidence: Evidence


@dataclass(frozen=True)
class Facts:
    """Everything the rules read. Facts later than the day asked about are left out by the rules themselves."""

    tier: str
    is_combined: bool
    unitary_since: date | None
    records_from: date
    area: Evidence
    authorities: tuple[Authority, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    plans: tuple[PlanHeld, ...] = ()
    consultations: tuple[ConsultationHeld, ...] = ()
    supplies: tuple[Supply, ...] = ()
