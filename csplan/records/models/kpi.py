"""A key performance indicator as the partnership adopted it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from csplan.records.models.body import Body
from csplan.records.models.office import Office
from csplan.records.models.partnership import Partnership
from csplan.records.models.record import EVERY_ROW, Record


class Kpi(Record):
    """An indicator with its definition, its owner, and a target or the reason why it has none.

    ref             K122, or recorded-burglary for one computed from open figures
    work_areas      references of the work areas it measures, such as ["1.2"]
    polarity        of `cycle.kpi.POLARITIES`; `band_low` and `band_high` where it is a band
    unit            what a value counts, such as "% of referrals" or "burglaries"
    per             a value is `per` x numerator / denominator; 1 for a plain count
    frequency       of `cycle.kpi`: how long the period of one reading is
    body            the body that returns it; null where it is computed
    computed_from   indicator and measure of the evidence, such as recorded-burglary.count; empty where it is returned
    """

    BEGAN = "adopted_at"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="kpis")
    ref = models.SlugField()
    title = models.CharField(max_length=200)
    definition = models.TextField()
    kind = models.CharField(max_length=20)
    priority_ref = models.CharField(max_length=8)
    work_areas = models.JSONField(default=list)
    polarity = models.CharField(max_length=20)
    polarity_reason = models.TextField(blank=True)
    band_low = models.FloatField(null=True)
    band_high = models.FloatField(null=True)
    unit = models.CharField(max_length=60)
    per = models.FloatField(default=1)
    frequency = models.CharField(max_length=20)
    owner = models.ForeignKey(Office, models.PROTECT, related_name="kpis")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="kpis")
    source = models.CharField(max_length=200)
    computed_from = models.CharField(max_length=80, blank=True)
    #: What is divided by what, in words, and how many days after its period a value is known.
    numerator = models.CharField(max_length=300, blank=True)
    denominator = models.CharField(max_length=300, blank=True)
    lag_days = models.PositiveIntegerField(null=True)
    baseline = models.FloatField(null=True)
    baseline_words = models.CharField(max_length=200, blank=True)
    target = models.FloatField(null=True)
    target_on = models.DateField(null=True)
    monitor_only_reason = models.TextField(blank=True)
    caveat = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    adopted_at = models.DateTimeField()

    class Meta:
        app_label = "records"
        ordering = ("priority_ref", "id")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "ref"), name="one_kpi_per_ref"),
            models.CheckConstraint(
                condition=Q(target__isnull=False, monitor_only_reason="") | Q(target__isnull=True) & ~Q(monitor_only_reason=""),
                name="a_target_or_the_reason_for_none",
            ),
            models.CheckConstraint(
                condition=Q(computed_from="", body__isnull=False) | ~Q(computed_from="") & Q(body__isnull=True),
                name="computed_or_returned_by_a_body",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """An adopted indicator is public."""
        return EVERY_ROW
