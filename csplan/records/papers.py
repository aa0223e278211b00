"""Papers made from the records, in the form that `documents` gives them: a report as things stood when its meeting began, a plan as it was
frozen with what is recorded of it on the day."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from csplan.cycle import clock, periods
from csplan.documents.committee_report import (
    CommitteeReport,
    ReportAlignment,
    ReportPriority,
    ReportWorkArea,
    committee_report,
)
from csplan.documents.equality_paper import equality_paper
from csplan.documents.paper import Paper
from csplan.documents.sentences import uncapital
from csplan.errors import CsplanError
from csplan.records import consultation_papers, kit_papers, plan_papers
from csplan.records.models import Group, Partnership
from csplan.records.models.record import Viewer
from csplan.records.reading import equality, meeting, people, plan, plan_recorded, results

#: The kind of paper that an equality assessment is.
EIA = "eia"


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


def listed(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every paper under the keys of DECISIONS: {ref, kind, title, meeting, date, state}; those of meetings first, then the plans.

    meeting : null for a plan that no meeting agreed, with `why`
    """
    of_meetings = meeting.papers(partnership, viewer=viewer, at=at)
    plans = _plans(partnership, viewer, at, taken={p["ref"] for p in of_meetings})
    return [*of_meetings, *plans, *_assessments(partnership, viewer, at)]


def _assessments(partnership: Partnership, viewer: Viewer, at: datetime) -> Iterator[dict[str, Any]]:
    """The paper of each equality assessment that is signed."""
    for a in equality.assessments(partnership, viewer=viewer, at=at):
        if a["state"] == "complete":
            yield {
                "ref": a["ref"],
                "kind": EIA,
                "title": a["title"],
                "meeting": None,
                "why": "It goes to the meeting that decides on its version.",
                "date": clock.day_of(a["completed_at"]),
                "state": "signed",
            }


def _plans(partnership: Partnership, viewer: Viewer, at: datetime, taken: set[str]) -> Iterator[dict[str, Any]]:
    """The paper of each plan that is frozen, by the version that stands; a draft has none."""
    for about in plan.plans(partnership, viewer=viewer, at=at):
        if about["sha256"] is None or about["slug"] in taken:
            continue
        version = plan.find(partnership, about["slug"], viewer=viewer, at=at)
        agreed = plan_recorded.agreed_at(version, at)
        yield {
            "ref": about["slug"],
            "kind": plan_papers.PLAN,
            "title": about["title"],
            "meeting": version.agreement.meeting.ref if agreed else None,
            "why": None if agreed else "No meeting has agreed it yet.",
            "date": clock.day_of(agreed or about["frozen_at"]),
            "state": about["state"],
        }


def of_plan(kind: str) -> Callable[[Partnership, str, Viewer, datetime], Paper]:
    """What makes a kind of paper of a plan. Its reference is the plan's slug, or slug/number for one of its versions."""

    def make(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
        slug, _, number = ref.partition("/")
        if number and not number.isdecimal():
            raise CsplanError(f"“{ref}” names no version. Write the plan’s name, or name and version such as {slug}/2.")
        found = plan.find(partnership, slug, viewer=viewer, at=at, number=int(number) if number else None)
        return plan_papers.made(found, kind, at)

    return make


def of_committee(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
    """A report to the scrutiny committee. What happened after its meeting is not in it."""
    found = meeting.committee_report(partnership, ref, viewer=viewer, at=at)
    return committee_report(_committee_report(partnership, found))


def of_equality(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
    """A signed equality assessment."""
    found = equality.assessment(partnership, ref, viewer=viewer, at=at)
    if found["state"] != "complete":
        raise CsplanError(f"{found['title']} is not signed yet, so it has no paper. Sign it first.")
    signed = clock.day_of(found["completed_at"])
    return equality_paper(found, partnership=partnership.name, office=found["owner"], on=signed)


def _committee_report(partnership: Partnership, found: dict[str, Any]) -> CommitteeReport:
    item, about, told = found["item"], found["plan"], found["item"]["particulars"]
    asked = found["consultations"][0]
    return CommitteeReport(
        committee=item["committee"],
        meeting_on=item["on"],
        report_of=f"{item['report_of']}, {item['body']}",
        divisions_affected=told["divisions_affected"],
        partnership=partnership.name,
        board=Group.objects.get(partnership=partnership, kind="board").name,
        place=partnership.area_name,
        plan_title=about["title"],
        vision=about["vision"],
        priorities=tuple(_priority(p) for p in found["priorities"]),
        priorities_agreed=periods.month_in_words(about["priorities_agreed_in"]) if about["priorities_agreed_in"] else "",
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
        answers=_answers(partnership, found),
    )


def _answers(partnership: Partnership, found: dict[str, Any]) -> str:
    """What was said in the consultation, where the report on it was approved before the meeting."""
    day = clock.start_of(found["item"]["on"])
    told = results.results(partnership, found["consultations"][0]["slug"], viewer=None, at=day)
    return results.paragraph(told) if told["consideration"] and told["account"]["received"] else ""


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
KINDS: dict[str, Callable[[Partnership, str, Viewer, datetime], Paper]] = {
    meeting.COMMITTEE_REPORT: of_committee,
    EIA: of_equality,
    **consultation_papers.KINDS,
    **{kind: of_plan(kind) for kind in plan_papers.KINDS},
    **kit_papers.KINDS,
}
