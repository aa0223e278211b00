"""Counts of any area, month by month: from events where they are held, else from carried figures, else not at all.

An area is counted as a sum over whole small areas (LSOAs) by the code in the file, in the rows that the area's own police
force published; crimes that another force placed there stay out, so that a figure does not move when a neighbour's file
arrives. A month counts as held when every force that polices the area published it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from csplan.evidence import areas, carried, cube, editions, forces, sql, types
from csplan.evidence.manifest import CarriedRelease, Manifest, Unit
from csplan.evidence.store import Store

VINTAGES = ("2011", "2021")
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Piece:
    """Part of an area's counts, shape (types, codes, months): one source, one force, one vintage of codes."""

    origin: str  # events or carried
    force: str
    codes: tuple[str, ...]
    months: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True)
class Series:
    """An area's counts, shape (types, months), in the months held; types as in `types.COUNTED`."""

    months: tuple[str, ...]
    counts: Counts
    origins: tuple[str, ...]  # for each month: events or carried

    def of(self, slug: str | None) -> dict[str, int]:
        """month -> rows of a type, `all-crime`, or everything (None)."""
        summed = self.counts[types.rows_of(slug)].sum(axis=0)
        return {month: int(n) for month, n in zip(self.months, summed, strict=True)}


@dataclass(frozen=True)
class Restated:
    """A month of an area whose events differ from the carried figures they replace; rows before and after."""

    area: str
    force: str
    month: str
    before: int
    after: int


@dataclass(frozen=True)
class _Source:
    """A table of counts with the vintage of codes that each month is in. `held` (codes, months) or None for all."""

    origin: str
    force: str
    rows: dict[str, int]  # code -> row
    months: tuple[str, ...]
    vintages: tuple[str, ...]
    counts: NDArray[np.integer]
    held: NDArray[np.bool_] | None

    def covers(self, codes: Sequence[str], vintage: str) -> list[str]:
        """The months in that vintage in which every one of the codes is held; none for no codes."""
        if not codes or any(code not in self.rows for code in codes):
            return []
        months = [i for i, v in enumerate(self.vintages) if v == vintage]
        rows = [self.rows[code] for code in codes]
        return [self.months[i] for i in months if self.held is None or bool(self.held[rows, i].all())]

    def piece(self, codes: Sequence[str], vintage: str, months: Iterable[str]) -> Piece | None:
        """The counts of codes in those of the months that are in their vintage; None when there are none."""
        wanted = set(months)
        columns = [i for i, month in enumerate(self.months) if month in wanted and self.vintages[i] == vintage]
        if not columns:
            return None
        here = [i for i, code in enumerate(codes) if code in self.rows]
        counts = np.zeros((len(types.COUNTED), len(codes), len(columns)), np.int64)
        counts[:, here, :] = self.counts[:, [self.rows[codes[i]] for i in here], :][:, :, columns]
        return Piece(self.origin, self.force, tuple(codes), tuple(self.months[i] for i in columns), counts)


class Counted:
    """Every count of one state of a store. Made once for each state and kept; safe to share, as nothing in it changes."""

    def __init__(self, store: Store, tables: Mapping[str, cube.Table], releases: Sequence[CarriedRelease]) -> None:
        self._events = {force: _of_table(force, table) for force, table in tables.items()}
        self._carried = {r.area: _of_carried(r.force, store.path(f"raw/{r.sha256}")) for r in releases}
        self._series: dict[str, Series] = {}
        self._inside: dict[tuple[str, str, date], tuple[str, ...]] = {}

    def series(self, area: str) -> Series:
        """The area's counts in every month held."""
        if area not in self._series:
            pieces = list(self.pieces(area))
            months = sorted({month for piece in pieces for month in piece.months})
            column = {month: i for i, month in enumerate(months)}
            counts = np.zeros((len(types.COUNTED), len(months)), np.int64)
            origins = dict.fromkeys(months, "events")
            for piece in pieces:
                counts[:, [column[m] for m in piece.months]] += piece.counts.sum(axis=1)
                origins.update(dict.fromkeys(piece.months, piece.origin))
            counts.setflags(write=False)
            self._series[area] = Series(tuple(months), counts, tuple(origins.values()))
        return self._series[area]

    def pieces(self, area: str) -> Iterator[Piece]:
        """The area's counts by small area, piece by piece; together they are its series."""
        codes = {vintage: areas.lsoas(area, vintage) for vintage in VINTAGES}
        own = forces_of(area)
        held = self._held_in_events(own, codes)
        for force, theirs in own.items():
            if force in self._events:
                for vintage in VINTAGES:
                    piece = self._events[force].piece([c for c in codes[vintage] if c in theirs], vintage, held)
                    if piece is not None:
                        yield piece
        for source in self._carried.values():
            for vintage in VINTAGES:
                months = [month for month in source.covers(codes[vintage], vintage) if month not in held]
                piece = source.piece(codes[vintage], vintage, months)
                if piece is not None:
                    yield piece

    def _held_in_events(self, own: dict[str, set[str]], codes: dict[str, tuple[str, ...]]) -> set[str]:
        """The months that all of the area's forces published, in codes that the area can be built from."""
        held: set[str] | None = None
        for force, theirs in own.items():
            source = self._events.get(force)
            buildable = {vintage for vintage in VINTAGES if theirs.intersection(codes[vintage])}
            months = {m for m, v in zip(source.months, source.vintages, strict=True) if v in buildable} if source else set()
            held = months if held is None else held & months
        return held or set()

    def lacking(self, area: str, months: Iterable[str]) -> list[dict[str, str]]:
        """The months, of those given, that a force of the area did not publish and no carried table fills: {force, month}."""
        missing, own = [month for month in months if month not in self.series(area).months], forces_of(area)
        held = {force: set(self._events[force].months) if force in self._events else set() for force in own}
        return [{"force": force, "month": month} for force in sorted(own) for month in missing if month not in held[force]]

    def unplaced(self, area: str, months: Iterable[str], slug: str | None) -> int:
        """Rows of the area's forces in those months that no area counts: without an LSOA code, or with one in no list."""
        total = 0
        for force in forces_of(area):
            source = self._events.get(force)
            if source is not None:
                rows = [source.rows[code] for code in forces.unknown_lsoas(source.rows)]  # '' is in no list either
                columns = [i for i, month in enumerate(source.months) if month in set(months)]
                total += int(source.counts[np.ix_(types.rows_of(slug), rows, columns)].sum())
        return total

    def restated(self) -> list[Restated]:
        """Where events have taken the place of carried figures and say something else, month by month."""
        out = []
        for area, source in self._carried.items():
            events = self._events.get(source.force)
            for month, vintage in zip(source.months, source.vintages, strict=True):
                codes = areas.lsoas(area, vintage)
                before = source.piece(codes, vintage, [month])
                after = events.piece(codes, vintage, [month]) if events else None
                if before and after and not np.array_equal(before.counts, after.counts):
                    out.append(Restated(area, source.force, month, int(before.counts.sum()), int(after.counts.sum())))
        return out

    def inside(self, area: str, kind: str, day: date) -> tuple[str, ...]:
        """The codes of the areas of a type that lie in an area on a day."""
        asked = (area, kind, day)
        if asked not in self._inside:
            self._inside[asked] = tuple(found.code for found in areas.within(area, kind, day))
        return self._inside[asked]

    def widest(self) -> tuple[str, ...]:
        """The largest areas of which anything is held: those of the forces, and those of carried tables."""
        of_forces = [forces.codes()[force] for force in self._events if force in forces.codes()]
        return (*of_forces, *(area for area, source in self._carried.items() if source.force not in self._events))

    def months(self) -> dict[str, tuple[str, ...]]:
        """force, or the area of a carried table -> the months held of it."""
        return {name: source.months for name, source in sorted({**self._events, **self._carried}.items())}


#: The states counted last, by data folder and fingerprints; a handful, because each is some megabytes.
_kept: dict[tuple[Path, str, tuple[str, ...]], Counted] = {}
_MOST_KEPT = 4


def of(store: Store, held: Manifest | None = None, *, as_first: bool = False) -> Counted:
    """The counts of a store: of the manifest given, else of the one there now.

    as_first : of each month the file that was first published, instead of the one that stands now; carried tables likewise
    """
    held = held or store.manifest()
    told = reversed(held.carried) if as_first else held.carried
    releases = list({release.area: release for release in told}.values())
    firsts = restated(held) if as_first else {}
    state = (store.folder, cube.sha256(held), tuple(r.sha256 for r in releases) + tuple(u.sha256 for u in firsts.values()))
    if state not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[state] = Counted(store, dict(_tables(store, held, firsts)), releases)
    return _kept[state]


def restated(held: Manifest) -> dict[tuple[str, str], Unit]:
    """(force, month) -> the file that was first published, where another stands now; in order."""
    current = editions.current(held)
    return {key: unit for key, unit in sorted(editions.first(held).items()) if unit != current[key]}


def _tables(store: Store, held: Manifest, firsts: Mapping[tuple[str, str], Unit]) -> Iterator[tuple[str, cube.Table]]:
    """force -> its counts, with the months of `firsts` counted from those files."""
    for force, block in sorted(held.cube.items()):
        table = cube.read(store, block)
        own = {month: unit for (of, month), unit in firsts.items() if of == force}
        if own:
            fresh = sql.counts(sql.connect(), [store.path(unit.events) for unit in own.values()])
            table = cube.updated(table, fresh, touched=own, months=table.months)
        yield force, table


def forces_of(area: str) -> dict[str, set[str]]:
    """The forces that police an area, each with the area's small areas, of both vintages, that it polices."""
    own: dict[str, set[str]] = {}
    for vintage in VINTAGES:
        for code in areas.lsoas(area, vintage):
            own.setdefault(forces.of_lsoas()[code], set()).add(code)
    return own


def _of_table(force: str, table: cube.Table) -> _Source:
    rows = {code: i for i, code in enumerate(table.areas)}
    seen: NDArray[np.bool_] = np.asarray(table.counts.any(axis=0))
    vintages = tuple(forces.vintage(c for c, row in rows.items() if seen[row, i]) for i in range(len(table.months)))
    return _Source("events", force, rows, table.months, vintages, table.counts, None)


def _of_carried(force: str, folder: Path) -> _Source:
    held = carried.carried_counts(folder)
    counts = np.zeros((len(types.COUNTED), *held.counts.shape[1:]), np.int32)
    counts[[types.COUNTED.index(slug) for slug in held.types]] = held.counts
    rows = {code: i for i, code in enumerate(held.lsoas)}
    return _Source("carried", force, rows, held.months, held.editions, counts, held.held)
