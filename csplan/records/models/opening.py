"""The opening of a consultation."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.consultation import Consultation
from csplan.records.models.record import EVERY_ROW, Record


class Opening(Record):
    """From this instant answers count, and neither the questions nor the version asked about may change."""

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "opened_at"

    consultation = models.OneToOneField(Consultation, models.PROTECT, primary_key=True, related_name="opening")
    version_sha256 = models.CharField(max_length=64)
    #: The questions as they were asked, sealed.
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"{self.consultation} opened"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """An opening is public."""
        return EVERY_ROW
