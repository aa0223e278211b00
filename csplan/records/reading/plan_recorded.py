"""What the records say of a version beside its words, in the sentences that its paper prints.

Whoever may read the version may read these: none asks for a viewer, so that the paper made in the moment of signing, before the
version is public, says the same as the one made after.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from csplan.cycle import calendar, clock, plan_changes, plan_refresh, plan_text
from csplan.cycle import plan as rules
from csplan.documents.plan_paper_record import Changed, Indicator, Recorded
from csplan.documents.sentences import count
from csplan.evidence.plain_words import listed
from csplan.records import plan_rows
from csplan.records.models import (
    Approval,
    AuthorityPart,
    Body,
    Change,
    ClosingRecord,
    Consultation,
    Dispatch,
    Group,
    Kpi,
    Lock,
    PlanVersion,
    Withdrawal,
)

#: The category of those who must make the plan.
RESPONSIBLE = "responsible authority"
#: What a clause said before is told to this length; the comparison of the two versions has the whole.
LONGEST = 240
#: Fields that need no label beside what they say.
PLAIN = ("title", "words")


def recorded(version: PlanVersion, at: datetime) -> Recorded:
    """Everything that stands in the paper of a version and is not in its seal, as at an instant."""
    withdrawn = Withdrawal.objects.filter(version=version, withdrawn_at__lte=at).exists()
    plan = version.plan
    return Recorded(
        state=state(version, at),
        is_agreed=agreed_at(version, at) is not None,
        is_withdrawn=withdrawn,
        deeds=tuple(_deeds(version, at)),
        authorities=tuple(_authorities(version, at)),
        groups=dict(Group.objects.filter(partnership=plan.partnership).values_list("slug", "name")),
        indicators=tuple(_indicators(version, at)),
        before=_before(version),
        **_changed(version),
        address=f"/{plan.partnership.slug}/plans/{plan.slug}/versions/{version.number}.sealed.json",
    )


def agreed_at(version: PlanVersion, at: datetime) -> datetime | None:
    """When the board agreed the version; None where it had not by then."""
    held = getattr(version, "agreement", None)
    return held.agreed_at if held is not None and held.agreed_at <= at else None


def state(version: PlanVersion, at: datetime) -> str:
    """ "Agreed by the board on 9 March 2020", "Frozen on 17 December 2019 and not agreed"."""
    withdrawn = Withdrawal.objects.filter(version=version, withdrawn_at__lte=at).first()
    if withdrawn is not None:
        return f"Withdrawn on {_day(withdrawn.withdrawn_at)}"
    agreed = agreed_at(version, at)
    if agreed is None:
        return f"Frozen on {_day(version.seal.sealed_at)} and not agreed"
    approved = [f"the {a.group}" for a in Approval.objects.filter(version=version, approved_at__lte=at).select_related("group")]
    return f"Agreed by the board on {_day(agreed)}" + (f" and approved by {listed(approved)}" if approved else "")


def _day(moment: datetime) -> str:
    return calendar.in_words(clock.day_of(moment))


def _deeds(version: PlanVersion, at: datetime) -> Iterator[str]:
    agreed = agreed_at(version, at)
    if agreed is not None:
        held = version.agreement
        yield f"The {held.meeting.group} agreed it on {_day(agreed)}, at the meeting “{held.meeting}”."
        if held.accepted:
            yield f"The board accepted what was still open on that day: {' '.join(held.accepted.values())}"
    for approval in Approval.objects.filter(version=version, approved_at__lte=at).select_related("group", "meeting"):
        yield f"The {approval.group} approved it on {_day(approval.approved_at)}, at the meeting “{approval.meeting}”."
    published = getattr(version, "publication", None)
    if published is not None and published.published_at <= at:
        yield f"It was published on {_day(published.published_at)}."
    for sent in Dispatch.objects.filter(version=version, dispatched_at__lte=at).select_related("body"):
        yield f"It was sent to the {sent.body} on {_day(sent.dispatched_at)}: {sent.how.rstrip('.')}."
    lock = Lock.objects.filter(plan=version.plan, set_at__lte=at).order_by("-set_at").first()
    if lock is not None and agreed is not None:
        yield rules.lock_in_words(lock.rule, clock.day_of(at))
    for gone in Withdrawal.objects.filter(version=version, withdrawn_at__lte=at):
        yield f"It was withdrawn on {_day(gone.withdrawn_at)}: {gone.reason.rstrip('.')}."


def _authorities(version: PlanVersion, at: datetime) -> Iterator[tuple[str, str]]:
    """Each responsible authority of the day of the agreement, or of the day read, with its newest part."""
    day = clock.day_of(agreed_at(version, at) or at)
    parts = AuthorityPart.objects.filter(version=version, recorded_at__lte=at).order_by("recorded_at", "id")
    newest = {part.body_id: part for part in parts}
    for body in Body.objects.filter(partnership=version.plan.partnership, category=RESPONSIBLE).order_by("name"):
        if body.pk in newest or _stood(body, day):
            yield body.name, _part(newest.get(body.pk))


def _stood(body: Body, day: date) -> bool:
    return bool(body.from_on <= day and (body.to_on is None or day <= body.to_on))


def _part(row: AuthorityPart | None) -> str:
    if row is None:
        return ""
    said = f"It {rules.PARTS[row.part]} ({calendar.in_words(row.on)})."
    return f"{said} {row.words}".strip()


def _indicators(version: PlanVersion, at: datetime) -> Iterator[Indicator]:
    """Every indicator adopted by then whose priority the version has."""
    refs = set(version.priorities.values_list("ref", flat=True))
    held = Kpi.objects.filter(partnership=version.plan.partnership, adopted_at__lte=at, priority_ref__in=refs)
    for kpi in held.order_by("priority_ref", "ref"):
        yield Indicator(kpi.ref, kpi.title, kpi.priority_ref, _baseline(kpi), _aim(kpi), kpi.is_example)


def _baseline(kpi: Kpi) -> str:
    if kpi.baseline is None:
        return kpi.baseline_words or "Not known yet"
    return ", ".join(words for words in (_value(kpi.baseline, kpi.unit), kpi.baseline_words) if words)


def _aim(kpi: Kpi) -> str:
    if kpi.target is None:
        return f"It is watched and has no target. {kpi.monitor_only_reason}".strip()
    by = f" by {calendar.in_words(kpi.target_on)}" if kpi.target_on else ""
    return f"{_value(kpi.target, kpi.unit)}{by}"


def _value(value: float, unit: str) -> str:
    return f"{value:,.10g}{unit}" if unit.startswith("%") else f"{value:,.10g} {unit}".strip()


# ---- what changed --------------------------------------------------------------------------------------------


def _before(version: PlanVersion) -> str:
    before = version.revises
    if before is None:
        return ""
    same_plan = before.plan_id == version.plan_id
    return f"version {before.number}" if same_plan else f"the {before.plan}, version {before.number}"


def _changed(version: PlanVersion) -> dict[str, Any]:
    """changes, and where all of them are compared. A plan that follows another tells those that have a reason: the rest is a new text."""
    before = version.revises
    if before is None:
        return {}
    every = list(_changes(version, before))
    if before.plan_id == version.plan_id:
        return {"changes": tuple(changed for changed, _ in every)}
    plan = version.plan
    at = f"/{plan.partnership.slug}/plans/{plan.slug}/versions/{version.number}/compare/{before.plan.slug}/{before.number}/"
    told = tuple(changed for changed, has_reason in every if has_reason)
    return {
        "changes": told,
        "compared": f"The two differ in {count(len(every), 'place')}. They are compared word by word at {at}",
    }


def _changes(version: PlanVersion, before: PlanVersion) -> Iterator[tuple[Changed, bool]]:
    """(change, whether a reason is recorded) of each clause that differs, in the order in which it is read."""
    reasons = {c.clause: c for c in Change.objects.filter(version=version)}
    closed = {f"priority/{c.ref}": c for c in ClosingRecord.objects.filter(version=version)}
    for d in plan_changes.differences(plan_rows.document(before), plan_rows.document(version)):
        values: Any = d.after if d.after is not None else d.before
        why = _why(d.clause, reasons.get(d.clause), closed)
        yield Changed(plan_text.title_of(d.clause, values), d.kind, _said(d), why or "No reason is recorded."), bool(why)


def _said(d: plan_changes.Difference) -> str:
    """What the fields that differ said before, one a line under its label; of a clause that was removed its title alone."""
    if d.before is None:
        return ""
    kind, _ = plan_text.part_of(d.clause)
    names = d.fields if d.after is not None else ("title",)
    lines = [(name, plan_changes.in_words(d.before.get(name))) for name in names]
    words = "\n".join(said if name in PLAIN else f"{kind.field(name).label}: {said}" for name, said in lines if said)
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def _why(clause: str, reason: Change | None, closed: dict[str, ClosingRecord]) -> str:
    if reason is not None:
        return f"{reason.reason.rstrip('.')}. From {plan_changes.REASONS[reason.kind]}."
    kind, ref = plan_text.part_of(clause)
    top = f"priority/{ref.split('.')[0]}"
    if clause in closed:
        row = closed[clause]
        into = f" ({row.into})" if row.into else ""
        return f"It {plan_refresh.OUTCOMES[row.outcome][0]}{into}. What was learnt: {row.lesson}"
    if kind.under == "priority" and top in closed:
        return f"It went with priority {ref.split('.')[0]}."
    return ""


def say(version: PlanVersion, at: datetime) -> tuple[tuple[str, str], date | None]:
    """((title, words) of how people may have a say on a day, the last day of a consultation that is open or None)."""
    asked = Consultation.objects.filter(version__plan=version.plan, planned_at__lte=at).select_related("opening")
    site = f"/{version.plan.partnership.slug}/consultations"
    for one in asked:
        if one.state(at) == "open":
            last = calendar.in_words(one.closes_on)
            words = f"Answer on the partnership’s site at {site}/{one.slug}/ until 23:59 on {last}, or write to {one.write_to}."
            return (f"Have your say by {last}", words), one.closes_on
    words = (
        f"No consultation on this plan is open on this day. You may write to the {version.plan.partnership.contact} at any time."
    )
    return ("How to have a say", words), None
