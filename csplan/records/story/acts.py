"""What each event of a story does: its name in `story.toml`, and the action that it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from csplan.cycle import clock
from csplan.evidence.store import Store
from csplan.evidence.view import View
from csplan.records import acting, figures, lookup, plan_rows
from csplan.records.actions import agreement, authority, equality, equality_action, plan_refresh, plan_review, plan_text, scrutiny
from csplan.records.actions import comment as comments
from csplan.records.actions import consultation as consultations
from csplan.records.actions import finding as findings
from csplan.records.actions import kpi as kpis
from csplan.records.actions import meeting as meetings
from csplan.records.actions import membership as memberships
from csplan.records.actions import partnership as partnerships
from csplan.records.actions import plan as plans
from csplan.records.actions import reading as readings
from csplan.records.actions import recommendation as recommendations
from csplan.records.actions import scrutiny_question as scrutiny_questions
from csplan.records.actions import supply as supplies
from csplan.records.actions import thread as threads
from csplan.records.models import (
    Body,
    Comment,
    Consultation,
    Finding,
    Group,
    Kpi,
    Meeting,
    Office,
    Partnership,
    Plan,
    PlanVersion,
    Reading,
    Recommendation,
    ScrutinyItem,
)
from csplan.records.story import answers, coding, engaging, files


@dataclass(frozen=True)
class Scene:
    """Where a story is told: the partnership's folder and slug, the day it was built, when the board meets on the refresh, and
    the evidence, from which the live figures of a text are sealed."""

    folder: Path
    slug: str
    built_on: date
    board_meets: date | None
    store: Store

    @property
    def partnership(self) -> Partnership:
        """The partnership, once it is founded."""
        return lookup.one(Partnership.objects.all(), f"partnership “{self.slug}”", slug=self.slug)

    def by(self, name: str) -> acting.By:
        """The actor of a name in the story."""
        return name if ":" in name else lookup.one(User.objects.all(), f"account “{name}”", username=name)

    def version(self, slug: str) -> PlanVersion:
        """The newest version of a plan."""
        found = lookup.one(Plan.objects.filter(partnership=self.partnership), f"plan “{slug}”", slug=slug)
        return lookup.one(found.versions.order_by("-number"), f"version of {slug}")

    def consultation(self, slug: str) -> Consultation:
        return lookup.one(Consultation.objects.filter(partnership=self.partnership), f"consultation “{slug}”", slug=slug)

    def meeting(self, ref: str) -> Meeting:
        return lookup.one(Meeting.objects.filter(partnership=self.partnership), f"meeting “{ref}”", ref=ref)

    def office(self, slug: str) -> Office:
        return lookup.one(Office.objects.filter(partnership=self.partnership), f"office “{slug}”", slug=slug)

    def kpi(self, ref: str) -> Kpi:
        return lookup.one(Kpi.objects.filter(partnership=self.partnership), f"indicator “{ref}”", ref=ref)


def found(scene: Scene, *, by: str) -> None:
    partnerships.found(described=files.read(scene.folder, "partnership.toml"), by=scene.by(by))


def invite(scene: Scene, *, account: dict[str, Any], password_hash: str, by: str) -> None:
    body = lookup.one(Body.objects.filter(partnership=scene.partnership), f"body “{account['body']}”", code=account["body"])
    memberships.invite(
        partnership=scene.partnership,
        username=account["username"],
        person=account["person"],
        role=account["role"],
        password_hash=password_hash,
        body=body,
        by=scene.by(by),
    )


def draft(scene: Scene, *, plan_file: str, by: str) -> None:
    described = files.plan(scene.folder, plan_file, board_meets=scene.board_meets)
    plans.draft(partnership=scene.partnership, described=described, by=scene.by(by))


def revise(scene: Scene, *, plan: str, by: str) -> None:
    plans.revise(version=scene.version(plan), by=scene.by(by))


def write(scene: Scene, *, plan: str, clause: str, values: dict[str, Any], by: str) -> None:
    version = scene.version(plan)
    began_from = plan_text.based_on(plan_rows.clause(version, clause))
    plan_text.write(version=version, clause=clause, values=values, began_from=began_from, by=scene.by(by))


def explain(scene: Scene, *, plan: str, by: str, **said: str) -> None:
    plan_text.explain(version=scene.version(plan), **said, by=scene.by(by))


def comment(scene: Scene, *, plan: str, by: str, **said: Any) -> None:
    comments.enter(version=scene.version(plan), **said, by=scene.by(by))


def decide_comment(scene: Scene, *, plan: str, number: int, ref: str, disposition: str, reason: str, by: str) -> None:
    held = Comment.objects.filter(version__plan__slug=plan, version__plan__partnership=scene.partnership, version__number=number)
    comments.decide(
        comment=lookup.one(held, f"comment {ref} on {plan}", ref=ref), disposition=disposition, reason=reason, by=scene.by(by)
    )


def dispatch(scene: Scene, *, plan: str, body: str, how: str, by: str) -> None:
    to = lookup.one(Body.objects.filter(partnership=scene.partnership), f"body “{body}”", code=body)
    plans.dispatch(version=scene.version(plan), body=to, how=how, by=scene.by(by))


def record_authority(scene: Scene, *, plan: str, body: str, part: str, on: date, words: str, by: str) -> None:
    held = lookup.one(Body.objects.filter(partnership=scene.partnership), f"body “{body}”", code=body)
    authority.record(version=scene.version(plan), body=held, part=part, on=on, words=words, by=scene.by(by))


def begin_review(scene: Scene, *, plan: str, year: str, by: str) -> None:
    plan_review.begin(plan=scene.version(plan).plan, year=year, is_example=True, by=scene.by(by))


def refresh(scene: Scene, *, plan: str, by: str, **about: Any) -> None:
    plan_refresh.start(plan=scene.version(plan).plan, **about, by=scene.by(by))


def start_equality(scene: Scene, *, plan: str, owner: str, by: str) -> None:
    equality.start(version=scene.version(plan), owner=scene.office(owner), level="full", is_example=True, by=scene.by(by))


def write_equality(scene: Scene, *, plan: str, by: str) -> None:
    told = files.equality(scene.folder, plan)
    assessment, who = scene.version(plan).equality_assessment, scene.by(by)
    lines, actions = told.pop("lines", ()), told.pop("actions", ())
    equality.write(assessment=assessment, **told, by=who)
    for line in lines:
        equality.write_line(assessment=assessment, **line, by=who)
    for action in actions:
        equality_action.act(assessment=assessment, **action, is_example=True, by=who)


def sign_equality(scene: Scene, *, plan: str, summary: str, by: str) -> None:
    assessment = scene.version(plan).equality_assessment
    equality.sign(assessment=assessment, summary=summary, by=scene.by(by))


def plan_consultation(scene: Scene, *, consultation: str, by: str) -> None:
    plan_slug, described = files.consultation(scene.folder, consultation, built_on=scene.built_on)
    if "alerts_to" in described:
        described["alerts_to"] = scene.by(described["alerts_to"])
    consultations.plan(version=scene.version(plan_slug), described=described, by=scene.by(by))


def announce(scene: Scene, *, group: str, ref: str, title: str, starts_at: datetime, by: str) -> None:
    held = lookup.one(Group.objects.filter(partnership=scene.partnership), f"group “{group}”", slug=group)
    meetings.announce(group=held, ref=ref, title=title, starts_at=starts_at, is_example=True, by=scene.by(by))


def record_meeting(scene: Scene, *, meeting: str, was_quorate: bool, minute: str, by: str) -> None:
    meetings.record(meeting=scene.meeting(meeting), was_quorate=was_quorate, minute=minute, by=scene.by(by))


def freeze(scene: Scene, *, plan: str, by: str) -> None:
    version = scene.version(plan)
    plans.freeze(version=version, figures=figures.finder(scene.store, version, clock.today()), by=scene.by(by))


def check_consultation(scene: Scene, *, consultation: str, by: str) -> None:
    consultations.check(consultation=scene.consultation(consultation), by=scene.by(by))


def open_consultation(scene: Scene, *, consultation: str, by: str) -> None:
    consultations.open(consultation=scene.consultation(consultation), by=scene.by(by))


def put_before_scrutiny(scene: Scene, *, plan: str, meeting: str, report_of: str, by: str, **words: Any) -> None:
    scrutiny.put_before(
        version=scene.version(plan), meeting=scene.meeting(meeting), report_of=scene.office(report_of), by=scene.by(by), **words
    )


def recommend(scene: Scene, *, item: str, recommendation: str, by: str) -> None:
    items = ScrutinyItem.objects.filter(partnership=scene.partnership)
    scrutiny.recommend(item=lookup.one(items, f"item “{item}”", ref=item), recommendation=recommendation, by=scene.by(by))


def make_recommendation(scene: Scene, *, bodies: list[str], words: str, by: str) -> None:
    held = [lookup.one(Body.objects.filter(partnership=scene.partnership), f"body “{code}”", code=code) for code in bodies]
    made: dict[str, Any] = {"words": words, "bodies": held, "made_on": clock.today(), "is_example": True}
    recommendations.make(partnership=scene.partnership, **made, by=scene.by(by))


def answer_recommendation(scene: Scene, *, ref: str, standing: str, words: str, by: str) -> None:
    held = lookup.one(Recommendation.objects.filter(partnership=scene.partnership), f"recommendation “{ref}”", ref=ref)
    said: dict[str, Any] = {"standing": standing, "words": words, "came_on": clock.today(), "is_example": True}
    recommendations.respond(recommendation=held, **said, by=scene.by(by))


def ask_for_scrutiny(scene: Scene, *, kind: str, words: str, by: str) -> None:
    scrutiny_questions.ask(partnership=scene.partnership, kind=kind, words=words, is_example=True, by=scene.by(by))


def close(scene: Scene, *, consultation: str, by: str) -> None:
    consultations.close(consultation=scene.consultation(consultation), by=scene.by(by))


def consider(scene: Scene, *, consultation: str, summary: str, by: str) -> None:
    consultations.consider(consultation=scene.consultation(consultation), summary=summary, is_example=True, by=scene.by(by))


def agree(scene: Scene, *, plan: str, meeting: str, accepted: list[str], by: str) -> None:
    agreement.agree(version=scene.version(plan), meeting=scene.meeting(meeting), accepted=accepted, by=scene.by(by))


def lock(scene: Scene, *, plan: str, meeting: str, starts_on: date, ends_on: date, waits_for: str, by: str) -> None:
    agreement.lock(
        plan=scene.version(plan).plan,
        meeting=scene.meeting(meeting),
        starts_on=starts_on,
        ends_on=ends_on,
        waits_for=waits_for,
        by=scene.by(by),
    )


def publish(scene: Scene, *, plan: str, by: str) -> None:
    plans.publish(version=scene.version(plan), by=scene.by(by))


def adopt(scene: Scene, *, described: dict[str, Any], by: str) -> None:
    kpis.adopt(partnership=scene.partnership, described=described, by=scene.by(by))


def compute(scene: Scene, *, kpi: str, columns: dict[str, Any], by: str) -> None:
    readings.record_computed(kpi=scene.kpi(kpi), **columns, by=scene.by(by))


def submit(scene: Scene, *, kpi: str, by: str, **columns: Any) -> None:
    readings.submit(kpi=scene.kpi(kpi), is_example=True, **columns, by=scene.by(by))


def approve(scene: Scene, *, kpi: str, period: str, by: str) -> None:
    held = Reading.objects.filter(kpi=scene.kpi(kpi))
    readings.approve(reading=lookup.one(held, f"reading of {kpi} for {period}", period=period), by=scene.by(by))


def supply(scene: Scene, *, body: str, by: str, **told: Any) -> None:
    held = lookup.one(Body.objects.filter(partnership=scene.partnership), f"body “{body}”", code=body)
    supplies.receive(partnership=scene.partnership, body=held, is_example=True, **told, by=scene.by(by))


def finding(scene: Scene, *, by: str, **told: str) -> None:
    view = View(scene.store, clock.today(), scene.partnership.area_code)
    # A folder told without figures has none to check against.
    held = view if view.months else None
    findings.record(partnership=scene.partnership, **told, view=held, is_example=True, by=scene.by(by))


def link(scene: Scene, *, finding: str, plan: str, priority: str | None, not_taken_up: str | None, by: str) -> None:
    held = Finding.objects.filter(partnership=scene.partnership)
    found = lookup.one(held, f"finding “{finding}”", ref=finding)
    if not_taken_up:
        findings.not_taken_up(finding=found, why=not_taken_up, is_example=True, by=scene.by(by))
        return
    above, below = ("finding", finding), ("priority", f"{plan}/{priority}")
    threads.link(partnership=scene.partnership, above=above, below=below, is_example=True, by=scene.by(by))


#: The name of an event in the story, and what does it.
ACTS: dict[str, Callable[..., None]] = {
    "found": found,
    "invite": invite,
    "draft": draft,
    "revise": revise,
    "write": write,
    "explain": explain,
    "comment": comment,
    "decide_comment": decide_comment,
    "dispatch": dispatch,
    "record_authority": record_authority,
    "begin_review": begin_review,
    "refresh": refresh,
    "start_equality": start_equality,
    "write_equality": write_equality,
    "plan_consultation": plan_consultation,
    "announce": announce,
    "freeze": freeze,
    "check_consultation": check_consultation,
    "open": open_consultation,
    "put_before_scrutiny": put_before_scrutiny,
    "record_meeting": record_meeting,
    "recommend": recommend,
    "make_recommendation": make_recommendation,
    "answer_recommendation": answer_recommendation,
    "ask_for_scrutiny": ask_for_scrutiny,
    "close": close,
    "consider": consider,
    "sign_equality": sign_equality,
    "agree": agree,
    "lock": lock,
    "publish": publish,
    "adopt": adopt,
    "compute": compute,
    "submit": submit,
    "approve": approve,
    "supply": supply,
    "finding": finding,
    "link": link,
    **answers.ACTS,
    **coding.ACTS,
    **engaging.ACTS,
}
