"""A consultation on one frozen version of a plan."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.cycle import consultation as rules
from csplan.records.models.partnership import Partnership
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import Record


class Consultation(Record):
    """What is asked about a version, and between which days. It is public from its opening."""

    BEGAN = "planned_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="consultations")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="consultations")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    introduction = models.TextField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    #: The office that takes answers on paper and answers questions.
    write_to = models.CharField(max_length=200)
    is_example = models.BooleanField(default=False)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("-opens_on",)
        constraints = (
            models.UniqueConstraint(fields=("partnership", "slug"), name="one_consultation_per_slug"),
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="a_consultation_closes_after_it_opens"),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Public from its opening."""
        return Q(opening__opened_at__lte=at)

    @property
    def opens_at(self) -> datetime:
        """The instant it opened; before that, the first instant of its opening day."""
        return self.opening.opened_at if hasattr(self, "opening") else rules.opens_at(self.opens_on)

    @property
    def closes_at(self) -> datetime:
        """The first instant that is too late."""
        return rules.closes_at(self.closes_on)

    def state(self, at: datetime) -> str:
        """planned, open or closed. One that nobody opened stays planned."""
        if not hasattr(self, "opening"):
            return "planned"
        return rules.state(self.opens_at, self.closes_at, at)
