"""A consultation on one frozen version of a plan."""

from datetime import date, datetime

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
    #: Why people are asked, and what their answers can still change.
    why = models.TextField(blank=True)
    can_change = models.TextField(blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    #: The office that takes answers on paper and answers questions.
    write_to = models.CharField(max_length=200)
    #: Who is told at once of an answer whose words suggest danger, and where an e-mail finds them.
    alerts_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    alert_email = models.EmailField(blank=True)
    #: Whether a second person codes the comments however few they are.
    is_coded_twice = models.BooleanField(default=False)
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
        """The first instant that is too late, as the last extension says."""
        return rules.closes_at(self.last_day())

    def last_day(self, at: datetime | None = None) -> date:
        """The closing day by the last extension; at : as it was known at an instant."""
        made = [e for e in self.extensions.all() if at is None or e.extended_at <= at]
        return made[-1].closes_on if made else self.closes_on

    def state(self, at: datetime) -> str:
        """planned, open or closed. One that nobody opened stays planned."""
        if not hasattr(self, "opening"):
            return "planned"
        return rules.state(self.opens_at, self.closes_at, at)
