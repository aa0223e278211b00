"""Words of an answer with what leads to a person covered."""

from django.conf import settings
from django.db import models

from csplan.records.models.record import Record
from csplan.records.models.response import Response


class Masking(Record):
    """What an officer confirmed for one part of an answer. The last row counts; until there is one, the words go no further.

    part     the reference of a question in one’s own words, or `passage-1` for the first passage commented on
    spans    [[start, end, kind]] of what is covered, in characters of the words as they were written; empty where nothing is
    words    the words that go further, with each span replaced
    """

    PARTNERSHIP = "response__consultation__partnership"
    BEGAN = "confirmed_at"

    response = models.ForeignKey(Response, models.PROTECT, related_name="maskings")
    part = models.CharField(max_length=60)
    spans = models.JSONField(default=list)
    words = models.TextField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.response}: {self.part}"
