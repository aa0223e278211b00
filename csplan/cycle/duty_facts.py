"""What the rules of the law read: facts that carry their own days, gathered from the records.

Every fact is a plain value. A day in it that is later than the day asked about has not happened yet: the rules leave it out.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Evidence:
    """Where the thing that shows it can be seen: a page of this site, or a public address elsewhere."""

    label: str
    url: str


# ---- who takes part ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Authority:
    """A body of the register, with the days between which it takes part. `code` is its short code, such as police."""

    kind: str
    name: str
    from_on: date
    to_on: date | None
    evidence: Evidence
    code: str = ""


@dataclass(frozen=True)
class Appointment:
    """An office that a responsible authority appointed to the strategy group. `is_senior` is None where nobody said."""

    office: str
    from_on: date
    to_on: date | None
    evidence: Evidence
    authority: str = ""
    is_senior: bool | None = None


@dataclass(frozen=True)
class GroupHeld:
    """A group of the partnership, or the committee that examines it. kind : board, scrutiny, sub-group, strategy or county."""

    name: str
    kind: str
    is_strategy_group: bool
    from_on: date
    evidence: Evidence


@dataclass(frozen=True)
class MeetingHeld:
    """A meeting of a group: announced first; `recorded_on` is None until its outcome is recorded."""

    title: str
    kind: str
    on: date
    announced_on: date
    recorded_on: date | None
    was_quorate: bool | None
    evidence: Evidence


# ---- what is written -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Assessment:
    """A strategic assessment: its year begins on `year_from`; `blocks` are the parts of `regulations_2007` that it fills."""

    title: str
    year_from: date
    approved_on: date
    blocks: frozenset[str]
    evidence: Evidence


@dataclass(frozen=True)
class AlignmentHeld:
    """Another strategy that a version names. says_how : whether it says what in the plan delivers it."""

    kind: str
    title: str
    says_how: bool


@dataclass(frozen=True)
class ReviewHeld:
    """A review of a plan; `completed_on` is None while it is under way."""

    begun_on: date
    completed_on: date | None


@dataclass(frozen=True)
class PlanHeld:
    """A version of a partnership plan, with its days.

    limbs          {letter of section 6(1): the priorities that serve it}
    plan, number   which plan it is a version of, and which version
    sections       references of the sections that hold words; None where the text is not kept here
    deliverables   how many things it says will be done
    helpers        bodies and groups outside the authorities that it names as helping
    dispatched_on  when a copy was sent to the local policing body
    stopped_on     when it was withdrawn, or its plan closed: from then on it is no plan of the partnership
    board_announced_on  when the meeting of `board_meets_on` was announced; None where that is not known
    """

    title: str
    from_on: date
    to_on: date
    frozen_on: date
    agreed_on: date | None
    published_on: date | None
    board_meets_on: date | None
    limbs: dict[str, tuple[str, ...]]
    evidence: Evidence
    plan: str = ""
    number: int = 1
    alignments: tuple[AlignmentHeld, ...] = ()
    sections: frozenset[str] | None = None
    deliverables: int = 0
    helpers: tuple[str, ...] = ()
    dispatched_on: date | None = None
    board_announced_on: date | None = None
    stopped_on: date | None = None
    reviews: tuple[ReviewHeld, ...] = ()


@dataclass(frozen=True)
class IndicatorHeld:
    """An indicator that was adopted."""

    title: str
    adopted_on: date
    evidence: Evidence


@dataclass(frozen=True)
class Report:
    """A report to a committee. `headings` are those of its appendix that have an answer."""

    title: str
    on: date
    headings: frozenset[str]
    evidence: Evidence


# ---- asking people -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Impact:
    """An expected effect on one group: positive, neutral, negative or unknown; `answered_on` is when something was set against it."""

    group: str
    effect: str
    noted_on: date
    answered_on: date | None


@dataclass(frozen=True)
class EqualityHeld:
    """An equality impact assessment. impacts : None where they are not kept one by one"""

    started_on: date
    completed_on: date | None
    evidence: Evidence
    published_on: date | None = None
    review_on: date | None = None
    impacts: tuple[Impact, ...] | None = None


@dataclass(frozen=True)
class ConsultationHeld:
    """A consultation with its days and the families of questions that it asks.

    draft_frozen_on       when the version that people were asked about stopped changing
    priorities_agreed_in  the month in which its priorities were settled, such as 2018-11; empty where that is not known
    considered_on         when the report on the answers was approved
    feedback_on           when people could read what was made of them
    decided_on            when the plan that it was about was agreed
    decisions             for every comment the day on which it was decided on, None while it waits; None where not kept here
    equality              the equality assessments of the versions it was about
    """

    title: str
    opens_on: date
    closes_on: date
    families: frozenset[str]
    evidence: Evidence
    draft_frozen_on: date | None = None
    priorities_agreed_in: str = ""
    considered_on: date | None = None
    feedback_on: date | None = None
    decided_on: date | None = None
    decisions: tuple[date | None, ...] | None = None
    equality: tuple[EqualityHeld, ...] = ()


@dataclass(frozen=True)
class Recommendation:
    """What the crime and disorder committee recommends; when it was answered, and when the authorities had their copies."""

    title: str
    made_on: date
    answered_on: date | None
    copied_on: date | None
    evidence: Evidence


# ---- what flows, and what is kept elsewhere ------------------------------------------------------


@dataclass(frozen=True)
class Supply:
    """Information without personal details supplied under section 17A: what was due, and when it came.

    paragraph : of the schedule to SI 2007/1831; None where nobody said
    """

    authority: str
    due_on: date
    received_on: date | None
    evidence: Evidence
    paragraph: int | None = None


@dataclass(frozen=True)
class Kept:
    """A document or an appointment that the partnership keeps elsewhere, as it states itself.

    what       of `law.kept.KEPT`
    from_on    the day of the document, meeting, request or appointment; before it, it is not there
    to_on      its last day;  review_on : the day by which it is looked at again
    due_on     the day by which an answer is due;  done_on : the day on which that was done
    parties    short codes of the bodies that signed, attended or are meant
    parts      what it holds, as `law.kept.KEPT` and the rule that reads it name them
    """

    what: str
    title: str
    from_on: date
    evidence: Evidence
    to_on: date | None = None
    review_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    parties: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Facts:
    """Everything the rules read. Facts later than the day asked about are left out by the rules themselves."""

    tier: str
    is_combined: bool
    unitary_since: date | None
    records_from: date
    area: Evidence
    jurisdiction: str = "england"
    area_code: str = ""
    authorities: tuple[Authority, ...] = ()
    cooperating: tuple[Authority, ...] = ()
    policing_bodies: tuple[Authority, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    groups: tuple[GroupHeld, ...] = ()
    meetings: tuple[MeetingHeld, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    plans: tuple[PlanHeld, ...] = ()
    indicators: tuple[IndicatorHeld, ...] = ()
    reports: tuple[Report, ...] = ()
    consultations: tuple[ConsultationHeld, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    supplies: tuple[Supply, ...] = ()
    kept: tuple[Kept, ...] = ()
