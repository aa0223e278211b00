"""A group that meets: the board, a sub-group, the scrutiny committee."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record


class Group(Record):
    """A group of the partnership, or the committee that examines it."""

    BEGAN = "partnership__founded_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="groups")
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    #: The priority a sub-group carries; empty for the others.
    priority_ref = models.CharField(max_length=8, blank=True)
    #: Whether it is the strategy group of regulation 3 of SI 2007/1830.
    is_strategy_group = models.BooleanField(default=False)
    #: How many members make a quorum; null where that is not set.
    quorum = models.PositiveIntegerField(null=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("slug",)
        constraints = (models.UniqueConstraint(fields=("partnership", "slug"), name="one_group_per_slug"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Which groups there are is public."""
        return EVERY_ROW
