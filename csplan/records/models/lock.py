"""The time in which the priorities of a plan stay as they are."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.cycle import plan as rules
from csplan.records.models.meeting import Meeting
from csplan.records.models.plan import Plan
from csplan.records.models.record import EVERY_ROW, Record


class Lock(Record):
    """A lock that the board set. It ends on its date; a review that it waits for extends nothing."""

    PARTNERSHIP = "plan__partnership"
    BEGAN = "set_at"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="locks")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="locks")
    starts_on = models.DateField()
    ends_on = models.DateField()
    waits_for = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        app_label = "records"
        ordering = ("starts_on",)

    def __str__(self) -> str:
        return f"{self.plan} locked until {self.ends_on}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A lock is public."""
        return EVERY_ROW

    @property
    def rule(self) -> rules.Lock:
        """The lock as the rules read it."""
        return rules.Lock(self.starts_on, self.ends_on, self.waits_for)
