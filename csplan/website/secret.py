"""The key that signs cookies and forms: made once for a demonstration, and asked for by a real installation."""

import os
import secrets
from pathlib import Path

from csplan.errors import CsplanError

SHORTEST = 40
HOW = 'Make one with `python3 -c "import secrets; print(secrets.token_urlsafe(50))"`, keep it out of the data folder, set CSPLAN_SECRET_KEY to it.'


def demonstration_key(data: Path) -> str:
    """The key in `data`/secret-key, made at the first call; only its owner may read the file."""
    file = data / "secret-key"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        own = data / f"secret-key.{os.getpid()}"
        with open(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
            f.write(secrets.token_urlsafe(50))
        try:
            os.link(own, file)  # whole or not at all; a second process that came first keeps its own
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return file.read_text().strip()


def check_own_key(key: str, data: Path) -> str:
    """The key of a real installation, or a refusal when it has none, a short one, or the demonstration's."""
    if not key:
        raise CsplanError(f"CSPLAN_HOSTS is set, but CSPLAN_SECRET_KEY is not. {HOW}")
    if len(key) < SHORTEST:
        raise CsplanError(f"CSPLAN_SECRET_KEY has {len(key)} characters, and needs {SHORTEST} or more. {HOW}")
    file = data / "secret-key"
    if file.exists() and file.read_text().strip() == key:
        raise CsplanError(f"CSPLAN_SECRET_KEY is the demonstration’s key, which lies in the data folder. {HOW}")
    return key
