"""Actions of an equality impact assessment: what is done so that nobody is harmed, and by whom."""

from datetime import date

from csplan.cycle import equality as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import EqualityAction, EqualityAssessment


def act(
    *,
    assessment: EqualityAssessment,
    title: str,
    owner: str,
    kind: str = "action",
    characteristic: str = "",
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
        if kind not in rules.ACTIONS or (characteristic and characteristic not in rules.CHARACTERISTICS):
            raise CsplanError("Choose what the action is for, and for whom.")
        if deliverable_ref and not version.deliverables.filter(ref=deliverable_ref).exists():
            raise CsplanError(f"There is no deliverable {deliverable_ref} in {version}. Name one that is there, or none.")
        made = EqualityAction.objects.create(
            assessment=assessment,
            ref=f"E{assessment.actions.count() + 1}",
            kind=kind,
            characteristic=characteristic,
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


def carry_out(*, action: EqualityAction, deliverable_ref: str, by: acting.By) -> EqualityAction:
    """Say which deliverable of the version carries an action out, so that it is done and reported with the plan."""
    assessment = action.assessment
    version = assessment.version
    with acting.act("equality.act", partnership=version.plan.partnership, by=by) as deed:
        if assessment.completed_at is not None:
            raise CsplanError(f"The equality impact assessment of {version} is signed, so its actions no longer change.")
        if not version.deliverables.filter(ref=deliverable_ref).exists():
            raise CsplanError(f"There is no deliverable {deliverable_ref} in {version}. Name one that is there.")
        action.deliverable_ref = deliverable_ref
        action.save()
        deed.record("equality assessment", version.ref, action_set=action.ref, deliverable=deliverable_ref)
    return action
