"""What came by post or e-mail, kept as it came."""

from django.conf import settings
from django.db import models

from csplan.records.models.consultation import Consultation
from csplan.records.models.record import NO_ROW, Record, Viewer, drafts_open_to


class Letter(Record):
    """A file that an officer brought in, beside which the answer is typed. It stays linked to the answer and is never public.

    kind      eml, docx or txt;  text : the words that could be read out of it
    """

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "kept_at"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="letters")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    came_on = models.DateField(null=True)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("consultation", "sha256"), name="a_letter_is_kept_once"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def drafts(cls, viewer: Viewer, at: object) -> models.Q:
        """It may hold a name and an address: it is read by who may read answers as they were written, and by who brought it in."""
        from csplan.cycle import roles

        enters = drafts_open_to(viewer, roles.ACTIONS["answer.enter"])
        if viewer is None or not enters:
            return NO_ROW
        reads = drafts_open_to(viewer, roles.ACTIONS["answer.read"])
        own = models.Q(consultation__partnership__in=enters, kept_by=viewer.pk)
        return own | models.Q(consultation__partnership__in=reads)
