"""The published result of a consultation that was held elsewhere or earlier."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record


class EarlierConsultation(Record):
    """A result carried over with its source. Its answers are not held here.

    figures   [{"words": what was measured, "low": n, "high": n, "unit": "percent"}]; low and high are the same for one figure
    """

    BEGAN = "recorded_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="earlier_consultations")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    received = models.PositiveIntegerField(null=True)
    figures = models.JSONField(default=list)
    #: What was decided afterwards, and when.
    outcome = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=400)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("-closed_on",)
        constraints = (models.UniqueConstraint(fields=("partnership", "slug"), name="one_earlier_consultation_per_slug"),)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A published result is public."""
        return EVERY_ROW
