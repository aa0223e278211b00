"""The approval of an agreed version by a further body."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.group import Group
from csplan.records.models.meeting import Meeting
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import EVERY_ROW, Record


class Approval(Record):
    """What Cabinet or Council approved after the board agreed it, at which meeting. Append-only."""

    PARTNERSHIP = "version__plan__partnership"
    BEGAN = "approved_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="approvals")
    group = models.ForeignKey(Group, models.PROTECT, related_name="approvals")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="approvals")
    #: The fingerprint of what was approved, as the confirm page restated it.
    version_sha256 = models.CharField(max_length=64)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("approved_at",)
        constraints = (models.UniqueConstraint(fields=("version", "group"), name="one_approval_per_body"),)

    def __str__(self) -> str:
        return f"{self.version}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """An approval is public."""
        return EVERY_ROW
