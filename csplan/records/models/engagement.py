"""A time at which people were met."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.consultation import Consultation
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record, paired


class Engagement(Record):
    """A public meeting, briefing, stall or forum: announced first, told of once it was held.

    kind      of `cycle.engagement.KINDS`;  consultation : the one that it serves, where it serves one
    invited   slugs of stakeholders;  notice : how people were told of it
    came      {slug of stakeholder: how many};  others : how many more came
    bodies    codes of the bodies whose senior people attended
    """

    BEGAN = "announced_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="engagements")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, related_name="engagements")
    ref = models.SlugField()
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    notice = models.TextField(blank=True)
    invited = models.JSONField(default=list)
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    came = models.JSONField(default=dict)
    others = models.PositiveIntegerField(default=0)
    bodies = models.JSONField(default=list)
    said = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("starts_at",)
        constraints = (
            models.UniqueConstraint(fields=("partnership", "ref"), name="one_engagement_per_ref"),
            paired("recorded_at", "recorded_by", name="an_engagement_is_recorded_by_someone"),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Public from its announcement."""
        return EVERY_ROW
