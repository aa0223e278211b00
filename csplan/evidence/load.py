"""Files in: each is recognised, checked, kept as received and counted, or refused with a sentence.

The unit is one file, alone or out of an archive. Every unit is all in or not in at all. What came is told unit by unit.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from csplan.cycle.periods import check_month, is_month
from csplan.errors import CsplanError
from csplan.evidence import archive, editions
from csplan.evidence.archive import Found, Member, Refused
from csplan.evidence.manifest import CARRIED, CarriedRelease, Manifest, Unit
from csplan.evidence.reasons import NOTES, Reason
from csplan.evidence.sources import Source
from csplan.evidence.store import Draft, Store, copy_folder, fingerprint, fingerprint_of

#: Raised whenever the reader takes or refuses what it did not before, so that archives remembered are opened again.
READER = 2
#: A long load is made to count every so many units or seconds, so that a crash costs little.
BATCH_UNITS, BATCH_SECONDS = 200, 20.0

OUTCOMES = ("accepted", "accepted_with_warnings", "quarantined", "held", "rejected", "unchanged")
_EXIT_CODES = {"rejected": 4, "held": 3, "quarantined": 3}

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class UnitReport:
    """What became of one file. rows_loaded : rows that this load let count; none when held, unchanged or rejected."""

    path: str
    outcome: str
    source: str | None
    force: str | None
    month: str | None
    sha256: str | None
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class LoadReport:
    """What became of every file given."""

    units: tuple[UnitReport, ...]

    @property
    def totals(self) -> dict[str, int]:
        """How many units had each outcome, and the rows loaded."""
        counted = {outcome: sum(u.outcome == outcome for u in self.units) for outcome in OUTCOMES}
        return counted | {"rows_loaded": sum(u.rows_loaded for u in self.units)}

    @property
    def exit_code(self) -> int:
        """0 all in; 3 something put aside or waiting; 4 something refused."""
        return max((_EXIT_CODES.get(u.outcome, 0) for u in self.units), default=0)

    def as_json(self) -> dict[str, Any]:
        units = [asdict(unit) | {"reasons": [asdict(reason) for reason in unit.reasons]} for unit in self.units]
        return {"units": units, "totals": self.totals}


def load(
    store: Store,
    paths: Sequence[Path | str],
    *,
    edition: str | None = None,
    dry_run: bool = False,
    by: str,
    progress: Progress | None = None,
) -> LoadReport:
    """Load files, folders and archives of street files of police.uk, and of every table that `sources` knows.

    edition : the month of the release they come from, where no folder or archive name tells it
    dry_run : say what would happen, and store nothing
    progress : called with (files done, files in all, name) before each file
    """
    if edition is not None:
        check_month(edition)
    found = archive.find([Path(path) for path in paths])
    with store.rehearsing() if dry_run else store.writing() as draft:
        run = _Run(draft, edition, by)
        for i, file in enumerate(found):
            if progress is not None:
                progress(i, len(found), file.name)
            run.take(file)
        run.commit()
        return LoadReport(tuple(run.reports()))


@dataclass
class _Taken:
    """A unit seen in this run. `unit` is None when it was refused; `is_new` when this run brought it in."""

    path: str
    unit: Unit | None
    is_new: bool = False
    refusal: Refused | None = None
    sha256: str | None = None
    extra: tuple[Reason, ...] = ()


class _Run:
    """One load under way."""

    def __init__(self, draft: Draft, edition: str | None, by: str) -> None:
        self.draft, self.edition, self.by = draft, edition, by
        self.before = draft.manifest
        self.units = {unit.sha256: unit for unit in draft.manifest.units}
        self.archives = dict(draft.manifest.archives)
        self.taken: list[_Taken] = []
        self.tables: dict[str, Source] = {}
        self.waiting = 0
        self.last_commit = time.monotonic()
        self._con: Any = None

    @property
    def con(self) -> Any:
        """The one DuckDB connection of a load, opened when the first new file is met."""
        from csplan.evidence import sql

        if self._con is None:
            self._con = sql.connect()
        return self._con

    def take(self, file: Found) -> None:
        """Take in one file or archive. Nothing of a damaged archive is taken."""
        sha256 = fingerprint_of(file.path) if file.path.is_file() else None
        told = [name for name in (*file.told, archive.archive_stem(file.path.name), self.edition or "") if is_month(name)]
        remembered = self.archives.get(sha256 or "")
        if remembered and remembered["reader"] == READER and remembered["told"] == told:
            self.taken += [self._remembered(file.name, unit) for unit in remembered["units"]]
            return
        if sha256 in self.units:
            self.taken.append(self._again(Member(file.name, file.path.name, file.told, b""), self.units[sha256]))
            return
        staged: list[tuple[Member, str]] = []
        try:
            for member in archive.members(file):
                staged.append(self._stage(member))
        except Refused as refusal:
            for _, unwanted in staged:
                self._unstage(unwanted)
            self.taken.append(_Taken(file.name, None, refusal=refusal, sha256=sha256))
            return
        seen = []
        for member, fingerprinted in staged:
            seen.append(self._enter(member, fingerprinted))
            self._commit_when_due()
        self.taken += seen
        if sha256 and archive.is_archive(file) and any(t.unit for t in seen):
            units = [_memory(file.name, t) for t in seen]
            self.archives[sha256] = {"reader": READER, "told": told, "units": units}

    def _stage(self, member: Member) -> tuple[Member, str]:
        """Keep the bytes of a new file, without its data in memory; known files are only told by their fingerprint."""
        sha256 = fingerprint(member.data)
        head = member.data[:4096]
        refusal = member.refusal
        if refusal is None and sha256 not in self.units:
            from csplan.evidence import police, tables

            try:
                police.recognise(member.path, member.data)
            except Refused as e:
                source = tables.recognise(member.data, self.draft.store.own_sources)
                if source is None:
                    refusal = tables.unknown(member.path, member.data, e)
                else:
                    self.tables[sha256] = source
            if refusal is None:
                self.draft.add(f"raw/{sha256}", member.data)
        return replace(member, data=head, refusal=refusal), sha256

    def _unstage(self, sha256: str) -> None:
        if sha256 not in self.units:
            self.draft.drop(f"raw/{sha256}")

    def _enter(self, member: Member, sha256: str) -> _Taken:
        """Check, write and note one staged file."""
        if member.refusal is not None:
            return _Taken(member.path, None, refusal=member.refusal, sha256=sha256)
        known = self.units.get(sha256)
        if known is not None:
            return self._again(member, known)
        try:
            unit = self._read_table(member, sha256) if sha256 in self.tables else self._read(member, sha256)
        except Refused as refusal:
            self._unstage(sha256)
            return _Taken(member.path, None, refusal=refusal, sha256=sha256)
        self._note(unit)
        return _Taken(member.path, unit, is_new=True)

    def _read(self, member: Member, sha256: str) -> Unit:
        from csplan.evidence import police

        raw = self.draft.path(f"raw/{sha256}")
        street = police.read(self.con, member.path, member.name, raw)
        events = f"events/month={street.month}/force={street.force}/part-{sha256[:16]}.parquet"
        with self.draft.adding(events) as new:
            police.write(self.con, street, new)
        told = archive.edition(member.told, street.month, self.edition)
        return Unit(
            source=police.SOURCE,
            force=street.force,
            month=street.month,
            sha256=sha256,
            bytes=raw.stat().st_size,
            path=member.path,
            rows_read=street.rows_read,
            rows_loaded=street.rows_loaded,
            rows_quarantined=street.rows_quarantined,
            types=street.types,
            reasons=street.reasons,
            editions=(told,) if told else (),
            received_at=_now(),
            by=self.by,
            events=events,
            events_sha256=fingerprint_of(self.draft.path(events)),
        )

    def _read_table(self, member: Member, sha256: str) -> Unit:
        from csplan.evidence import tables

        raw = self.draft.path(f"raw/{sha256}")
        table = tables.read(self.con, member.path, member.name, raw, self.tables[sha256])
        rows = f"tables/{table.source.name}/{sha256[:16]}.parquet"
        with self.draft.adding(rows) as new:
            tables.write(self.con, new)
        told = archive.edition(member.told, table.edition, self.edition) if is_month(table.edition) else None
        return Unit(
            source=table.source.name,
            force=table.scope,
            month=table.edition,
            sha256=sha256,
            bytes=raw.stat().st_size,
            path=member.path,
            rows_read=table.rows_read,
            rows_loaded=table.rows_loaded,
            rows_quarantined=table.rows_quarantined,
            types={},
            reasons=table.reasons,
            editions=(told,) if told else (),
            received_at=_now(),
            by=self.by,
            events=rows,
            events_sha256=fingerprint_of(self.draft.path(rows)),
        )

    def _again(self, member: Member, unit: Unit) -> _Taken:
        """A file already held. That it came in another release too is worth noting: it may be the current one again."""
        told = archive.edition(member.told, unit.month, self.edition) if is_month(unit.month) else None
        if not told or told in unit.editions:
            return _Taken(member.path, unit)
        unit = replace(unit, editions=tuple(sorted({*unit.editions, told})))
        self._note(unit)
        return _Taken(
            member.path, unit, extra=(Reason("edition_noted", f"Held already; noted that the release of {told} has it too."),)
        )

    def _note(self, unit: Unit) -> None:
        self.units[unit.sha256] = unit
        self.waiting += 1

    def _remembered(self, name: str, memory: Mapping[str, Any]) -> _Taken:
        path = name + memory["inside"]
        refused = memory.get("refused")
        if refused:
            return _Taken(path, None, refusal=Refused(refused[0], refused[1]), sha256=memory["sha256"])
        return _Taken(path, self.units[memory["sha256"]])

    def _commit_when_due(self) -> None:
        if self.waiting >= BATCH_UNITS or (self.waiting and time.monotonic() - self.last_commit > BATCH_SECONDS):
            self.commit()

    def commit(self) -> None:
        """Let everything taken so far count."""
        pending = replace(self.draft.manifest, units=tuple(self.units.values()), archives=self.archives)
        if self.waiting:
            from csplan.evidence import cube

            pending = cube.refresh(self.draft, pending, con=self.con)
        self.draft.commit(pending)
        self.waiting, self.last_commit = 0, time.monotonic()

    def reports(self) -> list[UnitReport]:
        """What became of each file, now that all are known."""
        now = _states(self.draft.manifest)
        pushed = _pushed_back(_states(self.before), now)
        restated = self._restated()
        for taken in self.taken:
            if taken.is_new and taken.unit is not None:
                taken.extra += restated.get((taken.unit.force, taken.unit.month), ())
        return [_report(taken, now, pushed) for taken in self.taken]

    def _restated(self) -> dict[tuple[str, str], tuple[Reason, ...]]:
        """(force, month) -> that its events differ from the carried figures whose place they take."""
        if self.draft.is_rehearsal or not self.draft.manifest.carried or not any(taken.is_new for taken in self.taken):
            return {}
        from csplan.evidence import counted

        return {
            (r.force, r.month): (
                Reason("differs_from_carried", f"The carried figures had {r.before:,} rows here; this file has {r.after:,}."),
            )
            for r in counted.of(self.draft.store).restated()
        }


def carry(store: Store, folder: Path | str, *, by: str) -> LoadReport:
    """Register the counts carried in a partnership's figures folder as a release of their own.

    They fill a month only for the district they were counted for, and only while no events of that month are held.
    """
    from csplan.evidence import carried, forces

    figures = Path(folder).resolve()
    held = carried.carried_counts(figures)
    districts = forces.districts(held.lsoas)
    if len(districts) != 1:
        raise CsplanError(f"{carried.COUNTS_BY_LSOA} in {figures.name} covers several districts. Carry one table for each.")
    area, force = districts.pop(), forces.of_lsoas()[held.lsoas[0]]
    with store.writing() as draft:
        known = [release for release in draft.manifest.carried if release.area == area]
        is_news = not known or known[-1].sha256 != held.sha256
        if is_news:
            files = {name: figures / name for name in (carried.COUNTS_BY_LSOA, carried.FORCE_MONTHS)}
            copy_folder(draft, files, f"raw/{held.sha256}")
            told = {name: fingerprint_of(file) for name, file in files.items()}
            publisher = tuple({"month": m.month, "path": m.file, "sha256": m.sha256} for m in held.force_months)
            release = CarriedRelease(area, force, held.months, held.sha256, publisher, _now(), by, told)
            draft.commit(replace(draft.manifest, carried=(*draft.manifest.carried, release)))
    outcome = "accepted" if is_news else "unchanged"
    unit = UnitReport(carried.COUNTS_BY_LSOA, outcome, CARRIED, force, None, held.sha256, held.rows, 0, 0, ())
    return LoadReport((unit,))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _memory(name: str, taken: _Taken) -> dict[str, Any]:
    """What is remembered of one member: enough to answer for it when the archive comes again."""
    memory: dict[str, Any] = {
        "inside": taken.path.removeprefix(name),
        "sha256": taken.unit.sha256 if taken.unit else taken.sha256,
    }
    return memory | ({"refused": [taken.refusal.code, str(taken.refusal)]} if taken.refusal else {})


def _states(manifest: Manifest) -> dict[str, editions.Standing]:
    return {s.unit.sha256: s for files in editions.standings(manifest).values() for s in files}


def _pushed_back(before: Mapping[str, editions.Standing], now: Mapping[str, editions.Standing]) -> dict[str, str]:
    """key -> why a file of it that was shown before this load now waits."""
    lost = [s for sha, s in now.items() if s.state == "held" and sha in before and before[sha].state == "accepted"]
    return {s.unit.key: s.why for s in lost}


def _report(taken: _Taken, states: Mapping[str, editions.Standing], pushed: Mapping[str, str]) -> UnitReport:
    if taken.unit is None:
        refusal = taken.refusal or Refused("unknown_file", f"{taken.path} could not be read. Download it again.")
        return UnitReport(taken.path, "rejected", None, None, None, taken.sha256, 0, 0, 0, (Reason(refusal.code, str(refusal)),))
    unit, standing = taken.unit, states[taken.unit.sha256]
    reasons = [*unit.reasons, *taken.extra]
    if not taken.is_new:
        outcome = "unchanged"
        if standing.state == "held":
            reasons.append(Reason("still_waiting", f"Held already, and still waits for an officer: {standing.why}."))
    elif standing.state == "held":
        outcome = "held"
        reasons.append(Reason("restatement", f"Waits for an officer: {standing.why}. Approve or reject “{unit.key}”."))
    else:
        if unit.key in pushed:
            reasons.append(Reason("earlier_edition", f"A later file of this month now waits for an officer: {pushed[unit.key]}."))
        doubts = [reason for reason in reasons if reason.code not in NOTES]
        outcome = "quarantined" if unit.rows_quarantined else "accepted_with_warnings" if doubts else "accepted"
    loaded = unit.rows_loaded if outcome in ("accepted", "accepted_with_warnings", "quarantined") else 0
    return UnitReport(
        path=taken.path,
        outcome=outcome,
        source=unit.source,
        force=unit.force if is_month(unit.month) and unit.force else None,
        month=unit.month if is_month(unit.month) else None,
        sha256=unit.sha256,
        rows_read=unit.rows_read,
        rows_loaded=loaded,
        rows_quarantined=unit.rows_quarantined,
        reasons=tuple(reasons),
    )
