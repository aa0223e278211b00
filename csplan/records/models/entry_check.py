"""That a second person compared an entered answer with what came."""

from django.conf import settings
from django.db import models

from csplan.records.models.record import Record
from csplan.records.models.response import Response


class EntryCheck(Record):
    """One comparison, by a person who did not enter the answer."""

    PARTNERSHIP = "response__consultation__partnership"
    BEGAN = "checked_at"

    response = models.OneToOneField(Response, models.PROTECT, primary_key=True, related_name="entry_check")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"{self.response}, checked"
