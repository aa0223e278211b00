"""The yearly review of a plan: begun, and completed with a decision."""

from collections.abc import Mapping

from csplan.cycle import plan_review as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Plan, Review


def begin(*, plan: Plan, year: str, is_example: bool = False, by: acting.By) -> Review:
    """Begin the review of a plan for a year, such as 2020/21. One at a time, and one for each year."""
    with acting.act("plan.review", partnership=plan.partnership, by=by) as deed:
        if Review.objects.filter(plan=plan, year=year).exists():
            raise CsplanError(f"The review of {plan} for {year} has already begun. Go on with that one.")
        if (under_way := Review.objects.filter(plan=plan, completed_at__isnull=True).first()) is not None:
            raise CsplanError(f"The review for {under_way.year} is not completed yet. Complete it first.")
        rules.check_year(year, plan.starts_on, plan.ends_on)
        made = Review.objects.create(plan=plan, year=year, begun_at=deed.at, begun_by=deed.user, is_example=is_example)
        deed.record("review", f"{plan.slug} {year}")
    return made


def complete(
    *,
    review: Review,
    implementation: Mapping[str, Mapping[str, str]],
    indicators: Mapping[str, str],
    what_changed: str,
    decision: str,
    by: acting.By,
) -> Review:
    """Complete a review: what became of each deliverable, what the indicators say, what changed, and whether the plan goes on.

    implementation : {deliverable ref: {"state", "words"}}; every deliverable of the plan is there
    """
    with acting.act("plan.review", partnership=review.plan.partnership, by=by) as deed:
        if review.completed_at is not None:
            raise CsplanError(f"The review for {review.year} is already completed. Nothing was changed.")
        standing = review.plan.versions.filter(agreement__isnull=False).order_by("-number").first()
        wanted = list(standing.deliverables.values_list("ref", flat=True)) if standing else []
        rules.check_complete(wanted, implementation, what_changed, decision)
        review.implementation = {ref: dict(said) for ref, said in implementation.items()}
        review.indicators, review.what_changed, review.decision = dict(indicators), what_changed.strip(), decision
        review.completed_at, review.completed_by = deed.at, deed.user
        review.save()
        deed.record("review", f"{review.plan.slug} {review.year}", decision=decision)
    return review
