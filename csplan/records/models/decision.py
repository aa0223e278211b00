"""What a meeting decided."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.meeting import Meeting
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import EVERY_ROW, Record


class Decision(Record):
    """The words of a decision as they were minuted, with the version and fingerprint that it is about. Append-only: a correction is another decision."""

    PARTNERSHIP = "meeting__partnership"
    BEGAN = "decided_at"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    #: agree, approve, vary, lock or close
    kind = models.CharField(max_length=20)
    words = models.TextField()
    version = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="decisions")
    version_sha256 = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("meeting", "number")
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="one_decision_per_number"),)

    def __str__(self) -> str:
        return f"{self.words}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A decision is public."""
        return EVERY_ROW
