"""What waits for an officer about plans: meetings to record, versions to agree, approve and publish, assessments to sign, comments to decide."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from csplan.cycle import calendar, clock, roles
from csplan.website import desk_understanding
from csplan.website.context import leads_somewhere
from csplan.website.task import Task

#: States of a version in which an assessment of it still has a use.
NOT_AGREED = ("draft", "frozen", "considered")
#: For how long an invitation that ran out is told.
LATELY = timedelta(days=30)


def waiting(partnership: Any, user: Any, held: Collection[str], *, at: datetime) -> list[Task]:
    """What waits for a person who holds these roles, as at an instant; nothing whose page is not there."""
    found = [
        task for action, ask in ASKED if roles.may(action, held) for task in ask(partnership, user, at, f"/{partnership.slug}/")
    ]
    return [
        task
        for task in [*found, *_named(user, at, f"/{partnership.slug}/", partnership)]
        if leads_somewhere(task.path.partition("?")[0])
    ]


def _to_record(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Meetings that have begun and are not recorded."""
    from csplan.records.models import Meeting

    begun = Meeting.objects.filter(partnership=partnership, starts_at__lte=at).order_by("starts_at")
    for m in begun.exclude(recorded_at__lte=at):
        words = _("It was announced, and nothing is recorded of it yet.")
        yield Task(_("Record"), m.title, words, f"{home}desk/meetings/{m.ref}/")


def _to_agree(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Versions whose every gate is open, with a meeting of the board that could have agreed them."""
    from csplan.records.reading import signing

    for version in _versions(partnership, user, at, ("frozen", "considered")):
        gates = signing.gates(version, by=user, at=at)
        if all(g["is_open"] for g in gates) and signing.lock_refuses(version, at=at) is None:
            met = calendar.in_words(clock.day_of(signing.board_meetings(version, at=at)[0].starts_at))
            words = _("The board met on %(day)s with a quorum, and every gate is open.") % {"day": met}
            yield Task(_("Agree"), str(version), words, _at(version, home, "agree"))


def _to_approve(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Agreed versions that wait for a further body whose meeting is recorded."""
    from csplan.records.reading import signing

    for version in _versions(partnership, user, at, ("agreed",)):
        if signing.approving_meetings(version, at=at):
            name = signing.about(version, at)["to_approve"][0]["name"]
            words = _("%(body)s has met, and its approval is not recorded.") % {"body": name}
            yield Task(_("Approve"), str(version), words, _at(version, home, "approve"))


def _to_publish(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Versions that are agreed, and approved by every body that must."""
    for version in _versions(partnership, user, at, ("agreed", "approved")):
        if not version.plan.approving or version.state(at) == "approved":
            yield Task(_("Publish"), str(version), _("It is agreed and not published."), _at(version, home, "publish"))


def _to_send(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Agreed plans that were not sent to the local policing body."""
    from csplan.records.reading import signing

    if not signing.policing_bodies(partnership, at=at):
        return
    for version in _versions(partnership, user, at, ("agreed", "approved", "published", "in force")):
        if not version.dispatches.filter(dispatched_at__lte=at).exists():
            words = _("Nothing is recorded of its being sent to the local policing body.")
            yield Task(_("Send"), str(version), words, _at(version, home, "dispatch"))


def _to_sign(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Equality impact assessments that another person began."""
    from csplan.records.models import EqualityAssessment
    from csplan.records.reading import equality

    held = EqualityAssessment.objects.visible_to(user, at).filter(version__plan__partnership=partnership)
    for a in held.exclude(completed_at__lte=at).exclude(started_by=user).select_related("version__plan"):
        if a.version.state(at) in NOT_AGREED:
            words = _("The equality impact assessment is under way. The board waits for it.")
            yield Task(_("Sign"), str(a.version), words, f"{home}desk/equality/{equality.reference(a.version)}/")


def _to_recommend(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Items whose meeting has begun and of which no recommendation is recorded."""
    from csplan.records.models import ScrutinyItem

    held = ScrutinyItem.objects.visible_to(user, at).filter(partnership=partnership, meeting__starts_at__lte=at)
    for item in held.exclude(recommended_at__lte=at):
        yield Task(
            _("Recommend"), item.title, _("Nothing is recorded of what the committee recommends."), f"{home}desk/scrutiny/"
        )


def _to_answer(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Questions and requests of the committee that wait for an answer, in one line."""
    from csplan.records.reading import recommendation

    n = sum(q["outcome"] is None for q in recommendation.questions(partnership, viewer=user, at=at))
    if n:
        title = ngettext("%(n)d question of the committee", "%(n)d questions of the committee", n) % {"n": n}
        yield Task(_("Answer"), title, _("Answered in writing, and public."), f"{home}desk/scrutiny/questions/")


def _to_respond(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Recommendations to which no answer is recorded, each with its clock."""
    from csplan.records.reading import recommendation

    for r in recommendation.recommendations(partnership, viewer=user, at=at):
        if r["response"] is None:
            title = _("Recommendation to %(body)s") % {"body": r["body"]}
            head = _("Overdue") if r["is_overdue"] else _("Answer")
            yield Task(head, title, r["clock"], f"{home}desk/scrutiny/recommendations/")


def _to_decide(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Comments that wait for a decision, in one line."""
    from csplan.records.models import Comment

    held = Comment.objects.visible_to(user, at).filter(version__plan__partnership=partnership)
    waiting_ones = held.exclude(decided_at__lte=at).select_related("version__plan")
    n, first = waiting_ones.count(), waiting_ones.order_by("id").first()
    if first is not None:
        title = ngettext("%(n)d comment to decide", "%(n)d comments to decide", n) % {"n": n}
        words = _("What is done about each is said with the reason.")
        yield Task(_("Decide"), title, words, f"{home}desk/comments/?version={first.version.ref}")


def _to_review(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Reviews that are under way."""
    from csplan.records.models import Review

    for r in Review.objects.filter(plan__partnership=partnership, begun_at__lte=at).exclude(completed_at__lte=at):
        title = _("The review of %(plan)s for %(year)s") % {"plan": r.plan, "year": r.year}
        begun = calendar.in_words(clock.day_of(r.begun_at))
        words = _("It began on %(day)s and is not completed.") % {"day": begun}
        yield Task(_("Review"), title, words, f"{home}desk/plans/{r.plan.slug}/review/")


def _to_report(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Deliverables of plans in force of which nothing was reported, a line for each plan."""
    from csplan.records.reading import review

    for plan in review.plans(partnership, viewer=user, at=at):
        version = review.standing(plan, at=at)
        if version is None or version.state(at) not in ("in force", "in review"):
            continue
        n = sum(d["state"] is None for d in review.deliverables(plan, viewer=user, at=at))
        if n:
            title = ngettext("%(n)d deliverable without a report", "%(n)d deliverables without a report", n) % {"n": n}
            yield Task(
                _("Report"), title, _("Of %(plan)s. Each takes five minutes.") % {"plan": plan}, f"{home}desk/deliverables/"
            )


def _ran_out(partnership: Any, user: Any, at: datetime, home: str) -> Iterator[Task]:
    """Invitations that ran out in the last month, in one line: nobody took them up."""
    from csplan.records.models import Invitation

    lately = (at - LATELY, at)
    held = Invitation.objects.filter(partnership=partnership, expires_at__range=lately).exclude(taken_at__lte=at)
    n = held.exclude(cancelled_at__lte=at).count()
    if n:
        title = ngettext("%(n)d invitation ran out", "%(n)d invitations ran out", n) % {"n": n}
        yield Task(
            _("Invite"), title, _("Nobody took it up in time. Invite again where it is still wanted."), f"{home}desk/people/"
        )


def _named(user: Any, at: datetime, home: str, partnership: Any) -> Iterator[Task]:
    """Versions that the person is named to read before they are public."""
    from csplan.records.models import PlanVersion, PreRelease

    public = PlanVersion.objects.filter(PlanVersion.public(at))
    held = PreRelease.objects.held_by(user, at).filter(version__plan__partnership=partnership).exclude(version__in=public)
    for name in held.select_related("version__plan"):
        words = _("You are named to read it before it is public: %(reason)s") % {"reason": name.reason}
        yield Task(_("Read"), str(name.version), words, f"{home}plans/{name.version.plan.slug}/")


def _versions(partnership: Any, user: Any, at: datetime, states: Collection[str]) -> list[Any]:
    from csplan.records.models import PlanVersion

    held = PlanVersion.objects.visible_to(user, at).filter(plan__partnership=partnership, seal__sealed_at__lte=at)
    return [v for v in held.select_related("plan__partnership", "seal").order_by("drafted_at") if v.state(at) in states]


def _at(version: Any, home: str, act: str) -> str:
    return f"{home}desk/plans/{version.plan.slug}/{version.number}/{act}/"


#: action of `cycle.roles` -> what waits for whoever may do it
ASKED: tuple[tuple[str, Callable[[Any, Any, datetime, str], Iterator[Task]]], ...] = (
    ("meeting.record", _to_record),
    ("plan.agree", _to_agree),
    ("plan.approve", _to_approve),
    ("plan.publish", _to_publish),
    ("plan.dispatch", _to_send),
    ("equality.sign", _to_sign),
    ("scrutiny.recommend", _to_recommend),
    ("scrutiny.answer", _to_answer),
    ("recommendation.respond", _to_respond),
    ("comment.decide", _to_decide),
    *desk_understanding.ASKED,
    ("plan.review", _to_review),
    ("deliverable.report", _to_report),
    ("membership.invite", _ran_out),
)
