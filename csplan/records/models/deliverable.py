"""A deliverable: something that will be done."""

from django.db import models
from django.db.models import Q

from csplan.records.models.plan_version import PartOfVersion, PlanVersion
from csplan.records.models.priority import Priority


class Deliverable(PartOfVersion):
    """Something that will be done for a priority: reference `1.2.3`. It may name the work areas that it serves."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="deliverables")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="deliverables")
    ref = models.CharField(max_length=8)
    title = models.TextField()
    #: References of the work areas that it serves. The pairing is the writer's.
    work_areas = models.JSONField(default=list)
    #: The office that answers for it, and the last day; null with the reason in `why`.
    lead = models.CharField(max_length=200, null=True)
    due_on = models.DateField(null=True)
    why = models.CharField(max_length=200, blank=True)
    #: Slug of the group that owns it, and who else contributes.
    group = models.SlugField(blank=True)
    contributors = models.JSONField(default=list)
    starts_on = models.DateField(null=True)
    resource = models.CharField(max_length=300, blank=True)
    #: How it is meant to bring the change about, in Markdown.
    mechanism = models.TextField(blank=True)
    #: What will show that it is done: a key of `cycle.plan_text.EVIDENCE`.
    evidence = models.CharField(max_length=20, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (
            models.UniqueConstraint(fields=("version", "ref"), name="one_deliverable_per_ref"),
            models.CheckConstraint(
                condition=~Q(why="") | Q(lead__isnull=False, due_on__isnull=False), name="a_missing_lead_or_day_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
