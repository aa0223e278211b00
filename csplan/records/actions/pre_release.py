"""The pre-release list of a version: who may read it before it is public, for how long, and why."""

from datetime import datetime

from django.contrib.auth.models import User

from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import PlanVersion, PreRelease


def name(*, version: PlanVersion, user: User, reason: str, from_at: datetime, until_at: datetime, by: acting.By) -> PreRelease:
    """Let a person read a version before it is public, between two instants."""
    with acting.act("plan.name_reader", partnership=version.plan.partnership, by=by) as deed:
        if not reason.strip():
            raise CsplanError("Say why this person reads it before it is public.")
        if until_at <= from_at or until_at <= deed.at:
            raise CsplanError("The time in which it may be read ends after it begins, and is not over yet. Correct the days.")
        if PlanVersion.objects.filter(PlanVersion.public(deed.at), pk=version.pk).exists():
            raise CsplanError(f"{version} is public already: anyone may read it. Nothing was changed.")
        if PreRelease.objects.filter(version=version, user=user, until_at__gt=deed.at).exists():
            raise CsplanError(f"{user.get_username()} is on the list already. End that time first, and name the person anew.")
        made = PreRelease.objects.create(
            version=version, user=user, reason=reason.strip(), from_at=from_at, until_at=until_at, named_by=deed.user
        )
        deed.record(
            "plan version",
            version.ref,
            reader=user.get_username(),
            reason=reason.strip(),
            from_at=from_at.isoformat(),
            until_at=until_at.isoformat(),
        )
    return made


def end(*, held: PreRelease, by: acting.By) -> None:
    """Take a person off the list from now on. A name whose time has not begun goes; the audit keeps that it was there."""
    version = held.version
    with acting.act("plan.name_reader", partnership=version.plan.partnership, by=by) as deed:
        if held.until_at <= deed.at:
            raise CsplanError("That time is over already. Nothing was changed.")
        if held.from_at >= deed.at:
            held.delete()
        else:
            held.until_at = deed.at
            held.save()
        deed.record("plan version", version.ref, reader=held.user.get_username(), reads_no_more=True)
