"""The cube: for each force one dense table of counts, type x area x month, with a list of the months it published.

A month in the list counts as published, so its zeros are zeros; any other month is missing. Areas are LSOA codes as they
stand in the files; '' is the area of rows that carry none. The table is made from events alone and is always the same for
the same events: areas and months in order, areas without a count left out, 16-bit numbers until one needs 32.
"""

import hashlib
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csplan.errors import CsplanError
from csplan.evidence import editions, sql, types
from csplan.evidence.manifest import Block, Manifest, Unit
from csplan.evidence.store import Draft, Store

Counts = NDArray[np.uint16] | NDArray[np.uint32]

#: What one part says: (month, type, LSOA code or '', rows).
Count = tuple[str, str, str, int]
#: What counts the events of parts; DuckDB unless another engine is asked for.
Counting = Callable[[Sequence[Path]], list[Count]]


@dataclass(frozen=True)
class Table:
    """Counts of one force, shape (types, areas, months): types as in `types.COUNTED`."""

    areas: tuple[str, ...]
    months: tuple[str, ...]
    counts: Counts


EMPTY = Table((), (), np.zeros((len(types.COUNTED), 0, 0), np.uint16))


def updated(held: Table, fresh: Iterable[Count], *, touched: Collection[str], months: Iterable[str]) -> Table:
    """The table with the touched months counted anew and only `months` kept. From EMPTY, all touched, it is made anew."""
    fresh = list(fresh)
    kept = tuple(sorted(months))
    areas = tuple(sorted({*held.areas, *(area for _, _, area, _ in fresh)}))
    row, column = {area: i for i, area in enumerate(areas)}, {month: i for i, month in enumerate(kept)}
    kind = {slug: i for i, slug in enumerate(types.COUNTED)}
    counts = np.zeros((len(types.COUNTED), len(areas), len(kept)), np.uint32)
    old = [i for i, month in enumerate(held.months) if month in column and month not in touched]
    rows = [row[area] for area in held.areas]
    for i in old:
        counts[:, rows, column[held.months[i]]] = held.counts[:, :, i]
    for month, slug, area, n in fresh:
        counts[kind[slug], row[area], column[month]] = n
    return _canonical(areas, kept, counts)


def _canonical(areas: tuple[str, ...], months: tuple[str, ...], counts: NDArray[np.uint32]) -> Table:
    seen: NDArray[np.bool_] = np.asarray(counts.any(axis=(0, 2)))
    counts = np.ascontiguousarray(counts[:, seen, :])
    fits = counts.max(initial=0) <= np.iinfo(np.uint16).max
    return Table(
        tuple(a for a, is_seen in zip(areas, seen, strict=True) if is_seen), months, counts.astype(np.uint16) if fits else counts
    )


def as_files(table: Table) -> tuple[bytes, bytes, str]:
    """The table as the bytes of its two files, and one fingerprint over both."""
    out = io.BytesIO()
    np.save(out, table.counts)
    axes = {"types": types.COUNTED, "areas": table.areas, "months": table.months}
    numbers, names = out.getvalue(), json.dumps(axes, separators=(",", ":")).encode()
    return numbers, names, hashlib.sha256(names + numbers).hexdigest()


def read(held: Store | Draft, block: Block) -> Table:
    """A force's table as the manifest names it, checked against its fingerprint when first read."""
    return _read(held.path(f"{block.file}.npy"), block.sha256)


@lru_cache(maxsize=64)
def _read(file: Path, sha256: str) -> Table:
    try:
        numbers, names = file.read_bytes(), file.with_suffix(".json").read_bytes()
    except FileNotFoundError as e:
        raise _damaged(file) from e
    if hashlib.sha256(names + numbers).hexdigest() != sha256:
        raise _damaged(file)
    axes: dict[str, Any] = json.loads(names)
    counts = np.load(io.BytesIO(numbers), allow_pickle=False)
    if tuple(axes["types"]) != types.COUNTED:
        raise _damaged(file)
    counts.setflags(write=False)
    return Table(tuple(axes["areas"]), tuple(axes["months"]), counts)


def is_whole(draft: Draft) -> bool:
    """Whether every table the manifest names is there with its fingerprint; the files are read, not what is remembered."""
    for block in draft.manifest.cube.values():
        numbers, names = draft.path(f"{block.file}.npy"), draft.path(f"{block.file}.json")
        if not (numbers.exists() and names.exists()):
            return False
        if hashlib.sha256(names.read_bytes() + numbers.read_bytes()).hexdigest() != block.sha256:
            return False
    return True


def _damaged(file: Path) -> CsplanError:
    return CsplanError(
        f"The table of counts {file.name} is missing or damaged. Run `csplan evidence build` to make it again from the events."
    )


def sha256(held: Manifest) -> str:
    """One fingerprint over every force's table: the same for the same events, however they came."""
    lines = "".join(f"{force} {block.sha256}\n" for force, block in sorted(held.cube.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def refresh(draft: Draft, after: Manifest, *, con: Any, everything: bool = False, counting: Counting | None = None) -> Manifest:
    """`after` with its cube counted anew wherever its current files are not those of `draft.manifest`.

    Writes the tables that change. With `everything` no table held is used: all is counted from the events.
    counting : what counts them instead of DuckDB
    """
    counts = counting or partial(sql.counts, con)
    before = {} if everything else _by_force(editions.current(draft.manifest))
    now = _by_force(editions.current(after))
    blocks: dict[str, Block] = {}
    for force, units in now.items():
        old = before.get(force, {})
        touched = {month for month in {*old, *units} if _sha(old, month) != _sha(units, month)}
        if not touched:
            blocks[force] = after.cube[force]
            continue
        held = read(draft, after.cube[force]) if old else EMPTY
        parts = [draft.path(units[month].events) for month in sorted(touched & units.keys())]
        fresh = counts(parts) if parts else []
        blocks[force] = _write(draft, force, updated(held, fresh, touched=touched, months=units))
    return replace(after, cube=blocks)


def _by_force(current: Mapping[tuple[str, str], Unit]) -> dict[str, dict[str, Unit]]:
    out: dict[str, dict[str, Unit]] = {}
    for (force, month), unit in current.items():
        out.setdefault(force, {})[month] = unit
    return out


def _sha(units: Mapping[str, Unit], month: str) -> str:
    return units[month].sha256 if month in units else ""


def _write(draft: Draft, force: str, table: Table) -> Block:
    numbers, names, sha = as_files(table)
    name = f"cube/{force}-{sha[:16]}"
    draft.add(f"{name}.npy", numbers)
    draft.add(f"{name}.json", names)
    return Block(name, sha, table.months)
