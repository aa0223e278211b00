"""A minuted variation of locked priorities."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.meeting import Meeting
from csplan.records.models.plan import Plan
from csplan.records.models.record import EVERY_ROW, Record


class Variation(Record):
    """The board let the priorities change inside their lock: at which meeting, which ones, and why. Append-only."""

    PARTNERSHIP = "plan__partnership"
    BEGAN = "set_at"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="variations")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="variations")
    #: References of the priorities that may change.
    refs = models.JSONField(default=list)
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("set_at",)

    def __str__(self) -> str:
        return f"{self.plan}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A variation is public."""
        return EVERY_ROW
