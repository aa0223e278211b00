"""The approval of a reading."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.reading import Reading
from csplan.records.models.record import EVERY_ROW, Record


class ReadingApproval(Record):
    """Who approved a submitted reading, and when: never the person who submitted it."""

    PARTNERSHIP = "reading__kpi__partnership"
    BEGAN = "approved_at"

    reading = models.OneToOneField(Reading, models.PROTECT, primary_key=True, related_name="approval")
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"{self.reading} approved"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """An approval is public."""
        return EVERY_ROW
