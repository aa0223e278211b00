"""A later closing day for a consultation that is open."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.consultation import Consultation
from csplan.records.models.record import EVERY_ROW, Record


class Extension(Record):
    """Made while the consultation is open, with the reason and how people were told. The last one says when it closes."""

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "extended_at"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="extensions")
    closes_on = models.DateField()
    reason = models.TextField()
    #: How people are told: notices, e-mails, posters put up anew.
    publicised = models.TextField()
    extended_at = models.DateTimeField()
    extended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("consultation", "id")

    def __str__(self) -> str:
        return f"{self.consultation} until {self.closes_on}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """An extension is public."""
        return EVERY_ROW
