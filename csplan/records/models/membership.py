"""Who holds which role in which partnership."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import Record, Records


class Memberships(Records):
    """Roles held."""

    def standing(self, at: datetime) -> Self:
        """The roles that anyone holds at an instant."""
        return self.filter(from_at__lte=at).filter(Q(to_at__isnull=True) | Q(to_at__gt=at))

    def held_by(self, user: object, at: datetime) -> Self:
        """The roles that a person holds at an instant."""
        return self.filter(user=user).standing(at)


class Membership(Record):
    """A role of `cycle.roles` that a person holds in a partnership, for one body where the role is a body's."""

    BEGAN = "from_at"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="memberships")
    #: How the person is called at the desk.
    person = models.CharField(max_length=200)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    objects = Memberships.as_manager()

    class Meta:
        app_label = "records"
        constraints = (
            models.UniqueConstraint(fields=("user", "partnership", "role"), name="one_membership_per_role"),
            models.CheckConstraint(condition=~Q(role="partner") | Q(body__isnull=False), name="a_partner_has_a_body"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"
