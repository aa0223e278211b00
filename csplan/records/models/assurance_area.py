"""An assurance area of a version."""

from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class AssuranceArea(PartOfVersion):
    """What another partnership leads and this one is assured of: reference `A1`."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="assurance_areas")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    led_by = models.CharField(max_length=200)
    words = models.TextField(blank=True)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "ref"), name="one_assurance_area_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
