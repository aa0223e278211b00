"""What one responsible authority did about a version."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import Record


class AuthorityPart(Record):
    """A dated record of a body’s part: of `cycle.plan.PARTS`. Append-only; the newest stands."""

    PARTNERSHIP = "version__plan__partnership"
    BEGAN = "recorded_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="authority_parts")
    body = models.ForeignKey(Body, models.PROTECT, related_name="parts")
    part = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("recorded_at", "id")

    def __str__(self) -> str:
        return f"{self.body}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """As public as its version."""
        return Q(version__in=PlanVersion.objects.filter(PlanVersion.public(at)))
