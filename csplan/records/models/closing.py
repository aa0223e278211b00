"""The closing of a consultation."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.consultation import Consultation
from csplan.records.models.record import EVERY_ROW, Record


class Closing(Record):
    """How many answers there are, and one fingerprint over all of them, so that none can be added, lost or altered later."""

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "closed_at"

    consultation = models.OneToOneField(Consultation, models.PROTECT, primary_key=True, related_name="closing")
    received = models.PositiveIntegerField()
    root_sha256 = models.CharField(max_length=64)
    closed_at = models.DateTimeField()

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"{self.consultation} closed"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A closing is public."""
        return EVERY_ROW
