"""Which themes a part of an answer is counted under, where coders differed or one was corrected."""

from django.conf import settings
from django.db import models

from csplan.records.models.record import Record
from csplan.records.models.response import Response


class Settlement(Record):
    """What was settled for one part. The last row counts; without one, the first coder’s finding does."""

    PARTNERSHIP = "response__consultation__partnership"
    BEGAN = "settled_at"

    response = models.ForeignKey(Response, models.PROTECT, related_name="settlements")
    part = models.CharField(max_length=60)
    themes = models.JSONField(default=list)
    clause = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.response}: {self.part}"
