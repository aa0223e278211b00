"""A work area of a priority."""

from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion
from csplan.records.models.priority import Priority


class WorkArea(PartOfVersion):
    """Where the work of a priority is done: reference `1.2`."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="work_areas")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="work_areas")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    #: What it covers, in Markdown.
    words = models.TextField(blank=True)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "ref"), name="one_work_area_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
