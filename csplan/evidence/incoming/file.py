"""A file that a partnership already has, read into an outline without being trusted."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from csplan.cycle import outline
from csplan.errors import CsplanError, InputRejected
from csplan.evidence.incoming import package

#: The child limits its own processor time; this ends one that waits instead.
PATIENCE_SECONDS = 90
#: What the child is told of the machine: no key, no address, nothing that a file could make it tell.
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


def read_path(path: Path) -> outline.Outline:
    """The outline of a file on this machine."""
    if not path.is_file():
        raise CsplanError(f"There is no file {path}. Check how its name is written.")
    with path.open("rb") as file:
        return read(file.read(package.FILE_BYTES + 1), path.name)


def read(data: bytes, name: str) -> outline.Outline:
    """The outline of a file's bytes, opened in a process of its own (`child`) with limits of memory and time.

    name : as the person calls it; printed in sentences, never used to write anything
    Raises InputRejected with a sentence for what is no such file, is locked or damaged, or needs more than such a file does.
    """
    package.kind(data, name)
    return outline.from_json(_answer(data, name)["outline"])


def read_drawn(data: bytes, name: str) -> tuple[tuple[str, ...], list[list[Any]]]:
    """(headings, a row for each area) of a shapefile or GeoPackage, opened in the same way. Raises InputRejected."""
    told = _answer(data, name, "drawn")["drawn"]
    return tuple(told["heads"]), told["rows"]


def _answer(data: bytes, name: str, *more: str) -> dict[str, Any]:
    """What the process of its own says of the bytes."""
    shown = package.safe_name(name)
    command = [sys.executable, "-P", "-m", "csplan.evidence.incoming.child", shown, *more]
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    try:
        done = subprocess.run(command, input=data, capture_output=True, env=kept, timeout=PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired as e:
        raise InputRejected(_too_much(shown)) from e
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise InputRejected(_too_much(shown))
    if done.returncode:
        raise RuntimeError(f"the reader of files failed: {done.stderr.decode(errors='replace')[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise InputRejected(answer["refused"])
    return answer


def _too_much(shown: str) -> str:
    return f"{shown} needs more memory or time than such a file does, so it was not read. Copy what is wanted into a new file."
