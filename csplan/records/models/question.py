"""A question of a consultation."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.cycle import consultation as rules
from csplan.records.models.consultation import Consultation
from csplan.records.models.record import Record


class Question(Record):
    """One question, in the order of its number. Its kind and family are those of `cycle.consultation`."""

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "consultation__planned_at"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    #: Its name in a form and in the answers kept.
    ref = models.SlugField()
    kind = models.CharField(max_length=20)
    family = models.CharField(max_length=20)
    words = models.TextField()
    hint = models.TextField(blank=True)
    options = models.JSONField(default=list)
    is_needed = models.BooleanField(default=False)
    #: Asked only where another was answered so: {"question": ref, "answers": [words]}; empty for always.
    only_if = models.JSONField(default=dict)
    #: The characteristic that a question about the person asks for, as `cycle.about_you` names it.
    characteristic = models.CharField(max_length=40, blank=True)
    #: The address of the clause of the plan that it asks about.
    clause = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "records"
        ordering = ("consultation", "number")
        constraints = (models.UniqueConstraint(fields=("consultation", "ref"), name="one_question_per_ref"),)

    def __str__(self) -> str:
        return self.words

    @classmethod
    def public(cls, at: datetime) -> Q:
        """As public as its consultation."""
        return Q(consultation__opening__opened_at__lte=at)

    @property
    def rule(self) -> rules.Question:
        """The question as the rules read it."""
        return rules.Question(
            self.ref, self.kind, self.words, self.family, tuple(self.options), self.is_needed, self.hint, self.only_if
        )
