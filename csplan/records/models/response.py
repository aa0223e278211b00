"""An answer to a consultation, without anything that leads to the person who gave it."""

from django.conf import settings
from django.db import models

from csplan.records.models.consultation import Consultation
from csplan.records.models.letter import Letter
from csplan.records.models.record import Record


class Response(Record):
    """One answer. No address, no browser, no exact time; nobody reads it through `visible_to`.

    id               random, so that the rows lie in no order of arrival
    source           web; paper, email or meeting where an officer enters it
    answers          {question ref: words, or a list of the choices made}
    passages         [{"clause": address, "quote": words of the draft, "words": what is said of them}]
    hour             when it came, cut to the hour
    salt             random; with the answers it opens the commitment that stands in the audit chain
    receipt_sha256   the fingerprint of its receipt; unique, so that a form counts once
    entered_by       the officer who typed in an answer that did not come by the site, with the day it came and the letter it stands in
    """

    PARTNERSHIP = "consultation__partnership"
    BEGAN = "hour"

    # BigAutoField for its place in the table: on SQLite it is the row's own key, so rows are stored in the order of their ids.
    id = models.BigAutoField(primary_key=True)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="responses")
    source = models.CharField(max_length=20)
    answers = models.JSONField()
    passages = models.JSONField(default=list)
    hour = models.DateTimeField()
    salt = models.CharField(max_length=64)
    receipt_sha256 = models.CharField(max_length=64)
    received_on = models.DateField(null=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="responses")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("receipt_sha256",), name="one_answer_per_form"),)

    def __str__(self) -> str:
        return f"An answer to {self.consultation}"
