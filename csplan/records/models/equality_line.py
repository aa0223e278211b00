"""What an equality assessment says of one characteristic."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.equality_assessment import EqualityAssessment
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import Record, Viewer


class EqualityLine(Record):
    """Evidence, impact and mitigation for one characteristic of `cycle.equality.CHARACTERISTICS`.

    evidence   [{"from": of `cycle.equality.EVIDENCE`, "words": …, "link": address or ""}]; empty where no data is held
    impact     positive, neutral, negative, mixed or unknown
    aims       {aim of `cycle.equality.AIMS`: words}
    """

    PARTNERSHIP = "assessment__version__plan__partnership"
    BEGAN = "assessment__started_at"

    assessment = models.ForeignKey(EqualityAssessment, models.PROTECT, related_name="lines")
    characteristic = models.CharField(max_length=40)
    evidence = models.JSONField(default=list)
    impact = models.CharField(max_length=10, blank=True)
    why = models.TextField(blank=True)
    aims = models.JSONField(default=dict)
    #: Why a negative impact without mitigation is right, where it is.
    justification = models.TextField(blank=True)

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("assessment", "characteristic"), name="one_line_per_characteristic"),)

    def __str__(self) -> str:
        return f"{self.assessment}: {self.characteristic}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Public with its version, once the assessment is signed; while it is written, officers read it."""
        return Q(assessment__version__in=PlanVersion.objects.filter(PlanVersion.public(at)), assessment__completed_at__lte=at)

    @classmethod
    def drafts(cls, viewer: Viewer, at: datetime) -> Q:
        """While it is written, read by those who may read its version."""
        return Q(assessment__version__in=PlanVersion.objects.filter(PlanVersion.drafts(viewer, at)))
