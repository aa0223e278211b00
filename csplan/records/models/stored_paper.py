"""A paper kept as bytes."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import Record


class StoredPaper(Record):
    """The paper of a version as it was agreed: served as these bytes for ever. Append-only."""

    PARTNERSHIP = "version__plan__partnership"
    BEGAN = "stored_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="papers")
    #: plan
    kind = models.CharField(max_length=40)
    #: pdf, docx or html
    form = models.CharField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        constraints = (models.UniqueConstraint(fields=("version", "kind", "form"), name="one_stored_paper_per_form"),)

    def __str__(self) -> str:
        return f"{self.version}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """As public as its version."""
        return Q(version__in=PlanVersion.objects.filter(PlanVersion.public(at)))
