"""A partnership plan: its name and its years. What it says is in its versions."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.partnership import Partnership
from csplan.records.models.record import Record, Viewer


class Plan(Record):
    """A plan for a run of years. Its references live on in later versions and are never used again for something else."""

    BEGAN = "begun_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="plans")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    #: The plan that it follows.
    refreshes = models.ForeignKey("self", models.PROTECT, null=True, related_name="refreshed_by")
    #: Slugs of the groups that approve it after the board, in order, such as ["cabinet"].
    approving = models.JSONField(default=list)
    is_example = models.BooleanField(default=False)
    begun_at = models.DateTimeField()

    class Meta:
        app_label = "records"
        constraints = (
            models.UniqueConstraint(fields=("partnership", "slug"), name="one_plan_per_slug"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="a_plan_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A plan is public once one of its versions is."""
        from csplan.records.models.plan_version import PlanVersion

        return Q(pk__in=PlanVersion.objects.filter(PlanVersion.public(at)).values("plan"))

    @classmethod
    def drafts(cls, viewer: Viewer, at: datetime) -> Q:
        """Seen by those who may see one of its versions."""
        from csplan.records.models.plan_version import PlanVersion

        return Q(pk__in=PlanVersion.objects.filter(PlanVersion.drafts(viewer, at), drafted_at__lte=at).values("plan"))
