"""The rooms of the desk, and the pages that stand within each: the menu, the row of links under it and `here` all follow from this.

Addresses stand under the partnership's own.
"""

from collections.abc import Collection
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from csplan.cycle import roles

#: An address and its title.
Place: TypeAlias = tuple[str, Any]

#: The menu: seven at most, so that it stands in one row.
ROOMS: tuple[Place, ...] = (
    ("desk/", _("Today")),
    ("desk/plans/", _("Plans")),
    ("desk/meetings/", _("Meetings")),
    ("desk/readings/", _("Readings")),
    ("desk/papers/", _("Papers")),
    ("desk/people/", _("People")),
    ("", _("The public site")),
)
#: room -> the pages that stand in it beside its own. The room itself leads to each.
WITHIN: dict[str, tuple[Place, ...]] = {
    "desk/plans/": (
        ("desk/signing/", _("Signing")),
        ("desk/consultations/", _("Consultations")),
        ("desk/comments/", _("Comments")),
        ("desk/equality/", _("Equality")),
        ("desk/deliverables/", _("Deliverables")),
        ("desk/thread/", _("How it fits together")),
        ("desk/plans/figures/", _("Find a figure")),
    ),
    "desk/meetings/": (
        ("desk/engagement/", _("Meeting people")),
        ("desk/engagement/stakeholders/", _("Who ought to be heard")),
        ("desk/scrutiny/", _("Scrutiny")),
        ("desk/scrutiny/recommendations/", _("Recommendations")),
        ("desk/scrutiny/questions/", _("Questions")),
    ),
    "desk/readings/": (
        ("desk/supply/", _("What partners owe")),
        ("desk/performance/import/", _("Bring in earlier readings")),
        ("desk/indicators/", _("Indicators")),
        ("desk/indicators/catalogue/", _("The catalogue")),
        ("desk/indicators/new/", _("Adopt an indicator")),
    ),
    "desk/people/": (("desk/partnership/", _("The partnership")),),
}
#: Places that are there only for those whose role allows an action.
FOR = {
    "desk/people/": "membership.invite",
    "desk/partnership/": "partnership.describe",
    "desk/performance/import/": "reading.submit",
    "desk/indicators/new/": "kpi.adopt",
}


def of(held: Collection[str]) -> list[Place]:
    """The rooms of whoever holds these roles."""
    return _theirs(ROOMS, held)


def within(room: str, held: Collection[str]) -> list[Place]:
    """The pages within a room, of whoever holds these roles."""
    return _theirs(WITHIN.get(room, ()), held)


def _theirs(places: Collection[Place], held: Collection[str]) -> list[Place]:
    return [place for place in places if place[0] not in FOR or roles.may(FOR[place[0]], held)]


def titles() -> dict[str, Any]:
    """{address: title} of every place of the desk."""
    return dict([*ROOMS, *(place for places in WITHIN.values() for place in places)])
