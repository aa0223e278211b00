"""Events of a story about meeting people: the stakeholder map, events announced and recorded."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from csplan.records import lookup
from csplan.records.actions import engagement, stakeholder
from csplan.records.models import Body, Engagement, Stakeholder

if TYPE_CHECKING:
    from csplan.records.story.acts import Scene


def name_stakeholder(scene: "Scene", *, by: str, is_example: bool = True, **told: Any) -> None:
    stakeholder.name(partnership=scene.partnership, is_example=is_example, **told, by=scene.by(by))


def announce_engagement(
    scene: "Scene", *, starts_at: datetime, invited: list[str], by: str, consultation: str | None = None, **told: Any
) -> None:
    groups = Stakeholder.objects.filter(partnership=scene.partnership)
    engagement.announce(
        partnership=scene.partnership,
        starts_at=starts_at,
        invited=[lookup.one(groups, f"group “{slug}”", slug=slug) for slug in invited],
        consultation=scene.consultation(consultation) if consultation else None,
        is_example=True,
        **told,
        by=scene.by(by),
    )


def record_engagement(scene: "Scene", *, ref: str, bodies: list[str], by: str, **told: Any) -> None:
    held = lookup.one(Engagement.objects.filter(partnership=scene.partnership), f"engagement “{ref}”", ref=ref)
    came = [lookup.one(Body.objects.filter(partnership=scene.partnership), f"body “{code}”", code=code) for code in bodies]
    engagement.record(engagement=held, bodies=came, **told, by=scene.by(by))


ACTS: dict[str, Callable[..., None]] = {
    "name_stakeholder": name_stakeholder,
    "announce_engagement": announce_engagement,
    "record_engagement": record_engagement,
}
