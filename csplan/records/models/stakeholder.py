"""A group of people or a body that ought to be heard."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record


class Stakeholder(Record):
    """One line of the stakeholder map: who, why, and which characteristics they share.

    characteristics   names of `cycle.equality.CHARACTERISTICS`;  is_affected : likely to be particularly affected by the plan
    """

    BEGAN = "named_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="stakeholders")
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    characteristics = models.JSONField(default=list)
    is_affected = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("partnership", "slug"), name="one_stakeholder_per_slug"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def public(cls, at: datetime) -> Q:
        """The map is public: it names groups, never people."""
        return EVERY_ROW
