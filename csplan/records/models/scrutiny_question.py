"""A question or a request for information from the scrutiny committee."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record, paired
from csplan.records.models.scrutiny_item import ScrutinyItem


class ScrutinyQuestion(Record):
    """Asked by the committee, answered in writing, or refused with the reason that the law allows: reference `Q1`.

    kind      question or request;  outcome : answered or refused
    """

    BEGAN = "asked_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="scrutiny_questions")
    item = models.ForeignKey(ScrutinyItem, models.PROTECT, null=True, related_name="questions")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    ref = models.CharField(max_length=8)
    kind = models.CharField(max_length=20)
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_example = models.BooleanField(default=False)

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("partnership", "ref"), name="one_scrutiny_question_per_ref"),
            paired("answered_at", "answered_by", name="a_scrutiny_question_is_answered_by_someone"),
        )

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def public(cls, at: datetime) -> Q:
        """The committee meets in public."""
        return EVERY_ROW
