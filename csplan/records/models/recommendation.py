"""A recommendation of the scrutiny committee to one body."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record
from csplan.records.models.scrutiny_item import ScrutinyItem


class Recommendation(Record):
    """Made to a body, which answers in writing within 28 days (Police and Justice Act 2006 s.19): reference `R1`."""

    BEGAN = "made_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="recommendations")
    item = models.ForeignKey(ScrutinyItem, models.PROTECT, null=True, related_name="recommendations")
    body = models.ForeignKey(Body, models.PROTECT, related_name="recommendations")
    ref = models.CharField(max_length=8)
    words = models.TextField()
    #: The date of the committee’s report, and the last day of the 28.
    made_on = models.DateField()
    respond_by = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("partnership", "ref"), name="one_recommendation_per_ref"),)

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A recommendation is public."""
        return EVERY_ROW
