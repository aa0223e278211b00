"""A body that takes part in a partnership, with the days between which it does."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record


class Body(Record):
    """A responsible authority, a co-operating body, or the local policing body (which is a role, not an authority)."""

    BEGAN = "partnership__founded_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="bodies")
    code = models.SlugField()
    name = models.CharField(max_length=200)
    #: What section 5 of the Crime and Disorder Act 1998 calls it: council, police, fire, health, probation.
    kind = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        app_label = "records"
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("partnership", "code"), name="one_body_per_code"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def public(cls, at: datetime) -> Q:
        """The register of bodies is public."""
        return EVERY_ROW
