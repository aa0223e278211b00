"""The partnership plan: drafting a version, revising it, freezing it, publishing, withdrawing and dispatching it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from csplan.cycle import clock, plan_changes, plan_states, plan_text
from csplan.cycle import plan as rules
from csplan.errors import CsplanError
from csplan.evidence import references
from csplan.records import acting, lookup, plan_rows, seal
from csplan.records.actions import clause as clause_rows
from csplan.records.actions import equality
from csplan.records.models import (
    Body,
    Change,
    ClosingRecord,
    Dispatch,
    EqualityAssessment,
    Partnership,
    Plan,
    PlanVersion,
    Publication,
    Seal,
    Withdrawal,
)

#: The texts of a version -> its live figures as they are sealed. Raises CsplanError naming the first that is not found.
Figures: TypeAlias = Callable[[Sequence[str]], Sequence[Mapping[str, Any]]]


def draft(*, partnership: Partnership, described: Mapping[str, Any], by: acting.By) -> PlanVersion:
    """Write the next version of a plan as a plan file describes it; the plan itself too when it is the first."""
    about, text = described["plan"], described["version"]
    with acting.act("plan.draft", partnership=partnership, by=by) as deed:
        plan = _plan(partnership, about, deed)
        version = _next(plan, deed, _last_of(plan.refreshes) if plan.refreshes else None, text)
        _write(version, {**described, "vision": text["vision"]})
        deed.record("plan version", version.ref)
    return version


def _plan(partnership: Partnership, about: Mapping[str, Any], deed: acting.Deed) -> Plan:
    """The plan of a plan file; made where it is not there. `refreshes` : the slug of the plan that it follows."""
    held = Plan.objects.filter(partnership=partnership)
    if (found := held.filter(slug=about["slug"]).first()) is not None:
        return found
    before = about.get("refreshes")
    follows = lookup.one(held, f"plan “{before}”", slug=before) if before else None
    return Plan.objects.create(partnership=partnership, **{**about, "refreshes": follows, "begun_at": deed.at})


def _last_of(plan: Plan) -> PlanVersion | None:
    """The version of a plan that a plan after it begins from: the last one agreed."""
    return plan.versions.filter(agreement__isnull=False).order_by("-number").first()


def revise(*, version: PlanVersion, by: acting.By) -> PlanVersion:
    """Begin the next version of the same plan from the words of a frozen one. What then changes needs a reason before it is frozen."""
    with acting.act("plan.revise", partnership=version.plan.partnership, by=by) as deed:
        _check_frozen(version)
        if version.number != version.plan.versions.count():
            raise CsplanError(f"{version} is not the last of its plan. Revise the last one.")
        made = _next(version.plan, deed, version, _about(version))
        _write(made, plan_rows.document(version))
        carried = _carry_equality(version, made, deed)
        deed.record("plan version", made.ref, revises=version.ref, equality_goes_on=carried)
    return made


def first_version(plan: Plan, before: PlanVersion, deed: acting.Deed, *, note: str) -> PlanVersion:
    """The first version of a plan that follows another, with the words of the version that it begins from. Within an action."""
    made = _next(plan, deed, before, {**_about(before), "priorities_agreed_in": "", "note": note})
    _write(made, plan_rows.document(before))
    return made


def _carry_equality(before: PlanVersion, after: PlanVersion, deed: acting.Deed) -> bool:
    """The equality assessment goes on with the revised version, for its owner, and is signed for that version anew."""
    held = EqualityAssessment.objects.filter(version=before).first()
    if held is None:
        return False
    made = EqualityAssessment.objects.create(
        version=after, owner=held.owner, started_at=deed.at, started_by=held.started_by, is_example=held.is_example
    )
    equality.carry_over(held, made)
    return True


def _about(version: PlanVersion) -> dict[str, Any]:
    return {"vision": version.vision, "priorities_agreed_in": version.priorities_agreed_in, "note": version.note}


def _next(plan: Plan, deed: acting.Deed, revises: PlanVersion | None, text: Mapping[str, Any]) -> PlanVersion:
    number = plan.versions.count() + 1
    return PlanVersion.objects.create(plan=plan, number=number, revises=revises, drafted_at=deed.at, drafted_by=deed.user, **text)


def _write(version: PlanVersion, document: plan_text.Document) -> None:
    """Write every clause of a text into a new version."""
    for address, values in plan_text.clauses(document).items():
        kind, ref = plan_text.part_of(address)
        _check_level(ref, kind.name)
        clause_rows.put(version, address, values)
    examples = [d["ref"] for p in document.get("priorities", ()) for d in p.get("deliverables", ()) if d.get("is_example")]
    version.deliverables.filter(ref__in=examples).update(is_example=True)


def _check_level(ref: str, kind: str) -> None:
    wanted = {"priority": "priority", "work-area": "work area", "deliverable": "deliverable"}.get(kind)
    if wanted and rules.level(ref) != wanted:
        raise CsplanError(f"{ref} is the reference of a {rules.level(ref)}, and stands where a {wanted} is. Correct it.")


def freeze(*, version: PlanVersion, figures: Figures | None = None, by: acting.By) -> Seal:
    """Seal the words of a version for ever and take their fingerprint. From here on a change is a new version.

    figures : finds the live figures of the text, which are sealed with their values; needed where the text has any
    """
    with acting.act("plan.freeze", partnership=version.plan.partnership, by=by) as deed:
        if Seal.objects.filter(version=version).exists():
            raise CsplanError(f"{version} is already frozen. Nothing was changed.")
        plan_states.check_may("freeze", version.state(deed.at) or "draft", name=str(version))
        previous = _previous_sha256(version)
        check_explained(version)
        held = tuple(figures(texts(version))) if figures else _no_figures(texts(version))
        content = seal.version_content(version, previous_sha256=previous, sealed_at=deed.at, figures=held)
        made = Seal.objects.create(
            version=version,
            content=content,
            sha256=seal.digest(content),
            previous_sha256=previous,
            sealed_at=deed.at,
            sealed_by=deed.user,
        )
        deed.record("plan version", version.ref, sha256=made.sha256)
    return made


def _no_figures(words: Sequence[str]) -> tuple[Mapping[str, Any], ...]:
    """Nothing to seal beside the text; refused where the text has live figures and nobody looked them up."""
    asked = next((w for text in words for w in references.written(text)), None)
    if asked is not None:
        raise CsplanError(f"The text has live figures, such as {{{asked.ref}}}. Freeze it where the evidence is at hand.")
    return ()


def texts(version: PlanVersion) -> list[str]:
    """Every text of a version in which a live figure may stand."""
    found = []
    for address, values in plan_text.clauses(plan_rows.document(version)).items():
        kind, _ = plan_text.part_of(address)
        found += [values[f.name] for f in kind.fields if f.form == "words" and values[f.name]]
    return found


def _previous_sha256(version: PlanVersion) -> str | None:
    before = Seal.objects.filter(version__plan=version.plan, version__number=version.number - 1).first()
    if version.number > 1 and before is None:
        raise CsplanError(f"Version {version.number - 1} is still a draft. Freeze it first: each names the one before.")
    return before.sha256 if before else None


def check_explained(version: PlanVersion) -> None:
    """Refuse a revised version while a clause changed without a reason, or a priority left without its closing record."""
    lacking = unexplained(version)
    if lacking:
        named = ", ".join(plan_text.title_of(d.clause, d.after or d.before or {}) for d in lacking)
        raise CsplanError(f"No reason is given for what changed in: {named}. Say why, so that readers can follow the change.")


def unexplained(version: PlanVersion) -> list[plan_changes.Difference]:
    """What a version changes in the one it revises and gives no reason for; nothing for a version that revises none."""
    if version.revises is None:
        return []
    is_refresh = version.revises.plan_id != version.plan_id
    given = set(Change.objects.filter(version=version).values_list("clause", flat=True))
    given |= {f"priority/{ref}" for ref in ClosingRecord.objects.filter(version=version).values_list("ref", flat=True)}
    lacking = [d for d in differences(version) if d.clause not in given and not _follows_a_closing(d, given)]
    return [d for d in lacking if _is_closed_priority(d)] if is_refresh else lacking


def differences(version: PlanVersion) -> tuple[plan_changes.Difference, ...]:
    """What a version changes in the one it revises."""
    assert version.revises is not None
    return plan_changes.differences(plan_rows.document(version.revises), plan_rows.document(version))


def _is_closed_priority(d: plan_changes.Difference) -> bool:
    """A plan that follows another explains the priorities that it leaves out, each by a closing record."""
    return d.after is None and plan_text.part_of(d.clause)[0].name == "priority"


def _follows_a_closing(d: plan_changes.Difference, given: set[str]) -> bool:
    """A work area or deliverable that leaves with its priority needs no reason of its own."""
    kind, ref = plan_text.part_of(d.clause)
    return kind.under == "priority" and d.after is None and f"priority/{ref.split('.')[0]}" in given


def publish(*, version: PlanVersion, by: acting.By) -> Publication:
    """Put an agreed version, approved by every body that must approve it, at the plan's address."""
    with acting.act("plan.publish", partnership=version.plan.partnership, by=by) as deed:
        if not hasattr(version, "agreement"):
            raise CsplanError(f"{version} is not agreed yet. It is published after the board agrees it.")
        if Publication.objects.filter(version=version).exists():
            raise CsplanError(f"{version} is already published. Nothing was changed.")
        state = version.state(deed.at) or "draft"
        plan_states.check_may("publish", state, name=str(version))
        if version.plan.approving and state != "approved":
            raise CsplanError(f"{version} is agreed and not yet approved by every body that must. Have those approve it first.")
        publication = Publication.objects.create(version=version, published_at=deed.at, published_by=deed.user)
        deed.record("plan version", version.ref, sha256=version.seal.sha256)
    return publication


def withdraw(*, version: PlanVersion, reason: str, by: acting.By) -> Withdrawal:
    """Withdraw a version: nothing more may be done with it, and its frozen bytes stay at their address."""
    with acting.act("plan.withdraw", partnership=version.plan.partnership, by=by) as deed:
        if not reason.strip():
            raise CsplanError("Say why the version is withdrawn, so that readers understand it.")
        rules.check_may_withdraw(is_agreed=hasattr(version, "agreement"), held=deed.actor.roles)
        plan_states.check_may("withdraw", version.state(deed.at) or "draft", name=str(version))
        made = Withdrawal.objects.create(version=version, reason=reason.strip(), withdrawn_at=deed.at, withdrawn_by=deed.user)
        deed.record("plan version", version.ref, withdrawn=True)
    return made


def dispatch(*, version: PlanVersion, body: Body, how: str, by: acting.By) -> Dispatch:
    """Record that an agreed version was sent to the local policing body: a fact apart from agreement and publication."""
    with acting.act("plan.dispatch", partnership=version.plan.partnership, by=by) as deed:
        if not hasattr(version, "agreement"):
            raise CsplanError(f"{version} is not agreed yet. It is sent after the board agrees it.")
        day = clock.day_of(deed.at)
        if body.partnership_id != version.plan.partnership_id or body.kind != "local policing body":
            raise CsplanError(f"{body} is not the local policing body here. The plan is sent to that body.")
        if not (body.from_on <= day and (body.to_on is None or day <= body.to_on)):
            raise CsplanError(f"{body} does not hold that office on this day. Choose the body that does.")
        if not how.strip():
            raise CsplanError("Say how it was sent, such as by e-mail to which office.")
        made = Dispatch.objects.create(
            version=version, body=body, how=how.strip(), dispatched_at=deed.at, dispatched_by=deed.user
        )
        deed.record("plan version", version.ref, dispatched_to=body.code)
    return made


def _check_frozen(version: PlanVersion) -> None:
    if not Seal.objects.filter(version=version).exists():
        raise CsplanError(
            f"{version} is still a draft. Freeze it first: a revised version begins from words that no longer change."
        )


def ancestors(version: PlanVersion) -> list[PlanVersion]:
    """The version and those of the same plan that it was revised from, newest first."""
    found = [version]
    while (before := found[-1].revises) is not None and before.plan_id == version.plan_id:
        found.append(before)
    return found
