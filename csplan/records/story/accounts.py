"""The accounts of a demonstration: one for each role, with random passwords kept in a file that its owner alone may read."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher

FILE = "demo-accounts.json"
#: Fewer rounds than Django's own: a password of 120 random bits cannot be guessed, and a dozen are made at once.
#: Django makes the hash again with all its rounds when the account first signs in.
ROUNDS = 10_000


def keep(told: list[dict[str, Any]], *, partnership: str, data: Path) -> list[dict[str, Any]]:
    """The accounts with their passwords; written to `demo-accounts.json` the first time, read from it after.

    The file is whole before the first account is made, so that a build cut short never loses a password.
    """
    file = data / FILE
    if file.is_file():
        held: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        return held
    extra = {"partnership": partnership, "totp_secret": None}
    made = [{**account, "password": secrets.token_urlsafe(15), **extra} for account in told]
    _write(file, json.dumps(made, indent=1, ensure_ascii=False) + "\n")
    return made


def _write(file: Path, words: str) -> None:
    """Write a file that its owner alone may read: whole or not at all."""
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(words)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def password_hash(password: str) -> str:
    """The password as it is stored."""
    hasher = PBKDF2PasswordHasher()
    return str(hasher.encode(password, hasher.salt(), iterations=ROUNDS))
