"""A link of the golden thread that no clause of the plan holds."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record


class ThreadLink(Record):
    """That one thing leads to another: a finding to a priority, a comment to a clause, an equality action to a deliverable. Append-only; an `is_cut` row ends the link."""

    PARTNERSHIP = "partnership"
    BEGAN = "linked_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="thread_links")
    #: (kind, reference) of `cycle.thread.KINDS`; a clause of a plan is written plan-slug/1.2.1.
    from_kind = models.CharField(max_length=20)
    from_ref = models.CharField(max_length=80)
    to_kind = models.CharField(max_length=20)
    to_ref = models.CharField(max_length=80)
    is_cut = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.from_ref}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A link is public; whether its ends are seen follows them."""
        return EVERY_ROW
