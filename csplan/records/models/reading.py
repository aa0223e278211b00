"""A reading of an indicator: one value for one period."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.kpi import Kpi
from csplan.records.models.record import Record


class Reading(Record):
    """A value as it was recorded. It never changes; its approval is a fact of its own.

    source        computed (from evidence) or submitted (by a person)
    observation   the observation that a computed reading copies, such as recorded-burglary.count/E06000047/2025-12
    recorded_by   null where the terminal recorded it
    """

    PARTNERSHIP = "kpi__partnership"
    BEGAN = "recorded_at"

    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="readings")
    period = models.CharField(max_length=30)
    value = models.FloatField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    source = models.CharField(max_length=20)
    observation = models.CharField(max_length=200, blank=True)
    commentary = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "records"
        constraints = (
            models.UniqueConstraint(fields=("kpi", "period"), name="one_reading_per_period"),
            models.CheckConstraint(
                condition=Q(source="computed") & ~Q(observation="") | Q(source="submitted", recorded_by__isnull=False),
                name="a_reading_says_where_it_comes_from",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kpi.ref} {self.period}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Computed ones, and those approved."""
        return Q(source="computed") | Q(approval__approved_at__lte=at)

    def state(self, at: datetime) -> str:
        """provisional or final. A computed reading is final: it copies a published figure and waits for nobody."""
        approved = hasattr(self, "approval") and self.approval.approved_at <= at
        return "final" if approved or self.source == "computed" else "provisional"
