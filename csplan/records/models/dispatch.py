"""The dispatch of an agreed version to the local policing body."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import EVERY_ROW, Record


class Dispatch(Record):
    """A fact apart from agreement and publication. Append-only."""

    PARTNERSHIP = "version__plan__partnership"
    BEGAN = "dispatched_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="dispatches")
    body = models.ForeignKey(Body, models.PROTECT, related_name="dispatches")
    how = models.CharField(max_length=200)
    dispatched_at = models.DateTimeField()
    dispatched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("dispatched_at",)

    def __str__(self) -> str:
        return f"{self.version}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A dispatch is public."""
        return EVERY_ROW
