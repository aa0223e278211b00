"""Files in: each is recognised, checked, kept as received and counted, or refused with a sentence.

The unit is one file, alone or out of an archive. Every unit is all in or not in at all. What came is told unit by unit.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from csplan.cycle.periods import check_month, is_month
from csplan.errors import CsplanError
from csplan.evidence import archive
from csplan.evidence.archive import Found, Member, Refused
from csplan.evidence.manifest import CARRIED, CarriedRelease, Unit
from csplan.evidence.reasons import Reason
from csplan.evidence.report import LoadReport, Taken, UnitReport, pushed_back, report_of, states
from csplan.evidence.returns.read import Return
from csplan.evidence.sources import Source
from csplan.evidence.store import Draft, Store, copy_folder, fingerprint, fingerprint_of

#: Raised whenever the reader takes or refuses what it did not before, so that archives remembered are opened again.
READER = 3
#: A long load is made to count every so many units or seconds, so that a crash costs little.
BATCH_UNITS, BATCH_SECONDS = 200, 20.0

Progress = Callable[[int, int, str], None]
#: Gives a return of indicators, with its path and fingerprint, to the records, and says what became of it.
Receive = Callable[[Return, str, str], UnitReport]


def load(
    store: Store,
    paths: Sequence[Path | str],
    *,
    edition: str | None = None,
    dry_run: bool = False,
    by: str,
    district: str | None = None,
    receive: Receive | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Load files, folders and archives: street files of police.uk, every table that `sources` knows, and returns of partners.

    edition : the month of the release they come from, where no folder or archive name tells it
    dry_run : say what would happen, and store nothing
    district : the area whose returns they are, with the wards that are looked for in them; None for any
    receive : takes a return of indicators to the records, after everything else counts; without it such a return is refused
    progress : called with (files done, files in all, name) before each file
    """
    if edition is not None:
        check_month(edition)
    found = archive.find([Path(path) for path in paths])
    with store.rehearsing() if dry_run else store.writing() as draft:
        run = _Run(draft, edition, by, district)
        for i, file in enumerate(found):
            if progress is not None:
                progress(i, len(found), file.name)
            run.take(file)
        run.commit()
        reports = run.reports()
    return LoadReport((*reports, *(_received(receive, *one) for one in run.indicators)))


class _Run:
    """One load under way."""

    def __init__(self, draft: Draft, edition: str | None, by: str, district: str | None) -> None:
        self.draft, self.edition, self.by, self.district = draft, edition, by, district
        self.before = draft.manifest
        self.units = {unit.sha256: unit for unit in draft.manifest.units}
        self.archives = dict(draft.manifest.archives)
        self.taken: list[Taken] = []
        self.tables: dict[str, Source] = {}
        self.returned: set[str] = set()
        self.indicators: list[tuple[Return, str, str]] = []
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
            self.taken.append(Taken(file.name, None, refusal=refusal, sha256=sha256))
            return
        seen, indicators = [], len(self.indicators)
        for member, fingerprinted in staged:
            entered = self._enter(member, fingerprinted)
            seen += [entered] if entered else []
            self._commit_when_due()
        for _, fingerprinted in staged:  # now only, because two members may share their bytes
            self._unstage(fingerprinted)
        self.taken += seen
        if sha256 and archive.is_archive(file) and any(t.unit for t in seen) and indicators == len(self.indicators):
            units = [_memory(file.name, t) for t in seen]
            self.archives[sha256] = {"reader": READER, "told": told, "units": units}

    def _stage(self, member: Member) -> tuple[Member, str]:
        """Keep the bytes of a new file, without its data in memory; known files are only told by their fingerprint."""
        sha256 = fingerprint(member.data)
        head = member.data[:4096]
        refusal = member.refusal
        if refusal is None and sha256 not in self.units:
            refusal = self._recognise(member, sha256)
            if refusal is None:
                self.draft.add(f"raw/{sha256}", member.data)
        return replace(member, data=head, refusal=refusal), sha256

    def _recognise(self, member: Member, sha256: str) -> Refused | None:
        """Note what a file is; why it is none that is known."""
        from csplan.evidence import police, tables
        from csplan.evidence.incoming import drawn
        from csplan.evidence.returns import keep

        try:
            police.recognise(member.path, member.data)
        except Refused as e:
            source = tables.recognise(member.data, self.draft.store.own_sources)
            if source is not None:
                self.tables[sha256] = source
                return None
            try:
                if not drawn.kind(member.data) and keep.is_return(member.path, member.data, member.name):
                    self.returned.add(sha256)
                    return None
            except Refused as refused:
                return refused
            return tables.unknown(member.path, member.data, e)
        return None

    def _unstage(self, sha256: str) -> None:
        if sha256 not in self.units:
            self.draft.drop(f"raw/{sha256}")

    def _enter(self, member: Member, sha256: str) -> Taken | None:
        """Check, write and note one staged file; None for a return of indicators, which is for the records."""
        if member.refusal is not None:
            return Taken(member.path, None, refusal=member.refusal, sha256=sha256)
        known = self.units.get(sha256)
        if known is not None:
            return self._again(member, known)
        try:
            if sha256 in self.returned:
                return self._enter_return(member, sha256)
            unit = self._read_table(member, sha256) if sha256 in self.tables else self._read(member, sha256)
        except Refused as refusal:
            return Taken(member.path, None, refusal=refusal, sha256=sha256)
        self._note(unit)
        return Taken(member.path, unit, is_new=True)

    def _read(self, member: Member, sha256: str) -> Unit:
        from csplan.evidence import police

        raw = self.draft.path(f"raw/{sha256}")
        street = police.read(self.con, member.path, member.name, raw)
        events = f"events/month={street.month}/force={street.force}/part-{sha256[:16]}.parquet"
        with self.draft.adding(events) as new:
            police.write(self.con, street, new)
        told = archive.edition(member.told, street.month, self.edition)
        return self._unit(
            member,
            sha256,
            events,
            source=police.SOURCE,
            force=street.force,
            month=street.month,
            rows_read=street.rows_read,
            rows_loaded=street.rows_loaded,
            rows_quarantined=street.rows_quarantined,
            types=street.types,
            reasons=street.reasons,
            editions=(told,) if told else (),
        )

    def _read_table(self, member: Member, sha256: str) -> Unit:
        from csplan.evidence import tables

        raw = self.draft.path(f"raw/{sha256}")
        table = tables.read(self.con, member.path, member.name, raw, self.tables[sha256])
        rows = f"tables/{table.source.name}/{sha256[:16]}.parquet"
        with self.draft.adding(rows) as new:
            tables.write(self.con, new)
        told = archive.edition(member.told, table.edition, self.edition) if is_month(table.edition) else None
        return self._unit(
            member,
            sha256,
            rows,
            source=table.source.name,
            force=table.scope,
            month=table.edition,
            rows_read=table.rows_read,
            rows_loaded=table.rows_loaded,
            rows_quarantined=table.rows_quarantined,
            types={},
            reasons=table.reasons,
            editions=(told,) if told else (),
        )

    def _enter_return(self, member: Member, sha256: str) -> Taken | None:
        from csplan.evidence.returns import keep

        raw = self.draft.path(f"raw/{sha256}")
        found = keep.read(self.draft.store, raw, member.path, member.name, self.district, _now())
        if found.data_set.name == keep.KPI:
            self.indicators.append((found, member.path, sha256))
            return None
        rows = f"tables/{found.data_set.source}/{sha256[:16]}.parquet"
        with self.draft.adding(rows) as new:
            keep.write(self.con, found, new)
        unit = self._unit(
            member,
            sha256,
            rows,
            source=found.data_set.source,
            force=self.district or "",
            month=found.quarter,
            rows_read=found.rows_read,
            rows_loaded=len(found.lines),
            rows_quarantined=found.rows_read - len(found.lines),
            types={},
            reasons=found.reasons,
            # Of two returns for a quarter the one that came later mends the other.
            editions=(_now("microseconds"),),
        )
        self._note(unit)
        return Taken(member.path, unit, is_new=True)

    def _unit(self, member: Member, sha256: str, rows: str, **told: Any) -> Unit:
        """The unit of a staged file whose rows are written, with what its reader tells."""
        return Unit(
            sha256=sha256,
            bytes=self.draft.path(f"raw/{sha256}").stat().st_size,
            path=member.path,
            received_at=_now(),
            by=self.by,
            events=rows,
            events_sha256=fingerprint_of(self.draft.path(rows)),
            **told,
        )

    def _again(self, member: Member, unit: Unit) -> Taken:
        """A file already held. That it came in another release too is worth noting: it may be the current one again."""
        told = archive.edition(member.told, unit.month, self.edition) if is_month(unit.month) else None
        if not told or told in unit.editions:
            return Taken(member.path, unit)
        unit = replace(unit, editions=tuple(sorted({*unit.editions, told})))
        self._note(unit)
        return Taken(
            member.path, unit, extra=(Reason("edition_noted", f"Held already; noted that the release of {told} has it too."),)
        )

    def _note(self, unit: Unit) -> None:
        self.units[unit.sha256] = unit
        self.waiting += 1

    def _remembered(self, name: str, memory: Mapping[str, Any]) -> Taken:
        path = name + memory["inside"]
        refused = memory.get("refused")
        if refused:
            return Taken(path, None, refusal=Refused(refused[0], refused[1]), sha256=memory["sha256"])
        return Taken(path, self.units[memory["sha256"]])

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
        now = states(self.draft.manifest)
        pushed = pushed_back(states(self.before), now)
        restated = self._restated()
        for taken in self.taken:
            if taken.is_new and taken.unit is not None:
                taken.extra += restated.get((taken.unit.force, taken.unit.month), ())
        return [report_of(taken, now, pushed) for taken in self.taken]

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


def _received(receive: Receive | None, found: Return, path: str, sha256: str) -> UnitReport:
    """What became of a return of indicators."""
    if receive is not None:
        return receive(found, path, sha256)
    why = f"{path} holds values of indicators, which a person returns. Say who you are with --by and your user name."
    return UnitReport(path, "rejected", found.data_set.source, None, None, sha256, 0, 0, 0, (Reason("no_person", why),))


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


def _now(to: str = "seconds") -> str:
    return datetime.now(UTC).isoformat(timespec=to).replace("+00:00", "Z")


def _memory(name: str, taken: Taken) -> dict[str, Any]:
    """What is remembered of one member: enough to answer for it when the archive comes again."""
    memory: dict[str, Any] = {
        "inside": taken.path.removeprefix(name),
        "sha256": taken.unit.sha256 if taken.unit else taken.sha256,
    }
    return memory | ({"refused": [taken.refusal.code, str(taken.refusal)]} if taken.refusal else {})
