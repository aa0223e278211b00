"""The seal of a version: its words as bytes, and their fingerprint."""

from django.conf import settings
from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class Seal(PartOfVersion):
    """The bytes of a version, kept as bytes and served unchanged for ever. `previous_sha256` chains the versions of a plan."""

    BEGAN = "sealed_at"

    version = models.OneToOneField(PlanVersion, models.PROTECT, primary_key=True, related_name="seal")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    previous_sha256 = models.CharField(max_length=64, null=True)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return self.sha256
