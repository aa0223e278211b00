"""What every record has in common: it belongs to a partnership, begins at an instant, and is a draft until it is public."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self, TypeAlias

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from csplan.cycle import clock, roles
from csplan.records.once import once

#: Who looks: a person signed in, or nobody in particular.
Viewer: TypeAlias = User | AnonymousUser | None

#: Conditions that every row meets, and none. (An empty Q will not do: joined by “or”, it is left out.)
EVERY_ROW, NO_ROW = Q(pk__isnull=False), Q(pk__in=[])


class Records(models.QuerySet):
    """Rows of one kind. Pages ask `visible_to`; only actions and checks ask for everything."""

    def visible_to(self, viewer: Viewer, at: datetime) -> Self:
        """The rows that a viewer may see as at an instant: public ones, and for an officer the partnership's drafts.

        What a person may see follows the roles held now, also when an earlier day is read.
        """
        model = self.model
        begun = self.filter(**{f"{model.BEGAN}__lte": at})
        return begun.filter(model.public(at) | model.drafts(viewer, at))


def drafts_open_to(viewer: Viewer, held_as: Collection[str] = roles.MAY_READ_DRAFTS) -> list[int]:
    """Ids of the partnerships in which a viewer holds one of the roles; none for the public."""
    if viewer is None or not viewer.is_authenticated:
        return []
    found = once(("roles", viewer.pk), lambda: _roles_of(viewer))
    return list(dict.fromkeys(partnership for partnership, role in found if role in held_as))


def _roles_of(viewer: User | AnonymousUser) -> list[tuple[int, str]]:
    """(id of the partnership, role) for every role that a person holds now."""
    from csplan.records.models.membership import Membership

    return list(Membership.objects.held_by(viewer, clock.now()).values_list("partnership_id", "role"))


class Record(models.Model):
    """A row of the minute book."""

    #: Path to the partnership that the row belongs to.
    PARTNERSHIP = "partnership"
    #: Path to the instant from which the row exists.
    BEGAN = "created_at"

    objects = Records.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Which rows anyone may see at an instant. Denied unless a model says otherwise."""
        return NO_ROW

    @classmethod
    def drafts(cls, viewer: Viewer, at: datetime) -> Q:
        """Which rows that are not public a viewer may see: every officer those of the partnership, unless a model says otherwise."""
        return Q(**{f"{cls.PARTNERSHIP}__in": drafts_open_to(viewer)})


def paired(*fields: str, name: str) -> Any:
    """A check that the fields are all given or all empty: who and when are kept together by the database."""
    every = Q(**{f"{f}__isnull": False for f in fields})
    none = Q(**{f"{f}__isnull": True for f in fields})
    return models.CheckConstraint(condition=every | none, name=name)
