"""A section of a version’s text."""

from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class Section(PartOfVersion):
    """Foreword, who we are, evidence and so on: `cycle.plan_text.SECTIONS`. Its words are Markdown with references to figures."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="sections")
    ref = models.SlugField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "ref"), name="one_section_per_ref"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
