"""The one-time code that opens set-up: printed in the terminal of whoever runs the site, kept as a fingerprint that runs out.

It keeps the machine's time, as all of signing in does.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from csplan.records import one_time_code

FILE = "setup-code.json"
HOLDS_FOR = timedelta(hours=24)


def make(data: Path) -> str:
    """A new code. The one before it opens nothing any more."""
    code = one_time_code.new()
    kept = {"sha256": one_time_code.fingerprint(code), "expires_at": (datetime.now(UTC) + HOLDS_FOR).isoformat()}
    write(data / FILE, json.dumps(kept))
    return code


def opened_by(data: Path, typed: str) -> str | None:
    """The fingerprint to keep in the session, where the code typed is the one that holds; else None."""
    mark = one_time_code.fingerprint(typed)
    return mark if holds(data, mark) else None


def holds(data: Path, mark: object) -> bool:
    """Whether a fingerprint is that of the code that holds now."""
    file = data / FILE
    if not file.is_file():
        return False
    kept = json.loads(file.read_text(encoding="utf-8"))
    return mark == kept["sha256"] and datetime.now(UTC) < datetime.fromisoformat(kept["expires_at"])


def forget(data: Path) -> None:
    """Take the code away: the partnership is set up."""
    (data / FILE).unlink(missing_ok=True)


def write(file: Path, words: str) -> None:
    """Write a file that its owner alone may read: whole or not at all."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(words)
    part.replace(file)
