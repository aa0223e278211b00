"""Information of a quarter that a body supplied under section 17A of the Crime and Disorder Act 1998."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import NO_ROW, Record


class Supply(Record):
    """One supply as it came. It never changes; one that comes again for the same quarter is another row.

    data_set      of `evidence.returns`, such as police-crimes
    quarter       of the calendar, such as 2025-Q2
    way           of `cycle.supply.WAYS`
    rows, aside   how many rows it had and how many were put aside; null where it was not loaded here
    sha256        of the file as received; empty where it was not loaded here
    recorded_by   null where the terminal recorded it
    """

    BEGAN = "recorded_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="supplies")
    body = models.ForeignKey(Body, models.PROTECT, related_name="supplies")
    data_set = models.SlugField()
    quarter = models.CharField(max_length=7)
    way = models.CharField(max_length=10)
    rows = models.PositiveIntegerField(null=True)
    aside = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_example = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("quarter", "data_set", "received_at")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "data_set", "quarter", "sha256"), condition=~Q(sha256=""), name="one_supply_per_file"
            ),
            models.CheckConstraint(
                condition=Q(way="return", rows__isnull=False) & ~Q(sha256="") | Q(way__in=("nil", "elsewhere"), sha256=""),
                name="a_return_has_its_file",
            ),
        )

    def __str__(self) -> str:
        return f"{self.data_set} {self.quarter}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """The ledger is for officers; the checklist says what is owed."""
        return NO_ROW
