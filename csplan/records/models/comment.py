"""What someone said about a plan."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import Record, paired
from csplan.records.models.response import Response


class Comment(Record):
    """A comment from a consultation, scrutiny or a meeting, on a clause where it names one, with what was decided about it: reference `C1`."""

    PARTNERSHIP = "version__plan__partnership"
    BEGAN = "entered_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="comments")
    ref = models.CharField(max_length=8)
    #: consultation, scrutiny, meeting or letter; `came_with` the slug or reference of it
    came_by = models.CharField(max_length=20)
    came_with = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=80, blank=True)
    #: The part of an answer that it was taken from, such as a question’s reference, where it came in a consultation.
    response = models.ForeignKey(Response, models.PROTECT, null=True, related_name="comments")
    part = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: accepted, partly, not accepted, out of scope, noted: `cycle.plan_changes.DISPOSITIONS`
    disposition = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("version", "ref"), name="one_comment_per_ref"),
            paired("decided_at", "decided_by", name="a_comment_is_decided_by_someone"),
        )

    def __str__(self) -> str:
        return f"{self.ref}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Public once it is decided what is done about it."""
        return Q(decided_at__lte=at)
