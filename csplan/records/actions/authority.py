"""What each responsible authority did about a version: contributed, commented, agreed, with a reservation, or did not answer."""

from datetime import date

from csplan.cycle import calendar, clock
from csplan.cycle import plan as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import AuthorityPart, Body, PlanVersion


def record(*, version: PlanVersion, body: Body, part: str, on: date, words: str = "", by: acting.By) -> AuthorityPart:
    """Write down a body's part, with its day. What was written before stays; the newest stands."""
    with acting.act("authority.record", partnership=version.plan.partnership, by=by) as deed:
        if part not in rules.PARTS:
            raise CsplanError(f"“{part}” is no part of an authority. Choose one of: {', '.join(rules.PARTS)}.")
        if body.partnership_id != version.plan.partnership_id or body.category != "responsible authority":
            raise CsplanError(f"{body} is not a responsible authority here. Choose one that is.")
        if not (body.from_on <= on and (body.to_on is None or on <= body.to_on)):
            raise CsplanError(f"{body} was not a responsible authority on {calendar.in_words(on)}. Choose another day or body.")
        if on > clock.day_of(deed.at):
            raise CsplanError(f"{calendar.in_words(on)} has not come yet. Give the day on which it happened.")
        if part == "reservation" and not words.strip():
            raise CsplanError("Say what the reservation is.")
        made = AuthorityPart.objects.create(
            version=version, body=body, part=part, words=words.strip(), on=on, recorded_at=deed.at, recorded_by=deed.user
        )
        deed.record("plan version", version.ref, body=body.code, part=part, on=on.isoformat())
    return made
