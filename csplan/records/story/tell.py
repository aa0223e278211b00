"""Telling a story: every event up to an instant, and no further."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from csplan.cycle import calendar, clock
from csplan.errors import CsplanError
from csplan.evidence.store import Store
from csplan.records import audit
from csplan.records.models import AuditEvent, Partnership
from csplan.records.story import accounts, acts, events, files
from csplan.records.story.events import Computed, Readings


def tell(folder: Path, *, store: Any = None, data: Path, until: datetime, readings: Readings | None = None) -> int:
    """Tell the story of a partnership's folder up to `until`. Gives how many events were done; what is there already is kept.

    store : the evidence, from which computed readings are copied and live figures sealed; that of `data` where none is given
    data : where `demo-accounts.json` is kept
    readings : gives the computed values instead of the store's

    Events have rising instants of their own and one transaction each, so whatever is not later than the newest event of the
    audit was done before: a build that was cut short goes on where it stopped.
    """
    told = files.read(folder, "story.toml")
    _check_has_begun(told, until)
    slug = files.read(folder, "partnership.toml")["partnership"]["slug"]
    people = accounts.keep(told["accounts"], partnership=slug, data=data)
    built_on = _built_on(slug, told, until)
    scene = acts.Scene(folder, slug, built_on, _board_meets(told, built_on), store or Store(data))
    done_until = _done_until(slug)
    ahead = [
        event
        for event in events.in_order(
            folder, told=told, people=people, built_on=built_on, readings=readings or _from_store(store, folder, until)
        )
        if event.at <= until and (done_until is None or event.at > done_until)
    ]
    for event in ahead:
        with clock.at(event.at):
            acts.ACTS[event.act](scene, **event.told)
    return len(ahead)


def _check_has_begun(told: dict[str, Any], until: datetime) -> None:
    first = told["founded"]["at"].date()
    if until < events.founded_at(told):
        raise CsplanError(f"The story of this partnership begins on {calendar.in_words(first)}. Choose a later day.")


def _done_until(slug: str) -> datetime | None:
    """The time of the newest event, where this partnership is here already."""
    newest = audit.last()
    return newest.at if newest and Partnership.objects.filter(slug=slug).exists() else None


def _built_on(slug: str, told: dict[str, Any], until: datetime) -> date:
    """The day from which the refresh counts its days: the first build's, found again by its first event; else today."""
    if "refresh" not in told:
        return clock.day_of(until)
    first = told["refresh"]["events"][0]
    drafted = AuditEvent.objects.filter(partnership=slug, action="plan.draft", subject_ref=f"{told['refresh']['plan']}/1").first()
    return clock.day_of(drafted.at) - timedelta(days=first["day"]) if drafted else clock.day_of(until)


def _board_meets(told: dict[str, Any], built_on: date) -> date | None:
    return built_on + timedelta(days=told["refresh"]["board_meets"]) if "refresh" in told else None


def _from_store(store: Any, folder: Path, until: datetime) -> Readings:
    """The observations of the evidence for the partnership's area, for every month that had been published by then."""
    from csplan.evidence import observations
    from csplan.evidence.view import View

    view = View(store, clock.day_of(until))
    area = files.read(folder, "partnership.toml")["partnership"]["area_code"]

    def readings(computed_from: str) -> Iterable[Computed]:
        indicator, measure = computed_from.rsplit(".", 1)
        for month in view.months:
            seen = observations.observe(view, indicator, measure, area, month)
            if seen.value is not None:
                yield Computed(month, seen.value, seen.numerator, seen.denominator, seen.low, seen.high, seen.id)

    return readings
