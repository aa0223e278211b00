"""A yearly review of a plan."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.plan import Plan
from csplan.records.models.record import Record, paired


class Review(Record):
    """How far a plan was carried out, what the indicators say, what changed, and whether it goes on. Begun, then completed once."""

    PARTNERSHIP = "plan__partnership"
    BEGAN = "begun_at"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    #: The year reviewed, such as 2020/21.
    year = models.CharField(max_length=7)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: {deliverable ref: {"state", "words"}}, {kpi ref: words}, and what changed around the plan.
    implementation = models.JSONField(default=dict)
    indicators = models.JSONField(default=dict)
    what_changed = models.TextField(blank=True)
    #: continue, amend or replace
    decision = models.CharField(max_length=20, blank=True)
    completed_at = models.DateTimeField(null=True)
    completed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("begun_at",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "year"), name="one_review_per_year"),
            paired("completed_at", "completed_by", name="a_review_is_completed_by_someone"),
        )

    def __str__(self) -> str:
        return f"{self.plan}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Public once it is completed."""
        return Q(completed_at__lte=at)
