"""The events of a story in order of time, each with an instant of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from csplan.cycle import clock, periods, supply
from csplan.records.story import accounts, files

#: The keeper of the machine, who founds the partnership and invites the first people.
KEEPER = "terminal:demonstration"
SECOND = timedelta(seconds=1)
#: A month's figures are read on the morning of the day on which they count as published.
MORNING = time(7, 30)
NOON = time(12, 0)
SUPPLIES = "example-supplies.toml"


@dataclass(frozen=True)
class Computed:
    """A value of the evidence for one period, as a reading copies it. `observation` is its name there."""

    period: str
    value: float
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    observation: str


#: (indicator and measure, such as "recorded-burglary.count") -> its values for every month held.
Readings = Callable[[str], Iterable[Computed]]


@dataclass(frozen=True)
class Event:
    """Something that happened. `told`: the words of `acts.ACTS` for it."""

    at: datetime
    act: str
    told: dict[str, Any]


def in_order(
    folder: Path, *, told: dict[str, Any], people: list[dict[str, Any]], built_on: date, readings: Readings
) -> list[Event]:
    """Every event, in order of time. No two share an instant: where the story gives the same, the later one is a second on."""
    events = sorted(_all(folder, told, people, built_on, readings), key=lambda e: e.at)
    apart: list[Event] = []
    for event in events:
        at = max(event.at, apart[-1].at + SECOND) if apart else event.at
        apart.append(Event(at, event.act, event.told))
    return apart


def _all(folder: Path, told: dict[str, Any], people: list[dict[str, Any]], built_on: date, readings: Readings) -> Iterator[Event]:
    founded = founded_at(told)
    yield Event(founded, "found", {"by": KEEPER})
    for account in people:
        words = {"account": account, "password_hash": accounts.password_hash(account["password"]), "by": KEEPER}
        yield Event(founded + SECOND, "invite", words)
    for event in told["events"]:
        yield _event(event, _london(event["at"]))
    yield from _indicators(folder, told["indicators"], readings)
    yield from _findings(folder, told, built_on)
    yield from _supplies(folder, built_on)
    if "refresh" in told and built_on >= told["refresh"]["not_before"]:
        for event in told["refresh"]["events"]:
            yield _event(_dated(event, built_on), _day(built_on, event["day"], event["time"]))


def founded_at(told: dict[str, Any]) -> datetime:
    """The first instant of the story."""
    return _london(told["founded"]["at"])


def _event(event: dict[str, Any], at: datetime) -> Event:
    words = {k: _london(v) if isinstance(v, datetime) else v for k, v in event.items() if k not in ("at", "act", "day", "time")}
    return Event(at, event["act"], words)


def _dated(event: dict[str, Any], built_on: date) -> dict[str, Any]:
    """An event told in days from the build, with the day on which its meeting starts put in."""
    if "starts_day" not in event:
        return event
    rest = {k: v for k, v in event.items() if k not in ("starts_day", "starts_time")}
    return {**rest, "starts_at": _day(built_on, event["starts_day"], event["starts_time"])}


def _indicators(folder: Path, told: dict[str, Any], readings: Readings) -> Iterator[Event]:
    adopted = _london(told["adopted_at"])
    for kpi in files.read(folder, "kpis.toml")["kpis"]:
        yield Event(adopted, "adopt", {"described": kpi, "by": told["adopted_by"]})
        for reading in readings(kpi["computed_from"]) if "computed_from" in kpi else ():
            published = clock.london(periods.published_on(periods.parse(reading.period).to_month), MORNING)
            # What was published before the indicator was adopted is read that afternoon.
            at = max(published, adopted + timedelta(hours=2))
            yield Event(at, "compute", {"kpi": kpi["ref"], "columns": vars(reading), "by": told["computed_by"]})
    returns = files.read(folder, "example-returns.toml")
    for row in returns["returns"]:
        words = {"period": returns["period"], "by": told["returned_by"], **row}
        yield Event(_london(told["returned_at"]), "submit", words)
        approval = {"kpi": row["kpi"], "period": returns["period"], "by": told["approved_by"]}
        yield Event(_london(told["approved_at"]), "approve", approval)


def _findings(folder: Path, told: dict[str, Any], built_on: date) -> Iterator[Event]:
    """What was found, then what the refresh takes up; told only where the story tells of findings."""
    if "findings" not in told:
        return
    about = told["findings"]
    found, linked = _london(about["found_at"]), _day(built_on, about["linked_day"], about["linked_time"])
    taken_up = max(linked, found + timedelta(hours=2))
    is_refreshed = "refresh" in told and built_on >= told["refresh"]["not_before"]
    for number, row in enumerate(files.read(folder, "findings.toml")["findings"], start=1):
        words = {k: v for k, v in row.items() if k not in ("priority", "not_taken_up")}
        yield Event(found, "finding", {"by": about["found_by"], **words})
        if is_refreshed and ("priority" in row or "not_taken_up" in row):
            to = {"plan": told["refresh"]["plan"], "priority": row.get("priority"), "not_taken_up": row.get("not_taken_up")}
            yield Event(taken_up, "link", {"finding": f"F{number}", "by": about["linked_by"], **to})


def _supplies(folder: Path, built_on: date) -> Iterator[Event]:
    """What authorities supplied for the last quarters; nothing where the partnership has no such examples."""
    told = files.read(folder, SUPPLIES) if (folder / SUPPLIES).is_file() else {}
    if not told or built_on < told["not_before"]:
        return
    quarters = supply.between("2020-Q1", supply.newest(built_on))[::-1]
    for row in told["supplies"]:
        quarter = quarters[row["quarter"]]
        words = {k: v for k, v in row.items() if k not in ("quarter", "day")} | {"quarter": quarter, "by": told["by"]}
        yield Event(_day(periods.parse(quarter).ends_on, row["day"], NOON), "supply", words)


def _london(naive: datetime) -> datetime:
    """A time of the files, which are written in London's, as an instant; an instant stays as it is."""
    return naive if naive.tzinfo else clock.london(naive.date(), naive.time())


def _day(built_on: date, days: int, at: time) -> datetime:
    return clock.london(built_on + timedelta(days=days), at)
