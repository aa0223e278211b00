"""What a body answered to a recommendation, and what came of it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.recommendation import Recommendation
from csplan.records.models.record import EVERY_ROW, Record


class RecommendationResponse(Record):
    """The written response of the body, or a later report to the committee on how it stands.

    kind      response or progress
    standing  of a response accepted, partly or not accepted; of progress `under way`, `done` or `stopped`
    """

    PARTNERSHIP = "recommendation__partnership"
    BEGAN = "entered_at"

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=10)
    standing = models.CharField(max_length=20)
    words = models.TextField()
    came_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation",), condition=Q(kind="response"), name="one_response_per_recommendation"
            ),
        )

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.kind}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """A response is public."""
        return EVERY_ROW
