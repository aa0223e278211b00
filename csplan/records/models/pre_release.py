"""Who may read a version before it is public."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from csplan.cycle import clock
from csplan.records.models.plan_version import PartOfVersion, PlanVersion
from csplan.records.models.record import Records


class PreReleases(Records):
    """Names on pre-release lists."""

    def held_by(self, user: object, at: datetime) -> Self:
        """The names of one person that stand at an instant."""
        return self.filter(user=user, from_at__lte=at, until_at__gt=at)


class PreRelease(PartOfVersion):
    """One person named on the pre-release list of a version, for a time and a reason. Officers of the partnership see the list."""

    BEGAN = "from_at"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="pre_releases")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pre_releases")
    reason = models.CharField(max_length=300)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PreReleases.as_manager()

    class Meta:
        app_label = "records"
        ordering = ("from_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("from_at")), name="a_pre_release_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version}, {self.user}"

    @classmethod
    def public(cls, at: datetime) -> models.Q:
        """Who is named is not public."""
        from csplan.records.models.record import NO_ROW

        return NO_ROW


def named_versions(user: object) -> models.QuerySet:
    """The versions that a person is named for now."""
    return PreRelease.objects.held_by(user, clock.now()).values("version")
