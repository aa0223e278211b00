"""A community safety partnership: the owner of every other record."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.record import EVERY_ROW, Record


class Partnership(Record):
    """One partnership of an installation; its slug begins every address."""

    PARTNERSHIP = "pk"
    BEGAN = "founded_at"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    area_code = models.CharField(max_length=9)
    area_name = models.CharField(max_length=200)
    tier = models.CharField(max_length=20)
    jurisdiction = models.CharField(max_length=20)
    unitary_since = models.DateField(null=True)
    is_combined = models.BooleanField(default=False)
    #: What the partnership calls the levels of its plan: {"priority": "Strategic priority", …}
    words = models.JSONField(default=dict)
    #: The office that people write to.
    contact = models.CharField(max_length=200)
    founded_at = models.DateTimeField()

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Every partnership is public."""
        return EVERY_ROW
