"""What was made of the answers to a consultation."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.consultation import Consultation
from csplan.records.models.record import EVERY_ROW, Record


class ConsiderationReport(Record):
    """The report that says how the answers were considered. It gates agreement."""

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "approved_at"

    consultation = models.OneToOneField(Consultation, models.PROTECT, primary_key=True, related_name="consideration_report")
    summary = models.TextField()
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"Consideration report on {self.consultation}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """An approved report is public."""
        return EVERY_ROW
