"""Words that a person is writing and has not sent."""

from django.conf import settings
from django.db import models

from csplan.records.models.plan_version import PlanVersion


class UnsentWords(models.Model):
    """One person’s own unfinished words for one clause, kept so that no time-out loses them. Nobody else reads them.

    based_on : digest of the clause as it stood when the person began (`cycle.plan_text.digest`)
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unsent_words")
    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="unsent_words")
    clause = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    based_on = models.CharField(max_length=16)
    kept_at = models.DateTimeField()

    class Meta:
        app_label = "records"
        constraints = (models.UniqueConstraint(fields=("user", "version", "clause"), name="one_unsent_text_per_clause"),)

    def __str__(self) -> str:
        return f"{self.user} on {self.clause}"
