"""Public meetings, briefings, stalls and forums: announced, and told of once they were held."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from csplan.cycle import engagement as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Body, Consultation, Engagement, Partnership, Stakeholder


def announce(
    *,
    partnership: Partnership,
    kind: str,
    title: str,
    place: str,
    starts_at: datetime,
    notice: str = "",
    invited: Sequence[Stakeholder] = (),
    consultation: Consultation | None = None,
    is_example: bool = False,
    by: acting.By,
) -> Engagement:
    """Announce an event. notice : how people are told of it;  consultation : the one that it serves. Public at once."""
    with acting.act("engagement.announce", partnership=partnership, by=by) as deed:
        rules.check_announced(kind, title, place, notice)
        if any(s.partnership_id != partnership.pk for s in invited):
            raise CsplanError("Only groups of this partnership’s map can be invited. Add the group to the map first.")
        if consultation is not None and consultation.partnership_id != partnership.pk:
            raise CsplanError("Choose a consultation of this partnership, or none.")
        made: Engagement = Engagement.objects.create(
            partnership=partnership,
            consultation=consultation,
            ref=f"E{partnership.engagements.count() + 1}",
            kind=kind,
            title=title.strip(),
            place=place.strip(),
            starts_at=starts_at,
            notice=notice.strip(),
            invited=[s.slug for s in invited],
            announced_at=deed.at,
            announced_by=deed.user,
            is_example=is_example,
        )
        deed.record("engagement", made.ref, meeting=kind, starts_at=starts_at.isoformat(), invited=made.invited)
    return made


def record(
    *,
    engagement: Engagement,
    came: Mapping[str, int],
    others: int = 0,
    bodies: Sequence[Body] = (),
    said: str,
    by: acting.By,
) -> Engagement:
    """Tell of an event that was held. Once; the note is public.

    came : {slug of a group on the map: how many};  others : how many more;  bodies : those whose senior people came
    """
    with acting.act("engagement.record", partnership=engagement.partnership, by=by) as deed:
        held = Engagement.objects.get(pk=engagement.pk)
        if held.recorded_at is not None:
            raise CsplanError(f"{held.title} is recorded already, and the record never changes.")
        if held.starts_at > deed.at:
            raise CsplanError(f"{held.title} has not begun. Record it once it was held.")
        if not said.strip():
            raise CsplanError("Write what was said, without names of people: the note is public.")
        rules.check_came(came, others)
        _check_known(held.partnership, came, bodies)
        told: dict[str, Any] = {
            "came": {slug: n for slug, n in came.items() if n},
            "others": others,
            "bodies": sorted(b.code for b in bodies),
        }
        for field, value in {**told, "said": said.strip(), "recorded_at": deed.at, "recorded_by": deed.user}.items():
            setattr(held, field, value)
        held.save()
        deed.record("engagement", held.ref, **told)
    return held


def _check_known(partnership: Partnership, came: Mapping[str, int], bodies: Sequence[Body]) -> None:
    known = set(partnership.stakeholders.values_list("slug", flat=True))
    if not set(came) <= known:
        raise CsplanError("A group that came is not on the map. Add it to the map, or count its people among the others.")
    if any(b.partnership_id != partnership.pk for b in bodies):
        raise CsplanError("Choose the bodies among those of this partnership.")
