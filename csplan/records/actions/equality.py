"""Equality impact assessments: begun by one person, signed by another."""

from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import EqualityAssessment, Office, PlanVersion


def start(*, version: PlanVersion, owner: Office, is_example: bool = False, by: acting.By) -> EqualityAssessment:
    """Begin the assessment of a version."""
    with acting.act("equality.start", partnership=version.plan.partnership, by=by) as deed:
        if EqualityAssessment.objects.filter(version=version).exists():
            raise CsplanError(f"The equality impact assessment of {version} has already begun. Go on with that one.")
        assessment = EqualityAssessment.objects.create(
            version=version, owner=owner, started_at=deed.at, started_by=deed.user, is_example=is_example
        )
        deed.record("equality assessment", version.ref, owner=owner.slug)
    return assessment


def sign(*, assessment: EqualityAssessment, summary: str, by: acting.By) -> EqualityAssessment:
    """Complete the assessment: what it found, signed by a person who did not begin it."""
    version = assessment.version
    with acting.act("equality.sign", partnership=version.plan.partnership, by=by) as deed:
        if assessment.completed_at is not None:
            raise CsplanError(f"The equality impact assessment of {version} is already signed. Nothing was changed.")
        if not summary.strip():
            raise CsplanError("A signed assessment says what it found. Write that first.")
        roles.check_different_people(assessment.started_by_id, deed.user.pk, "an equality impact assessment")
        if not hasattr(version, "seal"):
            raise CsplanError(f"{version} is still a draft. Freeze it first, so that what was assessed no longer changes.")
        assessment.summary, assessment.completed_at, assessment.signed_by = summary, deed.at, deed.user
        assessment.save()
        deed.record("equality assessment", version.ref, signed=True)
    return assessment
