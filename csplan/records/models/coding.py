"""Which themes a person found in a part of an answer."""

from django.conf import settings
from django.db import models

from csplan.records.models.record import Record
from csplan.records.models.response import Response


class Coding(Record):
    """One coder’s finding, once for each part; a second coder gives theirs blind to it.

    part     as of `Masking`;  themes : references of themes;  clause : an address, or empty
    """

    PARTNERSHIP = "response__consultation__partnership"
    BEGAN = "coded_at"

    response = models.ForeignKey(Response, models.PROTECT, related_name="codings")
    part = models.CharField(max_length=60)
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    themes = models.JSONField(default=list)
    clause = models.CharField(max_length=80, blank=True)
    coded_at = models.DateTimeField()

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("response", "part", "coder"), name="one_coding_per_coder_and_part"),)

    def __str__(self) -> str:
        return f"{self.response}: {self.part}"
