"""A theme: what several people said."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.consultation import Consultation
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.record import Record, paired


class Theme(Record):
    """Something that was said about the plan, with what was decided on it: reference `T1`.

    words        what people said, in a sentence
    clause       the address of the clause that it is about, where it is about one
    disposition  of `cycle.plan_changes.DISPOSITIONS`, with the reason
    changes      addresses of the clauses that were changed for it, in `changed_in`
    """

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "named_at"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="themes")
    ref = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    clause = models.CharField(max_length=80, blank=True)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    disposition = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    changed_in = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("consultation", "ref"), name="one_theme_per_ref"),
            paired("decided_at", "decided_by", name="a_theme_is_decided_by_someone"),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Public once it is decided and the consideration report is approved."""
        return Q(decided_at__lte=at, consultation__consideration_report__approved_at__lte=at)
