"""Scrutiny: putting a version before the committee, and what the committee recommends."""

from collections.abc import Mapping
from datetime import date

from csplan.cycle import calendar, clock
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Meeting, Office, PlanVersion, ScrutinyItem
from csplan.records.reading import scrutiny as reading


def put_before(
    *,
    version: PlanVersion,
    meeting: Meeting,
    ref: str,
    title: str,
    report_of: Office,
    asked: str,
    comments_by: date | None,
    particulars: Mapping[str, str],
    implications: Mapping[str, str],
    is_example: bool = False,
    by: acting.By,
) -> ScrutinyItem:
    """Put a version on the committee's agenda with a report. Every heading of the implications is answered."""
    with acting.act("meeting.record", partnership=meeting.partnership, by=by) as deed:
        empty = [heading for heading, words in implications.items() if not words.strip()]
        if empty:
            raise CsplanError(f"Nothing is said of {', '.join(empty)}. “No adverse implications” is an answer; empty is not.")
        if lacking := reading.lacks(version, at=deed.at):
            raise CsplanError(" ".join(lacking))
        if ScrutinyItem.objects.filter(partnership=meeting.partnership, ref=ref).exists():
            raise CsplanError(f"There is already a report “{ref}” here. Nothing was changed.")
        item = ScrutinyItem.objects.create(
            partnership=meeting.partnership,
            version=version,
            meeting=meeting,
            ref=ref,
            title=title,
            report_of=report_of,
            asked=asked,
            comments_by=comments_by,
            particulars=dict(particulars),
            implications=dict(implications),
            listed_at=deed.at,
            is_example=is_example,
        )
        deed.record("scrutiny item", ref, version=version.ref, meeting=meeting.ref)
    return item


def recommend(*, item: ScrutinyItem, recommendation: str, by: acting.By) -> ScrutinyItem:
    """Record what the committee recommends, once its meeting has begun."""
    with acting.act("scrutiny.recommend", partnership=item.partnership, by=by) as deed:
        if item.recommended_at is not None:
            raise CsplanError("What the committee recommends on this item is already recorded. Nothing was changed.")
        if deed.at < item.meeting.starts_at:
            day = calendar.in_words(clock.day_of(item.meeting.starts_at))
            raise CsplanError(f"The committee meets on {day} and has not begun. Record what it recommends afterwards.")
        if not recommendation.strip():
            raise CsplanError("Write what the committee recommends; that it recommends nothing is an answer too.")
        item.recommendation, item.recommended_at, item.recommended_by = recommendation.strip(), deed.at, deed.user
        item.save()
        deed.record("scrutiny item", item.ref, recommended=True)
    return item
