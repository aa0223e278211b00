"""The board's agreement of a version."""

from django.conf import settings
from django.db import models

from csplan.records.models.meeting import Meeting
from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class Agreement(PartOfVersion):
    """What the board agreed, at which meeting, and what was still open that it accepted by name."""

    BEGAN = "agreed_at"

    version = models.OneToOneField(PlanVersion, models.PROTECT, primary_key=True, related_name="agreement")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agreements")
    #: {finding: sentence} as it stood when the board accepted it.
    accepted = models.JSONField(default=dict)
    #: The fingerprint that the confirm page restated, and the duties as they stood: {rule: status}.
    version_sha256 = models.CharField(max_length=64, blank=True)
    duties = models.JSONField(default=dict)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"{self.version} agreed"
