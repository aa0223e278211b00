"""One version of a plan. Once sealed its words never change; what happens to it later is kept in tables of its own."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from csplan.cycle import clock, plan_states, roles
from csplan.records.models.plan import Plan
from csplan.records.models.record import NO_ROW, Record, Viewer, drafts_open_to
from csplan.records.once import once


class PlanVersion(Record):
    """A version: the vision, and the priorities, work areas, deliverables and alignments that point to it."""

    PARTNERSHIP = "plan__partnership"
    BEGAN = "drafted_at"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    #: The version that it was written from: the one before, or the last of the plan that this one follows.
    revises = models.ForeignKey("self", models.PROTECT, null=True, related_name="revised_by")
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

    @classmethod
    def drafts(cls, viewer: Viewer, at: datetime) -> Q:
        """Those who write and check read drafts; those who agree read what is frozen; anyone named on its list reads a version."""
        from csplan.records.models.pre_release import named_versions

        if viewer is None or not viewer.is_authenticated:
            return NO_ROW
        writers = Q(plan__partnership__in=drafts_open_to(viewer, roles.MAY_READ_DRAFT_PLANS))
        deciders = Q(plan__partnership__in=drafts_open_to(viewer, roles.MAY_READ_FROZEN_PLANS), seal__sealed_at__lte=at)
        return writers | deciders | Q(pk__in=named_versions(viewer))

    def moments(self) -> plan_states.Moments:
        """When each thing happened to it."""
        return once(("moments", self.pk), self._moments)

    def _moments(self) -> plan_states.Moments:
        plan = self.plan
        published_at = self.publication.published_at if hasattr(self, "publication") else None
        later = [v for v in plan.versions.all() if v.number > self.number]
        return plan_states.Moments(
            drafted_at=self.drafted_at,
            frozen_at=self.seal.sealed_at if hasattr(self, "seal") else None,
            considered_at=self._considered_at(),
            # From its freezing: that a revised version is being written is for officers only.
            revised_at=min(
                (v.seal.sealed_at for v in later if hasattr(v, "seal") and not hasattr(v, "withdrawal")), default=None
            ),
            agreed_at=self.agreement.agreed_at if hasattr(self, "agreement") else None,
            approved_at=self._approved_at(),
            published_at=published_at,
            in_force_at=max(published_at, clock.start_of(plan.starts_on)) if published_at else None,
            ended_at=max(published_at, clock.end_of(plan.ends_on)) if published_at else None,
            superseded_at=min((v.publication.published_at for v in later if hasattr(v, "publication")), default=None),
            refreshed_at=self._refreshed_at() if published_at else None,
            closed_at=plan.closing.closed_at if published_at and hasattr(plan, "closing") else None,
            withdrawn_at=self.withdrawal.withdrawn_at if hasattr(self, "withdrawal") else None,
            reviews=tuple((r.begun_at, r.completed_at) for r in plan.reviews.all()),
        )

    def state(self, at: datetime) -> str | None:
        """Its state at an instant; None when it did not exist yet."""
        return plan_states.state(self.moments(), at)

    def may_be_decided_from(self) -> datetime:
        """The first instant at which a board may agree a frozen version: every consultation on it has closed."""
        return max([self.seal.sealed_at, *(c.closes_at for c in self.consultations.all() if hasattr(c, "opening"))])

    def _considered_at(self) -> datetime | None:
        """When the last consultation on it was considered; None while one is not."""
        reports = [getattr(c, "consideration_report", None) for c in self.consultations.all() if hasattr(c, "opening")]
        return max(r.approved_at for r in reports if r) if reports and all(reports) else None

    def _approved_at(self) -> datetime | None:
        """When the last of the bodies that approve it after the board did so; None where none must, or one has not yet."""
        given = {a.group.slug: a.approved_at for a in self.approvals.all()}
        wanted = self.plan.approving
        return max(given[slug] for slug in wanted) if wanted and all(slug in given for slug in wanted) else None

    def _refreshed_at(self) -> datetime | None:
        """When the plan that follows took over: published, and its first day come."""
        taken_over = [
            max(v.publication.published_at, clock.start_of(p.starts_on))
            for p in self.plan.refreshed_by.all()
            for v in p.versions.all()
            if hasattr(v, "publication")
        ]
        return min(taken_over, default=None)


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

    @classmethod
    def drafts(cls, viewer: Viewer, at: datetime) -> Q:
        """Read by those who may read its version."""
        return Q(version__in=PlanVersion.objects.filter(PlanVersion.drafts(viewer, at)))
