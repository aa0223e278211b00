"""An action of an equality impact assessment."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.equality_assessment import EqualityAssessment
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import Record


class EqualityAction(Record):
    """What is done so that a group is not harmed, or so that what is not known becomes known: reference `E1`."""

    PARTNERSHIP = "assessment__version__plan__partnership"
    BEGAN = "set_at"

    assessment = models.ForeignKey(EqualityAssessment, models.PROTECT, related_name="actions")
    ref = models.CharField(max_length=8)
    #: action, mitigation, or gap: data that is not held
    kind = models.CharField(max_length=12, default="action")
    characteristic = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=400)
    owner = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    #: The deliverable that carries it out, where one does.
    deliverable_ref = models.CharField(max_length=8, blank=True)
    is_example = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("assessment", "ref"), name="one_equality_action_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """As public as its version."""
        return Q(assessment__version__in=PlanVersion.objects.filter(PlanVersion.public(at)))
