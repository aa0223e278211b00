"""An answer that a resident has begun and not sent."""

from django.db import models

from csplan.records.models.consultation import Consultation


class KeptAnswer(models.Model):
    """Kept behind a private link so that it can be gone on with; deleted once it is sent, or when the consultation is counted.

    key_sha256   the fingerprint of the key in the link; the key itself is not kept
    words        {"answers": …, "passages": …, "form_key": …} as they were written
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="kept_answers")
    key_sha256 = models.CharField(max_length=64, unique=True)
    words = models.JSONField(default=dict)
    kept_on = models.DateField()

    class Meta:
        app_label = "records"

    def __str__(self) -> str:
        return f"A begun answer to {self.consultation}"
