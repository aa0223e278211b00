"""Where the records are: a file of SQLite in the data folder or, where DATABASE_URL names one, a PostgreSQL server."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csplan.errors import CsplanError

SCHEMES = ("postgresql", "postgres")
#: IMMEDIATE: a writer waits its turn instead of failing half way. FULL: what was acknowledged survives a power cut.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
}


def is_elsewhere() -> bool:
    """Whether the records are on a server and not in the data folder."""
    return bool(os.environ.get("DATABASE_URL"))


def described(file: Path) -> dict[str, Any]:
    """The records as Django’s DATABASES takes them. file : of SQLite, where no server is named"""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": SQLITE, "CONN_MAX_AGE": 600}
    told = urlsplit(url)
    name = told.path.lstrip("/")
    if told.scheme not in SCHEMES or not name:
        raise CsplanError(
            "DATABASE_URL is to name a PostgreSQL server, such as postgresql://csplan@localhost/csplan. Correct it."
        )
    if find_spec("psycopg") is None:
        raise CsplanError(
            "DATABASE_URL names a PostgreSQL server, and its driver is not here. Install it: pip install 'csplan[postgresql]'."
        )
    return {
        "ENGINE": "csplan.website.postgresql",
        "NAME": unquote(name),
        "USER": unquote(told.username or ""),
        "PASSWORD": unquote(told.password or ""),
        "HOST": told.hostname or "",
        "PORT": told.port or "",
        # Kept for as long as a worker asks: a new connection for every page would cost more than the page.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
