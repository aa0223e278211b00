"""Signing: the board agrees a version, further bodies approve it, the priorities are locked, and a lock is varied by a minute."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.contrib.auth.models import User

from csplan.cycle import calendar, clock, duties, plan_changes, plan_states
from csplan.cycle import plan as rules
from csplan.errors import CsplanError
from csplan.records import acting, canonical, plan_papers, plan_rows
from csplan.records.actions import plan as plans
from csplan.records.models import (
    Agreement,
    Approval,
    Consultation,
    Decision,
    EqualityAssessment,
    Group,
    Lock,
    Meeting,
    Plan,
    PlanVersion,
    Seal,
    StoredPaper,
    Variation,
)
from csplan.records.reading import duties as duty_facts


def agree(
    *, version: PlanVersion, meeting: Meeting, accepted: Collection[str] = (), sha256: str | None = None, by: acting.By
) -> Agreement:
    """Record that the board agreed a frozen version at a meeting. One transaction: gates and lock asked, duties noted, paper stored.

    accepted : names of what is still open (`findings`) that the board accepts
    sha256 : the fingerprint that the confirm page restated; refused where the version has another
    Refused with a sentence for each gate of `cycle.plan.GATES` that is shut, and for each finding not accepted.
    """
    with acting.act("plan.agree", partnership=version.plan.partnership, by=by) as deed:
        if Agreement.objects.filter(version=version).exists():
            raise CsplanError(f"{version} is already agreed. Nothing was changed.")
        rules.check_may_agree(gates(version, meeting, by=deed.user, at=deed.at))
        plan_states.check_may("agree", version.state(deed.at) or "draft", name=str(version))
        check_not_revised(version)
        check_same(version, sha256)
        check_lay_before(version, meeting)
        check_lock(version, clock.day_of(deed.at))
        open_still = findings(version)
        not_accepted = [words for name, words in open_still.items() if name not in accepted]
        if not_accepted:
            raise CsplanError(f"The board has not accepted what is still open: {' '.join(not_accepted)}")
        on = clock.day_of(deed.at)
        found = duties.evaluate(duty_facts.facts(version.plan.partnership), on)
        agreement = Agreement.objects.create(
            version=version,
            meeting=meeting,
            accepted=open_still,
            version_sha256=version.seal.sha256,
            duties={outcome.rule.id: outcome.finding.status for outcome in found},
            agreed_at=deed.at,
            agreed_by=deed.user,
        )
        papers = _store_papers(version, deed)
        decided = _decide(deed, meeting, "agree", f"{version} was agreed.", version)
        deed.record(
            "plan version",
            version.ref,
            meeting=meeting.ref,
            sha256=version.seal.sha256,
            accepted=sorted(open_still),
            papers=papers,
            decision=fingerprint(decided),
        )
    return agreement


def gates(version: PlanVersion, meeting: Meeting | None, *, by: User, at: datetime) -> rules.Gates:
    """The facts that agreement waits for, at an instant. A revised version rests on the consultation of the one before.

    meeting : None while none is chosen;  by : who would record the agreement
    """
    line = plans.ancestors(version)
    asked = Consultation.objects.filter(version__in=line, opening__isnull=False)
    sealed = Seal.objects.filter(version=version).first()
    is_board = meeting is not None and meeting.partnership == version.plan.partnership and meeting.group.kind == "board"
    return rules.Gates(
        is_frozen=sealed is not None,
        consultation_closed=bool(asked) and all(c.state(at) == "closed" for c in asked),
        consideration_approved=bool(asked) and all(hasattr(c, "consideration_report") for c in asked),
        equality_complete=EqualityAssessment.objects.filter(version=version, completed_at__lte=at).exists(),
        meeting_was_quorate=meeting is not None and is_board and meeting.was_quorate is True,
        approver_is_author=by.pk in authors(version),
    )


def authors(version: PlanVersion) -> set[int]:
    """Ids of everyone who drafted, edited or froze a version, or one that it was revised from."""
    found: set[int] = set()
    for one in plans.ancestors(version):
        found |= {one.drafted_by_id, *one.edits.values_list("edited_by", flat=True)}
        found |= {one.seal.sealed_by_id} if hasattr(one, "seal") else set()
    return found


def findings(version: PlanVersion) -> dict[str, str]:
    """{name: sentence} of what is still open in a version and does not refuse agreement; the board accepts each by name."""
    from csplan.records.reading import lint

    return lint.open_still(version)


def check_not_revised(version: PlanVersion) -> None:
    """Refuse a version from which a later one has been begun: what is signed is the last word."""
    later = version.plan.versions.filter(number__gt=version.number, withdrawal__isnull=True).order_by("number").first()
    if later is not None:
        raise CsplanError(f"Version {later.number} has been begun from {version}. Have that one signed, or withdraw it first.")


def check_same(version: PlanVersion, sha256: str | None) -> None:
    """Refuse where the fingerprint that was restated is not the version's."""
    if sha256 is not None and sha256 != version.seal.sha256:
        raise CsplanError(
            "What the page restated is not this version. Load the page again and check the fingerprint before you sign."
        )


def check_lay_before(version: PlanVersion, meeting: Meeting) -> None:
    """Refuse a meeting that was over before the words of the version were fixed: it cannot have decided on them."""
    if clock.day_of(meeting.starts_at) < clock.day_of(version.seal.sealed_at):
        frozen, met = (calendar.in_words(clock.day_of(i)) for i in (version.seal.sealed_at, meeting.starts_at))
        raise CsplanError(
            f"{version} was frozen on {frozen}, and the meeting was on {met}. Choose a meeting that had it before it."
        )


def check_lock(version: PlanVersion, on: date) -> None:
    """Refuse a version that changes priorities inside a lock without a minuted variation that names them."""
    before = standing(version)
    if before is None:
        return
    changed = plan_changes.changed_priorities(plan_rows.document(before), plan_rows.document(version))
    held = Lock.objects.filter(plan=before.plan).order_by("-set_at").first()
    varied = {ref for v in Variation.objects.filter(plan=before.plan) for ref in v.refs}
    rules.check_may_change_priorities(held.rule if held else None, on, changed=changed, varied=varied)


def standing(version: PlanVersion) -> PlanVersion | None:
    """The version last agreed of this plan, or of the plan that it follows."""
    plan = version.plan
    agreed = PlanVersion.objects.filter(plan__in=[plan, *([plan.refreshes] if plan.refreshes else [])], agreement__isnull=False)
    return agreed.exclude(pk=version.pk).order_by("-agreement__agreed_at").first()


def approve(*, version: PlanVersion, meeting: Meeting, sha256: str | None = None, by: acting.By) -> Approval:
    """Record that a further body, such as Cabinet, approved an agreed version at its meeting. The bodies go in the order the plan gives."""
    plan = version.plan
    with acting.act("plan.approve", partnership=plan.partnership, by=by) as deed:
        plan_states.check_may("approve", version.state(deed.at) or "draft", name=str(version))
        group = _next_to_approve(version, meeting.group)
        if meeting.partnership_id != plan.partnership_id or meeting.was_quorate is not True:
            raise CsplanError("The meeting is not recorded as held with a quorum. Record it first.")
        check_lay_before(version, meeting)
        if deed.user.pk in authors(version):
            raise CsplanError(rules.GATES["approver_is_author"][1])
        check_same(version, sha256)
        made = Approval.objects.create(
            version=version,
            group=group,
            meeting=meeting,
            version_sha256=version.seal.sha256,
            approved_at=deed.at,
            approved_by=deed.user,
        )
        decided = fingerprint(_decide(deed, meeting, "approve", f"{version} was approved.", version))
        told = {"approved_by": group.slug, "meeting": meeting.ref, "sha256": version.seal.sha256}
        deed.record("plan version", version.ref, **told, decision=decided)
    return made


def _next_to_approve(version: PlanVersion, group: Group) -> Group:
    given = set(version.approvals.values_list("group__slug", flat=True))
    waiting = [slug for slug in version.plan.approving if slug not in given]
    if not waiting:
        raise CsplanError(f"No further body has to approve {version}. Nothing was changed.")
    if group.slug != waiting[0]:
        first = Group.objects.get(partnership=version.plan.partnership, slug=waiting[0])
        raise CsplanError(f"{first} approves it next. Record its decision before that of {group}.")
    return group


def _decide(deed: acting.Deed, meeting: Meeting, kind: str, words: str, version: PlanVersion | None) -> Decision:
    return Decision.objects.create(
        meeting=meeting,
        number=meeting.decisions.count() + 1,
        kind=kind,
        words=words,
        version=version,
        version_sha256=version.seal.sha256 if version else "",
        decided_at=deed.at,
        recorded_by=deed.user,
    )


def fingerprint(decision: Decision) -> str:
    """What the audit holds of a decision, so that a changed or missing one is noticed."""
    return canonical.sha256(
        {
            "meeting": decision.meeting.ref,
            "number": decision.number,
            "kind": decision.kind,
            "words": decision.words,
            "sha256": decision.version_sha256,
        }
    )


def _store_papers(version: PlanVersion, deed: acting.Deed) -> dict[str, str]:
    """{form: fingerprint} of the plan's papers, kept as bytes."""
    fingerprints = {}
    for form, content, sha256 in plan_papers.as_agreed(version):
        StoredPaper.objects.create(
            version=version, kind="plan", form=form, content=content, sha256=sha256, stored_at=deed.at, stored_by=deed.user
        )
        fingerprints[form] = sha256
    return fingerprints


def lock(*, plan: Plan, meeting: Meeting, starts_on: date, ends_on: date, waits_for: str = "", by: acting.By) -> Lock:
    """Record that the board keeps the priorities as they are between two days; the end is the first free day."""
    with acting.act("plan.lock", partnership=plan.partnership, by=by) as deed:
        if ends_on <= starts_on:
            raise CsplanError("A lock ends after it starts. Correct the days.")
        _check_board(plan, meeting)
        made = Lock.objects.create(
            plan=plan, meeting=meeting, starts_on=starts_on, ends_on=ends_on, waits_for=waits_for, set_at=deed.at
        )
        words = f"The priorities of {plan} stay as they are until {calendar.in_words(ends_on)}."
        decided = fingerprint(_decide(deed, meeting, "lock", words, None))
        days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
        deed.record("lock", plan.slug, **days, waits_for=waits_for, decision=decided)
    return made


def vary(*, plan: Plan, meeting: Meeting, refs: Sequence[str], reason: str, by: acting.By) -> Variation:
    """Record that the board let locked priorities change, at a meeting whose minutes say so."""
    with acting.act("plan.vary", partnership=plan.partnership, by=by) as deed:
        _check_board(plan, meeting)
        if not refs or any(rules.level(ref) != "priority" for ref in refs):
            raise CsplanError("Name the priorities that may change, such as 1 or 6.")
        if not reason.strip():
            raise CsplanError("Say why the board lets them change.")
        made = Variation.objects.create(
            plan=plan, meeting=meeting, refs=list(refs), reason=reason.strip(), set_at=deed.at, set_by=deed.user
        )
        words = f"Priority {', '.join(refs)} of {plan} may change: {reason.strip()}"
        decided = fingerprint(_decide(deed, meeting, "vary", words, None))
        deed.record("lock", plan.slug, varied=list(refs), meeting=meeting.ref, decision=decided)
    return made


def _check_board(plan: Plan, meeting: Meeting) -> None:
    is_board = meeting.partnership_id == plan.partnership_id and meeting.group.kind == "board"
    if not is_board or meeting.was_quorate is not True:
        raise CsplanError(
            "Only a meeting of the board that is recorded as held with a quorum decides this. Choose such a meeting."
        )
    if not plan.versions.filter(agreement__isnull=False).exists():
        raise CsplanError(f"No version of {plan} is agreed, so its priorities cannot be locked yet. Agree one first.")
