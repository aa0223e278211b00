"""Meetings: announced, then recorded."""

from datetime import datetime

from csplan.cycle import calendar, clock
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Group, Meeting


def announce(*, group: Group, ref: str, title: str, starts_at: datetime, is_example: bool = False, by: acting.By) -> Meeting:
    """Say when a group will meet."""
    with acting.act("meeting.record", partnership=group.partnership, by=by) as deed:
        if not title.strip():
            raise CsplanError("Give the meeting a title that people will find it by.")
        if Meeting.objects.filter(partnership=group.partnership, ref=ref).exists():
            raise CsplanError(f"There is already a meeting “{ref}” here. Nothing was changed.")
        meeting = Meeting.objects.create(
            partnership=group.partnership,
            group=group,
            ref=ref,
            title=title.strip(),
            starts_at=starts_at,
            announced_at=deed.at,
            is_example=is_example,
        )
        deed.record("meeting", ref, group=group.slug, starts_at=clock.day_of(starts_at).isoformat())
    return meeting


def record(
    *, meeting: Meeting, minute: str, was_quorate: bool | None = None, present: int | None = None, by: acting.By
) -> Meeting:
    """Say that the meeting was held, whether it had a quorum, and what was noted.

    present : how many members were there; needed where the group has a quorum, which then decides
    was_quorate : needed where no quorum is set for the group
    """
    with acting.act("meeting.record", partnership=meeting.partnership, by=by) as deed:
        if meeting.recorded_at is not None:
            raise CsplanError("What happened at this meeting is already recorded. Nothing was changed.")
        if deed.at < meeting.starts_at:
            day = calendar.in_words(clock.day_of(meeting.starts_at))
            raise CsplanError(f"The meeting is on {day} and has not begun. Record it afterwards.")
        meeting.was_quorate = _had_quorum(meeting.group, was_quorate, present)
        meeting.present, meeting.minute = present, minute
        meeting.recorded_at, meeting.recorded_by = deed.at, deed.user
        meeting.save()
        deed.record("meeting", meeting.ref, was_quorate=meeting.was_quorate, present=present)
    return meeting


def _had_quorum(group: Group, was_quorate: bool | None, present: int | None) -> bool:
    """Whether a meeting had a quorum: counted where the group has one, else as it was said."""
    if group.quorum is None:
        if was_quorate is None:
            raise CsplanError(f"Say whether the meeting had a quorum: none is set in numbers for the {group}.")
        return was_quorate
    if present is None:
        raise CsplanError(f"Say how many members were present: the {group} needs {group.quorum}.")
    has_quorum = present >= group.quorum
    if was_quorate is not None and was_quorate is not has_quorum:
        raise CsplanError(f"The {group} needs {group.quorum} members, and {present} were present. Correct the number.")
    return has_quorum
