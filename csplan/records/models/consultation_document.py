"""A document that people may read before they answer."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.consultation import Consultation
from csplan.records.models.record import Record


class ConsultationDocument(Record):
    """The draft, the summary of the assessment, the equality assessment, the indicators, or another: `cycle.consultation.DOCUMENTS`."""

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "consultation__planned_at"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    #: Where it stands: an address of this site that begins with a slash, or a whole https address.
    url = models.CharField(max_length=400)

    class Meta:
        app_label = "records"
        ordering = ("consultation", "number")

    def __str__(self) -> str:
        return self.title

    @classmethod
    def public(cls, at: datetime) -> Q:
        """As public as its consultation."""
        return Q(consultation__opening__opened_at__lte=at)
