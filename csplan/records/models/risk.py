"""A risk to a plan."""

from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class Risk(PartOfVersion):
    """What may keep the plan from being carried out, and what is done about it: reference `R1`."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="risks")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=400)
    owner = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    #: References of what it concerns.
    refs = models.JSONField(default=list)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "ref"), name="one_risk_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
