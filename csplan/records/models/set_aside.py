"""Why an answer is not among those considered."""

from django.conf import settings
from django.db import models

from csplan.records.models.record import Record
from csplan.records.models.response import Response


class SetAside(Record):
    """An answer withdrawn or marked as spam, or taken back among the others. The answer itself stays; the last row counts.

    kind   withdrawn, spam or restored
    """

    PARTNERSHIP = "response__consultation__partnership"
    BEGAN = "set_at"

    response = models.ForeignKey(Response, models.PROTECT, related_name="set_asides")
    kind = models.CharField(max_length=20)
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.response}: {self.kind}"
