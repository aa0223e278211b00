"""How it fits together at an instant: findings, a version of a plan, indicators, readings, reviews, comments and changes as one graph."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import Q

from csplan.cycle import periods, plan_text
from csplan.cycle import plan as rules
from csplan.cycle.thread import NOBODY, PARTS, Graph, Key, Link, Node
from csplan.documents.sentences import value_words
from csplan.records import lookup
from csplan.records.actions import plan as plans
from csplan.records.actions import thread as actions
from csplan.records.models import (
    Change,
    Comment,
    EqualityAction,
    Finding,
    Kpi,
    Partnership,
    PlanVersion,
    Reading,
    Review,
    ThreadLink,
)
from csplan.records.models.record import Viewer
from csplan.records.reading import plan as plan_reading

#: What a graph is made from.
Piece: TypeAlias = Node | Link

#: A plan stands for the partnership by its state: what is agreed goes before what is asked about.
STANDING = (
    *("in force", "in review", "published", "approved", "agreed", "ended", "refreshed", "superseded", "closed"),
    *("frozen", "considered", "revised"),
)
#: Decisions on a comment after which a change is expected.
ACCEPTED = ("accepted", "partly")
#: A comment or a reason longer than this is cut where it stands as a name.
LONGEST = 140


def standing_slug(partnership: Partnership, *, at: datetime) -> str | None:
    """The plan that stands for everyone on a day: the agreed one; before there is one, the draft that is asked about."""
    public = [p for p in plan_reading.plans(partnership, viewer=None, at=at) if p["state"] in STANDING]
    return min(public, key=lambda p: (p["is_example"], STANDING.index(p["state"])))["slug"] if public else None


def graph(partnership: Partnership, version: PlanVersion | None, *, viewer: Viewer, at: datetime) -> Graph:
    """Everything that hangs together with a version of a plan. Without one: the findings and the indicators alone."""
    by_hand = actions.standing_of(ThreadLink.objects.visible_to(viewer, at).filter(partnership=partnership))
    slug = version.plan.slug if version else None
    pieces: list[Piece] = [*_findings(partnership, by_hand, slug, viewer, at)]
    if version is not None:
        reasons = _reasons(version, viewer, at)
        pieces += [*_plan(version), *_ambitions(version), *_comments(version, reasons, viewer, at), *_changes(version, reasons)]
        pieces += [*_equality(version, viewer, at), *_reviews(version, viewer, at), *_by_hand(by_hand, version)]
    pieces += _kpis(partnership, version, viewer, at)
    nodes = tuple(p for p in pieces if isinstance(p, Node))
    held = {n.key for n in nodes}
    return Graph(nodes, tuple(p for p in pieces if isinstance(p, Link) and {p.above, p.below} <= held))


def kind_of(ref: str) -> str:
    """ "1" is a priority, "1.2" a work-area, "1.2.3" a deliverable."""
    return rules.level(ref).replace(" ", "-")


def in_order(ref: str) -> list[int]:
    """References in the order of their numbers: 1.10 after 1.9."""
    return [int(n) for n in ref.split(".")]


# ---- the plan -------------------------------------------------------------------------------------------


def _plan(version: PlanVersion) -> Iterator[Piece]:
    """Priorities, work areas and deliverables, and what the plan says of how they hang together."""
    for p in sorted(version.priorities.all(), key=lambda p: in_order(p.ref)):
        yield Node("priority", p.ref, p.title)
    for w in sorted(version.work_areas.select_related("priority"), key=lambda w: in_order(w.ref)):
        yield Node("work-area", w.ref, w.title)
        yield Link(("priority", w.priority.ref), ("work-area", w.ref))
    for d in sorted(version.deliverables.select_related("priority"), key=lambda d: in_order(d.ref)):
        said = frozenset({"lead"} if d.lead else ())
        yield Node("deliverable", d.ref, d.title, said=said, why=d.why, is_example=d.is_example)
        above = [("work-area", ref) for ref in d.work_areas] or [("priority", d.priority.ref)]
        yield from (Link(key, ("deliverable", d.ref)) for key in above)


def _ambitions(version: PlanVersion) -> Iterator[Piece]:
    for a in version.alignments.all():
        for number, ambition in enumerate(dict.fromkeys([*a.ambitions, *a.delivers]), start=1):
            key = ("ambition", f"{a.slug}/{number}")
            yield Node(*key, f"{ambition} ({a.title})")
            yield from (Link(key, (kind_of(ref), ref)) for ref in a.delivers.get(ambition, ()))


def _reasons(version: PlanVersion, viewer: Viewer, at: datetime) -> list[Change]:
    """The reasons for what the plan's versions changed: this one's, those it was revised from, and later ones that may be seen."""
    line = Q(version__in=plans.ancestors(version))
    later = Q(version__in=PlanVersion.objects.visible_to(viewer, at).filter(plan=version.plan))
    return list(Change.objects.filter(line | later, given_at__lte=at).select_related("version"))


def _comments(version: PlanVersion, reasons: Iterable[Change], viewer: Viewer, at: datetime) -> Iterator[Piece]:
    """What was said of this version and of those before it, and what it led to."""
    held = Comment.objects.visible_to(viewer, at).filter(version__plan=version.plan, version__number__lte=version.number)
    for c in held.select_related("version"):
        key = ("comment", f"{c.version.number}/{c.ref}")
        is_accepted = c.decided_at is not None and c.decided_at <= at and c.disposition in ACCEPTED
        yield Node(*key, _short(c.words), said=frozenset({"accepted"} if is_accepted else ()), is_example=c.is_example)
        yield from _about(key, c.clause)
        yield from (Link(key, ("change", f"{r.version.number}/{r.clause}")) for r in reasons if _led_to(c, r))


def _led_to(comment: Comment, change: Change) -> bool:
    """Whether a change of this version or a later one names the comment as its reason, or the comment's clause and what it came with."""
    if change.version.number < comment.version.number:
        return False
    if change.kind == "comment" and change.source in (comment.ref, f"{comment.version.number}/{comment.ref}"):
        return True
    return bool(comment.came_with) and change.source == comment.came_with and change.clause == comment.clause


def _changes(version: PlanVersion, reasons: Iterable[Change]) -> Iterator[Piece]:
    """What versions changed in the one before, with the reason; a draft's changes without one, too."""
    for c in reasons:
        key = ("change", f"{c.version.number}/{c.clause}")
        yield Node(*key, _short(f"{_clause(c.clause)}: {c.reason}"), said=frozenset({"reason"} if c.reason.strip() else ()))
        yield from _about(key, c.clause)
    for d in () if hasattr(version, "seal") else plans.unexplained(version):
        key = ("change", f"{version.number}/{d.clause}")
        yield Node(*key, f"{plan_text.title_of(d.clause, d.after or d.before or {})} was {d.kind}")
        yield from _about(key, d.clause)


def _clause(address: str) -> str:
    return plan_text.title_of(address, {})


def _about(key: Key, clause: str) -> Iterator[Link]:
    """A link to the part of the plan that a clause is."""
    kind, _, ref = clause.partition("/")
    if kind in PARTS:
        yield Link(key, (kind, ref))


def _equality(version: PlanVersion, viewer: Viewer, at: datetime) -> Iterator[Piece]:
    for a in EqualityAction.objects.visible_to(viewer, at).filter(assessment__version=version):
        key = ("equality-action", f"{version.number}/{a.ref}")
        yield Node(*key, a.title, said=frozenset({"owner"} if a.owner.strip() else ()), is_example=a.is_example)
        yield Link(key, ("deliverable", a.deliverable_ref))


def _reviews(version: PlanVersion, viewer: Viewer, at: datetime) -> Iterator[Piece]:
    for r in Review.objects.visible_to(viewer, at).filter(plan=version.plan, completed_at__lte=at):
        key = ("review", r.year)
        yield Node(*key, f"Review for {r.year}", is_example=r.is_example)
        yield from (Link(("deliverable", ref), key) for ref in r.implementation)
        yield from (Link(("kpi", ref), key) for ref in r.indicators)


# ---- evidence and measurement ---------------------------------------------------------------------------


def _findings(
    partnership: Partnership, by_hand: Mapping[actions.Ends, ThreadLink], slug: str | None, viewer: Viewer, at: datetime
) -> Iterator[Node]:
    """The findings that this plan takes up, and those that no plan does; what another plan takes up stands there."""
    for f in Finding.objects.visible_to(viewer, at).filter(partnership=partnership):
        leads_to = [row for row in by_hand.values() if (row.from_kind, row.from_ref) == ("finding", f.ref)]
        taken_up_in = {row.to_ref.partition("/")[0] for row in leads_to if row.to_kind == "priority"}
        if taken_up_in and slug not in taken_up_in:
            continue
        why = next((row.why for row in leads_to if (row.to_kind, row.to_ref) == NOBODY), "")
        yield Node("finding", f.ref, f.title, set_aside=why, is_example=f.is_example)


def _kpis(partnership: Partnership, version: PlanVersion | None, viewer: Viewer, at: datetime) -> Iterator[Piece]:
    """The indicators, what each measures, and its last reading that is public."""
    served = {d.ref: set(d.work_areas) for d in version.deliverables.all()} if version else {}
    latest = _latest(partnership, at)
    for k in Kpi.objects.visible_to(viewer, at).filter(partnership=partnership):
        key = ("kpi", k.ref)
        yield Node(*key, k.title, is_example=k.is_example and not k.computed_from)
        yield from (Link(("work-area", ref), key) for ref in k.work_areas)
        if not k.work_areas:
            yield Link(("priority", k.priority_ref), key)
        yield from (Link(("deliverable", ref), key) for ref, areas in served.items() if areas & set(k.work_areas))
        if (r := latest.get(k.pk)) is not None:
            words = f"{value_words(r.value, k.unit)} in {periods.parse(r.period).title}"
            yield Node("reading", f"{k.ref} {r.period}", words, is_example=r.is_example)
            yield Link(key, ("reading", f"{k.ref} {r.period}"))


def _latest(partnership: Partnership, at: datetime) -> dict[int, Reading]:
    """{indicator: its last public reading}"""
    held = Reading.objects.visible_to(None, at).filter(kpi__partnership=partnership).only("kpi", "period", "value", "is_example")
    return {r.kpi_id: r for r in sorted(held, key=lambda r: periods.parse(r.period).to_month)}


def _by_hand(rows: Mapping[actions.Ends, ThreadLink], version: PlanVersion) -> Iterator[Link]:
    """The links that people made to parts of this plan."""
    for row in rows.values():
        above, below = _here((row.from_kind, row.from_ref), version), _here((row.to_kind, row.to_ref), version)
        if above and below:
            yield Link(above, below)


def _here(end: Key, version: PlanVersion) -> Key | None:
    """An end of a link as this plan's graph names it; None for one of another plan."""
    kind, ref = end
    if kind == "finding":
        return end
    slug, _, own = ref.partition("/")
    return (kind, own) if slug == version.plan.slug else None


def _short(words: str) -> str:
    return textwrap.shorten(words, LONGEST, placeholder=" …")


# ---- one finding, and what may be linked ----------------------------------------------------------------


def findings(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every finding, the first first, with what takes it up, or why nothing does."""
    by_hand = actions.standing_of(ThreadLink.objects.visible_to(viewer, at).filter(partnership=partnership))
    titles = _priorities(partnership, viewer, at)
    return [_finding(f, by_hand.values(), titles) for f in Finding.objects.visible_to(viewer, at).filter(partnership=partnership)]


def finding(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """One finding."""
    held = Finding.objects.visible_to(viewer, at).filter(partnership=partnership)
    lookup.one(held, f"finding “{ref}”", ref=ref)
    return next(f for f in findings(partnership, viewer=viewer, at=at) if f["ref"] == ref)


def _finding(row: Finding, by_hand: Iterable[ThreadLink], titles: Mapping[str, str]) -> dict[str, Any]:
    leads_to = [link for link in by_hand if (link.from_kind, link.from_ref) == ("finding", row.ref)]
    taken_up = [link.to_ref for link in leads_to if link.to_ref in titles]
    return {
        "ref": row.ref,
        "title": row.title,
        "words": row.words or None,
        "observation": row.observation or None,
        "source": row.source or None,
        "found_at": row.found_at,
        "is_example": row.is_example,
        "taken_up": [{"plan": ref.split("/")[0], "ref": ref.split("/")[1], "title": titles[ref]} for ref in taken_up],
        "not_taken_up": next((link.why for link in leads_to if (link.to_kind, link.to_ref) == NOBODY), None),
    }


def _priorities(partnership: Partnership, viewer: Viewer, at: datetime) -> dict[str, str]:
    """{plan/reference: title} of the priorities of every plan that may be seen."""
    return {
        f"{p['slug']}/{row.ref}": row.title
        for p in plan_reading.plans(partnership, viewer=viewer, at=at)
        for row in plan_reading.find(partnership, p["slug"], viewer=viewer, at=at, number=p["version"]).priorities.all()
    }


def to_link(partnership: Partnership, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What the desk offers: findings, priorities {plan/reference: title}, and the links that stand."""
    by_hand = actions.standing_of(ThreadLink.objects.visible_to(viewer, at).filter(partnership=partnership))
    return {
        "findings": findings(partnership, viewer=viewer, at=at),
        "priorities": _priorities(partnership, viewer, at),
        "links": [
            {"above": (r.from_kind, r.from_ref), "below": (r.to_kind, r.to_ref), "why": r.why, "linked_at": r.linked_at}
            for r in by_hand.values()
        ],
    }
