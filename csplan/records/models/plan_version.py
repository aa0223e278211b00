"""One version of a plan. Once sealed its words never change; what happens to it later is kept in tables of its own."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.cycle import plan as rules
from csplan.records.models.plan import Plan
from csplan.records.models.record import Record


class PlanVersion(Record):
    """A version: the vision, and the priorities, work areas, deliverables and alignments that point to it."""

    PARTNERSHIP = "plan__partnership"
    BEGAN = "drafted_at"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    vision = models.TextField()
    #: The month in which the priorities were agreed, such as 2018-11; empty where that is not known.
    priorities_agreed_in = models.CharField(max_length=7, blank=True)
    #: What readers should know of the text, such as that it lists examples only.
    note = models.TextField(blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        app_label = "records"
        ordering = ("plan", "number")
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="one_version_per_number"),)

    def __str__(self) -> str:
        return f"{self.plan.title}, version {self.number}"

    @property
    def ref(self) -> str:
        """How papers and the audit name it: `2020-25/1`."""
        return f"{self.plan.slug}/{self.number}"

    @classmethod
    def public(cls, at: datetime) -> Q:
        """Public once it is consulted on, or published. A version that is only frozen is still a draft."""
        from csplan.records.models.opening import Opening
        from csplan.records.models.publication import Publication

        shown = Opening.objects.filter(opened_at__lte=at).values("consultation__version")
        published = Publication.objects.filter(published_at__lte=at).values("version")
        return Q(pk__in=shown) | Q(pk__in=published)

    def moments(self) -> rules.Moments:
        """When each thing happened to it."""
        later = [v for v in self.plan.versions.all() if v.number > self.number and hasattr(v, "publication")]
        return rules.Moments(
            drafted_at=self.drafted_at,
            frozen_at=self.seal.sealed_at if hasattr(self, "seal") else None,
            agreed_at=self.agreement.agreed_at if hasattr(self, "agreement") else None,
            published_at=self.publication.published_at if hasattr(self, "publication") else None,
            superseded_at=min((v.publication.published_at for v in later), default=None),
        )


class PartOfVersion(Record):
    """A row that belongs to a version and is as public as its version."""

    PARTNERSHIP = "version__plan__partnership"
    BEGAN = "version__drafted_at"

    class Meta:
        abstract = True

    @classmethod
    def public(cls, at: datetime) -> Q:
        """As public as its version."""
        return Q(version__in=PlanVersion.objects.filter(PlanVersion.public(at)))
