"""Refreshing a plan: begun from the plan in force, each priority that it leaves out closed with a record, and closing a plan."""

from datetime import date

from csplan.cycle import plan as plans_rules
from csplan.cycle import plan_refresh as rules
from csplan.errors import CsplanError
from csplan.records import acting, plan_rows
from csplan.records.actions import plan as plans
from csplan.records.models import ClosingRecord, Meeting, Plan, PlanClosing, PlanVersion, Seal


def start(
    *, plan: Plan, slug: str, title: str, starts_on: date, ends_on: date, note: str = "", is_example: bool = False, by: acting.By
) -> PlanVersion:
    """Begin the plan that follows, from the words of the version last agreed. References go on; what is left out is closed by a record."""
    with acting.act("plan.refresh", partnership=plan.partnership, by=by) as deed:
        before = plan.versions.filter(agreement__isnull=False).order_by("-number").first()
        if before is None:
            raise CsplanError(f"No version of {plan} is agreed, so nothing follows it yet. Go on with its draft.")
        if ends_on <= starts_on:
            raise CsplanError("A plan ends after it starts. Correct the days.")
        if Plan.objects.filter(partnership=plan.partnership, slug=slug).exists():
            raise CsplanError(f"There is already a plan “{slug}” here. Give the new one another name for its address.")
        made = Plan.objects.create(
            partnership=plan.partnership,
            slug=slug,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
            refreshes=plan,
            approving=plan.approving,
            is_example=is_example,
            begun_at=deed.at,
        )
        version = plans.first_version(made, before, deed, note=note)
        deed.record("plan version", version.ref, refreshes=plan.slug, begins_from=before.ref)
    return version


def close_priority(
    *,
    version: PlanVersion,
    ref: str,
    outcome: str,
    into: str = "",
    claimed: str,
    evidence: str,
    grade: str,
    lesson: str,
    is_example: bool = False,
    by: acting.By,
) -> ClosingRecord:
    """Write the closing record of a priority of the plan before: what became of it, what was claimed and shown, and what was learnt."""
    with acting.act("plan.refresh", partnership=version.plan.partnership, by=by) as deed:
        if Seal.objects.filter(version=version).exists():
            raise CsplanError(f"{version} is frozen, so its closing records no longer change.")
        before = version.revises
        if before is None or before.plan_id == version.plan_id:
            raise CsplanError(f"{version} follows no other plan, so no priority is closed by it.")
        found = before.priorities.filter(ref=ref).first() if plans_rules.level(ref) == "priority" else None
        if found is None:
            raise CsplanError(f"{before} has no priority {ref}. Choose one that it has.")
        rules.check_closing(outcome=outcome, into=into, grade=grade, claimed=claimed, evidence=evidence, lesson=lesson)
        _check_into(version, into)
        said = {"claimed": claimed.strip(), "evidence": evidence.strip(), "grade": grade, "lesson": lesson.strip()}
        made, _ = ClosingRecord.objects.update_or_create(
            version=version,
            ref=ref,
            defaults={
                "title": found.title,
                "outcome": outcome,
                "into": into,
                **said,
                "is_example": is_example,
                "written_at": deed.at,
                "written_by": deed.user,
            },
        )
        deed.record("closing record", f"{version.ref} {ref}", outcome=outcome, into=into, grade=grade)
    return made


def _check_into(version: PlanVersion, into: str) -> None:
    document = plan_rows.document(version)
    there = {p["ref"] for p in document["priorities"]} | {a["ref"] for a in document["assurance_areas"]}
    if into and into not in there:
        raise CsplanError(f"{into} is not in {version}. Write that priority or assurance area first, or name another.")


def close(*, plan: Plan, meeting: Meeting, reason: str, by: acting.By) -> PlanClosing:
    """Close a plan that nothing follows: from now nothing more is done under it."""
    with acting.act("plan.close", partnership=plan.partnership, by=by) as deed:
        if PlanClosing.objects.filter(plan=plan).exists():
            raise CsplanError(f"{plan} is already closed. Nothing was changed.")
        if not plan.versions.filter(publication__isnull=False).exists():
            raise CsplanError(f"{plan} was never published, so it is withdrawn and not closed.")
        if meeting.partnership_id != plan.partnership_id or meeting.group.kind != "board" or meeting.was_quorate is not True:
            raise CsplanError(
                "Only a meeting of the board that is recorded as held with a quorum closes a plan. Choose such a meeting."
            )
        if not reason.strip():
            raise CsplanError("Say why the plan is closed.")
        made = PlanClosing.objects.create(
            plan=plan, meeting=meeting, reason=reason.strip(), closed_at=deed.at, closed_by=deed.user
        )
        deed.record("plan", plan.slug, closed=True, meeting=meeting.ref)
    return made
