"""An answer whose words suggest that someone is in danger."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.record import NO_ROW, Record, Viewer, drafts_open_to, paired
from csplan.records.models.response import Response


class Alert(Record):
    """Raised in the transaction that keeps the answer, so that none is lost; sent by the outbox until it is sent, then seen by an officer.

    signs     what was found: names of `cycle.danger.SIGNS`
    hour      of the answer;  sent_at : when an e-mail left, None while it waits;  tries, refusal : of sending so far
    """

    PARTNERSHIP = "response__consultation__partnership"
    BEGAN = "hour"

    response = models.OneToOneField(Response, models.PROTECT, primary_key=True, related_name="alert")
    signs = models.JSONField(default=list)
    hour = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    #: What was done, such as “passed to the police by 101”.
    done = models.TextField(blank=True)

    class Meta:
        app_label = "records"
        ordering = ("hour",)
        constraints = (paired("seen_at", "seen_by", name="an_alert_is_seen_by_someone"),)

    def __str__(self) -> str:
        return f"An alert on {self.response}"

    @classmethod
    def drafts(cls, viewer: Viewer, at: datetime) -> Q:
        """Those who may read answers as they were written, and no one else."""
        from csplan.cycle import roles

        held = drafts_open_to(viewer, roles.ACTIONS["alert.see"])
        return Q(response__consultation__partnership__in=held) if held else NO_ROW
