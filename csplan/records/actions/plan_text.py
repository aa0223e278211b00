"""Writing a draft: one clause at a time, with nobody's words lost when two people write the same one."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from csplan.cycle import clock, plan_changes, plan_text, plan_values, roles
from csplan.errors import CsplanError
from csplan.records import acting, plan_rows
from csplan.records.actions import clause as clause_rows
from csplan.records.models import Change, Edit, PlanVersion, Seal, UnsentWords

#: What a form carries when the clause was not there yet.
NEW = "new"


class ChangedMeanwhile(CsplanError):
    """Someone else changed the clause since the writer began. Both texts are here, so that neither is lost.

    held : what the clause says now, None where it is gone;  yours : what was sent;  based_on : digest to send with the merged text
    """

    def __init__(self, clause: str, held: Mapping[str, Any] | None, yours: Mapping[str, Any], who: str) -> None:
        self.clause, self.held, self.yours, self.who = clause, held, dict(yours), who
        self.based_on = based_on(held)
        super().__init__(
            f"{who} changed {clause} while you were writing. Nothing is lost: put the two texts together and send that."
        )


def based_on(values: Mapping[str, Any] | None) -> str:
    """What a form carries, to tell whether the clause changed meanwhile."""
    return NEW if values is None else plan_text.digest(values)


def write(*, version: PlanVersion, clause: str, values: Mapping[str, Any], began_from: str, by: acting.By) -> Edit | None:
    """Write one clause of a draft. None, and nothing done, where it says that already.

    values : {field: value} of the fields that the form has; others stay as they are
    began_from : `based_on` of the clause as the writer saw it
    Raises ChangedMeanwhile with both texts when the clause is another by now, `plan_values.Refused` with a sentence for each field.
    """
    with acting.act("plan.write", partnership=version.plan.partnership, by=by) as deed:
        kind, _ = plan_text.part_of(clause)
        _check_draft(version)
        held = plan_rows.clause(version, clause)
        if based_on(held) != began_from:
            raise ChangedMeanwhile(clause, held, values, _last_writer(version, clause))
        before = held or {f.name: plan_text.empty(f) for f in kind.fields}
        after = {**before, **plan_values.checked(kind, values)}
        if held is None:
            _check_new(version, clause, after)
        if held is not None and plan_text.digest(after) == plan_text.digest(held):
            deed.record("plan version", version.ref, clause=clause, changed=False)
            return None
        clause_rows.put(version, clause, after)
        made = _edit(deed, version, clause, held, plan_rows.clause(version, clause))
        UnsentWords.objects.filter(user=deed.user, version=version, clause=clause).delete()
    return made


def take_out(*, version: PlanVersion, clause: str, began_from: str, by: acting.By) -> Edit:
    """Take one clause out of a draft."""
    with acting.act("plan.write", partnership=version.plan.partnership, by=by) as deed:
        _check_draft(version)
        held = plan_rows.clause(version, clause)
        if held is None:
            raise CsplanError(f"{clause} is not in this version. Nothing was changed.")
        if based_on(held) != began_from:
            raise ChangedMeanwhile(clause, held, {}, _last_writer(version, clause))
        clause_rows.take_out(version, clause)
        return _edit(deed, version, clause, held, None)


def explain(*, version: PlanVersion, clause: str, kind: str, reason: str, source: str = "", by: acting.By) -> Change:
    """Say why a revised version changes a clause. Said again before it is frozen, the later reason stands."""
    with acting.act("plan.explain", partnership=version.plan.partnership, by=by) as deed:
        plan_text.part_of(clause)
        _check_draft(version)
        if kind not in plan_changes.REASONS:
            raise CsplanError(f"“{kind}” is no kind of reason. Choose one of: {', '.join(plan_changes.REASONS)}.")
        if not reason.strip():
            raise CsplanError("Say why it was changed, in a sentence that a reader of the plan understands.")
        if kind != "officer" and not source.strip():
            raise CsplanError("Name the comment, the scrutiny item or the meeting that the reason comes from.")
        said = {"kind": kind, "source": source.strip(), "reason": reason.strip(), "given_at": deed.at, "given_by": deed.user}
        made, _ = Change.objects.update_or_create(version=version, clause=clause, defaults=said)
        deed.record("plan version", version.ref, clause=clause, reason=kind, source=source.strip())
    return made


def keep_unsent(*, version: PlanVersion, clause: str, values: Mapping[str, Any], began_from: str, by: User) -> UnsentWords | None:
    """Keep a person's own unfinished words, so that no time-out loses them. Not a change of the plan, so the audit says nothing of it."""
    plan_text.part_of(clause)
    if (
        not acting.who(by, version.plan.partnership).roles & roles.ACTIONS["plan.write"]
        or Seal.objects.filter(version=version).exists()
    ):
        return None
    kept, _ = UnsentWords.objects.update_or_create(
        user=by,
        version=version,
        clause=clause,
        defaults={"values": dict(values), "based_on": began_from, "kept_at": clock.now()},
    )
    return kept


def drop_unsent(*, version: PlanVersion, clause: str, by: User) -> None:
    """Forget a person's own unfinished words for a clause."""
    UnsentWords.objects.filter(user=by, version=version, clause=clause).delete()


def _check_draft(version: PlanVersion) -> None:
    if Seal.objects.filter(version=version).exists():
        raise CsplanError(f"{version} is frozen, so its words no longer change. Begin a revised version, and write there.")
    if hasattr(version, "withdrawal"):
        raise CsplanError(f"{version} is withdrawn, so nothing more is written in it.")


def _check_new(version: PlanVersion, clause: str, after: Mapping[str, Any]) -> None:
    """A reference that once stood for something else is never used again; the same thing may be put back under its own."""
    once = used_before(version).get(clause)
    if once is not None and once.get("title") != after.get("title"):
        raise CsplanError(
            f"{clause} once stood for “{once.get('title')}”, and a reference is never used again. Give the new one another number."
        )


def used_before(version: PlanVersion) -> dict[str, dict[str, Any]]:
    """Clauses of earlier versions, in this plan and in those that it follows, by address, that this version has no more."""
    found: dict[str, dict[str, Any]] = {}
    before = version.revises
    while before is not None:
        found = {**plan_text.clauses(plan_rows.document(before)), **found}
        before = before.revises
    here = plan_text.clauses(plan_rows.document(version))
    return {address: values for address, values in found.items() if address not in here}


def _last_writer(version: PlanVersion, clause: str) -> str:
    last = Edit.objects.filter(version=version, clause=clause).order_by("-id").first()
    return last.edited_by.get_username() if last else "Someone"


def _edit(
    deed: acting.Deed, version: PlanVersion, clause: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Edit:
    made = Edit.objects.create(
        version=version,
        clause=clause,
        before=_plain(before),
        after=_plain(after),
        edited_at=deed.at,
        edited_by=deed.user,
    )
    deed.record("plan version", version.ref, clause=clause, changed=True)
    return made


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The values as JSON holds them."""
    if values is None:
        return None
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
