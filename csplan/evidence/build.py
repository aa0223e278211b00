"""Made again: the cube from the events, or everything from the files as received. Either must equal what is there."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.evidence import cube, police, sources, sql, tables
from csplan.evidence.archive import Refused
from csplan.evidence.manifest import STREET, Unit
from csplan.evidence.store import Draft, Store, fingerprint_of
from csplan.evidence.view import View

Progress = Callable[[int, int, str], None]
DUCKDB = "duckdb"


def build(store: Store, *, district: str | None = None, engine: str = DUCKDB) -> dict[str, Any]:
    """Count every event again, and work out the observations of a district (else of the one with carried figures).

    Returns {units, cube{sha256}, changed, observations}. `changed` when the cube was not what the events give;
    `observations` is how many were written, None without a district.
    engine : of ENGINES, which counts the events. Raises CsplanError before anything is read where it is not there.
    """
    with ENGINES[engine]() as counting, store.writing() as draft:
        for unit in draft.manifest.units:
            path = draft.path(unit.events)
            if not path.exists() or fingerprint_of(path) != unit.events_sha256:
                raise CsplanError(f"The events of {unit.key} are missing or damaged. Run `csplan evidence rebuild`.")
        before, was_whole = cube.sha256(draft.manifest), cube.is_whole(draft)
        _count_again(draft, counting)
        after = cube.sha256(draft.manifest)
        units = len(draft.manifest.units)
    written = _observe(store, district)
    return {"units": units, "cube": {"sha256": after}, "changed": before != after or not was_whole, "observations": written}


def _observe(store: Store, district: str | None) -> int | None:
    from csplan.evidence import results

    view = View(store, clock.today(), district)
    return results.write(view, store.folder, district).observations if view.area and view.months else None


def rebuild(store: Store, *, progress: Progress | None = None, engine: str = DUCKDB) -> dict[str, Any]:
    """Read every file as received again, and count again. What had been damaged is mended from the files as received.

    Returns {equal, units, problems[{key, sha256, what}], cube{sha256, before}}. `equal` is False when anything there was
    not what the files as received give; a file as received that is damaged itself is named and its events are left.
    engine : as for `build`
    """
    with ENGINES[engine]() as counting, store.writing() as draft:
        con = sql.connect()
        before, was_whole = cube.sha256(draft.manifest), cube.is_whole(draft)
        problems, units = [], []
        for i, unit in enumerate(draft.manifest.units):
            if progress is not None:
                progress(i, len(draft.manifest.units), unit.path)
            made, what = _made_again(draft, unit, con)
            units.append(made)
            if what:
                problems.append({"key": unit.key, "sha256": unit.sha256, "what": what})
        problems += _carried_problems(draft)
        draft.commit(replace(draft.manifest, units=tuple(units)))
        _count_again(draft, counting)
        after = cube.sha256(draft.manifest)
        if before != after or not was_whole:
            what = "The tables of counts were not what the events give. They were made again."
            problems.append({"key": "cube", "sha256": after, "what": what})
        return {"equal": not problems, "units": len(units), "problems": problems, "cube": {"sha256": after, "before": before}}


def _count_again(draft: Draft, counting: cube.Counting | None) -> None:
    draft.commit(cube.refresh(draft, draft.manifest, con=sql.connect(), everything=True, counting=counting))


def _spark() -> AbstractContextManager[cube.Counting]:
    from csplan.evidence import spark

    return spark.counting()


#: name -> what opens it and gives what counts; DuckDB is the one that needs nothing.
ENGINES: dict[str, Callable[[], AbstractContextManager[cube.Counting | None]]] = {DUCKDB: nullcontext, "spark": _spark}


def _made_again(draft: Draft, unit: Unit, con: Any) -> tuple[Unit, str]:
    """The unit as its file as received gives it, its events mended where they differ, and what was wrong."""
    raw = draft.path(f"raw/{unit.sha256}")
    if not raw.exists() or fingerprint_of(raw) != unit.sha256:
        return unit, "The file as received is missing or damaged. Load it again from its publisher."
    if unit.source != STREET:
        return _table_made_again(draft, unit, con)
    try:
        street = police.read(con, unit.path, unit.path.rsplit("/", 1)[-1], raw)
    except Refused as e:
        return unit, f"The file as received is no longer taken: {e}"
    if (street.force, street.month) != (unit.force, unit.month):
        return unit, f"The file as received is read as {street.force} {street.month} now. Load it again into an empty folder."
    fresh = f"{unit.events}.again"
    with draft.adding(fresh) as new:
        police.write(con, street, new)
    return _mended(draft, unit, con, fresh, (street.rows_read, street.rows_loaded, dict(street.types)))


def _table_made_again(draft: Draft, unit: Unit, con: Any) -> tuple[Unit, str]:
    """The same of a table."""
    raw, name = draft.path(f"raw/{unit.sha256}"), unit.path.rsplit("!", 1)[-1].rsplit("/", 1)[-1]
    if unit.is_return:
        return _return_made_again(draft, unit, con, raw, name)
    try:
        table = tables.read(con, unit.path, name, raw, sources.named(unit.source, draft.store.own_sources))
    except CsplanError as e:
        return unit, f"The file as received is no longer taken: {e}"
    if (table.scope, table.edition) != (unit.force, unit.month):
        return unit, "The file as received is read as another part or edition now. Load it again into an empty folder."
    fresh = f"{unit.events}.again"
    with draft.adding(fresh) as new:
        tables.write(con, new)
    return _mended(draft, unit, con, fresh, (table.rows_read, table.rows_loaded, {}))


def _return_made_again(draft: Draft, unit: Unit, con: Any, raw: Path, name: str) -> tuple[Unit, str]:
    """The same of a return of a partner, read as on the day on which it came."""
    from csplan.evidence.returns import keep

    try:
        found = keep.read(draft.store, raw, unit.path, name, unit.force or None, unit.received_at)
    except CsplanError as e:
        return unit, f"The file as received is no longer taken: {e}"
    fresh = f"{unit.events}.again"
    with draft.adding(fresh) as new:
        keep.write(con, found, new)
    return _mended(draft, unit, con, fresh, (found.rows_read, len(found.lines), {}))


def _mended(draft: Draft, unit: Unit, con: Any, fresh: str, facts: tuple[int, int, dict[str, int]]) -> tuple[Unit, str]:
    """The unit with the rows that were made afresh, where they differ from those held."""
    held, made = draft.path(unit.events), draft.path(fresh)
    is_whole = held.exists() and fingerprint_of(held) == unit.events_sha256
    if is_whole and facts == (unit.rows_read, unit.rows_loaded, dict(unit.types)) and not sql.differing_rows(con, held, made):
        draft.drop(fresh)
        return unit, ""
    sha256 = fingerprint_of(made)
    # Under the old name only when it holds the old bytes: until the manifest is replaced, the old one must stay true.
    name = unit.events if sha256 == unit.events_sha256 else f"{unit.events.removesuffix('.parquet')}-{sha256[:8]}.parquet"
    made.replace(made.with_name(name.rsplit("/", 1)[-1]))
    read, loaded, types = facts
    mended = replace(unit, rows_read=read, rows_loaded=loaded, types=types, events=name, events_sha256=sha256)
    return mended, "Its events were not what the file as received gives. They were made again."


def _carried_problems(draft: Draft) -> list[dict[str, str]]:
    from csplan.evidence.carried import COUNTS_BY_LSOA

    out = []
    for release in draft.manifest.carried:
        path = draft.path(f"raw/{release.sha256}/{COUNTS_BY_LSOA}")
        if not path.exists() or fingerprint_of(path) != release.sha256:
            what = "The carried table is missing or damaged. Build the folder again."
            out.append({"key": release.key, "sha256": release.sha256, "what": what})
    return out
