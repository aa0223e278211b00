"""One-time codes that a person types from paper: made at random, shown once, and kept as a fingerprint only."""

import base64
import secrets

from csplan.records.receipts import fingerprint

__all__ = ["fingerprint", "new"]


def new() -> str:
    """Four groups of four letters and digits, 80 random bits. `fingerprint` forgives small letters, spaces and hyphens."""
    letters = base64.b32encode(secrets.token_bytes(10)).decode()
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))
