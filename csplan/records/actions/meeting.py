"""Meetings: announced, then recorded."""

from datetime import datetime

from csplan.cycle import calendar, clock
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Group, Meeting


def announce(*, group: Group, ref: str, title: str, starts_at: datetime, is_example: bool = False, by: acting.By) -> Meeting:
    """Say when a group will meet."""
    with acting.act("meeting.record", partnership=group.partnership, by=by) as deed:
        meeting = Meeting.objects.create(
            partnership=group.partnership,
            group=group,
            ref=ref,
            title=title,
            starts_at=starts_at,
            announced_at=deed.at,
            is_example=is_example,
        )
        deed.record("meeting", ref, group=group.slug, starts_at=clock.day_of(starts_at).isoformat())
    return meeting


def record(*, meeting: Meeting, was_quorate: bool, minute: str, by: acting.By) -> Meeting:
    """Say that the meeting was held, whether it had a quorum, and what was noted."""
    with acting.act("meeting.record", partnership=meeting.partnership, by=by) as deed:
        if meeting.recorded_at is not None:
            raise CsplanError("What happened at this meeting is already recorded. Nothing was changed.")
        if deed.at < meeting.starts_at:
            day = calendar.in_words(clock.day_of(meeting.starts_at))
            raise CsplanError(f"The meeting is on {day} and has not begun. Record it afterwards.")
        meeting.was_quorate, meeting.minute = was_quorate, minute
        meeting.recorded_at, meeting.recorded_by = deed.at, deed.user
        meeting.save()
        deed.record("meeting", meeting.ref, was_quorate=was_quorate)
    return meeting
