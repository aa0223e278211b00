"""A consultation in easy read, or in another language."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.consultation import Consultation
from csplan.records.models.record import Record


class ConsultationTranslation(Record):
    """The words of a consultation once more: easy read, or a language of BCP 47 such as `cy` or `pl`.

    words   {"title": …, "introduction": …, "questions": {ref: {"words": …, "hint": …, "options": […]}}}; what is left out stays as
            it is. Options stand in the order of the question’s own, so that an answer is kept in the words of the first language.
    """

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "consultation__planned_at"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="translations")
    language = models.CharField(max_length=20)
    #: The language by its own name, such as “Cymraeg”; “Easy read” for easy read.
    name = models.CharField(max_length=60)
    words = models.JSONField(default=dict)

    class Meta:
        app_label = "records"
        ordering = ("consultation", "language")
        constraints = (models.UniqueConstraint(fields=("consultation", "language"), name="one_translation_per_language"),)

    def __str__(self) -> str:
        return f"{self.consultation}: {self.name}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """As public as its consultation."""
        return Q(consultation__opening__opened_at__lte=at)
