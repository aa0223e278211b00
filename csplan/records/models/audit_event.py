"""One event of the audit chain."""

from datetime import datetime
from typing import Self

from django.db import models

from csplan.cycle import clock
from csplan.records.models.membership import Membership
from csplan.records.models.record import Viewer

#: Roles that may read the audit of their partnership.
READERS = frozenset({"auditor", "manager"})


class AuditEvents(models.QuerySet):
    """Events of the chain."""

    def visible_to(self, viewer: Viewer, at: datetime) -> Self:
        """The events of the partnerships whose audit a viewer may read, up to an instant; none for the public."""
        if viewer is None or not viewer.is_authenticated:
            return self.none()
        held = Membership.objects.held_by(viewer, clock.now()).filter(role__in=READERS)
        return self.filter(at__lte=at, partnership__in=held.values("partnership__slug"))


class AuditEvent(models.Model):
    """Who did what to which thing. Rows are only ever added; `csplan.records.audit` writes and checks them.

    number          1, 2, 3 … without a gap, over the whole installation
    at              never earlier than the event before
    by              a username, `public`, or `terminal:login`
    role            the role that allowed it
    partnership     a slug, kept as text so that an event says the same whatever becomes of the row
    previous_hash   the hash of the event before; 64 zeros for the first
    hash            SHA-256 of the canonical JSON of all the columns above and the detail
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    partnership = models.CharField(max_length=50)
    subject_kind = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditEvents.as_manager()

    class Meta:
        app_label = "records"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject_ref}"
