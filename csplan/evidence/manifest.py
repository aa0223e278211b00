"""What a store holds and what was decided about it: the one thing in a data folder that changes.

The manifest is read and replaced whole. It holds facts only (what came, when, from whom; who decided what); which file
of a month is shown follows from them (`editions.settle`).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, TypeVar

from csplan.errors import CsplanError
from csplan.evidence.reasons import Reason

FORMAT = 1
CARRIED = "csplan/carried"
#: Files that are counted row by row; every other source is a table.
STREET = "police.uk/street"
#: What the source of a return of a partner begins with.
RETURN = "return/"


@dataclass(frozen=True)
class Unit:
    """One file as received, taken in whole.

    sha256, bytes : of the file as received, kept at raw/<sha256>
    path : where it came from: the archive's name and its own
    force, month : of a street file; of a table the part it holds (empty for the whole) and its edition, a year or month; of a return
        of a partner the area and the quarter
    types : rows taken in, by type; of a table none
    editions : the months of the releases it came in, in order; empty when none was told
    events, events_sha256 : its rows as Parquet, relative to the data folder, and that file's fingerprint
    """

    source: str
    force: str
    month: str
    sha256: str
    bytes: int
    path: str
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    types: Mapping[str, int]
    reasons: tuple[Reason, ...]
    editions: tuple[str, ...]
    received_at: str
    by: str
    events: str
    events_sha256: str

    @property
    def is_return(self) -> bool:
        """Whether it is a return of a partner, which is not published."""
        return self.source.startswith(RETURN)

    @property
    def key(self) -> str:
        """What it is a version of: source, force or part, and month or edition."""
        return " ".join(part for part in (self.source, self.force, self.month) if part)


@dataclass(frozen=True)
class CarriedRelease:
    """A table of counts carried with a partnership's files, kept in the folder raw/<sha256>.

    months : those it fills, for `area` alone and only while no events of them are held
    publisher : the publisher's files it was counted from: {month, file, sha256}
    files : fingerprint of each file in the folder, by its name; empty where an older program took it in
    """

    area: str
    force: str
    months: tuple[str, ...]
    sha256: str
    publisher: tuple[Mapping[str, str], ...]
    received_at: str
    by: str
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{CARRIED} {self.area}"


@dataclass(frozen=True)
class Decision:
    """What a person decided about one file of a month.

    verb : approve or reject;  why : always given with reject
    as_edition : for an approved file whose edition nobody told, the latest edition held then; it stands just above it
    """

    key: str
    sha256: str
    verb: str
    by: str
    at: str
    why: str = ""
    as_edition: str = ""


@dataclass(frozen=True)
class Block:
    """One force's table of counts: its file relative to the data folder (without ending), fingerprint and months."""

    file: str
    sha256: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """Everything held. `archives` remembers what each archive held, so that it need not be opened again."""

    units: tuple[Unit, ...] = ()
    carried: tuple[CarriedRelease, ...] = ()
    decisions: tuple[Decision, ...] = ()
    cube: Mapping[str, Block] = field(default_factory=dict)
    archives: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of_key(self, key: str) -> tuple[Unit, ...]:
        """The files held of one source, force and month, in the order they came."""
        return tuple(unit for unit in self.units if unit.key == key)

    def files(self) -> Iterator[str]:
        """Every file and folder of the data folder that the manifest answers for, by its path there."""
        for unit in self.units:
            yield f"raw/{unit.sha256}"
            yield unit.events
        for release in self.carried:
            yield f"raw/{release.sha256}"
        for block in self.cube.values():
            yield f"{block.file}.npy"
            yield f"{block.file}.json"


def as_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands on disk: the same bytes for the same manifest."""
    held = {
        "format": FORMAT,
        "units": [asdict(unit) for unit in manifest.units],
        "carried": [asdict(release) for release in manifest.carried],
        "decisions": [asdict(decision) for decision in manifest.decisions],
        "cube": {force: asdict(block) for force, block in manifest.cube.items()},
        "archives": manifest.archives,
    }
    return (json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


Held = TypeVar("Held", Unit, CarriedRelease, Decision, Block, Reason)


def _one(kind: type[Held], facts: Mapping[str, Any]) -> Held:
    known = {f.name for f in fields(kind)}
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in facts.items() if name in known}
    return kind(**values)


def from_bytes(data: bytes, folder: str) -> Manifest:
    """The manifest of its bytes. `folder` names it in the refusal when the bytes are no manifest."""
    try:
        held = json.loads(data)
        if held["format"] > FORMAT:
            raise CsplanError(f"The data folder {folder} was written by a newer version of this program. Use that version.")
        return Manifest(
            units=tuple(
                replace(_one(Unit, unit), reasons=tuple(_one(Reason, reason) for reason in unit["reasons"]))
                for unit in held["units"]
            ),
            carried=tuple(_one(CarriedRelease, release) for release in held["carried"]),
            decisions=tuple(_one(Decision, decision) for decision in held["decisions"]),
            cube={force: _one(Block, block) for force, block in held["cube"].items()},
            archives=held["archives"],
        )
    except (ValueError, KeyError, TypeError) as e:
        raise CsplanError(f"manifest.json in {folder} is damaged. Restore the folder from its last backup.") from e
