"""What waits for an officer, and what they may start. Nothing is listed that has no page behind it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from csplan.cycle import clock, roles
from csplan.website.context import leads_somewhere

#: action of `cycle.roles` -> where at the desk it is done
PLACES = {
    "reading.submit": "desk/readings/",
    "reading.approve": "desk/readings/",
}


@dataclass(frozen=True)
class Task:
    """One thing that waits. tag : what is asked, in a word or two; path : where it is done."""

    tag: str
    title: str
    words: str
    path: str


def waiting(partnership: Any, user: Any, held: Collection[str], *, at: datetime) -> list[Task]:
    """What waits for a person who holds these roles, as at an instant."""
    return [*_to_approve(partnership, user, held, at=at), *_late(partnership, user, held, at=at)]


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


def may_start(partnership: Any, held: Collection[str]) -> list[tuple[str, str]]:
    """(what, where) for each thing the roles may do that has a page."""
    there = {action: f"/{partnership.slug}/{path}" for action, path in PLACES.items() if roles.may(action, held)}
    return [(roles.WORDS[action].capitalize(), path) for action, path in there.items() if leads_somewhere(path)]
