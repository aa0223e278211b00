"""Reporting how a deliverable of an agreed plan stands."""

from csplan.cycle import deliverable as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Plan, PlanClosing, Progress


def report(
    *, plan: Plan, ref: str, state: str, words: str = "", evidence: str = "", is_example: bool = False, by: acting.By
) -> Progress:
    """Say how a deliverable stands. What was said before stays; the newest report stands.

    state : of `cycle.deliverable.STATES`;  evidence : what shows that it is done, needed where it is complete
    """
    with acting.act("deliverable.report", partnership=plan.partnership, by=by) as deed:
        standing = plan.versions.filter(agreement__isnull=False, withdrawal__isnull=True).order_by("-number").first()
        if standing is None:
            raise CsplanError(f"No version of {plan} is agreed, so nothing is reported under it yet.")
        if PlanClosing.objects.filter(plan=plan).exists():
            raise CsplanError(f"{plan} is closed, so nothing more is reported under it. Nothing was changed.")
        if not standing.deliverables.filter(ref=ref).exists():
            raise CsplanError(f"{standing} has no deliverable {ref}. Choose one that it has.")
        before = Progress.objects.filter(plan=plan, ref=ref).order_by("-id").first()
        rules.check_may_report(before.state if before else None, state, words=words, evidence=evidence)
        made = Progress.objects.create(
            plan=plan,
            ref=ref,
            state=state,
            words=words.strip(),
            evidence=evidence.strip(),
            is_example=is_example,
            reported_at=deed.at,
            reported_by=deed.user,
        )
        deed.record("deliverable", f"{plan.slug} {ref}", state=state)
    return made
