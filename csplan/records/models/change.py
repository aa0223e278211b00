"""Why a clause differs from the version before."""

from django.conf import settings
from django.db import models

from csplan.records.models.plan_version import PartOfVersion, PlanVersion


class Change(PartOfVersion):
    """The reason for what a version changes in one clause of the version that it revises, and where the reason comes from.

    kind     of `cycle.plan_changes.REASONS`: comment, scrutiny, board, officer
    source   reference of the comment, scrutiny item or meeting; empty for an officer’s own reason
    """

    BEGAN = "given_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="changes")
    clause = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("version", "id")
        constraints = (models.UniqueConstraint(fields=("version", "clause"), name="one_reason_per_changed_clause"),)

    def __str__(self) -> str:
        return f"{self.version} {self.clause}"
