"""Papers made from the records: what stood there on the day of the meeting, in the form that `documents` gives it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from csplan.cycle import periods
from csplan.documents.committee_report import (
    CommitteeReport,
    ReportAlignment,
    ReportPriority,
    ReportWorkArea,
    committee_report,
)
from csplan.documents.paper import Paper
from csplan.documents.sentences import uncapital
from csplan.errors import CsplanError
from csplan.records.models import Group, Partnership
from csplan.records.models.record import Viewer
from csplan.records.reading import meeting, people


def build(kind: str, ref: str, *, partnership: str | None, at: datetime) -> Paper:
    """The paper of a kind and reference, as anyone may read it.

    partnership : a slug; None for the only one here
    """
    return make(people.the_partnership(partnership), kind, ref, viewer=None, at=at)


def make(partnership: Partnership, kind: str, ref: str, *, viewer: Viewer, at: datetime) -> Paper:
    """The same for a partnership and a viewer: what a page shows, and offers as PDF and for Word."""
    if kind not in KINDS:
        raise CsplanError(f"There is no paper of the kind “{kind}”. Choose one of: {', '.join(KINDS)}.")
    return KINDS[kind](partnership, ref, viewer, at)


def of_committee(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
    """A report to the scrutiny committee. What happened after its meeting is not in it."""
    found = meeting.committee_report(partnership, ref, viewer=viewer, at=at)
    return committee_report(_committee_report(partnership, found))


def _committee_report(partnership: Partnership, found: dict[str, Any]) -> CommitteeReport:
    item, plan, told = found["item"], found["plan"], found["item"]["particulars"]
    asked = found["consultations"][0]
    return CommitteeReport(
        committee=item["committee"],
        meeting_on=item["on"],
        report_of=f"{item['report_of']}, {item['body']}",
        divisions_affected=told["divisions_affected"],
        partnership=partnership.name,
        board=Group.objects.get(partnership=partnership, kind="board").name,
        place=partnership.area_name,
        plan_title=plan["title"],
        vision=plan["vision"],
        priorities=tuple(_priority(p) for p in found["priorities"]),
        priorities_agreed=periods.month_in_words(plan["priorities_agreed_in"]),
        alignments=tuple(_alignment(a) for a in found["alignments"]),
        lock=told["lock"],
        evidence_base=told["evidence_base"],
        indicators=len(found["kpis"]),
        equality=_equality(found["equality"]),
        opens_on=asked["opens_on"],
        closes_on=asked["closes_on"],
        consultation_place=told["consultation_place"],
        board_on=found["board"]["on"],
        implications=item["implications"],
        comments_to=asked["write_to"],
        contact=partnership.contact,
        footer=told["footer"],
        county_has_districts=partnership.tier == "two-tier",
    )


def _priority(told: dict[str, Any]) -> ReportPriority:
    every = [*(d for w in told["work_areas"] for d in w["deliverables"]), *told["deliverables"]]
    areas = tuple(ReportWorkArea(w["ref"], w["title"]) for w in told["work_areas"])
    return ReportPriority(told["ref"], told["title"], areas, tuple(d["title"] for d in sorted(every, key=lambda d: d["ref"])))


def _alignment(told: dict[str, Any]) -> ReportAlignment:
    about = uncapital(told["note"].rstrip(".")) if told["ambitions"] else ""
    return ReportAlignment(told["title"], tuple(told["ambitions"]), told["agreed_by"] or "", about)


def _equality(told: dict[str, Any] | None) -> str:
    if told is None:
        return "No equality impact assessment of the plan has begun."
    words = "An equality impact assessment is being made alongside the plan." if told["state"] == "under way" else ""
    return f"{words} {told['words']}".strip()


#: kind -> what makes it
KINDS: dict[str, Callable[[Partnership, str, Viewer, datetime], Paper]] = {meeting.COMMITTEE_REPORT: of_committee}
