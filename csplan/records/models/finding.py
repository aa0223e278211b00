"""A finding of the evidence."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record


class Finding(Record):
    """What the evidence says that matters: reference `F1`, with the observation that it rests on where there is one. `not_taken_up` says why no priority takes it up."""

    PARTNERSHIP = "partnership"
    BEGAN = "found_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="findings")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=400)
    words = models.TextField(blank=True)
    #: Such as recorded-burglary.rate/E06000047/2025; empty where it rests on something else, said in `words`.
    observation = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    not_taken_up = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("partnership", "ref"), name="one_finding_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A finding is public."""
        return EVERY_ROW
