"""What happened to a plan and to each of its versions, a line each with its instant, for the history on its page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeAlias

from csplan.cycle import clock, plan_changes, plan_review
from csplan.evidence.plain_words import listed
from csplan.records.models import Approval, Comment, Dispatch, Plan, PlanClosing, PlanVersion, Review, Variation, Withdrawal
from csplan.records.models.record import Viewer
from csplan.records.reading import plan_endings

#: (instant, line)
Event: TypeAlias = tuple[datetime, dict[str, Any]]


def event(moment: datetime, words: str, address: str | None = None, *, is_example: bool = False) -> Event:
    """A line of the history with its instant: `on` its day; `address` under the partnership's."""
    return moment, {"on": clock.day_of(moment), "in": None, "words": words, "address": address, "is_example": is_example}


def of_version(row: PlanVersion, viewer: Viewer, at: datetime) -> Iterator[Event]:
    """Revised, frozen, comments decided, agreed, approved, published, dispatched, withdrawn."""
    moments, address = row.moments(), f"plans/{row.plan.slug}/versions/{row.number}/"
    before = row.revises
    if before is not None and before.plan_id == row.plan_id:
        is_seen = plan_endings.revised(row, viewer, at) is not None
        compared = f"plans/{row.plan.slug}/versions/{before.number}/compare/{row.number}/" if is_seen else None
        yield event(row.drafted_at, f"Version {row.number} was begun, a revision of version {before.number}", compared)
    # A consultation that opened once it was agreed asks how it goes, and is not what it was frozen for.
    asked = [c.opening.opened_at for c in row.consultations.all() if hasattr(c, "opening")]
    is_asked = any(moments.agreed_at is None or opened < moments.agreed_at for opened in asked)
    frozen_for = " for consultation" if is_asked else ""
    steps = (
        (moments.frozen_at, f"Version {row.number} was frozen{frozen_for}"),
        (moments.agreed_at, f"The board agreed version {row.number}"),
        (moments.published_at, f"Version {row.number} was published"),
    )
    yield from (event(moment, words, address) for moment, words in steps if moment)
    yield from _decided(row, viewer, at)
    yield from _signed(row, viewer, at, address)


def _decided(row: PlanVersion, viewer: Viewer, at: datetime) -> Iterator[Event]:
    decided = Comment.objects.visible_to(viewer, at).filter(version=row, decided_at__lte=at)
    for comment in decided:
        words = f"A comment on version {row.number} was decided: {plan_changes.DISPOSITIONS[comment.disposition]}"
        address = f"plans/{row.plan.slug}/comments/#{comment_anchor(comment)}"
        yield event(comment.decided_at, words, address, is_example=comment.is_example)


def comment_anchor(comment: Comment) -> str:
    """Where a comment stands on the page of comments: its reference; with its version's number where an earlier version has it too."""
    earlier = Comment.objects.filter(
        version__plan_id=comment.version.plan_id, version__number__lt=comment.version.number, ref=comment.ref
    )
    return f"{comment.ref}-{comment.version.number}" if earlier.exists() else comment.ref


def _signed(row: PlanVersion, viewer: Viewer, at: datetime, address: str) -> Iterator[Event]:
    for approval in Approval.objects.visible_to(viewer, at).filter(version=row).select_related("group"):
        yield event(approval.approved_at, f"{approval.group.name} approved version {row.number}", address)
    for sent in Dispatch.objects.visible_to(viewer, at).filter(version=row).select_related("body"):
        yield event(sent.dispatched_at, f"Version {row.number} was sent to the {sent.body.name}", address)
    for withdrawn in Withdrawal.objects.visible_to(viewer, at).filter(version=row):
        yield event(withdrawn.withdrawn_at, f"Version {row.number} was withdrawn", address)


def of_plan(plan: Plan, viewer: Viewer, at: datetime) -> Iterator[Event]:
    """Variations of the lock, reviews, the refresh, the closing."""
    for varied in Variation.objects.visible_to(viewer, at).filter(plan=plan):
        words = f"The board let priority {listed(varied.refs)} change inside the lock"
        yield event(varied.set_at, words, f"meetings/{varied.meeting.ref}/")
    # That a review is under way is told by the plan's state, so its beginning is public before what it found is.
    for review in Review.objects.filter(plan=plan):
        yield event(review.begun_at, f"The review for {review.year} began", is_example=review.is_example)
        if review.completed_at is not None:
            yield event(review.completed_at, f"The review for {review.year} was completed: {_decision(review)}", address(review))
    # That a refresh is begun is told like a review; what it is called is told to those who may read it.
    seen = set(Plan.objects.visible_to(viewer, at).filter(refreshes=plan))
    for after in Plan.objects.filter(refreshes=plan):
        told = (f"A refresh was begun: {after.title}", f"plans/{after.slug}/") if after in seen else ("A refresh was begun", None)
        yield event(after.begun_at, *told, is_example=after.is_example)
    for closed in PlanClosing.objects.visible_to(viewer, at).filter(plan=plan):
        yield event(closed.closed_at, "The board closed the plan", f"meetings/{closed.meeting.ref}/")


def _decision(review: Review) -> str:
    return plan_review.DECISIONS[review.decision]


def address(review: Review) -> str:
    """The page of a review, under the partnership's address; the stroke of its year is written as two hyphens."""
    return f"plans/{review.plan.slug}/reviews/{review.year.replace('/', '--')}/"
