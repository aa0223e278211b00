"""What waits for an officer, and what they may start. Nothing is listed that has no page behind it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from csplan.cycle import clock, roles
from csplan.evidence.plain_words import capital, number
from csplan.website import desk_deciding, desk_rooms
from csplan.website.context import leads_somewhere
from csplan.website.task import Task

#: action of `cycle.roles` -> where at the desk it is done
PLACES = {
    "plan.write": "desk/plans/",
    "plan.freeze": "desk/plans/",
    "plan.agree": "desk/signing/",
    "plan.approve": "desk/signing/",
    "plan.publish": "desk/signing/",
    "meeting.record": "desk/meetings/",
    "authority.record": "desk/signing/",
    "plan.name_reader": "desk/signing/",
    "plan.review": "desk/signing/",
    "plan.refresh": "desk/signing/",
    "deliverable.report": "desk/deliverables/",
    "consultation.plan": "desk/consultations/",
    "consultation.check": "desk/consultations/",
    "consultation.open": "desk/consultations/",
    "consultation.extend": "desk/consultations/",
    "consultation.close": "desk/consultations/",
    "consultation.consider": "desk/consultations/",
    "answer.code": "desk/consultations/",
    "answer.settle": "desk/consultations/",
    "theme.name": "desk/consultations/",
    "theme.decide": "desk/consultations/",
    "comment.enter": "desk/comments/",
    "comment.decide": "desk/comments/",
    "equality.start": "desk/equality/",
    "equality.sign": "desk/equality/",
    "equality.act": "desk/equality/",
    "scrutiny.recommend": "desk/scrutiny/",
    "scrutiny.ask": "desk/scrutiny/questions/",
    "scrutiny.answer": "desk/scrutiny/questions/",
    "recommendation.make": "desk/scrutiny/recommendations/",
    "recommendation.respond": "desk/scrutiny/recommendations/",
    "recommendation.follow": "desk/scrutiny/recommendations/",
    "kpi.adopt": "desk/indicators/new/",
    "supply.receive": "desk/supply/",
    "reading.submit": "desk/readings/",
    "reading.approve": "desk/readings/",
    "membership.invite": "desk/people/",
    "partnership.describe": "desk/partnership/",
    "finding.record": "desk/thread/",
    "thread.link": "desk/thread/",
}


def headline(n: int) -> str:
    """How many things wait, in words."""
    if not n:
        return _("Nothing waits for you")
    many = capital(number(n))
    return ngettext("%(many)s thing waits for you", "%(many)s things wait for you", n) % {"many": many}


def waiting(partnership: Any, user: Any, held: Collection[str], *, at: datetime) -> list[Task]:
    """What waits for a person who holds these roles, as at an instant."""
    about_plans = desk_deciding.waiting(partnership, user, held, at=at)
    readings = [*_to_approve(partnership, user, held, at=at), *_late(partnership, user, held, at=at)]
    return [*_to_begin(partnership, held, at=at), *about_plans, *readings]


def _to_begin(partnership: Any, held: Collection[str], *, at: datetime) -> list[Task]:
    """What a partnership that was set up a moment ago asks of its manager: what is left to fill, and the first plan."""
    from csplan.records.models import Plan
    from csplan.website.pages import left

    if not roles.may("partnership.describe", held) or Plan.objects.filter(partnership=partnership).exists():
        return []
    home = f"/{partnership.slug}/desk/"
    begin = Task(_("Begin"), _("The plan"), _("There is none yet. Begin one, or bring in one that you have."), f"{home}plans/")
    count = len(left.left(partnership, at=at))
    if not count:
        return [begin]
    title = ngettext("%(count)d thing left of the set-up", "%(count)d things left of the set-up", count) % {"count": count}
    return [
        Task(_("Fill in"), title, _("Bodies, groups and offices that the law or the site needs."), f"{home}partnership/"),
        begin,
    ]


def _to_approve(partnership: Any, user: Any, held: Collection[str], *, at: datetime) -> list[Task]:
    """Readings that others returned, for those who approve."""
    from csplan.records.models import Reading

    path = f"/{partnership.slug}/{PLACES['reading.approve']}"
    if not (roles.may("reading.approve", held) and leads_somewhere(path)):
        return []
    submitted = Reading.objects.filter(kpi__partnership=partnership, source="submitted", recorded_at__lte=at)
    count = submitted.exclude(approval__approved_at__lte=at).exclude(recorded_by=user).count()
    if not count:
        return []
    title = ngettext("%(count)d reading to approve", "%(count)d readings to approve", count) % {"count": count}
    return [Task(_("Approve"), title, _("Returned by someone else, and not public until you approve."), path)]


def _late(partnership: Any, user: Any, held: Collection[str], *, at: datetime) -> list[Task]:
    """Readings whose day has gone and that the person may return: a partner for their own body, others for every one."""
    from csplan.records.models import Membership
    from csplan.records.reading import kpi

    path = f"/{partnership.slug}/{PLACES['reading.submit']}"
    if not (roles.may("reading.submit", held) and leads_somewhere(path)):
        return []
    late = [line for line in kpi.due(partnership, viewer=user, at=at) if line["due_on"] < clock.day_of(at)]
    if {"lead", "performance"}.isdisjoint(held):
        mine = Membership.objects.held_by(user, at).filter(partnership=partnership, role="partner")
        bodies = set(mine.values_list("body__code", flat=True))
        late = [line for line in late if line["body"] in bodies]
    if not late:
        return []
    title = ngettext("%(count)d reading is late", "%(count)d readings are late", len(late)) % {"count": len(late)}
    return [Task(_("Late"), title, _("The day by which it was due has gone, and nothing has been returned."), path)]


def may_start(partnership: Any, held: Collection[str]) -> list[tuple[str, str, list[str]]]:
    """(page, where, what may be done there) for each page on which the roles may do something."""
    acts: dict[str, list[str]] = {}
    for action, path in PLACES.items():
        if roles.may(action, held) and leads_somewhere(f"/{partnership.slug}/{path}"):
            acts.setdefault(path, []).append(roles.WORDS[action])
    titles = desk_rooms.titles()
    return [(titles[path], f"/{partnership.slug}/{path}", words) for path, words in acts.items()]
