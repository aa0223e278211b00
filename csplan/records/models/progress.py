"""How a deliverable stands."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.plan import Plan
from csplan.records.models.record import EVERY_ROW, Record


class Progress(Record):
    """A dated report on one deliverable of a plan: of `cycle.deliverable.STATES`, with its evidence when it is complete. Append-only; the newest stands."""

    PARTNERSHIP = "plan__partnership"
    BEGAN = "reported_at"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="progress")
    ref = models.CharField(max_length=8)
    state = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.ref}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """How a deliverable stands is public."""
        return EVERY_ROW
