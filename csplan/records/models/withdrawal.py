"""The withdrawal of a version."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import Record


class Withdrawal(Record):
    """From this instant the version is no longer the partnership’s; its bytes stay at its address. Append-only."""

    PARTNERSHIP = "version__plan__partnership"
    BEGAN = "withdrawn_at"

    version = models.OneToOneField(PlanVersion, models.PROTECT, primary_key=True, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"{self.version}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """As public as its version."""
        return Q(version__in=PlanVersion.objects.filter(PlanVersion.public(at)))
