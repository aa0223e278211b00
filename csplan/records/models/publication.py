"""The publication of an agreed version."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import EVERY_ROW, Record


class Publication(Record):
    """A fact apart from agreement: from this instant the agreed version is the one that stands at the plan's address."""

    PARTNERSHIP = "version__plan__partnership"
    BEGAN = "published_at"

    version = models.OneToOneField(PlanVersion, models.PROTECT, primary_key=True, related_name="publication")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"{self.version} published"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A publication is public."""
        return EVERY_ROW
