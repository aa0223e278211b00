"""What was read from a file, kept between a preview and its confirmation: no record, and found by nobody after a day.

Each is one file `incoming/<whose>-<random>.json` in the data folder, which its owner alone may read. It names the person and the
partnership that it was read for, and nobody else finds it. The file that was sent is not kept; only what was read from it is. What
is older than a day is removed when the next file is brought in and when the site starts.
"""

import hashlib
import json
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csplan.cycle import outline
from csplan.errors import CsplanError

FOLDER = "incoming"
KEPT_SECONDS = 24 * 60 * 60
#: So many wait for one person at most; the oldest give way.
MOST = 10
_TOKEN = re.compile(r"[0-9a-f]{12}-[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Kept:
    """A file under consideration. kind : plan or kpi;  name : as the person calls it;  person, partnership : for whom it was read"""

    token: str
    kind: str
    name: str
    outline: outline.Outline


def keep(data: Path, read: outline.Outline, *, kind: str, name: str, person: str, partnership: str) -> str:
    """Keep what was read, and give the token by which this person finds it again. data : the data folder"""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(data)
    whose = hashlib.sha256(f"{partnership}/{person}".encode()).hexdigest()[:12]
    token = f"{whose}-{secrets.token_urlsafe(32)}"
    held = {"person": person, "partnership": partnership, "kind": kind, "name": name, "outline": outline.as_json(read)}
    made = os.open(folder / f"{token}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w", encoding="utf-8") as file:
        json.dump(held, file, ensure_ascii=False)
    for path in [path for path in _newest_first(folder) if path.name.startswith(f"{whose}-")][MOST:]:
        path.unlink(missing_ok=True)
    return token


def find(data: Path, token: str, *, kind: str, person: str, partnership: str) -> Kept:
    """What was kept under a token for this person here; refused where it is another's, another kind, or gone."""
    sweep(data)
    held = _held(data / FOLDER / f"{token}.json") if _TOKEN.fullmatch(token) else {}
    if not held or (held["person"], held["partnership"], held["kind"]) != (person, partnership, kind):
        raise CsplanError(
            "What was read from that file is no longer here: it is kept for a day, or until it is used. Choose the file again."
        )
    return Kept(token, kind, held["name"], outline.from_json(held["outline"]))


def forget(data: Path, kept: Kept) -> None:
    """Remove what was kept, once it is confirmed or not wanted."""
    (data / FOLDER / f"{kept.token}.json").unlink(missing_ok=True)


def sweep(data: Path) -> None:
    """Remove everything older than a day, by the machine's own clock."""
    before = time.time() - KEPT_SECONDS
    for path in _newest_first(data / FOLDER):
        if _changed_at(path) < before:
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
