"""What the writing desk asks of a plan: its versions, the clauses of one, the next free reference, and who wrote last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from csplan.cycle import clock, plan_changes, plan_text, plan_values
from csplan.errors import CsplanError
from csplan.records import plan_rows
from csplan.records.actions import plan as plans
from csplan.records.actions import plan_text as writing
from csplan.records.models import Change, Comment, Edit, Group, Meeting, Membership, Plan, PlanVersion, ScrutinyItem, UnsentWords
from csplan.records.models.record import Viewer
from csplan.records.reading import lint
from csplan.records.reading import plan as reading

#: kind -> the letter before its number
LETTERS = {"assurance-area": "A", "risk": "R", "dependency": "N", "resource": "M"}


@dataclass(frozen=True)
class Written:
    """The last change to a clause: who, by office, and when."""

    person: str
    at: datetime


def versions(partnership: Any, *, viewer: Viewer, at: datetime, is_earlier: bool = False) -> list[dict[str, Any]]:
    """Every plan that the viewer may see, newest first, with its versions, newest first, and what each draft still lacks.

    is_earlier : whether an earlier day is read: what was lacking then is not kept, so nothing is said of it
    """
    held = Plan.objects.visible_to(viewer, at).filter(partnership=partnership).order_by("-starts_on", "slug")
    return [{"plan": plan, "versions": _versions_of(plan, viewer, at, is_earlier)} for plan in held]


def _versions_of(plan: Plan, viewer: Viewer, at: datetime, is_earlier: bool) -> list[dict[str, Any]]:
    rows = PlanVersion.objects.visible_to(viewer, at).filter(plan=plan).select_related("plan__partnership", "seal", "revises")
    return [_about(row, at, is_earlier) for row in rows.order_by("-number")]


def _about(version: PlanVersion, at: datetime, is_earlier: bool) -> dict[str, Any]:
    state = version.state(at) or "draft"
    return {
        "version": version,
        "state": state,
        "drafted_at": version.drafted_at,
        "lacks": lacks(version) if state == "draft" and not is_earlier else [],
    }


def find(partnership: Any, slug: str, number: int, *, viewer: Viewer, at: datetime, is_earlier: bool = False) -> PlanVersion:
    """A version that the viewer may read. A draft changes as it is written, so that none is read as at an earlier day."""
    version = reading.find(partnership, slug, viewer=viewer, at=at, number=number)
    if is_earlier and version.state(at) == "draft":
        raise CsplanError("A draft is read as it stands today, not as at an earlier day. Go back to today.")
    return version


def is_draft(version: PlanVersion) -> bool:
    """Whether its words may still change."""
    return not hasattr(version, "seal") and not hasattr(version, "withdrawal")


def lacks(version: PlanVersion) -> list[str]:
    """A sentence for everything that a draft still lacks: reasons for changes, and what the checks of a plan name."""
    changed = len(plans.unexplained(version))
    reasons = f"{changed} {'change has' if changed == 1 else 'changes have'} no reason yet."
    return [*([reasons] if changed else []), *lint.open_still(version).values()]


def clauses(version: PlanVersion) -> dict[str, dict[str, Any]]:
    """Every clause by its address, in the order in which they are read."""
    return plan_text.clauses(plan_rows.document(version))


def changed(version: PlanVersion) -> dict[str, str]:
    """{address of a clause that differs from the version before: explained, lacking its reason, or free of needing one}."""
    if version.revises is None:
        return {}
    given = set(Change.objects.filter(version=version).values_list("clause", flat=True))
    lacking = must_explain(version)
    return {
        d.clause: "explained" if d.clause in given else "lacking" if d.clause in lacking else "free"
        for d in plans.differences(version)
    }


# ---- references -----------------------------------------------------------------------------------------


def next_ref(version: PlanVersion, kind: plan_text.Kind, under: str = "") -> str:
    """The next free reference of a kind, never one that stood for something before; empty where the writer names it.

    under : for a work area its priority, for a deliverable its work area or its priority
    """
    if kind.key == "slug" or kind.name in ("vision", "section"):
        return ""
    start = _start(kind, under)
    numbers = [ref.removeprefix(start) for ref in _refs_ever(version, kind) if ref.startswith(start)]
    return f"{start}{max((int(n) for n in numbers if n.isdigit()), default=0) + 1}"


def _start(kind: plan_text.Kind, under: str) -> str:
    if kind.name == "work-area":
        return f"{under.split('.')[0]}."
    if kind.name == "deliverable":
        return f"{under if '.' in under else f'{under}.1'}."
    return LETTERS.get(kind.name, "")


def _refs_ever(version: PlanVersion, kind: plan_text.Kind) -> set[str]:
    """References of a kind that stand in this version, stood in one before it, or were taken out of this draft."""
    known = {*clauses(version), *writing.used_before(version), *version.edits.values_list("clause", flat=True)}
    known |= set(UnsentWords.objects.filter(version=version).values_list("clause", flat=True))
    return {ref for name, _, ref in (address.partition("/") for address in known) if name == kind.name}


def check_known(version: PlanVersion, kind: plan_text.Kind, values: Mapping[str, Any]) -> None:
    """Refuse references and groups that are not there, each at its field. Raises plan_values.Refused."""
    here = _refs_here(version)
    problems: dict[str, str] = {}
    for field in kind.fields:
        value = values.get(field.name)
        if field.form == "group" and value and not _groups(version).filter(slug=value).exists():
            problems[field.name] = "Choose one of the groups shown"
        asked = _refs_in(field, value)
        unknown = [ref for ref in asked if ref not in here]
        if unknown:
            problems[field.name] = f"There is no {unknown[0]} in this version. Write it first, or correct the reference"
        if kind.name == "deliverable" and field.name == "work_areas":
            wrong = [ref for ref in asked if ref.count(".") != 1]
            problems |= (
                {field.name: f"{wrong[0]} is no work area. Write references such as 1.2, each on a line of its own"}
                if wrong
                else {}
            )
    if problems:
        raise plan_values.Refused(problems)


def _refs_in(field: plan_text.Field, value: Any) -> list[str]:
    """The references that a value names."""
    if field.form == "refs":
        return list(value or ())
    return [ref for refs in (value or {}).values() for ref in refs] if field.form == "pairs" else []


def _refs_here(version: PlanVersion) -> set[str]:
    return {
        ref for name, _, ref in (a.partition("/") for a in clauses(version)) if name in ("priority", "work-area", "deliverable")
    }


def groups(version: PlanVersion) -> list[tuple[str, str]]:
    """(slug, name) of every group of the partnership."""
    return [(g.slug, g.name) for g in _groups(version)]


def _groups(version: PlanVersion) -> Any:
    return Group.objects.filter(partnership=version.plan.partnership)


# ---- who and when ---------------------------------------------------------------------------------------


def person(user: User, version: PlanVersion) -> str:
    """How a person is called at the desk of the version's partnership, by office."""
    held = Membership.objects.held_by(user, clock.now()).filter(partnership=version.plan.partnership).order_by("role").first()
    return held.person if held else user.get_username()


def last_written(version: PlanVersion, clause: str) -> Written | None:
    """Who changed a clause last, and when; None where nobody has since the version was begun."""
    last = Edit.objects.filter(version=version, clause=clause).order_by("-id").select_related("edited_by").first()
    return Written(person(last.edited_by, version), last.edited_at) if last else None


def began_as(version: PlanVersion, clause: str, began_from: str) -> dict[str, Any] | None:
    """What a clause said when a writer began from it, found again by its fingerprint; None where it was not there."""
    for edit in Edit.objects.filter(version=version, clause=clause).order_by("-id"):
        for values in (edit.after, edit.before):
            if values is not None and plan_text.digest(values) == began_from:
                return dict(values)
    return None


def unsent(version: PlanVersion, user: User) -> list[UnsentWords]:
    """A person's own unfinished words for a version."""
    return list(UnsentWords.objects.filter(version=version, user=user).order_by("clause"))


def kept(version: PlanVersion, clause: str, user: User) -> UnsentWords | None:
    """A person's own unfinished words for one clause; None where there are none."""
    return UnsentWords.objects.filter(version=version, user=user, clause=clause).first()


# ---- reasons --------------------------------------------------------------------------------------------


def differences(version: PlanVersion) -> list[tuple[plan_changes.Difference, Change | None]]:
    """What a version changes in the one it revises, each with its reason where one is given."""
    if version.revises is None:
        return []
    given = {c.clause: c for c in Change.objects.filter(version=version)}
    return [(d, given.get(d.clause)) for d in plans.differences(version)]


def must_explain(version: PlanVersion) -> set[str]:
    """Addresses of what was changed and still needs a reason before the version is frozen."""
    return {d.clause for d in plans.unexplained(version)}


def sources(version: PlanVersion, at: datetime) -> list[tuple[str, str, str]]:
    """(kind of reason, reference, words) of everything that a reason for a change may come from."""
    plan, day = version.plan, clock.day_of(at)
    comments = Comment.objects.filter(version__plan=plan, entered_at__lte=at)
    items = ScrutinyItem.objects.filter(version__plan=plan, listed_at__lte=at)
    meetings = Meeting.objects.filter(partnership=plan.partnership, group__kind="board", starts_at__lt=clock.end_of(day))
    return [
        *(("comment", c.ref, f"Comment {c.ref}: {_short(c.words)}") for c in comments),
        *(("scrutiny", i.ref, f"Scrutiny: {i.title}") for i in items),
        *(("board", m.ref, f"The board: {m.title}") for m in meetings.order_by("-starts_at")),
    ]


def _short(words: str, most: int = 80) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def fingerprint(version: PlanVersion) -> str:
    """A short fingerprint of all that a draft says: a confirm page carries it, so that what is frozen is what was shown."""
    return plan_text.digest(plan_rows.document(version))


def counted(version: PlanVersion) -> list[tuple[plan_text.Kind, int]]:
    """How many clauses of each kind a version has; those that it has none of left out."""
    names = [address.partition("/")[0] for address in clauses(version)]
    return [(kind, names.count(name)) for name, kind in plan_text.KINDS.items() if name in names]
