"""Links of the golden thread that people make: linking two things, and cutting a link."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from django.db.models import Model

from csplan.cycle import thread
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import (
    Comment,
    Deliverable,
    EqualityAction,
    Finding,
    Partnership,
    PlanVersion,
    Priority,
    ThreadLink,
    WorkArea,
)

#: The kind and the reference of both ends of a link.
Ends: TypeAlias = tuple[str, str, str, str]


def link(
    *, partnership: Partnership, above: thread.Key, below: thread.Key, why: str = "", is_example: bool = False, by: acting.By
) -> ThreadLink:
    """Say that one thing leads to another: a finding to a priority, a comment to a part of a plan, an equality action to a deliverable.

    above, below : kind and reference; a part of a plan is named by plan and reference, such as 2020-25/1.2; a comment and an
        equality action by plan, version and reference, such as 2020-25/1/C1
    """
    with acting.act("thread.link", partnership=partnership, by=by) as deed:
        if (above[0], below[0]) not in thread.BY_HAND:
            raise CsplanError(
                "These two are not linked by hand. Link a finding, a comment or an equality action to a part of the plan."
            )
        for kind, ref in (above, below):
            if not THERE[kind](partnership, ref):
                raise CsplanError(f"There is no {thread.KINDS[kind].title.lower()} “{ref}” here. Choose one that is listed.")
        held = standing(partnership)
        if (*above, *below) in held:
            raise CsplanError("These two are linked already. Nothing was changed.")
        if aside := held.get((*above, *thread.NOBODY)):
            write(deed, above, thread.NOBODY, is_cut=True, why="It is taken up now.", is_example=aside.is_example)
        made = write(deed, above, below, why=why.strip(), is_example=is_example)
        deed.record("thread", above[1], leads_to=list(below))
    return made


def cut(*, partnership: Partnership, above: thread.Key, below: thread.Key, why: str, by: acting.By) -> ThreadLink:
    """End a link, with the reason. Days before go on showing it."""
    with acting.act("thread.link", partnership=partnership, by=by) as deed:
        held = standing(partnership).get((*above, *below))
        if held is None:
            raise CsplanError("There is no such link to cut. Load the page again and choose one that is listed.")
        if not why.strip():
            raise CsplanError("Say why the link is cut.")
        made = write(deed, above, below, is_cut=True, why=why.strip(), is_example=held.is_example)
        deed.record("thread", above[1], cut_from=list(below))
    return made


def standing(partnership: Partnership) -> dict[Ends, ThreadLink]:
    """The links that stand now, by their ends."""
    return standing_of(ThreadLink.objects.filter(partnership=partnership))


def standing_of(rows: Iterable[ThreadLink]) -> dict[Ends, ThreadLink]:
    """Of rows in order of time, those that no later row cuts."""
    held: dict[Ends, ThreadLink] = {}
    for row in rows:
        ends = (row.from_kind, row.from_ref, row.to_kind, row.to_ref)
        held.pop(ends, None)
        if not row.is_cut:
            held[ends] = row
    return held


def write(
    deed: acting.Deed, above: thread.Key, below: thread.Key, *, why: str = "", is_cut: bool = False, is_example: bool = False
) -> ThreadLink:
    """One row, within an action."""
    return ThreadLink.objects.create(
        partnership=deed.partnership,
        from_kind=above[0],
        from_ref=above[1],
        to_kind=below[0],
        to_ref=below[1],
        is_cut=is_cut,
        why=why,
        is_example=is_example,
        linked_at=deed.at,
        linked_by=deed.user,
    )


# ---- whether an end is there ----------------------------------------------------------------------------


def _finding(partnership: Partnership, ref: str) -> bool:
    return Finding.objects.filter(partnership=partnership, ref=ref).exists()


def _comment(partnership: Partnership, ref: str) -> bool:
    version, comment = _within_version(partnership, ref)
    return Comment.objects.filter(version__in=version, ref=comment).exists()


def _equality_action(partnership: Partnership, ref: str) -> bool:
    version, action = _within_version(partnership, ref)
    return EqualityAction.objects.filter(assessment__version__in=version, ref=action).exists()


def _within_version(partnership: Partnership, ref: str) -> tuple[Any, str]:
    """The version that 2020-25/1/C1 names, as rows, and what comes after it."""
    slug, _, rest = ref.partition("/")
    number, _, own = rest.partition("/")
    versions = PlanVersion.objects.filter(plan__partnership=partnership, plan__slug=slug)
    return versions.filter(number=int(number) if number.isdecimal() else 0), own


def _part(parts: type[Model]) -> Callable[[Partnership, str], bool]:
    """Whether the last version of the plan that 2020-25/1.2 names has this part."""

    def is_there(partnership: Partnership, ref: str) -> bool:
        slug, _, own = ref.partition("/")
        last = PlanVersion.objects.filter(plan__partnership=partnership, plan__slug=slug).order_by("-number").first()
        return bool(parts._default_manager.filter(version=last, ref=own).exists())

    return is_there


#: kind -> whether a reference of it is there.
THERE: dict[str, Callable[[Partnership, str], bool]] = {
    "finding": _finding,
    "comment": _comment,
    "equality-action": _equality_action,
    "priority": _part(Priority),
    "work-area": _part(WorkArea),
    "deliverable": _part(Deliverable),
}
