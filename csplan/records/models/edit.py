"""One change to the text of a draft."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.plan_version import PartOfVersion, PlanVersion
from csplan.records.models.record import NO_ROW


class Edit(PartOfVersion):
    """Who wrote which clause of a draft, when, and what it said before and after. Everyone who edited a version is an author of it."""

    BEGAN = "edited_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="edits")
    #: Its address in `cycle.plan_text`, such as deliverable/1.2.1.
    clause = models.CharField(max_length=80)
    #: {field: value}; null where the clause was not there.
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("version", "id")

    def __str__(self) -> str:
        return f"{self.version} {self.clause}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """The steps of writing are never public: only what was frozen is."""
        return NO_ROW
