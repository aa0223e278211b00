"""Actions of an equality impact assessment: what is done so that nobody is harmed, and by whom."""

from datetime import date

from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import EqualityAction, EqualityAssessment


def act(
    *,
    assessment: EqualityAssessment,
    title: str,
    owner: str,
    due_on: date | None = None,
    deliverable_ref: str = "",
    is_example: bool = False,
    by: acting.By,
) -> EqualityAction:
    """Set an action of an assessment that is not signed yet. One of the version's deliverables may carry it out."""
    version = assessment.version
    with acting.act("equality.act", partnership=version.plan.partnership, by=by) as deed:
        if assessment.completed_at is not None:
            raise CsplanError(f"The equality impact assessment of {version} is signed, so no action is added to it.")
        if not title.strip() or not owner.strip():
            raise CsplanError("Say what will be done, and which office answers for it.")
        if deliverable_ref and not version.deliverables.filter(ref=deliverable_ref).exists():
            raise CsplanError(f"There is no deliverable {deliverable_ref} in {version}. Name one that is there, or none.")
        made = EqualityAction.objects.create(
            assessment=assessment,
            ref=f"E{assessment.actions.count() + 1}",
            title=title.strip(),
            owner=owner.strip(),
            due_on=due_on,
            deliverable_ref=deliverable_ref,
            is_example=is_example,
            set_at=deed.at,
            set_by=deed.user,
        )
        deed.record("equality assessment", version.ref, action_set=made.ref, deliverable=deliverable_ref)
    return made
