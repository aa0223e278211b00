"""What became of a priority when a plan was refreshed."""

from django.conf import settings
from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class ClosingRecord(PartOfVersion):
    """A priority of the plan before that a refresh merges, retires or hands on, with what was claimed of it and learnt.

    version  the version of the new plan that leaves it out
    ref      the priority’s reference in the plan before
    outcome  of `cycle.plan_refresh.OUTCOMES`; `into` the reference it went into, where it did
    grade    of `cycle.plan_refresh.GRADES`
    """

    BEGAN = "written_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="closing_records")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    outcome = models.CharField(max_length=20)
    into = models.CharField(max_length=8, blank=True)
    claimed = models.TextField()
    evidence = models.TextField()
    grade = models.CharField(max_length=20)
    lesson = models.TextField()
    is_example = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "ref"), name="one_closing_record_per_priority"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
