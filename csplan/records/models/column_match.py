"""Which column of a table means what."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.partnership import Partnership
from csplan.records.models.record import NO_ROW, Record


class ColumnMatch(Record):
    """A heading that a person matched to a field when bringing a file in, remembered for the next file."""

    BEGAN = "matched_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="column_matches")
    #: plan or kpi
    kind = models.CharField(max_length=20)
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=60)
    matched_at = models.DateTimeField()

    class Meta:
        app_label = "records"
        constraints = (models.UniqueConstraint(fields=("partnership", "kind", "heading"), name="one_match_per_heading"),)

    def __str__(self) -> str:
        return f"{self.heading}: {self.field}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Of use at the desk only."""
        return NO_ROW
