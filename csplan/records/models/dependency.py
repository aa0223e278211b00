"""Something that a plan needs from others."""

from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class Dependency(PartOfVersion):
    """What must come from elsewhere for the plan to be carried out: reference `N1`."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="dependencies")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=400)
    on = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    #: References of what it concerns.
    refs = models.JSONField(default=list)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "ref"), name="one_dependency_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
