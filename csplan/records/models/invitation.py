"""An invitation to take a role."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import NO_ROW, Record, paired


class Invitation(Record):
    """A role offered by a one-time code, given as a link or on paper. The code itself is not kept, only its fingerprint."""

    BEGAN = "made_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    #: How the person is called at the desk: an office.
    person = models.CharField(max_length=200)
    code_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    #: Null where the terminal made it, at set-up.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "records"
        ordering = ("made_at",)
        constraints = (paired("taken_at", "taken_by", name="an_invitation_is_taken_by_someone"),)

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Invitations are seen at the desk only."""
        return NO_ROW
