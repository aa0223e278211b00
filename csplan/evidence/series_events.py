"""Dated events on the series: what happened to the counting, not to the crime, that a reader must know of.

They are data. `series_events.toml` beside this module holds those known for England and Wales; a partnership adds its own in
`series-events.toml` of its folder. Each says when, whose figures it touches, what happened, and who says so. Where a change
in counting falls between the months that are compared, there is no verdict on a change: `changes` asks `parts` below.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from csplan.cycle import periods
from csplan.cycle.periods import Period
from csplan.errors import CsplanError
from csplan.evidence import areas, catalogue, forces, places, types
from csplan.evidence.areas import tables
from csplan.evidence.plain_words import capital, listed, runs

FILE = Path(__file__).with_name("series_events.toml")
#: What a partnership calls its own file.
OWN_FILE = "series-events.toml"

#: kind -> what it is
KINDS = {
    "outage": "figures that are missing",
    "recording": "a change in what is recorded, and how",
    "definition": "a change in what the figure means",
    "system": "a change of the computer system",
    "boundary": "a change of the area’s limits",
    "access": "how easy it was to report",
    "campaign": "a campaign that asked people to report",
}
#: Kinds that leave nothing to compare across them. The others are told beside the figures.
BREAKING = ("outage", "recording", "definition", "system", "boundary")
#: Kinds that go on until they end; of the others the day of the change matters.
LASTING = ("outage", "access", "campaign")
#: The area types whose figures an event can touch.
AREA_TYPES = ("lsoa", "msoa", "division", "local", "district", "csp", "force", "fire", "region")

_PLAIN = ("id", "kind", "what", "source", "address")
_LISTS = ("forces", "areas", "area_types", "topics", "indicators")
_KNOWN = {*_PLAIN, *_LISTS, "from", "to", "months", "published_on", "comparable_because", "changed_small_areas", "while_not_held"}


@dataclass(frozen=True)
class SeriesEvent:
    """One event as its file states it.

    begins, ends : the month in which it begins and the last in which it goes on; a longer period where the month is not
    known exactly; `ends` is None where it lasts, or where nobody says that it ended
    spans : of figures missing in several stretches, each stretch; else empty
    forces, areas, area_types, topics, indicators : what it touches; empty means all of them
    changed_small_areas : it touches those small areas alone whose limits changed in 2021
    while_not_held : it is told only of months that are not held
    comparable_because : why figures before and after may be compared all the same; else empty
    published_on : the day on which it could be known; None for the end of its first period
    """

    id: str
    kind: str
    begins: Period
    ends: Period | None
    what: str
    source: str
    address: str
    spans: tuple[Period, ...] = ()
    forces: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    area_types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    published_on: date | None = None
    comparable_because: str = ""
    changed_small_areas: bool = False
    while_not_held: bool = False

    @property
    def breaks(self) -> bool:
        """Whether figures before and after it cannot be compared."""
        return self.kind in BREAKING and not self.comparable_because

    @property
    def known_on(self) -> date:
        """The first day on which it may be told."""
        return self.published_on or self.begins.ends_on

    @property
    def when(self) -> str:
        """ "From July 2019", "October to December 2023", "Some time between October 2016 and September 2017"."""
        if self.spans:
            return listed(periods.in_words(span) for span in self.spans)
        first, last = self.begins, self.ends
        ends = [periods.month_in_words(month) for month in (first.from_month, first.to_month)]
        begins = f"From {ends[0]}" if ends[0] == ends[1] else f"Some time between {ends[0]} and {ends[1]}"
        if last is None:
            return begins
        if first.from_month == first.to_month and last.from_month == last.to_month:
            return periods.in_words(periods.run(first.from_month, last.to_month))
        if last.from_month == last.to_month:
            return f"{begins} until {last.title}"
        return f"{begins} until a month not known, {periods.month_in_words(last.to_month)} at the latest"

    @property
    def words(self) -> str:
        """Date, what happened, and who says so: the sentences beneath a chart."""
        return " ".join([f"{capital(self.when)}: {self.what}", *([self.comparable_because] if self.comparable_because else [])])

    @property
    def source_words(self) -> str:
        """Who says so."""
        return f"Source: {self.source}."

    def as_json(self) -> dict[str, Any]:
        """One of `events` of a page. from, to : {id, from, to}; `to` None where it lasts or no end is known"""
        return {
            "id": self.id,
            "kind": self.kind,
            "from": _period(self.begins),
            "to": self.ends and _period(self.ends),
            "months": [_period(span) for span in self.spans],
            "what": self.what,
            "words": self.words,
            "source": self.source,
            "address": self.address,
            "breaks": self.breaks,
        }

    def touches(self, area: str, topic: str | None = None) -> bool:
        """Whether it bears on the figures of an area, and of a type there (None for any type)."""
        if self.topics and topic is not None and topic not in self.topics:
            return False
        if self.indicators and not self.topics and topic is not None and f"recorded-{topic}" not in self.indicators:
            return False
        return self._touches_area(area)

    def _touches_area(self, code: str) -> bool:
        if self.area_types and areas.get(code).type not in self.area_types:
            return False
        if self.changed_small_areas and not _was_changed(code):
            return False
        if self.areas and not {code, *_around(code)} & set(self.areas):
            return False
        return not self.forces or bool(_forces(code) & set(self.forces))

    def is_within(self, first: str, last: str) -> bool:
        """Whether it shows in a series from one month to another."""
        open_end = last if self.kind in LASTING else self.begins.to_month
        return self.begins.from_month <= last and (self.ends.to_month if self.ends else open_end) >= first

    def parts(self, months: Collection[str]) -> bool:
        """Whether it leaves some of the months compared on another side than the rest, or may do so."""
        return bool(months) and self.breaks and (len(stages := {self._stage(m) for m in months}) > 1 or None in stages)

    def _stage(self, month: str) -> int | None:
        """How many turns the event has taken by the month; None where that is not known, or where nothing was published."""
        turns = self._turns()
        if any(may <= month < must for may, must in turns):
            return None
        stage = sum(month >= must for _, must in turns)
        return None if self.kind == "outage" and stage % 2 else stage

    def _turns(self) -> list[tuple[str, str]]:
        """Each beginning and end: the first month that may lie after it, and the first that must."""
        if self.spans:
            return [turn for s in self.spans for turn in ((s.from_month, s.from_month), (_after(s.to_month), _after(s.to_month)))]
        turns = [(self.begins.from_month, self.begins.to_month)]
        return turns if self.ends is None else [*turns, (_after(self.ends.from_month), _after(self.ends.to_month))]

    def told(self, held: Collection[str]) -> "SeriesEvent | None":
        """The event as it is told where some months are held: of one about missing months, those between that still are."""
        if not self.while_not_held:
            return self
        here, first, last = frozenset(held), min(held, default=""), max(held, default="")
        within = [month for span in self.spans for month in span.months if first < month < last and month not in here]
        if not within:
            return None
        spans = tuple(periods.run(*stretch) for stretch in runs(within))
        return replace(self, begins=_one(within[0]), ends=_one(within[-1]), spans=spans)


def _period(period: Period) -> dict[str, str]:
    return {"id": period.id, "from": period.from_month, "to": period.to_month}


def _one(month: str) -> Period:
    return Period(month, month, month)


def _after(month: str) -> str:
    return periods.add_months(month, 1)


@cache
def _around(code: str) -> tuple[str, ...]:
    district = areas.district_of(code)
    return () if district is None else (district, *tables.districts()[district].csps)


@cache
def _forces(code: str) -> frozenset[str]:
    of = forces.of_lsoas()
    return frozenset(of[c] for vintage in ("2011", "2021") for c in areas.lsoas(code, vintage) if c in of)


def _was_changed(code: str) -> bool:
    changed = tables.changes()
    return changed.made_of.get(code, (code,)) != (code,) or tuple(new for new, _ in changed.pieces.get(code, ())) not in (
        (),
        (code,),
    )


# ---- reading ----------------------------------------------------------------------------------------


def read(path: Path) -> tuple[SeriesEvent, ...]:
    """The events of one file, each checked. A file that is not one is refused with its name and what is wrong."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("event", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise CsplanError(f"The file of series events {path.name} cannot be read ({e}). Correct it, or take it away.") from e
    found = tuple(_event(path.name, row) for row in rows)
    twice = [event.id for i, event in enumerate(found) if event.id in {other.id for other in found[:i]}]
    if twice:
        raise CsplanError(f"{path.name} names the event “{twice[0]}” twice. Give each its own id.")
    return found


def _event(name: str, row: Mapping[str, Any]) -> SeriesEvent:
    where = f"The event “{row.get('id', '?')}” of {name}"
    for wrong, said in _problems(row):
        if wrong:
            raise CsplanError(f"{where} {said}")
    try:
        spans = tuple(map(periods.parse, row.get("months", [])))
        begins = _one(spans[0].from_month) if spans else periods.parse(row["from"])
        last = _one(spans[-1].to_month) if spans else periods.parse(row["to"]) if "to" in row else None
    except CsplanError as e:
        raise CsplanError(f"{where} has a date that is none: {e}") from None
    if last is not None and last.to_month < begins.from_month:
        raise CsplanError(f"{where} ends before it begins. Put the earlier month under “from”.")
    lists: dict[str, Any] = {key: tuple(row.get(key, ())) for key in _LISTS}
    rest: dict[str, Any] = {
        key: row[key] for key in ("published_on", "comparable_because", "changed_small_areas", "while_not_held") if key in row
    }
    return SeriesEvent(**{key: row[key] for key in _PLAIN}, begins=begins, ends=last, spans=spans, **lists, **rest)


def _problems(row: Mapping[str, Any]) -> list[tuple[bool, str]]:
    """What may be wrong with a row, in the order in which it is told."""
    unknown, lacking = sorted(row.keys() - _KNOWN), [key for key in _PLAIN if not str(row.get(key, "")).strip()]
    given = {key: list(row.get(key, ())) for key in _LISTS}
    return [
        (bool(unknown), f"has no place for “{''.join(unknown[:1])}”. See docs/series-events.md for what one holds."),
        (bool(lacking), f"lacks “{''.join(lacking[:1])}”. Say it, or leave the event out."),
        (row.get("kind") not in KINDS, f"has no kind that is known. Use one of {', '.join(KINDS)}."),
        (("from" in row) == bool(row.get("months")), "must have either a “from” or the “months” it was of."),
        (not str(row.get("address", "")).startswith("https://"), "must give the address of its source, beginning with https://."),
        (not set(given["forces"]) <= forces.known(), "names a police force that police.uk does not publish."),
        (not set(given["topics"]) <= {*types.TYPES, types.ALL}, "names a type that police.uk does not publish."),
        (not set(given["indicators"]) <= {i.id for i in catalogue.all()}, "names an indicator that is not in the catalogue."),
        (not set(given["area_types"]) <= set(AREA_TYPES), f"names a type of area that is none of {', '.join(AREA_TYPES)}."),
        (any(areas.find(code) is None for code in given["areas"]), "names an area that is not known."),
        (bool(row.get("while_not_held")) and not row.get("months"), "is told of missing months, so it must list its “months”."),
    ]


def all() -> tuple[SeriesEvent, ...]:
    """Every event: those that come with the program, then each partnership's own; in order of their first month."""
    return _every(_files(places.partnership_roots()))


@cache
def _files(_roots: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files there are, looked for once: a program that is running does not see one that is added."""
    own = [folder / OWN_FILE for _, folder in sorted(places.partnership_folders().items())]
    return (FILE, *(path for path in own if path.is_file()))


@cache
def _every(files: tuple[Path, ...]) -> tuple[SeriesEvent, ...]:
    found = [event for path in files for event in read(path)]
    return tuple(sorted(found, key=lambda event: (event.begins.from_month, event.id)))


# ---- which touch what -------------------------------------------------------------------------------


def touching(area: str, topic: str | None = None, *, day: date) -> tuple[SeriesEvent, ...]:
    """Every event known by the day that touches an area, and a type there (None for any type)."""
    return tuple(event for event in all() if event.known_on <= day and event.touches(area, topic))


def of_county(area: str, *, day: date) -> tuple[SeriesEvent, ...]:
    """Every event known by the day that touches an area as a whole or some area inside it, and those of its neighbours not."""
    known = [event for event in all() if event.known_on <= day]
    return tuple(event for event in known if replace(event, area_types=(), changed_small_areas=False).touches(area))


def shown(
    area: str, topic: str | None, held: Collection[str], *, day: date, within: tuple[str, str] | None = None
) -> tuple[SeriesEvent, ...]:
    """Those a reader needs beside a series, as they are told where those months are held.

    within : the first and the last month asked about; None for those of the months held, and then none where none is held
    """
    return _told(touching(area, topic, day=day), held, within)


def shown_of(area: str, held: Collection[str], *, day: date) -> tuple[SeriesEvent, ...]:
    """The same of an area with all that lies in it; none where the area is not known."""
    return _told(of_county(area, day=day), held, None) if areas.find(area) else ()


def _told(events: Iterable[SeriesEvent], held: Collection[str], within: tuple[str, str] | None) -> tuple[SeriesEvent, ...]:
    asked = within or ((min(held), max(held)) if held else None)
    if asked is None:
        return ()
    some = [event.told(held) for event in events]
    return tuple(event for event in some if event is not None and event.is_within(*asked))
