"""What is wrong with this installation, in one sentence each."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Kinds of file system on which SQLite's write-ahead log may not be used.
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"}


def examine(data: Path) -> dict[str, Any]:
    """{"ok", "checks": [{"title", "ok", "advice"}]}."""
    checks = [{"title": title, "ok": ok, "advice": advice} for title, advice, ok in (ask(data) for ask in CHECKS)]
    return {"ok": all(c["ok"] for c in checks), "checks": checks}


def _folder(data: Path) -> tuple[str, str, bool]:
    there = data if data.exists() else next(p for p in data.parents if p.exists())
    return "The data folder can be written", f"Give yourself the right to write in {there}.", os.access(there, os.W_OK)


def _local_disk(data: Path) -> tuple[str, str, bool]:
    advice = "Move the data folder to a disk of this machine: records on a network drive can be damaged."
    return "The data folder is on a local disk", advice, _file_system(data) not in NETWORK_FILE_SYSTEMS


def _file_system(path: Path) -> str:
    """The kind of file system the path is on; empty where the machine does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    rows = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    fits = [(point, kind) for point, kind in rows if path.resolve().is_relative_to(point.replace("\\040", " "))]
    return max(fits, key=lambda f: len(f[0]), default=("", ""))[1]


def _assets(_: Path) -> tuple[str, str, bool]:
    from csplan.documents import fonts
    from csplan.website.jinja import BUILT

    font_files = list(fonts.FOLDER.glob("*.ttf"))
    return "Style sheet, scripts and fonts are built", "Run make assets.", BUILT.is_dir() and len(font_files) == len(fonts.NAMES)


def _sqlite(_: Path) -> tuple[str, str, bool]:
    return "SQLite is 3.35 or later", "Use a newer Python: its SQLite is too old.", sqlite3.sqlite_version_info >= (3, 35)


CHECKS: tuple[Callable[[Path], tuple[str, str, bool]], ...] = (_folder, _local_disk, _assets, _sqlite)
