"""Recommendations of the scrutiny committee to bodies: made, answered within 28 days, followed until they are done."""

from collections.abc import Sequence
from datetime import date

from csplan.cycle import clock
from csplan.cycle import scrutiny as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Body, Partnership, Recommendation, RecommendationResponse, ScrutinyItem


def make(
    *,
    partnership: Partnership,
    words: str,
    bodies: Sequence[Body],
    made_on: date,
    item: ScrutinyItem | None = None,
    is_example: bool = False,
    by: acting.By,
) -> list[Recommendation]:
    """Record a recommendation, one for each body that it is made to: each answers for itself, and each has its own 28 days."""
    with acting.act("recommendation.make", partnership=partnership, by=by) as deed:
        if not words.strip():
            raise CsplanError("Write what the committee recommends.")
        if not bodies:
            raise CsplanError("Choose the bodies that the recommendation is made to: each must answer it.")
        if any(body.partnership_id != partnership.pk for body in bodies):
            raise CsplanError("A recommendation is made to bodies of this partnership. Choose among them.")
        rules.check_made_on(made_on, clock.day_of(deed.at))
        before = partnership.recommendations.count()
        made = [
            Recommendation.objects.create(
                partnership=partnership,
                item=item,
                body=body,
                ref=f"R{before + n}",
                words=words.strip(),
                made_on=made_on,
                respond_by=rules.respond_by(made_on),
                made_at=deed.at,
                made_by=deed.user,
                is_example=is_example,
            )
            for n, body in enumerate(bodies, start=1)
        ]
        deed.record(
            "recommendation", ", ".join(r.ref for r in made), bodies=[b.code for b in bodies], made_on=made_on.isoformat()
        )
    return made


def respond(
    *, recommendation: Recommendation, standing: str, words: str, came_on: date, is_example: bool = False, by: acting.By
) -> RecommendationResponse:
    """Record what the body answered in writing. Once."""
    with acting.act("recommendation.respond", partnership=recommendation.partnership, by=by) as deed:
        if recommendation.responses.filter(kind="response").exists():
            raise CsplanError(f"The answer to {recommendation.ref} is already recorded. Record how it stands instead.")
        return _record(deed, recommendation, "response", standing, words, came_on, is_example)


def follow(
    *, recommendation: Recommendation, standing: str, words: str, came_on: date, is_example: bool = False, by: acting.By
) -> RecommendationResponse:
    """Record how an answered recommendation stands, as often as the committee asks."""
    with acting.act("recommendation.follow", partnership=recommendation.partnership, by=by) as deed:
        if not recommendation.responses.filter(kind="response").exists():
            raise CsplanError(f"{recommendation.body} has not answered {recommendation.ref} yet. Record its answer first.")
        return _record(deed, recommendation, "progress", standing, words, came_on, is_example)


def _record(
    deed: acting.Deed, to: Recommendation, kind: str, standing: str, words: str, came_on: date, is_example: bool
) -> RecommendationResponse:
    allowed = rules.RESPONSES if kind == "response" else rules.PROGRESS
    if standing not in allowed:
        raise CsplanError(f"Say how it stands: {', '.join(allowed.values())}.")
    if not words.strip():
        raise CsplanError("Write what was answered, in the body’s own words where you have them.")
    if not to.made_on <= came_on <= clock.day_of(deed.at):
        raise CsplanError("It came on or after the day of the report, and not on a day to come. Correct the day.")
    made = RecommendationResponse.objects.create(
        recommendation=to,
        kind=kind,
        standing=standing,
        words=words.strip(),
        came_on=came_on,
        entered_at=deed.at,
        entered_by=deed.user,
        is_example=is_example,
    )
    deed.record("recommendation", to.ref, came=kind, standing=standing, came_on=came_on.isoformat())
    return made
