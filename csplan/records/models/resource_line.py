"""Money, people or premises that a plan uses."""

from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class ResourceLine(PartOfVersion):
    """A line of what the authorities put in: reference `M1`. The amount is in whole pounds, null where it is not money."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="resource_lines")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    given_by = models.CharField(max_length=200, blank=True)
    amount_gbp = models.PositiveBigIntegerField(null=True)
    words = models.TextField(blank=True)
    #: References of what it is for.
    refs = models.JSONField(default=list)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "ref"), name="one_resource_line_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
