"""How a version fits with another strategy."""

from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class Alignment(PartOfVersion):
    """Another strategy that a version was written to fit with, and the body that agrees that strategy."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="alignments")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    #: Of `cycle.plan_text.ALIGNMENTS`.
    kind = models.CharField(max_length=20, blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    ambitions = models.JSONField(default=list)
    #: {ambition: [references of what serves it]}
    delivers = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "slug"), name="one_alignment_per_slug"),)

    def __str__(self) -> str:
        return self.title
