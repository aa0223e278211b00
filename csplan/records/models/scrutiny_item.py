"""An item before the scrutiny committee."""

from django.conf import settings
from django.db import models

from csplan.records.models.meeting import Meeting
from csplan.records.models.office import Office
from csplan.records.models.partnership import Partnership
from csplan.records.models.plan_version import PartOfVersion, PlanVersion
from csplan.records.models.record import paired


class ScrutinyItem(PartOfVersion):
    """A report to the committee on a version, and what the committee recommends."""

    PARTNERSHIP = "partnership"
    BEGAN = "listed_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="scrutiny_items")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="scrutiny_items")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="scrutiny_items")
    #: The paper's reference: /P/papers/REF/
    ref = models.SlugField()
    title = models.CharField(max_length=200)
    report_of = models.ForeignKey(Office, models.PROTECT, related_name="+")
    #: What the committee is asked to do, and by when.
    asked = models.TextField()
    comments_by = models.DateField(null=True)
    #: Words of the report that no other record holds: divisions_affected, lock, evidence_base, consultation_place, footer.
    particulars = models.JSONField(default=dict)
    #: {heading: words}, in the order of Appendix 1.
    implications = models.JSONField(default=dict)
    listed_at = models.DateTimeField()
    recommendation = models.TextField(blank=True)
    recommended_at = models.DateTimeField(null=True)
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("listed_at",)
        constraints = (
            models.UniqueConstraint(fields=("partnership", "ref"), name="one_scrutiny_item_per_ref"),
            paired("recommended_at", "recommended_by", name="a_recommendation_is_made_by_someone"),
        )

    def __str__(self) -> str:
        return self.title
