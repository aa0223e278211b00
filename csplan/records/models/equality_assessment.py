"""The equality impact assessment of a version."""

from django.conf import settings
from django.db import models

from csplan.records.models.office import Office
from csplan.records.models.plan_version import PartOfVersion, PlanVersion
from csplan.records.models.record import paired


class EqualityAssessment(PartOfVersion):
    """Begun by one person, completed and signed by another. It gates agreement of its version."""

    BEGAN = "started_at"

    version = models.OneToOneField(PlanVersion, models.PROTECT, related_name="equality_assessment")
    owner = models.ForeignKey(Office, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: screening or full
    level = models.CharField(max_length=10, default="full")
    scope = models.TextField(blank=True)
    affected = models.TextField(blank=True)
    #: What the effects come to together, and how they will be watched.
    cumulative = models.TextField(blank=True)
    monitoring = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    #: What it found, in words; given when it is signed.
    summary = models.TextField(blank=True)
    completed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        constraints = (paired("completed_at", "signed_by", name="an_equality_assessment_is_signed_by_someone"),)

    def __str__(self) -> str:
        return f"Equality impact assessment of {self.version}"
