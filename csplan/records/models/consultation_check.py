"""That a second person read a consultation before it opened."""

from django.conf import settings
from django.db import models

from csplan.records.models.consultation import Consultation
from csplan.records.models.record import Record


class ConsultationCheck(Record):
    """One reading by a person who did not prepare it. It holds for the words that were read: `content_sha256` is their fingerprint."""

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "checked_at"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="checks")
    content_sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.consultation} checked"
