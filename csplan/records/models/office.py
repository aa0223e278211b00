"""An office: a post, never a person."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.group import Group
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record


class Office(Record):
    """A post at a body. `group` is the group it is appointed to, if any."""

    BEGAN = "partnership__founded_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="offices")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    body = models.ForeignKey(Body, models.PROTECT, related_name="offices")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="offices")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("slug",)
        constraints = (models.UniqueConstraint(fields=("partnership", "slug"), name="one_office_per_slug"),)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Offices are public; who holds one is not kept here."""
        return EVERY_ROW
