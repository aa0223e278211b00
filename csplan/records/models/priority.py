"""A priority of a version."""

from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class Priority(PartOfVersion):
    """What the partnership puts first: reference `1` to `99`."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="priorities")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    #: Why it is a priority, in Markdown.
    words = models.TextField(blank=True)
    #: Letters of section 6(1) of the Crime and Disorder Act 1998 that it serves: `cycle.plan.LIMBS`.
    limbs = models.JSONField(default=list)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "ref"), name="one_priority_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
