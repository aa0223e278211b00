"""A meeting of a group."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.group import Group
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record, paired


class Meeting(Record):
    """A meeting: announced first, its outcome recorded once it was held."""

    BEGAN = "announced_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="meetings")
    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    ref = models.SlugField()
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    announced_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    was_quorate = models.BooleanField(null=True)
    #: How many members were there; null where only the quorum is recorded.
    present = models.PositiveIntegerField(null=True)
    minute = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("starts_at",)
        constraints = (
            models.UniqueConstraint(fields=("partnership", "ref"), name="one_meeting_per_ref"),
            paired("recorded_at", "recorded_by", "was_quorate", name="a_meeting_is_recorded_by_someone"),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A meeting is public from its announcement."""
        return EVERY_ROW
