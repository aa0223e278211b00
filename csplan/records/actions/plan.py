"""The partnership plan: drafting a version, freezing it, the board's agreement and lock, publication."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from csplan.cycle import plan as rules
from csplan.errors import CsplanError
from csplan.records import acting, seal
from csplan.records.models import (
    Agreement,
    Alignment,
    Consultation,
    Deliverable,
    EqualityAssessment,
    Kpi,
    Lock,
    Meeting,
    Partnership,
    Plan,
    PlanVersion,
    Priority,
    Publication,
    Seal,
    WorkArea,
)


def draft(*, partnership: Partnership, described: Mapping[str, Any], by: acting.By) -> PlanVersion:
    """Write the next version of a plan as a plan file describes it; the plan itself too when it is the first."""
    about, text = described["plan"], described["version"]
    with acting.act("plan.draft", partnership=partnership, by=by) as deed:
        plan, _ = Plan.objects.get_or_create(partnership=partnership, slug=about["slug"], defaults={**about, "begun_at": deed.at})
        number = plan.versions.count() + 1
        version = PlanVersion.objects.create(plan=plan, number=number, drafted_at=deed.at, drafted_by=deed.user, **text)
        for priority in described["priorities"]:
            _write_priority(version, priority)
        for alignment in described.get("alignments", ()):
            Alignment.objects.create(version=version, **alignment)
        deed.record("plan version", version.ref)
    return version


def _write_priority(version: PlanVersion, described: Mapping[str, Any]) -> None:
    _check_level(described["ref"], "priority")
    priority = Priority.objects.create(
        version=version, ref=described["ref"], title=described["title"], limbs=described.get("limbs", [])
    )
    for area in described["work_areas"]:
        _check_level(area["ref"], "work area")
        WorkArea.objects.create(version=version, priority=priority, **area)
    for deliverable in described.get("deliverables", ()):
        _check_level(deliverable["ref"], "deliverable")
        Deliverable.objects.create(version=version, priority=priority, **deliverable)


def _check_level(ref: str, wanted: str) -> None:
    if rules.level(ref) != wanted:
        raise CsplanError(f"{ref} is the reference of a {rules.level(ref)}, and stands where a {wanted} is. Correct it.")


def freeze(*, version: PlanVersion, by: acting.By) -> Seal:
    """Fix the words of a version for ever and take their fingerprint. From here on a change is a new version."""
    with acting.act("plan.freeze", partnership=version.plan.partnership, by=by) as deed:
        if Seal.objects.filter(version=version).exists():
            raise CsplanError(f"{version} is already frozen. Nothing was changed.")
        before = Seal.objects.filter(version__plan=version.plan, version__number=version.number - 1).first()
        if version.number > 1 and before is None:
            raise CsplanError(f"Version {version.number - 1} is still a draft. Freeze it first: each names the one before.")
        previous = before.sha256 if before else None
        content = seal.version_content(version, previous_sha256=previous, sealed_at=deed.at)
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


def agree(*, version: PlanVersion, meeting: Meeting, accepted: Collection[str] = (), by: acting.By) -> Agreement:
    """Record that the board agreed a frozen version at a meeting.

    accepted : names of what is still open (`findings`) that the board accepts
    Refused with a sentence for each gate of `cycle.plan.GATES` that is shut, and for each finding not accepted.
    """
    with acting.act("plan.agree", partnership=version.plan.partnership, by=by) as deed:
        if Agreement.objects.filter(version=version).exists():
            raise CsplanError(f"{version} is already agreed. Nothing was changed.")
        rules.check_may_agree(gates(version, meeting, deed))
        open_still = findings(version)
        not_accepted = [words for name, words in open_still.items() if name not in accepted]
        if not_accepted:
            raise CsplanError(f"The board has not accepted what is still open: {' '.join(not_accepted)}")
        agreement = Agreement.objects.create(
            version=version, meeting=meeting, accepted=open_still, agreed_at=deed.at, agreed_by=deed.user
        )
        deed.record("plan version", version.ref, meeting=meeting.ref, sha256=version.seal.sha256, accepted=sorted(open_still))
    return agreement


def gates(version: PlanVersion, meeting: Meeting, deed: acting.Deed) -> rules.Gates:
    """The facts that agreement waits for, at the instant of agreeing."""
    asked = Consultation.objects.filter(version=version, opening__isnull=False)
    sealed = Seal.objects.filter(version=version).first()
    authors = {version.drafted_by_id, sealed.sealed_by_id if sealed else None}
    is_board = meeting.partnership == version.plan.partnership and meeting.group.kind == "board"
    return rules.Gates(
        is_frozen=sealed is not None,
        consultation_closed=bool(asked) and all(c.state(deed.at) == "closed" for c in asked),
        consideration_approved=bool(asked) and all(hasattr(c, "consideration_report") for c in asked),
        equality_complete=EqualityAssessment.objects.filter(version=version, completed_at__lte=deed.at).exists(),
        meeting_was_quorate=is_board and meeting.was_quorate is True,
        approver_is_author=deed.user.pk in authors,
    )


def findings(version: PlanVersion) -> dict[str, str]:
    """{name: sentence} of what is still open in a version and does not refuse agreement; the board accepts each by name."""
    deliverables = list(version.deliverables.all())
    without_lead = sum(d.lead is None for d in deliverables)
    without_day = sum(d.due_on is None for d in deliverables)
    measured = set(Kpi.objects.filter(partnership=version.plan.partnership).values_list("priority_ref", flat=True))
    unmeasured = [p.ref for p in version.priorities.all() if p.ref not in measured]
    found = {}
    if without_lead:
        found["leads"] = f"{without_lead} of {len(deliverables)} deliverables name no lead."
    if without_day:
        found["days"] = f"{without_day} of {len(deliverables)} deliverables have no day by which they are due."
    if unmeasured:
        found["indicators"] = f"No indicator measures priority {', '.join(unmeasured)}."
    return found


def lock(*, plan: Plan, meeting: Meeting, starts_on: date, ends_on: date, waits_for: str = "", by: acting.By) -> Lock:
    """Record that the board keeps the priorities as they are between two days; the end is the first free day."""
    with acting.act("plan.agree", partnership=plan.partnership, by=by) as deed:
        if ends_on <= starts_on:
            raise CsplanError("A lock ends after it starts. Correct the days.")
        made = Lock.objects.create(
            plan=plan, meeting=meeting, starts_on=starts_on, ends_on=ends_on, waits_for=waits_for, set_at=deed.at
        )
        deed.record("lock", plan.slug, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat(), waits_for=waits_for)
    return made


def publish(*, version: PlanVersion, by: acting.By) -> Publication:
    """Put an agreed version at the plan's address."""
    with acting.act("plan.publish", partnership=version.plan.partnership, by=by) as deed:
        if not Agreement.objects.filter(version=version).exists():
            raise CsplanError(f"{version} is not agreed yet. It is published after the board agrees it.")
        if Publication.objects.filter(version=version).exists():
            raise CsplanError(f"{version} is already published. Nothing was changed.")
        publication = Publication.objects.create(version=version, published_at=deed.at, published_by=deed.user)
        deed.record("plan version", version.ref, sha256=version.seal.sha256)
    return publication
