"""The closing of a plan."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.meeting import Meeting
from csplan.records.models.plan import Plan
from csplan.records.models.record import EVERY_ROW, Record


class PlanClosing(Record):
    """From this instant nothing more is done under the plan. Append-only."""

    PARTNERSHIP = "plan__partnership"
    BEGAN = "closed_at"

    plan = models.OneToOneField(Plan, models.PROTECT, primary_key=True, related_name="closing")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    reason = models.TextField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"{self.plan}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A closing is public."""
        return EVERY_ROW
