"""What was read from a file, kept between a preview and its confirmation: no record, and found by nobody after a day.

Each is one file `incoming/<whose>-<random>.json` in the data folder, which its owner alone may read. It names the person and the
partnership that it was read for, and nobody else finds it. The file that was sent is not kept; only what was read from it is, but for a
return of a partner, whose file is kept beside it, to be kept as received once it is confirmed. What is older than a day is removed when the next file is brought in and when the site starts.
"""

import hashlib
import json
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csplan.cycle import outline
from csplan.errors import CsplanError
from csplan.evidence.incoming import package

FOLDER = "incoming"
#: How the name of a file as received ends.
RECEIVED = ".file"
KEPT_SECONDS = 24 * 60 * 60
#: So many wait for one person at most; the oldest give way.
MOST = 10
_TOKEN = re.compile(r"[0-9a-f]{12}-[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Kept:
    """A file under consideration. kind : plan, kpi or return;  name : as the person calls it;  file : as received, of a return"""

    token: str
    kind: str
    name: str
    outline: outline.Outline
    file: Path | None = None


def keep(data: Path, read: outline.Outline, *, kind: str, name: str, person: str, partnership: str, received: bytes = b"") -> str:
    """Keep what was read, and give the token by which this person finds it again.

    data : the data folder;  received : the bytes of the file, where they are wanted when it is confirmed
    """
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(data)
    whose = hashlib.sha256(f"{partnership}/{person}".encode()).hexdigest()[:12]
    token = f"{whose}-{secrets.token_urlsafe(32)}"
    held = {"person": person, "partnership": partnership, "kind": kind, "name": name, "outline": outline.as_json(read)}
    if received:
        _write(folder / f"{token}{RECEIVED}", received)
    _write(folder / f"{token}.json", json.dumps(held, ensure_ascii=False).encode())
    for path in [path for path in _newest_first(folder) if path.name.startswith(f"{whose}-")][MOST:]:
        _remove(path)
    return token


def find(data: Path, token: str, *, kind: str, person: str, partnership: str) -> Kept:
    """What was kept under a token for this person here; refused where it is another's, another kind, or gone."""
    sweep(data)
    held = _held(data / FOLDER / f"{token}.json") if _TOKEN.fullmatch(token) else {}
    if not held or (held["person"], held["partnership"], held["kind"]) != (person, partnership, kind):
        raise CsplanError(
            "What was read from that file is no longer here: it is kept for a day, or until it is used. Choose the file again."
        )
    received = data / FOLDER / f"{token}{RECEIVED}"
    return Kept(token, kind, held["name"], outline.from_json(held["outline"]), received if received.is_file() else None)


@contextmanager
def under_its_name(kept: Kept) -> Iterator[Path]:
    """The file as received, in a folder of its own under the name that the person gives it, for as long as the block runs.

    Its ending is that of what it is, whatever the name says.
    """
    assert kept.file is not None
    data = kept.file.read_bytes()
    ending = package.kind(data, kept.name)
    name = kept.name if kept.name.lower().endswith(f".{ending}") else f"{Path(kept.name).stem}.{ending}"
    with tempfile.TemporaryDirectory(prefix="csplan-") as folder:
        named = Path(folder) / name
        named.write_bytes(data)
        yield named


def forget(data: Path, kept: Kept) -> None:
    """Remove what was kept, once it is confirmed or not wanted."""
    _remove(data / FOLDER / f"{kept.token}.json")


def sweep(data: Path) -> None:
    """Remove everything older than a day, by the machine's own clock."""
    before = time.time() - KEPT_SECONDS
    for path in (data / FOLDER).glob("*"):
        if _changed_at(path) < before:
            _remove(path.with_suffix(".json"))


def _write(path: Path, held: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(held)


def _remove(path: Path) -> None:
    """Both files of one that is kept."""
    path.with_suffix(RECEIVED).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"), key=_changed_at, reverse=True)


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process swept it
        return 0.0


def _held(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
